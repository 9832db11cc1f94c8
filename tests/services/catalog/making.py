"""Products for tests; everything invented."""

from typing import Any

from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.products import add_product
from tests.services.orders.making import Crew

BOTTLE = VariantDraft(
    "BJ-1003", "单瓶", (BarcodeDraft("6901234567892"),), cost=334_50, price=409_00, floor=380_00, shelf="A-03"
)
CASE = VariantDraft("BJ-1003-6", "整箱6瓶", (), pack_of="BJ-1003", pack_size=6, cost=2_007_00, price=2_388_00)


def product(**changes: Any) -> ProductDraft:
    """A product of two articles: a bottle and a case of six."""
    own: dict[str, Any] = {
        "name": "剑南春 水晶剑 52度 500ml",
        "brand": "剑南春",
        "kind": "白酒",
        "origin": "四川绵竹",
        "degree": 520,
        "volume": 500,
        "supplier": "川酒贸易",
        "variants": (BOTTLE, CASE),
    }
    return ProductDraft(**(own | changes))


def add(crew: Crew, **changes: Any) -> int:
    """Enter it as the specialist does; returns its number."""
    return add_product(crew.specialist, product(**changes))


def article(crew: Crew, code: str = "BJ-1003") -> int:
    """The number of an article."""
    from sqlalchemy import select

    from app.models.catalog import variants

    with crew.db.reading() as conn:
        number: int = conn.execute(select(variants.c.id).where(variants.c.code == code)).scalar_one()
        return number
