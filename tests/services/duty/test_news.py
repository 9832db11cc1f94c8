"""What somebody has not seen yet of a roster that was published."""

from datetime import timedelta

from sqlalchemy import select

from app.models.ledger import entries
from app.services.access import Context
from app.services.duty.news import SEEN, not_seen_by, roster_reminders, see_roster
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.weeks import WEEK, line_key, weeks_between
from app.services.reminder import What
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew

DAY = timedelta(days=1)
LAST = MONDAY + (WEEK - 1) * DAY
EARLY = "8:30 8:30 8:30 - - - -"


def told(ctx: Context) -> list[tuple[What, str]]:
    return [(one.what, one.title) for one in roster_reminders(ctx)]


def change(crew: Crew, day: int, before: str, after: str, *, on_call: bool = False) -> None:
    key = line_key((crew.lead if on_call else crew.clerk).person, on_call=on_call)
    draw(crew.lead, [Stroke(key, MONDAY + day * DAY, before, after)])


def test_who_has_shifts_hears_of_a_new_roster_until_they_look(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    assert told(crew.clerk) == []  # a draft binds nobody
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_NEW, "11-23 — 11-29")]
    assert told(crew.colleague) == []  # who has none is not bothered
    see_roster(crew.clerk, MONDAY, LAST)
    assert told(crew.clerk) == []
    assert verify(crew.program).ok


def test_who_published_it_knows_it(crew: Crew) -> None:
    drawn(crew.lead, {crew.lead.person: EARLY}, {crew.lead.person: "+ - - - - - -"})
    published(crew.lead)
    assert told(crew.lead) == []


def test_a_change_of_ones_own_shifts_is_told_with_what_it_was(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: EARLY})
    published(crew.lead)
    for ctx in (crew.clerk, crew.colleague):
        see_roster(ctx, MONDAY, LAST)
    change(crew, 2, "8:30", "12:30")
    change(crew, 3, "", "8:30")
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 8:30 → 12:30, 11-26 off → 8:30")]
    assert told(crew.colleague) == []


def test_turns_on_call_are_news_too(crew: Crew) -> None:
    drawn(crew.manager, {}, {crew.lead.person: "+ - - - - - -"})
    published(crew.manager)
    see_roster(crew.lead, MONDAY, LAST)
    draw(crew.manager, [Stroke(line_key(crew.lead.person, on_call=True), MONDAY + DAY, "", "+")])
    published(crew.manager)
    assert told(crew.lead) == [(What.ROSTER_CHANGED, "11-24 not on call → on call")]


def test_what_was_taken_back_since_is_no_news(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    see_roster(crew.clerk, MONDAY, LAST)
    for before, after in (("8:30", "12:30"), ("12:30", "8:30")):
        change(crew, 2, before, after)
        published(crew.lead)
    assert told(crew.clerk) == []


def test_days_that_are_over_are_no_news(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    crew.clock.time += 3 * DAY  # after the last of the three shifts
    assert told(crew.clerk) == []


def test_what_changed_again_after_one_looked_is_told_again(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    change(crew, 1, "8:30", "12:30")
    published(crew.lead)
    [first] = roster_reminders(crew.clerk)
    assert first.what is What.ROSTER_NEW  # the first one was not seen either
    see_roster(crew.clerk, MONDAY, LAST)
    change(crew, 2, "8:30", "Duty")
    published(crew.lead)
    [again] = roster_reminders(crew.clerk)
    assert (again.title, again.mark > first.mark) == ("11-25 8:30 → Duty", True)


def test_many_changes_are_cut_short(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- 8:30 8:30 8:30 8:30 8:30 -"})
    published(crew.lead)
    see_roster(crew.clerk, MONDAY, LAST)
    for day in range(1, 6):
        change(crew, day, "8:30", "")
    published(crew.lead)
    [(_what, title)] = told(crew.clerk)
    assert title == "11-24 8:30 → off, 11-25 8:30 → off, 11-26 8:30 → off …"


def test_looking_is_on_record_once(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    for _time in range(2):
        see_roster(crew.clerk, MONDAY, LAST)
    see_roster(crew.colleague, MONDAY, LAST)  # it is no news to them
    with crew.db.reading() as conn:
        assert conn.execute(select(entries.c.person).where(entries.c.kind == SEEN)).scalars().all() == [
            crew.clerk.person
        ]


def test_who_plans_sees_who_has_not_looked(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: EARLY})
    published(crew.lead)
    see_roster(crew.colleague, MONDAY, LAST)
    people = [crew.clerk.person, crew.colleague.person, crew.lead.person]
    with crew.db.reading() as conn:
        assert not_seen_by(conn, weeks_between(conn, MONDAY, LAST).values(), people, MONDAY) == [crew.clerk.person]


def test_looking_does_not_hinder_who_publishes(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    change(crew, 2, "8:30", "12:30")
    before = read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq
    see_roster(crew.clerk, MONDAY, LAST)
    assert read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq == before
