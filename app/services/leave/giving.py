"""Giving what was accepted when a leave begins, and giving it back when it ends, also along a chain (rule D3).

Who goes on leave while they hold something for a colleague gives it on: then several leaves have a row for one thing,
one given after the other, and whoever has the thing is the receiver of all of them. The first giver is whose thing it
is; who comes back gets it from whoever has it, and what was given on in between is settled by that.
"""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, func, select

from app.models.approvals import delegations
from app.models.leave import HandoverState, LeaveState, handovers, leaves
from app.models.ledger import entries
from app.services import subjects
from app.services.leave.belongings import AHEAD, APPROVALS, SINGLE, WHOLE, Belonging
from app.services.leave.days import is_resignation
from app.services.leave.handover import Leave, is_here, rows_of, running_leave
from app.services.ledger import Pen

_S = HandoverState
GIVEN = "handover.given"


def give_accepted(conn: Connection, pen: Pen, leave: Leave, today: date) -> None:
    """Give everything on the list that has been accepted and is there to be given."""
    for row in rows_of(conn, leave["id"]):
        if is_givable(conn, row):
            if row.kind in SINGLE:
                _give_single(conn, pen, SINGLE[row.kind], [row])
            else:
                _give_whole(conn, pen, leave, row, today)
        elif row.kind in AHEAD and row.state == _S.GIVEN and is_resignation(leave):
            _give_things(conn, pen, leave, row)  # who has resigned may claim until the account is closed


def is_givable(conn: Connection, row: Row[Any]) -> bool:
    """Whether it is accepted by somebody who still works here and, as a single thing, with its giver now."""
    if row.state != _S.ACCEPTED or not is_here(conn, row.receiver):
        return False
    return row.kind in AHEAD or SINGLE[row.kind].holder(conn, row.thing) == row.giver


def _give_whole(conn: Connection, pen: Pen, leave: Leave, row: Row[Any], today: date) -> None:
    facts: dict[str, Any] = {"receiver": row.receiver}
    if row.kind == APPROVALS:
        facts["delegation"] = _delegate(conn, pen, leave, row.receiver, today)
    subjects.advance(conn, pen, row.id, GIVEN, facts)
    _give_things(conn, pen, leave, row)


def _delegate(conn: Connection, pen: Pen, leave: Leave, taker: int, today: date) -> int:
    content = {
        "giver": leave["person"],
        "taker": taker,
        "kind": "",
        "first_day": max(leave["first_day"], today.isoformat()),
        "last_day": leave["last_day"],
    }
    return subjects.begin(conn, pen, "delegation.made", content)


def _give_things(conn: Connection, pen: Pen, leave: Leave, whole: Row[Any]) -> None:
    """What was accepted as a whole becomes a row for each thing that is there now, also for receivers on leave."""
    kind = AHEAD[whole.kind].single
    if kind is None:
        return
    for thing, title in kind.held(conn, leave["person"]):
        rows = [_listed(conn, pen, kind, thing, title, one) for one in (whole, *_onward(conn, whole))]
        _give_single(conn, pen, kind, rows)


def _listed(conn: Connection, pen: Pen, kind: Belonging, thing: int, title: str, whole: Row[Any]) -> Row[Any]:
    """A row for one thing of a whole, accepted with it."""
    content = {
        "leave": whole.leave,
        "kind": kind.name,
        "thing": thing,
        "title": title,
        "giver": whole.giver,
        "receiver": whole.receiver,
    }
    number = subjects.begin(conn, pen, "handover.listed", content)
    subjects.advance(conn, pen, number, "handover.accepted", {"whole": whole.id}, whole.receiver)
    return conn.execute(select(handovers).where(handovers.c.id == number)).one()


