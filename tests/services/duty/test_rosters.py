"""Drawing and publishing weeks: nobody undoes another, broken rules want a reason, everything is proved."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from app.errors import ConflictError, PermissionDeniedError
from app.models.ledger import entries
from app.models.people import Level, Post
from app.services.duty.begun import BegunShiftError
from app.services.duty.roster.check import breaches
from app.services.duty.roster.problem import Rule
from app.services.duty.rosters import (
    BrokenRulesError,
    CellChangedError,
    NoSuchShiftError,
    NothingToCopyError,
    NothingToPublishError,
    PastRosterError,
    Stroke,
    copy_week,
    draw,
    publish,
    read_roster,
)
from app.services.duty.rules import DEFAULT_RULES, written
from app.services.duty.weeks import line_key
from app.services.office import change_settings, office_settings
from app.services.people.accounts import change_person
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published, strokes
from tests.services.leave.making import approved
from tests.services.orders.making import Crew

THURSDAY = 3
EARLY = "8:30 8:30 8:30 8:30 8:30 - -"
LATE = "12:30 12:30 12:30 12:30 12:30 - -"


def code(crew: Crew, person: int, day: date, *, known: bool = False) -> str:
    span = read_roster(crew.lead, MONDAY, 2)
    return span.code(span.shift(line_key(person), day, published=known))


def leaves_today(crew: Crew) -> None:
    """The clerk's account is closed, without a resignation that was handed over."""
    posts = [Post.SERVICE]
    change_person(crew.program, crew.clerk.person, posts=posts, level=Level.BACK_OFFICE, active=False, reason="离职")


def missing(crew: Crew, monday: date) -> set[str]:
    """For what a week has too few."""
    span = read_roster(crew.lead, monday, 1)
    return {
        span.problem.covers[one.cover].name
        for one in breaches(span.problem, span.cells())
        if one.rule is Rule.TOO_FEW and one.cover is not None
    }


def test_who_does_not_plan_sees_what_is_published_and_no_draft(any_crew: Crew) -> None:
    crew, key, tuesday = any_crew, line_key(any_crew.clerk.person), MONDAY + timedelta(days=1)
    drawn(crew.lead, {crew.clerk.person: EARLY})
    assert read_roster(crew.clerk, MONDAY, 1).weeks == {}
    published(crew.lead)
    draw(crew.lead, [Stroke(key, tuesday, "8:30", "12:30", pinned=True)])
    span = read_roster(crew.clerk, MONDAY, 2)
    assert (span.code(span.shift(key, tuesday)), span.weeks[MONDAY].is_new) == ("8:30", False)
    assert (span.weeks[MONDAY].pins, span.problem.pins) == ({}, {})
    drafted, known = (read_roster(crew.lead, MONDAY, 1, drafts=drafts) for drafts in (True, False))
    assert drafted.code(drafted.shift(key, tuesday)) == "12:30"
    assert known.cells() == read_roster(crew.clerk, MONDAY, 1).cells()


def test_a_published_week_that_was_emptied_is_published_as_empty(crew: Crew) -> None:
    thursday = MONDAY + timedelta(days=3)
    drawn(crew.lead, {crew.clerk.person: "- - - 8:30 - - -"})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), thursday, "8:30", "")])
    assert published(crew.lead) == [MONDAY]
    assert code(crew, crew.clerk.person, thursday, known=True) == ""


def test_a_drawn_week_is_a_draft_until_it_is_published(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    week = read_roster(crew.lead, MONDAY, 1).weeks[MONDAY]
    assert (week.draft[line_key(crew.clerk.person)][0], week.published) == ("8:30", None)
    assert published(crew.lead) == [MONDAY]
    week = read_roster(crew.lead, MONDAY, 1).weeks[MONDAY]
    assert week.published == week.draft
    assert week.published_at is not None
    assert verify(crew.clerk).ok


def test_a_change_after_publishing_is_a_draft_again(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    tuesday = MONDAY + timedelta(days=1)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), tuesday, "8:30", "12:30")])
    assert (code(crew, crew.clerk.person, tuesday), code(crew, crew.clerk.person, tuesday, known=True)) == (
        "12:30",
        "8:30",
    )


