"""Drafts are for who plans: whichever way somebody else looks, what is only drafted is not told."""

from datetime import timedelta
from pathlib import Path

import pytest

from app.services.access import Context
from app.services.duty.news import roster_reminders
from app.services.duty.notes import duty_notes
from app.services.duty.now import leads_now, who_is_on
from app.services.duty.papers import NothingPublishedError, duty_card_for, ical_for, personal_sheet_for
from app.services.duty.roster.explain import explain
from app.services.duty.roster.problem import FREE
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.shares import WEEKENDS
from app.services.duty.swaps import SwapDraft, ask_swap, list_swaps
from app.services.duty.versions import versions
from app.services.duty.weeks import line_key
from app.services.duty.wishes import enter_wish
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew
from tests.services.papers.reading import text_of

DAY = timedelta(days=1)
NEXT = MONDAY + 7 * DAY
WEEKEND = "- - - - - Duty Duty"


def weekends(ctx: Context) -> dict[str, int]:
    """What stands beside next week's roster as somebody sees it."""
    notes = duty_notes(ctx, read_roster(ctx, NEXT, 1))
    return {share.name: share.weekends for share in notes.shares}


def test_turns_that_are_only_drafted_are_counted_for_who_plans_alone(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: WEEKEND})  # the week before the one looked at
    assert (weekends(crew.lead), weekends(crew.clerk)) == ({"王敏": 2}, {})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY + 5 * DAY, "Duty", "")])
    assert weekends(crew.lead) == weekends(crew.clerk) == {"王敏": 2}  # another draft is no other turn


def test_an_office_that_never_publishes_shares_out_all_the_same(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: WEEKEND})
    key = line_key(crew.clerk.person)
    assert read_roster(crew.lead, NEXT, 1).past.counts[key] == {WEEKENDS: 2}
    for ctx, drafts in ((crew.clerk, True), (crew.lead, False)):
        assert read_roster(ctx, NEXT, 1, drafts=drafts).past.counts[key] == {}


def test_why_a_cell_is_as_it_is_rests_on_no_draft(crew: Crew) -> None:
    def why() -> object:
        span = read_roster(crew.clerk, NEXT, 1)
        place = next(place for place, line in enumerate(span.lines) if line.key == line_key(crew.clerk.person))
        return explain(span.problem, span.cells(), place, 5)

    before = why()
    drawn(crew.lead, {crew.clerk.person: WEEKEND, crew.colleague.person: "8:30 - - - - - -"})
    drawn(crew.lead, {crew.clerk.person: "12:30 - - - - - -"}, monday=NEXT)
    assert why() == before


def test_why_a_cell_is_as_it_is_tells_nobody_elses_wish(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- 8:30 - - - - -"})
    published(crew.lead)

    def told(ctx: Context) -> int:
        """How much better it would be if the clerk were free on Tuesday."""
        span = read_roster(ctx, MONDAY, 1, drafts=False)
        place = next(place for place, line in enumerate(span.lines) if line.key == line_key(crew.clerk.person))
        others = explain(span.problem, span.cells(), place, 1).alternatives
        return next(other.more for other in others if other.shift == FREE)

    before = told(crew.colleague)
    assert (told(crew.clerk), told(crew.lead)) == (before, before)
    enter_wish(crew.clerk, crew.clerk.person, MONDAY + DAY, (), wanted=False)
    assert told(crew.colleague) == before  # wishes are for who plans
    assert told(crew.clerk) == told(crew.lead) < before  # and one's own


def test_turns_on_paper_are_those_that_are_published(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: WEEKEND})
    for ctx, told in ((crew.clerk, 0), (crew.lead, 2)):
        personal_sheet_for(ctx, crew.clerk.person, NEXT, 1, tmp_path / "own.pdf")
        assert f"Weekenddays08weeksbefore:{told}" in text_of(tmp_path / "own.pdf")


def test_a_swap_is_held_against_what_is_published_alone(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {
        crew.clerk.person: "- 8:30 8:30 8:30 - - -", crew.colleague.person: "8:30 8:30 8:30 8:30 - - -",
    }, monday=NEXT)  # fmt: skip
    published(crew.lead, NEXT)
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 8:30 8:30"})  # seven days, and Monday would follow
    ask_swap(crew.clerk, SwapDraft(NEXT, crew.colleague.person, NEXT, "看牙"))
    draw(crew.lead, [Stroke(line_key(crew.colleague.person), NEXT, "8:30", "12:30")])
    [row] = list_swaps(crew.clerk)
    assert (row.gives, row.takes) == ("", "8:30")


def test_nobody_is_on_and_nobody_is_told_of_what_is_only_drafted(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.colleague.person: "8:30 8:30 8:30 8:30 - - -"}, {crew.lead.person: "+ + + + + + +"})
    now = who_is_on(crew.clerk)
    assert (now.planned, now.on, now.on_call) == (False, (), None)
    assert leads_now(crew.clerk) == frozenset()
    assert roster_reminders(crew.colleague) == []
    assert versions(crew.lead, MONDAY, NEXT) == ()
    duty_card_for(crew.clerk, MONDAY, tmp_path / "card.pdf")
    assert "李娜" not in text_of(tmp_path / "card.pdf")
    for ctx in (crew.clerk, crew.lead):
        with pytest.raises(NothingPublishedError):
            ical_for(ctx, ctx.person, MONDAY, 1, tmp_path / "own.ics")


def test_who_has_only_a_drafted_shift_has_no_line_for_the_others(crew: Crew) -> None:
    drawn(crew.lead, {crew.manager.person: "8:30 - - - - - -"})  # whose post has none
    key = line_key(crew.manager.person)
    assert [key in {line.key for line in read_roster(ctx, MONDAY, 1).lines} for ctx in (crew.lead, crew.clerk)] == [
        True, False,
    ]  # fmt: skip
