"""Importing products: new, changed, unchanged, rejected; prices of what is on sale wait for approval."""

from dataclasses import replace

import pytest

from app.models.approvals import ProposalState
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.catalog.commit import import_products, preview_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.queue import product_ids, shelf_counts
from app.services.catalog.rows import ProductFilter, Shelf
from app.services.intake.draft import Reject
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, product
from tests.services.orders.making import Crew

FILE = "商品.csv"
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
    wanted = propose(crew.specialist, ProposalDraft("listing", number, "剑南春", {}, "上新"))
    approve(crew.manager, wanted, proposal_detail(crew.manager, wanted).row.last_seq)
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


def test_what_breaks_off_leaves_nothing(file_crew: Crew) -> None:
    crew = file_crew

    def broken() -> object:
        yield from drafts(2_500)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_products(crew.specialist, broken(), FILE)  # type: ignore[arg-type]
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 0
    assert verify(crew.lead).ok
