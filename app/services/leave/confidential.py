"""Who may know of a resignation before it is approved (保密): until then it is not told in the office (rule D3)."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, true

from app.models.leave import HandoverState, LeaveKind, LeaveState, handovers, leaves
from app.services.access import Context, Permission
from app.services.leave.days import is_resignation

# Withdrawn or returned it has come to nothing, and stays what it was: not told.
_UNTOLD = frozenset({LeaveState.ASKED, LeaveState.PROPOSED, LeaveState.RETURNED, LeaveState.WITHDRAWN})
TAKING_BACK = "taking_back"  # the kind of proposal by which an approved resignation is taken back (撤回离职)
_DONE = (HandoverState.BACK.value, HandoverState.GONE.value)


def is_confidential(leave: Mapping[str, Any]) -> bool:
    """Whether a row of `leaves` is told to those alone who have to do with it."""
    return is_resignation(leave) and LeaveState(leave["state"]) in _UNTOLD


def kept_from(conn: Connection, ctx: Context) -> list[int]:
    """The leaves that somebody is not to know of.

    What is confidential is known to who resigns, to who approves leave and plans the roster, and to whom they hand
    something over.
    """
    return _resignations_of_others(conn, ctx, leaves.c.state.in_(sorted(_UNTOLD)))


def requests_kept_from(conn: Connection, ctx: Context) -> list[int]:
    """The resignations of which somebody is not to know that the person asks to take them back.

    Also where the resignation itself has been approved and is known, and for good: a request that was returned is
    told to nobody.
    """
    return _resignations_of_others(conn, ctx, true())


def _resignations_of_others(conn: Connection, ctx: Context, which: ColumnElement[bool]) -> list[int]:
    if ctx.may(Permission.LEAVE_SEE):
        return []
    c, h = leaves.c, handovers.c
    asked = select(h.leave).where(h.receiver == ctx.person, h.state.not_in(_DONE))
    wanted = select(c.id).where(c.kind == LeaveKind.RESIGNATION.value, which)
    return list(conn.execute(wanted.where(c.person != ctx.person, c.id.not_in(asked))).scalars())
