"""Tables as files that spreadsheets open without running anything in them: csv, xlsx and the old xls."""

import csv
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TypeAlias

from app.errors import InputError, system_reason
from app.i18n import N_

Cell: TypeAlias = str | int | Decimal | None
Rows: TypeAlias = Iterable[Sequence[Cell]]

ENDINGS = (".xlsx", ".csv", ".xls")
MOST_XLS = 65_535  # rows below the header that an xls holds

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDEST = 60  # characters of a column


class UnwritableFileError(InputError):
    """The disk is full, the file is open elsewhere, the folder is not ours."""

    message = N_("{file} cannot be written: {detail}")


class EndingError(InputError):
    """The ending says what kind of file is wanted."""

    message = N_("{file}: choose a name that ends in {endings}.")


class TooManyRowsError(InputError):
    """A limit of the old format."""

    message = N_("An xls holds {most} rows, not {count}. Choose xlsx or csv.")


def write_table(path: Path, header: Sequence[str], rows: Rows) -> None:
    """Write a table in the form that the file's ending names; raises an InputError where it cannot be.

    Texts stay texts and amounts are numbers; in a csv a text that a spreadsheet would run gets an apostrophe.
    """
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx, ".xls": _write_xls}
    writer = writers.get(path.suffix.lower())
    if writer is None:
        raise EndingError(file=path.name, endings=", ".join(ENDINGS))
    try:
        writer(path, header, rows)
    except OSError as error:
        raise UnwritableFileError(file=path.name, detail=system_reason(error)) from error


def _write_csv(path: Path, header: Sequence[str], rows: Rows) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell: Cell) -> Cell:
    return "'" + cell if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _write_xlsx(path: Path, header: Sequence[str], rows: Rows) -> None:
    import xlsxwriter

    with path.open("wb") as file, xlsxwriter.Workbook(file, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
        for place, width in enumerate(_widths(header)):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 0)
        for place, name in enumerate(header):
            sheet.write_string(0, place, name, bold)
        for number, row in enumerate(rows, 1):
            for place, cell in enumerate(row):
                if isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif isinstance(cell, Decimal):
                    sheet.write_number(number, place, float(cell), money)
                elif cell is not None:
                    sheet.write_number(number, place, cell)


def _write_xls(path: Path, header: Sequence[str], rows: Rows) -> None:
    import xlwt

    told = list(rows)
    if len(told) > MOST_XLS:
        raise TooManyRowsError(most=MOST_XLS, count=len(told))
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Sheet1")
    bold, money = xlwt.easyxf("font: bold on"), xlwt.easyxf(num_format_str="0.00")
    plain = xlwt.easyxf()
    for place, (name, width) in enumerate(zip(header, _widths(header), strict=True)):
        sheet.write(0, place, name, bold)
        sheet.col(place).width = width * 256
    for number, row in enumerate(told, 1):
        for place, cell in enumerate(row):
            if cell is not None:
                sheet.write(number, place, cell, money if isinstance(cell, Decimal) else plain)
    book.save(str(path))


def _widths(header: Sequence[str]) -> list[int]:
    return [min(max(2 * len(name) + 2, 10), _WIDEST) for name in header]
