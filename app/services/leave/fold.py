"""How leaves, handovers and actings stand: one fold of their entries for the office and for the proof."""

from collections.abc import Mapping
from typing import Any

from app.models.leave import (
    HANDOVER_MOVES,
    LEAVE_MOVES,
    ActingEndedError,
    HandoverState,
    HandoverStateError,
    LeaveState,
    LeaveStateError,
)

Row = dict[str, Any]


def asked(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A leave right after its leave.asked entry."""
    names = ("person", "kind", "first_day", "last_day", "receiver")
    return {"id": seq, **{name: content[name] for name in names}, "state": LeaveState.ASKED.value, "last_seq": seq}


def advance(row: Row, seq: int, _at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a leave; one that ends early says its new last day."""
    allowed, after = LEAVE_MOVES[kind]
    if row["state"] not in allowed:
        raise LeaveStateError(row["state"])
    row["state"], row["last_seq"] = after.value, seq
    row["last_day"] = content.get("last_day", row["last_day"])


def listed(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """One thing to be handed over, right after its handover.listed entry."""
    names = ("leave", "kind", "thing", "title", "giver", "receiver")
    state = HandoverState.OPEN if content["receiver"] is None else HandoverState.OFFERED
    return {"id": seq, **{name: content[name] for name in names}, "state": state.value, "last_seq": seq}


def advance_handover(row: Row, seq: int, _at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a handover; one that is offered, given on or opened says its receiver, if any."""
    allowed, after = HANDOVER_MOVES[kind]
    if row["state"] not in allowed:
        raise HandoverStateError(row["state"])
    row["state"], row["last_seq"] = after.value, seq
    row["receiver"] = content.get("receiver", row["receiver"])


def begun_acting(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """An acting right after its acting.begun entry."""
    names = ("person", "post", "instead_of", "first_day", "last_day")
    return {"id": seq, **{name: content[name] for name in names}, "ended": "", "last_seq": seq}


def end_acting(row: Row, seq: int, _at: int, _kind: str, content: Mapping[str, Any]) -> None:
    """An acting that ends before its last day."""
    if row["ended"]:
        raise ActingEndedError
    row["ended"], row["last_seq"] = content["day"], seq


BEGINS = {
    "leave.asked": ("leaves", asked),
    "handover.listed": ("handovers", listed),
    "acting.begun": ("actings", begun_acting),
}
ADVANCES = {
    **dict.fromkeys(LEAVE_MOVES, ("leaves", advance)),
    **dict.fromkeys(HANDOVER_MOVES, ("handovers", advance_handover)),
    "acting.ended": ("actings", end_acting),
}
