"""What took effect later than it was approved for tells both moments; what was in time or approved late does not."""

from datetime import timedelta

import pytest

from app.services.approvals.decisions import run_due_proposals
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import proposal_detail
from app.services.catalog.detail import product_detail
from tests.services.approvals.making import agree
from tests.services.catalog.making import add, price
from tests.services.orders.making import Crew

LATE = {1: "", 15 * 60: "due 11-23 20:00, in force since 11-24 11:00"}


@pytest.mark.parametrize("late", LATE, ids=["in time", "the program was closed"])
def test_what_took_effect_late_tells_for_when_it_was_approved(any_crew: Crew, late: int) -> None:
    crew, product = any_crew, add(any_crew)
    start, title = crew.clock.now() + timedelta(hours=10), "剑南春"
    listing = propose(crew.specialist, ProposalDraft("listing", product, title, {}, "上新", effect_at=start))
    dearer = price(crew, effect_at=start)
    for proposal in (listing, dearer):
        agree(crew.manager, proposal)
    crew.clock.advance(minutes=10 * 60 + late)
    run_due_proposals(crew.program)
    detail = product_detail(crew.clerk, product)
    assert detail.prices[0].late == LATE[late]
    said = [one.sentence for one in detail.history[:2]]
    said += [proposal_detail(crew.clerk, one).history[-1].sentence for one in (listing, dearer)]
    assert all(one.endswith(LATE[late]) and ("due" in one) == bool(LATE[late]) for one in said), said


def test_what_was_approved_after_its_time_is_not_late(crew: Crew) -> None:
    add(crew)
    proposal = price(crew, effect_at=crew.clock.now() + timedelta(hours=1))
    crew.clock.advance(minutes=120)
    agree(crew.manager, proposal)
    assert proposal_detail(crew.clerk, proposal).history[-1].sentence == "In force"
