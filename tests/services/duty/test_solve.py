"""Planning an office's weeks: what a search that is stopped leaves, and what it tells of meanwhile."""

from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Found, Status
from app.services.duty.roster.price import cost
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import read_roster
from app.services.duty.solve import draw_plan, plan_span
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew


def test_a_search_that_is_stopped_early_keeps_the_draft_that_stood(crew: Crew) -> None:
    span = read_roster(crew.lead, MONDAY, 1)
    with Planner() as planner:
        draw_plan(crew.lead, plan_span(crew.lead, planner, span, seconds=20))
        good = read_roster(crew.lead, MONDAY, 1)
        stopped = plan_span(crew.lead, planner, good, stop=lambda: True)
    assert stopped.outcome.status in {Status.STOPPED, Status.PROVEN}
    assert stopped.outcome.cells == good.cells()
    assert stopped.outcome.objective == cost(good.problem, good.cells()).total
    assert draw_plan(crew.lead, stopped) == 0


def test_nothing_worse_than_the_draft_is_told_of(crew: Crew) -> None:
    with Planner() as planner:
        draw_plan(crew.lead, plan_span(crew.lead, planner, read_roster(crew.lead, MONDAY, 1), seconds=20))
        good, told = read_roster(crew.lead, MONDAY, 1), list[Found]()
        again = plan_span(crew.lead, planner, good, seconds=20, on_plan=told.append)
    assert told[0].cells == good.cells()
    assert {found.objective for found in told} == {again.outcome.objective}


def test_a_draft_that_breaks_rules_stands_in_nobodys_way(crew: Crew) -> None:
    span, told = read_roster(crew.lead, MONDAY, 1), list[Found]()
    assert breaches(span.problem, span.cells()) != []
    with Planner() as planner:
        stopped = plan_span(crew.lead, planner, span, on_plan=told.append, stop=lambda: True)
    assert stopped.outcome.cells is None
    assert told == []
