"""Taking the catalog out (导出): the list as it is seen, as a file that the office itself reads back unchanged.

Every export is on record before anything leaves (rule A6).
"""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.models.catalog import ProductState, products, variants
from app.models.stock import stock
from app.money import to_decimal
from app.services.access import Context, Permission, requires
from app.services.catalog.gtin import is_case
from app.services.catalog.queue import product_ids
from app.services.catalog.rows import ProductFilter, ProductSort
from app.services.ledger import open_ledger
from app.services.progress import Progress, silent
from app.services.spreadsheet import Cell, write_table

BATCH = 1_000
# Chinese in every language: it is a format (resources/product-formats/zhanggui.toml), not a text.
HEADER = (
    "商品号", "商品名称", "规格", "商家编码", "条形码", "组合自编码", "组合件数", "品牌", "类目", "产地", "度数",
    "净含量(ml)", "进价", "售价", "最低售价", "币种", "供应商", "货位", "库存", "状态", "是否主推", "商品描述",
)  # fmt: skip
STATES = {ProductState.DRAFT: "未上架", ProductState.LISTED: "在售", ProductState.DELISTED: "已下架"}


@requires(Permission.CATALOG_EXPORT)
def export_products(ctx: Context, path: Path, wanted: ProductFilter, progress: Progress = silent) -> int:
    """Write the products of a list into a csv, xlsx or xls, articles in the order of their entry; returns how many.

    The stock is what is on hand at this moment. Raises an InputError where the file cannot be written.
    """
    ids = sorted(product_ids(ctx, wanted, ProductSort.NEWEST))
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        facts = {"file": path.name, "products": len(ids), "shelf": wanted.shelf.value, "text": wanted.text}
        pen.write("products.exported", None, facts)
    with ctx.reading() as conn:
        write_table(path, HEADER, _rows(conn, ids, progress))
    return len(ids)


def _rows(conn: Connection, ids: Sequence[int], progress: Progress) -> Iterator[Sequence[Cell]]:
    for start in range(0, len(ids), BATCH):
        progress(start / len(ids))
        batch = ids[start : start + BATCH]
        heads = {row.id: row for row in conn.execute(select(products).where(products.c.id.in_(batch)))}
        articles = conn.execute(
            select(variants, stock.c.on_hand, stock.c.kept)
            .outerjoin(stock, stock.c.code == variants.c.code)
            .where(variants.c.product.in_(batch), variants.c.active == 1)
            .order_by(variants.c.product, variants.c.id)
        ).all()
        bases = _bases(conn, {row.pack_of for row in articles if row.pack_of is not None})
        for row in articles:
            yield _row(heads[row.product], row, bases)
    progress(1.0)


def _bases(conn: Connection, numbers: set[int]) -> dict[int, str]:
    named = select(variants.c.id, variants.c.code).where(variants.c.id.in_(numbers))
    return {number: code for number, code in conn.execute(named)}


def _row(head: Any, article: Any, bases: dict[int, str]) -> Sequence[Cell]:
    scanned = [_barcode(code, times) for code, times in json.loads(article.barcodes)]
    return (
        str(head.id), head.name, article.name, article.code, ";".join(scanned), bases.get(article.pack_of, ""),
        article.pack_size if article.pack_of else None, head.brand, head.kind, head.origin,
        None if head.degree is None else Decimal(head.degree) / 10, head.volume,
        _money(article.cost, article.currency), _money(article.price, article.currency),
        _money(article.floor, article.currency), article.currency, head.supplier, article.shelf,
        article.on_hand if article.kept else None, STATES[ProductState(head.state)], "是" if head.lead else "否",
        json.loads(head.texts).get("", ""),
    )  # fmt: skip


def _barcode(code: str, times: int) -> str:
    """A code and how many it stands for; of a case it is always said."""
    return f"{code}*{times}" if times != 1 or is_case(code) else code


def _money(minor: int | None, currency: str) -> Decimal | None:
    return None if minor is None else to_decimal(minor, currency)
