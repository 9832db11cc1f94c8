"""Order files as platforms write them, made by hand."""

import csv
import struct
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from app.services.intake.draft import OrderDraft, Reject
from app.services.intake.mapping import Mapping as ColumnMapping
from app.services.intake.read import Tally, detect, read_orders

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def columns(names: str) -> list[str]:
    """Header names written with | between them; spaces at their ends are kept."""
    return names.split("|")


def rows_of(header: Sequence[str], *rows: Mapping[str, str]) -> list[list[str]]:
    """Rows in the header's order; columns not named are empty."""
    unknown = {name for row in rows for name in row} - set(header)
    assert not unknown, unknown
    return [[row.get(name, "") for name in header] for row in rows]


def write_csv(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    encoding: str = "utf-8",
    delimiter: str = ",",
    above: Iterable[Sequence[str]] = (),
) -> Path:
    """A csv file; `above`: lines before the header."""
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([*above, header, *rows])
    return path


def read_all(*paths: Path, mapping: ColumnMapping | None = None) -> tuple[list[OrderDraft], list[Reject]]:
    """Everything that the files hold: orders and rejects."""
    tally = Tally()
    found = list(read_orders(detect(paths, mapping), tally=tally))
    rejects = [each for each in found if isinstance(each, Reject)]
    assert tally.rejected == len(rejects)
    return [each for each in found if isinstance(each, OrderDraft)], rejects


def read_one(*paths: Path, mapping: ColumnMapping | None = None) -> OrderDraft:
    """The one order that the files hold."""
    orders, rejects = read_all(*paths, mapping=mapping)
    assert not rejects, rejects
    (order,) = orders
    return order


def write_compound(path: Path, streams: Mapping[str, bytes]) -> Path:
    """An OLE compound file with these streams, small ones in the root's stream as the format wants it."""
    body: list[bytes] = []
    chain: list[int] = []
    small, small_chain = b"", list[int]()
    entries: list[tuple[str, int, int, int]] = []
    for name, data in streams.items():
        if len(data) < 4096:
            count = max(1, -(-len(data) // 64))
            entries.append((name, 2, len(small) // 64, len(data)))
            small_chain += [len(small) // 64 + step + 1 for step in range(count - 1)] + [END]
            small += data.ljust(count * 64, b"\0")
        else:
            entries.append((name, 2, _store(body, chain, data), len(data)))
    start = _store(body, chain, small) if small else END
    small_table = _store(body, chain, struct.pack(f"<{len(small_chain)}I", *small_chain)) if small else END
    named = [("Root Entry", 5, start, len(small)), *entries]
    listing = b"".join(_entry(*entry, last=len(named) - 1) for entry in named)
    directory = _store(body, chain, listing)
    tables = -(-(len(chain) + 1) // (SECTOR // 4))
    first_table = len(chain)
    chain += [TABLE] * tables
    chain += [FREE] * (tables * SECTOR // 4 - len(chain))
    body += [struct.pack(f"<{SECTOR // 4}I", *chain[at : at + SECTOR // 4]) for at in range(0, len(chain), SECTOR // 4)]
    places = [first_table + step for step in range(tables)]
    head = bytes.fromhex("D0CF11E0A1B11AE1") + bytes(16)
    head += struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, tables, directory, 0, 4096, small_table, 1, END, 0
    )
    head += struct.pack("<109I", *places, *[FREE] * (109 - len(places)))
    path.write_bytes(head + b"".join(body))
    return path


def _store(body: list[bytes], chain: list[int], data: bytes) -> int:
    start = len(body)
    count = max(1, -(-len(data) // SECTOR))
    body += [data[at * SECTOR : (at + 1) * SECTOR].ljust(SECTOR, b"\0") for at in range(count)]
    chain += [start + step + 1 for step in range(count - 1)] + [END]
    return start


def _entry(name: str, kind: int, start: int, size: int, *, last: int) -> bytes:
    text = name.encode("utf-16-le")
    child = 1 if kind == 5 and last else FREE
    return struct.pack("<64sHBBIII36xIQ", text, len(text) + 2, kind, 1, FREE, FREE, child, start, size)


def xls_book(rows: Sequence[Sequence[str | float]], *, last_column: int | None = None) -> bytes:
    """The workbook stream of an old xls with one sheet."""
    cells = [_cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)]
    if last_column is not None:
        cells.append(_cell(len(rows), last_column, "far"))
    sheet = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0x0DBB, 0x07CC, 0, 6))
    sheet += b"".join(cells) + _record(0x000A, b"")
    start = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0x0DBB, 0x07CC, 0, 6))
    name = b"\x06\x00Sheet1"
    length = len(start) + 4 + 6 + len(name) + 4
    return start + _record(0x0085, struct.pack("<IH", length, 0) + name) + _record(0x000A, b"") + sheet


def _cell(row: int, column: int, value: str | float) -> bytes:
    if isinstance(value, float):
        return _record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = value.encode("utf-16-le")
    return _record(0x0204, struct.pack("<HHHHB", row, column, 0, len(value), 1) + text)


def _record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body
