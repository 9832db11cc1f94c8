"""What somebody has to get: sold out or promised beyond what is there, on sale or not any more (rules P3, P8)."""

from app.models.catalog import ProductState
from app.models.stock import Movement
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import VariantDraft
from app.services.catalog.queue import product_ids, product_rows, shelf_counts
from app.services.catalog.rows import ProductFilter, Shelf
from app.services.stock.movements import move_stock
from tests.services.approvals.making import agree
from tests.services.catalog.making import BOTTLE, CASE, add, change_article, put_on_sale
from tests.services.orders.making import Crew
from tests.services.stock.making import order


def stocked(crew: Crew, pieces: int, *, listed: bool = True, code: str = "A-1") -> int:
    product = add(crew, name=f"酒 {code}", variants=(VariantDraft(code, price=99_00),))
    if listed:
        put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [(code, pieces)])
    return product


def scarce(crew: Crew) -> list[int]:
    found = list(product_ids(crew.clerk, ProductFilter(shelf=Shelf.SCARCE)))
    assert shelf_counts(crew.clerk)[Shelf.SCARCE] == len(found)
    return found


def test_what_went_off_sale_by_itself_is_to_be_got_until_it_is_there_again(any_crew: Crew) -> None:
    crew = any_crew
    product = stocked(crew, 5)
    assert scarce(crew) == []
    order(crew, 1, {"A-1": 5})
    [row] = product_rows(crew.clerk, [product])
    assert (row.state, row.available, scarce(crew)) == (ProductState.DELISTED, 0, [product])
    move_stock(crew.specialist, Movement.RECEIPT, [("A-1", 3)])
    assert scarce(crew) == []


def test_more_promised_than_there_is_stays_on_the_list_when_it_goes_off_sale(any_crew: Crew) -> None:
    crew = any_crew
    product = stocked(crew, 5)
    order(crew, 1, {"A-1": 9})
    [row] = product_rows(crew.clerk, [product])
    assert (row.state, row.available, scarce(crew)) == (ProductState.DELISTED, -4, [product])


def test_what_was_taken_off_for_another_reason_is_only_owed(crew: Crew) -> None:
    gone, owed = stocked(crew, 5), stocked(crew, 5, code="A-2")
    for product in (gone, owed):
        agree(crew.manager, propose(crew.specialist, ProposalDraft("delisting", product, "剑南春", {}, "决定")))
    order(crew, 1, {"A-1": 5, "A-2": 6})
    assert scarce(crew) == [owed]


def test_what_was_never_on_sale_is_not_wanted(crew: Crew) -> None:
    stocked(crew, 1, listed=False)
    order(crew, 1, {"A-1": 1})
    assert scarce(crew) == []


def test_packs_that_are_made_of_what_is_there_are_not_gone(any_crew: Crew) -> None:
    crew = any_crew
    product = add(crew, variants=(BOTTLE, CASE))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 30)])
    order(crew, 1, {"BJ-1003-6": 4})
    assert scarce(crew) == []
    order(crew, 2, {"BJ-1003": 6})
    assert scarce(crew) == [product]


def test_what_is_not_kept_is_not_known_to_be_gone(crew: Crew) -> None:
    product = add(crew, variants=(BOTTLE,))
    put_on_sale(crew, product)
    order(crew, 1, {"BJ-1003": 3})
    assert scarce(crew) == []


def test_one_article_that_is_gone_is_enough_where_it_is_in_use(any_crew: Crew) -> None:
    crew = any_crew
    product = add(crew, variants=(BOTTLE, VariantDraft("BJ-1003-G", "礼盒", price=500_00)))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 9), ("BJ-1003-G", 1)])
    order(crew, 1, {"BJ-1003-G": 1})
    assert scarce(crew) == [product]
    box = product_detail(crew.clerk, product).articles[1]
    change_article(crew.specialist, product, box, {"active": 0})
    assert scarce(crew) == []
