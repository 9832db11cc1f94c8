"""How an order stands: folded from its entries, stored for lists and queues, rebuilt and compared at any time."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, insert, update

from app.models.ledger import Entry
from app.models.orders import (
    BEFORE_CONFIRMING,
    HELD_BY_CHECKS,
    HELD_BY_PERSON,
    PLATFORM_RANK,
    OrderEvent,
    OrderState,
    WrongStateError,
    next_state,
    order_counts,
    orders,
)

GOODS_SHOWN = 3  # items named in a list's goods column before "…"
NO_FINDINGS = "[]"
_RUNNING = frozenset({OrderState.ACCEPTED})
_ACCEPTED, _CLOSED = OrderState.ACCEPTED.value, OrderState.CLOSED.value
_NEVER_STARTED = {
    "shipped": OrderState.SHIPPED.value,
    "completed": OrderState.CLOSED.value,
    "cancelled": OrderState.CANCELLED.value,
}


@dataclass(slots=True)
class Standing:
    """One row of the projection; fields in the order of the table's columns."""

    id: int
    number: str
    channel: str
    source: str
    source_number: str
    state: str
    held: int
    hint: str
    customer: int
    personal: int
    goods: str
    pieces: int
    goods_key: bytes
    payable: int
    paid: int | None
    currency: str
    placed_at: int | None
    accepted_at: int
    clock_from: int | None
    callback_at: int | None
    contacted_at: int | None
    late: int
    reminded: int
    claimed_by: int | None
    last_seq: int

    def row(self) -> tuple[Any, ...]:
        """The values in the order of the table's columns."""
        return _values(self)


COLUMNS = tuple(field.name for field in fields(Standing))
_values: Callable[[Standing], tuple[Any, ...]] = attrgetter(*COLUMNS)

# Put together once: putting a statement together takes longer than running it.
_COUNT = (
    update(order_counts)
    .where(order_counts.c.state == bindparam("in_state"), order_counts.c.held == bindparam("in_held"))
    .values(count=order_counts.c.count + bindparam("delta"))
)

Lines = Sequence[Sequence[Any]]  # [sku, title, variant, quantity, price, amount]


def goods_summary(lines: Lines) -> str:
    """ "五粮液 52度 500ml ×2、…": the first few items as a list shows them."""
    shown = "、".join([f"{line[1]} ×{line[3]}" for line in lines[:GOODS_SHOWN]])
    return f"{shown} …" if len(lines) > GOODS_SHOWN else shown


def goods_key(lines: Lines) -> bytes:
    """Equal for orders of the same goods in the same quantities, whatever their order."""
    if len(lines) == 1:
        line = lines[0]
        text = f"{line[0] or line[1]}\t{line[2]}\t{line[3]}"
    else:
        text = "\n".join(sorted(f"{line[0] or line[1]}\t{line[2]}\t{line[3]}" for line in lines))
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


def begin(seq: int, at: int, content: Mapping[str, Any]) -> Standing:
    """How an order stands right after its order.accepted entry."""
    facts = content["facts"]
    lines = facts["lines"]
    state = _NEVER_STARTED.get(facts["platform_state"], _ACCEPTED)
    if state == _ACCEPTED and "history" in content:
        state = _CLOSED
    return Standing(
        seq,
        content["number"],
        facts["channel"],
        content["source"],
        facts["source_number"],
        state,
        0,
        NO_FINDINGS,
        content.get("customer") or seq,
        seq,
        goods_summary(lines),
        sum([line[3] for line in lines]),
        goods_key(lines),
        facts["payable"],
        facts["paid"],
        facts["currency"],
        facts["placed_at"],
        at,
        at if state == _ACCEPTED else None,
        None,
        None,
        0,
        0,
        None,
        seq,
    )


