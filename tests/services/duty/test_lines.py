"""Who is away, and who does not work here any more: told apart in words, on paper and in the calendar file."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from app.i18n import set_language
from app.models.leave import LeaveKind
from app.models.people import Level, Post
from app.services.access import program
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals
from app.services.duty.papers import ical_for, personal_sheet_for, wall_sheet_for
from app.services.duty.roster.check import breaches
from app.services.duty.roster.problem import Rule
from app.services.duty.rosters import read_roster
from app.services.duty.swap_effect import SwapBreaksError
from app.services.duty.swaps import SwapDraft, ask_swap
from app.services.duty.words import words_of
from app.services.leave.handing import accept_all
from app.services.leave.leaves import propose_leave
from app.services.leave.staying import ask_to_stay
from app.services.people.accounts import change_person
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import agree, ask, on
from tests.services.orders.making import Crew
from tests.services.papers.reading import text_of

DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LAST = MONDAY + DAY
LEFT, ON_LEAVE = "王敏 does not work here any more on Wednesday 11-25.", "王敏 is on leave on Wednesday 11-25."


@pytest.fixture
def resigning(any_crew: Crew) -> int:
    """The clerk resigns and has Tuesday as their last day; Wednesday's shift is not given to anybody else yet."""
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 - - - -", crew.colleague.person: "12:30 - - 12:30 - - -"})
    published(crew.lead)
    facts = {"kind": LeaveKind.RESIGNATION, "last_day": LAST, "reason": "另谋发展", "early": "双方商定"}
    leave = ask(crew.director, crew.colleague, person=crew.clerk.person, **facts)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    return leave


def said(crew: Crew) -> list[str]:
    """Why the clerk is not to work, in words."""
    span = read_roster(crew.lead, MONDAY, 1)
    words, found = words_of(span), [one for one in breaches(span.problem, span.cells()) if one.rule is Rule.AWAY]
    assert [words.rule(one) for one in found] == [words.broken(one) for one in found]
    return [words.broken(one) for one in found]


def test_after_the_last_day_it_is_said_that_they_have_left_and_not_before_it_is_approved(
    any_crew: Crew, resigning: int
) -> None:
    crew = any_crew
    assert said(crew) == []
    agree(crew)
    assert said(crew) == [LEFT]
    with pytest.raises(SwapBreaksError, match="王敏 does not work here any more on Thursday 11-26"):
        ask_swap(crew.colleague, SwapDraft(MONDAY + 3 * DAY, crew.clerk.person, MONDAY + 3 * DAY, "换"))
    set_language("zh_CN")
    assert said(crew) == ["王敏星期三 11-25 已离职。"]
    set_language("en")
    ask_to_stay(crew.clerk, resigning, "想留下")
    agree(crew)
    assert said(crew) == []


@pytest.mark.parametrize("by_hand", [False, True])
def test_it_is_said_too_when_the_account_is_closed(any_crew: Crew, resigning: int, by_hand: bool) -> None:
    crew = any_crew
    if by_hand:
        on(crew, LAST + DAY)
        posts, boss = [Post.SERVICE], program(crew.db, crew.clock)
        change_person(boss, crew.clerk.person, posts=posts, level=Level.BACK_OFFICE, active=False, reason="离职")
    else:
        agree(crew)
        on(crew, LAST + DAY)
    assert said(crew) == [LEFT]


def test_other_leave_is_called_leave(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- - 8:30 - - - -"})
    leave = ask(crew.clerk, crew.colleague, first_day=LAST + DAY, last_day=LAST + DAY)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    [row] = list_proposals(crew.manager, Desk.MINE)
    approve(crew.manager, row.id, row.last_seq)
    assert said(crew) == [ON_LEAVE]


def test_papers_and_the_calendar_file_call_it_so(any_crew: Crew, resigning: int, tmp_path: Path) -> None:
    crew = any_crew
    wall, own, file = (tmp_path / name for name in ("wall.pdf", "own.pdf", "duty.ics"))
    agree(crew)
    wall_sheet_for(crew.lead, MONDAY, 1, wall)
    personal_sheet_for(crew.lead, crew.clerk.person, MONDAY, 1, own)
    for path in (wall, own):
        assert (text_of(path).count("left"), text_of(path).count("leave")) == (5, 0)
    ical_for(crew.lead, crew.clerk.person, MONDAY, 1, file)
    text = file.read_text(encoding="utf-8")
    assert (text.count("SUMMARY:Left"), text.count("SUMMARY:On leave")) == (5, 0)


def test_who_left_and_has_no_line_any_more_is_told_of_all_the_same(crew: Crew) -> None:
    boss = program(crew.db, crew.clock)
    change_person(boss, crew.clerk.person, posts=[Post.SERVICE], level=Level.BACK_OFFICE, active=False, reason="离职")
    span = read_roster(crew.lead, MONDAY + WEEK, 1)
    assert crew.clerk.person not in {line.person for line in span.lines}
    assert span.has_left(crew.clerk.person, MONDAY + WEEK)
    assert not span.has_left(crew.clerk.person, MONDAY - DAY)
    assert not span.has_left(crew.colleague.person, date.max - DAY)
