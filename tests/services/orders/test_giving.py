"""Conceding before confirmation and refunding after it: within the authority at once, above it by approval (O8, O9)."""

import pytest

from app.errors import PermissionDeniedError
from app.models.orders import OrderEvent, WrongStateError
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import proposal_detail
from app.services.orders.detail import order_detail, steps_of
from app.services.orders.effects import GivingError
from app.services.orders.giving import (
    AuthorityError,
    RefundError,
    authority_left,
    concede_price,
    refund_order,
    refundable,
)
from app.services.orders.steps import confirm_order, log_contact
from app.services.verify import verify
from tests.services.approvals.making import agree
from tests.services.orders.making import REACHED, Crew, accept, draft

AUTHORITY = 10_00  # of customer service on one order


def confirmed(crew: Crew, number: int = 1) -> int:
    [order] = accept(crew, [draft(number)])
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    return order


def test_a_refund_comes_after_the_confirmation(any_crew: Crew) -> None:
    crew = any_crew
    [order] = accept(crew, [draft()])
    with pytest.raises(WrongStateError):
        refund_order(crew.clerk, order, 5_00, "破损")
    assert OrderEvent.REFUNDED not in steps_of(order_detail(crew.clerk, order).row)
    order = confirmed(crew, 2)
    paid = refundable(crew.clerk, order)
    refund_order(crew.clerk, order, 5_00, "破损")
    detail = order_detail(crew.clerk, order)
    assert OrderEvent.REFUNDED in steps_of(detail.row)
    assert [one.facts["reason"] for one in detail.happenings if one.kind is OrderEvent.REFUNDED] == ["破损"]
    assert (refundable(crew.clerk, order), detail.amounts.paid) == (paid - 5_00, paid)
    assert verify(crew.lead).ok


def test_concessions_and_refunds_share_one_authority(crew: Crew) -> None:
    [order] = accept(crew, [draft()])
    concede_price(crew.clerk, order, 6_00, "老客户")
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    assert authority_left(crew.clerk, order) == AUTHORITY - 6_00
    with pytest.raises(AuthorityError):
        refund_order(crew.clerk, order, 4_01, "破损")
    refund_order(crew.clerk, order, 4_00, "破损")
    assert authority_left(crew.clerk, order) == 0


def test_no_more_goes_back_than_was_paid(crew: Crew) -> None:
    order = confirmed(crew)
    paid = refundable(crew.clerk, order)
    with pytest.raises(RefundError):
        refund_order(crew.lead, order, paid + 1, "退货")
    with pytest.raises(GivingError):
        propose(crew.clerk, ProposalDraft("refund", order, "x", {"amount": paid + 1, "reason": "退货"}, "退货"))


def test_a_large_refund_is_approved_and_becomes_a_fact(any_crew: Crew) -> None:
    crew = any_crew
    order = confirmed(crew)
    paid = refundable(crew.clerk, order)
    after = {"amount": 150_00, "reason": "整箱破损"}
    wanted = propose(crew.clerk, ProposalDraft("refund", order, "退款", after, "整箱破损"))
    with pytest.raises(PermissionDeniedError):
        approve(crew.clerk, wanted, proposal_detail(crew.lead, wanted).row.last_seq)
    agree(crew.lead, wanted)
    assert refundable(crew.clerk, order) == paid - 150_00
    assert verify(crew.lead).ok


def test_giving_nothing_is_refused(crew: Crew) -> None:
    order = confirmed(crew)
    with pytest.raises(AuthorityError):
        refund_order(crew.lead, order, 0, "x")