def test_two_leads_at_one_week_never_undo_each_other(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    key = line_key(crew.clerk.person)
    draw(crew.manager, [Stroke(key, MONDAY, "8:30", "12:30")])
    draw(crew.lead, [Stroke(key, MONDAY + timedelta(days=1), "8:30", "12:30")])  # another cell: both stay
    with pytest.raises(CellChangedError, match="王敏"):
        draw(crew.lead, [Stroke(key, MONDAY, "8:30", "")])
    assert code(crew, crew.clerk.person, MONDAY) == "12:30"


def test_what_one_has_not_seen_is_not_published(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    seen = {MONDAY: read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq}
    draw(crew.manager, [Stroke(line_key(crew.clerk.person), MONDAY, "8:30", "12:30")])
    with pytest.raises(ConflictError):
        publish(crew.lead, MONDAY, 1, seen, "急")


def test_rules_broken_on_days_that_are_over_want_no_reason(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    span = read_roster(crew.lead, MONDAY, 1)
    found = breaches(span.problem, span.cells())
    left = [one for one in found if one.last_day >= THURSDAY]
    assert 0 < len(left) < len(found)
    crew.clock.time += timedelta(days=THURSDAY)
    with pytest.raises(BrokenRulesError, match=f"The plan breaks {len(left)} rules"):
        publish(crew.lead, MONDAY, 1, {MONDAY: span.weeks[MONDAY].last_seq})


def test_broken_rules_want_a_reason_that_stands_in_the_entry(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    seen = {MONDAY: read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq}
    with pytest.raises(BrokenRulesError):
        publish(crew.lead, MONDAY, 1, seen)
    publish(crew.lead, MONDAY, 1, seen, "两人病假")
    with crew.db.reading() as conn:
        found = conn.execute(select(entries.c.content).where(entries.c.kind == "roster.published")).scalar_one()
    said = json.loads(found)
    assert said["reason"] == "两人病假"
    assert Rule.TOO_FEW.value in said["broken"]


def test_nothing_new_is_not_published_again(crew: Crew) -> None:
    with pytest.raises(NothingToPublishError):
        published(crew.lead)
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    with pytest.raises(NothingToPublishError):
        published(crew.lead)


def test_past_days_stay_as_they_were(crew: Crew) -> None:
    with pytest.raises(PastRosterError):
        draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY - timedelta(days=1), "", "8:30")])


@pytest.mark.parametrize("code", ["nonsense", "+", "8:30,12:30"])
def test_a_cell_holds_a_shift_of_the_office(crew: Crew, code: str) -> None:
    with pytest.raises(NoSuchShiftError):
        draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY, "", code)])


def test_a_turn_on_call_is_no_shift(crew: Crew) -> None:
    key = line_key(crew.manager.person, on_call=True)
    with pytest.raises(NoSuchShiftError):
        draw(crew.lead, [Stroke(key, MONDAY, "", "8:30")])
    draw(crew.lead, [Stroke(key, MONDAY, "", "+")])


def test_only_who_plans_draws(crew: Crew) -> None:
    for step in (
        lambda: draw(crew.clerk, strokes(crew.clerk.person, EARLY)),
        lambda: copy_week(crew.clerk, MONDAY),
        lambda: publish(crew.clerk, MONDAY, 1, {}),
    ):
        with pytest.raises(PermissionDeniedError):
            step()


def test_a_week_is_copied_but_fixed_cells_and_past_days_stay(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: "12:30 12:30 - - 12:30 Duty -"})
    after = MONDAY + timedelta(weeks=1)
    fixed = Stroke(line_key(crew.clerk.person), after, "", "12:30", pinned=True)
    draw(crew.lead, [fixed])
    assert copy_week(crew.lead, after) == 4 + 4
    assert code(crew, crew.clerk.person, after) == "12:30"
    assert code(crew, crew.colleague.person, after + timedelta(days=5)) == "Duty"
    crew.clock.advance(days=9)  # Wednesday of that week
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), after + timedelta(days=3), "8:30", "")])
    assert copy_week(crew.lead, after) == 1


def test_who_had_nothing_in_the_week_that_is_copied_has_nothing_afterwards(crew: Crew) -> None:
    after = MONDAY + timedelta(weeks=1)
    drawn(crew.lead, {crew.clerk.person: EARLY}, {crew.lead.person: "+ + + + + + +"})
    drawn(crew.lead, {crew.colleague.person: EARLY}, {crew.manager.person: "+ + - - - - -"}, monday=after)
    assert copy_week(crew.lead, after) == 5 + 7 + 5 + 2
    drafts = read_roster(crew.lead, MONDAY, 2).weeks
    assert {key: codes for key, codes in drafts[after].draft.items() if any(codes)} == drafts[MONDAY].draft


