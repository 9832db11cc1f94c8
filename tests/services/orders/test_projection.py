"""How an order stands is the fold of its entries, whatever happened in whatever order was allowed."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import RuleError
from app.models.canonical import canonical
from app.models.ledger import Entry
from app.models.orders import HELD_BY_CHECKS, HELD_BY_PERSON, OrderEvent, OrderState, WrongStateError
from app.services.orders.projection import Standing, advance, begin, fold, goods_key, goods_summary

LINES: list[list[Any]] = [["A1", "五粮液 52度", "", 2, 106_900, 213_800]]
FACTS = {
    "channel": "taobao",
    "source_number": "3300",
    "currency": "CNY",
    "payable": 213_800,
    "paid": 213_800,
    "freight": 0,
    "discount": 0,
    "placed_at": 900,
    "paid_at": 950,
    "platform_state": "paid",
    "shop": "",
    "waybill": "",
    "carrier": "",
    "lines": LINES,
}
ACCEPTED = {"number": "20261123-0001", "source": "taobao", "person": "00", "facts": FACTS}
CONTACT = {"outcome": "reached", "due": 601_000, "late": False, "note": ""}
CONTENTS: dict[OrderEvent, dict[str, Any]] = {
    OrderEvent.CHECKED: {"findings": [["payment", {"paid": 1, "payable": 2}]], "holds": True},
    OrderEvent.CLAIMED: {},
    OrderEvent.UNCLAIMED: {},
    OrderEvent.ATTEMPTED: CONTACT | {"outcome": "no_answer"},
    OrderEvent.CONTACTED: CONTACT,
    OrderEvent.REMINDED: {"stage": 2},
    OrderEvent.AMENDED: {"by": "desk", "changes": {"paid": [213_800, 0]}, "reason": "r"},
    OrderEvent.CONCEDED: {"amount": 100, "reason": "r"},
    OrderEvent.HELD: {"reason": "r"},
    OrderEvent.RELEASED: {"reason": "r"},
    OrderEvent.CONFIRMED: {"payable": 1},
    OrderEvent.PICKED: {},
    OrderEvent.CHECKED_OUT: {},
    OrderEvent.SHIPPED: {"carrier": "c", "waybill": "w"},
    OrderEvent.DELIVERED: {},
    OrderEvent.CLOSED: {},
    OrderEvent.CANCELLED: {"reason": "r"},
    OrderEvent.PLATFORM_MOVED: {"state": "shipped"},
}


def accepted(**facts: Any) -> Standing:
    return begin(5, 1_000, ACCEPTED | {"facts": FACTS | facts})


def then(order: Standing, event: OrderEvent, at: int = 2_000, person: int = 9, **content: Any) -> Standing:
    advance(order, order.last_seq + 1, at, person, event.value, CONTENTS[event] | content)
    return order


def test_a_new_order_waits_and_its_clock_runs() -> None:
    order = accepted()
    assert (order.state, order.clock_from, order.customer, order.pieces) == ("accepted", 1_000, 5, 2)
    assert order.goods == "五粮液 52度 ×2"


@pytest.mark.parametrize(
    ("said", "state"), [("shipped", "shipped"), ("completed", "closed"), ("cancelled", "cancelled")]
)
def test_what_the_platform_has_done_already_has_no_clock(said: str, state: str) -> None:
    order = accepted(platform_state=said)
    assert (order.state, order.clock_from) == (state, None)


def test_an_attempt_restarts_the_clock_and_is_what_the_rule_is_judged_by() -> None:
    order = then(then(accepted(), OrderEvent.ATTEMPTED, at=3_000), OrderEvent.ATTEMPTED, at=9_000, callback_at=50_000)
    assert (order.contacted_at, order.clock_from, order.callback_at) == (3_000, 9_000, 50_000)


def test_reaching_the_customer_stops_the_clock() -> None:
    order = then(accepted(), OrderEvent.CONTACTED, late=True)
    assert (order.state, order.clock_from, order.late) == ("contacted", None, 1)


def test_a_corrected_payment_lifts_the_checks_hold_and_not_the_persons() -> None:
    order = then(then(accepted(), OrderEvent.CHECKED), OrderEvent.HELD)
    assert order.held == HELD_BY_CHECKS | HELD_BY_PERSON
    then(order, OrderEvent.CHECKED, findings=[], holds=False)
    assert order.held == HELD_BY_PERSON


def test_the_platform_never_moves_an_order_back() -> None:
    order = then(accepted(), OrderEvent.PLATFORM_MOVED, state="closed")
    with pytest.raises(WrongStateError):
        then(order, OrderEvent.PLATFORM_MOVED, state="shipped")


def test_goods_are_equal_whatever_the_order_of_lines() -> None:
    other = ["B2", "海之蓝", "", 1, 1, 1]
    assert goods_key([*LINES, other]) == goods_key([other, *LINES])
    assert goods_key(LINES) != goods_key([["A1", "五粮液 52度", "", 3, 1, 1]])


def test_a_list_names_three_goods_and_says_that_there_are_more() -> None:
    assert goods_summary(LINES * 4).endswith("…")
    assert goods_summary(LINES * 4).count("×2") == 3


@given(st.lists(st.sampled_from([event for event in CONTENTS]), max_size=25))
def test_every_path_folds_to_what_it_was_stored_as(events: list[OrderEvent]) -> None:
    order = accepted()
    entries = [Entry(5, 1_000, 0, OrderEvent.ACCEPTED.value, None, canonical(ACCEPTED))]
    for event in events:
        seq, at = order.last_seq + 1, entries[-1].at + 60_000
        before = order.row()
        try:
            advance(order, seq, at, 9, event.value, CONTENTS[event])
        except RuleError:
            assert order.row() == before
            continue
        entries.append(Entry(seq, at, 9, event.value, 5, canonical(CONTENTS[event])))
    assert fold(entries).row() == order.row()
    assert order.state in set(OrderState)
    assert (order.clock_from is None) == (order.state != "accepted")
    assert json.loads(order.hint) is not None
