"""Who acts in a post is planned in its shifts on the days of acting, and on no others (rules D2, D4)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.people import Post
from app.services.access import Context
from app.services.duty.now import leads_now, who_is_on
from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.problem import Breach, Rule
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import Stroke, copy_week, draw, read_roster
from app.services.duty.solve import draw_plan, plan_span
from app.services.duty.span import Span
from app.services.duty.swap_effect import SwapBreaksError
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap
from app.services.duty.weeks import line_key
from app.services.duty.words import words_of
from app.services.leave.acting import ActingDraft, begin_acting, end_acting
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew

EARLY, LATE, ON_CALL = 0, 1, 7  # places of the shifts among the rules
DAY = timedelta(days=1)
NEXT = MONDAY + timedelta(weeks=1)
WEDNESDAY, FRIDAY = NEXT + 2 * DAY, NEXT + 4 * DAY


def act(crew: Crew, who: Context, post: Post, first: date = WEDNESDAY, last: date = FRIDAY) -> int:
    return begin_acting(crew.manager, ActingDraft(who.person, post, None, first, last, "空缺"))


def row(span: Span, person: Context, *, on_call: bool = False) -> int:
    return [line.key for line in span.lines].index(line_key(person.person, on_call=on_call))


def does(span: Span, person: Context) -> list[bool]:
    """Whether somebody could have the late shift, by day."""
    worker = span.problem.workers[row(span, person)]
    return [LATE in worker.does(day) for day in range(7)]


def asked(span: Span, person: Context, name: str) -> list[int]:
    """The days on which somebody counts for a need."""
    place = row(span, person)
    return [one.day for one in span.problem.covers if one.name == name and one.workers and place in one.workers]


def test_the_posts_shifts_are_done_and_counted_on_the_days_of_acting_alone(any_crew: Crew) -> None:
    crew = any_crew
    assert does(read_roster(crew.lead, NEXT, 1), crew.planner) == [False] * 7
    act(crew, crew.planner, Post.SERVICE)
    span = read_roster(crew.lead, NEXT, 1)
    assert does(span, crew.planner) == [False, False, True, True, True, False, False]
    assert asked(span, crew.planner, "Service, late") == [2, 3, 4]
    assert EARLY in span.problem.workers[row(span, crew.planner)].does(0)  # a shift of the planner's own
    assert does(read_roster(crew.lead, NEXT + 7 * DAY, 1), crew.planner) == [False] * 7
    assert does(span, crew.clerk) == [True] * 7


def test_who_has_no_shifts_of_their_own_has_a_line_as_long_as_they_act(crew: Crew) -> None:
    assert line_key(crew.manager.person) not in [line.key for line in read_roster(crew.lead, NEXT, 1).lines]
    begin_acting(crew.director, ActingDraft(crew.manager.person, Post.SERVICE, None, WEDNESDAY, FRIDAY, "空缺"))
    span = read_roster(crew.lead, NEXT, 1)
    assert does(span, crew.manager) == [False, False, True, True, True, False, False]


def test_who_acts_as_a_lead_is_on_call_on_these_days(crew: Crew) -> None:
    act(crew, crew.clerk, Post.LEAD)
    span = read_roster(crew.lead, NEXT, 1)
    place = row(span, crew.clerk, on_call=True)
    assert [day for day in range(7) if ON_CALL in span.problem.workers[place].does(day)] == [2, 3, 4]
    [tally] = [tally for tally in span.problem.tallies if tally.name == "on_call"]
    assert place not in tally.workers  # three days' turns are not shared out over a month


def test_a_turn_on_call_of_who_is_not_in_such_a_post_is_red(crew: Crew) -> None:
    act(crew, crew.clerk, Post.LEAD)
    drawn(crew.lead, {}, {crew.clerk.person: "- - + - - - -"}, NEXT)
    after = NEXT + timedelta(weeks=1)
    copy_week(crew.lead, after)  # by then nobody acts any more
    here, then = read_roster(crew.lead, NEXT, 1), read_roster(crew.lead, after, 1)
    assert Rule.SKILL not in {one.rule for one in breaches(here.problem, here.cells())}
    place = row(then, crew.clerk, on_call=True)
    [found] = [one for one in breaches(then.problem, then.cells()) if one.rule is Rule.SKILL]
    assert found == Breach(Rule.SKILL, place, 2, 2, shift=ON_CALL)
    assert words_of(then).broken(found) == "王敏 does not do the shift on call (Wednesday 12-09)."
    [tally] = [tally for tally in then.problem.tallies if tally.name == "on_call"]
    assert place not in tally.workers


def test_acting_that_was_ended_early_counts_up_to_the_day_before(crew: Crew) -> None:
    acting = act(crew, crew.planner, Post.SERVICE, MONDAY, FRIDAY)
    crew.clock.time = datetime(2026, 12, 2, 2, 0, tzinfo=UTC)  # the Wednesday
    end_acting(crew.manager, acting, "招到人了")
    assert does(read_roster(crew.lead, NEXT, 1), crew.planner) == [True, True, *[False] * 5]


def test_a_cell_outside_of_the_acting_is_red(crew: Crew) -> None:
    act(crew, crew.planner, Post.SERVICE)
    drawn(crew.lead, {crew.planner.person: "- 12:30 12:30 - - - -"}, monday=NEXT)
    span = read_roster(crew.lead, NEXT, 1)
    skills = [one for one in breaches(span.problem, span.cells()) if one.rule is Rule.SKILL]
    assert skills == [Breach(Rule.SKILL, row(span, crew.planner), 1, 1, shift=LATE)]


def test_the_planner_puts_who_acts_where_nobody_else_can_be(crew: Crew) -> None:
    desk = (crew.clerk, crew.colleague, crew.lead)
    draw(crew.lead, [Stroke(line_key(one.person), WEDNESDAY, "", "8:30", pinned=True) for one in desk])
    with Planner() as planner:
        span = read_roster(crew.lead, NEXT, 1)
        assert plan_span(crew.lead, planner, span, seconds=20).outcome.status is Status.INFEASIBLE
        act(crew, crew.planner, Post.SERVICE)
        planned = plan_span(crew.lead, planner, read_roster(crew.lead, NEXT, 1), seconds=20)
    assert planned.outcome.status is Status.PROVEN
    draw_plan(crew.lead, planned)
    after = read_roster(crew.lead, NEXT, 1)
    assert breaches(after.problem, after.cells()) == []
    late = {day for day, shift in enumerate(after.cells()[row(after, crew.planner)]) if shift == LATE}
    assert 2 in late
    assert late <= {2, 3, 4}
    assert verify(crew.program).ok


def test_a_swap_into_the_shifts_of_a_post_is_possible_on_the_days_of_acting_alone(crew: Crew) -> None:
    act(crew, crew.planner, Post.SERVICE)
    weeks = {crew.clerk.person: "- 12:30 12:30 - - - -", crew.planner.person: "8:30 8:30 8:30 8:30 8:30 - -"}
    drawn(crew.lead, weeks, monday=NEXT)
    published(crew.lead, NEXT)
    with pytest.raises(SwapBreaksError):
        ask_swap(crew.clerk, SwapDraft(NEXT + DAY, crew.planner.person, NEXT + DAY, "家里有事"))
    assert ask_swap(crew.clerk, SwapDraft(WEDNESDAY, crew.planner.person, WEDNESDAY, "家里有事"))


def test_nobody_decides_on_their_own_swap_as_an_acting_lead(crew: Crew) -> None:
    act(crew, crew.clerk, Post.LEAD, MONDAY, FRIDAY)
    weeks = {crew.clerk.person: "- - - - 8:30 - -", crew.colleague.person: "- - - - 12:30 - -"}
    drawn(crew.lead, weeks)
    published(crew.lead)
    friday = MONDAY + 4 * DAY
    proposal = accept_swap(
        crew.colleague, ask_swap(crew.clerk, SwapDraft(friday, crew.colleague.person, friday, "有事"))
    )
    with crew.db.reading() as conn:
        kind = conn.exec_driver_sql(f"select kind from proposals where id = {proposal}").scalar_one()
    assert kind == "swap_of_lead"


def test_who_acts_at_the_desk_answers_customers_and_as_a_lead_is_told_of_what_is_late(crew: Crew) -> None:
    drawn(crew.lead, {crew.planner.person: "8:30 8:30 - - - - -", crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    act(crew, crew.planner, Post.SERVICE, MONDAY, MONDAY)
    act(crew, crew.clerk, Post.LEAD, MONDAY, MONDAY)
    answering = {one.name for one in who_is_on(crew.clerk).on if one.service}
    assert (answering, leads_now(crew.clerk)) == ({"王敏", "张伟"}, frozenset({crew.clerk.person}))
    crew.clock.time += DAY
    answering = {one.name for one in who_is_on(crew.clerk).on if one.service}
    assert (answering, leads_now(crew.clerk)) == ({"王敏"}, frozenset())