def _give_single(conn: Connection, pen: Pen, kind: Belonging, rows: list[Row[Any]]) -> None:
    """Give one thing along `rows`, and on to whom a receiver who is away has found for it."""
    rows = [*rows, *(row for row in _onward(conn, rows[-1]) if row.kind == kind.name)]
    to, thing = rows[-1].receiver, rows[0].thing
    for row in (*_held_for(conn, pen, kind.name, thing, rows[0].giver), *rows):
        subjects.advance(conn, pen, row.id, GIVEN, {"receiver": to})
    kind.give(conn, pen, thing, to)


def _onward(conn: Connection, row: Row[Any]) -> Iterator[Row[Any]]:
    """The rows by which receivers who are on leave themselves have handed on what they accepted here."""
    h, seen = handovers.c, {row.giver}
    taken = (_S.GIVEN.value, _S.ACCEPTED.value) if row.thing == WHOLE else (_S.ACCEPTED.value,)
    while row.receiver not in seen:
        seen.add(row.receiver)
        leave = running_leave(conn, row.receiver)
        if leave is None:
            return
        same = (h.leave == leave["id"]) & (h.kind == row.kind) & (h.thing == row.thing) & h.state.in_(taken)
        found = conn.execute(select(handovers).where(same)).one_or_none()
        if found is None or not is_here(conn, found.receiver):
            return
        yield found
        row = found


def _held_for(conn: Connection, pen: Pen, kind: str, thing: int, holder: int) -> list[Row[Any]]:
    """The rows by which somebody holds a thing for those who are on leave, the first giver's first."""
    h, e = handovers.c, entries.c
    same = (h.kind == kind) & (h.thing == thing) & (h.receiver == holder) & (h.state == _S.GIVEN.value)
    running = leaves.c.state == LeaveState.RUNNING.value
    rows = conn.execute(select(handovers).join(leaves, leaves.c.id == h.leave).where(same, running)).all()
    pen.flush()  # what was given in this transaction counts as well
    told = select(e.subject, func.min(e.seq)).where(e.subject.in_([row.id for row in rows]), e.kind == GIVEN)
    first = {subject: seq for subject, seq in conn.execute(told.group_by(e.subject))}
    return sorted(rows, key=lambda row: first[row.id])


def give_back(conn: Connection, pen: Pen, leave: Leave) -> None:
    """The person is there again: everything that was given and is still open comes back to them."""
    for row in rows_of(conn, leave["id"]):
        if row.state != _S.GIVEN:
            continue
        if row.kind in SINGLE:
            _single_back(conn, pen, SINGLE[row.kind], row)
        else:
            if row.kind == APPROVALS:
                _end_delegation(conn, pen, row)
            subjects.advance(conn, pen, row.id, "handover.back", {})


def _single_back(conn: Connection, pen: Pen, kind: Belonging, row: Row[Any]) -> None:
    holder, home = kind.holder(conn, row.thing), row.giver
    if holder not in (row.receiver, home):  # settled, or somebody has given it to a third one since
        subjects.advance(conn, pen, row.id, "handover.gone", {})
        return
    chain = _held_for(conn, pen, kind.name, row.thing, row.receiver)
    place = [one.id for one in chain].index(row.id)
    for given_on in reversed(chain[place + 1 :]):
        subjects.advance(conn, pen, given_on.id, "handover.gone", {})
    subjects.advance(conn, pen, row.id, "handover.back", {})
    for before in chain[:place]:
        subjects.advance(conn, pen, before.id, GIVEN, {"receiver": home})
    if holder != home:
        kind.give(conn, pen, row.thing, home)


def _end_delegation(conn: Connection, pen: Pen, row: Row[Any]) -> None:
    """What the leave lent ends with it, also before its last day; the entry of the giving names it."""
    facts: Mapping[str, Any] = json.loads(
        conn.execute(select(entries.c.content).where(entries.c.seq == row.last_seq)).scalar_one()
    )
    ended = conn.execute(select(delegations.c.ended).where(delegations.c.id == facts["delegation"])).scalar_one()
    if not ended:  # the person may have taken it back by hand
        subjects.advance(conn, pen, facts["delegation"], "delegation.ended", {})
