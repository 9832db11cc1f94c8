"""What became of one's own proposals since one last heard of them, and how much is to be published."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from app.clock import to_ms
from app.errors import PermissionDeniedError
from app.models.ledger import entries
from app.services import subjects
from app.services.access import Context
from app.services.approvals.decisions import approve, mark_published, return_proposal, run_due_proposals
from app.services.approvals.errors import StaleProposalError
from app.services.approvals.outcomes import RECENT_MS, Ending, count_to_publish, own_outcomes
from app.services.approvals.proposals import note_proposal, withdraw
from app.services.approvals.queue import proposal_detail
from app.services.catalog.detail import product_detail
from app.services.ledger import open_ledger
from tests.services.approvals.making import agree
from tests.services.catalog.making import add, change_article, price
from tests.services.orders.making import Crew


def head(crew: Crew) -> int:
    with crew.db.reading() as conn:
        last: int = conn.execute(select(func.max(entries.c.seq))).scalar_one()
        return last


def told(ctx: Context, heard: int | None) -> list[tuple[Ending, str]]:
    return [(one.ending, one.reason) for one in own_outcomes(ctx, heard)]


def seen(crew: Crew, proposal: int) -> int:
    return proposal_detail(crew.manager, proposal).row.last_seq


def test_each_ending_is_told_once(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    heard = head(crew)
    first = price(crew)
    note_proposal(crew.planner, first, "竞品截图")
    assert told(crew.planner, heard) == []
    return_proposal(crew.manager, first, seen(crew, first), "毛利太低")
    assert told(crew.planner, heard) == [(Ending.RETURNED, "毛利太低")]
    [returned] = own_outcomes(crew.planner, heard)
    assert (returned.proposal, returned.title, returned.entry) == (first, "剑南春 水晶剑", head(crew))
    agree(crew.manager, price(crew))
    assert told(crew.planner, returned.entry) == [(Ending.IN_FORCE, "")]
    assert told(crew.planner, heard) == [(Ending.RETURNED, "毛利太低"), (Ending.IN_FORCE, "")]
    assert told(crew.planner, head(crew)) == []


def test_what_is_overtaken_is_void(crew: Crew) -> None:
    number = add(crew)
    proposal, last = price(crew), head(crew)
    bottle = product_detail(crew.specialist, number).articles[0]
    change_article(crew.specialist, number, bottle, cost=300_00)
    with pytest.raises(StaleProposalError):
        approve(crew.manager, proposal, seen(crew, proposal))
    assert told(crew.planner, last) == [(Ending.VOID, "")]


def test_a_later_time_is_told_of_twice(crew: Crew) -> None:
    add(crew)
    agree(crew.manager, price(crew, effect_at=crew.clock.now() + timedelta(hours=10)))
    [approved] = own_outcomes(crew.planner, None)
    assert approved.ending is Ending.APPROVED
    crew.clock.advance(minutes=601)
    run_due_proposals(crew.program)
    assert told(crew.planner, approved.entry) == [(Ending.IN_FORCE, "")]


def test_why_it_could_not_take_effect_is_told(crew: Crew) -> None:
    add(crew)
    proposal = price(crew, effect_at=crew.clock.now() + timedelta(hours=10))
    agree(crew.manager, proposal)
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), 0)
        subjects.advance(conn, pen, proposal, "proposal.failed", {"reason": "低于最低价"})
    assert told(crew.planner, None) == [(Ending.APPROVED, ""), (Ending.FAILED, "低于最低价")]


def test_nobody_hears_of_others_proposals_or_of_what_they_took_back(crew: Crew) -> None:
    add(crew)
    own = price(crew)
    withdraw(crew.planner, own, "算错了")
    agree(crew.director, price(crew, who=crew.manager))
    assert told(crew.planner, 0) == []
    assert told(crew.manager, 0) == [(Ending.IN_FORCE, "")]


def test_who_has_never_heard_of_anything_hears_of_the_last_days_only(crew: Crew) -> None:
    add(crew)
    agree(crew.manager, price(crew))
    assert told(crew.planner, None) == [(Ending.IN_FORCE, "")]
    crew.clock.advance(minutes=RECENT_MS // 60_000 + 1)
    assert told(crew.planner, None) == []
    assert told(crew.planner, 0) == [(Ending.IN_FORCE, "")]


def test_what_is_to_publish_is_counted_for_who_publishes(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    assert count_to_publish(crew.specialist) == 0
    proposal = price(crew)
    agree(crew.manager, proposal)
    assert count_to_publish(crew.specialist) == 1
    mark_published(crew.specialist, proposal, "天猫")
    assert count_to_publish(crew.specialist) == 0
    with pytest.raises(PermissionDeniedError):
        count_to_publish(crew.clerk)
