"""Products that look like the same one entered twice: the same barcode's unit, or the same name, degree and volume."""

import re
import unicodedata
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import barcodes, products, variants
from app.services.access import Context, Permission, requires
from app.services.catalog.draft import ProductDraft

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
    scanned = {bar.code for one in draft.variants for bar in one.barcodes}
    scanned |= {code.lstrip("0") for code in scanned} | {code.rjust(13, "0") for code in scanned}
    p, v, b = products.c, variants.c, barcodes.c
    scans = select(p.id, p.name).join(variants, v.product == p.id).join(barcodes, b.variant == v.id)
    by_code = conn.execute(scans.where(b.code.in_(scanned)))
    found = {row.id: Alike(row.id, row.name, "barcode") for row in by_code}
    wanted = plain_name(draft.name)
    near = select(p.id, p.name, p.degree, p.volume).where(
        or_(p.name == draft.name, p.name.like(f"{_start(draft.name)}%", escape="\\"))
    )
    for row in conn.execute(near.limit(500)):
        same = draft.degree in {None, row.degree} and draft.volume in {None, row.volume}
        if same and plain_name(row.name) == wanted:
            found.setdefault(row.id, Alike(row.id, row.name, "name"))
    return list(found.values())[:MOST]


def _start(name: str) -> str:
    """The first two characters, for the index; what LIKE would read as a pattern is taken literally."""
    start = name.strip()[:2]
    return re.sub(r"([\\%_])", r"\\\1", start)
