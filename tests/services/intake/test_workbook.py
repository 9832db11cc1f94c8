"""Workbooks: typed cells become text, and what must not be opened is not."""

import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from app.errors import InputError
from app.services.intake.errors import (
    ArchiveError,
    BinaryFileError,
    BrokenFileError,
    OversizedFileError,
    PasswordFileError,
    WebPageError,
)
from app.services.intake.files import open_tables
from app.services.intake.tables import no_progress
from app.services.intake.workbook import MAX_UNPACKED, cell_text
from tests.services.intake.making import write_compound, xls_book

SHEET = "xl/worksheets/sheet1.xml"


def write_book(path: Path, *sheets: Sequence[Sequence[Any]]) -> Path:
    """An xlsx with these sheets."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd hh:mm:ss"})
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def replaced(path: Path, name: str, data: bytes) -> Path:
    """The same package with one entry replaced or added."""
    with zipfile.ZipFile(path) as old:
        entries = {entry.filename: old.read(entry) for entry in old.infolist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for entry, content in {**entries, name: data}.items():
            new.writestr(entry, content)
    return path


def sheet_xml(cells: str) -> bytes:
    """A sheet with these rows."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'.encode()


def test_cells_become_the_text_of_a_csv(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["订单号", "数量", "时间", "金额", "编号", "备注"],
        ["1001", 2, datetime(2026, 11, 2, 9, 5, 11), 0.1, 10160070484512.0, ""],  # noqa: DTZ001
    ]
    (table,) = open_tables(write_book(tmp_path / "a.xlsx", rows, []))
    assert table.encoding == "xlsx"
    assert list(table.open_rows(no_progress)) == [
        (1, ["订单号", "数量", "时间", "金额", "编号", "备注"]),
        (2, ["1001", "2", "2026-11-02 09:05:11", "0.1", "10160070484512", ""]),
    ]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (6.917926768823644e18, "6.91792676882364E+18"),
        (float(2**53), "9.00719925474099E+15"),
        (float(2**53 - 1), "9007199254740991"),
        (-12.5, "-12.5"),
        (1e-05, "0.00001"),
        (True, "TRUE"),
        (date(2026, 11, 2), "2026-11-02"),
        (datetime(2026, 11, 2, 9, 5, 10, 999_999), "2026-11-02 09:05:11"),  # noqa: DTZ001
    ],
)
def test_single_cells(value: object, text: str) -> None:
    assert cell_text(value) == text


def test_an_old_xls(tmp_path: Path) -> None:
    for rows in (3, 200):  # a small stream stands elsewhere in the file than a large one
        path = write_compound(tmp_path / "a.xls", {"Workbook": xls_book([["订单号", 1.5]] * rows)})
        (table,) = open_tables(path)
        assert list(table.open_rows(no_progress))[-1] == (rows, ["订单号", "1.5"])


@pytest.mark.parametrize("streams", [("EncryptionInfo", "EncryptedPackage"), ("EncryptedPackage",)])
def test_a_password_is_recognised(tmp_path: Path, streams: Sequence[str]) -> None:
    path = write_compound(tmp_path / "a.xlsx", {name: bytes(5000) for name in streams})
    with pytest.raises(PasswordFileError, match="remove the password"):
        open_tables(path)


def test_a_password_in_an_xls_is_recognised(tmp_path: Path) -> None:
    book = xls_book([["a"]])
    path = write_compound(tmp_path / "a.xls", {"Workbook": book[:20] + b"\x2f\0\x02\0\0\0" + book[20:]})
    with pytest.raises(PasswordFileError):
        open_tables(path)


def test_a_bomb_that_admits_its_size_is_not_unpacked(tmp_path: Path) -> None:
    path = replaced(write_book(tmp_path / "a.xlsx", [["a"]]), "xl/media/x.xml", b" " * (40 << 20))
    assert path.stat().st_size < 100_000
    with pytest.raises(OversizedFileError):
        open_tables(path)


