"""What somebody has not seen yet of a roster that was published."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlalchemy import select

from app.models.leave import LeaveKind
from app.models.ledger import entries
from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.queue import proposal_detail
from app.services.due import run_what_is_due
from app.services.duty.news import SEEN, not_seen_by, roster_reminders, see_roster
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap
from app.services.duty.weeks import WEEK, line_key, weeks_between
from app.services.leave.handing import accept_all
from app.services.leave.leaves import end_leave, propose_leave
from app.services.ledger import open_ledger
from app.services.reminder import What
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import agree, approved, ask
from tests.services.orders.making import Crew

DAY = timedelta(days=1)
LAST = MONDAY + (WEEK - 1) * DAY
EARLY = "8:30 8:30 8:30 - - - -"


def told(ctx: Context) -> list[tuple[What, str]]:
    return [(one.what, one.title) for one in roster_reminders(ctx)]


def shown(ctx: Context) -> Mapping[date, int]:
    """What the roster's panel shows of the week just now."""
    return read_roster(ctx, MONDAY, 1, drafts=False).told


def look(ctx: Context) -> None:
    see_roster(ctx, shown(ctx))


def change(crew: Crew, day: int, before: str, after: str, *, on_call: bool = False) -> None:
    key = line_key((crew.lead if on_call else crew.clerk).person, on_call=on_call)
    draw(crew.lead, [Stroke(key, MONDAY + day * DAY, before, after)])


def swap(crew: Crew, after: timedelta) -> None:
    """The clerk's shift of a day for the colleague's."""
    day = MONDAY + after
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, SwapDraft(day, crew.colleague.person, day, "看牙")))
    approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)


def test_who_has_shifts_hears_of_a_new_roster_until_they_look(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    assert told(crew.clerk) == []  # a draft binds nobody
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_NEW, "11-23 — 11-29")]
    assert told(crew.colleague) == []  # who has none is not bothered
    look(crew.clerk)
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
        look(ctx)
    change(crew, 2, "8:30", "12:30")
    change(crew, 3, "", "8:30")
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 8:30 → 12:30, 11-26 off → 8:30")]
    assert told(crew.colleague) == []


def test_turns_on_call_are_news_too(crew: Crew) -> None:
    drawn(crew.manager, {}, {crew.lead.person: "+ - - - - - -"})
    published(crew.manager)
    look(crew.lead)
    draw(crew.manager, [Stroke(line_key(crew.lead.person, on_call=True), MONDAY + DAY, "", "+")])
    published(crew.manager)
    assert told(crew.lead) == [(What.ROSTER_CHANGED, "11-24 not on call → on call")]


def test_what_was_taken_back_since_is_no_news(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    look(crew.clerk)
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
    look(crew.clerk)
    change(crew, 2, "8:30", "Duty")
    published(crew.lead)
    [again] = roster_reminders(crew.clerk)
    assert (again.title, again.mark > first.mark) == ("11-25 8:30 → Duty", True)


def test_many_changes_are_cut_short(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "- 8:30 8:30 8:30 8:30 8:30 -"})
    published(crew.lead)
    look(crew.clerk)
    for day in range(1, 6):
        change(crew, day, "8:30", "")
    published(crew.lead)
    [(_what, title)] = told(crew.clerk)
    assert title == "11-24 8:30 → off, 11-25 8:30 → off, 11-26 8:30 → off …"


def test_looking_is_on_record_once(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    for _time in range(2):
        look(crew.clerk)
    look(crew.colleague)  # it is no news to them
    with crew.db.reading() as conn:
        assert conn.execute(select(entries.c.person).where(entries.c.kind == SEEN)).scalars().all() == [
            crew.clerk.person
        ]


def test_who_plans_sees_who_has_not_looked(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: EARLY})
    published(crew.lead)
    look(crew.colleague)
    people = [crew.clerk.person, crew.colleague.person, crew.lead.person]
    with crew.db.reading() as conn:
        assert not_seen_by(conn, weeks_between(conn, MONDAY, LAST).values(), people, MONDAY) == [crew.clerk.person]


