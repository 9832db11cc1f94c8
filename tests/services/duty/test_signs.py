"""A shift that gets another sign: whatever was drawn before shows it, and no other fact changes (rule D2)."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.i18n import set_language
from app.models.ledger import entries
from app.services.approvals.decisions import approve
from app.services.approvals.queue import proposal_detail
from app.services.duty.now import who_is_on
from app.services.duty.office_holidays import holidays_of
from app.services.duty.papers import ical_for, personal_sheet_for, wall_sheet_for
from app.services.duty.roster.check import breaches
from app.services.duty.rosters import Stroke, copy_week, draw, read_roster
from app.services.duty.rules import DEFAULT_RULES, rules_of, written
from app.services.duty.shares import EVENINGS, carried
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap
from app.services.duty.weeks import line_key
from app.services.duty.wishes import enter_wish, open_wishes
from app.services.duty.words import words_of
from app.services.office import change_settings, office_settings
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew
from tests.services.papers.reading import text_of

WEEK = timedelta(weeks=1)
TUESDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=number) for number in (1, 5, 6))


def rename(crew: Crew, **signs: str) -> None:
    """Give kinds other signs: rename(crew, late="晚")."""
    codes = {"early": "8:30", "late": "12:30", "duty": "Duty"}
    rules = replace(DEFAULT_RULES, signs={codes[name]: sign for name, sign in signs.items()})
    seen = office_settings(crew.manager)
    change_settings(crew.manager, replace(seen, duty_rules=written(rules)), seen)


def shown_in(crew: Crew, person: int) -> list[str]:
    """What people read in somebody's draft of this week."""
    span = read_roster(crew.lead, MONDAY, 1)
    return [words_of(span).shift(span.shift(line_key(person), day)) for day in span.days]


@pytest.fixture
def planned(any_crew: Crew) -> Crew:
    weeks = {
        any_crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -",
        any_crew.colleague.person: "12:30 12:30 12:30 12:30 - - Duty",
    }
    drawn(any_crew.lead, weeks)
    published(any_crew.lead)
    return any_crew


def test_what_was_drawn_and_published_shows_the_new_sign_everywhere(planned: Crew, tmp_path: Path) -> None:
    crew = planned
    enter_wish(crew.clerk, crew.clerk.person, SATURDAY, ("12:30",), wanted=True)
    with crew.db.reading() as conn:
        before = conn.execute(select(entries.c.seq)).scalars().all()
    rename(crew, early="早", late="晚")
    with crew.db.reading() as conn:
        after = conn.execute(select(entries.c.kind).where(entries.c.seq > max(before))).scalars().all()
    assert after == ["office.changed"]  # one fact, however many cells
    assert shown_in(crew, crew.clerk.person) == ["早", "早", "早", "off", "早", "Duty", "off"]
    wall_sheet_for(crew.clerk, MONDAY, 1, tmp_path / "wall.pdf")
    personal_sheet_for(crew.colleague, crew.colleague.person, MONDAY, 1, tmp_path / "own.pdf")
    wall, own = text_of(tmp_path / "wall.pdf"), text_of(tmp_path / "own.pdf")
    assert (wall.count("早"), wall.count("晚")) == (4 + 1, 4 + 1)  # each in the legend, too
    assert "早Earlyshift" in wall
    assert own.count("晚") >= 4
    crew.clock.advance(hours=2)  # 12:00
    assert [one.shift for one in who_is_on(crew.clerk).on] == ["早"]
    assert [wish.shifts for wish in open_wishes(crew.clerk)] == [("晚",)]
    assert verify(crew.clerk).ok


def test_turns_and_hours_are_counted_as_before(planned: Crew, tmp_path: Path) -> None:
    crew = planned
    crew.clock.advance(days=7)
    key = line_key(crew.colleague.person)
    told = []
    for _time in range(2):
        with crew.db.reading() as conn:
            chosen = office_settings(crew.manager)
            past = carried(conn, rules_of(chosen.duty_rules), holidays_of(chosen), MONDAY + WEEK, [key])
        span = read_roster(crew.lead, MONDAY + WEEK, 1)
        row = [line.key for line in span.lines].index(key)
        told.append((past.counts[key][EVENINGS], span.problem.workers[row].before))
        ical_for(crew.colleague, crew.colleague.person, MONDAY, 1, tmp_path / f"{len(told)}.ics")
        rename(crew, late="晚")
    assert told[0] == told[1]
    assert told[0][0] == 4
    assert (tmp_path / "1.ics").read_bytes() == (tmp_path / "2.ics").read_bytes()


def test_who_looks_at_the_old_sign_draws_on(planned: Crew) -> None:
    crew = planned
    rename(crew, early="早", late="晚")
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), TUESDAY, "8:30", "12:30")])  # as it was seen
    assert shown_in(crew, crew.clerk.person)[1] == "晚"
    assert copy_week(crew.lead, MONDAY + WEEK) > 0
    assert verify(crew.clerk).ok


def test_two_kinds_swap_their_signs_and_one_gets_its_own_back(planned: Crew) -> None:
    crew = planned
    rename(crew, early="12:30", late="8:30")
    assert shown_in(crew, crew.clerk.person)[0] == "12:30"
    assert shown_in(crew, crew.colleague.person)[0] == "8:30"
    rename(crew)
    assert shown_in(crew, crew.clerk.person)[0] == "8:30"
    assert office_settings(crew.manager).duty_rules["signs"] == {}
    assert verify(crew.clerk).ok


def test_a_swap_on_its_way_stays_what_it_was_and_is_told_by_signs(planned: Crew) -> None:
    crew = planned
    rename(crew, duty="大班")
    proposal = accept_swap(
        crew.colleague, ask_swap(crew.clerk, SwapDraft(SATURDAY, crew.colleague.person, SUNDAY, "家里有事"))
    )
    assert proposal_detail(crew.lead, proposal).told[0][1:] == ("大班 / off", "off / 大班")
    rename(crew, duty="周末")
    approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)  # nothing that it rests on changed
    assert shown_in(crew, crew.clerk.person)[5:] == ["off", "周末"]
    assert verify(crew.clerk).ok


def test_sentences_about_rules_and_the_other_language_say_the_sign(planned: Crew) -> None:
    crew = planned
    drawn(crew.lead, {crew.planner.person: "- - - - - - 12:30"})
    rename(crew, late="晚")
    span = read_roster(crew.lead, MONDAY, 1)
    words = words_of(span)
    assert words.shift(1) == "晚"
    found = [words.broken(breach) for breach in breaches(span.problem, span.cells())]
    assert "张伟 does not do the shift 晚 (Sunday 11-29)." in found
    set_language("zh_CN")
    assert [words_of(span).shift(number) for number in (0, 1, 2)] == ["8:30", "晚", "值班"]
