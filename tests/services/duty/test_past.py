"""Weeks that have begun: what is over stays, binds what is to come, and never makes a plan impossible by itself."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from app.services.access import Context
from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.problem import FREE, Rule
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import PastRosterError, Stroke, draw, read_roster
from app.services.duty.rules import DEFAULT_RULES, HOUR, written
from app.services.duty.solve import Planned, draw_plan, plan_span
from app.services.duty.span import Span
from app.services.duty.weeks import line_key
from app.services.office import change_settings, office_settings
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew

THURSDAY = 3  # of the week from MONDAY on


@pytest.fixture(scope="module")
def planner() -> Iterator[Planner]:
    with Planner() as made:
        yield made


def go_to_thursday(crew: Crew) -> None:
    crew.clock.time = datetime(2026, 11, 26, 0, 0, tzinfo=UTC)  # eight in the morning: nothing of the day has begun


def row(span: Span, person: Context) -> int:
    return [line.key for line in span.lines].index(line_key(person.person))


def planned(crew: Crew, planner: Planner, *, fewest_changes: bool = False) -> Planned:
    span = read_roster(crew.lead, MONDAY, 1)
    return plan_span(crew.lead, planner, span, seconds=20, fewest_changes=fewest_changes)


def whole_week(crew: Crew, planner: Planner) -> None:
    crew.clock.time = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    draw_plan(crew.lead, planned(crew, planner))
    published(crew.lead)


def test_days_that_are_over_stay_and_the_rest_keeps_every_rule_with_them(crew: Crew, planner: Planner) -> None:
    whole_week(crew, planner)
    before = read_roster(crew.lead, MONDAY, 1).cells()
    go_to_thursday(crew)
    for person in (crew.clerk, crew.colleague, crew.lead):  # the plan of what is left is to be another one
        key, number = line_key(person.person), row(read_roster(crew.lead, MONDAY, 1), person)
        span = read_roster(crew.lead, MONDAY, 1)
        codes = [span.code(shift) for shift in before[number]]
        days = [MONDAY + timedelta(days=day) for day in range(7)]
        draw(crew.lead, [Stroke(key, days[day], codes[day], "") for day in range(THURSDAY + 1, 7) if codes[day]])
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    assert done.outcome.cells is not None
    assert [line[:THURSDAY] for line in done.outcome.cells] == [line[:THURSDAY] for line in before]
    draw_plan(crew.lead, done)
    after = read_roster(crew.lead, MONDAY, 1)
    assert after.cells() == done.outcome.cells
    assert breaches(after.problem, after.cells()) == []


def test_a_shift_of_today_that_has_begun_stays_whatever_the_plan_would_be_without_it(
    crew: Crew, planner: Planner
) -> None:
    """At ten on Saturday two are at work, where the rules ask for one, and one of them on a day off by contract."""
    duty = {crew.clerk.person: "- - - - - Duty -", crew.colleague.person: "- - - - - Duty -"}
    drawn(crew.lead, {**duty, crew.planner.person: "- - - - - 8:30 -", crew.lead.person: "- - - - - - Duty"})
    published(crew.lead)
    crew.clock.time = datetime(2026, 11, 28, 2, 0, tzinfo=UTC)
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    assert done.outcome.cells is not None
    span = read_roster(crew.lead, MONDAY, 1)
    on_saturday = [span.code(row[5]) for row in done.outcome.cells]
    assert [on_saturday[row(span, one)] for one in (crew.clerk, crew.colleague, crew.planner)] == [
        "Duty",
        "Duty",
        "8:30",
    ]
    draw_plan(crew.lead, done)


def test_what_was_worked_against_a_rule_or_too_little_does_not_hinder_the_days_left(
    crew: Crew, planner: Planner
) -> None:
    contracts = {post: replace(one, least_rest=12 * HOUR) for post, one in DEFAULT_RULES.contracts.items()}
    rules = written(replace(DEFAULT_RULES, contracts=contracts))
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=rules))
    drawn(crew.lead, {crew.clerk.person: "12:30 8:30 Duty - - - -"})  # too little rest; one at the desk, others free
    published(crew.lead)
    go_to_thursday(crew)
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    draw_plan(crew.lead, done)
    span = read_roster(crew.lead, MONDAY, 1)
    assert [span.code(shift) for shift in span.cells()[row(span, crew.clerk)][:THURSDAY]] == ["12:30", "8:30", "Duty"]
    left = [one for one in breaches(span.problem, span.cells()) if one.first_day >= THURSDAY]
    assert [one.rule for one in left] == []
    assert Rule.REST in {one.rule for one in breaches(span.problem, span.cells())}


def test_an_empty_week_is_planned_from_the_day_on_that_it_is_planned(crew: Crew, planner: Planner) -> None:
    go_to_thursday(crew)
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    assert done.outcome.cells is not None
    assert {shift for line in done.outcome.cells for shift in line[:THURSDAY]} == {FREE}
    assert draw_plan(crew.lead, done) > 0


def test_hours_that_can_still_be_worked_in_the_week_are(crew: Crew, planner: Planner) -> None:
    drawn(crew.lead, {crew.colleague.person: "12:30 12:30 12:30 - - - -", crew.lead.person: "8:30 8:30 8:30 - - - -"})
    go_to_thursday(crew)
    done = planned(crew, planner)
    assert done.outcome.cells is not None
    span = read_roster(crew.lead, MONDAY, 1)
    clerk = done.outcome.cells[row(span, crew.clerk)]
    assert sum(span.problem.shifts[shift].minutes for shift in clerk if shift != FREE) >= 22 * HOUR


def test_a_plan_anew_counts_no_change_of_days_that_are_over(crew: Crew, planner: Planner) -> None:
    whole_week(crew, planner)
    span = read_roster(crew.lead, MONDAY, 1)
    code = span.code(span.shift(line_key(crew.clerk.person), MONDAY))
    other = "" if code else "8:30"
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY, code, other)])  # drawn, and never published
    go_to_thursday(crew)
    done = planned(crew, planner, fewest_changes=True)
    assert (done.outcome.status, done.outcome.changes) == (Status.PROVEN, 0)


def test_weeks_that_are_over_are_not_planned(crew: Crew, planner: Planner) -> None:
    crew.clock.time = datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    with pytest.raises(PastRosterError):
        planned(crew, planner)


def test_nothing_new_is_put_where_it_should_have_begun_but_by_hand_it_may(crew: Crew, planner: Planner) -> None:
    """At ten on Monday the early shifts have begun without anybody; who was put into one by hand stays in it."""
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY, "", "8:30", pinned=True)])
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    assert done.outcome.cells is not None
    span = read_roster(crew.lead, MONDAY, 1)
    today = [span.problem.shifts[one[0]] for one in done.outcome.cells if one[0] != FREE]
    assert [one.code for one in today if one.start is not None and one.start <= 10 * HOUR] == ["8:30"]
    assert span.code(done.outcome.cells[row(span, crew.clerk)][0]) == "8:30"
    assert [one.code for one in today if one.start is not None and one.start > 10 * HOUR]
    draw_plan(crew.lead, done)


def test_late_in_the_evening_today_asks_for_nobody(crew: Crew, planner: Planner) -> None:
    crew.clock.time = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
    done = planned(crew, planner)
    assert done.outcome.status is Status.PROVEN
    assert done.outcome.cells is not None
    span = read_roster(crew.lead, MONDAY, 1)
    assert {span.code(one[0]) for one in done.outcome.cells} == {"", "+"}
    assert all(any(shift != FREE for shift in one[1:]) for one in done.outcome.cells[:3])
