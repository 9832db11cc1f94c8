"""A shop's master list of 50,000 products from xlsx and the old xls: read, compared, entered, indexed, durable."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from app.clock import SystemClock
from app.models.people import Post
from app.services.catalog.commit import import_products
from app.services.catalog.files.read import detect_products
from app.services.catalog.files.stream import stream_products
from app.services.catalog.gtin import check_digit
from app.services.office import create_office
from app.services.people.sign_in import sign_in
from app.services.sample import material
from app.services.spreadsheet import Cell, write_table

PRODUCTS = int(os.environ.get("BENCH_FILE_PRODUCTS", "50000"))
PASSWORD = "bench#secret1"
HEADER = (
    "商家编码",
    "商品名称",
    "规格",
    "条形码",
    "品牌",
    "类别",
    "产地",
    "度数",
    "净含量",
    "进价",
    "售价",
    "供应商",
    "货位",
    "库存",
)
FILLED = 52  # columns of the master list that the shop really has


def run() -> list[tuple[str, str]]:
    """Each file into an office of its own, then the same file once more."""
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        for ending in (".xlsx", ".xls"):
            path = Path(folder) / f"master{ending}"
            header = [*HEADER, *(f"备用{number}" for number in range(FILLED - len(HEADER)))]
            write_table(path, header, _rows())
            figures += _import(path, Path(folder) / f"office{ending}.zhanggui")
    return figures


def _rows() -> Iterator[Sequence[Cell]]:
    for number in range(PRODUCTS):
        code, title, article, price = material.GOODS[number % len(material.GOODS)]
        body = f"69{number:010d}"
        amounts = (Decimal(price - 100) / 100, Decimal(price) / 100)
        yield (
            f"{code[:2]}-{number}", f"{title} {number}", article, body + check_digit(body), title.split(" ")[0], "白酒",
            "四川", "53", "500", *amounts, "川酒贸易", f"A-{number % 90:02d}", number % 200,
        )  # fmt: skip


def _import(path: Path, office: Path) -> list[tuple[str, str]]:
    db = create_office(str(office), "bench", "admin", PASSWORD)
    manager = sign_in(db, SystemClock(), "admin", Post.MANAGER, PASSWORD)
    told = []
    for what, kind in (("new", "new"), ("again, nothing changes", "unchanged")):
        start = time.perf_counter()
        found = import_products(manager, stream_products(detect_products(path)), path.name)
        took = time.perf_counter() - start
        assert (found.kinds[kind], found.rejects) == (PRODUCTS, [])
        told.append((f"{PRODUCTS:,} products of {FILLED} columns from {path.suffix}: {what}", f"{took:.1f} s"))
    db.close()
    return told
