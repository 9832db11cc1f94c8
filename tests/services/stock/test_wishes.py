"""Goods wanted: suggested from sales and stock, asked for once, followed until delivered (rule P8)."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import PermissionDeniedError
from app.models.stock import AskedOf, Movement, WishKind, WishState, WishStateError
from app.services.reasons import ReasonNeededError
from app.services.stock.movements import QuantityError, move_stock
from app.services.stock.wishes import (
    Suggestion,
    WishDraft,
    WishError,
    WishThereError,
    answer_wish,
    drop_wish,
    list_wishes,
    make_wish,
    make_wishes,
    suggest_wishes,
    wish_delivered,
    wish_ordered,
)
from app.services.verify import verify
from tests.services.catalog import making
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.services.stock.making import A, B, order, ship, table

BOTTLE, CASE = "BJ-1003", "BJ-1003-6"


def test_a_wish_is_followed_until_delivered(any_crew: Crew) -> None:
    crew = any_crew
    wish = make_wish(crew.packer, WishDraft(A, 60, AskedOf.PARTNER, note="急"))
    [row] = list_wishes(crew.clerk)
    assert (row.code, row.quantity, row.asked_of, row.state, row.person) == (
        A,
        60,
        AskedOf.PARTNER,
        WishState.MADE,
        "吴迪",
    )
    answer_wish(crew.packer, wish, "周五有货", date(2026, 11, 27))
    wish_ordered(crew.manager, wish)
    [row] = list_wishes(crew.clerk)
    assert (row.state, row.expected_on) == (WishState.ORDERED, date(2026, 11, 27))
    wish_delivered(crew.packer, wish)
    assert list_wishes(crew.clerk) == []
    assert [one.state for one in list_wishes(crew.clerk, open_only=False)] == [WishState.DELIVERED]
    with pytest.raises(WishStateError):
        drop_wish(crew.packer, wish, "不要了")
    assert verify(crew.program).ok


def test_a_delivery_is_booked_with_the_wish_or_not_at_all(any_crew: Crew) -> None:
    crew = any_crew
    wish = make_wish(crew.packer, WishDraft(A, 60))
    with pytest.raises(QuantityError):
        wish_delivered(crew.packer, wish, "到货", -1)
    assert [one.state for one in list_wishes(crew.clerk)] == [WishState.MADE]
    wish_delivered(crew.packer, wish, "少两件", 58)
    assert table(crew) == {A: (58, 0)}
    [row] = list_wishes(crew.clerk, open_only=False)
    assert (row.state, row.said, row.received) == (WishState.DELIVERED, "少两件", 58)
    with pytest.raises(WishStateError):
        wish_delivered(crew.packer, wish, "", 58)
    assert table(crew) == {A: (58, 0)}
    other = make_wish(crew.packer, WishDraft(A, 1))
    wish_delivered(crew.packer, other)
    assert table(crew) == {A: (58, 0)}
    assert verify(crew.program).ok


def test_several_wishes_are_made_all_or_none(any_crew: Crew) -> None:
    crew = any_crew
    make_wish(crew.packer, WishDraft(B, 1))
    with pytest.raises(WishThereError):
        make_wishes(crew.packer, [WishDraft(A, 5), WishDraft(B, 5)])
    assert [one.code for one in list_wishes(crew.clerk)] == [B]
    first, second = make_wishes(crew.packer, [WishDraft(A, 5), WishDraft("X", 5)])
    assert [one.id for one in list_wishes(crew.clerk)][1:] == [first, second]
    drop_wish(crew.packer, first, "停产")
    assert [one.id for one in list_wishes(crew.clerk, open_only=False)][:2] == [second, first]  # the newest first
    assert verify(crew.program).ok


def test_what_is_asked_for_is_not_asked_for_again(crew: Crew) -> None:
    first = make_wish(crew.packer, WishDraft(A, 60))
    with pytest.raises(WishThereError, match=str(first)):
        make_wish(crew.packer, WishDraft(A, 1))
    make_wish(crew.packer, WishDraft(A, 1, kind=WishKind.CLEAR))
    with pytest.raises(ReasonNeededError):
        drop_wish(crew.packer, first, "")
    drop_wish(crew.packer, first, "停产")
    make_wish(crew.packer, WishDraft(A, 1))


@pytest.mark.parametrize("wrong", [WishDraft(" ", 1), WishDraft(A, 0), WishDraft(A, -1), WishDraft(A, 10**8)])
def test_a_wish_is_for_so_many_of_something(crew: Crew, wrong: WishDraft) -> None:
    with pytest.raises(WishError):
        make_wish(crew.packer, wrong)


def test_only_who_moves_stock_wishes(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        make_wish(crew.clerk, WishDraft(A, 1))


def test_what_runs_out_is_suggested(any_crew: Crew) -> None:
    crew = any_crew
    add(crew, variants=(replace(making.BOTTLE, floor=None), making.CASE))
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 40), (A, 40)])
    ship(crew, order(crew, 1, {CASE: 4, BOTTLE: 6}))  # 30 pieces; 10 are left, 10 days
    ship(crew, order(crew, 2, {A: 2}))
    ship(crew, order(crew, 3, {"X": 9}))  # nobody knows how many there are
    name = "剑南春 水晶剑 52度 500ml 单瓶"
    assert suggest_wishes(crew.clerk) == [Suggestion(BOTTLE, name, 30, 10, 10, 0, 20)]
    wish = make_wish(crew.packer, WishDraft(CASE, 3))
    assert suggest_wishes(crew.clerk) == []  # 28 days with what is coming
    drop_wish(crew.packer, wish, "没货")
    crew.clock.advance(days=31)
    assert suggest_wishes(crew.clerk) == []


def test_at_fourteen_days_nothing_is_suggested(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 44)])
    ship(crew, order(crew, 1, {A: 30}))
    assert suggest_wishes(crew.clerk) == []
    move_stock(crew.packer, Movement.SCRAP, [(A, 1)], "碎")
    assert [(one.days, one.quantity) for one in suggest_wishes(crew.clerk)] == [(13, 17)]
