"""Rows become groups, one an order; the few that do not stand by the others of their order are held back to the end."""

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, islice
from operator import itemgetter

from app.services.intake.limits import MAX_LINES
from app.services.intake.tables import Row

Group = tuple[str, list[Row]]  # order number, its rows

_BITS = 27  # 16 MB tell the numbers of a million orders apart; one that is mistaken is held back without harm
_MASK = (1 << _BITS) - 1
_BATCH = 500


class Seen:
    """A small memory of which order numbers came up, and which came up again after others."""

    __slots__ = ("_bits", "_last", "again")

    def __init__(self) -> None:
        self._bits = bytearray(1 << (_BITS - 3))
        self._last = ""
        self.again: set[str] = set()

    def note(self, key: str) -> None:
        """Note the number of the next row."""
        if key == self._last:
            return
        self._last = key
        number = zlib.crc32(key.encode("utf-8", "surrogatepass"))
        place, bit = (number & _MASK) >> 3, 1 << (number & 7)
        if self._bits[place] & bit:
            self.again.add(key)
        else:
            self._bits[place] |= bit


class RowStore:
    """Rows by order number in a temporary file that vanishes with the object; memory stays small."""

    def __init__(self) -> None:
        self._base = sqlite3.connect(
            "", isolation_level=None, check_same_thread=False
        )  # a reading may be dropped anywhere
        self._base.execute("CREATE TABLE runs (key TEXT, number INTEGER, rows TEXT)")
        self._base.execute("CREATE TABLE taken (key TEXT)")
        self._base.execute("BEGIN")
        self._runs: list[tuple[str, int, str]] = []
        self._taken: list[tuple[str]] = []

    def close(self) -> None:
        """Let go of the temporary file."""
        self._base.close()

    def add(self, key: str, rows: Sequence[Row]) -> None:
        """Keep rows of one order, at least one."""
        self._runs.append((key, rows[0][0], json.dumps(rows)))
        if len(self._runs) >= _BATCH:
            self._flush()

    def index(self) -> None:
        """Everything is there; prepare for reading."""
        self._flush()
        self._base.execute("CREATE INDEX runs_key ON runs (key, number)")

    def take(self, key: str) -> list[Row]:
        """The rows of an order, at most one more than an order may have."""
        self._taken.append((key,))
        if len(self._taken) >= _BATCH:
            self._flush()
        return _unpacked(self._base.execute("SELECT rows FROM runs WHERE key = ? ORDER BY number", (key,)))

    def groups(self) -> Iterator[Group]:
        """All rows, grouped."""
        found = self._base.execute("SELECT key, rows FROM runs ORDER BY key, number")
        for key, runs in groupby(found, key=itemgetter(0)):
            yield key, _unpacked((rows,) for _key, rows in runs)

    def left(self) -> Iterator[tuple[str, int]]:
        """Numbers nobody took, with their first row."""
        self._flush()
        yield from self._base.execute(
            "SELECT key, min(number) FROM runs WHERE key NOT IN (SELECT key FROM taken) GROUP BY key ORDER BY 2"
        )

    def _flush(self) -> None:
        self._base.executemany("INSERT INTO runs VALUES (?, ?, ?)", self._runs)
        self._base.executemany("INSERT INTO taken VALUES (?)", self._taken)
        self._runs.clear()
        self._taken.clear()


def _unpacked(found: Iterable[tuple[str]]) -> list[Row]:
    rows = ((number, cells) for (run,) in found for number, cells in json.loads(run))
    return list(islice(rows, MAX_LINES + 1))


def group_rows(rows: Iterable[tuple[str, Row]], seen: Seen, *, once: bool) -> Iterator[Group]:
    """Groups in the order of the file, held-back ones last; `once`: exact duplicate rows of an order count once.

    A row without an order number is a group of its own.
    """
    held = RowStore() if seen.again else None
    try:
        for key, group in _runs(rows, seen.again, held):
            yield key, _distinct(group) if once else group
        if held is not None:
            held.index()
            for key, group in held.groups():
                yield key, _distinct(group) if once else group
    finally:
        if held is not None:
            held.close()


def _runs(rows: Iterable[tuple[str, Row]], again: set[str], held: RowStore | None) -> Iterator[Group]:
    last = ""
    group: list[Row] = []
    for key, row in rows:
        if held is not None and key in again:
            held.add(key, [row])
        elif key and key == last:
            if len(group) <= MAX_LINES:
                group.append(row)
        else:
            if group:
                yield last, group
            last, group = key, [row]
    if group:
        yield last, group


def _distinct(group: list[Row]) -> list[Row]:
    if len(group) == 1:
        return group
    first_of: dict[tuple[str, ...], Row] = {}
    for row in group:
        first_of.setdefault(tuple(row[1]), row)
    return list(first_of.values())
