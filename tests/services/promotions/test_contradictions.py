"""Prices that contradict a promotion: refused where they are proposed, caught where it would start (P2, P4)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.clock import to_ms
from app.errors import RuleError
from app.models.approvals import ProposalState
from app.models.ledger import entries
from app.models.people import SYSTEM
from app.models.publishing import PromotionState
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.catalog import store
from app.services.catalog.products import add_product
from app.services.due import run_what_is_due
from app.services.ledger import open_ledger
from app.services.promotions.prices import FloorAbovePromotionError, PriceNotAbovePromotionError
from app.services.promotions.promotions import PromotionDraft, list_promotions, propose_promotion, stop_promotion
from app.services.verify import verify
from tests.services.approvals.making import agree
from tests.services.catalog.making import BOTTLE, add, article, product
from tests.services.orders.making import Crew

S = PromotionState
DAY = timedelta(days=1)


def promote(crew: Crew, name: str = "双十二", code: str = "BJ-1003", wanted: int = 389_00, after: int = 1) -> None:
    """Two days at this price, from `after` days on; approved."""
    start = crew.clock.now() + after * DAY
    draft = PromotionDraft(name, "直降", start, start + 2 * DAY, 0, {code: wanted})
    propose_promotion(crew.planner, draft, "竞品在降价")
    for row in list_proposals(crew.manager, Desk.MINE):
        if row.kind == "promotion":
            approve(crew.manager, row.id, row.last_seq)


def price(crew: Crew, after: dict[str, int], days: int | None = None) -> int:
    effect_at = None if days is None else crew.clock.now() + days * DAY
    return propose(crew.planner, ProposalDraft("price", article(crew), "剑南春", after, "成本上涨", effect_at))


def states(crew: Crew) -> dict[str, tuple[PromotionState, str]]:
    return {row.name: (row.state, row.reason) for row in list_promotions(crew.clerk)}


def prices_behind(crew: Crew, code: str, **prices: int) -> None:
    """Put prices in force that nobody was asked about, as an import does while a product is not on sale."""
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), crew.planner.person)
        store.price_article(conn, pen, article(crew, code), prices, None)


@pytest.mark.parametrize(
    ("prices", "reason"),
    [({"floor": 389_01}, "below the floor price"), ({"price": 389_00}, "not below the usual price")],
)
def test_what_may_not_start_is_stopped_by_the_program_and_the_others_go_on(
    any_crew: Crew, prices: dict[str, int], reason: str
) -> None:
    crew = any_crew
    add(crew)
    add_product(crew.planner, product(name="甲", variants=(replace(BOTTLE, code="A-1", barcodes=()),)))
    promote(crew)
    promote(crew, "年终", "A-1")
    prices_behind(crew, "BJ-1003", **prices)
    crew.clock.advance(days=1)
    assert run_what_is_due(crew.program) == 2
    state, told = states(crew)["双十二"]
    assert (state, states(crew)["年终"]) == (S.STOPPED, (S.RUNNING, ""))
    assert told.startswith("BJ-1003: ")
    assert reason in told
    with crew.db.reading() as conn:
        row = conn.execute(entries.select().where(entries.c.kind == "promotion.stopped")).one()
    assert row.person == SYSTEM
    assert run_what_is_due(crew.program) == 0
    assert verify(crew.lead).ok


@pytest.mark.parametrize("running", [False, True], ids=["approved", "running"])
@pytest.mark.parametrize(
    ("after", "error"),
    [
        ({"floor": 390_00}, FloorAbovePromotionError),
        ({"price": 420_00, "floor": 400_00}, FloorAbovePromotionError),
        ({"price": 389_00}, PriceNotAbovePromotionError),
        ({"price": 385_00}, PriceNotAbovePromotionError),
    ],
)
def test_a_price_that_contradicts_a_promotion_is_not_proposed(
    crew: Crew, after: dict[str, int], error: type[RuleError], running: bool
) -> None:
    add(crew)
    promote(crew)
    if running:
        crew.clock.advance(days=1)
        run_what_is_due(crew.program)
    with pytest.raises(error, match=r"“双十二” at ¥\s389\.00"):
        price(crew, after)
    assert list_proposals(crew.manager, Desk.WAITING) == []


@pytest.mark.parametrize(
    "after", [{"floor": 389_00}, {"price": 389_01}, {"price": 450_00, "floor": 385_00}, {"floor": 300_00}]
)
def test_a_price_that_agrees_with_the_promotion_is_proposed(crew: Crew, after: dict[str, int]) -> None:
    add(crew)
    promote(crew)
    agree(crew.manager, price(crew, after))
    crew.clock.advance(days=1)
    run_what_is_due(crew.program)
    assert states(crew)["双十二"] == (S.RUNNING, "")


@pytest.mark.parametrize("days", [None, 2], ids=["at once", "later"])
def test_a_promotion_that_was_approved_meanwhile_stands_against_the_price(any_crew: Crew, days: int | None) -> None:
    crew = any_crew
    add(crew)
    waiting = price(crew, {"price": 385_00}, days)
    promote(crew)
    with pytest.raises(PriceNotAbovePromotionError):
        agree(crew.manager, waiting)
    assert proposal_detail(crew.clerk, waiting).row.state is ProposalState.WAITING
    assert verify(crew.lead).ok


def test_a_price_approved_for_later_does_not_take_effect_within_a_promotion(crew: Crew) -> None:
    add(crew)
    later = price(crew, {"price": 385_00}, 2)
    agree(crew.manager, later)
    promote(crew)
    crew.clock.advance(days=2)
    run_what_is_due(crew.program)
    detail = proposal_detail(crew.clerk, later)
    assert detail.row.state is ProposalState.FAILED
    assert "双十二" in detail.history[-1].sentence
    assert states(crew)["双十二"] == (S.RUNNING, "")


def test_what_takes_effect_when_the_promotion_is_over_contradicts_nothing(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    promote(crew)
    after = price(crew, {"price": 385_00}, 3)  # the very moment at which it ends
    agree(crew.manager, after)
    crew.clock.advance(days=1)
    run_what_is_due(crew.program)
    crew.clock.advance(days=2)
    assert run_what_is_due(crew.program) == 2
    assert proposal_detail(crew.clerk, after).row.state is ProposalState.EFFECTIVE
    assert states(crew)["双十二"][0] is S.ENDED


def test_a_stopped_promotion_stands_against_nothing_and_says_why_it_was_stopped(crew: Crew) -> None:
    add(crew)
    promote(crew)
    [row] = list_promotions(crew.clerk)
    stop_promotion(crew.planner, row.id, "缺货")
    agree(crew.manager, price(crew, {"price": 385_00}))
    assert states(crew)["双十二"] == (S.STOPPED, "缺货")
