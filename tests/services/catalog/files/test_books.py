"""Workbooks: formula errors that calamine leaves out, and old files in a Chinese code page."""

from pathlib import Path

import pytest

from app.errors import InputError
from app.services.catalog.files.books import open_products
from app.services.intake.errors import BinaryFileError, BrokenFileError, FileUnreadableError
from app.services.intake.tables import no_progress
from tests.services.catalog.files.making import (
    BOTTLE,
    LIST,
    WIDE,
    Cell,
    error_cell,
    error_formula,
    read_all,
    read_one,
    record,
    shop_list,
    write_old_xls,
    write_xlsx,
)
from tests.services.intake.making import rows_of, write_compound, xls_book

PRICE = LIST.index("售价")
ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def listed(*codes: str) -> list[list[Cell]]:
    """The header and a row for each code."""
    rows = rows_of(LIST, *(BOTTLE | {"商品编码": code, "条形码": ""} for code in codes))
    body: list[list[Cell]] = [list(row) for row in rows]
    return [list(LIST), *body]


@pytest.mark.parametrize("error", ["#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?"])
def test_a_formula_error_in_an_xlsx_is_no_empty_cell(tmp_path: Path, error: str) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", listed("A", "B", "C"), formulas={(2, PRICE): error})
    products, rejects = read_all(path)
    assert [one.variants[0].code for one in products] == ["A", "C"]
    assert [(one.row, one.source_number) for one in rejects] == [(3, "B")]
    assert rejects[0].reason.startswith(f"The column 售价 holds the formula error {error}.")


def test_errors_belong_to_their_own_sheet(tmp_path: Path) -> None:
    other = [["说明"], ["x"], ["y"]]
    path = write_xlsx(tmp_path / "a.xlsx", listed("A", "B"), other, formulas={(1, PRICE): "#N/A"})
    products, rejects = read_all(path)
    assert len(products) == 2
    assert not rejects


def test_errors_are_found_where_a_sheet_begins_to_the_right(tmp_path: Path) -> None:
    rows = [["", "", *row] for row in listed("A", "B")]
    path = write_xlsx(tmp_path / "a.xlsx", [[], [], *rows], formulas={(3, PRICE + 2): "#N/A"})
    products, rejects = read_all(path)
    assert [one.variants[0].code for one in products] == ["B"]
    assert [one.row for one in rejects] == [4]


def test_errors_across_the_pieces_that_a_large_sheet_is_read_in(tmp_path: Path) -> None:
    count = 6_000
    rows = listed(*(f"A{n}" for n in range(count)))
    formulas = {(row, PRICE): "#REF!" for row in range(1, count + 1, 3)}
    products, rejects = read_all(write_xlsx(tmp_path / "a.xlsx", rows, formulas=formulas))
    assert len(products) == count - len(formulas)
    assert [one.row for one in rejects] == [row + 1 for row, _column in formulas]


@pytest.mark.parametrize("code", ERRORS)
def test_errors_in_an_old_xls(tmp_path: Path, code: int) -> None:
    more = error_cell(2, PRICE, code) + error_formula(3, PRICE, code)
    path = write_old_xls(tmp_path / "a.xls", listed("A", "B", "C"), 936, "gb18030", more)
    products, rejects = read_all(path)
    assert [one.variants[0].code for one in products] == ["A"]
    assert [(one.row, ERRORS[code] in one.reason) for one in rejects] == [(3, True), (4, True)]


def test_errors_in_an_xls_of_excel_97(tmp_path: Path) -> None:
    book = xls_book(listed("A", "B"))
    end = record(0x000A, b"")
    path = write_compound(tmp_path / "a.xls", {"Workbook": book.removesuffix(end) + error_cell(2, PRICE, 0x17) + end})
    products, rejects = read_all(path)
    assert [one.variants[0].code for one in products] == ["A"]
    assert [one.row for one in rejects] == [3]


@pytest.mark.parametrize(("page", "codec"), [(936, "gb18030"), (950, "big5"), (1252, "cp1252")])
def test_texts_of_an_old_xls_are_read_in_its_code_page(tmp_path: Path, page: int, codec: str) -> None:
    words = {"gb18030": "云岭特酿、窖藏·1949", "big5": "雲嶺特釀", "cp1252": "Château Père – 1"}[codec]
    path = write_old_xls(tmp_path / "a.xls", [[words, "AB", 1.0]], page, codec)
    (table,) = open_products(path)
    assert [cells for _number, cells in table.open_rows(no_progress)] == [[words, "AB", "1"]]
    assert table.path == path


def test_the_master_list_of_52_columns_in_code_page_936(tmp_path: Path) -> None:
    rows = [list(WIDE), *(list(row) for row in rows_of(WIDE, BOTTLE))]
    path = write_old_xls(tmp_path / "a.xls", rows, 936, "gbk")
    assert read_one(path) == read_one(shop_list(tmp_path, {}))


def test_an_xls_with_unicode_texts_that_names_a_code_page(tmp_path: Path) -> None:
    plain = xls_book(listed("A"))
    start = 4 + 16
    page = record(0x0042, (936).to_bytes(2, "little"))
    at = start + 4  # the offset of the sheet, now further on
    offset = int.from_bytes(plain[at : at + 4], "little") + len(page)
    book = plain[:start] + page + plain[start:at] + offset.to_bytes(4, "little") + plain[at + 4 :]
    made = read_one(write_compound(tmp_path / "a.xls", {"Workbook": book}))
    assert made.name == BOTTLE["商品名称"]


@pytest.mark.parametrize("cut", [1, 8, 40, 512, 700, 1024, 1500])
def test_a_damaged_xls_is_refused(tmp_path: Path, cut: int) -> None:
    path = write_old_xls(tmp_path / "a.xls", listed("A"), 936, "gbk")
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError):
        open_products(path)


def test_what_is_no_table_is_refused(tmp_path: Path) -> None:
    picture = tmp_path / "a.xls"
    picture.write_bytes(b"\x89PNG\r\n" + bytes(99))
    with pytest.raises(BinaryFileError):
        open_products(picture)
    picture.write_bytes(b"PK\x03\x04" + bytes(99))
    with pytest.raises(BrokenFileError):
        open_products(picture)
    with pytest.raises(FileUnreadableError):
        open_products(tmp_path)
    with pytest.raises(FileUnreadableError):
        open_products(tmp_path / "missing.xls")
