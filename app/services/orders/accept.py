"""Accepting orders (受理): drafts become facts, with number, customer, checks and search index, a batch at a time."""

import hashlib
import os
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.clock import OFFICE_ZONE, from_ms
from app.models.customers import SALT_BYTES, commitment, customer_keys, customers, personal
from app.models.ledger import canonical
from app.models.office import counters
from app.models.orders import OrderEvent, order_digests, orders
from app.services.db import insert_many
from app.services.intake.draft import OrderDraft, PersonDraft, line_values, person_values
from app.services.ledger import Pen
from app.services.orders import index, projection
from app.services.orders.checks import HOLDING, Facts, Subject, run_checks

MINUTE_MS = 60_000


@dataclass(slots=True)
class Desk:
    """What one transaction of acceptance keeps at hand."""

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


@dataclass(frozen=True, slots=True)
class Prepared:
    """A draft with everything that needs neither the chain nor the database."""

    draft: OrderDraft
    facts: dict[str, Any]  # what the platform says, without the person
    text: str  # the facts as JSON
    person: tuple[str, ...]  # in the order of PERSONAL_FIELDS
    digest: bytes


def prepare(pepper: bytes, draft: OrderDraft) -> Prepared:
    """Make a draft ready to be compared and accepted.

    The digest is a keyed hash of everything the draft says: equal means the platform's file says nothing new.
    """
    facts = {
        "channel": draft.channel,
        "source_number": draft.source_number,
        "currency": draft.currency,
        "payable": draft.payable,
        "paid": draft.paid,
        "freight": draft.freight,
        "discount": draft.discount,
        "placed_at": draft.placed_at,
        "paid_at": draft.paid_at,
        "platform_state": None if draft.platform_state is None else draft.platform_state.value,
        "shop": draft.shop,
        "waybill": draft.waybill,
        "carrier": draft.carrier,
        "lines": list(map(line_values, draft.lines)),
    }
    text = canonical(facts)
    person = clean_person(draft.person)
    said = "\x1f".join((text, *person)).encode("utf-8", "surrogatepass")
    return Prepared(draft, facts, text, person, hashlib.blake2b(said, key=pepper, digest_size=16).digest())


def customer_key(pepper: bytes, source: str, person: PersonDraft) -> bytes | None:
    """Who is the same customer: by full phone, else by account on the platform; None where neither is known."""
    if person.phone and "*" not in person.phone:
        named = "phone\t" + "".join(c for c in person.phone if c.isdigit())[-11:]
    elif person.buyer:
        named = f"buyer\t{source}\t{person.buyer}"
    else:
        return None
    return hashlib.blake2b(named.encode("utf-8", "surrogatepass"), key=pepper, digest_size=16).digest()


def clean_person(person: PersonDraft) -> tuple[str, ...]:
    """The personal fields in the order of PERSONAL_FIELDS, without the sign that parts them in the commitment."""
    values = person_values(person)
    if any("\x1f" in value or "\x00" in value for value in values):
        return tuple(value.replace("\x1f", " ").replace("\x00", "") for value in values)
    return values


def accept_batch(desk: Desk, batch: Sequence[Prepared]) -> list[int]:
    """Accept new orders; returns their ids. The entries are written and flushed, the projection and index with them."""
    if not batch:
        return []
    keys = [customer_key(desk.pepper, desk.source or one.draft.channel, one.draft.person) for one in batch]
    known = _known_customers(desk.conn, keys)
    flags = _flags(desk.conn, known.values())
    if not desk.history:
        _remember_recent(desk, set(known.values()))
    written = _Written()
    for one, key in zip(batch, keys, strict=True):
        _accept_one(desk, one, key, known, flags, written)
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


def _accept_one(
    desk: Desk, one: Prepared, key: bytes | None, known: dict[bytes, int], flags: dict[int, str], written: _Written
) -> None:
    salt = os.urandom(SALT_BYTES)
    rest: dict[str, Any] = {
        "number": next_number(desk),
        "source": desk.source or one.draft.channel,
        "person": commitment(salt, one.person),
    }
    customer = known.get(key) if key is not None else None
    if customer is not None:
        rest["customer"] = customer
    if desk.history:
        rest["history"] = True
    # The facts are JSON already, for the digest.
    text = f'{{"facts":{one.text},{canonical(rest)[1:]}'
    seq = desk.pen.write(OrderEvent.ACCEPTED.value, None, text)
    order = projection.begin(seq, desk.pen.at, rest | {"facts": one.facts})
    if key is not None and customer is None:
        known[key] = seq
        written.customer_keys.append((key, seq))
    if order.clock_from is not None:
        _check(desk, order, one, flags)
    desk._counts[order.state, order.held] += 1
    written.orders.append(order.row())
    written.personal.append((seq, seq, salt, *one.person))
    written.digests.append((seq, one.digest))
    titles = [line[1] for line in one.facts["lines"]]
    written.documents.append((seq, index.document_of(order, one.person, titles)))


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
    person, lines = one.draft.person, one.facts["lines"]
    placed = order.placed_at or order.accepted_at
    recent = (order.customer, order.goods_key)
    before = desk._recent.get(recent)
    near = before is not None and abs(placed - before[0]) <= desk.doubled_minutes * MINUTE_MS
    facts = Facts(
        desk.unusual_quantity,
        before[1] if before and near else "",
        flags.get(order.customer, ""),
        desk.floor_price,
    )
    subject = Subject(
        order.payable,
        order.paid,
        lines,
        person.phone,
        person.province,
        person.city,
        person.district,
        person.address,
    )
    findings = run_checks(subject, facts)
    desk._recent[recent] = (placed, order.number)
    if findings:
        content = {"findings": findings, "holds": any(code in HOLDING for code, _ in findings)}
        seq = desk.pen.write(OrderEvent.CHECKED.value, order.id, content, person=0)
        projection.advance(order, seq, desk.pen.at, 0, OrderEvent.CHECKED.value, content)


def _known_customers(conn: Connection, keys: Iterable[bytes | None]) -> dict[bytes, int]:
    wanted = [key for key in set(keys) if key is not None]
    rows = conn.execute(select(customer_keys.c.key, customer_keys.c.customer).where(customer_keys.c.key.in_(wanted)))
    return {bytes(row.key): row.customer for row in rows}


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
    index.add(conn, written.documents)
    projection.count(conn, desk._counts)
    desk._counts.clear()
    conn.execute(update(counters).where(counters.c.name == f"orders {desk._day}").values(value=desk._number))
