"""One stretch of the chain read again: hashes, personal fields, and each order's row against the fold of its entries.

A stretch needs nothing but the stored hash before it, so stretches can be read at the same time. Every chunk is read in
its own view of the database: entries are only ever added, and an order's row, its entries and its personal fields
change in one transaction, so that work going on meanwhile does not disturb the proof.
"""

import json
import math
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from app.errors import RuleError
from app.models.canonical import commitment
from app.models.ledger import GENESIS, entry_hash
from app.models.orders import OrderEvent
from app.services.db import Database
from app.services.folds import ADVANCES, BEGINS
from app.services.orders import projection
from app.services.proof.rows import (
    Chunk,
    Row,
    UnreadableError,
    erasures,
    first_still_there,
    hash_before,
    pages_are_sound,
    read_chunk,
)
from app.services.proof.verdict import Bad
from app.services.stock.fold import FOLLOWED, MOVED, Draw, Sums, moved, reserves

CHUNK = 1_000
ACCEPTED, AMENDED = OrderEvent.ACCEPTED.value, OrderEvent.AMENDED.value
ABOUT_ORDERS = "order."
ERASED = "customer.erased"
# Kinds that the small tables are compared with.
KEPT = frozenset(
    {
        "office.created",
        "office.changed",
        "person.added",
        "person.changed",
        "password.changed",
        "password.reset",
        "password.rehashed",
        "customer.flagged",
        "customer.unflagged",
        "customer.erased",
        "day.sealed",
        *BEGINS,
        *ADVANCES,
    }
)

# What comes of reading as JSON, or folding, something that the program never wrote.
SENSELESS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, RuleError)

