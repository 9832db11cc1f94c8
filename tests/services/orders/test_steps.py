"""What the desk does with an order, and what it is refused (rules O2, O3, O6, O9)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.clock import to_ms
from app.errors import NotFoundError, PermissionDeniedError
from app.models.orders import HeldError, OrderEvent, OrderState, WrongStateError
from app.models.people import Level, Post
from app.services.orders.delivery import check_out_order, close_order, deliver_order, pick_order, ship_order
from app.services.orders.detail import order_detail
from app.services.orders.giving import AuthorityError, concede_price
from app.services.orders.rows import ContactDraft, OrderDetail, Outcome
from app.services.orders.second_person import SecondPersonError
from app.services.orders.steps import (
    CallbackTimeError,
    ClaimedError,
    LateReasonNeededError,
    StaleError,
    cancel_order,
    claim_order,
    confirm_order,
    hold_order,
    log_contact,
    release_order,
    take_over_order,
    unclaim_order,
)
from app.services.orders.words import happening_sentence
from app.services.people.accounts import change_person
from app.services.reasons import ReasonNeededError
from tests.factories import start_python, where_of
from tests.services.orders.making import REACHED, Crew, accept, draft


def look(crew: Crew, order: int) -> OrderDetail:
    return order_detail(crew.clerk, order)


@pytest.fixture
def order(crew: Crew) -> int:
    return accept(crew, [draft()])[0]


def test_an_order_goes_from_acceptance_to_close(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    log_contact(crew.clerk, order, replace(REACHED, note="周末送", verified=(0,)))
    confirm_order(crew.clerk, order)
    pick_order(crew.packer, order)
    check_out_order(crew.packer, order)
    ship_order(crew.packer, order, "自送", "A-17")
    deliver_order(crew.packer, order)
    close_order(crew.clerk, order)
    detail = look(crew, order)
    assert detail.row.state is OrderState.CLOSED
    assert (detail.carrier, detail.waybill) == ("自送", "A-17")
    assert [h.kind for h in detail.happenings] == [
        OrderEvent.ACCEPTED, OrderEvent.CLAIMED, OrderEvent.CONTACTED, OrderEvent.CONFIRMED, OrderEvent.PICKED,
        OrderEvent.CHECKED_OUT, OrderEvent.SHIPPED, OrderEvent.DELIVERED, OrderEvent.CLOSED,
    ]  # fmt: skip
    assert [h.person for h in detail.happenings][1:4] == ["王敏"] * 3


def test_the_second_person_is_told_who_has_the_order(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    refused: tuple[Callable[[], None], ...] = (
        lambda: claim_order(crew.colleague, order),
        lambda: unclaim_order(crew.colleague, order),
        lambda: log_contact(crew.colleague, order, REACHED),
        lambda: hold_order(crew.colleague, order, "等"),
        lambda: cancel_order(crew.colleague, order, "等"),
    )
    for step in refused:
        with pytest.raises(ClaimedError, match="王敏"):
            step()


def test_claiming_twice_is_one_claim(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    claim_order(crew.clerk, order)
    assert [h.kind for h in look(crew, order).happenings].count(OrderEvent.CLAIMED) == 1


def test_a_claim_that_was_let_lie_goes_to_who_asks(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    crew.clock.advance(minutes=5)
    log_contact(crew.clerk, order, ContactDraft(Outcome.NO_ANSWER))
    crew.clock.advance(minutes=14.9)
    with pytest.raises(ClaimedError, match="王敏"):
        claim_order(crew.colleague, order)
    crew.clock.advance(minutes=0.1)
    claim_order(crew.colleague, order)
    assert look(crew, order).row.claimer == "李娜"
    assert look(crew, order).happenings[-1].facts == {"from": crew.clerk.person}
    with pytest.raises(ClaimedError, match="李娜"):
        claim_order(crew.clerk, order)


def test_a_clock_turned_back_takes_no_claim_away(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    crew.clock.advance(days=-2)
    with pytest.raises(ClaimedError):
        claim_order(crew.colleague, order)
    log_contact(crew.clerk, order, REACHED)
    assert look(crew, order).row.claimer == "王敏"


def test_who_left_the_office_holds_no_claim(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    posts = [Post.SERVICE]
    change_person(crew.program, crew.clerk.person, posts=posts, level=Level.BACK_OFFICE, active=False, reason="离职")
    claim_order(crew.colleague, order)
    assert order_detail(crew.colleague, order).row.claimer == "李娜"


RACE = """
import sys
from app.clock import SystemClock
from app.services.opening import open_database
from app.services.orders.steps import ClaimedError, claim_order
from app.services.people.sign_in import sign_in
db = open_database(sys.argv[1])
ctx = sign_in(db, SystemClock(), sys.argv[2], None, "secret#1")
print("ready", flush=True)
got = []
for order in map(int, sys.stdin.readline().split()):
    try:
        claim_order(ctx, order)
        got.append(order)
    except ClaimedError:
        pass
