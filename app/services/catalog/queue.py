"""Reading the catalog: ids in list order, rows by id, counts; a hundred thousand products cost as little as fifty."""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select

from app.models.catalog import ProductState, products, variants
from app.models.stock import stock
from app.services.access import Context, Permission, requires
from app.services.catalog.gtin import spellings
from app.services.catalog.index import PRODUCTS
from app.services.catalog.rows import ProductFilter, ProductRow, ProductSort, Shelf
from app.services.catalog.sold_out import is_scarce
from app.services.search.tokens import query
from app.services.stock.available import available

SEARCH_LIMIT = 5_000  # matches a search goes through

_p, _v = products.c, variants.c

_LOWEST = select(func.min(_v.price)).where(_v.product == _p.id, _v.active == 1).scalar_subquery()
_COST = select(func.min(_v.cost)).where(_v.product == _p.id, _v.active == 1).scalar_subquery()
_MARGIN = (
    select(func.max(1.0 * (_v.price - _v.cost) / _v.price))
    .where(_v.product == _p.id, _v.active == 1, _v.price > 0)
    .scalar_subquery()
)
_SHELF = select(func.min(_v.shelf)).where(_v.product == _p.id).scalar_subquery()
_STOCK = (
    select(func.sum(stock.c.on_hand - stock.c.reserved))
    .join(variants, _v.code == stock.c.code)
    .where(_v.product == _p.id)
    .scalar_subquery()
)
_SORTS: dict[ProductSort, ColumnElement[Any]] = {
    ProductSort.NEWEST: _p.id,
    ProductSort.NAME: _p.name,
    ProductSort.BRAND: _p.brand,
    ProductSort.KIND: _p.kind,
    ProductSort.STATE: _p.state,
    ProductSort.PRICE: _LOWEST,
    ProductSort.COST: _COST,
    ProductSort.MARGIN: _MARGIN,
    ProductSort.STOCK: _STOCK,
    ProductSort.SHELF: _SHELF,
}


@requires(Permission.CATALOG_READ)
def shelf_counts(ctx: Context) -> dict[Shelf, int]:
    """How many products stand on each list."""
    with ctx.reading() as conn:
        counted = conn.execute(select(_p.state, func.count()).group_by(_p.state))
        states: dict[str, int] = {row[0]: row[1] for row in counted}
        lead = conn.execute(select(func.count()).where(_p.lead == 1)).scalar_one()
        scarce = conn.execute(select(func.count()).where(_on_shelf(Shelf.SCARCE))).scalar_one()
    return {
        Shelf.LISTED: states.get(ProductState.LISTED.value, 0),
        Shelf.DRAFT: states.get(ProductState.DRAFT.value, 0),
        Shelf.DELISTED: states.get(ProductState.DELISTED.value, 0),
        Shelf.LEAD: lead,
        Shelf.SCARCE: scarce,
        Shelf.ALL: sum(states.values()),
    }


@requires(Permission.CATALOG_READ)
def product_ids(
    ctx: Context,
    wanted: ProductFilter,
    sort: ProductSort = ProductSort.NEWEST,
    descending: bool = True,
    limit: int | None = None,
) -> "array[int]":
    """The numbers of the wanted products in list order."""
    with ctx.reading() as conn:
        newest = sort is ProductSort.NEWEST and descending and replace(wanted, text="") == ProductFilter()
        found = _search(conn, wanted.text, limit if newest and limit else SEARCH_LIMIT)
        if found == [] or (newest and found):
            return array("q", found or ())  # the index gives the newest first
        rows = conn.execute(_ids(wanted, sort, descending, found).limit(limit))
        return array("q", rows.scalars())


@requires(Permission.CATALOG_READ)
def product_rows(ctx: Context, ids: Sequence[int]) -> list[ProductRow]:
    """The rows of these products in this order; those that are gone are left out."""
    with ctx.reading() as conn:
        return rows_of(conn, ids)


@requires(Permission.CATALOG_READ)
def choices(ctx: Context) -> dict[str, list[str]]:
    """The kinds, brands and suppliers there are, for filters and completion."""
    with ctx.reading() as conn:
        return {
            name: list(conn.execute(select(_p[name]).where(_p[name] != "").distinct().order_by(_p[name])).scalars())
            for name in ("kind", "brand", "supplier")
        }


def rows_of(conn: Connection, ids: Sequence[int]) -> list[ProductRow]:
    """The rows of these products in this order."""
    heads = {row.id: row for row in conn.execute(select(products).where(_p.id.in_(ids)))}
    articles: dict[int, list[Any]] = {}
    for row in conn.execute(select(variants).where(_v.product.in_(ids)).order_by(_v.id)):
        articles.setdefault(row.product, []).append(row)
    left = available(conn, [one.code for own in articles.values() for one in own])
    return [_row(heads[number], articles.get(number, []), left) for number in ids if number in heads]


def _row(head: Any, articles: Sequence[Any], left: dict[str, int | None]) -> ProductRow:
    priced = sorted((one for one in articles if one.active and one.price is not None), key=lambda one: one.price)
    first = priced[0] if priced else articles[0] if articles else None
    known = [piece for one in articles if one.pack_of is None and (piece := left.get(one.code)) is not None]
    return ProductRow(
        id=head.id,
        name=head.name,
        brand=head.brand,
        kind=head.kind,
        state=ProductState(head.state),
        why=head.why,
        lead=bool(head.lead),
        code=first.code if first else "",
        articles=len(articles),
        price=priced[0].price if priced else None,
        highest=priced[-1].price if priced else None,
        cost=first.cost if first else None,
        floor=first.floor if first else None,
        currency=first.currency if first else "CNY",
        shelf=first.shelf if first else "",
        available=sum(known) if known else None,
        last_seq=max([head.last_seq, *(one.last_seq for one in articles)]),
    )


def _search(conn: Connection, text: str, limit: int) -> list[int] | None:
    """The products whose words match; None where nothing is searched for."""
    asked = query(text, spellings)  # a scanner gives a barcode with other leading zeros than were entered
    if not text.strip():
        return None
    return PRODUCTS.matching(conn, asked, limit) if asked.fts else []


def _ids(wanted: ProductFilter, sort: ProductSort, descending: bool, found: Sequence[int] | None) -> Select[int]:
    column = _SORTS[sort]
    conditions = [_on_shelf(wanted.shelf)]
    conditions += [
        column == value
        for column, value in ((_p.kind, wanted.kind), (_p.brand, wanted.brand), (_p.supplier, wanted.supplier))
        if value
    ]
    if found is not None:
        conditions.append(_p.id.in_(found))
    order = (column.desc().nulls_last(), _p.id.desc()) if descending else (column.asc().nulls_last(), _p.id)
    return select(_p.id).where(*conditions).order_by(*order)


def _on_shelf(shelf: Shelf) -> ColumnElement[bool]:
    if shelf is Shelf.LEAD:
        return _p.lead == 1
    if shelf is Shelf.SCARCE:
        return is_scarce()
    if shelf is Shelf.ALL:
        return _p.id > 0
    return _p.state == shelf.value