def test_looking_does_not_hinder_who_publishes(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    change(crew, 2, "8:30", "12:30")
    before = read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq
    look(crew.clerk)
    assert read_roster(crew.lead, MONDAY, 1).weeks[MONDAY].last_seq == before


def test_what_is_published_between_showing_and_recording_is_not_seen(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    before = shown(crew.clerk)
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    see_roster(crew.clerk, before)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 8:30 → 12:30")]
    with crew.db.reading() as conn:
        assert not_seen_by(conn, weeks_between(conn, MONDAY, LAST).values(), [crew.clerk.person], MONDAY)
    look(crew.clerk)
    assert told(crew.clerk) == []


def test_what_was_seen_and_is_taken_back_since_is_told(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    look(crew.clerk)
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    before = shown(crew.clerk)
    change(crew, 2, "12:30", "8:30")
    published(crew.lead)
    assert told(crew.clerk) == []  # as if nothing had been
    see_roster(crew.clerk, before)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 12:30 → 8:30")]


def test_an_older_look_that_is_recorded_late_hides_nothing_and_unseen_nothing(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    before = shown(crew.clerk)
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    for seen in (shown(crew.clerk), before):  # two windows of one person
        see_roster(crew.clerk, seen)
    assert told(crew.clerk) == []


def test_a_look_at_other_weeks_leaves_the_news_of_this_one(crew: Crew) -> None:
    for monday in (MONDAY, MONDAY + WEEK * DAY, MONDAY + 2 * WEEK * DAY):
        drawn(crew.lead, {crew.clerk.person: EARLY}, monday=monday)
    published(crew.lead, weeks=3)
    every = read_roster(crew.clerk, MONDAY, 3).told
    see_roster(crew.clerk, {monday: seq for monday, seq in every.items() if monday != MONDAY + WEEK * DAY})
    assert told(crew.clerk) == [(What.ROSTER_NEW, "11-30 — 12-06")]
    see_roster(crew.clerk, {})
    assert len(told(crew.clerk)) == 1


def test_who_publishes_a_week_has_seen_what_others_published_of_it(crew: Crew) -> None:
    drawn(crew.manager, {crew.lead.person: EARLY})
    published(crew.manager)
    assert told(crew.lead) == [(What.ROSTER_NEW, "11-23 — 11-29")]
    change(crew, 2, "", "12:30")
    published(crew.lead)
    assert told(crew.lead) == []


def test_what_two_have_swapped_is_no_news_to_them_though_its_publication_was(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: "8:30 - 8:30 8:30 - - -", crew.colleague.person: EARLY})
    published(crew.lead)
    look(crew.clerk)
    change(crew, 1, "", "12:30")
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-24 off → 12:30")]
    swap(crew, DAY)
    assert told(crew.clerk) == []
    assert told(crew.colleague) == [(What.ROSTER_NEW, "11-23 — 11-29")]  # the other days


def test_what_was_seen_is_read_from_what_the_entry_says_also_from_an_old_one(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    first = shown(crew.clerk)[MONDAY]
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    week, last = read_roster(crew.clerk, MONDAY, 1).weeks[MONDAY].id, shown(crew.clerk)[MONDAY]
    looks = ({"published": first}, 1), ({"published": last}, 0), ({"published": first}, 0)  # the last came late
    for content, news in looks:
        with crew.db.writing() as conn:
            open_ledger(conn, 0, crew.clerk.person).write(SEEN, week, content)
        assert len(told(crew.clerk)) == news


def test_an_old_look_that_does_not_say_what_was_seen_is_one_at_all_there_was(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    week = read_roster(crew.clerk, MONDAY, 1).weeks[MONDAY].id
    with crew.db.writing() as conn:
        open_ledger(conn, 0, crew.clerk.person).write(SEEN, week, {})
    assert told(crew.clerk) == []
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 8:30 → 12:30")]


def test_shifts_on_days_of_leave_are_no_news_and_those_after_it_are(any_crew: Crew) -> None:
    crew = any_crew
    leave = approved(crew, crew.clerk, crew.colleague, first_day=MONDAY + DAY, last_day=MONDAY + 2 * DAY)
    drawn(crew.lead, {crew.clerk.person: "- 8:30 8:30 - - - -"})
    published(crew.lead)
    assert told(crew.clerk) == []
    crew.clock.time += DAY
    run_what_is_due(crew.program)
    change(crew, 2, "8:30", "12:30")
    change(crew, 3, "", "8:30")
    drawn(crew.lead, {crew.clerk.person: EARLY}, monday=MONDAY + WEEK * DAY)
    published(crew.lead, weeks=2)
    assert told(crew.clerk) == [(What.ROSTER_NEW, "11-23 — 11-29"), (What.ROSTER_NEW, "11-30 — 12-06")]  # while away
    see_roster(crew.clerk, read_roster(crew.clerk, MONDAY, 2).told)
    change(crew, 2, "12:30", "8:30")
    published(crew.lead)
    assert told(crew.clerk) == []
    end_leave(crew.clerk, leave, "提前回来")  # the days of leave that are left are worked after all
    assert told(crew.clerk) == [(What.ROSTER_CHANGED, "11-25 12:30 → 8:30")]


def test_leave_counts_whichever_of_two_weeks_was_published_first(crew: Crew) -> None:
    approved(crew, crew.clerk, crew.colleague, first_day=MONDAY + DAY, last_day=MONDAY + 2 * DAY)
    for monday, codes in ((MONDAY + WEEK * DAY, EARLY), (MONDAY, "- 8:30 8:30 - - - -")):
        drawn(crew.lead, {crew.clerk.person: codes}, monday=monday)
        published(crew.lead, monday)
    assert told(crew.clerk) == [(What.ROSTER_NEW, "11-30 — 12-06")]


def test_nobody_is_told_of_shifts_after_they_have_left(crew: Crew) -> None:
    facts = {"kind": LeaveKind.RESIGNATION, "last_day": MONDAY + DAY, "early": "双方商定"}
    leave = ask(crew.director, crew.colleague, person=crew.clerk.person, **facts)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    drawn(crew.lead, {crew.clerk.person: "- - 8:30 8:30 - - -"})
    published(crew.lead)
    assert told(crew.clerk) == []
    people = [crew.clerk.person]
    with crew.db.reading() as conn:
        assert not_seen_by(conn, weeks_between(conn, MONDAY, LAST).values(), people, MONDAY) == []
