"""Orders reserve, take and give back; whatever happens, the running sums are what the entries add up to."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from app.clock import to_ms
from app.errors import ConflictError, RuleError
from app.models.stock import Movement
from app.services.intake.amendments import amend_from_draft
from app.services.intake.draft import OrderDraft, PlatformState
from app.services.ledger import open_ledger
from app.services.office import pepper
from app.services.orders.accept import Desk
from app.services.orders.rebuild import rebuild
from app.services.orders.steps import cancel_order
from app.services.stock.count_rows import list_counts
from app.services.stock.counts import begin_count, close_count, enter_count
from app.services.stock.movements import move_stock
from app.services.stock.rebuild import rebuild_stock
from app.services.verify import verify
from tests.services.orders.making import Crew, accept, draft
from tests.services.proof.working import vandal
from tests.services.stock.making import A, B, added_up, order, ship, table, wanting


def says(crew: Crew, number: int, what: OrderDraft) -> None:
    """The platform's file says something new of an order."""
    with crew.db.writing() as conn:
        desk = Desk(conn, open_ledger(conn, to_ms(crew.clock.now()), 0), pepper(conn))
        amend_from_draft(desk, number, what)


def test_cancelling_gives_back(any_crew: Crew) -> None:
    crew = any_crew
    one = order(crew, 1, {A: 3, B: 1})
    assert table(crew) == {A: (0, 3), B: (0, 1)}
    cancel_order(crew.clerk, one, "客户不要了")
    assert table(crew) == {A: (0, 0), B: (0, 0)}
    assert verify(crew.program).ok


def test_a_platform_that_says_other_goods_moves_the_reservation(any_crew: Crew) -> None:
    crew = any_crew
    one = order(crew, 1, {A: 3})
    says(crew, one, wanting(1, {A: 1, B: 5}))
    assert table(crew) == {A: (0, 1), B: (0, 5)}
    says(crew, one, wanting(1, {B: 4}, platform_state=PlatformState.SHIPPED))
    assert table(crew) == {A: (0, 0), B: (-4, 0)}
    says(crew, one, wanting(1, {B: 9}, platform_state=PlatformState.CANCELLED))
    assert table(crew) == {A: (0, 0), B: (-4, 0)}  # what has left comes back by a return
    assert verify(crew.program).ok


def test_a_platform_that_cancels_gives_back(crew: Crew) -> None:
    one = order(crew, 1, {A: 3})
    says(crew, one, wanting(1, {A: 3}, platform_state=PlatformState.CANCELLED))
    assert table(crew) == {A: (0, 0)}


@pytest.mark.parametrize("state", [PlatformState.SHIPPED, PlatformState.COMPLETED, PlatformState.CANCELLED])
def test_what_was_gone_before_reserves_nothing(crew: Crew, state: PlatformState) -> None:
    one = order(crew, 1, {A: 3}, platform_state=state)
    accept(crew, [wanting(2, {A: 2})], history=True)
    says(crew, one, wanting(1, {A: 5}, platform_state=state))
    assert table(crew) == {}
    assert verify(crew.program).ok


def test_lines_without_a_code_reserve_nothing(crew: Crew) -> None:
    order(crew, 1, {"": 3, A: 1})
    assert table(crew) == {A: (0, 1)}


def test_several_lines_of_one_code_are_one(any_crew: Crew) -> None:
    crew = any_crew
    line = wanting(1, {A: 2}).lines[0]
    number = accept(crew, [replace(draft(1), lines=(line, replace(line, quantity=3)))])[0]
    ship(crew, number)
    assert table(crew) == {A: (-5, 0)}
    assert verify(crew.program).ok


STEPS = st.one_of(
    st.tuples(st.just("accept"), st.integers(1, 3), st.integers(0, 3)),
    st.tuples(st.sampled_from(["ship", "cancel"]), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("say"), st.integers(0, 4), st.integers(0, 11)),
    st.tuples(st.sampled_from(["receipt", "scrap", "correction"]), st.integers(-3, 9), st.integers(0, 1)),
    st.tuples(st.sampled_from(["begin", "count", "close"]), st.integers(0, 9), st.integers(0, 1)),
)
SAID = (None, PlatformState.SHIPPED, PlatformState.COMPLETED, PlatformState.CANCELLED)


def take(crew: Crew, made: list[int], number: int, step: tuple[str, int, int]) -> None:
    """Do one thing, if the rules allow it; a new order is of the customer `number`."""
    name, first, second = step
    if name == "accept":
        made.append(order(crew, number, {A: first, B: second} if second else {A: first}))
    elif name in {"begin", "count", "close"}:
        take_count(crew, name, (A, B)[second], first)
    elif name in {"receipt", "scrap", "correction"}:
        move_stock(crew.manager, Movement(name), [((A, B)[second], first)], "r")
    elif first >= len(made):
        return
    elif name == "ship":
        ship(crew, made[first])
    elif name == "cancel":
        cancel_order(crew.clerk, made[first], "r")
    else:
        goods = {A: 1 + second % 3, "C": 2} if second % 2 else {B: second % 3 + 1}
        says(crew, made[first], wanting(number, goods, platform_state=SAID[second % 4]))


def take_count(crew: Crew, name: str, code: str, pieces: int) -> None:
    """Begin, go on with or close the count that is open."""
    if name == "begin":
        begin_count(crew.manager, [code, A, B][: 1 + pieces % 3])
        return
    for one in list_counts(crew.manager)[:1]:
        if name == "count":
            enter_count(crew.manager, one.id, {code: pieces})
        else:
            close_count(crew.manager, one.id, {A: "r", B: "r"})


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(STEPS, min_size=1, max_size=15))
def test_the_sums_are_what_the_entries_add_up_to(crew: Crew, steps: list[tuple[str, int, int]]) -> None:
    with crew.db.reading() as conn:  # the office goes on from example to example: numbers must not repeat
        before = conn.execute(text("SELECT count(*) FROM orders")).scalar_one()
    made: list[int] = []
    for step in steps:
        with suppress(RuleError, ConflictError):
            take(crew, made, before + len(made) + 1, step)
    assert table(crew) == added_up(crew)
    assert verify(crew.program).ok


def test_the_stock_is_built_anew(any_crew: Crew) -> None:
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 10)])
    one, two, three = order(crew, 1, {A: 3, B: 1}), order(crew, 2, {B: 2}), order(crew, 3, {A: 1})
    says(crew, two, wanting(2, {A: 2}))
    ship(crew, one)
    cancel_order(crew.clerk, three, "不要了")
    before = table(crew)
    with vandal(crew) as conn:
        conn.execute(text("UPDATE stock SET on_hand = 77"))
        conn.execute(text("DELETE FROM movements"))
    assert not verify(crew.program).ok
    rebuild(crew.program)
    assert table(crew) == before == added_up(crew)
    assert verify(crew.program).ok
    with crew.db.writing() as conn:
        rebuild_stock(conn)
    assert table(crew) == before
