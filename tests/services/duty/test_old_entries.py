"""Offices that an earlier version has written: what it did not say yet is read without it, and nothing is mistaken."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.clock import to_ms
from app.services import subjects
from app.services.duty.news import SEEN, not_seen_by, roster_reminders, see_roster
from app.services.duty.papers import ical_for
from app.services.duty.rosters import read_roster
from app.services.duty.versions import versions
from app.services.duty.weeks import WEEK, line_key, weeks_between
from app.services.ledger import open_ledger
from app.services.reminder import What
from app.services.verify import verify
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew

LAST = MONDAY + timedelta(days=WEEK - 1)


@pytest.fixture
def old(any_crew: Crew) -> Crew:
    """A week of two, published, seen by the clerk, swapped on Tuesday; published again with the clerk off Wednesday."""
    crew = any_crew
    keys = [line_key(one.person) for one in (crew.clerk, crew.colleague)]
    cells = {keys[0]: ["8:30"] * 4 + [""] * 3, keys[1]: ["12:30"] * 4 + [""] * 3}
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), crew.lead.person)
        week = subjects.begin(conn, pen, "roster.begun", {"week": MONDAY.isoformat(), "cells": cells})
        subjects.advance(conn, pen, week, "roster.published", {"cells": cells, "reason": "", "broken": []})
        pen.write(SEEN, week, {}, crew.clerk.person)
        changes = [[keys[0], 1, "8:30", "12:30"], [keys[1], 1, "12:30", "8:30"]]
        subjects.advance(conn, pen, week, "roster.swapped", {"swap": 1, "changes": changes})
        changes = [[keys[0], 2, "8:30", "", False]]
        subjects.advance(conn, pen, week, "roster.drawn", {"changes": changes})
        drawn = {keys[0]: ["8:30", "12:30", "", "8:30", "", "", ""], keys[1]: ["12:30", "8:30", *cells[keys[1]][2:]]}
        subjects.advance(conn, pen, week, "roster.published", {"cells": drawn, "reason": "", "broken": []})
    return crew


def test_what_people_know_of_old_weeks_is_told(old: Crew) -> None:
    titles = [[(one.what, one.title) for one in roster_reminders(ctx)] for ctx in (old.clerk, old.colleague)]
    assert titles == [[(What.ROSTER_CHANGED, "11-25 8:30 → off")], [(What.ROSTER_NEW, "11-23 — 11-29")]]
    people = [old.clerk.person, old.colleague.person]
    with old.db.reading() as conn:
        assert not_seen_by(conn, weeks_between(conn, MONDAY, LAST).values(), people, MONDAY) == people
    see_roster(old.clerk, read_roster(old.clerk, MONDAY, 1).told)
    assert roster_reminders(old.clerk) == []
    assert verify(old.program).ok


def test_old_versions_can_be_compared_with(old: Crew) -> None:
    key = line_key(old.clerk.person)
    known = [(one.swap, one.known[MONDAY][key][1:3]) for one in versions(old.clerk, MONDAY, LAST)]
    assert known == [(False, ["12:30", "8:30"]), (True, ["8:30", "8:30"])]


def test_the_draft_has_followed_an_old_swap_and_a_calendar_names_it(old: Crew, tmp_path: Path) -> None:
    week = read_roster(old.lead, MONDAY, 1).weeks[MONDAY]
    assert week.draft[line_key(old.colleague.person)][:3] == ["12:30", "8:30", "12:30"]
    assert not week.is_new
    assert ical_for(old.clerk, old.clerk.person, MONDAY, 1, tmp_path / "own.ics") == 4  # one of them is struck
