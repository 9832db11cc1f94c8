"""Handing over (交接): each thing is offered to somebody by name, who accepts or refuses it (rule D3)."""

from collections.abc import Sequence

from sqlalchemy import Connection

from app.clock import office_day, to_ms
from app.models.leave import HandoverState, LeaveStateError
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.folds import Row
from app.services.leave.days import LIVE
from app.services.leave.errors import NotReceiverError
from app.services.leave.handover import refuse_receiver, refuse_unable, rows_of, scan
from app.services.leave.leaves import load_own
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason


@requires(Permission.DUTY_OWN)
def offer_handovers(ctx: Context, handovers: Sequence[int], receiver: int) -> None:
    """Ask somebody to take these things over, also in place of who was asked before."""
    today = office_day(ctx.clock)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        for handover in handovers:
            row = subjects.load(conn, "handovers", handover)
            leave = load_own(conn, ctx, row["leave"])
            _refuse_over(leave)
            refuse_receiver(conn, leave, receiver)
            refuse_unable(conn, receiver, row["kind"], today)
            subjects.advance(conn, pen, handover, "handover.offered", {"receiver": receiver})


@requires(Permission.DUTY_OWN)
def accept_handovers(ctx: Context, handovers: Sequence[int]) -> None:
    """Take these things over when the leave begins; all or none."""
    with ctx.writing() as conn:
        _accept(conn, ctx, handovers)


@requires(Permission.DUTY_OWN)
def accept_all(ctx: Context, leave: int) -> int:
    """Accept everything of a leave that one is asked to take over; returns how many things that is."""
    with ctx.writing() as conn:
        offered = _offered(conn, ctx, leave)
        _accept(conn, ctx, offered)
        return len(offered)


@requires(Permission.DUTY_OWN)
def refuse_handovers(ctx: Context, handovers: Sequence[int], reason: str) -> None:
    """Say no; somebody else has to be asked then."""
    with ctx.writing() as conn:
        _refuse(conn, ctx, handovers, reason)


@requires(Permission.DUTY_OWN)
def refuse_all(ctx: Context, leave: int, reason: str) -> None:
    """Refuse everything of a leave that one is asked to take over."""
    with ctx.writing() as conn:
        _refuse(conn, ctx, _offered(conn, ctx, leave), reason)


@requires(Permission.DUTY_OWN)
def list_again(ctx: Context, leave: int) -> None:
    """Put on the list what the person has taken on since, and take off what is settled."""
    with ctx.writing() as conn:
        row = load_own(conn, ctx, leave)
        _refuse_over(row)
        scan(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), row, office_day(ctx.clock))


def _offered(conn: Connection, ctx: Context, leave: int) -> list[int]:
    """What of a leave somebody is asked to take over."""
    rows = rows_of(conn, leave)
    return [row.id for row in rows if row.receiver == ctx.person and row.state == HandoverState.OFFERED]


def _refuse(conn: Connection, ctx: Context, handovers: Sequence[int], reason: str) -> None:
    why = {"reason": need_reason(reason)}
    pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
    for handover in handovers:
        _load_asked(conn, ctx, handover)
        subjects.advance(conn, pen, handover, "handover.refused", why)


def _accept(conn: Connection, ctx: Context, handovers: Sequence[int]) -> None:
    pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
    for handover in handovers:
        row, leave = _load_asked(conn, ctx, handover)
        refuse_receiver(conn, leave, ctx.person)
        refuse_unable(conn, ctx.person, row["kind"], office_day(ctx.clock))
        subjects.advance(conn, pen, handover, "handover.accepted", {})


def _load_asked(conn: Connection, ctx: Context, handover: int) -> tuple[Row, Row]:
    """A thing that one is asked to take over, and its leave."""
    row = subjects.load(conn, "handovers", handover)
    if row["receiver"] != ctx.person:
        raise NotReceiverError(name=name_of(conn, row["receiver"] or 0))
    leave = subjects.load(conn, "leaves", row["leave"])
    _refuse_over(leave)
    return row, leave


def _refuse_over(leave: Row) -> None:
    if leave["state"] not in LIVE:
        raise LeaveStateError(leave["state"])
