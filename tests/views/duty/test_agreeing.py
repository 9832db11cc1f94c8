"""The window, publishing and the sheet for the wall call the same broken, whatever day and time it is."""

from datetime import UTC, datetime, timedelta

import pytest

from app.services.duty.papers import wall_of
from app.services.duty.rosters import BrokenRulesError, publish, read_roster
from app.services.duty.rules import Contract
from app.services.duty.span import read_span
from app.services.duty.weeks import WEEK, line_key
from app.views.duty.sheet import Sheet
from tests.services.duty.making import MONDAY, bind_service, drawn, published
from tests.services.orders.making import Crew

NEXT = MONDAY + timedelta(days=WEEK)
MIDNIGHT = datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC) - timedelta(hours=8)
DAYS, HOURS = (-1, 0, 2, 5, 6, 7, 10, 13, 14), (0, 9, 16, 23)
MOMENTS = [MIDNIGHT + timedelta(days=day, hours=hour) for day in DAYS for hour in HOURS]


def counted(crew: Crew) -> int:
    """How many broken rules publishing both weeks wants a reason for; some there are in each of the plans below."""
    seen = {monday: week.last_seq for monday, week in read_roster(crew.lead, MONDAY, 2).weeks.items()}
    with pytest.raises(BrokenRulesError) as refused:
        publish(crew.lead, MONDAY, 2, seen)
    return int(refused.value.count)


def shown(crew: Crew) -> Sheet:
    return Sheet(read_roster(crew.lead, MONDAY, 2), now=crew.clock.now())


def printed(crew: Crew) -> tuple[frozenset[int], frozenset[int]]:
    """The days that are red on the sheet for the wall: too few in the service or elsewhere, nobody on call."""
    with crew.lead.reading() as conn:
        wall = wall_of(conn, read_span(conn, MONDAY, 2), crew.clock.now())
    return wall.short, wall.calls


def draw_this_week(crew: Crew) -> None:
    weeks = {
        crew.clerk.person: "8:30 8:30 - 8:30 8:30 - -",
        crew.colleague.person: "12:30 - 12:30 12:30 - Duty -",
        crew.specialist.person: "18-21 - - - - - -",
    }
    drawn(crew.lead, weeks, {crew.manager.person: "+ - + - + - +"})


@pytest.mark.parametrize("after", ["8:30 8:30 8:30 8:30 - - -", "- - - - - - Duty"], ids=["filled", "sparse"])
@pytest.mark.parametrize("this", ["published", "drafted", "blank"])
def test_the_same_is_broken_everywhere(crew: Crew, this: str, after: str) -> None:
    if this != "blank":
        draw_this_week(crew)
    if this == "published":
        published(crew.lead)
    drawn(crew.lead, {crew.clerk.person: after}, monday=NEXT)
    for now in MOMENTS:
        crew.clock.time = now
        sheet = shown(crew)
        assert len(sheet.breaches) == counted(crew), now
        assert (sheet.marks.short, sheet.marks.calls) == printed(crew), now


def test_a_break_that_the_first_day_cuts_short_is_red_on_that_day(crew: Crew) -> None:
    bind_service(crew.manager, Contract(shortest_break=2))
    drawn(crew.lead, {crew.clerk.person: "- - - - - 8:30 -"})
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"}, monday=NEXT)
    sheet = Sheet(read_roster(crew.lead, NEXT, 1), now=crew.clock.now())
    place = [line.key for line in sheet.span.lines].index(line_key(crew.clerk.person))
    assert [column for column in range(WEEK) if sheet.cell(place, column).broken] == [0]
