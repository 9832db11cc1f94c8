"""Building the lists anew: every order folded from its entries, counted and indexed, in one transaction."""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, delete, func, select, text

from app.clock import to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.customers import PERSONAL_FIELDS, personal
from app.models.ledger import Entry, entries
from app.models.orders import OrderEvent, order_counts, orders
from app.services.access import Context, Permission, requires
from app.services.db import DamagedError, insert_many
from app.services.ledger import open_ledger, order_entries
from app.services.orders import projection
from app.services.orders.index import ORDERS, document_of
from app.services.progress import Progress, silent
from app.services.proof.stretch import SENSELESS
from app.services.stock.rebuild import rebuild_stock

CHUNK = 1_000
REBUILT = "projection.rebuilt"

_EMPTY_INDEX = {
    "sqlite": "INSERT INTO order_search(order_search) VALUES ('delete-all')",
    "postgresql": "DELETE FROM order_search",
}


class SenselessEntryError(RuleError):
    """An entry that the program did not write so; building on it would hide it."""

    message = N_("The entries of the order that began with entry {seq} make no sense. Restore the last backup.")


@requires(Permission.DATABASE_BACKUP)
def rebuild(ctx: Context, progress: Progress | None = None) -> int:
    """Build the orders' lists, counts and search index, and the stock, from the entries; returns how many orders."""
    tell = progress or silent
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        conn.execute(delete(orders))
        conn.execute(delete(order_counts))
        conn.execute(text(_EMPTY_INDEX[conn.dialect.name]))
        counts: Counter[tuple[str, int]] = Counter()
        read = 0
        for start in range(1, pen.seq + 1, CHUNK):
            folded, found = _rebuild_chunk(conn, start, start + CHUNK - 1)
            counts += folded
            read += found
            tell(min((start + CHUNK) / pen.seq, 1.0))
        about = select(func.count()).where(entries.c.kind.startswith("order."))
        if conn.execute(about).scalar_one() != read:
            raise DamagedError  # the index by subject hides entries
        projection.count(conn, counts)
        rebuild_stock(conn)
        pen.write(REBUILT, None, {"orders": counts.total()})
        pen.flush()
    return counts.total()


def _rebuild_chunk(conn: Connection, first: int, last: int) -> tuple[Counter[tuple[str, int]], int]:
    """Rebuild the orders that begin between two entries; returns their counts, and of how many entries they are."""
    e = entries.c
    begun = select(e.seq).where(e.seq.between(first, last), e.kind == OrderEvent.ACCEPTED)
    by_order: dict[int, list[Entry]] = defaultdict(list)
    for entry in order_entries(conn, conn.execute(begun).scalars().all()):
        by_order[entry.seq if entry.subject is None else entry.subject].append(entry)
    folded = [(_fold(its), _titles(its)) for its in by_order.values()]
    insert_many(conn, orders, [order.row() for order, _ in folded])
    persons = _persons(conn, [order.personal for order, _ in folded])
    documents = [
        (order.id, document_of(order, persons[order.personal], titles))
        for order, titles in folded
        if order.personal in persons  # an erased customer is not found again
    ]
    ORDERS.add(conn, documents)
    return Counter((order.state, order.held) for order, _ in folded), sum(map(len, by_order.values()))


def _fold(its: Sequence[Entry]) -> projection.Standing:
    try:
        return projection.fold(its)
    except SENSELESS as error:
        raise SenselessEntryError(seq=its[0].seq) from error


def _titles(its: Sequence[Entry]) -> list[str]:
    """What the goods are called as the order stands."""
    lines: Sequence[Sequence[Any]] = json.loads(its[0].content)["facts"]["lines"]
    for entry in its[1:]:
        if entry.kind == OrderEvent.AMENDED:
            changed = json.loads(entry.content)["changes"].get("lines")
            lines = changed[1] if changed else lines
    return [line[1] for line in lines]


def _persons(conn: Connection, wanted: Sequence[int]) -> dict[int, tuple[str, ...]]:
    columns = [personal.c[name] for name in PERSONAL_FIELDS]
    rows = conn.execute(select(personal.c.id, *columns).where(personal.c.id.in_(wanted)))
    return {row[0]: tuple(row[1:]) for row in rows}
