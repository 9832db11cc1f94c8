"""Accepting orders (受理): drafts become facts, with number, customer, checks and search index, a batch at a time."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from json.encoder import encode_basestring
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.clock import OFFICE_ZONE, from_ms
from app.models.customers import customer_keys, customers, personal
from app.models.office import counters
from app.models.orders import OrderEvent, order_digests, orders
from app.services.catalog.sold_out import delist_sold_out
from app.services.db import insert_many, select_in
from app.services.ledger import Pen
from app.services.orders import projection
from app.services.orders.checks import HOLDING, Known, Subject, run_checks
from app.services.orders.index import ORDERS
from app.services.orders.prepared import Prepared
from app.services.search.tokens import with_number
from app.services.stock.available import Goods
from app.services.stock.fold import Lines
from app.services.stock.sums import reserve

MINUTE_MS = 60_000
ACCEPTED = OrderEvent.ACCEPTED.value


@dataclass(slots=True)
class Desk:
    """What one transaction of acceptance keeps at hand; who changes the stock besides calls `forget_goods`."""

    conn: Connection
    pen: Pen
    pepper: bytes
    source: str = ""  # the shop the files come from; empty: the format's channel
    history: bool = False  # orders of the past: no clock, no checks
    unusual_quantity: int = 50
    doubled_minutes: int = 30
    floor_price: Callable[[str], int | None] | None = None
    _day: str = ""
    _number: int = 0
    _counts: Counter[tuple[str, int]] = field(default_factory=Counter)
    _recent: dict[tuple[int, bytes], tuple[int, str]] = field(default_factory=dict)
    _reserved: Counter[str] = field(default_factory=Counter)
    _goods: Goods = field(default_factory=Goods)

    def forget_goods(self) -> None:
        """Look up anew what is left of the goods."""
        self._goods = Goods()


def accept_batch(desk: Desk, batch: Sequence[Prepared]) -> list[int]:
    """Accept new orders; returns their ids. The entries are written and flushed, the projection and index with them."""
    if not batch:
        return []
    known = _known_customers(desk.conn, [one.key for one in batch])
    flags = _flags(desk.conn, known.values())
    if not desk.history:
        _remember_recent(desk, set(known.values()))
        desk._goods.learn(desk.conn, {line[0] for one in batch for line in one.facts["lines"]})
    written = _Written()
    for one in batch:
        _accept_one(desk, one, known, flags, written)
    desk.pen.flush()
    _store(desk, written)
    return [row[0] for row in written.orders]


@dataclass(slots=True)
class _Written:
    """Rows collected for one round of bulk inserts."""

    orders: list[tuple[Any, ...]] = field(default_factory=list)
    personal: list[tuple[Any, ...]] = field(default_factory=list)
    digests: list[tuple[Any, ...]] = field(default_factory=list)
    customer_keys: list[tuple[Any, ...]] = field(default_factory=list)
    documents: list[tuple[int, str]] = field(default_factory=list)


def _accept_one(desk: Desk, one: Prepared, known: dict[bytes, int], flags: dict[int, str], written: _Written) -> None:
    key = one.key
    rest: dict[str, Any] = {
        "number": next_number(desk),
        "person": one.commitment,
        "source": desk.source or one.facts["channel"],
    }
    customer = known.get(key) if key is not None else None
    if customer is not None:
        rest["customer"] = customer
    if desk.history:
        rest["history"] = True
    seq = desk.pen.write(ACCEPTED, None, _content(one.text, rest))
    rest["facts"] = one.facts
    order = projection.begin(seq, desk.pen.at, rest)
    if key is not None and customer is None:
        known[key] = seq
        written.customer_keys.append((key, seq))
    if order.clock_from is not None:
        _check(desk, order, one, flags)
        _reserve(desk, one.facts["lines"])
    desk._counts[order.state, order.held] += 1
    written.orders.append(order.row())
    written.personal.append((seq, seq, one.salt, *one.person))
    written.digests.append((seq, one.digest))
    written.documents.append((seq, with_number(order.number, one.words)))


def _content(facts: str, rest: Mapping[str, Any]) -> str:
    """The entry's content; the facts are JSON already, for the digest, and of the rest only the source needs care."""
    customer = f'"customer":{rest["customer"]},' if "customer" in rest else ""
    history = '"history":true,' if "history" in rest else ""
    source = encode_basestring(rest["source"])
    number, person = rest["number"], rest["person"]
    return f'{{"facts":{facts},{customer}{history}"number":"{number}","person":"{person}","source":{source}}}'


