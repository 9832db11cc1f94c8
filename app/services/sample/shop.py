"""The sample office's goods: a catalog that has been on sale since the first day, its stock, and what waits today."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.clock import Clock, to_ms
from app.models.catalog import products, variants
from app.models.orders import OrderState, orders
from app.models.people import Post
from app.services import subjects
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog import store
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.gtin import check_digit
from app.services.ledger import Pen
from app.services.promotions.promotions import PromotionDraft, plan_within
from app.services.sample import material
from app.services.stock.movements import open_stock

KINDS = {"BJ-1": "白酒", "HJ-2": "葡萄酒", "HJ-4": "黄酒", "PJ-3": "啤酒", "SP-5": "食品"}
COST, FLOOR = 0.82, 0.93  # shares of the price
MINUTE_MS = 60_000
SOON_OUT = {"BJ-1004": 260, "HJ-2003": 370, "HJ-2004": 310, "HJ-4001": 300, "SP-5002": 255}  # for days, not for weeks
NEW = ProductDraft(
    "国台 国标酒 53度 500ml", "国台", "白酒", "贵州仁怀", 530, 500, "黔酒贸易",
    variants=(VariantDraft("BJ-1009", "单瓶", (BarcodeDraft("6900000010099"),), cost=289_00, price=368_00, floor=339_00,
                           shelf="A-09"),),
)  # fmt: skip


def open_shop(conn: Connection, pen: Pen) -> None:
    """Enter the goods, put them on sale, and book the first stock."""
    drafts = [_draft(place, *goods) for place, goods in enumerate(material.GOODS)]
    for product in store.add_products(conn, pen, drafts):
        subjects.advance(conn, pen, product, "product.listed", {"proposal": None})
    pieces = {draft.variants[0].code: 420 + 37 * (place % 9) for place, draft in enumerate(drafts)}
    open_stock(conn, pen, pieces | SOON_OUT, "期初库存")


def propose_today(conn: Connection, pen: Pen, clock: Clock, people: Mapping[str, int]) -> None:
    """What waits for the manager today, the oldest first."""
    now = to_ms(clock.now())

    def at(minutes: int, name: str) -> None:
        pen.at, pen.person = now - minutes * MINUTE_MS, people[name]

    def propose(post: Post, kind: str, subject: int, title: str, after: Mapping[str, Any], reason: str) -> None:
        propose_within(conn, pen, post, ProposalDraft(kind, subject, title, after, reason))

    at(126, "张伟")
    bottle, reason = _article(conn, "BJ-1002"), "竞品均价 386，双十二备战"
    propose(Post.PLANNER, "price", bottle, "剑南春 水晶剑 52度 500ml", {"price": 389_00}, reason)
    at(100, "刘洋")
    [new] = store.add_products(conn, pen, [NEW])
    open_stock(conn, pen, {"BJ-1009": 120}, "新品到货")
    propose(Post.LISTING, "listing", new, NEW.name, {}, "图文已审，条码 6900000010099")
    at(58, "张伟")
    _promotion(conn, pen, clock)
    at(45, "刘洋")
    product = _product(conn, "HJ-2001")
    propose(Post.LISTING, "delisting", product, "张裕 解百纳 特选级 750ml", {}, "酒标投诉 2 起，先停售核实")
    at(31, "李娜")
    cancelled = select(orders.c.customer).where(orders.c.state == OrderState.CANCELLED.value)
    refuser = conn.execute(cancelled.order_by(orders.c.id.desc()).limit(1)).scalar()
    if refuser is not None:
        reason = "三次拒收，恶意差评"
        propose(Post.SERVICE, "bad_customer", refuser, f"客户 C-{refuser}", {"reason": reason}, reason)


def _promotion(conn: Connection, pen: Pen, clock: Clock) -> None:
    start = clock.now() + timedelta(days=17)
    draft = PromotionDraft(
        "双十二 葡萄酒节", "葡萄酒两款直降", start, start + timedelta(days=2), 2_140_000,
        {"HJ-2002": 20_900, "HJ-2003": 12_300},
    )  # fmt: skip
    promotion = plan_within(conn, pen, draft)
    propose_within(conn, pen, Post.PLANNER, ProposalDraft("promotion", promotion, draft.name, {}, "去年同期销量翻倍"))


def _draft(place: int, code: str, title: str, article: str, price: int) -> ProductDraft:
    brand, kind = title.split(" ", 1)[0], KINDS[code[:4]]
    scanned = BarcodeDraft(_gtin(690000000000 + place * 17 + 1))
    one = VariantDraft(
        code, article, (scanned,), cost=_share(price, COST), price=price, floor=_share(price, FLOOR),
        shelf=f"{code[0]}-{place + 1:02d}",
    )  # fmt: skip
    return ProductDraft(title, brand, kind, supplier=f"{kind}供应", lead=place in {0, 1, 8}, variants=(one,))


def _share(price: int, share: float) -> int:
    return round(price * share / 100) * 100


def _gtin(number: int) -> str:
    """The number with its check digit, as thirteen digits."""
    digits = f"{number:012d}"
    return digits + check_digit(digits)


def _article(conn: Connection, code: str) -> int:
    return int(conn.execute(select(variants.c.id).where(variants.c.code == code)).scalar_one())


def _product(conn: Connection, code: str) -> int:
    wanted = select(products.c.id).join(variants, variants.c.product == products.c.id).where(variants.c.code == code)
    return int(conn.execute(wanted).scalar_one())
