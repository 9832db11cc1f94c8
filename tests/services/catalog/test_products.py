"""Products: entered complete, found by everything, changed with before and after, never doubled unseen."""

from dataclasses import replace
from typing import Any

import pytest

from app.errors import PermissionDeniedError
from app.models.catalog import ProductState
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.check import (
    BadPackError,
    BadPriceError,
    BarcodeTakenError,
    CodeTakenError,
    FloorAbovePriceError,
    NamelessProductError,
    NoArticleError,
)
from app.services.catalog.commit import import_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, VariantDraft
from app.services.catalog.duplicates import look_alikes
from app.services.catalog.gtin import CheckDigitError
from app.services.catalog.products import (
    PriceNotProposedError,
    ProductChange,
    ProductChangedError,
    add_product,
    save_product,
)
from app.services.catalog.queue import choices, product_ids, product_rows, shelf_counts
from app.services.catalog.rows import ProductFilter, ProductSort, Shelf
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, add, add_article, change_article, product, put_on_sale
from tests.services.orders.making import Crew


def found(crew: Crew, text: str) -> list[int]:
    return list(product_ids(crew.clerk, ProductFilter(text=text)))


def test_an_article_without_prices_has_no_history_of_them(crew: Crew) -> None:
    number = add(crew, variants=(VariantDraft("A-1"), VariantDraft("A-2", cost=9_90)))
    assert [(point.code, point.cost) for point in product_detail(crew.clerk, number).prices] == [("A-2", 9_90)]


def test_a_product_is_entered_and_not_yet_on_sale(any_crew: Crew) -> None:
    crew = any_crew
    number = add(crew)
    [row] = product_rows(crew.clerk, [number])
    assert (row.name, row.state, row.articles) == ("剑南春 水晶剑 52度 500ml", ProductState.DRAFT, 2)
    assert (row.code, row.price, row.highest, row.cost, row.floor) == ("BJ-1003", 409_00, 2_388_00, 334_50, 380_00)
    assert row.margin == pytest.approx(0.182, abs=0.001)
    detail = product_detail(crew.clerk, number)
    assert (detail.degree, detail.volume, detail.origin) == (520, 500, "四川绵竹")
    assert [one.pack_of for one in detail.articles] == ["", "BJ-1003"]
    assert detail.articles[0].barcodes == (("6901234567892", 1),)
    assert verify(crew.lead).ok


@pytest.mark.parametrize("text", ["水晶", "jnc", "剑南春", "BJ-1003", "6901234567892", "7892", "白酒", "川酒", "绵竹"])
def test_a_product_is_found_by(any_crew: Crew, text: str) -> None:
    number = add(any_crew)
    add(
        any_crew,
        name="西湖龙井",
        brand="狮峰",
        kind="茶叶",
        origin="杭州",
        supplier="浙茶",
        variants=(VariantDraft("CY-1"),),
    )
    assert found(any_crew, text) == [number]


