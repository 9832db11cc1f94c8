"""Importing: what a file says is compared with what the office has, previewed, and then written in one transaction.

A new order is accepted; an equal one is left alone; a different one becomes an amendment (rules O1, O6). An import that
is interrupted leaves nothing behind.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection, select, update

from app.clock import to_ms
from app.models.orders import order_digests, orders
from app.services.access import Context, Permission, requires
from app.services.intake.amendments import amend_from_draft, describe_changes
from app.services.intake.draft import Reject
from app.services.intake.pipeline import prepared_batches
from app.services.intake.read import Source, Tally
from app.services.ledger import open_ledger
from app.services.office import load_settings, pepper
from app.services.orders.accept import Desk, accept_batch
from app.services.orders.prepared import Prepared
from app.services.orders.projection import goods_summary

SAMPLES = 200
ERASED = b""

Progress = Callable[[float], None]
Known = dict[str, tuple[int, bytes]]


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """An order of the file as the preview shows it; money in minor units."""

    kind: str  # "new", "changed", "unchanged"
    row: int
    source_number: str
    name: str
    goods: str
    payable: int
    currency: str
    changes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found and, unless it was a preview, did; totals are sums of payable by currency."""

    format: str
    encoding: str
    orders: int
    lines: int
    new: int
    unchanged: int
    changed: int
    rejected: int
    totals: dict[str, int]
    rejects: tuple[Reject, ...]
    samples: tuple[PreviewRow, ...] = ()


@dataclass(slots=True)
class _Found:
    """What one reading of the files adds up to."""

    tally: Tally = field(default_factory=Tally)
    kinds: Counter[str] = field(default_factory=Counter)
    totals: Counter[str] = field(default_factory=Counter)
    rejects: list[Reject] = field(default_factory=list)
    samples: list[PreviewRow] = field(default_factory=list)

    def result(self, source: Source) -> ImportResult:
        return ImportResult(
            source.format.name,
            source.encoding,
            self.kinds.total(),
            self.tally.lines,
            self.kinds["new"],
            self.kinds["unchanged"],
            self.kinds["changed"],
            len(self.rejects),
            dict(self.totals),
            tuple(self.rejects),
            tuple(self.samples),
        )


@requires(Permission.ORDER_IMPORT)
def preview_import(ctx: Context, source: Source, progress: Progress | None = None, origin: str = "") -> ImportResult:
    """What an import would do; nothing is written."""
    found = _Found()
    with ctx.reading() as conn:
        key = pepper(conn)
        for batch in _batches(source, key, origin, found, progress):
            known = _known(conn, batch, origin)
            for one in batch:
                kind = _kind(known, one)
                before = known.get(one.facts["source_number"])
                changes = describe_changes(conn, before[0], one.draft()) if before and kind == "changed" else ()
                _note(found, one, kind, changes)
    return found.result(source)


@requires(Permission.ORDER_IMPORT)
def run_import(ctx: Context, source: Source, progress: Progress | None = None, origin: str = "") -> ImportResult:
    """Write what the files say: one transaction, on record as one import."""
    found = _Found()
    sums = [file_digest(path) for path in source.files]
    with ctx.writing() as conn:
        settings = load_settings(conn)
        desk = Desk(
            conn,
            open_ledger(conn, to_ms(ctx.clock.now()), ctx.person),
            pepper(conn),
            origin,
            source.format.history,
            settings.unusual_quantity,
            settings.doubled_minutes,
        )
        for batch in _batches(source, desk.pepper, origin, found, progress):
            _write_batch(desk, batch, found)
        files = [{"name": path.name, "sha256": sha} for path, sha in zip(source.files, sums, strict=True)]
        counts = {kind: found.kinds[kind] for kind in ("new", "changed", "unchanged")}
        desk.pen.write("import.done", None, {"files": files, "format": source.format.name, **counts})
        desk.pen.flush()
    return found.result(source)


def _write_batch(desk: Desk, batch: list[Prepared], found: _Found) -> None:
    known = _known(desk.conn, batch, desk.source)
    fresh: list[Prepared] = []
    for one in batch:
        kind = _kind(known, one)
        if kind == "new":
            fresh.append(one)
        elif kind == "changed":
            order_id = known[one.facts["source_number"]][0]
            amend_from_draft(desk, order_id, one.draft())
            said = update(order_digests).where(order_digests.c.order == order_id).values(digest=one.digest)
            desk.conn.execute(said)
        _note(found, one, kind, ())
    accept_batch(desk, fresh)


def _batches(
    source: Source, key: bytes, origin: str, found: _Found, progress: Progress | None
) -> Iterator[list[Prepared]]:
    """Orders in batches of one channel each (a file has one); rejects are kept aside."""
    for batch in prepared_batches(source, key, origin, progress, found.tally):
        found.rejects += [one for one in batch if isinstance(one, Reject)]
        orders_read = [one for one in batch if isinstance(one, Prepared)]
        if orders_read:
            yield orders_read


def _known(conn: Connection, batch: list[Prepared], origin: str) -> Known:
    """Orders of the batch that the office has: number → id and digest."""
    c = orders.c
    numbers = [one.facts["source_number"] for one in batch]
    rows = conn.execute(
        select(c.source_number, c.id, order_digests.c.digest)
        .join(order_digests, order_digests.c.order == c.id)
        .where(c.source == (origin or batch[0].facts["channel"]), c.source_number.in_(numbers))
    )
    return {row.source_number: (row.id, bytes(row.digest)) for row in rows}


def _kind(known: Known, one: Prepared) -> str:
    before = known.get(one.facts["source_number"])
    if before is None:
        return "new"
    return "unchanged" if before[1] in (one.digest, ERASED) else "changed"


def _note(found: _Found, one: Prepared, kind: str, changes: tuple[str, ...]) -> None:
    facts = one.facts
    found.kinds[kind] += 1
    found.totals[facts["currency"]] += facts["payable"]
    if len(found.samples) < SAMPLES:
        goods, number, name = goods_summary(facts["lines"]), facts["source_number"], one.person[0]
        row = PreviewRow(kind, one.row, number, name, goods, facts["payable"], facts["currency"], changes)
        found.samples.append(row)


def file_digest(path: Path) -> str:
    """Hex SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
