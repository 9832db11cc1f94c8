"""Importing products: new, changed, unchanged, rejected; prices of what is on sale wait for approval."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.models.approvals import ProposalState
from app.models.catalog import ProductState
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.commit import Takeover, TakeoverError, import_products, preview_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.queue import product_ids, product_rows, shelf_counts
from app.services.catalog.rows import ProductFilter, Shelf
from app.services.intake.draft import Reject
from app.services.promotions.promotions import PromotionDraft, propose_promotion
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, product, put_on_sale
from tests.services.orders.making import Crew

FILE = "商品.csv"
ALL = ProductFilter()
TEA = ProductDraft("西湖龙井 明前", "狮峰", "茶叶", variants=(VariantDraft("CY-1", price=268_00),), row=3)


def drafts(count: int) -> list[ProductDraft]:
    return [
        product(
            name=f"酒 {number}", row=number, variants=(VariantDraft(f"BJ-{number}", cost=1_00, price=9_00 + number),)
        )
        for number in range(2, count + 2)
    ]


def on_sale(crew: Crew) -> int:
    """Import the bottle and put it on sale."""
    import_products(crew.planner, [product(row=2)], FILE)
    [number] = product_ids(crew.clerk, ProductFilter())
    put_on_sale(crew, number)
    return number


def test_the_second_import_changes_nothing(any_crew: Crew) -> None:
    crew = any_crew
    wanted = [product(row=2), TEA, *drafts(30)]
    assert preview_products(crew.specialist, wanted).kinds == {"new": 32}
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 0
    assert import_products(crew.specialist, wanted, FILE).kinds == {"new": 32}
    for result in (preview_products(crew.specialist, wanted), import_products(crew.specialist, wanted, FILE)):
        assert result.kinds == {"unchanged": 32}
        assert not result.rejects
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 32
    assert verify(crew.lead).ok


def test_a_changed_row_changes_what_it_says_and_nothing_else(any_crew: Crew) -> None:
    crew = any_crew
    import_products(crew.specialist, [product(row=2)], FILE)
    bottle = replace(BOTTLE, shelf="C-09", cost=300_00, price=399_00)
    changed = ProductDraft(
        "剑南春 水晶剑 52度 500ml", origin="四川", variants=(bottle, VariantDraft("BJ-1003-2")), row=2
    )
    result = import_products(crew.specialist, [changed], FILE)
    assert result.kinds == {"changed": 1}
    assert set(result.samples[0].changes) == {"origin", "shelf", "cost", "price", "BJ-1003-2"}
    [number] = product_ids(crew.clerk, ProductFilter())
    detail = product_detail(crew.clerk, number)
    assert (detail.origin, detail.supplier, detail.row.brand) == ("四川", "川酒贸易", "剑南春")
    assert [one.code for one in detail.articles] == ["BJ-1003", "BJ-1003-6", "BJ-1003-2"]
    assert (detail.articles[0].shelf, detail.articles[0].cost, detail.articles[0].price) == ("C-09", 300_00, 399_00)
    assert verify(crew.lead).ok


def test_another_price_of_what_is_on_sale_becomes_a_proposal(any_crew: Crew) -> None:
    crew = any_crew
    number = on_sale(crew)
    dearer = product(row=2, variants=(replace(BOTTLE, price=429_00, cost=340_00), CASE))
    assert preview_products(crew.planner, [dearer]).proposed == 1
    assert import_products(crew.planner, [dearer], FILE).proposed == 1
    one = product_detail(crew.clerk, number).articles[0]
    assert (one.price, one.cost) == (409_00, 340_00)
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert (waiting.kind, waiting.state) == ("price", ProposalState.WAITING)
    assert import_products(crew.planner, [dearer], FILE).proposed == 0  # it waits already
    approve(crew.manager, waiting.id, waiting.last_seq)
    assert product_detail(crew.clerk, number).articles[0].price == 429_00
    assert verify(crew.lead).ok


def test_who_does_not_propose_prices_is_told_that_they_stay(crew: Crew) -> None:
    number = on_sale(crew)
    result = import_products(crew.specialist, [product(row=2, variants=(replace(BOTTLE, price=429_00), CASE))], FILE)
    assert [reject.row for reject in result.rejects] == [2]
    assert product_detail(crew.clerk, number).articles[0].price == 409_00
    assert list_proposals(crew.manager, Desk.WAITING) == []


def test_a_price_below_its_floor_stays_and_does_not_stop_the_rest(crew: Crew) -> None:
    number = on_sale(crew)
    cheap = product(row=2, variants=(replace(BOTTLE, price=300_00, floor=None), CASE))
    for result in (preview_products(crew.planner, [cheap, TEA]), import_products(crew.planner, [cheap, TEA], FILE)):
        assert (dict(result.kinds), result.proposed) == ({"changed": 1, "new": 1}, 0)
        assert [reject.row for reject in result.rejects] == [2]
        assert "380.00" in result.rejects[0].reason
    assert product_detail(crew.clerk, number).articles[0].price == 409_00


def test_a_price_that_contradicts_a_promotion_stays_and_does_not_stop_the_rest(crew: Crew) -> None:
    on_sale(crew)
    start = crew.clock.now() + timedelta(days=1)
    draft = PromotionDraft("双十二", "直降", start, start + timedelta(days=1), 0, {"BJ-1003": 389_00})
    propose_promotion(crew.planner, draft, "竞品")
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    approve(crew.manager, waiting.id, waiting.last_seq)
    cheap = product(row=2, variants=(replace(BOTTLE, price=385_00), CASE))
    result = import_products(crew.planner, [cheap, TEA], FILE)
    assert (dict(result.kinds), result.proposed) == ({"changed": 1, "new": 1}, 0)
    assert "双十二" in result.rejects[0].reason


def test_a_priced_new_article_of_what_is_on_sale_comes_in_without_its_price(crew: Crew) -> None:
    number = on_sale(crew)
    wider = product(row=2, variants=(BOTTLE, CASE, VariantDraft("BJ-1003-2", "双支", price=800_00)))
    assert len(preview_products(crew.specialist, [wider, TEA]).rejects) == 1
    result = import_products(crew.specialist, [wider, TEA], FILE)
    assert (dict(result.kinds), result.proposed) == ({"changed": 1, "new": 1}, 0)
    assert ["planner" in reject.reason for reject in result.rejects] == [True]
    assert [one.price for one in product_detail(crew.clerk, number).articles] == [BOTTLE.price, CASE.price, None]


@pytest.mark.parametrize(
    "bad",
    [
        replace(TEA, name=""),
        replace(TEA, variants=()),
        replace(TEA, variants=(VariantDraft("CY-1", price=1_00, floor=2_00),)),
        replace(TEA, variants=(VariantDraft("BJ-1003"),)),  # stands in the file twice
        replace(TEA, variants=(VariantDraft("CY-2", barcodes=BOTTLE.barcodes),)),
    ],
)
def test_one_bad_row_does_not_stop_the_rest(crew: Crew, bad: ProductDraft) -> None:
    good = [product(row=2), bad, *drafts(3)]
    result = import_products(crew.specialist, [*good, Reject(99, "unreadable")], FILE)
    assert result.kinds == {"new": 4}
    assert [reject.row for reject in result.rejects] == [99, 3] or [reject.row for reject in result.rejects] == [3, 99]
    assert all(reject.reason for reject in result.rejects)


def test_articles_of_two_products_are_not_joined_by_a_file(crew: Crew) -> None:
    import_products(crew.specialist, [product(row=2), TEA], FILE)
    both = replace(TEA, variants=(VariantDraft("CY-1"), VariantDraft("BJ-1003")))
    result = import_products(crew.specialist, [both], FILE)
    assert (result.kinds, len(result.rejects)) == ({}, 1)


def test_a_barcode_of_another_article_is_not_taken_over(crew: Crew) -> None:
    import_products(crew.specialist, [product(row=2), TEA], FILE)
    thief = replace(TEA, variants=(VariantDraft("CY-1", barcodes=(BarcodeDraft("6901234567892"),)),))
    result = import_products(crew.specialist, [thief], FILE)
    assert len(result.rejects) == 1
    assert "BJ-1003" in result.rejects[0].reason


@pytest.mark.parametrize("thief", ["A-2", "CY-9"], ids=["in the catalog", "new"])
def test_a_barcode_that_another_scanner_gives_otherwise_is_the_same(crew: Crew, thief: str) -> None:
    owner = product(name="甲", variants=(VariantDraft("A-1", barcodes=(BarcodeDraft("012345678905"),)),), row=2)
    import_products(crew.specialist, [owner, product(name="乙", variants=(VariantDraft("A-2"),), row=3)], FILE)
    taken = product(name="丙", variants=(VariantDraft(thief, barcodes=(BarcodeDraft("0012345678905", 6),)),), row=4)
    for result in (preview_products(crew.specialist, [taken]), import_products(crew.specialist, [taken], FILE)):
        assert (dict(result.kinds), [one.row for one in result.rejects]) == ({}, [4])
        assert "A-1" in result.rejects[0].reason


def test_one_item_stands_once_in_a_file_and_its_own_row_changes_nothing(crew: Crew) -> None:
    upc, ean = BarcodeDraft("012345678905"), BarcodeDraft("0012345678905")
    first = product(name="甲", variants=(VariantDraft("A-1", barcodes=(upc,)),), row=2)
    second = product(name="乙", variants=(VariantDraft("A-2", barcodes=(ean,)),), row=3)
    result = import_products(crew.specialist, [first, second], FILE)
    assert (dict(result.kinds), [one.row for one in result.rejects]) == ({"new": 1}, [3])
    again = product(name="甲", variants=(VariantDraft("A-1", barcodes=(ean,)),), row=2)
    assert import_products(crew.specialist, [again], FILE).kinds == {"unchanged": 1}


def test_prices_in_another_currency_are_refused_and_not_compared_by_their_number(any_crew: Crew) -> None:
    crew = any_crew
    dollars = product(row=2, variants=(replace(BOTTLE, price=409_00),), currency="USD")
    import_products(crew.specialist, [dollars], FILE)
    wider = (BOTTLE, VariantDraft("BJ-1003-2", price=800_00))
    for variants in ((BOTTLE,), (replace(BOTTLE, price=399_00),), (replace(BOTTLE, price=None), wider[1])):
        wanted = [replace(dollars, variants=variants, currency="EUR"), TEA]
        for result in (preview_products(crew.planner, wanted), import_products(crew.planner, wanted, FILE)):
            assert [reject.row for reject in result.rejects] == [2]
            assert "USD" in result.rejects[0].reason
            assert "EUR" in result.rejects[0].reason
    [number] = product_ids(crew.clerk, ProductFilter(text="BJ-1003"))
    assert [(one.price, one.currency) for one in product_detail(crew.clerk, number).articles] == [(409_00, "USD")]
    assert import_products(crew.planner, [replace(dollars, variants=wider)], FILE).kinds == {"changed": 1}
    assert verify(crew.lead).ok


def test_a_file_without_prices_has_no_currency_to_contradict(crew: Crew) -> None:
    import_products(crew.specialist, [product(row=2, variants=(BOTTLE,), currency="USD")], FILE)
    shelves = product(row=2, variants=(VariantDraft("BJ-1003", shelf="D-1"), VariantDraft("BJ-1003-2")))
    result = import_products(crew.specialist, [shelves], FILE)
    assert (dict(result.kinds), result.rejects) == ({"changed": 1}, [])
    [number] = product_ids(crew.clerk, ALL)
    articles = product_detail(crew.clerk, number).articles
    assert [(one.shelf, one.currency) for one in articles] == [("D-1", "USD"), ("", "USD")]


def test_what_breaks_off_leaves_nothing(file_crew: Crew) -> None:
    crew = file_crew

    def broken() -> object:
        yield from drafts(2_500)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_products(crew.specialist, broken(), FILE)  # type: ignore[arg-type]
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 0
    assert verify(crew.lead).ok


def test_an_office_takes_over_what_is_on_sale_with_its_stock(any_crew: Crew) -> None:
    crew = any_crew
    sold = product(variants=(VariantDraft("T-1", price=100, stock=12),), listed=True, name="甲")
    gone = product(variants=(VariantDraft("T-2", price=100, stock=0),), listed=True, name="乙")
    kept = product(variants=(VariantDraft("T-3", price=100, stock=5),), name="丙")
    drafts = [sold, gone, kept]
    assert preview_products(crew.manager, drafts).on_sale == 2
    with pytest.raises(TakeoverError):
        import_products(crew.planner, drafts, "旧系统.xls", Takeover.MARKED)
    done = import_products(crew.manager, drafts, "旧系统.xls", Takeover.MARKED)
    assert (done.kinds["new"], done.opened) == (3, 3)
    states = {row.code: (row.state, row.available) for row in product_rows(crew.clerk, product_ids(crew.clerk, ALL))}
    assert states == {
        "T-1": (ProductState.LISTED, 12),
        "T-2": (ProductState.DRAFT, 0),
        "T-3": (ProductState.DRAFT, 5),
    }
    again = import_products(crew.manager, drafts, "旧系统.xls", Takeover.ALL)
    assert (again.kinds["unchanged"], again.opened) == (3, 0)
    assert verify(crew.lead).ok


def test_a_new_article_of_what_is_on_sale_waits_with_its_price(crew: Crew) -> None:
    import_products(crew.manager, [product(variants=(BOTTLE,))], "a.csv", Takeover.ALL)
    wider = product(variants=(BOTTLE, VariantDraft("BJ-1003-2", "双支", price=800_00)))
    done = import_products(crew.planner, [wider], "b.csv")
    assert (done.kinds["changed"], done.proposed) == (1, 1)
    [number] = product_ids(crew.clerk, ALL)
    assert [one.price for one in product_detail(crew.clerk, number).articles] == [BOTTLE.price, None]
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert (waiting.kind, waiting.reason) == ("price", "Import of b.csv")


def test_a_pack_of_what_nobody_knows_is_refused(crew: Crew) -> None:
    lost = product(variants=(VariantDraft("P-6", pack_of="NOWHERE", pack_size=6),))
    done = import_products(crew.planner, [lost], "a.csv")
    assert (done.kinds["new"], len(done.rejects)) == (0, 1)
    assert "NOWHERE" in done.rejects[0].reason


def test_a_mistyped_barcode_rejects_its_product_only(crew: Crew) -> None:
    wrong = product(name="甲", variants=(VariantDraft("A", barcodes=(BarcodeDraft("6901234567890"),)),))
    done = import_products(crew.planner, [wrong, product(name="乙", variants=(VariantDraft("B"),))], "a.csv")
    assert (done.kinds["new"], [one.source_number for one in done.rejects]) == (1, ["A"])
