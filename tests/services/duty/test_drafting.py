"""What the planner is asked for: whom each day needs, what binds each person, holidays, wishes and past turns."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from app.models.people import Level, Post
from app.services.access import Context
from app.services.duty.office_holidays import holidays_of
from app.services.duty.roster.check import breaches
from app.services.duty.roster.explain import explain
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.problem import Breach, Rule
from app.services.duty.roster.process import Planner
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.rules import DEFAULT_RULES, DayKind, day_kind, rules_of, written
from app.services.duty.shares import WEEKENDS, carried, even_start
from app.services.duty.solve import draw_plan, plan_span
from app.services.duty.span import Span
from app.services.duty.weeks import line_key
from app.services.duty.wishes import enter_wish
from app.services.duty.words import words_of
from app.services.ledger import open_ledger
from app.services.office import change_settings, office_settings
from app.services.people.accounts import add_person_to
from app.services.settings.values import Settings
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import approved
from tests.services.orders.making import Crew

NATIONAL_DAY = date(2026, 10, 1)


def row(span: Span, person: Context) -> int:
    return [line.key for line in span.lines].index(line_key(person.person))


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 10), DayKind.MAKE_UP),  # a Saturday that is worked
        (date(2026, 10, 17), DayKind.SATURDAY),
        (date(2026, 11, 23), DayKind.MONDAY),
        (date(2027, 10, 1), DayKind.FRIDAY),  # not published: not guessed
    ],
)
def test_a_day_is_what_the_state_made_of_it(day: date, kind: DayKind) -> None:
    assert day_kind(day, holidays_of(Settings())) is kind


def test_a_holiday_asks_for_the_weekends_service_and_nobody_of_the_office(crew: Crew) -> None:
    crew.clock.time = datetime(2026, 9, 20, 2, 0, tzinfo=UTC)
    span = read_roster(crew.lead, date(2026, 9, 28), 2)
    thursday = span.days.index(NATIONAL_DAY)
    asked = {cover.name for cover in span.problem.covers if cover.day == thursday and (cover.least or cover.wanted)}
    assert "Service, weekend" in asked
    assert "Service, early" not in asked
    assert thursday in span.problem.workers[row(span, crew.planner)].off
    make_up = span.days.index(date(2026, 10, 10))
    assert not span.problem.workers[row(span, crew.planner)].is_free(make_up)


def test_a_plan_over_holidays_and_a_worked_saturday_keeps_every_rule(crew: Crew) -> None:
    crew.clock.time = datetime(2026, 9, 20, 2, 0, tzinfo=UTC)
    span = read_roster(crew.lead, date(2026, 9, 28), 2)
    with Planner() as planner:
        planned = plan_span(crew.lead, planner, span, seconds=20)
    assert planned.outcome.status is Status.PROVEN
    assert draw_plan(crew.lead, planned) > 0
    drawn_span = read_roster(crew.lead, date(2026, 9, 28), 2)
    assert breaches(drawn_span.problem, drawn_span.cells()) == []
    assert drawn_span.cells() == planned.outcome.cells
    worked = [number for number, shift in enumerate(drawn_span.cells()[row(span, crew.planner)]) if shift >= 0]
    assert not {number for number, kind in enumerate(span.day_kinds) if kind is DayKind.HOLIDAY} & set(worked)
    assert span.days.index(date(2026, 10, 10)) in worked
    assert verify(crew.clerk).ok


def test_wishes_go_before_nothing_but_rules(crew: Crew) -> None:
    day = MONDAY + timedelta(days=8)
    enter_wish(crew.clerk, crew.clerk.person, day, (), wanted=False, strong=True)
    span = read_roster(crew.lead, MONDAY + timedelta(weeks=1), 1)
    assert [(wish.worker, wish.day, wish.on) for wish in span.problem.wishes] == [(row(span, crew.clerk), 1, False)]
    with Planner() as planner:
        cells = plan_span(crew.lead, planner, span, seconds=20).outcome.cells
    assert cells is not None
    assert cells[row(span, crew.clerk)][1] < 0


def test_fixed_cells_and_the_days_before_are_part_of_it(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - 12:30 12:30 12:30"})
    published(crew.lead)
    after = MONDAY + timedelta(weeks=1)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), after, "", "12:30", pinned=True)])
    span = read_roster(crew.lead, after, 1)
    worker = span.problem.workers[row(span, crew.clerk)]
    assert span.problem.pins == {(row(span, crew.clerk), 0): 1}
    assert worker.before[-7:] == (0, 0, -1, -1, 1, 1, 1)


def test_who_joins_late_does_not_make_up_for_what_was_before(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- - - - - Duty Duty"})
    published(crew.lead)
    after = MONDAY + timedelta(weeks=1)
    with crew.db.writing() as conn:
        new = add_person_to(conn, open_ledger(conn, 0, 0), "钱多", [Post.SERVICE], Level.BACK_OFFICE, "secret#1")
    keys = [line_key(crew.clerk.person), line_key(new)]
    with crew.db.reading() as conn:
        past = carried(conn, DEFAULT_RULES, holidays_of(Settings()), after, keys)
    assert even_start(past, keys, WEEKENDS) == (0, 0)


def test_the_offices_own_rules_reach_the_planner(crew: Crew) -> None:
    seen = office_settings(crew.manager)
    need = replace(DEFAULT_RULES.demands[0], least=2, wanted=2)
    own = replace(DEFAULT_RULES, demands=(need, *DEFAULT_RULES.demands[1:]))
    change_settings(crew.manager, replace(seen, duty_rules=written(own)), seen)
    assert rules_of(office_settings(crew.manager).duty_rules) == own
    span = read_roster(crew.lead, MONDAY, 1)
    assert {cover.least for cover in span.problem.covers if cover.name == need.name} == {2}
    assert verify(crew.clerk).ok


def test_an_explanation_tells_leave_from_a_day_off_by_contract(crew: Crew) -> None:
    approved(
        crew, crew.planner, crew.specialist, first_day=MONDAY + timedelta(days=8), last_day=MONDAY + timedelta(days=13)
    )
    drawn(crew.lead, {crew.planner.person: "- 8:30 - - - 8:30 8:30"}, monday=MONDAY)
    drawn(crew.lead, {crew.planner.person: "- 8:30 - - - 8:30 -"}, monday=MONDAY + timedelta(weeks=1))
    span = read_roster(crew.lead, MONDAY, 2)
    words, place = words_of(span), row(span, crew.planner)
    told = [words.broken(one) for one in breaches(span.problem, span.cells()) if one.rule in (Rule.AWAY, Rule.OFF)]
    assert told == [
        "Saturday 11-28 is a day off by 张伟's contract.",
        "Sunday 11-29 is a day off by 张伟's contract.",
        "张伟 is on leave on Tuesday 12-01.",
        "张伟 is on leave on Saturday 12-05.",  # leave that reaches over a weekend is said alone
    ]
    why = explain(span.problem, span.cells(), place, 5)
    assert words.broken(Breach(Rule.OFF, place, 5, 5, shift=1)) in words.alternative(why.alternatives[-1])
