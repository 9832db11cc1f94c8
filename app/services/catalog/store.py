"""Products and articles in the ledger and in their tables; who may, and what is sensible, is asked before."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from app.models.catalog import ProductState, products, variants
from app.services import subjects
from app.services.catalog import fold
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.catalog.index import PRODUCTS, add_barcodes, reindex, words_of_draft
from app.services.db import insert_many
from app.services.ledger import Pen

Row = dict[str, Any]


def add_products(conn: Connection, pen: Pen, drafts: Sequence[ProductDraft]) -> list[int]:
    """Write new products with their articles; returns their numbers."""
    made: list[Row] = []
    articles: list[Row] = []
    documents: list[tuple[int, str]] = []
    bases = _bases(conn, drafts)
    for draft in drafts:
        content = product_content(draft)
        product = fold.added_product(pen.write("product.added", None, content), pen.at, content)
        own = [_add_article(pen, product["id"], one, draft.currency, bases) for one in draft.variants]
        documents.append((product["id"], draft.words or words_of_draft(draft)))
        made.append(product)
        articles += own
    pen.flush()
    insert_many(conn, products, [tuple(row.values()) for row in made])
    insert_many(conn, variants, [tuple(row.values()) for row in articles])
    add_barcodes(conn, ((row["id"], row["barcodes"]) for row in articles))
    PRODUCTS.add(conn, documents)
    return [row["id"] for row in made]


def add_articles(
    conn: Connection, pen: Pen, product: int, drafts: Sequence[VariantDraft], currency: str
) -> dict[int, dict[str, int]]:
    """Write new articles of a product that is there; returns, by article, prices that are still to be proposed.

    Once a product was on sale, nothing of it is sold at a price that nobody approved (rule P2).
    """
    bases = _bases(conn, [ProductDraft("", variants=tuple(drafts))])
    proposed = was_on_sale(conn, product)
    rows, wanted = [], {}
    for one in drafts:
        row = _add_article(pen, product, replace(one, price=None, floor=None) if proposed else one, currency, bases)
        rows.append(row)
        prices = {name: value for name, value in (("price", one.price), ("floor", one.floor)) if value is not None}
        if proposed and prices:
            wanted[row["id"]] = prices
    pen.flush()
    insert_many(conn, variants, [tuple(row.values()) for row in rows])
    reindex(conn, product)
    return wanted


def was_on_sale(conn: Connection, product: int) -> bool:
    """Whether a product is or was on sale, so that its prices are approved first (rule P2)."""
    return bool(subjects.load(conn, "products", product)["state"] != ProductState.DRAFT)


def currency_of(conn: Connection, product: int) -> str:
    """What a product's prices are in: the currency of its first article."""
    first = select(variants.c.currency).where(variants.c.product == product).order_by(variants.c.id).limit(1)
    return str(conn.execute(first).scalar_one())


def change_product(conn: Connection, pen: Pen, product: int, changes: Mapping[str, list[Any]]) -> None:
    """Write a product's changed fields: name → [before, after]."""
    subjects.advance(conn, pen, product, "product.changed", {"changes": dict(changes)})
    reindex(conn, product)


def change_article(conn: Connection, pen: Pen, article: int, changes: Mapping[str, list[Any]]) -> None:
    """Write an article's changed fields: name → [before, after]."""
    row = subjects.advance(conn, pen, article, "variant.changed", {"changes": dict(changes)})
    reindex(conn, row["product"])


def price_article(
    conn: Connection, pen: Pen, article: int, prices: Mapping[str, int | None], proposal: int | None
) -> None:
    """Put prices in force: cost, price, floor as far as given."""
    row = subjects.load(conn, "variants", article)
    changes = {name: [row[name], value] for name, value in prices.items() if row[name] != value}
    if changes:
        subjects.advance(conn, pen, article, "variant.priced", {"changes": changes, "proposal": proposal})


def product_content(draft: ProductDraft) -> dict[str, Any]:
    """What product.added says."""
    return {
        "name": draft.name,
        "brand": draft.brand,
        "kind": draft.kind,
        "origin": draft.origin,
        "degree": draft.degree,
        "volume": draft.volume,
        "supplier": draft.supplier,
        "lead": int(draft.lead),
        "texts": draft.texts,
        "pictures": list(draft.pictures),
    }


def _add_article(pen: Pen, product: int, draft: VariantDraft, currency: str, bases: dict[str, int]) -> Row:
    content = {
        "product": product,
        "code": draft.code,
        "name": draft.name,
        "barcodes": [[one.code, one.multiplier] for one in draft.barcodes],
        "pack_of": bases.get(draft.pack_of),
        "pack_size": draft.pack_size,
        "cost": draft.cost,
        "price": draft.price,
        "floor": draft.floor,
        "currency": draft.currency or currency,
        "shelf": draft.shelf,
    }
    row = fold.added_variant(pen.write("variant.added", None, content), pen.at, content)
    bases[draft.code] = row["id"]
    return row


def _bases(conn: Connection, drafts: Sequence[ProductDraft]) -> dict[str, int]:
    """The articles that packs among these are made of, by code; those of the same batch join as they are written."""
    codes = {one.pack_of for draft in drafts for one in draft.variants if one.pack_of}
    if not codes:
        return {}
    rows = conn.execute(select(variants.c.code, variants.c.id).where(variants.c.code.in_(codes)))
    return {row.code: row.id for row in rows}
