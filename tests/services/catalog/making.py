"""Products for tests; everything invented."""

from collections.abc import Mapping
from typing import Any

from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.products import ArticleChange, ProductChange, add_product, save_product
from app.services.catalog.rows import ArticleRow
from tests.services.approvals.making import agree
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


def change_article(
    ctx: Context, product: int, row: ArticleRow, fields: Mapping[str, Any] | None = None, **cost: int
) -> None:
    """Save what a form says of an article that it has shown, its fields or its `cost`; nothing else of the product."""
    change = ArticleChange(row.id, row.last_seq, fields or {}, cost.get("cost", row.cost))
    save_product(ctx, ProductChange(product, product_detail(ctx, product).last_seq, {}, (change,)))


def add_article(ctx: Context, product: int, draft: VariantDraft) -> None:
    """Save a product with another article."""
    save_product(ctx, ProductChange(product, product_detail(ctx, product).last_seq, {}, added=(draft,)))


def price(
    crew: Crew, wanted: int = 389_00, who: Context | None = None, code: str = "BJ-1003", **changes: object
) -> int:
    """The planner, or who else, proposes another price of an article; returns the proposal."""
    facts: dict[str, object] = {
        "kind": "price", "subject": article(crew, code), "title": "剑南春 水晶剑", "after": {"price": wanted},
        "reason": "竞品均价 386，双十二备战",
    }  # fmt: skip
    return propose(who or crew.planner, ProposalDraft(**(facts | changes)))  # type: ignore[arg-type]


def put_on_sale(crew: Crew, product: int) -> None:
    """Propose a product's listing and agree to it."""
    agree(crew.manager, propose(crew.specialist, ProposalDraft("listing", product, "剑南春", {}, "上新")))
