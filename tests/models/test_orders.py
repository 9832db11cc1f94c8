"""The transition table: what is not in it is impossible."""

import itertools

import pytest

from app.models.orders import (
    BEFORE_SHIPPING,
    TRANSITIONS,
    HeldError,
    OrderEvent,
    OrderState,
    WrongStateError,
    next_state,
)

LIFE = (
    (OrderEvent.CONTACTED, OrderState.CONTACTED),
    (OrderEvent.CONFIRMED, OrderState.CONFIRMED),
    (OrderEvent.PICKED, OrderState.PICKED),
    (OrderEvent.CHECKED_OUT, OrderState.CHECKED_OUT),
    (OrderEvent.SHIPPED, OrderState.SHIPPED),
    (OrderEvent.DELIVERED, OrderState.DELIVERED),
    (OrderEvent.CLOSED, OrderState.CLOSED),
)
MOVES = {event for _, event in TRANSITIONS}


def test_an_order_lives_from_acceptance_to_close() -> None:
    state = OrderState.ACCEPTED
    for event, expected in LIFE:
        state = next_state(state, event, held=False)
        assert state is expected


@pytest.mark.parametrize(("state", "event"), list(itertools.product(OrderState, sorted(MOVES))))
def test_every_move_outside_the_table_is_refused(state: OrderState, event: OrderEvent) -> None:
    if (state, event) in TRANSITIONS:
        assert next_state(state, event, held=False) is TRANSITIONS[state, event]
    else:
        with pytest.raises(WrongStateError):
            next_state(state, event, held=False)


@pytest.mark.parametrize("event", [OrderEvent.CONFIRMED, OrderEvent.PICKED, OrderEvent.CHECKED_OUT, OrderEvent.SHIPPED])
def test_a_held_order_does_not_move_towards_the_door(event: OrderEvent) -> None:
    for state in OrderState:
        with pytest.raises(HeldError):
            next_state(state, event, held=True)


def test_a_held_order_may_still_be_contacted_and_cancelled() -> None:
    assert next_state(OrderState.ACCEPTED, OrderEvent.CONTACTED, held=True) is OrderState.CONTACTED
    assert next_state(OrderState.CONTACTED, OrderEvent.CANCELLED, held=True) is OrderState.CANCELLED


@pytest.mark.parametrize("state", OrderState)
def test_cancelling_is_possible_exactly_before_shipping(state: OrderState) -> None:
    if state in BEFORE_SHIPPING:
        assert next_state(state, OrderEvent.CANCELLED, held=False) is OrderState.CANCELLED
    else:
        with pytest.raises(WrongStateError):
            next_state(state, OrderEvent.CANCELLED, held=False)


def test_a_price_is_conceded_only_before_confirmation() -> None:
    assert next_state(OrderState.CONTACTED, OrderEvent.CONCEDED, held=False) is OrderState.CONTACTED
    with pytest.raises(WrongStateError):
        next_state(OrderState.CONFIRMED, OrderEvent.CONCEDED, held=False)
