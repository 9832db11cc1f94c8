"""Products that look like the same one entered twice: the same barcode's unit, or the same name, degree and volume."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import barcodes, products, variants
from app.services.access import Context, Permission, requires
from app.services.catalog.draft import ProductDraft
from app.services.catalog.gtin import spellings

_NOISE = re.compile(r"[\s·•\-—_/（）()【】\[\]]+|度|°|vol|ml|毫升", re.IGNORECASE)
MOST = 20


@dataclass(frozen=True, slots=True)
class Alike:
    """A product that a new one may be a double of."""

    product: int
    name: str
    why: str  # "barcode" or "name"


class LooksDoubledError(RuleError):
    """Not forbidden, but to be looked at before a product is entered twice."""

    message = N_("This looks like “{name}”, which is in the catalog. Press again to enter it all the same.")


def plain_name(name: str) -> str:
    """A name without the ways in which people write the same thing differently."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", name)).casefold()


@requires(Permission.CATALOG_READ)
def look_alikes(ctx: Context, draft: ProductDraft) -> list[Alike]:
    """The products that the draft may be a double of, the surest first."""
    with ctx.reading() as conn:
        return alike_in(conn, draft)


def alike_in(conn: Connection, draft: ProductDraft) -> list[Alike]:
    """As `look_alikes`, within a transaction."""
    scanned = {code for one in draft.variants for bar in one.barcodes for code in spellings(bar.code)}
    p, v, b = products.c, variants.c, barcodes.c
    scans = select(p.id, p.name).join(variants, v.product == p.id).join(barcodes, b.variant == v.id)
    by_code = conn.execute(scans.where(b.code.in_(scanned)))
    found = {row.id: Alike(row.id, row.name, "barcode") for row in by_code}
    wanted = plain_name(draft.name)
    named = select(p.id, p.name, p.degree, p.volume)
    for row in conn.execute(named.where(p.name.in_({draft.name, draft.name.strip()})).limit(MOST)):
        found.setdefault(row.id, Alike(row.id, row.name, "name"))
    for row in conn.execute(named.where(p.name.like(f"{_start(draft.name)}%", escape="\\")).limit(500)):
        if plain_name(row.name) == wanted and _may_be(draft.degree, row.degree) and _may_be(draft.volume, row.volume):
            found.setdefault(row.id, Alike(row.id, row.name, "name"))
    return list(found.values())[:MOST]


def _may_be(said: int | None, known: int | None) -> bool:
    """What is unknown on either side is no difference."""
    return said is None or known is None or said == known


def _start(name: str) -> str:
    """The first two characters, for the index; what LIKE would read as a pattern is taken literally."""
    start = name.strip()[:2]
    return re.sub(r"([\\%_])", r"\\\1", start)
