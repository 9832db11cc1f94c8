"""The columns of leaves, of what is handed over, and of who acts."""

from collections.abc import Callable
from datetime import date

from app.clock import short_days
from app.i18n import N_, _, ngettext
from app.models.leave import HandoverState, LeaveKind, LeaveState
from app.models.people import Post
from app.services.leave.acting import ActingRow, ActingStage, acting_stage_word
from app.services.leave.reading import HandoverRow, LeaveRow
from app.services.leave.words import belonging_word, handover_state_word, leave_kind_word, leave_state_word
from app.services.people.names import post_word
from app.views.theme import Kind
from app.views.widgets.list_table import Column

SOON_DAYS = 7
HANDED, TITLE, WHOSE = 4, 1, 3  # the columns that take what is left

LEAVE_KINDS = {
    LeaveState.ASKED: Kind.INFO,
    LeaveState.PROPOSED: Kind.WARN,
    LeaveState.APPROVED: Kind.OK,
    LeaveState.RUNNING: Kind.OK,
    LeaveState.ENDED: Kind.DIM,
    LeaveState.RETURNED: Kind.DANGER,
    LeaveState.WITHDRAWN: Kind.DIM,
}
HANDOVER_KINDS = {
    HandoverState.OPEN: Kind.DANGER,
    HandoverState.OFFERED: Kind.WARN,
    HandoverState.ACCEPTED: Kind.OK,
    HandoverState.REFUSED: Kind.DANGER,
    HandoverState.GIVEN: Kind.OK,
    HandoverState.BACK: Kind.DIM,
    HandoverState.GONE: Kind.DIM,
}
ACTING_KINDS = {ActingStage.AHEAD: Kind.INFO, ActingStage.NOW: Kind.OK, ActingStage.OVER: Kind.DIM}
_ON_ITS_WAY = frozenset({LeaveState.ASKED, LeaveState.PROPOSED, LeaveState.APPROVED, LeaveState.RETURNED})


def clock_text(row: LeaveRow) -> str:
    """The month's clock of who resigns; else in how many days a leave begins."""
    if row.overdue:
        days = -row.left
        late = ngettext("{count} day overdue", "{count} days overdue", days).format(count=days)
        return late if row.kind is LeaveKind.RESIGNATION else _("Has passed")
    if row.kind is LeaveKind.RESIGNATION and row.state in _ON_ITS_WAY:
        return ngettext("{count} day left", "{count} days left", row.left).format(count=row.left)
    if row.state not in _ON_ITS_WAY:
        return ""
    if row.left <= 0:
        return _("From today on") if row.left == 0 else _("Should have begun")
    return ngettext("In {count} day", "In {count} days", row.left).format(count=row.left)


def clock_kind(row: LeaveRow) -> Kind:
    """The colour of that: near and not approved yet stands out."""
    if row.overdue:
        return Kind.DANGER
    near = row.left <= SOON_DAYS and row.state in _ON_ITS_WAY - {LeaveState.APPROVED}
    return Kind.WARN if near else Kind.DIM


def leave_state(row: LeaveRow) -> str:
    """Where a leave stands, and whose approval it waits for; who has resigned is not away but hands over."""
    if (asks := _asks_to_stay(row)) is not None:
        return _("Asks to stay: waits for {post}").format(post=post_word(asks))
    if _hands_over_still(row):
        alone = row.looks_after and row.taken == row.things
        return _("Needs another administrator") if alone else _("Handover unfinished")
    if row.state is LeaveState.PROPOSED and row.standing is not None and row.standing.waits_for is not None:
        return _("Waits for {post}").format(post=post_word(row.standing.waits_for))
    return leave_state_word(row.state)


def leave_state_kind(row: LeaveRow) -> Kind:
    """The colour of that."""
    if _asks_to_stay(row) is not None:
        return Kind.WARN
    return Kind.DANGER if _hands_over_still(row) else LEAVE_KINDS[row.state]


def _asks_to_stay(row: LeaveRow) -> Post | None:
    """Whose turn it is to decide on taking an approved resignation back; nothing else waits once it is approved."""
    return row.standing.waits_for if row.is_agreed_resignation and row.standing is not None else None


def _hands_over_still(row: LeaveRow) -> bool:
    """Whether the last day of work is over and the account stays open, as something has no receiver yet (D3)."""
    return row.kind is LeaveKind.RESIGNATION and row.state is LeaveState.RUNNING


def handed_text(row: LeaveRow) -> str:
    """How much of the handover is taken: "2 of 3 · 李娜"."""
    if not row.things:
        return _("nothing to hand over")
    return _("{taken} of {things}").format(taken=row.taken, things=row.things) + f" · {row.receiver_name}"


def thing_title(row: HandoverRow) -> str:
    """A thing by its title; a whole by how many things it is now."""
    if row.title:
        return row.title
    if row.now is None:
        return _("all of them")
    return ngettext("all of them, now {count}", "all of them, {count} now", row.now).format(count=row.now)


HANDOVER_COLUMNS: tuple[Column[HandoverRow], ...] = (
    Column(N_("Kind"), lambda row: belonging_word(row.kind)),
    Column(N_("Heading"), thing_title),
    Column(N_("Taken over by"), lambda row: row.receiver_name),
    Column(N_("State"), lambda row: handover_state_word(row.state), pill=lambda row: HANDOVER_KINDS[row.state]),
)


def leave_columns(today: Callable[[], date]) -> tuple[Column[LeaveRow], ...]:
    """A leave: how near, whose, when, how far it is handed over."""
    return (
        Column(N_("Clock"), clock_text, pill=clock_kind),
        Column(N_("Name"), lambda row: row.name),
        Column(N_("Kind"), lambda row: leave_kind_word(row.kind)),
        Column(N_("Days"), lambda row: short_days(row.first_day, row.last_day, today())),
        Column(N_("Handed over"), handed_text),
        Column(N_("State"), leave_state, pill=leave_state_kind),
    )


def acting_columns(today: Callable[[], date]) -> tuple[Column[ActingRow], ...]:
    """Who acts in which post, and when."""
    return (
        Column(N_("State"), lambda row: acting_stage_word(row.stage), pill=lambda row: ACTING_KINDS[row.stage]),
        Column(N_("Name"), lambda row: row.name),
        Column(N_("Acts as"), lambda row: post_word(row.post)),
        Column(N_("In place of"), lambda row: row.instead_name or _("nobody, the post is vacant")),
        Column(N_("Days"), lambda row: short_days(row.first_day, row.last_day, today())),
    )
