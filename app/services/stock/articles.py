"""Finding an article by what a person scans or types: a barcode, a code, or words of the product."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import barcodes, products, variants
from app.models.stock import stock
from app.services.access import Context, Permission, requires
from app.services.catalog.gtin import spellings
from app.services.catalog.index import PRODUCTS
from app.services.search.tokens import query

MOST_FOUND = 20

_v, _p = variants.c, products.c


class UnknownScanError(RuleError):
    """Neither the catalog nor the stock knows such a code."""

    message = N_("No article has the code or barcode “{code}”.")


@dataclass(frozen=True, slots=True)
class FoundArticle:
    """An article and where it lies; no name where only its stock is kept."""

    code: str
    name: str
    kind: str
    shelf: str


@requires(Permission.STOCK_READ)
def article_of(ctx: Context, text: str) -> FoundArticle:
    """The article of a scanned barcode or a typed code; raises UnknownScanError."""
    with ctx.reading() as conn:
        return article_named(conn, text)


@requires(Permission.STOCK_READ)
def find_articles(ctx: Context, text: str, limit: int = MOST_FOUND) -> list[FoundArticle]:
    """Articles for a completion: the one of this very code first, then those whose product the words name."""
    asked = query(text)
    if not text.strip():
        return []
    with ctx.reading() as conn:
        exact = _exactly(conn, text.strip())
        numbers = PRODUCTS.matching(conn, asked, limit) if asked.fts else []
        rows = conn.execute(_ARTICLES.where(_p.id.in_(numbers)).order_by(_v.code).limit(limit)).all()
    found = [*([] if exact is None else [exact]), *map(_article, rows)]
    return list(dict.fromkeys(found))[:limit]


def article_named(conn: Connection, text: str) -> FoundArticle:
    """As `article_of`, within somebody else's view or transaction."""
    code = text.strip()
    found = _exactly(conn, code)
    if found is None:
        raise UnknownScanError(code=code)
    return found


_ARTICLES: Select[Any] = (
    select(_v.code, _v.name, _v.shelf, _p.name.label("product"), _p.kind)
    .join(products, _p.id == _v.product)
    .where(_v.active == 1)
)


def _exactly(conn: Connection, code: str) -> FoundArticle | None:
    scanned = _ARTICLES.join(barcodes, barcodes.c.variant == _v.id).where(barcodes.c.code.in_(spellings(code)))
    for wanted in (scanned.order_by(barcodes.c.code != code), _ARTICLES.where(_v.code == code)):
        row = conn.execute(wanted).first()
        if row is not None:
            return _article(row)
    kept = select(stock.c.code).where(stock.c.code == code, stock.c.kept == 1)
    return FoundArticle(code, "", "", "") if conn.execute(kept).first() else None


def _article(row: Any) -> FoundArticle:
    return FoundArticle(row.code, f"{row.product} {row.name}".strip(), row.kind, row.shelf)
