"""What people knew of the roster before each publication and each swap."""

from datetime import timedelta

from app.services.approvals.decisions import approve
from app.services.approvals.queue import proposal_detail
from app.services.duty.rosters import Stroke, draw, publish, read_roster
from app.services.duty.swaps import SwapDraft, accept_swap, ask_swap
from app.services.duty.versions import MOST, Version, versions
from app.services.duty.weeks import WEEK, line_key
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew

DAY = timedelta(days=1)
NEXT = MONDAY + WEEK * DAY


def known(crew: Crew, weeks: int = 1) -> tuple[Version, ...]:
    return versions(crew.clerk, MONDAY, MONDAY + (weeks * WEEK - 1) * DAY)


def change(crew: Crew, day: int, before: str, after: str) -> None:
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY + day * DAY, before, after)])


def test_there_is_nothing_before_the_first_publication(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    assert known(crew) == ()
    published(crew.lead)
    assert known(crew) == ()


def test_each_publication_ends_a_version(any_crew: Crew) -> None:
    crew, key = any_crew, line_key(any_crew.clerk.person)
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    for before, after in (("", "12:30"), ("12:30", "Duty")):
        crew.clock.time += timedelta(minutes=1)
        change(crew, 2, before, after)
        published(crew.manager)
    newest, oldest = known(crew)
    assert [one.known[MONDAY][key][2] for one in (newest, oldest)] == ["12:30", ""]
    assert (newest.name, newest.swap, newest.at > oldest.at) == ("刘总监", False, True)
    assert newest.lines[key] == crew.clerk.name


def test_weeks_published_at_once_are_one_version(crew: Crew) -> None:
    key = line_key(crew.clerk.person)
    for monday in (MONDAY, NEXT):
        drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"}, monday=monday)
    published(crew.lead, weeks=2)
    draw(crew.lead, [Stroke(key, monday + 2 * DAY, "", "12:30") for monday in (MONDAY, NEXT)])
    published(crew.lead, weeks=2)
    [before] = known(crew, weeks=2)
    assert [before.known[monday][key][2] for monday in (MONDAY, NEXT)] == ["", ""]


def test_a_week_that_was_not_known_is_not_in_the_version(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"}, monday=NEXT)
    change(crew, 2, "", "12:30")
    published(crew.lead, weeks=2)
    [before] = known(crew, weeks=2)
    assert list(before.known) == [MONDAY]


def test_a_swap_ends_a_version_too(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {
        crew.clerk.person: "8:30 8:30 8:30 - - - -", crew.colleague.person: "12:30 12:30 12:30 - - - -",
    })  # fmt: skip
    published(crew.lead)
    swap = ask_swap(crew.clerk, SwapDraft(MONDAY + DAY, crew.colleague.person, MONDAY + DAY, "看牙"))
    proposal = accept_swap(crew.colleague, swap)
    approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)
    [before] = known(crew)
    keys = [line_key(one.person) for one in (crew.clerk, crew.colleague)]
    assert (before.swap, [before.known[MONDAY][key][1] for key in keys]) == (True, ["8:30", "12:30"])
    change(crew, 4, "", "8:30")
    published(crew.lead)
    after = known(crew)[0]
    assert [after.known[MONDAY][key][1] for key in keys] == ["12:30", "8:30"]


def test_a_swap_of_two_days_of_a_week_is_one_version(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.lead, {
        crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -", crew.colleague.person: "12:30 12:30 12:30 12:30 - - Duty",
    })  # fmt: skip
    published(crew.lead)
    swap = ask_swap(crew.clerk, SwapDraft(MONDAY + 5 * DAY, crew.colleague.person, MONDAY + 6 * DAY, "家里有事"))
    proposal = accept_swap(crew.colleague, swap)
    approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)
    [before] = known(crew)  # nobody ever knew of one day without the other
    told = [before.known[MONDAY][line_key(one.person)][5:] for one in (crew.clerk, crew.colleague)]
    assert told == [["Duty", ""], ["", "Duty"]]


def test_a_line_that_is_gone_keeps_its_name(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -", crew.colleague.person: "- 12:30 - - - - -"})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.colleague.person), MONDAY + DAY, "12:30", "")])
    published(crew.lead)
    assert line_key(crew.colleague.person) in known(crew)[0].lines


def test_the_newest_can_be_chosen_from_however_many_there_are(crew: Crew) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    codes = ("12:30", "8:30") * MOST
    for before, after in zip(("", *codes), codes, strict=False):
        crew.clock.time += timedelta(seconds=1)
        change(crew, 3, before, after)
        seen = {week.monday: week.last_seq for week in read_roster(crew.lead, MONDAY, 1).weeks.values()}
        publish(crew.lead, MONDAY, 1, seen, "试排")
    told = known(crew)
    assert len(told) == MOST
    assert [one.seq for one in told] == sorted((one.seq for one in told), reverse=True)
