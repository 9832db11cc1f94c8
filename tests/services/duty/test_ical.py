"""The calendar file by RFC 5545: read back by a reader of its own, it says what the roster says."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.i18n import _, set_language
from app.services.approvals.decisions import return_proposal
from app.services.approvals.queue import Desk, list_proposals
from app.services.duty.ical import CRLF, OCTETS, Event, calendar_text, escaped, folded
from app.services.duty.papers import ical_for
from app.services.duty.rosters import Stroke, draw
from app.services.duty.rules import DEFAULT_RULES, DutyRules, written
from app.services.duty.weeks import line_key
from app.services.leave.handing import accept_all
from app.services.leave.leaves import end_leave, propose_leave, withdraw_leave
from app.services.office import change_settings, office_settings
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.leave.making import approved, ask, on
from tests.services.orders.making import Crew

MADE = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = timedelta(days=1)
TUESDAY = MONDAY + DAY


@dataclass(frozen=True)
class Read:
    """An event as a calendar reads it: names with their parameters, values unescaped."""

    values: dict[str, str]

    def __getitem__(self, name: str) -> str:
        return self.values[name]

    @property
    def day(self) -> str:
        return next(value for name, value in self.values.items() if name.startswith("DTSTART"))[:8]


def lines_of(text: str) -> Iterator[tuple[str, str]]:
    """Name with parameters, and value, of each unfolded line."""
    assert text.endswith(CRLF)
    assert "\n" not in text.replace(CRLF, "")
    for line in text.removesuffix(CRLF).replace(CRLF + " ", "").split(CRLF):
        name, _colon, value = line.partition(":")
        yield name, re.sub(r"\\([\\;,nN])", lambda found: "\n" if found[1] in "nN" else found[1], value)


def read(text: str) -> list[Read]:
    """The events, after a look at how the parts lie within each other."""
    open_parts, events, values = [], [], dict[str, str]()
    for name, value in lines_of(text):
        if name == "BEGIN":
            open_parts.append(value)
            values = {}
        elif name == "END":
            assert open_parts.pop() == value
            if value == "VEVENT":
                assert {"UID", "DTSTAMP", "SEQUENCE", "SUMMARY"} <= values.keys()
                events.append(Read(values))
        else:
            assert name not in values
            values[name] = value
    assert open_parts == []
    assert len({event["UID"] for event in events}) == len(events)
    return events


def taken(crew: Crew, folder: Path, weeks: int = 1) -> list[Read]:
    ical_for(crew.clerk, crew.clerk.person, MONDAY, weeks, folder / "duty.ics")
    return read((folder / "duty.ics").read_bytes().decode())


def by_uid(events: list[Read]) -> dict[str, Read]:
    return {event["UID"]: event for event in events}


def test_an_event_says_when_in_the_offices_time(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 18-20 - - - Duty -"}, {crew.clerk.person: "- - + - - - -"})
    published(crew.lead)
    events = taken(crew, tmp_path)
    zone = ";TZID=Asia/Shanghai"
    times = [(event[f"DTSTART{zone}"], event[f"DTEND{zone}"]) for event in events if f"DTSTART{zone}" in event.values]
    assert times == [
        ("20261123T083000", "20261123T170000"),
        ("20261124T180000", "20261124T200000"),  # a split shift is two events; in the order of their UIDs
        ("20261124T083000", "20261124T130000"),
        ("20261128T083000", "20261128T210000"),
    ]
    [call] = [event for event in events if event["UID"].split("@")[0].endswith("-call")]
    assert (call["DTSTART;VALUE=DATE"], call["DTEND;VALUE=DATE"], call["TRANSP"]) == (
        "20261125",
        "20261126",
        "TRANSPARENT",
    )
    text = (tmp_path / "duty.ics").read_text(encoding="utf-8")
    assert text.index("BEGIN:VTIMEZONE") < text.index("TZID:Asia/Shanghai") < text.index("BEGIN:VEVENT")


def test_an_update_keeps_the_uid_and_raises_the_sequence(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time -= DAY
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    key = line_key(crew.clerk.person)
    draw(crew.lead, [Stroke(key, MONDAY, "8:30", "12:30"), Stroke(key, TUESDAY, "8:30", "")])
    assert {uid: event.day for uid, event in by_uid(taken(crew, tmp_path)).items()} == {
        uid: event.day for uid, event in before.items()
    }  # what is drawn and not published changes no hour
    published(crew.lead)
    after = by_uid(taken(crew, tmp_path))
    assert after.keys() == before.keys()
    monday, tuesday = sorted(after, key=lambda uid: after[uid].day)
    assert (after[monday]["STATUS"], after[monday]["DTSTART;TZID=Asia/Shanghai"][9:]) == ("CONFIRMED", "123000")
    assert (after[tuesday]["STATUS"], after[tuesday]["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
    assert all(int(after[uid]["SEQUENCE"]) > int(before[uid]["SEQUENCE"]) for uid in before)


def set_rules(crew: Crew, rules: DutyRules) -> None:
    """The manager changes the duty rules, a while after what was before."""
    crew.clock.time += timedelta(minutes=1)
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=written(rules)))


def with_hours(code: str, *windows: tuple[int, int]) -> DutyRules:
    """The rules that an office begins with, but for one shift's hours."""
    minutes = sum(end - start for start, end in windows)
    kinds = (
        replace(one, windows=windows, minutes=minutes) if one.code == code else one for one in DEFAULT_RULES.shifts
    )
    return replace(DEFAULT_RULES, shifts=tuple(kinds))