def test_what_is_not_there_is_not_found(any_crew: Crew) -> None:
    add(any_crew)
    assert found(any_crew, "茅台") == []
    assert found(any_crew, "!!") == []


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": "  "}, NamelessProductError),
        ({"name": "酒" * 201}, NamelessProductError),
        ({"variants": ()}, NoArticleError),
        ({"variants": (VariantDraft(" "),)}, NoArticleError),
        ({"variants": (BOTTLE, BOTTLE)}, CodeTakenError),
        ({"variants": (BOTTLE, VariantDraft("X", barcodes=BOTTLE.barcodes))}, BarcodeTakenError),
        ({"variants": (replace(BOTTLE, price=-1),)}, BadPriceError),
        ({"variants": (replace(BOTTLE, cost=10**14),)}, BadPriceError),
        ({"variants": (replace(BOTTLE, floor=500_00),)}, FloorAbovePriceError),
        ({"variants": (CASE,)}, BadPackError),
        ({"variants": (BOTTLE, replace(CASE, pack_size=1))}, BadPackError),
        ({"variants": (replace(BOTTLE, pack_of="BJ-1003", pack_size=6),)}, BadPackError),
    ],
)
def test_a_senseless_product_is_not_entered(crew: Crew, changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        add(crew, **changes)
    assert shelf_counts(crew.clerk)[Shelf.ALL] == 0


def test_codes_and_barcodes_belong_to_one_article(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    with pytest.raises(CodeTakenError):
        add(crew, name="另一款", variants=(VariantDraft("BJ-1003"),))
    with pytest.raises(BarcodeTakenError):
        add(crew, name="另一款", variants=(VariantDraft("BJ-2", barcodes=(BarcodeDraft("6901234567892"),)),))


def test_a_mistyped_barcode_is_refused_and_a_shops_own_code_is_not(crew: Crew) -> None:
    with pytest.raises(CheckDigitError, match="would be 2"):
        add(crew, variants=(VariantDraft("BJ-2", barcodes=(BarcodeDraft("6901234567890"),)),))
    number = add(
        crew, variants=(VariantDraft("BJ-2", barcodes=(BarcodeDraft("00017"), BarcodeDraft("2001234500001"))),)
    )
    assert found(crew, "00017") == [number]


def test_changes_are_on_record_and_change_what_is_found(any_crew: Crew) -> None:
    crew = any_crew
    number = add(crew)
    seen = product_detail(crew.clerk, number)
    fields = {"name": "剑南春 新水晶剑", "texts": {"tmall": "送礼佳品"}}
    save_product(crew.specialist, ProductChange(number, seen.last_seq, fields))
    with pytest.raises(ProductChangedError):
        save_product(crew.planner, ProductChange(number, seen.last_seq, {"brand": "别的"}))
    detail = product_detail(crew.clerk, number)
    assert (detail.row.name, detail.texts) == ("剑南春 新水晶剑", {"tmall": "送礼佳品"})
    assert "新水晶剑" in detail.history[0].sentence
    assert (found(crew, "新水"), found(crew, "水晶剑 52")) == ([number], [])
    one = seen.articles[0]
    change_article(crew.specialist, number, one, {"barcodes": [["6909999999996", 6]], "shelf": "B-01"})
    assert (found(crew, "6909999999996"), found(crew, "6901234567892")) == ([number], [])
    assert verify(crew.lead).ok


def test_an_articles_price_is_not_changed_past_the_approval(crew: Crew) -> None:
    number = add(crew)
    one = product_detail(crew.clerk, number).articles[0]
    with pytest.raises(ValueError, match="price"):
        change_article(crew.specialist, number, one, {"price": 1})


def test_a_cost_is_noted_and_stands_in_the_price_history(any_crew: Crew) -> None:
    crew = any_crew
    number = add(crew)
    one = product_detail(crew.clerk, number).articles[0]
    change_article(crew.specialist, number, one, cost=350_00)
    detail = product_detail(crew.clerk, number)
    assert detail.articles[0].cost == 350_00
    assert [(point.code, point.cost) for point in detail.prices[:1]] == [("BJ-1003", 350_00)]
    assert verify(crew.lead).ok


def test_another_article_joins(any_crew: Crew) -> None:
    crew = any_crew
    number = add(crew)
    add_article(crew.specialist, number, VariantDraft("BJ-1003-2", "双支装", pack_of="BJ-1003", pack_size=2))
    assert [one.code for one in product_detail(crew.clerk, number).articles] == ["BJ-1003", "BJ-1003-6", "BJ-1003-2"]
    assert found(crew, "双支") == [number]


@pytest.mark.parametrize("currency", ["USD", "JPY"])
def test_a_new_article_is_in_the_products_own_currency(any_crew: Crew, currency: str) -> None:
    crew = any_crew
    number = add(crew, currency=currency)
    seen = product_detail(crew.clerk, number).last_seq
    save_product(crew.specialist, ProductChange(number, seen, {}, added=(VariantDraft("BJ-1003-2", price=800),)))
    add_article(crew.specialist, number, VariantDraft("BJ-1003-3", price=900))
    told = [(one.code, one.currency) for one in product_detail(crew.clerk, number).articles]
    assert told[2:] == [("BJ-1003-2", currency), ("BJ-1003-3", currency)]
    assert verify(crew.lead).ok


def listed(crew: Crew) -> int:
    number = add(crew)
    put_on_sale(crew, number)
    return number


@pytest.mark.parametrize("prices", [{"price": 800_00}, {"floor": 700_00}])
def test_the_price_of_a_new_article_of_what_is_on_sale_is_the_planners(crew: Crew, prices: dict[str, Any]) -> None:
    number = listed(crew)
    pair = VariantDraft("BJ-1003-2", "双支装", pack_of="BJ-1003", pack_size=2, **prices)
    seen = product_detail(crew.clerk, number)
    with pytest.raises(PriceNotProposedError, match=r"planner.*BJ-1003-2"):
        add_article(crew.specialist, number, pair)
    with pytest.raises(PriceNotProposedError):
        save_product(crew.specialist, ProductChange(number, seen.last_seq, {"origin": "四川"}, added=(pair,)))
    assert product_detail(crew.clerk, number) == seen
    add_article(crew.specialist, number, replace(pair, price=None, floor=None))
    add_article(crew.planner, number, replace(pair, code="BJ-1003-3"))
    assert [one.title for one in list_proposals(crew.manager, Desk.MINE)] == [seen.row.name]


def test_a_product_that_was_never_on_sale_gets_its_prices_from_who_enters_it(crew: Crew) -> None:
    number = add(crew)
    add_article(crew.specialist, number, VariantDraft("BJ-1003-2", "双支装", price=800_00))
    assert [one.price for one in product_detail(crew.specialist, number).articles][-1:] == [800_00]
    assert list_proposals(crew.manager, Desk.WAITING) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"variants": (replace(BOTTLE, code="BJ-7"),), "name": "完全不同"}, "barcode"),
        ({"variants": (VariantDraft("BJ-7", barcodes=(BarcodeDraft("06901234567892"),)),), "name": "不同"}, "barcode"),
        ({"variants": (VariantDraft("BJ-7"),), "name": "剑南春水晶剑52°500ML"}, "name"),
    ],
)
def test_a_double_is_warned_of(crew: Crew, changes: dict[str, Any], why: str) -> None:
    number = add(crew)
    [double] = look_alikes(crew.specialist, product(**changes))
    assert (double.product, double.why) == (number, why)