def test_only_what_can_be_worked_again_is_copied(any_crew: Crew) -> None:
    """Who has left stays away, and a shift that the office has no longer is free."""
    crew, after = any_crew, MONDAY + timedelta(weeks=1)
    drawn(
        crew.lead,
        {crew.clerk.person: EARLY, crew.colleague.person: "12:30 8:30 - - - - -"},
        {crew.manager.person: "+ - - - - - -"},
    )
    leaves_today(crew)
    rules = replace(DEFAULT_RULES, shifts=DEFAULT_RULES.shifts[1:], demands=DEFAULT_RULES.demands[1:])
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=written(rules)))
    assert copy_week(crew.lead, after) == 1 + 1
    drafted = read_roster(crew.lead, after, 1).weeks[after].draft
    assert drafted == {
        line_key(crew.colleague.person): ["12:30", "", "", "", "", "", ""],
        line_key(crew.manager.person, on_call=True): ["+", "", "", "", "", "", ""],
    }


def test_without_a_week_before_there_is_nothing_to_copy(crew: Crew) -> None:
    with pytest.raises(NothingToCopyError):
        copy_week(crew.lead, MONDAY)


def test_who_has_left_counts_among_nobody_who_is_there(any_crew: Crew) -> None:
    crew, after = any_crew, MONDAY + timedelta(weeks=1)
    crew.clock.time -= timedelta(weeks=1)
    for monday in (MONDAY - timedelta(weeks=1), MONDAY, after):
        drawn(crew.lead, {crew.clerk.person: EARLY}, monday=monday)
    crew.clock.time += timedelta(weeks=1)
    early = {"Service, early"}
    assert missing(crew, MONDAY) & early == missing(crew, after) & early == set()
    leaves_today(crew)
    assert early <= missing(crew, MONDAY)
    assert early <= missing(crew, after)
    span = read_roster(crew.lead, after, 1)
    assert span.away[crew.clerk.person] == frozenset(span.days)
    before = read_roster(crew.lead, MONDAY - timedelta(weeks=1), 1)
    assert before.away[crew.clerk.person] == frozenset()  # what was worked stays so


def test_a_plan_across_the_years_end(crew: Crew) -> None:
    crew.clock.time = crew.clock.time.replace(month=12, day=28)
    monday = date(2026, 12, 28)
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 - - -"}, monday=monday)
    span = read_roster(crew.lead, monday, 2)
    assert span.code(span.shift(line_key(crew.clerk.person), date(2026, 12, 31))) == "8:30"
    assert span.holidays.unpublished(span.days[0], span.days[-1]) == [2027]


def test_leave_that_was_agreed_is_a_rule(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    span = read_roster(crew.lead, MONDAY, 1)
    row = [line.key for line in span.lines].index(line_key(crew.clerk.person))
    gone = replace(span.problem.workers[row], away=frozenset({0}))
    problem = replace(span.problem, workers=(*span.problem.workers[:row], gone, *span.problem.workers[row + 1 :]))
    assert Rule.AWAY in {breach.rule for breach in breaches(problem, span.cells())}


def test_a_cell_whose_shift_the_office_has_no_longer_is_drawn_anew(any_crew: Crew) -> None:
    crew, key = any_crew, line_key(any_crew.clerk.person)
    drawn(crew.lead, {crew.clerk.person: EARLY})
    rules = replace(DEFAULT_RULES, shifts=DEFAULT_RULES.shifts[1:], demands=DEFAULT_RULES.demands[1:])
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=written(rules)))
    span = read_roster(crew.lead, MONDAY, 1)
    seen = span.code(span.shift(key, MONDAY))
    assert seen == ""  # nobody can see more of it
    draw(crew.lead, [Stroke(key, MONDAY, seen, "12:30")])
    with crew.db.reading() as conn:
        last = conn.execute(select(entries.c.content).order_by(entries.c.seq.desc()).limit(1)).scalar_one()
    assert json.loads(last)["changes"] == [[key, 0, "8:30", "12:30", False]]  # what stood there is on record
    with pytest.raises(CellChangedError):
        draw(crew.lead, [Stroke(key, MONDAY, "", "Duty")])
    assert verify(crew.clerk).ok


