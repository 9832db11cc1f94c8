"""The list of a leave's handover: what is on it, what has come to it or was settled, and who may take what."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, select

from app.errors import RuleError
from app.i18n import _
from app.models.leave import HandoverState, LeaveState, handovers, leaves
from app.models.people import people
from app.services import subjects
from app.services.access import Permission
from app.services.leave.belongings import AHEAD, APPROVALS, LISTED, SINGLE, WHOLE, may_hold
from app.services.leave.confidential import is_confidential
from app.services.leave.days import LIVE, absent, handed, is_resignation, meets
from app.services.leave.errors import (
    MayNotTakeError,
    MutualReceiversError,
    NotHandedOverError,
    ReceiverAwayError,
    ReceiverError,
    ReceiverUnableError,
)
from app.services.leave.words import belonging_word
from app.services.ledger import Pen
from app.services.people.names import name_of

Leave = Mapping[str, Any]  # a row of `leaves`
Key = tuple[str, int]  # kind, thing

_S = HandoverState
DONE = frozenset({_S.BACK.value, _S.GONE.value})  # no longer on the list
NOT_GIVEN = frozenset({_S.OPEN.value, _S.OFFERED.value, _S.ACCEPTED.value, _S.REFUSED.value})
NAMED = 3  # things that a refusal names


def rows_of(conn: Connection, leave: int) -> list[Row[Any]]:
    """What is on a leave's list, in the order in which it was put there."""
    h = handovers.c
    wanted = select(handovers).where(h.leave == leave, h.state.not_in(sorted(DONE))).order_by(h.id)
    return list(conn.execute(wanted).all())


def title_of(kind: str, title: str) -> str:
    """A thing in words: "Task: check the returns"; what is handed over as a whole has no title of its own."""
    return _("{what}: {note}").format(what=belonging_word(kind), note=title) if title else belonging_word(kind)


def needs_of(kind: str) -> Permission | None:
    """What a receiver of this kind must be allowed to."""
    return (SINGLE | AHEAD)[kind].needs


def belongs(conn: Connection, leave: Leave, today: date) -> dict[Key, str]:
    """Everything that the person has to hand over, with its title: what they hold, and what they have promised to take.

    Who resigns hands no decisions over: a proposal waits for a post, and an acting colleague fills that (rule D4).
    """
    person, found = leave["person"], dict[Key, str]()
    for one in AHEAD.values():
        if one.held(conn, person, today) and not (is_resignation(leave) and one.name == APPROVALS):
            found[one.name, WHOLE] = ""
    for kind in LISTED:
        found |= {(kind.name, thing): title for thing, title in kind.held(conn, person)}
    return _promised(conn, leave) | found


def _promised(conn: Connection, leave: Leave) -> dict[Key, str]:
    """What the person has accepted and will be given while they are away themselves."""
    h, listed = handovers.c, [kind.name for kind in LISTED]
    wanted = (
        select(h.kind, h.thing, h.title, leaves.c.first_day, leaves.c.last_day, leaves.c.kind.label("why"))
        .join(leaves, leaves.c.id == h.leave)
        .where(h.receiver == leave["person"], h.state == _S.ACCEPTED.value, h.kind.in_(listed))
        .where(leaves.c.state.in_(LIVE))
        .order_by(h.id)
    )
    gone = absent(leave)
    return {
        (row.kind, row.thing): row.title
        for row in conn.execute(wanted)
        if meets(handed({"kind": row.why, "first_day": row.first_day, "last_day": row.last_day}), gone)
    }


def scan(conn: Connection, pen: Pen, leave: Leave, today: date) -> None:
    """Bring the list up to date: offer to the leave's receiver what has come to it, take off what is settled."""
    there, wanted = rows_of(conn, leave["id"]), belongs(conn, leave, today)
    for row in settled(there, wanted):
        subjects.advance(conn, pen, row.id, "handover.gone", {})
    for (kind, thing), title in unlisted(there, wanted).items():
        content = {
            "leave": leave["id"],
            "kind": kind,
            "thing": thing,
            "title": title,
            "giver": leave["person"],
            "receiver": leave["receiver"] if fits(conn, leave, leave["receiver"], kind, today) else None,
        }
        subjects.begin(conn, pen, "handover.listed", content)


def unlisted(there: Iterable[Row[Any]], wanted: Mapping[Key, str]) -> dict[Key, str]:
    """What is not on the list yet."""
    known = {(row.kind, row.thing) for row in there}
    return {key: title for key, title in wanted.items() if key not in known}


