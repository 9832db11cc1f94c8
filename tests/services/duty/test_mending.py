"""Which broken rules are told: those that a plan can still do something about."""

from datetime import UTC, datetime, timedelta

from app.services.duty.mending import Mending
from app.services.duty.roster.check import breaches
from app.services.duty.roster.problem import Breach, Rule
from app.services.duty.rosters import copy_week, publish, read_roster
from app.services.duty.rules import Contract
from app.services.duty.span import Span
from app.services.duty.weeks import WEEK, line_key
from tests.services.duty.making import MONDAY, bind_service, drawn, published
from tests.services.orders.making import Crew

NEXT = MONDAY + timedelta(days=WEEK)
EARLY = "8:30 8:30 8:30 8:30 8:30 - -"


def on(day: int) -> datetime:
    """Eight in the morning of that day in November."""
    return datetime(2026, 11, day, 0, 0, tzinfo=UTC)


def told(crew: Crew, now: datetime, weeks: int = 1) -> list[Breach]:
    span = read_roster(crew.lead, MONDAY, weeks)
    return Mending(span, now).of(breaches(span.problem, span.cells()), span.cells())


def short_of(crew: Crew, person: int, now: datetime) -> list[tuple[int, int]]:
    """Of somebody the minutes that the week still lacks: what is there, and what is asked for."""
    span: Span = read_roster(crew.lead, MONDAY, 1)
    row = [line.key for line in span.lines].index(line_key(person))
    hours = [one for one in told(crew, now) if one.worker == row and one.rule is Rule.WEEK_LEAST]
    return [(one.found, one.limit) for one in hours]


def test_a_new_office_is_not_short_of_hours_before_its_first_day(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- - - - - - Duty"})
    assert [one for one in told(crew, on(29)) if one.rule is Rule.WEEK_LEAST] == []
    assert short_of(crew, crew.planner.person, on(27)) == [(0, 420)]  # Friday's seven hours are still to come


def test_a_new_office_is_not_short_of_the_days_before_its_first_one_on_its_second_day_either(crew: Crew) -> None:
    person = crew.specialist.person
    drawn(crew.lead, {person: "- - 18-21 18-21 18-21 - -"})
    assert [short_of(crew, person, on(day)) for day in (25, 26, 27)] == [[], [], []]
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})  # the week was planned, and these hours forgotten
    assert short_of(crew, person, on(26)) == [(1_170, 1_440)]


def test_hours_that_the_days_left_cannot_hold_are_not_asked_for(crew: Crew) -> None:
    drawn(crew.lead, {crew.planner.person: "8:30 - - - - - -"})
    published(crew.lead)
    [(found, asked)] = short_of(crew, crew.planner.person, on(27))
    assert (found, asked) == (450, 900)  # on Saturday and Sunday a planner does not work
    assert short_of(crew, crew.planner.person, on(28)) == []


def test_hours_that_can_still_be_worked_are_asked_for(crew: Crew) -> None:
    drawn(crew.lead, {crew.planner.person: "8:30 8:30 8:30 - - - -"})
    assert short_of(crew, crew.planner.person, on(26)) == [(1_350, 2_100)]


def test_who_could_only_have_come_before_is_missed_only_where_somebody_was_to_come(crew: Crew) -> None:
    """At four on Sunday its duty, which begins at half past eight, can be planned no more."""
    afternoon = on(29) + timedelta(hours=8)

    def missed() -> list[tuple[str, int, int]]:
        covers = read_roster(crew.lead, MONDAY, 1).problem.covers
        few = [one for one in told(crew, afternoon) if one.rule is Rule.TOO_FEW and one.cover is not None]
        return [(covers[one.cover].name, one.found, one.limit) for one in few if one.cover is not None]

    drawn(crew.lead, {}, {crew.lead.person: "- - - - - - +"})
    assert missed() == []
    published(crew.lead)
    assert missed() == []
    crew.clock.time = on(26)
    drawn(crew.lead, {crew.clerk.person: "- - - - 8:30 - -"})
    published(crew.lead)
    assert missed() == [("Service, weekend", 0, 1)]


def test_of_a_week_that_nobody_has_planned_nothing_is_told_or_asked(crew: Crew) -> None:
    assert told(crew, on(23)) == []
    drawn(crew.lead, {crew.clerk.person: EARLY})
    span = read_roster(crew.lead, MONDAY, 2)
    broken = told(crew, on(23), 2)
    assert broken
    assert all(one.first_day < WEEK for one in broken)
    published(crew.lead)
    copy_week(crew.lead, NEXT)
    assert any(one.first_day >= WEEK for one in told(crew, on(23), 2))
    assert not Mending(span, on(23)).is_planned(span.cells())


def test_a_week_is_published_without_a_reason_for_the_blank_one_shown_after_it(crew: Crew) -> None:
    crew.clock.time = on(29)
    drawn(crew.lead, {crew.clerk.person: "- - - - - - Duty"}, {crew.lead.person: "- - - - - - +"})
    span = read_roster(crew.lead, MONDAY, 2)
    seen = {week.monday: week.last_seq for week in span.weeks.values()}
    assert publish(crew.lead, MONDAY, 2, seen) == [MONDAY]


def test_a_break_that_today_cuts_short_is_told_until_today_is_over(crew: Crew) -> None:
    bind_service(crew.manager, Contract(shortest_break=2))
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - 8:30 - - -"})
    span = read_roster(crew.lead, MONDAY, 1)

    def is_told(today: int) -> bool:
        found = Mending(span, on(MONDAY.day + today)).of(breaches(span.problem, span.cells()), span.cells())
        return Rule.SHORTEST_BREAK in {one.rule for one in found}

    assert [is_told(today) for today in range(5)] == [True, True, True, True, False]  # Thursday's may still go


def test_a_break_before_these_weeks_that_their_first_day_cuts_short_is_told_until_that_day_is_over(crew: Crew) -> None:
    """Sunday alone is free; nothing but Monday, which is the first day shown, can still mend that."""
    bind_service(crew.manager, Contract(shortest_break=2))
    drawn(crew.lead, {crew.clerk.person: "- - - - - 8:30 -"})
    drawn(crew.lead, {crew.clerk.person: EARLY}, monday=NEXT)

    span = read_roster(crew.lead, NEXT, 1)

    def is_told(now: datetime) -> bool:
        found = Mending(span, now).of(breaches(span.problem, span.cells()), span.cells())
        return Rule.SHORTEST_BREAK in {one.rule for one in found}

    assert [is_told(on(day)) for day in (27, 30)] == [True, True]
    assert not is_told(on(30) + timedelta(days=1))


def test_a_new_office_misses_nobody_who_could_not_come_also_once_it_has_published_its_first_afternoon(
    crew: Crew,
) -> None:
    """At ten on Wednesday the early shift has begun and can be planned no more; the late one is still to come."""
    ten = crew.clock.time = on(25) + timedelta(hours=2)
    drawn(crew.lead, {crew.clerk.person: "- - 12:30 - - - -"}, {crew.lead.person: "- - + - - - -"})

    def missed(now: datetime) -> int:
        return len([one for one in told(crew, now) if one.rule is Rule.TOO_FEW and one.first_day == 2])

    assert missed(ten) == 0
    published(crew.lead)
    assert [missed(ten), missed(ten + timedelta(hours=4))] == [0, 0]
    assert missed(on(25)) == 1  # at eight somebody could still come
