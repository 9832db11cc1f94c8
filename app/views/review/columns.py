"""The columns of the review screen's list."""

from collections.abc import Callable

from app.clock import office_time, short_moment
from app.i18n import N_, _
from app.models.approvals import ProposalState
from app.services.approvals.queue import ProposalRow
from app.services.approvals.words import proposal_state_word
from app.services.publishing.hours import publish_stage
from app.services.reminder import LATE, QUIET, SOON
from app.views.theme import Kind
from app.views.times import span_text
from app.views.widgets.list_table import Column

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
WAITS_LONG_MS, WAITS_TOO_LONG_MS = HOUR_MS, DAY_MS
WAITS, KIND, SUBJECT, WHO, CHANGE, REASON = range(6)

STAGES = {QUIET: Kind.OK, SOON: Kind.WARN, LATE: Kind.DANGER}
STATE_KINDS = {
    ProposalState.WAITING: Kind.WARN,
    ProposalState.APPROVED: Kind.INFO,
    ProposalState.EFFECTIVE: Kind.OK,
    ProposalState.RETURNED: Kind.DANGER,
    ProposalState.WITHDRAWN: Kind.DIM,
    ProposalState.STALE: Kind.DIM,
    ProposalState.FAILED: Kind.DANGER,
}


def state_text(row: ProposalRow, now: int) -> str:
    """How long it waits, how it ended, or how long the shops may still wait for it (rule P11)."""
    if row.publish_due is not None:
        left = row.publish_due - now
        return (_("{span} left") if left > 0 else _("{span} late")).format(span=span_text(abs(left)))
    if row.state is ProposalState.WAITING:
        return span_text(max(now - row.at, 0))
    if row.state is ProposalState.APPROVED and row.effect_at is not None:
        time = short_moment(row.effect_at, office_time(now).date())
        return _("from {time}").format(time=time)
    return proposal_state_word(row.state)


def state_kind(row: ProposalRow, now: int) -> Kind:
    """The colour of that."""
    if row.publish_due is not None:
        return STAGES[publish_stage(row.publish_due, now)]
    if row.state is not ProposalState.WAITING:
        return STATE_KINDS[row.state]
    waits = now - row.at
    return Kind.DANGER if waits >= WAITS_TOO_LONG_MS else Kind.WARN if waits >= WAITS_LONG_MS else Kind.OK


def columns(now: Callable[[], int]) -> tuple[Column[ProposalRow], ...]:
    """Waiting, kind, subject, who, change, reason."""
    return (
        Column(N_("Waiting since"), lambda row: state_text(row, now()), pill=lambda row: state_kind(row, now())),
        Column(N_("Kind"), lambda row: row.word, pill=lambda row: Kind(row.colour)),
        Column(N_("Subject"), lambda row: row.title),
        Column(N_("Proposed by"), lambda row: f"{row.post} {row.name}".strip()),
        Column(N_("Change"), lambda row: row.changes),
        Column(N_("Reason"), lambda row: row.reason),
    )
