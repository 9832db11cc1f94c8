"""Product files as shops and shop systems write them, made by hand; everything invented."""

import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from app.services.catalog.draft import ProductDraft
from app.services.catalog.files.mapping import Mapping as ColumnMapping
from app.services.catalog.files.read import detect_products, read_products
from app.services.intake.draft import Reject
from tests.services.intake.making import rows_of, write_compound, write_csv

Cell = str | float

LIST = [
    "商品编码",
    "条形码",
    "商品名称",
    "规格",
    "品牌",
    "类别",
    "产地",
    "度数",
    "净含量",
    "进价",
    "售价",
    "最低售价",
    "供应商",
    "货位",
    "库存",
    "状态",
]
# The list of a real shop's program has 52 columns, most of which say nothing to a catalog.
WIDE = [*LIST, *(f"自定义{n}" for n in range(len(LIST), 52))]
SHOPIFY = [
    "Handle",
    "Title",
    "Body (HTML)",
    "Vendor",
    "Type",
    "Tags",
    "Published",
    "Option1 Name",
    "Option1 Value",
    "Option2 Name",
    "Option2 Value",
    "Variant SKU",
    "Variant Inventory Qty",
    "Variant Price",
    "Variant Barcode",
    "Image Src",
    "Cost per item",
    "Status",
]
WOO = [
    "ID",
    "Type",
    "SKU",
    "GTIN, UPC, EAN, or ISBN",
    "Name",
    "Published",
    "Description",
    "Stock",
    "Regular price",
    "Categories",
    "Images",
    "Parent",
    "Attribute 1 name",
    "Attribute 1 value(s)",
    "Attribute 2 name",
    "Attribute 2 value(s)",
]

BOTTLE = {
    "商品编码": "BJ-1003",
    "条形码": "6901234567892",
    "商品名称": "云岭特酿 53度 500ml",
    "品牌": "云岭",
    "类别": "白酒",
    "产地": "四川宜宾",
    "进价": "334.50",
    "售价": "409.00",
    "最低售价": "380",
    "供应商": "川酒贸易",
    "货位": "A-03",
    "库存": "12",
    "状态": "在售",
}


def read_all(path: Path, mapping: ColumnMapping | None = None) -> tuple[list[ProductDraft], list[Reject]]:
    """Everything that a file holds: products and rejects."""
    found = list(read_products(detect_products(path, mapping)))
    products = [one for one in found if isinstance(one, ProductDraft)]
    return products, [one for one in found if isinstance(one, Reject)]


def read_one(path: Path, mapping: ColumnMapping | None = None) -> ProductDraft:
    """The one product that the file holds."""
    products, rejects = read_all(path, mapping)
    assert not rejects, rejects
    (product,) = products
    return product


def shop_list(path: Path, *rows: Mapping[str, str]) -> Path:
    """A shop's list as csv: each row is BOTTLE with other cells."""
    return write_csv(path / "list.csv", LIST, rows_of(LIST, *({**BOTTLE, **row} for row in rows)))


def reason_of(path: Path, **cells: str) -> str:
    """Why a row with these cells is rejected."""
    products, rejects = read_all(shop_list(path, cells))
    assert not products
    (reject,) = rejects
    assert reject.row == 2
    return reject.reason


def write_xlsx(
    path: Path, *sheets: Sequence[Sequence[Any]], formulas: Mapping[tuple[int, int], str] | None = None
) -> Path:
    """An xlsx; `formulas`: (row, column) on the last sheet → the error that a formula there ended in."""
    book = xlsxwriter.Workbook(str(path))
    for rows in sheets:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    for (row, column), error in (formulas or {}).items():
        sheet.write_formula(row, column, "=1/0", None, error)
    book.close()
    return path


def write_old_xls(path: Path, rows: Sequence[Sequence[Cell]], page: int, codec: str, more: bytes = b"") -> Path:
    """An xls of Excel 95: texts are bytes in a code page; `more`: further records of the sheet."""
    start = record(0x0809, struct.pack("<HHHH", 0x0500, 0x0005, 0x0DBB, 0x07CC)) + record(
        0x0042, struct.pack("<H", page)
    )
    name = ("Goods" if page == 1252 else "商品").encode(codec)
    bound = len(start) + 4 + 7 + len(name) + 4
    book = start + record(0x0085, struct.pack("<IHB", bound, 0, len(name)) + name) + record(0x000A, b"")
    book += record(0x0809, struct.pack("<HHHH", 0x0500, 0x0010, 0x0DBB, 0x07CC))
    book += b"".join(
        _cell(y, x, value, codec) for y, row in enumerate(rows) for x, value in enumerate(row) if value != ""
    )
    return write_compound(path, {"Book": book + more + record(0x000A, b"")})


def record(kind: int, body: bytes) -> bytes:
    """One record of an xls."""
    return struct.pack("<HH", kind, len(body)) + body


def error_cell(row: int, column: int, code: int) -> bytes:
    """A cell that holds an error."""
    return record(0x0205, struct.pack("<HHHBB", row, column, 0, code, 1))


def error_formula(row: int, column: int, code: int) -> bytes:
    """A formula that ended in an error."""
    result = bytes((2, 0, code, 0, 0, 0, 0xFF, 0xFF))
    return record(0x0006, struct.pack("<HHH", row, column, 0) + result + struct.pack("<HIH", 0, 0, 0))


def _cell(row: int, column: int, value: Cell, codec: str) -> bytes:
    if isinstance(value, float):
        return record(0x0203, struct.pack("<HHHd", row, column, 0, value))
    text = value.encode(codec)
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(text)) + text)
