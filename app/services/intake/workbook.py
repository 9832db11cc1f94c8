"""Workbooks (xlsx, xls) through calamine, measured before they are opened: a bomb would take the program down."""

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from app.services.intake.compound import check_compound
from app.services.intake.errors import (
    ArchiveError,
    BinaryFileError,
    BrokenFileError,
    OversizedFileError,
    PasswordFileError,
)
from app.services.intake.tables import PROGRESS_ROWS, Progress, Row, Table

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MAX_UNPACKED = 400 << 20  # bytes of XML, about a million orders
MAX_RATIO = 300
SMALL = 32 << 20  # below this any ratio is harmless
MAX_CELLS = 20_000_000  # calamine keeps 24 bytes for each place of the rectangle around all cells
EXACT = 2**53  # integers from here on are no longer exact in a spreadsheet

_CHUNK = 1 << 20
_PLACE = re.compile(rb"\sr\s*=\s*[\"']([A-Za-z]*)(\d+)[\"']")
_PANIC = "pyo3_runtime"  # a failed assertion in calamine comes out as an exception that is no Exception
_OVERLAP = 64  # a place that a chunk cuts in two is found in the next


def workbook_tables(path: Path, *, compound: bool, measured: bool = False) -> list[Table]:
    """The sheets of a workbook that hold anything; raises an InputError for what must not be opened."""
    if not measured:
        (check_compound if compound else _check_package)(path)
    return _open(path, "xls" if compound else "xlsx")


def _open(path: Path, encoding: str) -> list[Table]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_path(path)
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError:
        raise PasswordFileError(file=path.name) from None
    except (CalamineError, ValueError) as error:
        raise BrokenFileError(file=path.name, detail=error) from error
    except BaseException as error:
        if type(error).__module__ == _PANIC:
            raise BrokenFileError(file=path.name, detail=error) from error
        raise
    return [Table(path, encoding, partial(_rows, sheet), sheet.name) for sheet in sheets if sheet.height]


def _rows(sheet: "CalamineSheet", progress: Progress) -> Iterator[Row]:
    height = sheet.total_height or 1
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if not number % PROGRESS_ROWS:
            progress(min(number / height, 1.0))
        yield number, [cell if type(cell) is str else cell_text(cell) for cell in cells]


def cell_text(value: Any) -> str:
    """A typed cell as the text that a csv would have; an integer too large to be exact looks like Excel's 1.23E+17."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, datetime):
        return str((value + timedelta(milliseconds=500)).replace(microsecond=0))
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _number_text(value: float) -> str:
    if abs(value) >= EXACT:
        return f"{value:.14E}"
    if value == int(value):
        return str(int(value))
    return f"{Decimal(repr(value)):f}"


def _check_package(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as package:
            entries = package.infolist()
            names = {entry.filename for entry in entries}
            if not any(name.startswith("xl/") for name in names):
                raise (BinaryFileError if "mimetype" in names else ArchiveError)(file=path.name)
            unpacked = sum(entry.file_size for entry in entries)
            packed = sum(entry.compress_size for entry in entries) or 1
            if unpacked > MAX_UNPACKED or (unpacked > SMALL and unpacked / packed > MAX_RATIO):
                raise OversizedFileError(file=path.name)
            _measure(package, path)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError) as error:
        raise BrokenFileError(file=path.name, detail=error) from error
    except RuntimeError:  # zipfile's word for an entry with a password
        raise PasswordFileError(file=path.name) from None


def _measure(package: zipfile.ZipFile, path: Path) -> None:
    """Unpack everything once without keeping it: the sizes in a package's directory may be lies."""
    left = MAX_UNPACKED
    for entry in package.infolist():
        entry.file_size = left + 2 * _CHUNK  # read on to the true end, not to the size that is claimed
        rows = columns = 1
        tail = b""
        with package.open(entry) as file:
            for chunk in iter(partial(file.read, _CHUNK), b""):
                left -= len(chunk)
                places = _PLACE.findall(tail + chunk)
                rows = max(rows, *map(_bounded, {number for _letters, number in places}), 1)
                columns = max(columns, *map(_column, {letters for letters, _number in places}), 1)
                if left < 0 or rows * columns > MAX_CELLS:
                    raise OversizedFileError(file=path.name)
                tail = chunk[-_OVERLAP:]


def _bounded(number: bytes) -> int:
    return int(number) if len(number) < 9 else MAX_CELLS + 1


def _column(letters: bytes) -> int:
    if len(letters) > 3:
        return MAX_CELLS + 1
    column = 0
    for letter in letters.upper():
        column = column * 26 + letter - 64
    return column
