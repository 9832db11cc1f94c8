"""Rule O3: what the checks hold goes on only by two people, however one of them tries to do both (release, confirm)."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.models.orders import HeldError, OrderState
from app.models.people import Level, Post
from app.services.access import Context, permissions_of
from app.services.intake.amendments import amend_from_draft
from app.services.ledger import open_ledger
from app.services.office import pepper
from app.services.orders.accept import Desk
from app.services.orders.amend import amend_order
from app.services.orders.detail import order_detail
from app.services.orders.giving import concede_price
from app.services.orders.rows import AmendDraft, ContactDraft, Outcome
from app.services.orders.second_person import SecondPersonError
from app.services.orders.steps import (
    claim_order,
    confirm_order,
    hold_order,
    log_contact,
    release_order,
    take_over_order,
    unclaim_order,
)
from app.services.people.accounts import change_person
from app.services.people.sign_in import sign_in
from tests.services.orders.making import REACHED, Crew, accept, draft

SHORT = draft(paid=213_300)


def held(crew: Crew) -> int:
    return accept(crew, [SHORT])[0]


def file_says(crew: Crew, ctx: Context, order: int, paid: int) -> None:
    """Somebody brings in a file in which the platform says something else."""
    with crew.db.writing() as conn:
        desk = Desk(conn, open_ledger(conn, 0, ctx.person), pepper(conn))
        amend_from_draft(desk, order, replace(SHORT, paid=paid))


HANDS: dict[str, Callable[[Crew, int], None]] = {
    "contacted": lambda crew, order: log_contact(crew.clerk, order, REACHED),
    "tried": lambda crew, order: log_contact(crew.clerk, order, ContactDraft(Outcome.NO_ANSWER)),
    "conceded": lambda crew, order: concede_price(crew.clerk, order, 100, "老客户"),
    "amended": lambda crew, order: amend_order(crew.clerk, order, AmendDraft("搬家", address="车城路5号")),
    "held": lambda crew, order: hold_order(crew.clerk, order, "等客户"),
    "corrected": lambda crew, order: file_says(crew, crew.clerk, order, 1),
}


@pytest.mark.parametrize("hand", HANDS)
def test_who_had_a_hand_in_it_does_not_release_it(crew: Crew, hand: str) -> None:
    order = held(crew)
    claim_order(crew.clerk, order)
    HANDS[hand](crew, order)
    unclaim_order(crew.clerk, order)
    take_over_order(crew.lead, order, "她下班了")
    log_contact(crew.lead, order, REACHED)
    unclaim_order(crew.lead, order)
    for worker in (crew.clerk, crew.lead):
        with pytest.raises(SecondPersonError):
            release_order(worker, order, "没事")
    release_order(crew.colleague, order, "已核对")
    assert not order_detail(crew.clerk, order).row.held


def test_who_has_the_order_does_not_release_it(crew: Crew) -> None:
    order = held(crew)
    claim_order(crew.colleague, order)
    with pytest.raises(SecondPersonError):
        release_order(crew.colleague, order, "没事")
    unclaim_order(crew.colleague, order)
    release_order(crew.colleague, order, "已核对")


def test_a_second_post_is_no_second_person(crew: Crew) -> None:
    order = held(crew)
    posts = [Post.SERVICE, Post.LEAD, Post.FINANCE]
    change_person(crew.program, crew.clerk.person, posts=posts, level=Level.BACK_OFFICE, active=True, reason="兼岗")
    log_contact(crew.clerk, order, REACHED)
    for post in posts[1:]:
        also = sign_in(crew.db, crew.clock, "王敏", post, "secret#1")
        assert also.permissions == permissions_of(post, Level.BACK_OFFICE)
        with pytest.raises(SecondPersonError):
            release_order(also, order, "没事")
    release_order(crew.colleague, order, "已核对")


def test_who_released_it_once_does_not_confirm_it_later(crew: Crew) -> None:
    order = held(crew)
    release_order(crew.lead, order, "已核对")
    log_contact(crew.clerk, order, REACHED)
    hold_order(crew.clerk, order, "等客户")
    release_order(crew.colleague, order, "已回电")
    for releaser in (crew.lead, crew.colleague):
        with pytest.raises(SecondPersonError):
            confirm_order(releaser, order)
    confirm_order(crew.clerk, order)


def test_a_concession_that_makes_the_sums_equal_releases_nothing(crew: Crew) -> None:
    order = held(crew)
    concede_price(crew.clerk, order, 500, "老客户")
    amend_order(crew.clerk, order, AmendDraft("客户电话里说", office_remark="周末送"))
    log_contact(crew.clerk, order, REACHED)
    detail = order_detail(crew.clerk, order)
    assert (detail.row.findings, detail.row.held) == ((), True)
    with pytest.raises(HeldError):
        confirm_order(crew.clerk, order)


def test_who_brought_in_the_corrected_payment_does_not_confirm(crew: Crew) -> None:
    order = held(crew)
    file_says(crew, crew.clerk, order, 213_800)
    assert not order_detail(crew.clerk, order).row.held
    log_contact(crew.clerk, order, REACHED)
    with pytest.raises(SecondPersonError):
        confirm_order(crew.clerk, order)
    confirm_order(crew.colleague, order)
    assert order_detail(crew.clerk, order).row.state is OrderState.CONFIRMED


def test_a_file_the_program_took_in_by_itself_is_nobodys_hand(crew: Crew) -> None:
    order = held(crew)
    file_says(crew, crew.program, order, 213_800)
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    assert order_detail(crew.clerk, order).row.state is OrderState.CONFIRMED


def test_what_a_person_held_is_not_lifted_by_a_file(crew: Crew) -> None:
    order = held(crew)
    hold_order(crew.clerk, order, "等客户")
    file_says(crew, crew.colleague, order, 213_800)
    assert order_detail(crew.clerk, order).row.held