def still_unlisted(conn: Connection, leave: Leave, today: date) -> dict[Key, str]:
    """What has come to a leave since its list was last brought up to date; nothing comes to one that is over."""
    if leave["state"] not in LIVE:
        return {}
    return unlisted(rows_of(conn, leave["id"]), belongs(conn, leave, today))


def settled(there: Iterable[Row[Any]], wanted: Mapping[Key, str]) -> list[Row[Any]]:
    """What is on the list and need not be handed over any more."""
    return [row for row in there if row.state in NOT_GIVEN and (row.kind, row.thing) not in wanted]


def refuse_incomplete(waiting: Sequence[tuple[str, str]]) -> None:
    """Raise NotHandedOverError where something (kind, title) has no receiver who accepted it."""
    if waiting:
        named = _(", ").join(title_of(kind, title) for kind, title in waiting[:NAMED])
        raise NotHandedOverError(count=len(waiting), what=named + (" …" if len(waiting) > NAMED else ""))


def refuse_receiver(conn: Connection, leave: Leave, receiver: int) -> None:
    """Raise where somebody cannot take over on the days of a leave: gone for good, the person, or away as well."""
    if receiver == leave["person"] or not is_here(conn, receiver):
        raise ReceiverError
    for other in leaves_of(conn, receiver):
        if meets(absent(other), handed(leave)):
            if _names(conn, other, leave["person"]):
                raise MutualReceiversError(name=name_of(conn, receiver))
            raise _away(conn, other)


def _away(conn: Connection, leave: Leave) -> RuleError:
    """Why who goes on a leave takes nothing over: with its days, unless nobody is to know of it yet."""
    name = name_of(conn, leave["person"])
    if is_confidential(leave):
        return ReceiverUnableError(name=name)
    return ReceiverAwayError(name=name, first=leave["first_day"], last=leave["last_day"])


def _names(conn: Connection, leave: Leave, person: int) -> bool:
    """Whether a leave hands anything over to somebody."""
    h = handovers.c
    wanted = select(h.id).where(h.leave == leave["id"], h.receiver == person, h.state.not_in(sorted(DONE)))
    return bool(leave["receiver"] == person) or conn.execute(wanted.limit(1)).first() is not None


def refuse_unable(conn: Connection, receiver: int, kind: str, today: date) -> None:
    """Raise MayNotTakeError where no post of theirs allows the work."""
    if not may_hold(conn, receiver, needs_of(kind), today):
        raise MayNotTakeError(name=name_of(conn, receiver), what=belonging_word(kind))


def is_here(conn: Connection, person: int) -> bool:
    """Whether somebody is at work in this office."""
    return conn.execute(select(people.c.id).where(people.c.id == person, people.c.active == 1)).first() is not None


def fits(conn: Connection, leave: Leave, receiver: int, kind: str, today: date) -> bool:
    """Whether somebody can be offered something without being asked for it by name."""
    away = any(meets(absent(other), handed(leave)) for other in leaves_of(conn, receiver))
    return not away and receiver != leave["person"] and may_hold(conn, receiver, needs_of(kind), today)


def refuse_broken_chains(conn: Connection, leave: Leave, rows: Iterable[Row[Any]]) -> None:
    """Raise where a receiver has left, or will be away without having handed on what they promised to take."""
    for row in rows:
        if not is_here(conn, row.receiver):
            raise ReceiverError
        for other in leaves_of(conn, row.receiver):
            if meets(absent(other), handed(leave)) and not _handed_on(conn, other["id"], row):
                raise _away(conn, other)


def _handed_on(conn: Connection, leave: int, row: Row[Any]) -> bool:
    """Whether the receiver's own leave has somebody for it who accepted."""
    h, taken = handovers.c, (_S.ACCEPTED.value, _S.GIVEN.value)
    wanted = select(h.id).where(h.leave == leave, h.kind == row.kind, h.thing == row.thing, h.state.in_(taken))
    return conn.execute(wanted.limit(1)).first() is not None


def leaves_of(conn: Connection, person: int, states: Iterable[str] = LIVE) -> list[Mapping[str, Any]]:
    """Somebody's leaves that are on their way, or on."""
    c = leaves.c
    wanted = select(leaves).where(c.person == person, c.state.in_(list(states))).order_by(c.id)
    return [dict(row) for row in conn.execute(wanted).mappings()]


def running_leave(conn: Connection, person: int) -> Mapping[str, Any] | None:
    """The leave that somebody is on now."""
    return next(iter(leaves_of(conn, person, (LeaveState.RUNNING.value,))), None)