def next_number(desk: Desk) -> str:
    """The office's own order number: 20261123-0417, counted anew each office day."""
    if not desk._day:
        desk._day = from_ms(desk.pen.at).replace(tzinfo=UTC).astimezone(OFFICE_ZONE).strftime("%Y%m%d")
        name = f"orders {desk._day}"
        desk._number = desk.conn.execute(select(counters.c.value).where(counters.c.name == name)).scalar() or 0
        if desk._number == 0:
            desk.conn.execute(insert(counters).values(name=name, value=0))
    desk._number += 1
    return f"{desk._day}-{desk._number:04d}"


def _check(desk: Desk, order: projection.Standing, one: Prepared, flags: dict[int, str]) -> None:
    _name, phone, province, city, district, address, *_rest = one.person
    placed = order.placed_at or order.accepted_at
    recent = (order.customer, order.goods_key)
    before = desk._recent.get(recent)
    near = before is not None and abs(placed - before[0]) <= desk.doubled_minutes * MINUTE_MS
    known = Known(
        desk.unusual_quantity,
        before[1] if before and near else "",
        flags.get(order.customer, ""),
        desk.floor_price or desk._goods.floor_price,
        desk._goods.take(one.facts["lines"]),
    )
    subject = Subject(
        order.payable,
        order.paid,
        one.facts["lines"],
        phone,
        province,
        city,
        district,
        address,
    )
    findings = run_checks(subject, known)
    desk._recent[recent] = (placed, order.number)
    if findings:
        content = {"findings": findings, "holds": any(code in HOLDING for code, _ in findings)}
        seq = desk.pen.write(OrderEvent.CHECKED.value, order.id, content, person=0)
        projection.advance(order, seq, desk.pen.at, 0, OrderEvent.CHECKED.value, content)


def _reserve(desk: Desk, lines: Lines) -> None:
    for line in lines:
        if line[0]:
            desk._reserved[line[0]] += line[3]


def _known_customers(conn: Connection, keys: Iterable[bytes | None]) -> dict[bytes, int]:
    wanted = [key for key in set(keys) if key is not None]
    return {bytes(key): customer for key, customer in select_in(conn, customer_keys, wanted)}


def _flags(conn: Connection, numbers: Iterable[int]) -> dict[int, str]:
    wanted = set(numbers)
    if not wanted:
        return {}
    rows = conn.execute(
        select(customers.c.id, customers.c.reason).where(customers.c.flagged == 1, customers.c.id.in_(wanted))
    )
    return {row.id: row.reason for row in rows}


def _remember_recent(desk: Desk, numbers: set[int]) -> None:
    """Orders of these customers that could be doubled by what arrives now."""
    if not numbers:
        return
    table = orders.c
    rows = desk.conn.execute(
        select(table.customer, table.goods_key, table.placed_at, table.accepted_at, table.number)
        .where(table.customer.in_(numbers), table.state != "cancelled")
        .order_by(table.id)
    )
    for row in rows:
        desk._recent[row.customer, bytes(row.goods_key)] = (row.placed_at or row.accepted_at, row.number)


def _store(desk: Desk, written: _Written) -> None:
    conn = desk.conn
    insert_many(conn, personal, written.personal)
    insert_many(conn, orders, written.orders)
    insert_many(conn, order_digests, written.digests)
    insert_many(conn, customer_keys, written.customer_keys)
    ORDERS.add(conn, written.documents)
    projection.count(conn, desk._counts)
    desk._counts.clear()
    reserve(conn, desk._reserved)
    delist_sold_out(conn, desk.pen, desk._goods.used_up(desk._reserved))
    desk._reserved.clear()
    conn.execute(update(counters).where(counters.c.name == f"orders {desk._day}").values(value=desk._number))
