"""Somebody's duty as a calendar file (iCalendar, RFC 5545): a shift's hours, days on call, leave, one event each.

An event keeps its UID as long as its place in the day is the same, and bears the last entry about the week's roster,
about a leave of that day, or about the hours of its kind of shift as its SEQUENCE, and that entry's time as
LAST-MODIFIED (DTSTAMP is the file's own, as there is a METHOD): a calendar that takes the file again puts the new hours
in the place of the old ones, and strikes what is no longer: a shift, a part of its hours, or a leave.
"""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, from_ms, to_ms
from app.i18n import _, language
from app.models.ledger import entries
from app.services.duty.hours import hours_text
from app.services.duty.kind_history import KindHistory, Version
from app.services.duty.rules import DutyRules, ShiftKind, shown
from app.services.duty.service_calendar import MINUTE_MS
from app.services.duty.span import Span
from app.services.duty.versions import told_of
from app.services.duty.weeks import WEEK, Week, days_from, line_key, monday_of
from app.services.leave.reading import agreed_once
from app.services.settings.history import OFFICE

OCTETS = 75  # of a line, its end not counted
CRLF = "\r\n"
Held = list[tuple[int, str]]  # entries and the codes that a cell held from them on
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
    modified: datetime | None = None  # when what it tells was last changed; aware


def calendar_text(name: str, events: Sequence[Event], made: datetime) -> str:
    """The calendar file, with the line ends that belong into it; `made` is aware."""
    stamp = _utc(made)
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
    if event.modified is not None:
        yield f"LAST-MODIFIED:{_utc(event.modified)}"
    yield f"DTSTART{_when(event.begins)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{escaped(event.summary)}"
    if event.note:
        yield f"DESCRIPTION:{escaped(event.note)}"
    yield f"TRANSP:{'OPAQUE' if event.busy and not event.cancelled else 'TRANSPARENT'}"
    yield f"STATUS:{'CANCELLED' if event.cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


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
    for (key, day), held in _held(conn, known.values(), person).items():
        if day in span.days:
            events |= {one.uid: one for one in told.cell(known[monday_of(day)], day, key, held, away=day in away)}
    for day in span.days:
        if day in away or told.was_away(day):
            one = told.leave(known.get(monday_of(day)), day, _("Left") if span.has_left(person, day) else _("On leave"))
            events[one.uid] = replace(one, cancelled=day not in away)
    c, numbers = entries.c, {one.sequence for one in events.values()}
    at = {row.seq: row.at for row in conn.execute(select(c.seq, c.at).where(c.seq.in_(numbers)))}
    told_now = (replace(one, modified=from_ms(at[one.sequence])) for one in events.values())
    return sorted(told_now, key=lambda one: one.uid)


class _Telling:
    """Makes the events of one person; a UID holds the office, the person, the day and the place in it."""

    def __init__(self, conn: Connection, rules: DutyRules, person: int) -> None:
        self._kinds = KindHistory(conn, rules)
        created = conn.execute(select(entries.c.content).where(entries.c.seq == OFFICE)).scalar_one()
        self._own = f"{json.loads(created)['id']}-{person}"
        self._call = line_key(person, on_call=True)
        self._leaves = agreed_once(conn, person)

    def cell(self, week: Week, day: date, key: str, held: Held, *, away: bool) -> Iterator[Event]:
        """What the cell holds, after what it held once and was taken away, moved, or of a kind that is gone.

        One for each span of a shift's hours, or one for a day on call; the last one of a UID is true.
        """
        for place, (since, code) in enumerate(held):
            is_last = place == len(held) - 1
            if key == self._call:
                yield from self._turn(week, day, code, cancelled=away or not is_last)
                continue
            versions = _until_begun(day, self._kinds.of(code, since, None if is_last else held[place + 1][0]))
            sequence = max([self._sequence(week, day), *(one.seq for one in versions)])
            for number, version in enumerate(versions):
                stands = is_last and number == len(versions) - 1 and not away
                for one in self._shift(day, version.kind):
                    yield replace(one, sequence=sequence, cancelled=not stands)

    def _turn(self, week: Week, day: date, code: str, *, cancelled: bool) -> Iterator[Event]:
        if code:
            note = _("From the day's opening to the next one's the hotline comes to you outside service hours.")
            uid, sequence = self._uid(day, CALL), self._sequence(week, day)
            yield Event(uid, sequence, _("On call"), day, day + _DAY, note, busy=False, cancelled=cancelled)

    def _shift(self, day: date, kind: ShiftKind | None) -> Iterator[Event]:
        if kind is None:
            return
        midnight, note = datetime(day.year, day.month, day.day), hours_text(kind.windows)  # noqa: DTZ001
        for number, (start, end) in enumerate(kind.windows):
            uid = self._uid(day, f"-{number + 1}" if number else "")
            begins, ends = midnight + timedelta(minutes=start), midnight + timedelta(minutes=end)
            yield Event(uid, 0, shown(kind.name), begins, ends, note)

    def leave(self, week: Week | None, day: date, what: str) -> Event:
        """A day of leave, or after one's last; why somebody is away is nobody's business."""
        return Event(self._uid(day, LEAVE), self._sequence(week, day), what, day, day + _DAY)

    def was_away(self, day: date) -> bool:
        """Whether a leave of that day was ever approved."""
        return any(first <= day <= last for first, last, _seq in self._leaves)

    def _sequence(self, week: Week | None, day: date) -> int:
        """A leave that comes or goes changes what its days hold, as the week's own entries do."""
        about = [seq for first, last, seq in self._leaves if first <= day <= last]
        return max([*about, 0 if week is None else week.last_seq])

    def _uid(self, day: date, place: str) -> str:
        return f"{self._own}-{day:%Y%m%d}{place}@zhanggui"


def _until_begun(day: date, versions: Sequence[Version]) -> list[Version]:
    """A kind as it was until its shift of a day began: what has begun, let alone was worked, is moved no more."""
    midnight, told = to_ms(datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)), list[Version]()
    for version in versions:
        kind = told[-1].kind if told else None
        if kind is None or version.at < midnight + kind.windows[0][0] * MINUTE_MS:
            told.append(version)
    return told


def _held(conn: Connection, weeks: Iterable[Week], person: int) -> dict[tuple[str, date], Held]:
    """What was in force in each cell of somebody's lines, and from which entry on, in this order."""
    keys, held = (line_key(person), line_key(person, on_call=True)), dict[tuple[str, date], Held]()
    for told in told_of(conn, {week.id: week.monday for week in weeks}):
        days = days_from(told.monday, WEEK)
        for key, number, code in told.cells(keys):
            held.setdefault((key, days[number]), []).append((told.seq, code))
    return held
