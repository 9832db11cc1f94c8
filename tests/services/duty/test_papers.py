"""The roster taken out of the office: what is published, marked where it is a draft, on record, one's own only."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from app.errors import NotFoundError, PermissionDeniedError
from app.models.leave import LeaveKind, LeaveState, leaves
from app.models.ledger import entries
from app.services.access import Context
from app.services.duty.papers import (
    FILE_WEEKS,
    PAPER_WEEKS,
    NothingPublishedError,
    NotYourDutyError,
    WeeksError,
    duty_card_for,
    ical_for,
    personal_sheet_for,
    wall_sheet_for,
)
from app.services.duty.service_calendar import ServiceCalendar
from app.services.office import change_settings, office_settings
from app.services.spreadsheet import UnwritableFileError
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew
from tests.services.papers.reading import pages_of, text_of

WEEK = timedelta(weeks=1)


def plan(crew: Crew) -> None:
    weeks = {
        crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -",
        crew.colleague.person: "12:30 12:30 12:30 12:30 - Duty -",
        crew.specialist.person: "18-21 - - - - - -",
        crew.packer.person: "Deliver - - - - - -",
    }
    called = {crew.manager.person: "+ - + - + - +", crew.lead.person: "- + - + - + -"}
    drawn(crew.lead, weeks, called)
    published(crew.lead)


def ring(crew: Crew, **changes: Any) -> None:
    numbers = {"": "400-100-2000", str(crew.manager.person): "13800002210", str(crew.lead.person): "13900001111"}
    change_settings(crew.manager, replace(office_settings(crew.manager), hotline=numbers, **changes))


def give_leave(crew: Crew, person: int, first: date, last: date) -> None:
    """An agreed leave, as its projection has it."""
    facts = {column.name: "" for column in leaves.columns} | {
        "id": 900_000, "person": person, "kind": LeaveKind.ANNUAL.value, "first_day": first.isoformat(),
        "last_day": last.isoformat(), "state": LeaveState.APPROVED.value, "last_seq": 900_000,
    }  # fmt: skip
    with crew.db.writing() as conn:
        conn.execute(insert(leaves).values(facts))


def told(crew: Crew, kind: str) -> list[dict[str, Any]]:
    with crew.db.reading() as conn:
        wanted = select(entries.c.content).where(entries.c.kind == kind).order_by(entries.c.seq)
        return [json.loads(content) for content in conn.execute(wanted).scalars()]


def test_the_wall_sheet_shows_what_is_published_and_marks_drafts(any_crew: Crew, tmp_path: Path) -> None:
    crew, path = any_crew, tmp_path / "wall.pdf"
    plan(crew)
    drawn(crew.lead, {crew.clerk.person: "12:30 - - - - - -"}, monday=MONDAY + WEEK)
    wall_sheet_for(crew.lead, MONDAY + timedelta(days=3), 3, path)
    text = text_of(path)
    assert "Week48published11-2310:00by赵倩" in text
    assert "Week49Draft,notpublished" in text
    assert "Week50Notpublishedyet" in text
    assert "Oncall刘总监赵倩刘总监赵倩刘总监赵倩刘总监–––––––" in text
    assert "18-21Eveningduty8:30–12:00,18:00–21:00" in text
    assert "Restaurant" not in text  # the legend explains what stands there
    assert told(crew, "paper.printed") == [{"paper": "duty_roster", "first": "2026-11-23", "weeks": 3}]
    assert verify(crew.program).ok


def test_a_draft_is_printed_by_who_plans_alone(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "12:30 - - - - - -"})
    wall_sheet_for(crew.clerk, MONDAY, 1, tmp_path / "wall.pdf")
    personal_sheet_for(crew.clerk, crew.clerk.person, MONDAY, 1, tmp_path / "own.pdf")
    for name in ("wall.pdf", "own.pdf"):
        text = text_of(tmp_path / name)
        assert "Notpublishedyet" in text
        assert "12:30" not in text
    personal_sheet_for(crew.lead, crew.clerk.person, MONDAY, 1, tmp_path / "own.pdf")
    assert "12:30" in text_of(tmp_path / "own.pdf")


def test_how_many_answer_customers_is_counted_by_what_is_asked(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    give_leave(crew, crew.clerk.person, MONDAY, MONDAY)
    wall_sheet_for(crew.clerk, MONDAY, 1, tmp_path / "wall.pdf")
    text = text_of(tmp_path / "wall.pdf")
    # Monday: the early one is away; Friday: no late one; Saturday and Sunday ask for one, Sunday has none.
    assert "Servicethere/needed1/22/22/22/21/21/10/1" in text
    assert text.count("leave") == 2 + 1  # the cell, its sign in the legend and what that means


def test_a_holiday_is_told_and_a_year_that_nobody_knows(crew: Crew, tmp_path: Path) -> None:
    wall_sheet_for(crew.clerk, date(2026, 9, 28), 2, tmp_path / "wall.pdf")
    text = text_of(tmp_path / "wall.pdf")
    assert text.count("国庆节") == 8
    assert text.count("国庆节,worked") == 1
    wall_sheet_for(crew.clerk, date(2026, 12, 28), 1, tmp_path / "wall.pdf")
    assert "Thepublicholidaysof2027are" in text_of(tmp_path / "wall.pdf")


def test_a_personal_sheet_sums_up_hours_and_turns(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    crew.clock.advance(days=7)
    drawn(crew.lead, {crew.colleague.person: "12:30 - - - - Duty Duty"}, monday=MONDAY + WEEK)
    published(crew.lead, MONDAY + WEEK)
    give_leave(crew, crew.colleague.person, MONDAY + WEEK, MONDAY + WEEK)
    path = tmp_path / "own.pdf"
    personal_sheet_for(crew.colleague, crew.colleague.person, MONDAY + WEEK, 1, path)
    text = text_of(path)
    assert "李娜Customerservice" in text
    assert "Workinghours23Weekenddays28weeksbefore:1Evenings08weeksbefore:4Daysoncall08weeksbefore:0" in text
    assert text.count("leave") == 1
    assert text.count("8:30–21:00") == 2
    [printed] = told(crew, "paper.printed")
    assert printed == {"paper": "duty_personal", "person": crew.colleague.person, "first": "2026-11-30", "weeks": 1}


def test_who_is_only_on_call_has_a_sheet_too(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    personal_sheet_for(crew.manager, crew.manager.person, MONDAY, 1, tmp_path / "own.pdf")
    text = text_of(tmp_path / "own.pdf")
    assert "Daysoncall4" in text
    assert text.count("Oncall") == 4


def test_the_card_says_where_the_hotline_goes(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    ring(crew)
    path = tmp_path / "card.pdf"
    duty_card_for(crew.clerk, MONDAY + timedelta(days=1), path)
    [page] = pages_of(path)
    text = text_of(path)
    assert "王敏8:30–17:00Earlyshift" in text
    assert "李娜12:30–21:00Lateshift" in text
    assert "刘洋" not in text  # works on Monday only
    assert "Oncall赵倩13900001111" in text
    assert "0:00–8:30刘总监13800002210" in text
    assert "8:30–21:00thedesk400-100-2000" in text
    assert "21:00–8:30赵倩13900001111" in text
    assert "2026-11-24" in page
    assert told(crew, "paper.printed")[-1] == {"paper": "duty_card", "day": "2026-11-24"}


def test_the_card_knows_noon_breaks_and_closed_days(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    week = (((510, 720), (810, 1260)),) * 5 + ((), ())
    ring(crew, service_calendar=ServiceCalendar(week).to_json())
    path = tmp_path / "card.pdf"
    duty_card_for(crew.clerk, MONDAY + timedelta(days=4), path)  # Friday, before a closed day
    text = text_of(path)
    assert "12:00–13:30刘总监13800002210" in text
    assert "21:00–24:00刘总监13800002210" in text
    duty_card_for(crew.clerk, MONDAY + timedelta(days=5), path)  # its own person from midnight to midnight
    assert "0:00–24:00赵倩13900001111" in text_of(path)
    duty_card_for(crew.clerk, MONDAY + timedelta(days=6), path)
    assert "0:00–8:30刘总监13800002210" in text_of(path)


def test_a_card_of_a_day_without_a_published_plan_says_so(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})
    duty_card_for(crew.clerk, MONDAY, tmp_path / "card.pdf")
    text = text_of(tmp_path / "card.pdf")
    assert "Therosterofthisdayisnotpublished." in text
    assert "王敏" not in text.split("Printed")[0]


def test_one_takes_out_ones_own_and_who_plans_everybodys(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    plan(crew)
    takes: tuple[Callable[[Context, int, date, int, Path], object], ...] = (personal_sheet_for, ical_for)
    for take in takes:
        with pytest.raises(NotYourDutyError, match="李娜"):
            take(crew.clerk, crew.colleague.person, MONDAY, 1, tmp_path / "x")
        with pytest.raises(NotFoundError):
            take(crew.lead, 99_999, MONDAY, 1, tmp_path / "x")
        take(crew.lead, crew.colleague.person, MONDAY, 1, tmp_path / "x")
        (tmp_path / "x").unlink()
    nobody = replace(crew.clerk, permissions=frozenset())
    with pytest.raises(PermissionDeniedError):
        wall_sheet_for(nobody, MONDAY, 1, tmp_path / "x")
    assert not (tmp_path / "x").exists()
    assert told(crew, "duty.exported") == [
        {"file": "x", "person": crew.colleague.person, "first": "2026-11-23", "weeks": 1, "events": 5}
    ]
    assert verify(crew.program).ok


def test_leave_is_in_the_calendar_instead_of_the_shift(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    give_leave(crew, crew.clerk.person, MONDAY, MONDAY)
    assert ical_for(crew.clerk, crew.clerk.person, MONDAY, 1, tmp_path / "duty.ics") == 6
    text = (tmp_path / "duty.ics").read_text(encoding="utf-8")
    assert (text.count("SUMMARY:On leave"), text.count("STATUS:CANCELLED"), text.count("STATUS:CONFIRMED")) == (1, 1, 5)


def test_a_draft_is_in_no_calendar(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})
    with pytest.raises(NothingPublishedError):
        ical_for(crew.clerk, crew.clerk.person, MONDAY, 1, tmp_path / "duty.ics")
    assert told(crew, "duty.exported") == []


def test_a_folder_that_is_not_there_is_said(crew: Crew, tmp_path: Path) -> None:
    plan(crew)
    with pytest.raises(UnwritableFileError):
        ical_for(crew.clerk, crew.clerk.person, MONDAY, 1, tmp_path / "no" / "duty.ics")


def test_a_paper_holds_a_few_weeks(crew: Crew, tmp_path: Path) -> None:
    person = crew.clerk.person
    for weeks in (0, PAPER_WEEKS + 1):
        with pytest.raises(WeeksError):
            wall_sheet_for(crew.clerk, MONDAY, weeks, tmp_path / "x")
        with pytest.raises(WeeksError):
            personal_sheet_for(crew.clerk, person, MONDAY, weeks, tmp_path / "x")
    with pytest.raises(WeeksError):
        ical_for(crew.clerk, person, MONDAY, FILE_WEEKS + 1, tmp_path / "x")
