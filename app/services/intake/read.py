"""Reading order files: `detect` says what files are, `read_orders` streams their orders."""

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from app.errors import OutsideError, system_reason
from app.services.intake.build import build_joined, build_orders
from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.errors import (
    FilesDoNotJoinError,
    FileUnreadableError,
    ItemsAloneError,
    OrphanGoodsError,
    SpoiledNumberError,
    SpoiledNumbersError,
)
from app.services.intake.formats import Format, load_formats
from app.services.intake.grouping import Group, RowStore, Seen, group_rows
from app.services.intake.mapping import Mapping, format_of
from app.services.intake.plan import Plan, compile_plan
from app.services.intake.sight import Sighting, sight
from app.services.intake.stamps import Stamp, refuse_changed, stamp_of
from app.services.intake.tables import Progress, Row, no_progress

BATCH_ROWS = 128  # small enough for the processor's cache


@dataclass(frozen=True, slots=True)
class Source:
    """Files that were recognised as one export; `format` is that of the orders."""

    format: Format
    files: tuple[Path, ...]
    encoding: str
    header_row: int
    orders: Sighting
    items: Sighting | None
    stamps: tuple[Stamp, ...]


@dataclass(slots=True)
class Tally:
    """What was read: data lines of all files, and how many orders were rejected."""

    lines: int = 0
    rejected: int = 0


def detect(paths: Sequence[Path], mapping: Mapping | None = None) -> Source:
    """What the files of one export are; raises an InputError, UnknownFormatError with the columns for a mapping."""
    formats = load_formats() if mapping is None else (format_of(mapping),)
    stamps = tuple(stamp_of(path) for path in paths)
    sightings = [sight(path, formats) for path in paths]
    orders = [found for found in sightings if found.format.kind == "orders"]
    items = [found for found in sightings if found.format.kind == "items"]
    if not orders:
        wanted = next((known.label for known in formats if known.items == items[0].format.name), "")
        raise ItemsAloneError(file=items[0].table.path.name, format=wanted)
    strays = [found for found in items if found.format.name != orders[0].format.items]
    strays += orders[1:] + items[1:]
    if strays:
        raise FilesDoNotJoinError(file=strays[0].table.path.name)
    main = orders[0]
    return Source(
        main.format,
        tuple(paths),
        main.table.encoding,
        main.header_row,
        main,
        items[0] if items else None,
        stamps,
    )


def read_orders(
    source: Source, progress: Progress | None = None, tally: Tally | None = None
) -> Iterator[OrderDraft | Reject]:
    """Stream the orders; `progress` hears 0…1 and may raise to stop. Raises an InputError where a file breaks."""
    tally = Tally() if tally is None else tally
    tell = progress or no_progress
    _refuse_changed(source)
    orders = _alone(source, tell, tally) if source.items is None else _joined(source, source.items, tell, tally)
    try:
        for order in orders:
            tally.rejected += isinstance(order, Reject)
            yield order
    except OSError as error:
        raise FileUnreadableError(file=source.files[0].name, detail=system_reason(error)) from error
    except sqlite3.Error as error:  # the temporary file of a RowStore: no room left
        raise OutsideError(detail=error) from error
    _refuse_changed(source)
    tell(1.0)


def _alone(source: Source, tell: Progress, tally: Tally) -> Iterator[OrderDraft | Reject]:
    plan = compile_plan(source.format, source.orders.header)
    seen = _scan(source.orders, plan, _part(tell, 0.0, 0.3))
    rows = _data_rows(source.orders, plan, _part(tell, 0.3, 1.0), tally)
    for batch in _batches(group_rows(rows, seen, once=source.format.once)):
        yield from build_orders(plan, [group for _key, group in batch])


def _joined(source: Source, items: Sighting, tell: Progress, tally: Tally) -> Iterator[OrderDraft | Reject]:
    plan = compile_plan(source.format, source.orders.header, with_lines=False)
    goods = compile_plan(items.format, items.header)
    seen = _scan(source.orders, plan, _part(tell, 0.0, 0.2))
    store = RowStore()
    try:
        item_rows = _data_rows(items, goods, _part(tell, 0.2, 0.5), tally)
        for key, group in group_rows(item_rows, Seen(), once=False):
            store.add(key, group)
        store.index()
        rows = _data_rows(source.orders, plan, _part(tell, 0.5, 1.0), tally)
        for batch in _batches(group_rows(rows, seen, once=source.format.once)):
            item_groups = [store.take(key) for key, _group in batch]
            yield from build_joined(plan, [group for _key, group in batch], goods, item_groups)
        for key, number in store.left():
            yield Reject(number, str(OrphanGoodsError()), key)
    finally:
        store.close()


def _batches(groups: Iterator[Group]) -> Iterator[list[Group]]:
    """Groups worked on at once: about BATCH_ROWS rows."""
    batch: list[Group] = []
    rows = 0
    for group in groups:
        batch.append(group)
        rows += len(group[1])
        if rows >= BATCH_ROWS:
            yield batch
            batch, rows = [], 0
    if batch:
        yield batch


def _scan(found: Sighting, plan: Plan, tell: Progress) -> Seen:
    """A first pass over the order numbers alone: which of them come up again after others."""
    seen = Seen()
    for key, _row in _data_rows(found, plan, tell, Tally()):
        if key:
            seen.note(key)
    return seen


def _data_rows(found: Sighting, plan: Plan, tell: Progress, tally: Tally) -> Iterator[tuple[str, Row]]:
    """Each row below the header with its order number; blank rows and rows of sums are left out."""
    rows = found.rows(tell)
    for row in rows:
        if row[0] >= found.header_row:
            break
    totals = plan.format.totals
    for row in rows:
        try:
            key = plan.key_of(row[1])
        except SpoiledNumberError as error:
            name = found.table.path.name
            raise SpoiledNumbersError(file=name, row=row[0], text=error.params["text"]) from error
        if not key or key in totals:
            first = next(filter(None, map(str.strip, row[1])), "")
            if not first or first.startswith(totals):
                continue
        tally.lines += 1
        yield key, row


def _part(tell: Progress, start: float, end: float) -> Progress:
    return lambda done: tell(start + (end - start) * done)


def _refuse_changed(source: Source) -> None:
    for path, stamp in zip(source.files, source.stamps, strict=True):
        refuse_changed(path, stamp)
