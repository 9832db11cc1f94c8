"""Deciding on proposals: whose turn, nobody's own, never what is overtaken, effects with the last approval."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import ConflictError, PermissionDeniedError
from app.models.approvals import ProposalState, ProposalStateError
from app.models.catalog import ProductState, ProductStateError
from app.models.orders import OrderEvent
from app.services.access import Context
from app.services.approvals.decisions import (
    approve,
    approve_batch,
    mark_published,
    return_proposal,
    run_due_proposals,
)
from app.services.approvals.delegations import delegate, end_delegation
from app.services.approvals.errors import (
    DelegationError,
    DoubledProposalError,
    EffectTimeError,
    MayNotProposeError,
    NothingChangesError,
    NotYourDecisionError,
    NotYourProposalError,
    OwnProposalError,
    StaleProposalError,
)
from app.services.approvals.proposals import ProposalDraft, note_proposal, propose, withdraw
from app.services.approvals.queue import Desk, ProposalRow, list_proposals, proposal_counts, proposal_detail
from app.services.catalog.check import BadPriceError, FloorAbovePriceError
from app.services.catalog.detail import product_detail
from app.services.catalog.effects import NoKindError, UnpricedError
from app.services.catalog.queue import product_rows
from app.services.customers.marks import flag_customer
from app.services.orders.detail import order_detail
from app.services.orders.effects import GivingError
from app.services.orders.steps import confirm_order, log_contact
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.approvals.making import agree
from tests.services.catalog.making import BOTTLE, add, change_article, price
from tests.services.orders.making import REACHED, Crew, accept, draft

DAY = 24 * 60


def look(ctx: Context, proposal: int) -> ProposalRow:
    return proposal_detail(ctx, proposal).row


def price_of(crew: Crew) -> int | None:
    [row] = product_rows(crew.clerk, [product_of(crew)])
    return row.price


def product_of(crew: Crew) -> int:
    from app.services.catalog.queue import product_ids
    from app.services.catalog.rows import ProductFilter

    return product_ids(crew.clerk, ProductFilter())[-1]


def test_a_price_is_proposed_approved_and_published(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    proposal = price(crew)
    assert price_of(crew) == 409_00
    row = look(crew.manager, proposal)
    assert (row.state, row.waits_for, row.may_decide) == (ProposalState.WAITING, "manager", True)
    assert row.changes.startswith("¥\u00a0409.00 → ¥\u00a0389.00") or "389.00" in row.changes
    agree(crew.manager, proposal)
    assert price_of(crew) == 389_00
    assert [one.id for one in list_proposals(crew.specialist, Desk.PUBLISH)] == [proposal]
    mark_published(crew.specialist, proposal, "天猫、京东、官网")
    assert list_proposals(crew.specialist, Desk.PUBLISH) == []
    assert look(crew.clerk, proposal).state is ProposalState.EFFECTIVE
    assert verify(crew.lead).ok


def test_nobody_decides_on_their_own_proposal(crew: Crew) -> None:
    add(crew)
    own = price(crew, who=crew.manager)
    with pytest.raises(OwnProposalError):
        agree(crew.manager, own)
    agree(crew.director, own)
    assert price_of(crew) == 389_00


def test_who_is_not_asked_does_not_decide(crew: Crew) -> None:
    add(crew)
    proposal = price(crew)
    for person in (crew.lead, crew.clerk, crew.specialist):
        with pytest.raises(NotYourDecisionError):
            agree(person, proposal)
    assert look(crew.manager, proposal).state is ProposalState.WAITING


def test_a_returned_proposal_says_why_and_is_over(crew: Crew) -> None:
    add(crew)
    proposal = price(crew)
    seen = look(crew.manager, proposal).last_seq
    with pytest.raises(ReasonNeededError):
        return_proposal(crew.manager, proposal, seen, " ")
    return_proposal(crew.manager, proposal, seen, "毛利太低")
    assert look(crew.planner, proposal).state is ProposalState.RETURNED
    assert "毛利太低" in proposal_detail(crew.planner, proposal).history[-1].sentence
    with pytest.raises(ProposalStateError):
        agree(crew.manager, proposal)
    assert price_of(crew) == 409_00


def test_what_is_overtaken_is_refused_and_void(any_crew: Crew) -> None:
    crew = any_crew
    number = add(crew)
    proposal = price(crew)
    change_article(crew.specialist, number, product_detail(crew.specialist, number).articles[0], cost=350_00)
    with pytest.raises(StaleProposalError):
        agree(crew.manager, proposal)
    assert look(crew.manager, proposal).state is ProposalState.STALE
    assert price_of(crew) == 409_00
    assert verify(crew.lead).ok


def test_two_deciding_at_once_the_second_is_told(crew: Crew) -> None:
    add(crew)
    proposal = price(crew)
    seen = look(crew.manager, proposal).last_seq
    approve(crew.manager, proposal, seen)
    with pytest.raises(ProposalStateError):
        approve(crew.director, proposal, seen)


def test_what_was_added_meanwhile_is_looked_at_first(crew: Crew) -> None:
    add(crew)
    proposal = price(crew)
    seen = look(crew.manager, proposal).last_seq
    with pytest.raises(NotYourProposalError):
        note_proposal(crew.specialist, proposal, "竞品截图")
    note_proposal(crew.planner, proposal, "竞品截图 3 张")
    with pytest.raises(ConflictError):
        approve(crew.manager, proposal, seen)
    agree(crew.manager, proposal)


def test_a_later_time_is_waited_for_and_does_not_come_twice(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    start = crew.clock.now()
    proposal = price(crew, effect_at=start + timedelta(hours=10))
    agree(crew.manager, proposal)
    assert (look(crew.clerk, proposal).state, price_of(crew)) == (ProposalState.APPROVED, 409_00)
    assert run_due_proposals(crew.program) == 0
    crew.clock.advance(minutes=601)
    assert run_due_proposals(crew.program) == 1
    assert (look(crew.clerk, proposal).state, price_of(crew)) == (ProposalState.EFFECTIVE, 389_00)
    crew.clock.advance(minutes=-DAY)
    assert run_due_proposals(crew.program) == 0
    crew.clock.advance(minutes=2 * DAY)
    assert run_due_proposals(crew.program) == 0
    assert verify(crew.lead).ok


def test_what_was_overtaken_before_its_time_does_not_take_effect(crew: Crew) -> None:
    add(crew)
    later = price(crew, effect_at=crew.clock.now() + timedelta(hours=10))
    agree(crew.manager, later)
    sooner = price(crew, 395_00)
    agree(crew.manager, sooner)
    crew.clock.advance(minutes=601)
    run_due_proposals(crew.program)
    assert (look(crew.clerk, later).state, price_of(crew)) == (ProposalState.STALE, 395_00)


def test_a_taken_back_proposal_does_nothing(crew: Crew) -> None:
    add(crew)
    proposal = price(crew, effect_at=crew.clock.now() + timedelta(hours=10))
    agree(crew.manager, proposal)
    with pytest.raises(NotYourProposalError):
        withdraw(crew.manager, proposal, "不做了")
    withdraw(crew.planner, proposal, "活动取消")
    crew.clock.advance(minutes=601)
    assert run_due_proposals(crew.program) == 0
    assert price_of(crew) == 409_00


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"after": {"price": 409_00}}, NothingChangesError),
        ({"after": {"price": -1}}, BadPriceError),
        ({"after": {"price": 300_00}}, FloorAbovePriceError),
        ({"reason": "  "}, ReasonNeededError),
    ],
)
def test_a_senseless_proposal_is_not_made(crew: Crew, changes: dict[str, Any], error: type[Exception]) -> None:
    add(crew)
    with pytest.raises(error):
        price(crew, **changes)
    assert proposal_counts(crew.manager)[Desk.WAITING] == 0


def test_a_time_in_the_past_is_none(crew: Crew) -> None:
    add(crew)
    with pytest.raises(EffectTimeError):
        price(crew, effect_at=crew.clock.now() - timedelta(minutes=1))


def test_one_change_of_a_thing_waits_at_a_time(crew: Crew) -> None:
    add(crew)
    price(crew)
    with pytest.raises(DoubledProposalError):
        price(crew, 399_00)


def test_who_may_propose_what(crew: Crew) -> None:
    add(crew)
    with pytest.raises(MayNotProposeError):
        price(crew, who=crew.clerk)
    with pytest.raises(MayNotProposeError):
        price(crew, who=crew.specialist)


def listing(crew: Crew, product: int, kind: str = "listing") -> int:
    return propose(crew.specialist, ProposalDraft(kind, product, "剑南春 水晶剑", {}, "图文已审"))


def test_listing_delisting_and_back_on_sale(any_crew: Crew) -> None:
    crew = any_crew
    product = add(crew)
    with pytest.raises(ProductStateError):
        listing(crew, product, "delisting")
    for kind, state in (
        ("listing", ProductState.LISTED), ("delisting", ProductState.DELISTED), ("listing", ProductState.LISTED),
    ):  # fmt: skip
        agree(crew.manager, listing(crew, product, kind))
        [row] = product_rows(crew.clerk, [product])
        assert row.state is state
    assert verify(crew.lead).ok


def test_only_complete_products_are_listed(crew: Crew) -> None:
    with pytest.raises(NoKindError):
        listing(crew, add(crew, kind=""))
    bare = add(crew, name="空白", variants=(type(BOTTLE)("BJ-9"),))
    with pytest.raises(UnpricedError):
        listing(crew, bare)


def test_a_large_concession_climbs_step_by_step(any_crew: Crew) -> None:
    crew = any_crew
    [order] = accept(crew, [draft()])
    after = {"amount": 300_00, "reason": "老客户"}
    proposal = propose(crew.clerk, ProposalDraft("concession", order, "20261123-0001", after, "老客户要求"))
    assert look(crew.lead, proposal).waits_for == "lead"
    agree(crew.lead, proposal)
    assert look(crew.lead, proposal).waits_for == "manager"
    with pytest.raises(NotYourDecisionError):
        agree(crew.lead, proposal)
    agree(crew.manager, proposal)
    assert OrderEvent.CONCEDED in [one.kind for one in order_detail(crew.clerk, order).happenings]
    assert verify(crew.lead).ok


def test_a_concession_after_confirming_is_overtaken(crew: Crew) -> None:
    [order] = accept(crew, [draft()])
    after = {"amount": 30_00, "reason": "老客户"}
    proposal = propose(crew.clerk, ProposalDraft("concession", order, "20261123-0001", after, "老客户要求"))
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    with pytest.raises(StaleProposalError):
        agree(crew.lead, proposal)
    with pytest.raises(GivingError):
        propose(crew.clerk, ProposalDraft("concession", order, "20261123-0001", after, "老客户要求"))


def test_a_bad_customer_is_reported_by_the_desk_and_confirmed_by_the_manager(crew: Crew) -> None:
    [order] = accept(crew, [draft()])
    reason = {"reason": "三次拒收"}
    proposal = propose(crew.clerk, ProposalDraft("bad_customer", order, "陈立群", reason, "三次拒收，恶意差评"))
    agree(crew.manager, proposal)
    [again] = accept(crew, [draft(1, source_number="99")])
    assert any(finding.code == "flagged" for finding in order_detail(crew.clerk, again).row.findings)
    assert verify(crew.lead).ok


def test_a_customer_marked_meanwhile_is_not_marked_twice(crew: Crew) -> None:
    [order] = accept(crew, [draft()])
    proposal = propose(crew.clerk, ProposalDraft("bad_customer", order, "陈立群", {"reason": "拒收"}, "拒收"))
    flag_customer(crew.manager, order, "拒收")
    with pytest.raises(StaleProposalError):
        agree(crew.director, proposal)


def test_a_delegate_decides_within_the_days_and_kind(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    today = date(2026, 11, 23)
    given = delegate(crew.manager, crew.lead.person, today, today + timedelta(days=1), "price")
    proposal = price(crew)
    assert look(crew.lead, proposal).may_decide
    assert proposal_counts(crew.lead)[Desk.MINE] == 1
    agree(crew.lead, proposal)
    assert "刘总监" in proposal_detail(crew.lead, proposal).history[1].sentence
    with pytest.raises(NotYourDecisionError):
        agree(crew.lead, listing(crew, product_of(crew)))
    end_delegation(crew.manager, given)
    assert not look(crew.lead, price(crew, 395_00)).may_decide
    assert verify(crew.lead).ok


def test_a_delegation_ends_with_its_last_day(crew: Crew) -> None:
    add(crew)
    today = date(2026, 11, 23)
    delegate(crew.manager, crew.lead.person, today, today)
    crew.clock.advance(minutes=DAY)
    with pytest.raises(NotYourDecisionError):
        agree(crew.lead, price(crew))


def test_a_delegation_goes_on_but_not_through_the_proposer(crew: Crew) -> None:
    add(crew)
    today = date(2026, 11, 23)
    delegate(crew.director, crew.lead.person, today, today)
    own = price(crew, who=crew.manager)
    delegate(crew.manager, crew.specialist.person, today, today)
    agree(crew.lead, own)  # for the general manager
    again = price(crew, 395_00, who=crew.manager)
    with pytest.raises(NotYourDecisionError):
        agree(crew.specialist, again)  # the proposer's own place
    with pytest.raises(OwnProposalError):
        agree(crew.manager, again)


def test_the_proposer_does_not_decide_as_a_delegate(crew: Crew) -> None:
    add(crew)
    today = date(2026, 11, 23)
    delegate(crew.manager, crew.planner.person, today, today)
    with pytest.raises(OwnProposalError):
        agree(crew.planner, price(crew))


@pytest.mark.parametrize(("first", "last"), [(1, 0), (-3, -1)])
def test_a_delegation_is_for_days_that_come(crew: Crew, first: int, last: int) -> None:
    today = date(2026, 11, 23)
    with pytest.raises(DelegationError):
        delegate(crew.manager, crew.lead.person, today + timedelta(days=first), today + timedelta(days=last))
    with pytest.raises(DelegationError):
        delegate(crew.manager, crew.manager.person, today, today)


def test_only_who_decides_delegates(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        delegate(crew.clerk, crew.lead.person, date(2026, 11, 23), date(2026, 11, 23))


def test_a_batch_says_what_was_refused(crew: Crew) -> None:
    product = add(crew)
    first, second = price(crew), listing(crew, product)
    own = propose(crew.manager, ProposalDraft("listing", add(crew, name="另一款", variants=(
        type(BOTTLE)("BJ-2", price=1_00),)), "另一款", {}, "上新"))  # fmt: skip
    chosen = [(one, look(crew.manager, one).last_seq) for one in (first, second, own)]
    refused = approve_batch(crew.manager, chosen)
    assert [one.proposal for one in refused] == [second, own]  # the listing rested on the old price
    assert price_of(crew) == 389_00
