"""What is sold out: it goes off sale by itself (rule P3), on record, in the program's name, and is to be got again."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Subquery, case, func, or_, select, union_all

from app.models.catalog import Delisted, ProductState, products, variants
from app.models.people import SYSTEM
from app.models.stock import stock
from app.services import subjects
from app.services.ledger import Pen
from app.services.stock.available import available

_v, _p, _s = variants.c, products.c, stock.c
_SINGLE = func.coalesce(_v.pack_of, _v.id)  # the article that a family of packs is made of
_PIECES = func.coalesce(_s.on_hand - _s.reserved, 0) * case((_v.pack_of.is_(None), 1), else_=_v.pack_size)


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


def is_scarce() -> ColumnElement[bool]:
    """The condition of products that somebody has to get: of one of their articles nothing is left.

    What customers were promised beyond what is there is owed to them whatever became of the product. Where there is
    just nothing left, only what is on sale or went off sale for that is to be got again, not what was taken off for
    another reason. As in `available`, a pack and its single article share what is left, and nobody knows of an article
    whose stock is not kept that it is gone.
    """
    one, goods = _members(), products.alias()
    wanted = or_(goods.c.state == ProductState.LISTED.value, goods.c.why == Delisted.ZERO.value)
    owed = select(one.c.product).join(goods, goods.c.id == one.c.product)
    return _p.id.in_(owed.where(one.c.active == 1, one.c.kept == 1, (one.c.left < 0) | ((one.c.left == 0) & wanted)))


def _members() -> Subquery:
    """The articles of families of which one may be gone, each with what is left of all of its family, in pieces."""
    low = select(_SINGLE.label("single")).join(stock, _s.code == _v.code).where(_s.on_hand <= _s.reserved).cte("low")
    kept = func.coalesce(_s.kept, 0).label("kept")
    some = select(_v.product, _v.active, _SINGLE.label("single"), _PIECES.label("pieces"), kept)
    some = some.outerjoin(stock, _s.code == _v.code)
    among = select(low.c.single)
    family = union_all(some.where(_v.id.in_(among)), some.where(_v.pack_of.in_(among))).subquery().c
    left = func.sum(family.pieces).over(partition_by=family.single)
    any_kept = func.max(family.kept).over(partition_by=family.single)
    return select(family.product, family.active, left.label("left"), any_kept.label("kept")).subquery()
