"""How rosters, wishes for them and swaps stand: one fold of their entries for the office and for the proof."""

import json
from collections.abc import Mapping
from typing import Any

from app.models.canonical import canonical
from app.models.duty import SWAP_MOVES, SwapState, SwapStateError, WishState, WishWithdrawnError

Row = dict[str, Any]


def begun(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A week's roster right after its roster.begun entry."""
    return {
        "id": seq,
        "week": content["week"],
        "draft": canonical(content["cells"]),
        "pins": canonical({}),
        "published": "",
        "published_at": None,
        "last_seq": seq,
    }


def advance(row: Row, seq: int, at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a roster: `changes` are [person, day of the week, before, after, whether fixed]."""
    row["last_seq"] = seq
    if kind == "roster.drawn":
        draft, pins = json.loads(row["draft"]), json.loads(row["pins"])
        _draw(draft, content["changes"])
        _pin(pins, content["changes"])
        row["draft"], row["pins"] = canonical(draft), canonical(pins)
    elif kind == "roster.published":
        row["published"], row["published_at"] = row["draft"], at
    elif kind == "roster.swapped":  # before `drawn` was told, the draft followed in each cell
        for name, changes in (("draft", content.get("drawn", content["changes"])), ("published", content["changes"])):
            cells = json.loads(row[name])
            _draw(cells, changes)
            row[name] = canonical(cells)


def _draw(cells: dict[str, list[str]], changes: list[list[Any]]) -> None:
    for person, day, _before, after, *_pinned in changes:
        cells.setdefault(str(person), [""] * 7)[day] = after


def _pin(pins: dict[str, list[int]], changes: list[list[Any]]) -> None:
    for person, day, _before, _after, pinned in changes:
        days = set(pins.pop(str(person), [])) - {day} | ({day} if pinned else set())
        if days:
            pins[str(person)] = sorted(days)


def wished(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A wish for the roster right after its duty.wished entry."""
    names = ("person", "day", "shifts", "wanted", "weight")
    return {"id": seq, **{name: content[name] for name in names}, "state": WishState.OPEN.value, "last_seq": seq}


def withdraw_wish(row: Row, seq: int, _at: int, _kind: str, _content: Mapping[str, Any]) -> None:
    """A wish that is taken back."""
    if row["state"] != WishState.OPEN:
        raise WishWithdrawnError
    row["state"], row["last_seq"] = WishState.WITHDRAWN.value, seq


def asked_swap(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A swap right after its swap.asked entry."""
    names = ("asker", "day", "colleague", "their_day")
    return {"id": seq, **{name: content[name] for name in names}, "state": SwapState.ASKED.value, "last_seq": seq}


def advance_swap(row: Row, seq: int, _at: int, kind: str, _content: Mapping[str, Any]) -> None:
    """Fold one later entry into a swap; raises SwapStateError where it may not happen."""
    allowed, after = SWAP_MOVES[kind]
    if row["state"] not in allowed:
        raise SwapStateError(row["state"])
    row["state"], row["last_seq"] = after.value, seq


BEGINS = {
    "roster.begun": ("rosters", begun),
    "duty.wished": ("duty_wishes", wished),
    "swap.asked": ("swaps", asked_swap),
}
ADVANCES = {
    **dict.fromkeys(("roster.drawn", "roster.published", "roster.swapped"), ("rosters", advance)),
    "duty.wish_withdrawn": ("duty_wishes", withdraw_wish),
    **dict.fromkeys(SWAP_MOVES, ("swaps", advance_swap)),
}
