"""OLE compound files (old xls, encrypted xlsx): enough to tell what is inside before it is opened."""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.services.intake.errors import BinaryFileError, BrokenFileError, OversizedFileError, PasswordFileError

MAGIC = bytes.fromhex("D0CF11E0A1B11AE1")
MAX_BYTES = 128 << 20
MAX_COLUMNS = 256  # the most that an xls can have

_MARKS = 0xFFFFFFFA  # sector numbers from here on are marks
_SMALL = 4096  # streams below stand in sectors of 64 bytes inside the root's stream
_ENTRY = struct.Struct("<64sH50xIQ")
_RECORD = struct.Struct("<HH")
_END, _PASSWORD, _SHEET = 0x000A, 0x002F, 0x0085
# BIFF records that place a cell (row, column, …), and those of many cells, which end with their last column.
_CELLS = frozenset((0x0006, 0x0201, 0x0203, 0x0204, 0x0205, 0x00D6, 0x00FD, 0x027E, 0x0406, 0x0206))
_MANY = frozenset((0x00BD, 0x00BE))


@dataclass(frozen=True, slots=True)
class _Sectors:
    """Numbered sectors of `size` bytes and each one's follower."""

    data: bytes
    size: int
    first: int  # offset of sector 0
    followers: tuple[int, ...]

    def read(self, start: int) -> bytes:
        """The sectors of one chain, joined; raises ValueError for a circle."""
        return b"".join(self.data[at : at + self.size] for at in self._offsets(start))

    def _offsets(self, start: int) -> Iterator[int]:
        for _step in range(len(self.followers) + 1):
            if start >= _MARKS:
                return
            yield self.first + start * self.size
            start = self.followers[start]
        raise ValueError("endless chain")


def check_compound(path: Path) -> None:
    """Raise an InputError for a password, damage, or cells beyond what an xls can have."""
    if path.stat().st_size > MAX_BYTES:
        raise OversizedFileError(file=path.name)
    try:
        book = workbook_stream(path)
        sheets = [int.from_bytes(body[:4], "little") for kind, body in records(book, path) if kind == _SHEET]
        if any(_widest(book, start) >= MAX_COLUMNS for start in sheets):
            raise OversizedFileError(file=path.name)
    except (struct.error, IndexError, KeyError, ValueError) as error:
        raise BrokenFileError(file=path.name, detail=error) from error


def workbook_stream(path: Path) -> bytes:
    """The stream of records of an old workbook; raises an InputError where there is none or it has a password."""
    data = path.read_bytes()
    sectors = _sectors(data)
    streams = {name: (start, size) for name, start, size in _entries(sectors.read(_word(data, 48)))}
    if "EncryptedPackage" in streams or "EncryptionInfo" in streams:
        raise PasswordFileError(file=path.name)
    book = streams.get("Workbook", streams.get("Book"))
    if book is None:
        raise BinaryFileError(file=path.name)
    start, size = book
    if size < _SMALL:
        followers = _words(sectors.read(_word(data, 60)))
        sectors = _Sectors(sectors.read(streams["Root Entry"][0]), 64, 0, followers)
    return sectors.read(start)


def _sectors(data: bytes) -> _Sectors:
    shift = _word(data, 30) & 0xFFFF
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    tables = list(_words(data[76:512]))
    more = _word(data, 68)
    for _step in range(min(_word(data, 72), len(data) // size)):
        block = _words(data[(more + 1) * size : (more + 2) * size])
        tables += block[:-1]
        more = block[-1]
    words = (_words(data[(table + 1) * size : (table + 2) * size]) for table in tables if table < _MARKS)
    return _Sectors(data, size, size, tuple(word for block in words for word in block))


def _word(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def _words(data: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])


def _entries(directory: bytes) -> Iterator[tuple[str, int, int]]:
    for at in range(0, len(directory) - 127, 128):
        name, length, start, size = _ENTRY.unpack_from(directory, at)
        if 2 <= length <= 64:
            yield name[: length - 2].decode("utf-16-le", "replace"), start, size


def records(book: bytes, path: Path) -> Iterator[tuple[int, bytes]]:
    """Each record's kind and body, to the end of the workbook's globals or of a sheet."""
    at = 0
    while at + 4 <= len(book):
        kind, size = struct.unpack_from("<HH", book, at)
        if kind == _PASSWORD:
            raise PasswordFileError(file=path.name)
        if kind == _END:
            return
        yield kind, book[at + 4 : at + 4 + size]
        at += 4 + size


def _widest(book: bytes, at: int) -> int:
    """The last column that a cell of the sheet at `at` claims; in one loop, as a sheet has a record for every cell."""
    widest, end = 0, len(book)
    header = _RECORD.unpack_from
    while at + 4 <= end:
        kind, size = header(book, at)
        after = at + 4 + size
        if kind == _END or after > end:
            break
        if kind in _CELLS and size >= 4:
            column = book[at + 6] | book[at + 7] << 8
        elif kind in _MANY and size >= 6:
            column = book[after - 2] | book[after - 1] << 8
        else:
            column = 0
        if column > widest:  # a call of max() would be half of the loop
            widest = column
        at = after
    return widest