def test_what_only_begins_alike_is_no_double(crew: Crew) -> None:
    add(crew, name="剑南春 水晶剑")
    other = product(variants=(VariantDraft("BJ-7"),), name="剑南春 金剑南")
    smaller = product(variants=(VariantDraft("BJ-7"),), name="剑南春水晶剑", volume=250)
    assert look_alikes(crew.specialist, other) == look_alikes(crew.specialist, smaller) == []


@pytest.mark.parametrize("known", [{}, {"degree": None}, {"volume": None}, {"degree": None, "volume": None}])
@pytest.mark.parametrize("said", [{}, {"degree": None}, {"volume": None}, {"degree": None, "volume": None}])
def test_what_is_not_known_on_either_side_is_no_difference(
    crew: Crew, known: dict[str, Any], said: dict[str, Any]
) -> None:
    number = add(crew, **known)
    written_otherwise = product(variants=(VariantDraft("BJ-7"),), name="剑南春水晶剑52°500毫升", **said)
    assert [one.product for one in look_alikes(crew.specialist, written_otherwise)] == [number]


def test_the_same_name_letter_for_letter_is_always_found(any_crew: Crew) -> None:
    crew = any_crew
    many = [product(name=f"剑南春 {n}", variants=(VariantDraft(f"J-{n}"),)) for n in range(600)]
    import_products(crew.planner, many, "多.csv")
    number = add(crew)
    for changes in ({}, {"degree": 380}, {"volume": 250}, {"name": " 剑南春 水晶剑 52度 500ml "}):
        again = product(**({"variants": (VariantDraft("BJ-7"),)} | changes))
        assert [one.product for one in look_alikes(crew.specialist, again)] == [number]


def test_lists_are_filtered_and_sorted(any_crew: Crew) -> None:
    crew = any_crew
    cheap = add(crew, name="黑木耳", kind="干货", brand="", lead=True, variants=(VariantDraft("GH-1", price=39_00),))
    dear = add(crew)
    unpriced = add(crew, name="样品", kind="干货", brand="", variants=(VariantDraft("YP-1"),))

    def ids(sort: ProductSort, *, descending: bool, **wanted: Any) -> list[int]:
        return list(product_ids(crew.clerk, ProductFilter(**wanted), sort, descending))

    assert ids(ProductSort.PRICE, descending=False) == [cheap, dear, unpriced]
    assert ids(ProductSort.PRICE, descending=True) == [dear, cheap, unpriced]
    assert ids(ProductSort.NEWEST, descending=True, kind="干货") == [unpriced, cheap]
    assert ids(ProductSort.NEWEST, descending=True, shelf=Shelf.LEAD) == [cheap]
    assert choices(crew.clerk)["kind"] == sorted({"干货", "白酒"})
    counts = shelf_counts(crew.clerk)
    assert (counts[Shelf.ALL], counts[Shelf.DRAFT], counts[Shelf.LISTED], counts[Shelf.LEAD]) == (3, 3, 0, 1)


def test_who_may_not_is_refused(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        add_product(crew.clerk, product())
