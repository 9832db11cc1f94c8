"""Tables of product files: as intake opens them, with what calamine leaves out of workbooks put back.

Calamine hands out a formula error (#REF!) as an empty cell and garbles an old xls that names a Chinese code page.
"""

import struct
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from app.services.catalog.files.faults import Faults, xls_faults, xlsx_faults
from app.services.intake.compound import MAGIC, MAX_BYTES
from app.services.intake.files import open_tables
from app.services.intake.tables import Progress, Row, Table
from app.services.intake.values import Memo

# Excel's numbers of code pages whose characters have one or two bytes, and the codec that reads them.
CODECS = {932: "cp932", 936: "gb18030", 949: "cp949", 950: "big5hkscs"}

_LATIN = 1252  # a byte is a character, so that the bytes can be had back
_UNICODE = 1200
_BYTES = {ord(bytes((byte,)).decode("cp1252", "ignore") or chr(byte)): byte for byte in range(256)}
_OLD_START = bytes.fromhex("0908080000050500")  # the record that begins the workbook of Excel 5 and 95
_NEW_START = bytes.fromhex("0908100000060500")  # and of Excel 97 to 2003
_PAGE, _END = 0x0042, 0x000A


@dataclass(frozen=True, slots=True)
class _CodePage:
    """Where an xls names a code page that calamine reads wrongly, and what helps."""

    at: int  # in the file
    instead: int
    codec: str  # in which the bytes really are; "" where the text is Unicode whatever the code page says


def open_products(path: Path, *, measured: bool = False) -> list[Table]:
    """The tables of a product file, which may have been `measured` before; raises an InputError with advice."""
    page = _code_page(path)
    tables = open_tables(path, measured=measured) if page is None else _reread(path, page)
    if tables and tables[0].encoding == "xlsx":
        return _with_faults(path, tables, xlsx_faults(path))
    if tables and tables[0].encoding == "xls":
        return _with_faults(path, tables, xls_faults(path, page.codec if page and page.codec else "cp1252"))
    return tables


def _code_page(path: Path) -> _CodePage | None:
    """The code page to put right; what is no sound xls is left to `open_tables` to refuse."""
    if not path.is_file() or path.stat().st_size > MAX_BYTES:
        return None
    with path.open("rb") as file:
        if file.read(len(MAGIC)) != MAGIC:
            return None
        data = file.read()
    old = data.find(_OLD_START)
    new = data.find(_NEW_START)
    at = max(old, new)
    while 0 <= at <= len(data) - 6:
        kind, size = struct.unpack_from("<HH", data, at)
        if kind == _END:
            break
        if kind == _PAGE and size == 2:
            (page,) = struct.unpack_from("<H", data, at + 4)
            place = len(MAGIC) + at + 4
            if new >= 0:
                return None if page == _UNICODE else _CodePage(place, _UNICODE, "")
            return _CodePage(place, _LATIN, CODECS[page]) if page in CODECS else None
        at += 4 + size
    return None


def _reread(path: Path, page: _CodePage) -> list[Table]:
    """The tables of a copy with another code page; calamine has read it all before the copy goes."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / path.name
        data = bytearray(path.read_bytes())
        data[page.at : page.at + 2] = struct.pack("<H", page.instead)
        copy.write_bytes(data)
        tables = open_tables(copy)
    if not page.codec:
        return [replace(table, path=path) for table in tables]
    return [
        replace(table, path=path, name=_decoded(table.name, page.codec), open_rows=partial(_rows, table, page.codec))
        for table in tables
    ]


def _rows(table: Table, codec: str, progress: Progress) -> Iterator[Row]:
    decoded = Memo(partial(_decoded, codec=codec))
    for number, cells in table.open_rows(progress):
        yield number, [cell if cell.isascii() else decoded[cell] for cell in cells]


def _decoded(text: str, codec: str) -> str:
    return text.translate(_BYTES).encode("latin-1").decode(codec, "replace")


def _with_faults(path: Path, tables: Sequence[Table], faults: Mapping[str, Faults]) -> list[Table]:
    """The tables with their errors; where a table's first column stands in its sheet, calamine is asked once more."""
    from python_calamine import CalamineWorkbook

    if not faults:
        return list(tables)
    book = CalamineWorkbook.from_path(path)
    sheets = [sheet for name in book.sheet_names if (sheet := book.get_sheet_by_name(name)).height]
    return [
        replace(table, open_rows=partial(_rows_with, table, faults[table.name], sheet.start[1] if sheet.start else 0))
        if table.name in faults
        else table
        for table, sheet in zip(tables, sheets, strict=True)
    ]


def _rows_with(table: Table, faults: Faults, left: int, progress: Progress) -> Iterator[Row]:
    for number, cells in table.open_rows(progress):
        for column, text in faults.get(number, {}).items():
            if 0 <= column - left < len(cells):
                cells[column - left] = text
        yield number, cells
