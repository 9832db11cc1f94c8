"""The columns of the panel's three lists."""

from collections.abc import Callable
from datetime import date

from app.clock import full_period, office_time, short_day, short_period
from app.i18n import N_, _, ngettext
from app.models.approvals import ProposalState
from app.models.publishing import ContentState, PromotionState
from app.money import format_amount, format_money
from app.services.approvals.standing import Standing
from app.services.people.names import post_word
from app.services.promotions.prices import Priced
from app.services.promotions.promotions import PromotionRow
from app.services.publishing.contents import ContentRow
from app.services.publishing.market import MarketNote, NoteKind
from app.services.publishing.words import content_kind_word, content_state_word, note_kind_word, promotion_state_word
from app.services.reminder import LATE
from app.views.theme import Kind
from app.views.times import DAY_MS, HOUR_MS, late_text
from app.views.widgets.list_table import Column

TITLE, NAME, REMARK, GOODS = 2, 1, 6, 1  # the columns that take what is left

CONTENT_KINDS = {
    ContentState.PLANNED: Kind.INFO,
    ContentState.MADE: Kind.WARN,
    ContentState.APPROVED: Kind.WARN,
    ContentState.PUBLISHED: Kind.OK,
    ContentState.TAKEN_DOWN: Kind.DANGER,
    ContentState.DROPPED: Kind.DIM,
}
PROMOTION_KINDS = {
    PromotionState.PLANNED: Kind.INFO,
    PromotionState.APPROVED: Kind.INFO,
    PromotionState.RUNNING: Kind.OK,
    PromotionState.ENDED: Kind.DIM,
    PromotionState.STOPPED: Kind.DANGER,
}
NOTE_KINDS = {NoteKind.PRICE: Kind.INFO, NoteKind.BEST_SELLER: Kind.OK, NoteKind.TREND: Kind.WARN}


def clock_text(row: ContentRow, now: int) -> str:
    """The 48 hours, the next review, or by how many days the plan has passed."""
    if row.due is not None and row.state is ContentState.APPROVED:
        left = row.due - now
        if left <= 0:
            return late_text(-left)
        return _("{hours} h left").format(hours=-(-left // HOUR_MS))
    if row.due is not None:
        if row.due <= now:
            return _("Review due")
        days = -(-(row.due - now) // DAY_MS)
        return ngettext("Review in {count} day", "Review in {count} days", days).format(count=days)
    days = _behind(row, now)
    return ngettext("{count} day behind", "{count} days behind", days).format(count=days) if days > 0 else ""


def clock_kind(row: ContentRow, now: int) -> Kind:
    """The colour of that."""
    if row.stage:
        return Kind.DANGER if row.stage == LATE else Kind.WARN
    if row.due is None:
        return Kind.WARN if _behind(row, now) > 0 else Kind.DIM
    return Kind.OK if row.state is ContentState.APPROVED else Kind.DIM


def _behind(row: ContentRow, now: int) -> int:
    """By how many days the day it was planned for has passed, where it is not out yet."""
    if row.state not in {ContentState.PLANNED, ContentState.MADE, ContentState.APPROVED}:
        return 0
    return (_day(now) - row.planned_for).days


def _day(ms: int) -> date:
    return office_time(ms).date()


def _proposed(standing: Standing | None) -> str:
    """What the proposal says, where that is more than the subject's own state says."""
    if standing is None:
        return ""
    if standing.waits_for is not None:
        return _("Waits for: {post}").format(post=post_word(standing.waits_for))
    return _("Given back") if standing.state is ProposalState.RETURNED else ""


def content_state(row: ContentRow) -> str:
    """Where an item stands, and whose approval it waits for."""
    waits = _proposed(row.standing) if row.state is ContentState.MADE else ""
    return waits or content_state_word(row.state)


def promotion_state(row: PromotionRow) -> str:
    """Where a promotion stands, and whose approval it waits for."""
    return _proposed(row.standing) or promotion_state_word(row.state)


def _promotion_kind(row: PromotionRow) -> Kind:
    if row.standing is not None and row.standing.waits_for is not None:
        return Kind.WARN
    return PROMOTION_KINDS[row.state]


def _title(row: ContentRow) -> str:
    return row.title + " · " + _("confidential") if row.confidential else row.title


def _money(amount: int | None, currency: str) -> str:
    return "–" if amount is None else format_amount(amount, currency)


def content_columns(now: Callable[[], int]) -> tuple[Column[ContentRow], ...]:
    """The schedule: the clock first, as on the order desk."""
    return (
        Column(N_("Clock"), lambda row: clock_text(row, now()), pill=lambda row: clock_kind(row, now())),
        Column(N_("Kind"), lambda row: content_kind_word(row.kind)),
        Column(N_("Heading"), _title),
        Column(N_("Owner"), lambda row: row.owner_name),
        Column(N_("Planned for"), lambda row: short_day(row.planned_for, _day(now()))),
        Column(N_("Channel"), lambda row: row.channel),
        Column(N_("State"), content_state, pill=lambda row: CONTENT_KINDS[row.state]),
    )


def promotion_columns(today: Callable[[], date]) -> tuple[Column[PromotionRow], ...]:
    """A promotion: where it stands, its terms, when, and what it costs."""
    return (
        Column(N_("State"), promotion_state, pill=_promotion_kind, hint=lambda row: row.reason),
        Column(N_("Promotion name"), lambda row: row.name),
        Column(N_("Terms"), lambda row: row.terms),
        Column(
            N_("Period"),
            lambda row: short_period(row.starts, row.ends, today()),
            hint=lambda row: full_period(row.starts, row.ends),
        ),
        Column(N_("Articles"), lambda row: f"{row.articles}", right=True),
        Column(N_("Expected cost"), lambda row: format_money(row.cost, row.currency), right=True),
    )


PRICED_COLUMNS: tuple[Column[Priced], ...] = (
    Column(N_("Code"), lambda row: row.code),
    Column(N_("Product name"), lambda row: row.name),
    Column(N_("Sale price"), lambda row: _money(row.usual, row.currency), right=True),
    Column(N_("Floor price"), lambda row: _money(row.floor, row.currency), right=True),
    Column(N_("Promotion price"), lambda row: _money(row.price, row.currency), right=True),
)
NOTE_COLUMNS: tuple[Column[MarketNote], ...] = (
    Column(N_("Day"), lambda row: f"{row.day:%m-%d}"),  # the week is told above
    Column(N_("Kind"), lambda row: note_kind_word(row.kind), pill=lambda row: NOTE_KINDS[row.kind]),
    Column(N_("Competitor"), lambda row: row.competitor),
    Column(N_("Heading"), lambda row: row.title),
    Column(N_("Our article"), lambda row: row.code or ""),
    Column(N_("Their price"), lambda row: _money(row.price, row.currency) if row.price else "", right=True),
    Column(N_("Remark"), lambda row: row.note),
)
