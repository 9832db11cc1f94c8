"""Planning an office's weeks: what a search that is stopped leaves, and what it tells of meanwhile."""

from datetime import UTC, datetime

from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Found, Status
from app.services.duty.roster.price import cost, rank
from app.services.duty.roster.problem import FREE
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.solve import draw_plan, plan_span
from app.services.duty.span import Span
from tests.services.duty.making import MONDAY, published
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


def test_a_plan_anew_that_is_stopped_early_is_no_worse_than_the_draft_that_stood(crew: Crew) -> None:
    """A hand has changed two cells of a published week; nothing that is found in a moment may change more of them."""
    crew.clock.time = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
    with Planner() as planner:
        draw_plan(crew.lead, plan_span(crew.lead, planner, read_roster(crew.lead, MONDAY, 1), seconds=20))
        published(crew.lead)
        first, second = _changed_places(read_roster(crew.lead, MONDAY, 1))
        draw(crew.lead, [first, second])
        stood = read_roster(crew.lead, MONDAY, 1)
        assert breaches(stood.problem, stood.cells()) == []
        told = list[Found]()
        stopped = plan_span(crew.lead, planner, stood, fewest_changes=True, on_plan=told.append, stop=lambda: True)
        assert stopped.outcome.cells is not None
        assert rank(stood.problem, stopped.outcome.cells) <= rank(stood.problem, stood.cells())
        assert told[0].cells == stood.cells()
        again = plan_span(crew.lead, planner, stood, seconds=20, fewest_changes=True, on_plan=told.append)
    assert (again.outcome.status, again.outcome.changes) == (Status.PROVEN, 0)


def _changed_places(span: Span) -> tuple[Stroke, Stroke]:
    """A day's turn on call that passes from one to another person."""
    called = [(line, row) for line, row in zip(span.lines, span.cells(), strict=True) if line.on_call]
    day = next(number for number, shift in enumerate(called[0][1]) if shift != FREE)
    return (
        Stroke(called[0][0].key, span.days[day], "+", ""),
        Stroke(called[1][0].key, span.days[day], "", "+"),
    )