def test_a_bomb_that_lies_about_its_size_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = replaced(write_book(tmp_path / "a.xlsx", [["a"]]), SHEET, b" " * (4 << 20))
    data = path.read_bytes()
    claimed = (4 << 20).to_bytes(4, "little")
    assert data.count(claimed) == 2
    path.write_bytes(data.replace(claimed, (100).to_bytes(4, "little")))
    monkeypatch.setattr("app.services.intake.workbook.MAX_UNPACKED", 1 << 20)
    with pytest.raises(OversizedFileError):
        open_tables(path)


@pytest.mark.parametrize(
    "cells",
    [
        '<row r="1"><c r="A1"><v>1</v></c><c r="XFD1048576"><v>1</v></c></row>',
        "<row><c r='A1'><v>1</v></c><c r = 'xfd1048576'><v>1</v></c></row>",
        '<row r="1"><c r="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        f'<row r="1"><c r="A1"><v>1</v></c></row>{" " * ((1 << 20) - 90)}<row><c r="ZZZ900000"><v>1</v></c></row>',
    ],
)
def test_two_far_cells_do_not_take_the_memory(tmp_path: Path, cells: str) -> None:
    path = replaced(write_book(tmp_path / "a.xlsx", [["a"]]), SHEET, sheet_xml(cells))
    with pytest.raises(OversizedFileError):
        open_tables(path)


def test_a_far_cell_in_an_xls_does_not_take_the_memory(tmp_path: Path) -> None:
    path = write_compound(tmp_path / "a.xls", {"Workbook": xls_book([["a"]], last_column=65_000)})
    with pytest.raises(OversizedFileError):
        open_tables(path)


def _plain_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("orders.csv", "a,b\n1,2\n")


def _half(path: Path) -> None:
    data = write_book(path, [["订单号", "b"]] * 50).read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _flipped(path: Path) -> None:
    data = bytearray(write_book(path, [["订单号", "b"]] * 50).read_bytes())
    with zipfile.ZipFile(path) as package:
        start = package.getinfo(SHEET).header_offset + 60
    data[start : start + 20] = bytes(20)
    path.write_bytes(data)


def _letter(path: Path) -> None:
    write_compound(path, {"WordDocument": bytes(5000)})


def _cut_compound(path: Path) -> None:
    data = write_compound(path, {"Workbook": xls_book([["订单号"]] * 300)}).read_bytes()
    path.write_bytes(data[:2000])


def _circle(path: Path) -> None:
    data = bytearray(write_compound(path, {"Workbook": xls_book([["订单号"]] * 300)}).read_bytes())
    table = int.from_bytes(data[76:80], "little")
    data[(table + 1) * 512 : (table + 1) * 512 + 4] = bytes(4)  # sector 0 follows itself
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (_plain_zip, ArchiveError),
        (_half, BrokenFileError),
        (_flipped, BrokenFileError),
        (_letter, BinaryFileError),
        (_cut_compound, BrokenFileError),
        (_circle, BrokenFileError),
        (lambda path: path.write_bytes(b"PK\x03\x04"), BrokenFileError),
        (lambda path: path.write_text("<html><table><tr><td>订单号", encoding="utf-8"), WebPageError),
    ],
)
def test_what_is_no_whole_workbook_is_refused(tmp_path: Path, damage: Any, error: type[InputError]) -> None:
    path = tmp_path / "a.xlsx"
    damage(path)
    with pytest.raises(error, match=r"a\.xlsx"):
        open_tables(path)


def test_a_failed_assertion_in_the_reader_is_a_broken_file(tmp_path: Path) -> None:
    book = bytearray(xls_book([["订单号"]] * 3))
    at = book.index(b"\x85\0")
    book[at + 4 : at + 8] = (1 << 30).to_bytes(4, "little")  # the sheet is said to begin beyond the end
    path = write_compound(tmp_path / "a.xls", {"Workbook": bytes(book)})
    with pytest.raises(BrokenFileError):
        open_tables(path)


def test_the_limit_holds_a_million_orders() -> None:
    assert MAX_UNPACKED > 1_000_000 * 300