_decode = json.JSONDecoder().raw_decode


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry of one of the KEPT kinds."""

    seq: int
    at: int
    kind: str
    subject: int | None
    content: str
    hash: bytes


@dataclass(slots=True)
class Stretch:
    """What reading a stretch found."""

    bad: Bad | None = None  # in the chain itself or in personal fields
    listed: Bad | None = None  # in what the lists show; counts only if the whole chain is as it was written
    along: int = 0  # entries about orders, counted along the chain …
    folded: int = 0  # … and by subject, through the index: only a damaged index makes them differ
    kept: list[Kept] = field(default_factory=list)
    stock: Sums = field(default_factory=Sums)  # what these entries, and the orders that begin here, add up to


def read_stretch(db: Database, first: int, last: int, end: int) -> Stretch:
    """Read entries `first` to `last` of a chain that ends with `end`, up to the first that is bad."""
    reader = _Reader(db, end, GENESIS if first == 1 else hash_before(db, first))
    for start in range(first, last + 1, CHUNK):
        reader.read(start, min(start + CHUNK - 1, last))
        if reader.found.bad is not None:
            break
    return reader.found


def read_pages(db: Database) -> Stretch:
    """Read every page of a SQLite file: an index may be damaged where no entry is."""
    try:
        sound = not db.is_sqlite or pages_are_sound(db)
    except UnreadableError:
        sound = False
    return Stretch(listed=None if sound else Bad(None, "damaged"))


@dataclass(slots=True)
class _Reader:
    """Goes along the chain with the hash of the last entry in hand; None where that one could not be had."""

    db: Database
    end: int
    previous: bytes | None
    found: Stretch = field(default_factory=Stretch)
    _gone: list[tuple[int, int]] = field(default_factory=list)  # entry, order

    def read(self, first: int, last: int) -> None:
        """Read a chunk; one that cannot be fetched is halved until the entry that is damaged stands alone."""
        try:
            chunk = read_chunk(self.db, first, last)
        except UnreadableError as error:
            if first == last:
                self.found.bad = Bad(error.seq or first, "unreadable")
                return
            middle = (first + last) // 2
            self.read(first, middle)
            if self.found.bad is None:
                self.read(middle + 1, last)
            return
        along = self._along(chunk, first, last)
        self.found.bad = first_of(along, self._not_erased(), None if along else _personal_left(chunk))
        if self.found.bad is None:
            self.found.listed = first_of(self.found.listed, self._listed_left(chunk))

    def _along(self, chunk: Chunk, first: int, last: int) -> Bad | None:
        expected = first
        for row in chunk.entries:
            if row[0] != expected:
                break
            bad = self._entry(row, chunk)
            if bad is not None:
                return bad
            expected += 1
        return Bad(expected, "missing") if expected <= last else None

    def _entry(self, row: Row, chunk: Chunk) -> Bad | None:
        seq, at, person, kind, subject, content, stored = row
        before, self.previous = self.previous, stored
        if before is not None and entry_hash(before, seq, at, person, kind, subject, content) != stored:
            return Bad(seq, "changed")
        if subject is not None and type(subject) is not int:
            return Bad(seq, "changed")  # '' is hashed like NULL
        try:
            if kind == ACCEPTED:
                return self._order(row, chunk)
            if kind.startswith(ABOUT_ORDERS):
                return self._about_order(row, chunk)
            if kind == MOVED:
                self._moved(moved(seq, read_content(content), self.found.stock), chunk)
            if kind in KEPT:
                self.found.kept.append(Kept(seq, at, kind, subject, content, stored))
                return self._erasing(seq, content) if kind == ERASED else None
        except SENSELESS:
            return Bad(seq, "senseless")
        return None

    def _order(self, row: Row, chunk: Chunk) -> Bad | None:
        """Compare an order's personal fields with their commitment, and its row with the fold of its entries."""
        seq, at = row[0], row[1]
        if row[4] is not None:
            return Bad(seq, "senseless")
        content = read_content(row[5])
        order = projection.begin(seq, at, content)
        draw = Draw(seq, reserves(content))
        draw.begin(self.found.stock)
        listed = self._fold(order, draw, chunk)
        if order.row() != chunk.orders.pop(seq, None):
            listed = listed or Bad(seq, "order")
        if listed is not None:
            self.found.listed = first_of(self.found.listed, listed)
        return self._personal(chunk, seq, seq, content["person"])

    def _fold(self, order: projection.Standing, draw: Draw, chunk: Chunk) -> Bad | None:
        bad: Bad | None = None
        for seq, at, person, kind, content in chunk.later.pop(order.id, ()):
            if not _about_orders(kind):
                continue
            self.found.folded += seq <= self.end
            if bad is not None or seq <= order.id:
                bad = bad or Bad(seq, "senseless")
                continue
            try:
                told = read_content(content)
                projection.advance(order, seq, at, person, kind, told)
                if kind in FOLLOWED:
                    # What happens meanwhile is not in the sums, which were read when the proof began.
                    sums = self.found.stock if seq <= self.end else None
                    self._moved(draw.follow(seq, kind, told, sums), chunk)
            except SENSELESS:
                bad = Bad(seq, "senseless")
        return bad

    def _moved(self, rows: Iterable[Row], chunk: Chunk) -> None:
        """Compare what an entry moved with the list of movements."""
        for row in rows:
            if row in chunk.movements:
                chunk.movements.remove(row)
            else:
                self.found.listed = first_of(self.found.listed, Bad(row[0], "movements"))

    def _listed_left(self, chunk: Chunk) -> Bad | None:
        """Orders that no entry of the chunk began, and entries about them."""
        found = [Bad(number, "order_extra") for number in chunk.orders]
        found += [Bad(row[0], "movements") for row in chunk.movements]
        for later in chunk.later.values():
            about = [row[0] for row in later if _about_orders(row[3])]
            self.found.folded += sum(seq <= self.end for seq in about)
            found += [Bad(seq, "senseless") for seq in about]
        return first_of(*found)

    def _about_order(self, row: Row, chunk: Chunk) -> Bad | None:
        seq, subject = row[0], row[4]
        if subject is None:
            return Bad(seq, "senseless")
        self.found.along += 1
        if row[3] != AMENDED:
            return None
        committed = read_content(row[5]).get("person")
        return None if committed is None else self._personal(chunk, seq, subject, committed)

    def _personal(self, chunk: Chunk, seq: int, order: int, committed: str) -> Bad | None:
        row = chunk.personal.pop(seq, None)
        if row is None:
            self._gone.append((seq, order))
            return None
        owner, salt, fields = row
        fine = owner == order and commitment(salt, (fields,)) == committed
        return None if fine else Bad(seq, "personal_changed")

    def _erasing(self, seq: int, content: str) -> Bad | None:
        back = first_still_there(self.db, read_content(content)["personal"])
        return None if back is None else Bad(seq, "erased_back")

    def _not_erased(self) -> Bad | None:
        """The first personal fields of the chunk that are gone without an entry that says so."""
        if not self._gone:
            return None
        erased: set[int] = set()
        for content in erasures(self.db, [order for _, order in self._gone]):
            with suppress(*SENSELESS):  # that entry is named in its own place
                erased.update(read_content(content)["personal"])
        gone = [seq for seq, _ in self._gone if seq not in erased]
        self._gone.clear()
        return Bad(min(gone), "personal_gone") if gone else None


def read_content(content: str) -> dict[str, Any]:
    """An entry's content; raises one of SENSELESS."""
    value, end = _decode(content)
    if end != len(content) or type(value) is not dict:
        raise ValueError(content[:40])
    return value


def _personal_left(chunk: Chunk) -> Bad | None:
    """Personal fields that no entry of the chunk committed to."""
    return Bad(min(chunk.personal), "personal_extra") if chunk.personal else None


def _about_orders(kind: object) -> bool:
    return isinstance(kind, str) and kind.startswith(ABOUT_ORDERS)


def first_of(*found: Bad | None) -> Bad | None:
    """What is wrong first along the chain; what no entry can be named for comes last."""
    return min((bad for bad in found if bad is not None), key=_place, default=None)


def _place(bad: Bad) -> float:
    return math.inf if bad.seq is None else bad.seq
