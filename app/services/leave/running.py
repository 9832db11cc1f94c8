"""Leaves that begin and end by themselves, and accounts that are closed after a resignation (rule D3).

Looked at each minute by every computer of the office: what has begun or ended says so itself, so that it happens once,
also after a restart and when a clock is turned back.
"""

from datetime import date

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.i18n import _
from app.models.leave import LeaveState, leaves
from app.models.people import SYSTEM
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.leave.belongings import ORDER
from app.services.leave.days import DAY, absent, is_over, is_resignation
from app.services.leave.giving import give_accepted, give_back, is_givable
from app.services.leave.handover import NOT_GIVEN, Leave, belongs, rows_of, scan, settled, unlisted
from app.services.leave.left import (
    not_begun,
    pass_promises,
    promises,
    reopen,
    take_back_left,
    to_reopen,
    withdraw_waiting,
)
from app.services.ledger import Pen, open_ledger
from app.services.people.accounts import close_account, is_last_administrator

_DUE = (LeaveState.APPROVED.value, LeaveState.RUNNING.value)


@requires(Permission.DUTY_READ)
def run_due_leaves(ctx: Context) -> int:
    """Begin, go on with and end what is due; returns of how many leaves something has changed."""
    today, now = office_day(ctx.clock), to_ms(ctx.clock.now())
    with ctx.reading() as conn:
        due = [leave["id"] for leave in _in_order(conn, today) if _wants(conn, leave, today)]
        left = _left(conn)
    changed = 0
    for leave in due:
        with ctx.writing() as conn:
            pen = open_ledger(conn, now, SYSTEM)
            before = pen.seq
            go_on(conn, pen, subjects.load(conn, "leaves", leave), today)
            changed += pen.seq > before
            left = left or _left(conn)
    return changed + (_settle_left(ctx, now) if left else 0)


def _left(conn: Connection) -> bool:
    """Whether something still waits for somebody who has left, or is asked for by them."""
    return bool(to_reopen(conn) or not_begun(conn))


def _settle_left(ctx: Context, now: int) -> int:
    """Take back what they asked for, open again what waits for them; returns whether there was still something."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, now, SYSTEM)
        before = pen.seq
        take_back_left(conn, pen)
        reopen(conn, pen)
        return int(pen.seq > before)


def go_on(conn: Connection, pen: Pen, leave: Leave, today: date) -> None:
    """Take a leave to where it should be today; another computer may have been faster."""
    if leave["state"] == LeaveState.APPROVED and _has_passed(leave, today):
        subjects.advance(conn, pen, leave["id"], "leave.ended", {})  # nothing was given: the office was closed
    elif leave["state"] == LeaveState.RUNNING and _has_passed(leave, today):
        give_back(conn, pen, leave)
        subjects.advance(conn, pen, leave["id"], "leave.ended", {})
    elif leave["state"] in _DUE and absent(leave)[0] <= today:
        if leave["state"] == LeaveState.APPROVED:
            subjects.advance(conn, pen, leave["id"], "leave.begun", {})
        if is_resignation(leave):
            pass_promises(conn, pen, leave)
        scan(conn, pen, leave, today)
        give_accepted(conn, pen, leave, today)
        if is_resignation(leave) and _may_close(conn, leave):
            subjects.advance(conn, pen, leave["id"], "leave.ended", {})
            withdraw_waiting(conn, pen, leave["id"], _("Resignation, everything handed over"))
            close_account(conn, pen, leave["person"], _("Resignation, everything handed over"))


def is_complete(conn: Connection, leave: Leave) -> bool:
    """Whether nothing is left to be handed over."""
    waiting = any(row.state in NOT_GIVEN for row in rows_of(conn, leave["id"]))
    return not waiting and not ORDER.held(conn, leave["person"])


def end_early(conn: Connection, pen: Pen, leave: Leave, today: date, note: str) -> None:
    """Back before the last day (销假): everything comes back now."""
    give_back(conn, pen, leave)
    last = max(today - DAY, date.fromisoformat(leave["first_day"]))
    content = {"note": note, "last_day": min(last.isoformat(), leave["last_day"])}
    subjects.advance(conn, pen, leave["id"], "leave.ended", content)


def _has_passed(leave: Leave, today: date) -> bool:
    """Whether it is over; a resignation is only when everything is handed over."""
    return not is_resignation(leave) and is_over(leave, today)


def _in_order(conn: Connection, today: date) -> list[Leave]:
    """What could be due, in the order in which it was: who comes back on a day is there for who goes on it."""
    found = conn.execute(select(leaves).where(leaves.c.state.in_(_DUE)).order_by(leaves.c.id)).mappings()

    def when(leave: Leave) -> tuple[date, bool]:
        first, last = absent(leave)
        return (last + DAY, False) if _has_passed(leave, today) else (first, True)

    return sorted((dict(row) for row in found), key=when)


def _wants(conn: Connection, leave: Leave, today: date) -> bool:
    """Whether there is something to write, so that a minute in which nothing happens takes nobody's turn."""
    if leave["state"] == LeaveState.APPROVED or _has_passed(leave, today):
        return absent(leave)[0] <= today
    there, wanted = rows_of(conn, leave["id"]), belongs(conn, leave, today)
    if unlisted(there, wanted) or settled(there, wanted) or any(is_givable(conn, row) for row in there):
        return True
    if not is_resignation(leave):
        return False
    return bool(ORDER.held(conn, leave["person"]) or promises(conn, leave)) or _may_close(conn, leave)


def _may_close(conn: Connection, leave: Leave) -> bool:
    """A resignation is rather overdue than that nobody could look after the database any more."""
    return is_complete(conn, leave) and not is_last_administrator(conn, leave["person"])