def advance(order: Standing, seq: int, at: int, person: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into `order`; raises WrongStateError or HeldError where it may not happen."""
    event = OrderEvent(kind)
    if event is OrderEvent.PLATFORM_MOVED:
        state = OrderState(content["state"])
        if PLATFORM_RANK[state] <= PLATFORM_RANK[OrderState(order.state)]:
            raise WrongStateError(order.state)
    else:
        state = next_state(OrderState(order.state), event, bool(order.held))
    order.state = state.value
    effect = _EFFECTS.get(event)
    if effect is not None:
        effect(order, seq, at, person, content)
    if state not in _RUNNING:
        order.clock_from = order.callback_at = None
    if state not in BEFORE_CONFIRMING:
        order.claimed_by = None
    order.last_seq = seq


def _checked(order: Standing, _seq: int, _at: int, _person: int, content: Mapping[str, Any]) -> None:
    order.hint = json.dumps(content["findings"], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    order.held = order.held & HELD_BY_PERSON | (HELD_BY_CHECKS if content["holds"] else 0)


def _claimed(order: Standing, _seq: int, _at: int, person: int, _content: Mapping[str, Any]) -> None:
    order.claimed_by = person


def _unclaimed(order: Standing, _seq: int, _at: int, _person: int, _content: Mapping[str, Any]) -> None:
    order.claimed_by = None


def _attempted(order: Standing, _seq: int, at: int, _person: int, content: Mapping[str, Any]) -> None:
    order.contacted_at = at if order.contacted_at is None else order.contacted_at
    order.clock_from, order.reminded = at, 0  # a new running of the clock has stages of its own
    order.callback_at = content.get("callback_at")
    order.late |= int(bool(content["late"]))


def _reminded(order: Standing, _seq: int, _at: int, _person: int, content: Mapping[str, Any]) -> None:
    order.reminded = content["stage"]


def _amended(order: Standing, seq: int, _at: int, _person: int, content: Mapping[str, Any]) -> None:
    changes = content["changes"]
    if "payable" in changes:
        order.payable = changes["payable"][1]
    if "paid" in changes:
        order.paid = changes["paid"][1]
    if "lines" in changes:
        lines = changes["lines"][1]
        order.goods, order.pieces, order.goods_key = (
            goods_summary(lines),
            sum(x[3] for x in lines),
            goods_key(lines),
        )
    if "person" in content:
        order.personal = seq


def _conceded(order: Standing, _seq: int, _at: int, _person: int, content: Mapping[str, Any]) -> None:
    order.payable -= content["amount"]


def _held(order: Standing, _seq: int, _at: int, _person: int, _content: Mapping[str, Any]) -> None:
    order.held |= HELD_BY_PERSON


def _released(order: Standing, _seq: int, _at: int, _person: int, _content: Mapping[str, Any]) -> None:
    order.held = 0


_EFFECTS = {
    OrderEvent.CHECKED: _checked,
    OrderEvent.CLAIMED: _claimed,
    OrderEvent.UNCLAIMED: _unclaimed,
    OrderEvent.ATTEMPTED: _attempted,
    OrderEvent.CONTACTED: _attempted,
    OrderEvent.REMINDED: _reminded,
    OrderEvent.AMENDED: _amended,
    OrderEvent.CONCEDED: _conceded,
    OrderEvent.HELD: _held,
    OrderEvent.RELEASED: _released,
}


def fold(entries: Iterable[Entry]) -> Standing:
    """How an order stands after all its entries, the order.accepted one first."""
    iterator = iter(entries)
    first = next(iterator)
    order = begin(first.seq, first.at, json.loads(first.content))
    for entry in iterator:
        advance(order, entry.seq, entry.at, entry.person, entry.kind, json.loads(entry.content))
    return order


def store(conn: Connection, before: Standing, after: Standing) -> None:
    """Write what changed between two standings of one order, and the counts with it."""
    changed = {name: getattr(after, name) for name in COLUMNS if getattr(after, name) != getattr(before, name)}
    if changed:
        conn.execute(update(orders).where(orders.c.id == after.id).values(changed))
    if (before.state, before.held) != (after.state, after.held):
        count(conn, Counter({(before.state, before.held): -1, (after.state, after.held): 1}))


def store_many(conn: Connection, moves: Iterable[tuple[Standing, Standing]]) -> None:
    """`store` for many orders in one go: each as it was and as it is now."""
    moved = [(before, after) for before, after in moves if before != after]
    if not moved:
        return
    wanted: dict[str, Any] = {name: bindparam(f"new_{name}") for name in COLUMNS if name != "id"}
    rows = [{f"new_{name}": getattr(after, name) for name in COLUMNS} for _, after in moved]
    conn.execute(update(orders).where(orders.c.id == bindparam("new_id")).values(wanted), rows)
    deltas: Counter[tuple[str, int]] = Counter()
    for before, after in moved:
        deltas[before.state, before.held] -= 1
        deltas[after.state, after.held] += 1
    count(conn, {place: delta for place, delta in deltas.items() if delta})


def count(conn: Connection, deltas: Mapping[tuple[str, int], int]) -> None:
    """Add to the live counts of the queues."""
    for (state, held), delta in deltas.items():
        done = conn.execute(_COUNT, {"in_state": state, "in_held": held, "delta": delta})
        if done.rowcount == 0:
            conn.execute(insert(order_counts).values(state=state, held=held, count=delta))
