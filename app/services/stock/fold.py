"""What entries do to the stock: one fold for the office, the proof and the rebuilding of the lists.

An order reserves its goods when it is accepted; they leave with its shipping, or are given back by its cancelling. What
had left the shop before the office heard of the order never moves the stock, nor do the lines of an order that is gone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.models.orders import OrderEvent, OrderState
from app.models.stock import (
    COUNT_MOVES,
    WISH_MOVES,
    CountState,
    CountStateError,
    Movement,
    WishState,
    WishStateError,
)

Row = dict[str, Any]
Moved = tuple[int, int, str, int, str, int | None]  # a row of movements
Lines = Sequence[Sequence[Any]]  # an order's: [sku, title, variant, quantity, price, amount]

MOVED = "stock.moved"
# What happens to an order that its stock follows.
FOLLOWED = frozenset(
    {
        OrderEvent.AMENDED.value,
        OrderEvent.SHIPPED.value,
        OrderEvent.CANCELLED.value,
        OrderEvent.PLATFORM_MOVED.value,
    }
)
_GONE_BEFORE = frozenset({"shipped", "completed", "cancelled"})  # states of a platform


@dataclass(slots=True)
class Sums:
    """By code: on hand, reserved, whether its stock is kept, and the last entry that named it."""

    rows: dict[str, list[int]] = field(default_factory=dict)

    def add(self, code: str, seq: int, on_hand: int, reserved: int, kept: int = 0) -> None:
        """Add to what is on hand and reserved."""
        row = self.rows.get(code)
        if row is None:
            self.rows[code] = [on_hand, reserved, kept, seq]
            return
        row[0] += on_hand
        row[1] += reserved
        row[2] |= kept
        if seq > row[3]:
            row[3] = seq

    def merge(self, other: "Sums") -> None:
        """Add what another stretch of the chain adds up to."""
        for code, (on_hand, reserved, kept, seq) in other.rows.items():
            self.add(code, seq, on_hand, reserved, kept)


def drawn(lines: Lines) -> dict[str, int]:
    """How many of each code an order's lines are; lines without a code draw nothing."""
    found: dict[str, int] = {}
    for line in lines:
        code = line[0]
        if code:
            found[code] = found.get(code, 0) + line[3]
    return found


def reserves(content: Mapping[str, Any]) -> dict[str, int] | None:
    """What an order.accepted entry reserves; None where the goods were gone before, or never to go."""
    facts = content["facts"]
    if "history" in content or facts["platform_state"] in _GONE_BEFORE:
        return None
    return drawn(facts["lines"])


@dataclass(slots=True)
class Draw:
    """What one order has reserved; None when it has nothing any more."""

    order: int
    lines: dict[str, int] | None

    def begin(self, sums: Sums) -> None:
        """Reserve what it was accepted with."""
        for code, quantity in (self.lines or {}).items():
            sums.add(code, self.order, 0, quantity)

    def follow(self, seq: int, kind: str, content: Mapping[str, Any], sums: Sums | None) -> list[Moved]:
        """Fold one later entry of the FOLLOWED kinds; returns the movements that it is. `sums` may be left out."""
        before = self.lines
        if before is None:
            return []
        if kind == OrderEvent.AMENDED:
            changed = content["changes"].get("lines")
            if changed is not None:
                self.lines = drawn(changed[1])
                self._reserve(seq, before, self.lines, sums)
            return []
        self.lines = None
        left = kind == OrderEvent.SHIPPED or (
            kind == OrderEvent.PLATFORM_MOVED and content["state"] != OrderState.CANCELLED
        )
        if sums is not None:
            for code, quantity in before.items():
                sums.add(code, seq, -quantity if left else 0, -quantity)
        return self._leave(seq, before) if left else []

    def _reserve(self, seq: int, before: Mapping[str, int], after: Mapping[str, int], sums: Sums | None) -> None:
        if sums is None:
            return
        for code, quantity in before.items():
            sums.add(code, seq, 0, -quantity)
        for code, quantity in after.items():
            sums.add(code, seq, 0, quantity)

    def _leave(self, seq: int, lines: Mapping[str, int]) -> list[Moved]:
        sale = Movement.SALE.value
        return [(seq, place, code, -quantity, sale, self.order) for place, (code, quantity) in enumerate(lines.items())]


def moved(seq: int, content: Mapping[str, Any], sums: Sums) -> list[Moved]:
    """Fold a stock.moved entry; returns its movements."""
    kind = content["kind"]
    rows: list[Moved] = []
    for place, (code, quantity) in enumerate(content["lines"]):
        sums.add(code, seq, quantity, 0, 1)
        rows.append((seq, place, code, quantity, kind, None))
    return rows


def begun_count(seq: int, at: int, content: Mapping[str, Any]) -> Row:
    """A count right after its count.begun entry; its lines have a table of their own."""
    return {
        "id": seq,
        "person": content["person"],
        "note": content["note"],
        "state": CountState.OPEN.value,
        "begun_at": at,
        "closed_at": None,
        "last_seq": seq,
    }


def advance_count(row: Row, seq: int, at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a count; raises CountStateError where it may not happen."""
    allowed, after = COUNT_MOVES[kind]
    if row["state"] not in allowed:
        raise CountStateError(row["state"])
    if kind == "count.closed":
        row["closed_at"] = at
        after = CountState.WAITING if any(line[4] for line in content["lines"]) else CountState.CLOSED
    row["state"] = row["state"] if after is None else after.value
    row["last_seq"] = seq


# A line of a count: shelf, counted, expected, moved, reason, waits – the columns after count and code.
CountLine = tuple[str, int | None, int | None, int | None, str, int]


def begun_lines(content: Mapping[str, Any]) -> Iterable[tuple[str, CountLine]]:
    """The lines of a count right after its count.begun entry, by code."""
    return ((code, (shelf, None, None, None, "", 0)) for code, shelf in content["codes"])


def advance_lines(lines: dict[str, CountLine], kind: str, content: Mapping[str, Any]) -> None:
    """Fold a count.counted or count.closed entry into the lines that it names."""
    for code, *told in content["lines"]:
        shelf, counted, expected, *_rest = lines[code]
        if kind == "count.counted":
            lines[code] = (shelf, told[0], told[1], None, "", 0)
        else:
            gone, reason, _difference, waits = told
            lines[code] = (shelf, counted, expected, gone, reason, waits)


def made_wish(seq: int, at: int, content: Mapping[str, Any]) -> Row:
    """A wish right after its wish.made entry."""
    names = ("code", "quantity", "asked_of", "kind", "note", "person")
    return {
        "id": seq,
        **{name: content[name] for name in names},
        "state": WishState.MADE.value,
        "made_at": at,
        "expected_on": "",
        "last_seq": seq,
    }


def advance_wish(row: Row, seq: int, _at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a wish; raises WishStateError where it may not happen."""
    allowed, after = WISH_MOVES[kind]
    if row["state"] not in allowed:
        raise WishStateError(row["state"])
    row["state"], row["last_seq"] = after.value, seq
    row["expected_on"] = content.get("expected_on") or row["expected_on"]


LINE_KINDS = frozenset({"count.counted", "count.closed"})
BEGINS = {"count.begun": ("stock_counts", begun_count), "wish.made": ("wishes", made_wish)}
ADVANCES = {
    **dict.fromkeys(COUNT_MOVES, ("stock_counts", advance_count)),
    **dict.fromkeys(WISH_MOVES, ("wishes", advance_wish)),
}
