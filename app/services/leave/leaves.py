"""Leave and resignation (请假、离职): asked for, handed over, proposed, withdrawn, ended early (rule D3)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection

from app.clock import office_day, to_ms
from app.errors import ConflictError, NotFoundError, RuleError
from app.models.leave import HandoverState, LeaveKind, LeaveState, LeaveStateError
from app.models.people import Post
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.folds import Row
from app.services.leave.days import (
    DAY,
    LONGEST_DAYS,
    SICK_BACK_DAYS,
    absent,
    add_months,
    is_agreed_resignation,
    is_resignation,
    meets,
)
from app.services.leave.effects import leave_title
from app.services.leave.errors import (
    ApprovedResignationError,
    DeciderProposesError,
    LeaveDaysError,
    MonthAheadError,
    OthersLeaveError,
    OthersResignationError,
    OverlappingLeaveError,
    ReceiverError,
    ResignationRunsError,
)
from app.services.leave.handover import (
    belongs,
    fits,
    is_here,
    leaves_of,
    refuse_incomplete,
    refuse_receiver,
    rows_of,
    scan,
)
from app.services.leave.left import take_back
from app.services.leave.running import end_early
from app.services.leave.staying import passed_over
from app.services.ledger import Pen, open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.staff.holders import MANAGERS

MONTHS_AHEAD = 1


@dataclass(frozen=True, slots=True)
class LeaveDraft:
    """What is asked for; of a resignation only the last day counts, and `early` is the general manager's reason."""

    kind: LeaveKind
    first_day: date
    last_day: date
    receiver: int | None
    reason: str
    person: int | None = None  # None: oneself; a lead may ask for somebody who is sick
    early: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """What would be handed over, as (kind, title, whether the receiver can take it), and what is wrong by field."""

    things: tuple[tuple[str, str, bool], ...]
    troubles: Mapping[str, str]


@requires(Permission.DUTY_OWN)
def ask_leave(ctx: Context, draft: LeaveDraft) -> int:
    """Ask for leave; what the person holds is offered to the receiver at once. Returns the leave's number."""
    person = _whose(ctx, draft)
    today = office_day(ctx.clock)
    with ctx.writing() as conn:
        facts = _facts(draft, person)
        _check_days(ctx, draft, today)
        _refuse_overlap(conn, facts)
        _check_receiver(conn, facts)
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        reason = {"reason": need_reason(draft.reason), "early": draft.early.strip()}
        leave = subjects.begin(conn, pen, "leave.asked", facts | reason)
        scan(conn, pen, facts | {"id": leave}, today)
        return leave


@requires(Permission.DUTY_OWN)
def preview_leave(ctx: Context, draft: LeaveDraft) -> Preview:
    """What asking would hand over, and what stands against it, while days and receiver are being chosen."""
    person = _whose(ctx, draft)
    today = office_day(ctx.clock)
    facts = _facts(draft, person)
    troubles = {}
    checks: dict[str, Callable[[Connection], None]] = {
        "receiver": lambda conn: _check_receiver(conn, facts),
        "person": lambda conn: _refuse_overlap(conn, facts),
        "last_day": lambda _conn: _check_days(ctx, draft, today),
    }
    with ctx.reading() as conn:
        for field, check in checks.items():
            try:
                check(conn)
            except (RuleError, ConflictError) as error:
                troubles[field] = str(error)
        held = belongs(conn, facts, today)
        taker = draft.receiver
        things = [
            (kind, title, taker is not None and fits(conn, facts, taker, kind, today))
            for (kind, _thing), title in held.items()
        ]
    return Preview(tuple(things), troubles)


@requires(Permission.DUTY_OWN)
def propose_leave(ctx: Context, leave: int) -> int:
    """Put it before who decides, once everything has a receiver who accepted; returns the proposal's number.

    What the person has taken on since is listed first, and stays listed where this is refused for it.
    """
    today = office_day(ctx.clock)
    with ctx.writing() as conn:
        row = load_own(conn, ctx, leave)
        if row["state"] not in (LeaveState.ASKED, LeaveState.RETURNED):
            raise LeaveStateError(row["state"])
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        scan(conn, pen, row, today)
        waiting = [(one.kind, one.title) for one in rows_of(conn, leave) if one.state != HandoverState.ACCEPTED]
        proposal = 0 if waiting else _propose(conn, pen, ctx, row)
    refuse_incomplete(waiting)
    return proposal


