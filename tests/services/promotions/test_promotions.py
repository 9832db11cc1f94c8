"""Promotions: planned with an approval, started and ended by themselves, whatever the clock does (rule P4)."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from app.errors import AppError, PermissionDeniedError
from app.models.approvals import ProposalState
from app.models.ledger import entries
from app.models.people import Post
from app.models.publishing import PromotionState, PromotionStateError
from app.services.access import Context
from app.services.approvals.decisions import return_proposal
from app.services.approvals.errors import MayNotProposeError
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.catalog.articles import UnknownArticleError
from app.services.catalog.detail import product_detail
from app.services.due import run_what_is_due
from app.services.promotions.prices import (
    BelowFloorError,
    GivenAwayError,
    NotLowerError,
    OverlapError,
    promotional_prices,
)
from app.services.promotions.promotions import (
    CostError,
    NamelessPromotionError,
    NoArticlesError,
    PeriodError,
    PromotionDraft,
    PromotionRow,
    list_promotions,
    promotion_articles,
    propose_promotion,
    stop_promotion,
)
from app.services.verify import verify
from tests.services.approvals.making import agree_to_all
from tests.services.catalog.making import add
from tests.services.orders.making import Crew

DAY = 24 * 60
S = PromotionState


def draft(crew: Crew, **changes: Any) -> PromotionDraft:
    """From tomorrow on for two days."""
    start = crew.clock.now() + timedelta(days=1)
    own: dict[str, Any] = {
        "name": "双十二", "terms": "直降", "starts": start, "ends": start + timedelta(days=2), "cost": 5_000_00,
        "prices": {"BJ-1003": 389_00},
    }  # fmt: skip
    return PromotionDraft(**(own | changes))


def plan(crew: Crew, who: Context | None = None, **changes: Any) -> int:
    return propose_promotion(who or crew.planner, draft(crew, **changes), "竞品在降价")


def row(crew: Crew) -> PromotionRow:
    [one] = list_promotions(crew.clerk)
    return one


def happened(crew: Crew) -> list[str]:
    with crew.db.reading() as conn:
        wanted = select(entries.c.kind).where(entries.c.kind.startswith("promotion.")).order_by(entries.c.seq)
        return list(conn.execute(wanted).scalars())


def price_now(crew: Crew) -> int | None:
    with crew.db.reading() as conn:
        return promotional_prices(conn, ["BJ-1003"]).get("BJ-1003")


def test_the_catalog_tells_the_price_of_a_promotion_while_it_runs(any_crew: Crew) -> None:
    crew = any_crew
    product = add(crew)
    plan(crew)
    agree_to_all(crew.manager)

    def told() -> int | None:
        [article] = [one for one in product_detail(crew.clerk, product).articles if one.code == "BJ-1003"]
        return article.promotional

    assert told() is None
    crew.clock.advance(minutes=DAY)
    run_what_is_due(crew.program)
    assert told() == 389_00
    stop_promotion(crew.manager, row(crew).id, "卖完了")
    assert told() is None


def test_it_is_planned_and_proposed_in_one_step_and_runs_by_itself(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    plan(crew)
    standing = row(crew).standing
    assert standing is not None
    assert (row(crew).state, row(crew).articles, standing.waits_for) == (S.PLANNED, 1, Post.MANAGER)
    assert [(one.code, one.price, one.usual, one.floor) for one in promotion_articles(crew.clerk, row(crew).id)] == [
        ("BJ-1003", 389_00, 409_00, 380_00)
    ]
    agree_to_all(crew.manager)
    assert (row(crew).state, row(crew).standing) == (S.APPROVED, None)
    assert run_what_is_due(crew.program) == 0
    crew.clock.advance(minutes=DAY)
    assert run_what_is_due(crew.program) == 1
    assert (row(crew).state, price_now(crew)) == (S.RUNNING, 389_00)
    crew.clock.advance(minutes=2 * DAY)
    assert run_what_is_due(crew.program) == 1
    assert (row(crew).state, price_now(crew)) == (S.ENDED, None)
    assert verify(crew.program).ok


def test_a_clock_turned_back_across_the_start_neither_unstarts_it_nor_starts_it_twice(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    plan(crew)
    agree_to_all(crew.manager)
    crew.clock.advance(minutes=DAY + 5)
    assert run_what_is_due(crew.program) == 1
    crew.clock.advance(minutes=-60)
    assert run_what_is_due(crew.program) == 0
    assert (row(crew).state, price_now(crew)) == (S.RUNNING, 389_00)
    crew.clock.advance(minutes=70)
    assert run_what_is_due(crew.program) == 0
    assert happened(crew) == ["promotion.planned", "promotion.approved", "promotion.started"]
    crew.clock.advance(minutes=2 * DAY)
    assert run_what_is_due(crew.program) == 1
    crew.clock.advance(minutes=-DAY)  # and across its end
    assert run_what_is_due(crew.program) == 0
    assert (row(crew).state, happened(crew).count("promotion.ended")) == (S.ENDED, 1)
    assert verify(crew.program).ok


@pytest.mark.parametrize(
    ("off_for", "then"), [(1.5 * DAY, S.RUNNING), (4 * DAY, S.ENDED)], ids=["over its start", "over all of it"]
)
def test_what_was_missed_while_the_program_was_off_is_made_up_for_at_the_next_start(
    crew: Crew, off_for: float, then: PromotionState
) -> None:
    add(crew)
    plan(crew)
    agree_to_all(crew.manager)
    crew.clock.advance(minutes=off_for)
    assert run_what_is_due(crew.program) == 1
    assert row(crew).state is then
    assert run_what_is_due(crew.program) == 0


def test_an_end_that_was_missed_comes_at_the_next_start(crew: Crew) -> None:
    add(crew)
    plan(crew)
    agree_to_all(crew.manager)
    crew.clock.advance(minutes=DAY)
    run_what_is_due(crew.program)
    crew.clock.advance(minutes=30 * DAY)
    assert run_what_is_due(crew.program) == 1
    assert row(crew).state is S.ENDED


def test_what_nobody_approved_never_starts(crew: Crew) -> None:
    add(crew)
    plan(crew)
    crew.clock.advance(minutes=DAY)
    assert run_what_is_due(crew.program) == 0
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, waiting.id, waiting.last_seq, "让利太多")
    standing = row(crew).standing
    assert standing is not None
    assert (row(crew).state, standing.state, standing.waits_for) == (S.PLANNED, ProposalState.RETURNED, None)


def test_it_is_stopped_with_a_reason_and_stays_so(crew: Crew) -> None:
    add(crew)
    number = plan(crew)
    agree_to_all(crew.manager)
    crew.clock.advance(minutes=DAY)
    run_what_is_due(crew.program)
    stop_promotion(crew.planner, number, "缺货")
    assert (row(crew).state, price_now(crew)) == (S.STOPPED, None)
    crew.clock.advance(minutes=3 * DAY)
    assert run_what_is_due(crew.program) == 0
    with pytest.raises(PromotionStateError):
        stop_promotion(crew.planner, number, "再停")


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"name": " "}, NamelessPromotionError),
        ({"terms": ""}, NamelessPromotionError),
        ({"prices": {}}, NoArticlesError),
        ({"prices": {"X-1": 1_00}}, UnknownArticleError),
        ({"prices": {"BJ-1003": 379_99}}, BelowFloorError),
        ({"prices": {"BJ-1003": 409_00}}, NotLowerError),
        ({"prices": {"BJ-1003-6": 0}}, GivenAwayError),
        ({"prices": {"BJ-1003-6": -5}}, GivenAwayError),
        ({"cost": -1}, CostError),
    ],
)
def test_nonsense_is_refused_and_leaves_nothing(crew: Crew, changes: dict[str, Any], error: type[AppError]) -> None:
    add(crew)
    with pytest.raises(error):
        plan(crew, **changes)
    assert list_promotions(crew.clerk) == []
    assert happened(crew) == []


def test_a_period_ends_after_it_starts_and_after_now(crew: Crew) -> None:
    add(crew)
    now = crew.clock.now()
    for starts, ends in ((now, now), (now - timedelta(days=2), now - timedelta(days=1))):
        with pytest.raises(PeriodError):
            plan(crew, starts=starts, ends=ends)


def test_one_article_has_one_promotion_at_a_time(crew: Crew) -> None:
    add(crew)
    plan(crew)
    agree_to_all(crew.manager)
    later = draft(crew)
    with pytest.raises(OverlapError, match="双十二"):
        propose_promotion(crew.planner, replace(later, name="年终"), "x")
    after = later.ends
    propose_promotion(crew.planner, replace(later, name="年终", starts=after, ends=after + timedelta(days=1)), "x")
    assert len(list_promotions(crew.clerk)) == 2


def test_who_may(crew: Crew) -> None:
    add(crew)
    with pytest.raises(PermissionDeniedError):
        plan(crew, crew.clerk)
    with pytest.raises(MayNotProposeError):
        plan(crew, crew.specialist)  # enters goods, plans no promotion
    assert list_promotions(crew.clerk) == []


def test_who_decides_reads_the_period_with_its_years(crew: Crew) -> None:
    add(crew)
    plan(crew)
    [proposal] = list_proposals(crew.manager, Desk.MINE)
    assert ("Period", "", "2026-11-24 10:00 — 2026-11-26 10:00") in proposal_detail(crew.manager, proposal.id).told
