"""What becomes of colleagues' leaves when a receiver leaves for good (rule D3).

Who resigns hands on what they promised to take; on their last day it goes to whoever accepted that. What nobody has
accepted by then, or what was promised by somebody whose account was closed by hand, is open again: the person whose
leave it is names somebody else. What was given already is not touched: it comes back to its giver as ever.

What the person asked for themselves and has not begun is taken back: nobody is asked to stand for them any more.
"""

from typing import Any

from sqlalchemy import Connection, Row, select

from app.i18n import _
from app.models.approvals import ProposalState, proposals
from app.models.leave import LEAVE_MOVES, HandoverState, handovers, leaves
from app.models.people import people
from app.services import subjects
from app.services.leave.belongings import SINGLE
from app.services.leave.days import LIVE
from app.services.leave.handover import Leave, is_here, rows_of
from app.services.ledger import Pen

_h = handovers.c
_PROMISED = (HandoverState.OFFERED.value, HandoverState.ACCEPTED.value)
_NOT_BEGUN = [state.value for state in LEAVE_MOVES["leave.withdrawn"][0]]
OPENED = "handover.opened"


def to_reopen(conn: Connection) -> list[tuple[int, int]]:
    """The handovers (number, receiver) that wait for somebody who is let in no more."""
    wanted = (
        select(_h.id, _h.receiver)
        .join_from(handovers, leaves, leaves.c.id == _h.leave)
        .join(people, people.c.id == _h.receiver)
        .where(people.c.active == 0, _h.state.in_(_PROMISED), leaves.c.state.in_(LIVE))
    )
    return [(row.id, row.receiver) for row in conn.execute(wanted.order_by(_h.id))]


def reopen(conn: Connection, pen: Pen) -> None:
    """Open them again; the entry says who has left."""
    for number, left in to_reopen(conn):
        subjects.advance(conn, pen, number, OPENED, {"receiver": None, "left": left})


def not_begun(conn: Connection) -> list[int]:
    """The leaves on their way of people who are let in no more."""
    joined = select(leaves.c.id).join(people, people.c.id == leaves.c.person)
    wanted = joined.where(people.c.active == 0, leaves.c.state.in_(_NOT_BEGUN))
    return list(conn.execute(wanted.order_by(leaves.c.id)).scalars())


def take_back_left(conn: Connection, pen: Pen) -> None:
    """Take them back."""
    for leave in not_begun(conn):
        take_back(conn, pen, leave, _("The account was closed"))


def take_back(conn: Connection, pen: Pen, leave: int, reason: str) -> None:
    """Take a leave back, and what waits for a decision with it."""
    subjects.advance(conn, pen, leave, "leave.withdrawn", {"reason": reason})
    withdraw_waiting(conn, pen, leave, reason)


def withdraw_waiting(conn: Connection, pen: Pen, leave: int, reason: str) -> None:
    """Take back what waits for a decision about a leave."""
    p = proposals.c
    waits = select(p.id).where(p.subject == leave, p.state == ProposalState.WAITING.value)
    for proposal in conn.execute(waits).scalars().all():
        subjects.advance(conn, pen, proposal, "proposal.withdrawn", {"reason": reason})


def promises(conn: Connection, leave: Leave) -> list[tuple[Row[Any], Row[Any]]]:
    """What who leaves promised to take and somebody accepted from them: the colleague's row, and their own."""
    found = []
    for own in rows_of(conn, leave["id"]):
        if own.kind not in SINGLE or own.state != HandoverState.ACCEPTED or not is_here(conn, own.receiver):
            continue
        same = (_h.kind == own.kind) & (_h.thing == own.thing) & (_h.receiver == own.giver)
        waits = same & (_h.state == HandoverState.ACCEPTED.value) & leaves.c.state.in_(LIVE)
        wanted = select(handovers).join(leaves, leaves.c.id == _h.leave).where(waits).order_by(_h.id)
        found += [(row, own) for row in conn.execute(wanted)]
    return found


def pass_promises(conn: Connection, pen: Pen, leave: Leave) -> None:
    """Let whoever accepted a promise from who leaves stand for them in the colleague's leave.

    It is promised by who leaves no more then, and the next look at their own list takes it off as settled. What came
    back to the colleague that way is open again.
    """
    for row, own in promises(conn, leave):
        if own.receiver == row.giver:
            subjects.advance(conn, pen, row.id, OPENED, {"receiver": None, "left": own.giver})
        else:
            subjects.advance(conn, pen, row.id, "handover.offered", {"receiver": own.receiver})
            subjects.advance(conn, pen, row.id, "handover.accepted", {"promise": own.id}, own.receiver)
