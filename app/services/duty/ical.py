"""Somebody's duty as a calendar file (iCalendar, RFC 5545): a shift's hours, days on call, leave, one event each.

An event keeps its UID as long as its place in the day is the same, and bears the last entry about the week's roster, or
about a leave of that day, as its SEQUENCE: a calendar that takes the file again puts the new hours in the place of the
old ones, and strikes what is no longer, shift or leave.
"""

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE
from app.i18n import _, language
from app.models.ledger import entries
from app.services.duty.hours import hours_text
from app.services.duty.planning import Span
from app.services.duty.rules import DutyRules, shown
from app.services.duty.weeks import Week, days_from, line_key, monday_of
from app.services.leave.reading import agreed_once
from app.services.settings.history import OFFICE

OCTETS = 75  # of a line, its end not counted
CRLF = "\r\n"
CALL, LEAVE = "-call", "-leave"  # behind the day in a UID
_DAY = timedelta(days=1)
_ZONE = OFFICE_ZONE.key
# China has kept one time all the year since 1992.
_TIMEZONE = (
    "BEGIN:VTIMEZONE", f"TZID:{_ZONE}", "BEGIN:STANDARD", "DTSTART:19920101T000000", "TZOFFSETFROM:+0800",
    "TZOFFSETTO:+0800", "TZNAME:CST", "END:STANDARD", "END:VTIMEZONE",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Event:
    """An event; begins and ends at times of the office, or on whole days (the end is the day after)."""

    uid: str
    sequence: int
    summary: str
    begins: date | datetime
    ends: date | datetime
    note: str = ""
    busy: bool = True
    cancelled: bool = False


def calendar_text(name: str, events: Sequence[Event], made: datetime) -> str:
    """The calendar file, with the line ends that belong into it; `made` is aware."""
    stamp = f"{made.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    told = language().partition("_")[0].upper()
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//Zhanggui//Duty//{told}", "CALSCALE:GREGORIAN", "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}", f"X-WR-TIMEZONE:{_ZONE}", *_TIMEZONE,
        *(line for event in events for line in _event(event, stamp)), "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(folded(line) + CRLF for line in lines)


def escaped(text: str) -> str:
    """Text as a value holds it: marks that part values escaped, line breaks as \\n, no other control characters."""
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    plain = "\\n".join(plain.splitlines())
    return "".join(char for char in plain if unicodedata.category(char) != "Cc")


def folded(line: str) -> str:
    """A line folded after 75 octets at most, never within a character; a blank begins what goes on."""
    parts, part, octets = [], "", 0
    for char in line:
        size = len(char.encode())
        if octets + size > OCTETS:
            parts.append(part)
            part, octets = " ", 1
        part += char
        octets += size
    return CRLF.join((*parts, part))


def _event(event: Event, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"SEQUENCE:{event.sequence}"
    yield f"DTSTART{_when(event.begins)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    yield f"TRANSP:{'OPAQUE' if event.busy and not event.cancelled else 'TRANSPARENT'}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _when(moment: date | datetime) -> str:
    if isinstance(moment, datetime):
        return f";TZID={_ZONE}:{moment:%Y%m%dT%H%M%S}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def events_of(conn: Connection, span: Span, person: int) -> list[Event]:
    """What stands in these weeks for somebody: published shifts, days on call and leave, and what was so once.

    What is only drafted is not there: nobody goes by it yet.
    """
    told = _Telling(conn, span.rules, person)
    away = span.away.get(person, frozenset())
    known = {monday: week for monday, week in span.weeks.items() if week.published is not None}
    events: dict[str, Event] = {}
    for day, key, code in _published_once(conn, [known[monday] for monday in sorted(known)], person):
        if day in span.days:
            once = told.cell(known[monday_of(day)], day, key, code)
            events |= {one.uid: replace(one, cancelled=True) for one in once}
    for day in span.days:
        week = known.get(monday_of(day))
        if day in away or told.was_away(day):
            one = told.leave(week, day)
            events[one.uid] = replace(one, cancelled=day not in away)
        if day not in away and week is not None:
            for key in (line_key(person), line_key(person, on_call=True)):
                codes = (week.published or {}).get(key)
                events |= {one.uid: one for one in told.cell(week, day, key, codes[day.weekday()] if codes else "")}
    return sorted(events.values(), key=lambda one: one.uid)


class _Telling:
    """Makes the events of one person; a UID holds the office, the person, the day and the place in it."""

    def __init__(self, conn: Connection, rules: DutyRules, person: int) -> None:
        self.rules = rules
        created = conn.execute(select(entries.c.content).where(entries.c.seq == OFFICE)).scalar_one()
        self._own = f"{json.loads(created)['id']}-{person}"
        self._call = line_key(person, on_call=True)
        self._leaves = agreed_once(conn, person)

    def cell(self, week: Week, day: date, key: str, code: str) -> Iterator[Event]:
        """One for each span of a shift's hours, or one for a day on call; none for a shift that is no longer known."""
        kind = self.rules.kind(code)
        if key == self._call and code:
            note = _("From the day's opening to the next one's the hotline comes to you outside service hours.")
            yield Event(
                self._uid(day, CALL), self._sequence(week, day), _("On call"), day, day + _DAY, note, busy=False
            )
        elif kind is not None:
            midnight, note = datetime(day.year, day.month, day.day), hours_text(kind.windows)  # noqa: DTZ001
            for number, (start, end) in enumerate(kind.windows):
                uid = self._uid(day, f"-{number + 1}" if number else "")
                begins, ends = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
                yield Event(uid, self._sequence(week, day), shown(kind.name), begins, ends, note)

    def leave(self, week: Week | None, day: date) -> Event:
        """A day of leave; why somebody is away is nobody's business."""
        return Event(self._uid(day, LEAVE), self._sequence(week, day), _("On leave"), day, day + _DAY)

    def was_away(self, day: date) -> bool:
        """Whether a leave of that day was ever approved."""
        return any(first <= day <= last for first, last, _seq in self._leaves)

    def _sequence(self, week: Week | None, day: date) -> int:
        """A leave that comes or goes changes what its days hold, as the week's own entries do."""
        about = [seq for first, last, seq in self._leaves if first <= day <= last]
        return max([*about, 0 if week is None else week.last_seq])

    def _uid(self, day: date, place: str) -> str:
        return f"{self._own}-{day:%Y%m%d}{place}@zhanggui"


def _published_once(conn: Connection, weeks: Sequence[Week], person: int) -> Iterator[tuple[date, str, str]]:
    """Every cell of somebody's lines that was in force at some time, the older ones first."""
    e, mondays = entries.c, {week.id: week.monday for week in weeks}
    wanted = select(e.subject, e.kind, e.content).where(
        e.subject.in_(mondays), e.kind.in_(("roster.published", "roster.swapped"))
    )
    keys = (line_key(person), line_key(person, on_call=True))
    for row in conn.execute(wanted.order_by(e.seq)):
        days = days_from(mondays[row.subject], 7)
        for key, number, code in _cells(row.kind, json.loads(row.content)):
            if key in keys:
                yield days[number], key, code


def _cells(kind: str, content: Mapping[str, Any]) -> Iterator[tuple[str, int, str]]:
    """The cells that an entry tells to have been in force: those published, or those that were swapped away."""
    if kind == "roster.published":
        for key, codes in content["cells"].items():
            yield from ((key, number, code) for number, code in enumerate(codes))
    else:
        yield from ((str(key), number, before) for key, number, before, _after in content["changes"])
