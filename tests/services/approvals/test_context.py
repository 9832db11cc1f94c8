"""What stands beside a proposal: of a promotion and of a count each article, with the figures the decision rests on."""

from datetime import timedelta

from app.models.stock import Movement
from app.services.approvals.context import MOST_ARTICLES, Circumstance, circumstances
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.commit import import_products
from app.services.catalog.draft import VariantDraft
from app.services.orders.steps import release_order
from app.services.promotions.promotions import PromotionDraft, propose_promotion
from app.services.publishing.market import MarketNote, NoteKind, note_market
from app.services.stock.counts import begin_count, close_count, enter_count
from app.services.stock.movements import move_stock
from tests.services.catalog.making import BOTTLE, CASE, add, product
from tests.services.orders.making import Crew
from tests.services.stock.making import order, ship


def promote(crew: Crew, prices: dict[str, int]) -> None:
    start = crew.clock.now() + timedelta(days=1)
    propose_promotion(
        crew.planner, PromotionDraft("双十二", "直降", start, start + timedelta(days=1), 0, prices), "竞品"
    )


def told(crew: Crew) -> list[Circumstance]:
    [waiting] = list_proposals(crew.manager, Desk.WAITING)
    return circumstances(crew.manager, waiting.kind, waiting.subject)


def plain(text: str) -> list[str]:
    return text.replace("\N{NO-BREAK SPACE}", " ").split("\n")


def test_a_promotion_tells_of_each_article_what_the_decision_rests_on(any_crew: Crew) -> None:
    crew = any_crew
    add(crew, variants=(BOTTLE, CASE))
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 90)])
    sold = order(crew, 1, {"BJ-1003": 30})
    release_order(crew.manager, sold, "老客户")
    ship(crew, sold)
    today = crew.clock.now().date()
    for name, price in (("酒仙网", 386_00), ("天猫超市", 420_00)):
        note_market(crew.planner, MarketNote(today, NoteKind.PRICE, name, "剑南春", code="BJ-1003", price=price))
    promote(crew, {"BJ-1003": 389_00, "BJ-1003-6": 2_200_00})
    case, bottle = sorted(told(crew), key=lambda one: one.what, reverse=True)
    assert bottle.what == "BJ-1003 剑南春 水晶剑 52度 500ml 单瓶"
    assert plain(bottle.text) == [
        "¥ 409.00 → ¥ 389.00, margin 14.0%, floor price ¥ 380.00",
        "Competitors' average: ¥ 403.00",
        "Competitors: 酒仙网 ¥ 386.00, 天猫超市 ¥ 420.00",
        "Sold in 30 days: 30 pieces",
        "Stock: 60 pieces, for about 60 days",
    ]
    assert plain(case.text) == [
        "¥ 2,388.00 → ¥ 2,200.00, margin 8.8%, floor price –", "Sold in 30 days: 0 pieces", "Stock: 10 pieces",
    ]  # fmt: skip


def test_a_promotion_of_what_has_no_price_yet_says_so(crew: Crew) -> None:
    add(crew, variants=(VariantDraft("A-1"),))
    promote(crew, {"A-1": 50_00})
    [one] = told(crew)
    assert plain(one.text)[0] == "– → ¥ 50.00, margin –, floor price –"


def test_a_count_tells_each_article_that_waits_with_its_explanation(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    codes = {"BJ-1003": 12, "WILD-1": 900, "BJ-1003-6": 5}
    move_stock(crew.specialist, Movement.OPENING, list(codes.items()))
    count = begin_count(crew.packer, list(codes))
    enter_count(crew.packer, count, {"BJ-1003": 10, "WILD-1": 900, "BJ-1003-6": 6})
    close_count(crew.packer, count, {"BJ-1003": "破损两瓶", "BJ-1003-6": "未入账"})
    found = {one.what: plain(one.text) for one in told(crew)}
    assert found == {
        "BJ-1003 剑南春 水晶剑 52度 500ml 单瓶": ["12 by the books, 10 counted: -2, worth ¥ 669.00", "破损两瓶"],
        "BJ-1003-6 剑南春 水晶剑 52度 500ml 整箱6瓶": ["5 by the books, 6 counted: +1, worth ¥ 2,007.00", "未入账"],
    }


def test_of_very_many_articles_the_first_are_told_and_how_many_more_there_are(crew: Crew) -> None:
    goods = tuple(VariantDraft(f"A-{number:03}", price=100_00) for number in range(MOST_ARTICLES + 7))
    import_products(crew.planner, [product(variants=goods)], "多.csv")
    promote(crew, {one.code: 90_00 for one in goods})
    found = told(crew)
    assert (len(found), found[-1].text) == (MOST_ARTICLES + 1, "and 7 more articles")
