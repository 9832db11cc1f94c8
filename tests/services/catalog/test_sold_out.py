"""Delisting by itself (rule P3): when nothing is left, whoever took the last one; never on a guess."""

import pytest

from app.models.catalog import ProductState
from app.models.stock import Movement
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import VariantDraft
from app.services.catalog.queue import shelf_counts
from app.services.catalog.rows import Shelf
from app.services.intake.draft import LineDraft
from app.services.stock.movements import move_stock
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, add, put_on_sale
from tests.services.orders.making import Crew, accept, draft


def state(crew: Crew, product: int) -> tuple[ProductState, str]:
    row = product_detail(crew.clerk, product).row
    return row.state, row.why


def buy(crew: Crew, code: str, quantity: int, number: int = 1) -> None:
    line = LineDraft(code, "剑南春 水晶剑", "单瓶", quantity, 409_00, quantity * 409_00)
    accept(crew, [draft(number, lines=(line,), payable=quantity * 409_00, paid=quantity * 409_00)])


def test_the_order_that_takes_the_last_one_takes_it_off_sale(any_crew: Crew) -> None:
    crew = any_crew
    product = add(crew, variants=(BOTTLE,))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 5)])
    buy(crew, "BJ-1003", 4)
    assert state(crew, product) == (ProductState.LISTED, "")
    buy(crew, "BJ-1003", 1, number=2)
    assert state(crew, product) == (ProductState.DELISTED, "zero")
    assert "nothing left" in product_detail(crew.clerk, product).history[0].sentence
    assert verify(crew.lead).ok


def test_packs_use_up_the_single_bottles(crew: Crew) -> None:
    product = add(crew, variants=(BOTTLE, CASE))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 12)])
    buy(crew, "BJ-1003-6", 2)
    assert state(crew, product) == (ProductState.DELISTED, "zero")


def test_scrap_may_take_the_last_one_too(crew: Crew) -> None:
    product = add(crew, variants=(BOTTLE,))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 2)])
    move_stock(crew.specialist, Movement.SCRAP, [("BJ-1003", 2)], "破损")
    assert state(crew, product) == (ProductState.DELISTED, "zero")


def test_back_on_sale_is_a_proposal(crew: Crew) -> None:
    product = add(crew, variants=(BOTTLE,))
    put_on_sale(crew, product)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 1)])
    buy(crew, "BJ-1003", 1)
    move_stock(crew.specialist, Movement.RECEIPT, [("BJ-1003", 10)])
    assert state(crew, product) == (ProductState.DELISTED, "zero")
    put_on_sale(crew, product)
    assert state(crew, product) == (ProductState.LISTED, "")


@pytest.mark.parametrize("kept", [(), (("BJ-1003", 1),)])
def test_what_is_not_counted_is_not_known_to_be_gone(crew: Crew, kept: tuple[tuple[str, int], ...]) -> None:
    other = VariantDraft("BJ-1004", "双支", price=800_00)
    product = add(crew, variants=(BOTTLE, other))
    put_on_sale(crew, product)
    if kept:
        move_stock(crew.specialist, Movement.OPENING, list(kept))
    buy(crew, "BJ-1003", 1)
    assert state(crew, product) == (ProductState.LISTED, "")
    assert shelf_counts(crew.clerk)[Shelf.DELISTED] == 0