def test_other_hours_of_a_shift_move_its_events_and_no_others(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    crew.clock.time -= DAY
    drawn(crew.lead, {crew.clerk.person: "8:30 12:30 - - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    set_rules(crew, with_hours("8:30", (8 * 60, 16 * 60)))
    after = by_uid(taken(crew, tmp_path))
    monday, tuesday = sorted(after, key=lambda uid: after[uid].day)
    assert after.keys() == before.keys()
    assert after[monday]["DTSTART;TZID=Asia/Shanghai"] == "20261123T080000"
    assert int(after[monday]["SEQUENCE"]) > int(before[monday]["SEQUENCE"])
    moved = crew.clock.time.strftime("%Y%m%dT%H%M%SZ")
    assert (after[monday]["LAST-MODIFIED"], after[monday]["DTSTAMP"]) == (moved, moved)
    assert after[tuesday].values | {"DTSTAMP": ""} == before[tuesday].values | {"DTSTAMP": ""}
    crew.clock.time += timedelta(minutes=1)
    assert by_uid(taken(crew, tmp_path))[monday]["LAST-MODIFIED"] == moved  # only the file is a newer one
    assert verify(crew.program).ok


def test_a_part_of_the_hours_that_is_no_longer_is_cancelled(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time -= DAY
    drawn(crew.lead, {crew.clerk.person: "18-20 - - - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    set_rules(crew, with_hours("18-20", (18 * 60, 20 * 60)))
    after = by_uid(taken(crew, tmp_path))
    assert after.keys() == before.keys()
    assert (told(after, MONDAY)[0], told(after, MONDAY, "-2")[0]) == ("CONFIRMED", "CANCELLED")
    assert told(after, MONDAY, "-2")[1] > told(before, MONDAY, "-2")[1]


def test_duty_of_a_kind_that_is_gone_is_cancelled_and_stands_again_with_the_kind(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time -= DAY
    drawn(crew.lead, {crew.clerk.person: "8:30 12:30 - - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    set_rules(crew, replace(DEFAULT_RULES, shifts=DEFAULT_RULES.shifts[1:], demands=DEFAULT_RULES.demands[1:]))
    gone = by_uid(taken(crew, tmp_path))
    assert (told(gone, MONDAY)[0], told(gone, TUESDAY)) == ("CANCELLED", told(before, TUESDAY))
    assert told(gone, MONDAY)[1] > told(before, MONDAY)[1]
    assert gone.keys() == before.keys()
    set_rules(crew, DEFAULT_RULES)
    back = by_uid(taken(crew, tmp_path))
    assert told(back, MONDAY)[0] == "CONFIRMED"
    assert told(back, MONDAY)[1] > told(gone, MONDAY)[1]


def test_hours_that_a_shift_had_before_it_was_published_are_in_no_calendar(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time -= DAY
    set_rules(crew, with_hours("8:30", (8 * 60, 12 * 60), (13 * 60, 17 * 60)))
    set_rules(crew, with_hours("8:30", (9 * 60, 17 * 60)))
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY, "8:30", "12:30")])
    published(crew.lead)
    set_rules(crew, with_hours("8:30", (9 * 60, 12 * 60), (13 * 60, 17 * 60)))  # Monday is no such shift any more
    events = by_uid(taken(crew, tmp_path))
    assert [(one.day, one["STATUS"]) for one in events.values()] == [
        ("20261123", "CONFIRMED"),
        ("20261124", "CONFIRMED"),
        ("20261124", "CONFIRMED"),
    ]


def test_a_duty_taken_away_or_given_to_another_is_cancelled(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time -= DAY
    drawn(crew.lead, {crew.clerk.person: "18-20 8:30 - - - - -"}, {crew.clerk.person: "- - + - - - -"})
    published(crew.lead)
    mine, call = line_key(crew.clerk.person), line_key(crew.clerk.person, on_call=True)
    away = [Stroke(mine, MONDAY, "18-20", ""), Stroke(mine, TUESDAY, "8:30", ""), Stroke(call, TUESDAY + DAY, "+", "")]
    draw(crew.lead, [*away, Stroke(line_key(crew.colleague.person), TUESDAY, "", "8:30")])
    published(crew.lead)
    events = by_uid(taken(crew, tmp_path))
    assert len(events) == 4
    assert {one["STATUS"] for one in events.values()} == {"CANCELLED"}


def test_a_shift_that_has_begun_is_neither_moved_nor_struck(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    crew.clock.time += DAY  # ten o'clock on Tuesday
    set_rules(crew, with_hours("8:30", (8 * 60, 16 * 60)))
    moved = by_uid(taken(crew, tmp_path))
    set_rules(crew, replace(DEFAULT_RULES, shifts=DEFAULT_RULES.shifts[1:], demands=DEFAULT_RULES.demands[1:]))
    struck = by_uid(taken(crew, tmp_path))
    for day in (MONDAY, TUESDAY):
        assert told(before, day) == told(moved, day) == told(struck, day)
    assert told(struck, TUESDAY + DAY)[0] == "CANCELLED"
    assert told(before, TUESDAY + DAY)[1] < told(moved, TUESDAY + DAY)[1] < told(struck, TUESDAY + DAY)[1]


def on_leave(crew: Crew, first: date, last: date) -> int:
    """A leave of the clerk's that is approved."""
    return approved(crew, crew.clerk, crew.colleague, first_day=first, last_day=last)


def told(events: dict[str, Read], day: date, place: str = "") -> tuple[str, int]:
    """Whether the event of a day and place stands, and its sequence."""
    [event] = [one for uid, one in events.items() if uid.split("@")[0].endswith(f"{day:%Y%m%d}{place}")]
    return event["STATUS"], int(event["SEQUENCE"])


def test_a_leave_withdrawn_after_it_was_taken_out_is_cancelled(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 - - - -"})
    published(crew.lead)
    plain = by_uid(taken(crew, tmp_path))
    leave = on_leave(crew, TUESDAY, TUESDAY + DAY)
    away = by_uid(taken(crew, tmp_path))
    assert (told(away, TUESDAY, "-leave")[0], told(away, TUESDAY)[0]) == ("CONFIRMED", "CANCELLED")
    assert told(away, TUESDAY)[1] > told(plain, TUESDAY)[1]  # the week itself has no new entry
    assert told(away, MONDAY) == told(plain, MONDAY)
    withdraw_leave(crew.clerk, leave, "不去了")
    back = by_uid(taken(crew, tmp_path))
    assert back.keys() == away.keys()
    for day in (TUESDAY, TUESDAY + DAY):
        assert (told(back, day, "-leave")[0], told(back, day)[0]) == ("CANCELLED", "CONFIRMED")
        assert told(back, day, "-leave")[1] > told(away, day, "-leave")[1]
        assert told(back, day)[1] > told(away, day)[1]
    again = on_leave(crew, TUESDAY, TUESDAY)
    anew = by_uid(taken(crew, tmp_path))
    assert told(anew, TUESDAY, "-leave")[0] == "CONFIRMED"
    assert told(anew, TUESDAY, "-leave")[1] > told(back, TUESDAY, "-leave")[1]
    assert told(anew, TUESDAY + DAY, "-leave") == told(back, TUESDAY + DAY, "-leave")
    assert again > leave


def test_who_is_back_early_has_the_other_days_cancelled(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 - - -"})
    published(crew.lead)
    leave = on_leave(crew, TUESDAY, TUESDAY + 2 * DAY)
    on(crew, TUESDAY)
    before = by_uid(taken(crew, tmp_path))
    on(crew, TUESDAY + DAY)
    end_leave(crew.clerk, leave, "提前回来")
    after = by_uid(taken(crew, tmp_path))
    stands = [told(after, TUESDAY + number * DAY, "-leave")[0] for number in range(3)]
    assert stands[0] == "CONFIRMED"
    assert stands[2] == "CANCELLED"
    last = TUESDAY + 2 * DAY
    assert told(after, last)[0] == "CONFIRMED"  # the shift that was planned there
    assert told(after, last, "-leave")[1] > told(before, last, "-leave")[1]


def test_a_leave_that_was_refused_was_in_no_calendar(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    before = by_uid(taken(crew, tmp_path))
    leave = ask(crew.clerk, crew.colleague, first_day=TUESDAY, last_day=TUESDAY)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    [row] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, row.id, row.last_seq, "人手不够")
    assert by_uid(taken(crew, tmp_path)) == before


def test_a_uid_names_the_office_the_person_and_the_day(crew: Crew, tmp_path: Path) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})
    published(crew.lead)
    [event] = taken(crew, tmp_path)
    assert re.fullmatch(rf"[0-9a-f]{{32}}-{crew.clerk.person}-20261123@zhanggui", event["UID"])


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_speaks_the_language_in_use(crew: Crew, tmp_path: Path, language: str) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})
    published(crew.lead)
    set_language(language)
    assert [event["SUMMARY"] for event in taken(crew, tmp_path)] == [_("Early shift")]
    text = (tmp_path / "duty.ics").read_text(encoding="utf-8")
    assert f"PRODID:-//Zhanggui//Duty//{language[:2].upper()}\n" in text


def test_lines_are_folded_within_75_octets_and_never_within_a_character() -> None:
    for text in ("汉" * 200, "a" * 24 + "汉字🍷" * 40, "x" * 75, "x" * 76, ""):
        line = f"SUMMARY:{text}"
        rows = folded(line).split(CRLF)
        assert all(len(row.encode()) <= OCTETS for row in rows)
        assert all(row.startswith(" ") for row in rows[1:])
        assert "".join([rows[0], *(row[1:] for row in rows[1:])]) == line


def test_marks_are_escaped_and_read_back() -> None:
    odd = "早班; 8:30, 王\\敏\n第二行\r\n\x00\x07尾"
    event = Event("u@zhanggui", 1, odd, date(2026, 11, 23), date(2026, 11, 24), note=odd * 9)
    [back] = read(calendar_text("值班；王敏,李娜", [event], MADE))
    assert back["SUMMARY"] == "早班; 8:30, 王\\敏\n第二行\n尾"
    assert back["DTSTAMP"] == "20261123T020000Z"
    assert escaped("a,b;c\\d") == "a\\,b\\;c\\\\d"


def test_a_shift_past_midnight_ends_on_the_next_day() -> None:
    night = datetime(2026, 12, 31, 22, 0)  # noqa: DTZ001 (as the roster's hours are)
    text = calendar_text("", [Event("u", 1, "夜班", night, night + timedelta(hours=8))], MADE)
    assert "DTEND;TZID=Asia/Shanghai:20270101T060000" in text
