"""The columns of the stock panel's lists."""

from collections.abc import Callable
from datetime import date

from app.clock import full_moment, office_time, short_day, short_moment
from app.i18n import N_, _, ngettext
from app.models.stock import CountState, WishKind, WishState
from app.money import format_money
from app.services.stock.count_rows import CountRow, Difference
from app.services.stock.plan import FAST_DAYS, PERIOD_DAYS, PlannedLine
from app.services.stock.wishes import LEAST_DAYS, Suggestion, WishRow
from app.services.stock.words import asked_of_word, count_state_word, wish_kind_word, wish_state_word
from app.views.theme import Kind
from app.views.widgets.list_table import Column

COUNT_KINDS = {
    CountState.OPEN: Kind.INFO,
    CountState.WAITING: Kind.WARN,
    CountState.CLOSED: Kind.OK,
    CountState.DROPPED: Kind.DIM,
}
WISH_KINDS = {
    WishState.MADE: Kind.WARN,
    WishState.ANSWERED: Kind.INFO,
    WishState.ORDERED: Kind.INFO,
    WishState.DELIVERED: Kind.OK,
    WishState.DROPPED: Kind.DIM,
}
WISHES_OVER = frozenset({WishState.DELIVERED, WishState.DROPPED})
VERY_SOON = 3  # days of sales that are left


def count_columns(today: Callable[[], date]) -> tuple[Column[CountRow], ...]:
    """A count: which, how far, who, when."""
    return (
        Column(N_("Count no."), lambda row: str(row.id), right=True),
        Column(N_("State"), lambda row: count_state_word(row.state), pill=lambda row: COUNT_KINDS[row.state]),
        Column(N_("Counted by"), lambda row: row.person),
        Column(
            N_("Begun"), lambda row: short_moment(row.begun_at, today()), hint=lambda row: full_moment(row.begun_at)
        ),
        Column(
            N_("Closed"),
            lambda row: "" if row.closed_at is None else short_moment(row.closed_at, today()),
            hint=lambda row: "" if row.closed_at is None else full_moment(row.closed_at),
        ),
        Column(N_("Progress"), lambda row: f"{row.counted:,} / {row.lines:,}", right=True),
        Column(N_("Remark"), lambda row: row.note),
    )


COUNT_NOTE = 6  # the column that takes what is left


def plan_columns() -> tuple[Column[PlannedLine], ...]:
    """An article to be counted; how many there should be is not told."""
    return (
        Column(N_("Shelf"), lambda row: row.shelf),
        Column(N_("Code"), lambda row: row.code),
        Column(N_("Goods"), lambda row: row.name),
        Column(N_("Class"), lambda row: row.kind),
        Column(N_("Last counted"), _since, right=True, colour=_since_colour),
        Column(N_("Sells"), lambda row: _("fast") if row.fast else "", pill=lambda _row: Kind.INFO),
    )


PLAN_NAME = 2


def difference_columns() -> tuple[Column[Difference], ...]:
    """A difference; the reason of an open count is told by who closes it."""
    return (
        Column(N_("Shelf"), lambda row: row.shelf),
        Column(N_("Code"), lambda row: row.code),
        Column(N_("Goods"), lambda row: row.name),
        Column(N_("Expected"), lambda row: f"{row.expected:,}", right=True),
        Column(N_("Counted"), lambda row: f"{row.counted:,}", right=True),
        Column(N_("Difference"), lambda row: f"{row.difference:+,}", right=True, colour=_difference_colour),
        Column(N_("Worth"), lambda row: format_money(row.worth, row.currency), right=True),
        Column(N_("Reason"), lambda row: row.reason),
        Column(N_("Booking"), _booking, pill=lambda _row: Kind.WARN),
    )


DIFFERENCE_NAME = 2


def suggestion_columns() -> tuple[Column[Suggestion], ...]:
    """Goods that run out."""
    return (
        Column(N_("Code"), lambda row: row.code),
        Column(N_("Goods"), lambda row: row.name),
        Column(N_("Sold in 30 days"), lambda row: f"{row.sold:,}", right=True),
        Column(N_("Available"), lambda row: f"{row.available:,}", right=True, colour=_left_colour),
        Column(N_("Lasts"), lambda row: days_text(row.days), right=True, colour=_lasts_colour),
        Column(N_("Coming"), lambda row: f"{row.coming:,}" if row.coming else "–", right=True),
        Column(N_("Suggested"), lambda row: f"{row.quantity:,}", right=True),
    )


SUGGESTION_NAME = 1


def wish_columns(today: Callable[[], date]) -> tuple[Column[WishRow], ...]:
    """Goods that were asked for; a day that was promised and has passed is red."""
    return (
        Column(N_("State"), lambda row: wish_state_word(row.state), pill=lambda row: WISH_KINDS[row.state]),
        Column(N_("Code"), lambda row: row.code),
        Column(N_("Goods"), lambda row: row.name),
        Column(N_("Pieces"), _pieces, right=True),
        Column(N_("Asked of"), lambda row: asked_of_word(row.asked_of)),
        Column(
            N_("Asked on"),
            lambda row: short_day(office_time(row.made_at).date(), today()),
            hint=lambda row: full_moment(row.made_at),
        ),
        Column(N_("Expected on"), _expected, colour=lambda row: Kind.DANGER if is_late(row, today()) else None),
        Column(N_("Who asked"), lambda row: row.person),
        Column(N_("Said last"), _said),
    )


WISH_NAME = 2


def is_late(row: WishRow, today: date) -> bool:
    """Whether goods that were promised should have come."""
    return row.state not in WISHES_OVER and row.expected_on is not None and row.expected_on < today


def days_text(days: int) -> str:
    """ "1 day", "12 days"."""
    return ngettext("{count} day", "{count} days", days).format(count=days)


def _said(row: WishRow) -> str:
    """What came, where it was booked with the wish, and the last remark."""
    came = ngettext("{count} came", "{count} came", row.received) if row.received else ""
    return " · ".join(part for part in (came.format(count=f"{row.received:,}"), row.said) if part)


def _since(row: PlannedLine) -> str:
    return _("never") if row.days is None else days_text(row.days)


def _since_colour(row: PlannedLine) -> Kind | None:
    late = row.days is not None and row.days > (FAST_DAYS if row.fast else PERIOD_DAYS)
    return Kind.DANGER if late else None


def _difference_colour(row: Difference) -> Kind:
    return Kind.DANGER if row.difference < 0 else Kind.INFO


def _booking(row: Difference) -> str:
    return _("waits for the manager") if row.waits else ""


def _left_colour(row: Suggestion) -> Kind | None:
    return Kind.DANGER if row.available <= 0 else None


def _lasts_colour(row: Suggestion) -> Kind | None:
    if row.days <= VERY_SOON:
        return Kind.DANGER
    return Kind.WARN if row.days < LEAST_DAYS // 2 else None


def _pieces(row: WishRow) -> str:
    told = f"{row.quantity:,}"
    return told if row.kind is WishKind.REPLENISH else f"{wish_kind_word(row.kind)} {told}"


def _expected(row: WishRow) -> str:
    return "–" if row.expected_on is None else row.expected_on.isoformat()
