"""The full-text index of products and the index of barcodes: what a product is found by."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from app.models.catalog import barcodes, products, variants
from app.services.catalog.draft import ProductDraft
from app.services.db import insert_many
from app.services.search.index import FullText
from app.services.search.tokens import product_document

PRODUCTS = FullText("product_search")


def words_of_draft(draft: ProductDraft) -> str:
    """The tokens of a product that is not entered yet."""
    codes = [article.code for article in draft.variants]
    codes += [bar.code for article in draft.variants for bar in article.barcodes]
    names = [draft.name, draft.brand, draft.kind, draft.origin, draft.supplier]
    return product_document(codes, [*names, *(article.name for article in draft.variants)])


def words_of(product: Mapping[str, Any], articles: Sequence[Mapping[str, Any]]) -> str:
    """The tokens of one product and its articles."""
    codes = [article["code"] for article in articles]
    codes += [code for article in articles for code, _multiplier in json.loads(article["barcodes"])]
    names = [product["name"], product["brand"], product["kind"], product["origin"], product["supplier"]]
    return product_document(codes, [*names, *(article["name"] for article in articles)])


def reindex(conn: Connection, product: int) -> None:
    """Index a product anew, its words and its articles' barcodes."""
    row = conn.execute(select(products).where(products.c.id == product)).mappings().one()
    articles = conn.execute(select(variants).where(variants.c.product == product)).mappings().all()
    PRODUCTS.replace(conn, product, words_of(dict(row), [dict(article) for article in articles]))
    conn.execute(delete(barcodes).where(barcodes.c.variant.in_([article["id"] for article in articles])))
    add_barcodes(conn, ((article["id"], article["barcodes"]) for article in articles))


def add_barcodes(conn: Connection, articles: Iterable[tuple[int, str]]) -> None:
    """Index the barcodes of articles: number and the column as it is stored."""
    rows = [(code, number, multiplier) for number, column in articles for code, multiplier in json.loads(column)]
    insert_many(conn, barcodes, rows)
