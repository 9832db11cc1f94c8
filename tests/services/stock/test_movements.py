"""Moving stock by hand: what may be booked, and what an article's history says."""

import pytest

from app.errors import AppError, PermissionDeniedError
from app.models.stock import Movement
from app.services.reasons import ReasonNeededError
from app.services.stock.movements import (
    MovedByItselfError,
    NoCodeError,
    NoLinesError,
    NotEnoughError,
    OpenedError,
    QuantityError,
    move_stock,
    stock_history,
    stock_rows,
)
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.stock.making import A, B, order, ship, table


def test_stock_comes_and_goes(any_crew: Crew) -> None:
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 10), (B, 4)])
    move_stock(crew.packer, Movement.RECEIPT, [(A, 6), (A, 2)], ref="进货单 17")
    move_stock(crew.packer, Movement.RETURN, [(B, 1)])
    move_stock(crew.packer, Movement.SCRAP, [(B, 2)], "瓶裂")
    move_stock(crew.packer, Movement.CORRECTION, [(A, -3), (B, 1)], "记错")
    assert table(crew) == {A: (15, 0), B: (4, 0)}
    assert verify(crew.program).ok


def test_a_sale_is_the_orders_own_entry(any_crew: Crew) -> None:
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 10)])
    one = order(crew, 1, {A: 3})
    assert table(crew) == {A: (10, 3)}
    ship(crew, one)
    assert table(crew) == {A: (7, 0)}
    sale, opening = stock_history(crew.clerk, A)
    assert (sale.kind, sale.quantity, sale.order, sale.person) == (Movement.SALE, -3, one, "吴迪")
    assert sale.number.endswith("-0001")
    assert (opening.kind, opening.quantity, opening.order) == (Movement.OPENING, 10, None)


def test_history_tells_what_was_there_after_each_movement(any_crew: Crew) -> None:
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 10), (B, 4)])
    ship(crew, order(crew, 1, {A: 3}))
    move_stock(crew.packer, Movement.SCRAP, [(A, 2)], "碎")
    assert [(one.quantity, one.running) for one in stock_history(crew.clerk, A)] == [(-2, 5), (-3, 7), (10, 10)]
    assert [one.running for one in stock_history(crew.clerk, A, 2)] == [5, 7]
    assert [one.running for one in stock_history(crew.clerk, B)] == [4]


def test_history_tells_the_reason_and_the_paper(crew: Crew) -> None:
    move_stock(crew.packer, Movement.RECEIPT, [(A, 6)], "晚到", "进货单 17")
    assert [(one.note, one.ref) for one in stock_history(crew.clerk, A)] == [("晚到", "进货单 17")]


@pytest.mark.parametrize(
    ("kind", "lines", "note", "error"),
    [
        (Movement.SCRAP, [(A, 1)], " ", ReasonNeededError),
        (Movement.CORRECTION, [(A, 1)], "", ReasonNeededError),
        (Movement.SCRAP, [(A, 11)], "碎", NotEnoughError),
        (Movement.CORRECTION, [(A, -11)], "错", NotEnoughError),
        (Movement.CORRECTION, [(B, -1)], "错", NotEnoughError),
        (Movement.CORRECTION, [(A, 1), (A, -1)], "错", QuantityError),
        (Movement.RECEIPT, [(A, 0)], "", QuantityError),
        (Movement.RECEIPT, [(A, -1)], "", QuantityError),
        (Movement.RECEIPT, [(A, 3), (A, -1)], "", QuantityError),
        (Movement.RECEIPT, [(A, 1.5)], "", QuantityError),
        (Movement.RECEIPT, [(A, 10_000_001)], "", QuantityError),
        (Movement.RECEIPT, [(" ", 1)], "", NoCodeError),
        (Movement.RECEIPT, [("a\x00b", 1)], "", NoCodeError),
        (Movement.RECEIPT, [], "", NoLinesError),
        (Movement.OPENING, [(A, 5)], "", OpenedError),
        (Movement.SALE, [(A, 1)], "", MovedByItselfError),
        (Movement.COUNT, [(A, 1)], "", MovedByItselfError),
    ],
)
def test_what_is_not_booked(
    crew: Crew, kind: Movement, lines: list[tuple[str, int]], note: str, error: type[AppError]
) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 10)])
    with pytest.raises(error) as raised:
        move_stock(crew.packer, kind, lines, note)
    assert error is not NotEnoughError or lines[0][0] in str(raised.value)
    assert table(crew) == {A: (10, 0)}


def test_only_who_may_moves(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        move_stock(crew.clerk, Movement.RECEIPT, [(A, 1)])


def test_goods_that_left_unseen_do_not_spoil_the_first_stock(any_crew: Crew) -> None:
    crew = any_crew
    ship(crew, order(crew, 1, {A: 3}))
    [before] = stock_rows(crew.clerk, [A])
    assert (before.on_hand, before.kept, before.available) == (-3, False, None)
    move_stock(crew.packer, Movement.OPENING, [(A, 10)])
    [after] = stock_rows(crew.clerk, [A])
    assert (after.on_hand, after.kept, after.available) == (10, True, 10)
    assert verify(crew.program).ok