def test_a_shift_that_is_being_worked_is_not_changed_and_others_of_the_day_are(any_crew: Crew) -> None:
    crew = any_crew
    mine, other, call = (
        line_key(crew.clerk.person),
        line_key(crew.colleague.person),
        line_key(crew.lead.person, on_call=True),
    )
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: LATE}, {crew.lead.person: "+ - - - - - -"})
    draw(crew.lead, [Stroke(mine, MONDAY, "8:30", "12:30")])  # at ten: nobody works by what is only drafted
    draw(crew.lead, [Stroke(mine, MONDAY, "12:30", "8:30")])
    published(crew.lead)
    for after in ("12:30", ""):
        with pytest.raises(BegunShiftError, match="王敏's shift “8:30” of 2026-11-23 has begun"):
            draw(crew.lead, [Stroke(mine, MONDAY, "8:30", after)])
    draw(crew.lead, [Stroke(mine, MONDAY, "8:30", "8:30", pinned=True)])  # fixing it changes nothing
    draw(crew.lead, [Stroke(other, MONDAY, "12:30", "18-20")])  # both begin later, or are a turn on call
    draw(
        crew.lead, [Stroke(call, MONDAY, "+", ""), Stroke(line_key(crew.manager.person, on_call=True), MONDAY, "", "+")]
    )
    published(crew.lead)
    assert (
        code(crew, crew.clerk.person, MONDAY, known=True),
        code(crew, crew.colleague.person, MONDAY, known=True),
    ) == (
        "8:30",
        "18-20",
    )
    assert verify(crew.clerk).ok


def test_who_is_on_leave_works_no_shift_that_could_have_begun(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    crew.clock.time -= timedelta(days=1)
    approved(crew, crew.clerk, crew.colleague, first_day=MONDAY, last_day=MONDAY)
    crew.clock.time += timedelta(days=1)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY, "8:30", "")])
    assert code(crew, crew.clerk.person, MONDAY) == ""


def test_a_draft_that_is_published_too_late_leaves_what_was_worked(any_crew: Crew) -> None:
    crew, mine = any_crew, line_key(any_crew.clerk.person)
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    tuesday, wednesday, thursday = (MONDAY + timedelta(days=number) for number in (1, 2, 3))
    draw(crew.lead, [Stroke(mine, day, "8:30", "") for day in (tuesday, wednesday, thursday)])
    crew.clock.time += timedelta(days=2)  # ten on Wednesday
    published(crew.lead)
    known = [code(crew, crew.clerk.person, day, known=True) for day in (tuesday, wednesday, thursday)]
    drafted = [code(crew, crew.clerk.person, day) for day in (tuesday, wednesday, thursday)]
    assert known == drafted == ["8:30", "8:30", ""]
    assert verify(crew.clerk).ok


def test_a_draft_of_which_everything_has_begun_is_taken_back_and_nothing_is_published(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    tuesday = MONDAY + timedelta(days=1)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), tuesday, "8:30", "")])
    draw(crew.lead, [Stroke(line_key(crew.colleague.person), tuesday, "", "12:30")])  # a line that nobody knows yet
    crew.clock.time += timedelta(days=2)
    assert published(crew.lead) == []
    week = read_roster(crew.lead, MONDAY, 1).weeks[MONDAY]
    assert not week.is_new
    assert code(crew, crew.clerk.person, tuesday) == "8:30"
    assert code(crew, crew.colleague.person, tuesday) == ""
    with pytest.raises(NothingToPublishError):
        published(crew.lead)
    assert verify(crew.clerk).ok


def test_copying_the_week_before_leaves_what_has_begun(crew: Crew) -> None:
    before = MONDAY - timedelta(weeks=1)
    crew.clock.time -= timedelta(weeks=1, days=1)
    drawn(crew.lead, {crew.clerk.person: LATE}, monday=before)
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    crew.clock.time += timedelta(weeks=1, days=1)
    assert copy_week(crew.lead, MONDAY) == 4
    assert [code(crew, crew.clerk.person, MONDAY + timedelta(days=day)) for day in range(2)] == ["8:30", "12:30"]
