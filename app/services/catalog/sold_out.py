"""Delisting by itself (rule P3): a product of which nothing is left goes off sale, on record, in the program's name."""

from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.models.catalog import Delisted, ProductState, products, variants
from app.models.people import SYSTEM
from app.services import subjects
from app.services.ledger import Pen
from app.services.stock.available import available

_v, _p = variants.c, products.c


def delist_sold_out(conn: Connection, pen: Pen, codes: Iterable[str]) -> list[int]:
    """Take off sale the listed products of these codes that have nothing available in any article; returns them.

    A product some of whose articles have no stock under management stays: nobody knows that it is sold out.
    """
    wanted = sorted(set(codes))
    if not wanted:
        return []
    named = select(_v.product).where(_v.code.in_(wanted))
    rows = conn.execute(
        select(_v.product, _v.code)
        .join(products, _p.id == _v.product)
        .where(_p.state == ProductState.LISTED.value, _p.id.in_(named), _v.active == 1)
    ).all()
    left = available(conn, [row.code for row in rows])
    articles: dict[int, list[int | None]] = {}
    for row in rows:
        articles.setdefault(row.product, []).append(left[row.code])
    gone = [product for product, pieces in articles.items() if all(one is not None and one <= 0 for one in pieces)]
    for product in gone:
        content = {"why": Delisted.ZERO.value}
        subjects.advance(conn, pen, product, "product.delisted", content, person=SYSTEM)
    return gone
