"""Who is on now, who is on call, and where the hotline goes (谁在岗、值班负责、热线转接; rules D1, D2)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, office_day, to_ms
from app.models.people import Post, people, stored_posts
from app.services.access import Context, Permission, requires
from app.services.duty.lines import away_of
from app.services.duty.rules import ShiftKind, rules_of
from app.services.duty.service_calendar import MINUTE_MS, ServiceCalendar
from app.services.duty.weeks import monday_of, person_of, weeks_between
from app.services.leave.posts import acting_posts, held_on
from app.services.settings.values import Settings, load_settings

OFFICE_LINE = ""  # the office's own number among the hotline's
AHEAD_DAYS = 31  # that the next opening is looked for


@dataclass(frozen=True, slots=True)
class OnDuty:
    """Somebody at work: their shift's sign, whether they answer customers, until when (milliseconds UTC)."""

    person: int
    name: str
    shift: str
    service: bool
    until: int


@dataclass(frozen=True, slots=True)
class Hotline:
    """Where calls go from now on until `until`: to the desk, or to who is on call; no number is known as ""."""

    to_desk: bool
    name: str
    number: str
    until: int | None


@dataclass(frozen=True, slots=True)
class Now:
    """The moment's duty. Not planned is said, never guessed: `planned` is whether today's roster was published."""

    planned: bool
    on: tuple[OnDuty, ...]
    on_call: int | None
    on_call_name: str
    on_call_number: str
    hotline: Hotline


@requires(Permission.DUTY_READ)
def who_is_on(ctx: Context) -> Now:
    """Who is on at this moment."""
    with ctx.reading() as conn:
        return now_at(conn, ctx.clock.now())


@requires(Permission.DUTY_READ)
def leads_now(ctx: Context) -> frozenset[int]:
    """Whom the desk tells of what is nearly late (rule O2): who is on call and leads at work; empty: nobody planned."""
    with ctx.reading() as conn:
        now = now_at(conn, ctx.clock.now())
        held = held_on(conn, office_day(ctx.clock))
        leads = {one.person for one in now.on if Post.LEAD in held.get(one.person, ())}
    return frozenset(leads if now.on_call is None else leads | {now.on_call})


def now_at(conn: Connection, at: datetime) -> Now:
    """The duty at a moment."""
    here = at.astimezone(OFFICE_ZONE)
    chosen = load_settings(conn)
    day = Roll(conn, here.date(), chosen)
    on = tuple(day.at_work(here))
    calendar = ServiceCalendar.from_json(chosen.service_calendar)
    called = day.on_call(_duty_day(calendar, here))
    name = day.names.get(called or 0, "")
    number = chosen.hotline.get(str(called), "")
    return Now(day.planned, on, called, name, number, _hotline(calendar, chosen, here, name, number))


class Roll:
    """The published roster around a day: who works, who is on call."""

    def __init__(self, conn: Connection, day: date, chosen: Settings) -> None:
        self.day, self.rules = day, rules_of(chosen.duty_rules)
        self._weeks = weeks_between(conn, day - timedelta(days=1), day)
        self._away = away_of(conn, [day - timedelta(days=1), day])
        self._acted = {one: acting_posts(conn, one) for one in (day - timedelta(days=1), day)}
        rows = conn.execute(select(people.c.id, people.c.name, people.c.posts).where(people.c.active == 1)).all()
        self.names: Mapping[int, str] = {row.id: row.name for row in rows}
        self._posts = {row.id: stored_posts(row.posts) for row in rows}
        week = self._weeks.get(monday_of(day))
        self.planned = week is not None and week.published is not None

    def shifts_of(self, day: date) -> Iterator[tuple[int, ShiftKind]]:
        """Who works which shift that begins on a day; who is on leave does not."""
        week = self._weeks.get(monday_of(day))
        for key, codes in (week.published or {} if week is not None else {}).items():
            person, on_call = person_of(key)
            kind = self.rules.kind(codes[day.weekday()])
            if not on_call and kind is not None and person in self.names and day not in self._away.get(person, ()):
                yield person, kind

    def answers(self, person: int, kind: ShiftKind, day: date) -> bool:
        """Whether somebody answers the customers in their shift of a day; who acts in a post counts as its holder."""
        acted = self._acted[day].get(person, ())
        return self.rules.answers(kind, (*self._posts[person], *acted))

    def at_work(self, here: datetime) -> Iterator[OnDuty]:
        """Who is within one of the windows of their shift, also one that began yesterday evening."""
        found = []
        for day in (self.day - timedelta(days=1), self.day):
            midnight = datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)
            minute = (here - midnight) // timedelta(minutes=1)
            for person, kind in self.shifts_of(day):
                for start, end in kind.windows:
                    if start <= minute < end:
                        until = to_ms(midnight) + end * MINUTE_MS
                        sign, service = self.rules.sign(kind.code), self.answers(person, kind, day)
                        found.append(OnDuty(person, self.names[person], sign, service, until))
        yield from sorted(found, key=lambda one: (not one.service, one.until, one.person))

    def on_call(self, day: date) -> int | None:
        """Who is on call from a day's opening to the next one's; None where nobody is planned or there."""
        week = self._weeks.get(monday_of(day))
        for key, codes in (week.published or {} if week is not None else {}).items():
            person, is_line = person_of(key)
            if is_line and codes[day.weekday()] and person in self.names and day not in self._away.get(person, ()):
                return person
        return None


def _duty_day(calendar: ServiceCalendar, here: datetime) -> date:
    """The day whose person on call answers: until the office opens it is still yesterday's."""
    today = here.date()
    windows = calendar.windows_of(today)
    opens = windows[0][0] if windows else 0
    return today if here.hour * 60 + here.minute >= opens else today - timedelta(days=1)


def _hotline(calendar: ServiceCalendar, chosen: Settings, here: datetime, name: str, number: str) -> Hotline:
    at = to_ms(here)
    if calendar.is_open(at):
        return Hotline(True, "", chosen.hotline.get(OFFICE_LINE, ""), _closes(calendar, here))
    return Hotline(False, name, number, _opens(calendar, here))


def _closes(calendar: ServiceCalendar, here: datetime) -> int | None:
    minute = here.hour * 60 + here.minute
    ends = [end for start, end in calendar.windows_of(here.date()) if start <= minute < end]
    return _moment(here.date(), ends[0]) if ends else None


def _opens(calendar: ServiceCalendar, here: datetime) -> int | None:
    """The next opening, as far as the calendar is looked at."""
    minute = here.hour * 60 + here.minute
    for ahead in range(AHEAD_DAYS):
        day = here.date() + timedelta(days=ahead)
        for start, _end in calendar.windows_of(day):
            if ahead or start > minute:
                return _moment(day, start)
    return None


def _moment(day: date, minute: int) -> int:
    return to_ms(datetime(day.year, day.month, day.day, tzinfo=OFFICE_ZONE)) + minute * MINUTE_MS