@requires(Permission.DUTY_OWN)
def withdraw_leave(ctx: Context, leave: int, reason: str) -> None:
    """Take it back before it begins; what waits for a decision is withdrawn with it.

    A resignation only before it is approved: after that see `staying.py`.
    """
    with ctx.writing() as conn:
        if is_agreed_resignation(load_own(conn, ctx, leave)):
            raise ApprovedResignationError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        take_back(conn, pen, leave, need_reason(reason))


@requires(Permission.DUTY_OWN)
def end_leave(ctx: Context, leave: int, note: str = "") -> None:
    """Back before the last day (销假): everything comes back at once."""
    with ctx.writing() as conn:
        row = load_own(conn, ctx, leave)
        if row["state"] != LeaveState.RUNNING:
            raise LeaveStateError(row["state"])
        if is_resignation(row):
            raise ResignationRunsError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        end_early(conn, pen, row, office_day(ctx.clock), note.strip())


def load_own(conn: Connection, ctx: Context, leave: int) -> Row:
    """A leave of one's own, or anybody's for a lead; raises OthersLeaveError."""
    row = subjects.load(conn, "leaves", leave)
    if row["person"] != ctx.person and not ctx.may(Permission.LEAVE_SEE):
        raise OthersLeaveError(name=name_of(conn, row["person"]))
    return row


def _whose(ctx: Context, draft: LeaveDraft) -> int:
    person = ctx.person if draft.person is None else draft.person
    if person != ctx.person:
        ctx.demand(Permission.LEAVE_SEE)
        if draft.kind is LeaveKind.RESIGNATION and ctx.post is not Post.DIRECTOR:
            raise OthersResignationError
    return person


def _facts(draft: LeaveDraft, person: int) -> dict[str, Any]:
    first = draft.last_day if draft.kind is LeaveKind.RESIGNATION else draft.first_day
    return {
        "person": person,
        "kind": draft.kind.value,
        "first_day": first.isoformat(),
        "last_day": draft.last_day.isoformat(),
        "receiver": draft.receiver,
    }


def _check_days(ctx: Context, draft: LeaveDraft, today: date) -> None:
    if draft.kind is LeaveKind.RESIGNATION:
        _check_month(ctx, draft, today)
        return
    back = SICK_BACK_DAYS if draft.kind is LeaveKind.SICK else 0
    earliest = today - timedelta(days=back)
    in_order = earliest <= draft.first_day <= draft.last_day < draft.first_day + LONGEST_DAYS * DAY
    if not in_order:
        raise LeaveDaysError(earliest=earliest, most=LONGEST_DAYS)


def _check_month(ctx: Context, draft: LeaveDraft, today: date) -> None:
    """A calendar month, unless the general manager says why not; never a day that is over."""
    early = bool(draft.early.strip())
    if early and ctx.post is not Post.DIRECTOR:
        raise OthersResignationError
    earliest = today if early else add_months(today, MONTHS_AHEAD)
    if draft.last_day < earliest:
        raise MonthAheadError(earliest=earliest)


def _refuse_overlap(conn: Connection, facts: Mapping[str, Any]) -> None:
    if not is_here(conn, facts["person"]):
        raise NotFoundError(what=facts["person"])
    for other in leaves_of(conn, facts["person"]):
        if meets(absent(other), absent(facts)):
            name = name_of(conn, facts["person"])
            raise OverlappingLeaveError(name=name, first=other["first_day"], last=other["last_day"])


def _check_receiver(conn: Connection, facts: Mapping[str, Any]) -> None:
    if facts["receiver"] is None:
        raise ReceiverError
    refuse_receiver(conn, facts, facts["receiver"])


def _propose(conn: Connection, pen: Pen, ctx: Context, row: Row) -> int:
    name, kind, passed = name_of(conn, row["person"]), "leave", frozenset[Post]()
    if is_resignation(row):
        kind, passed = "resignation", passed_over(conn, row["person"], office_day(ctx.clock))
        if row["person"] != ctx.person and ctx.post in MANAGERS - passed:
            raise DeciderProposesError(name=name)
    subjects.advance(conn, pen, row["id"], "leave.proposed", {})
    reason = subjects.said_at_first(conn, row["id"])["reason"]
    draft = ProposalDraft(kind, row["id"], leave_title(name, row), {}, reason)
    return propose_within(conn, pen, ctx.post, draft, passed)