print(*got)
db.close()
"""


def test_of_two_programs_only_one_gets_an_order(crew: Crew) -> None:
    ids = accept(crew, [draft(number) for number in range(1, 31)])
    races = [start_python(RACE, where_of(crew.db), name) for name in ("王敏", "李娜")]
    for race in races:
        assert race.stdout is not None
        assert race.stdout.readline() == "ready\n"
    got = []
    for race in races:
        assert race.stdin is not None
        race.stdin.write(f"{' '.join(map(str, ids))}\n")
        race.stdin.flush()
    for race in races:
        out, errors = race.communicate(timeout=60)
        assert (race.returncode, errors) == (0, "")
        got.append(set(map(int, out.split())))
    assert not got[0] & got[1]
    assert got[0] | got[1] == set(ids)
    for order in ids:
        told = [h.kind for h in look(crew, order).happenings]
        assert told.count(OrderEvent.CLAIMED) == 1


def test_the_lead_takes_over_and_says_why(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    with pytest.raises(PermissionDeniedError):
        take_over_order(crew.colleague, order, "她下班了")
    take_over_order(crew.lead, order, "她下班了")
    assert look(crew, order).row.claimer == "赵倩"
    assert happening_sentence(look(crew, order).happenings[-1]) == "took the order over: 她下班了"


def test_a_step_on_an_order_that_moved_on_is_refused(crew: Crew, order: int) -> None:
    seen = look(crew, order).row.last_seq
    log_contact(crew.colleague, order, REACHED)
    with pytest.raises(StaleError):
        cancel_order(crew.clerk, order, "客户不要了", seen)
    assert look(crew, order).row.state is OrderState.CONTACTED


def test_confirming_needs_the_contact_first(crew: Crew, order: int) -> None:
    with pytest.raises(WrongStateError):
        confirm_order(crew.clerk, order)
    assert len(look(crew, order).happenings) == 1


def test_who_is_late_says_why(crew: Crew, order: int) -> None:
    crew.clock.advance(minutes=10.1)
    with pytest.raises(LateReasonNeededError):
        log_contact(crew.clerk, order, REACHED)
    log_contact(crew.clerk, order, replace(REACHED, reason="同时来了五单"))
    detail = look(crew, order)
    assert detail.row.late
    assert detail.happenings[-1].facts["reason"] == "同时来了五单"


def test_just_in_time_is_in_time(crew: Crew, order: int) -> None:
    crew.clock.advance(minutes=10)
    log_contact(crew.clerk, order, REACHED)
    assert not look(crew, order).row.late


def test_an_attempt_keeps_the_order_waiting_with_a_new_clock(crew: Crew, order: int) -> None:
    crew.clock.advance(minutes=4)
    log_contact(crew.clerk, order, ContactDraft(Outcome.NO_ANSWER))
    detail = look(crew, order)
    assert detail.row.state is OrderState.ACCEPTED
    assert detail.due == to_ms(crew.clock.now()) + 10 * 60_000


def test_the_customers_own_time_goes_before_the_ten_minutes(crew: Crew, order: int) -> None:
    wished = to_ms(crew.clock.now()) + 90 * 60_000
    log_contact(crew.clerk, order, ContactDraft(Outcome.CALL_BACK, callback_at=wished))
    assert look(crew, order).due == wished


@pytest.mark.parametrize("minutes", [None, 0, -5])
def test_a_call_is_not_promised_for_the_past(crew: Crew, order: int, minutes: int | None) -> None:
    at = None if minutes is None else to_ms(crew.clock.now()) + minutes * 60_000
    with pytest.raises(CallbackTimeError):
        log_contact(crew.clerk, order, ContactDraft(Outcome.CALL_BACK, callback_at=at))


def test_a_price_is_conceded_within_the_posts_authority(crew: Crew, order: int) -> None:
    concede_price(crew.clerk, order, 1_000, "老客户")
    detail = look(crew, order)
    assert detail.amounts.payable == 212_800
    assert detail.amounts_as_ordered.payable == 213_800
    with pytest.raises(AuthorityError):
        concede_price(crew.clerk, order, 1_001, "再让一点")
    concede_price(crew.lead, order, 4_000, "破损补偿")
    assert look(crew, order).row.payable == 208_800


def test_many_small_concessions_are_one_concession(crew: Crew, order: int) -> None:
    concede_price(crew.clerk, order, 600, "老客户")
    with pytest.raises(AuthorityError, match=r"¥\u00a010\.00 on one order, of which ¥\u00a06\.00"):
        concede_price(crew.clerk, order, 600, "再让一点")
    with pytest.raises(AuthorityError):
        concede_price(crew.colleague, order, 600, "同事再让一点")
    concede_price(crew.clerk, order, 400, "抹零")
    with pytest.raises(AuthorityError):
        concede_price(crew.clerk, order, 1, "再抹")


@pytest.mark.parametrize("amount", [0, -1])
def test_a_concession_is_a_positive_sum(crew: Crew, order: int, amount: int) -> None:
    with pytest.raises(AuthorityError):
        concede_price(crew.clerk, order, amount, "x")


def test_what_the_checks_held_is_released_by_a_second_person_and_confirmed_by_another(crew: Crew) -> None:
    order = accept(crew, [draft(paid=207_800)])[0]
    log_contact(crew.clerk, order, REACHED)
    with pytest.raises(HeldError):
        confirm_order(crew.clerk, order)
    with pytest.raises(SecondPersonError):
        release_order(crew.clerk, order, "没事")
    release_order(crew.colleague, order, "平台红包,已核对")
    with pytest.raises(SecondPersonError):
        confirm_order(crew.colleague, order)
    confirm_order(crew.clerk, order)
    assert look(crew, order).row.state is OrderState.CONFIRMED


def test_who_holds_an_order_does_not_release_it(crew: Crew, order: int) -> None:
    hold_order(crew.clerk, order, "要改收货日期")
    with pytest.raises(SecondPersonError):
        release_order(crew.clerk, order, "好了")
    release_order(crew.lead, order, "客户已回复")
    assert not look(crew, order).row.held


def test_a_cancelled_order_is_free_and_stays_cancelled(crew: Crew, order: int) -> None:
    claim_order(crew.clerk, order)
    cancel_order(crew.clerk, order, "拍错了")
    row = look(crew, order).row
    assert (row.state, row.claimed_by, row.clock_from) == (OrderState.CANCELLED, None, None)
    with pytest.raises(WrongStateError):
        log_contact(crew.clerk, order, REACHED)


@pytest.mark.parametrize("step", [hold_order, cancel_order])
def test_what_must_be_explained_is_not_done_without(crew: Crew, order: int, step: object) -> None:
    with pytest.raises(ReasonNeededError):
        step(crew.clerk, order, "  ")  # type: ignore[operator]
    assert len(look(crew, order).happenings) == 1


def test_an_order_that_is_not_there(crew: Crew) -> None:
    with pytest.raises(NotFoundError):
        claim_order(crew.clerk, 999)


def test_the_packer_packs_and_does_not_confirm(crew: Crew, order: int) -> None:
    with pytest.raises(PermissionDeniedError):
        confirm_order(crew.packer, order)
    with pytest.raises(PermissionDeniedError):
        pick_order(crew.clerk, order)
