"""Who is on, who is on call, where the hotline goes, at any minute of the day (rules D1, D2)."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from app.services.duty.now import Now, leads_now, who_is_on
from app.services.office import change_settings, office_settings
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew


def at(crew: Crew, text: str, day: int = 0) -> Now:
    """The duty at a time of the office on a day of the week."""
    hour, minute = map(int, text.split(":"))
    moment = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC) + timedelta(
        days=day, hours=hour - 8, minutes=minute
    )
    crew.clock.time = moment
    return who_is_on(crew.clerk)


def names(now: Now) -> list[str]:
    return [one.name for one in now.on]


def plan(crew: Crew) -> None:
    weeks = {
        crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -",
        crew.colleague.person: "12:30 12:30 12:30 12:30 12:30 Duty -",
        crew.specialist.person: "18-21 - - - - - -",
    }
    called = {crew.manager.person: "+ - + - + - +", crew.lead.person: "- + - + - + -"}
    drawn(crew.lead, weeks, called)
    published(crew.lead)


def test_what_is_not_published_is_said_and_not_guessed(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"})
    now = at(crew, "10:00")
    assert (now.planned, now.on, now.on_call, now.hotline.to_desk) == (False, (), None, True)
    night = at(crew, "22:00").hotline
    assert (night.to_desk, night.name) == (False, "")


def test_shifts_overlap_and_end_on_the_minute(crew: Crew) -> None:
    plan(crew)
    assert names(at(crew, "8:29")) == []
    assert names(at(crew, "8:30")) == ["王敏", "刘洋"]
    assert names(at(crew, "12:29")) == ["王敏"]  # the specialist's day has two parts
    assert names(at(crew, "16:59")) == ["王敏", "李娜"]
    assert names(at(crew, "17:00")) == ["李娜"]
    assert names(at(crew, "18:00")) == ["李娜", "刘洋"]
    assert names(at(crew, "21:00")) == []
    assert names(at(crew, "12:00", day=5)) == ["李娜"]
    assert names(at(crew, "12:00", day=6)) == []


def test_only_those_at_the_desk_answer_customers(crew: Crew) -> None:
    drawn(crew.lead, {person.person: "8:30 - - - - - -" for person in (crew.clerk, crew.planner, crew.lead)})
    published(crew.lead)
    now = at(crew, "10:00")
    assert {one.name for one in now.on if one.service} == {"王敏", "赵倩"}
    assert len(now.on) == 3


def test_until_the_office_opens_yesterdays_person_on_call_answers(crew: Crew) -> None:
    plan(crew)
    change_settings(
        crew.manager,
        replace(office_settings(crew.manager), hotline={"": "400-100-200", str(crew.lead.person): "13800000001"}),
    )
    day = at(crew, "10:00", day=1)
    assert (day.hotline.to_desk, day.hotline.number, day.on_call_name) == (True, "400-100-200", "赵倩")
    evening, morning = at(crew, "21:00", day=1), at(crew, "8:29", day=2)
    assert evening.hotline == morning.hotline
    assert (evening.hotline.name, evening.hotline.number) == ("赵倩", "13800000001")
    assert at(crew, "8:30", day=2).on_call_name == "刘总监"


def test_the_desks_escalation_goes_to_who_is_on_call_and_to_leads_at_work(crew: Crew) -> None:
    crew.clock.time = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
    assert leads_now(crew.clerk) == frozenset()
    drawn(crew.lead, {crew.lead.person: "8:30 - - - - - -"}, {crew.manager.person: "+ + - - - - -"})
    published(crew.lead)
    assert leads_now(crew.clerk) == {crew.lead.person, crew.manager.person}
    crew.clock.advance(days=1)
    assert leads_now(crew.clerk) == {crew.manager.person}
