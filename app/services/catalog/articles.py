"""An article (规格) by its code: what others refer to when they name goods."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import products, variants
from app.services.access import Context, Permission, requires

_v = variants.c


class UnknownArticleError(RuleError):
    """What is named by a code stands in the catalog."""

    message = N_("There is no article {code} in the catalog.")


@dataclass(frozen=True, slots=True)
class Article:
    """An article and the product it belongs to; money in minor units, None where unknown."""

    id: int
    product: int
    code: str
    name: str
    price: int | None
    floor: int | None
    currency: str


@requires(Permission.CATALOG_READ)
def find_article(ctx: Context, code: str) -> Article:
    """The article with this code, as somebody types it; raises UnknownArticleError."""
    with ctx.reading() as conn:
        return article_of(conn, code)


def article_of(conn: Connection, code: str) -> Article:
    """The article with this code; a small letter may stand for a capital one where that is clear."""
    typed = code.strip()
    found = articles_of(conn, [typed]) or _where(conn, func.lower(_v.code) == typed.lower())
    if len(found) != 1:
        raise UnknownArticleError(code=typed)
    return next(iter(found.values()))


def articles_of(conn: Connection, codes: Collection[str]) -> dict[str, Article]:
    """The articles with these codes, by code; a code that the catalog does not know is left out."""
    return _where(conn, _v.code.in_(list(codes)))


def _where(conn: Connection, which: ColumnElement[bool]) -> dict[str, Article]:
    rows = conn.execute(
        select(_v.id, _v.product, _v.code, _v.name, _v.price, _v.floor, _v.currency, products.c.name.label("goods"))
        .join(products, products.c.id == _v.product)
        .where(which)
        .order_by(_v.id)
    )
    return {
        row.code: Article(
            row.id, row.product, row.code, f"{row.goods} {row.name}".strip(), row.price, row.floor, row.currency
        )
        for row in rows
    }
