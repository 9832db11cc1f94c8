"""The roster on paper and as a calendar file, on record (rules D1, D2, A6): for the wall, a person, the telephone."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import NotFoundError, PermissionDeniedError, RuleError, system_reason
from app.i18n import N_, _
from app.models.ledger import entries
from app.models.people import people, stored_posts
from app.services.access import Context, Permission, requires
from app.services.duty.answering import answering
from app.services.duty.drafting import place_of
from app.services.duty.holidays import Holidays
from app.services.duty.ical import calendar_text, events_of
from app.services.duty.marks import Marks, marks_of
from app.services.duty.mending import Mending
from app.services.duty.now import OFFICE_LINE, Roll
from app.services.duty.office_holidays import holidays_of
from app.services.duty.roster.check import breaches
from app.services.duty.rules import FREE_DAYS, day_kind, shown
from app.services.duty.service_calendar import DAY_MINUTES, ServiceCalendar
from app.services.duty.shares import EVENINGS, SHOWN_WEEKS, TURNS, WEEKENDS, carried, counted_as
from app.services.duty.span import Span, read_span
from app.services.duty.weeks import WEEK, cell, days_from, line_key, monday_of, person_of
from app.services.ledger import open_ledger
from app.services.papers.content import Imprint
from app.services.papers.duty_content import (
    CardPerson,
    DutyCard,
    DutyDay,
    DutyWeek,
    LegendEntry,
    Mark,
    OwnDay,
    OwnRoster,
    OwnWeek,
    Publication,
    RosterLine,
    Route,
    Tone,
    Turns,
    WallRoster,
)
from app.services.papers.duty_look import window_words
from app.services.people.names import name_of, post_word, posts_word
from app.services.settings.values import Settings, load_settings
from app.services.spreadsheet import UnwritableFileError

PAPER_WEEKS = 5
FILE_WEEKS = 53


class WeeksError(RuleError):
    """A paper holds a few weeks, a calendar file a year."""

    message = N_("Choose 1 to {most} weeks.")


class NotYourDutyError(PermissionDeniedError):
    """One's own duty is one's own to take out; everybody's is for who plans the roster."""

    message = N_("Only {name}, or who plans the roster, can take this out.")


class NothingPublishedError(RuleError):
    """A calendar file holds what is published; a draft binds nobody."""

    message = N_("Nothing of these weeks is published yet.")


@requires(Permission.DUTY_READ)
def wall_sheet_for(ctx: Context, first: date, weeks: int, path: Path) -> None:
    """Write the roster of so many weeks for the wall (值班表) as a PDF, drafts marked as such."""
    from app.services.papers.duty_wall import write_wall_roster

    _refuse_weeks(weeks, PAPER_WEEKS)
    with ctx.writing() as conn:
        span = read_span(conn, first, weeks, drafts=ctx.may(Permission.DUTY_PLAN))
        roster = wall_of(conn, span, ctx.clock.now())
        imprint = _printed(ctx, conn, {"paper": "duty_roster", "first": span.first.isoformat(), "weeks": weeks})
    write_wall_roster(roster, path, imprint)


def wall_of(conn: Connection, span: Span, now: datetime) -> WallRoster:
    """What the sheet for the wall shows at a moment (aware); red is what the window has red."""
    return _Telling(conn, span).wall(_red(span, now))


@requires(Permission.DUTY_READ)
def personal_sheet_for(ctx: Context, person: int, first: date, weeks: int, path: Path) -> None:
    """Write somebody's weeks as a calendar (个人值班单), a PDF; raises NotYourDutyError."""
    from app.services.papers.duty_own import write_own_roster

    _refuse_weeks(weeks, PAPER_WEEKS)
    with ctx.writing() as conn:
        _refuse_others(ctx, conn, person)
        told = _Telling(conn, read_span(conn, first, weeks, drafts=ctx.may(Permission.DUTY_PLAN)))
        roster = told.own(person)
        facts = {"paper": "duty_personal", "person": person, "first": told.span.first.isoformat(), "weeks": weeks}
        imprint = _printed(ctx, conn, facts)
    write_own_roster(roster, path, imprint)


@requires(Permission.DUTY_READ)
def duty_card_for(ctx: Context, day: date, path: Path) -> None:
    """Write the card that stands beside the telephone on a day (值班卡) as a PDF."""
    from app.services.papers.duty_card import write_duty_card

    with ctx.writing() as conn:
        card = _card(conn, day, load_settings(conn))
        imprint = _printed(ctx, conn, {"paper": "duty_card", "day": day.isoformat()})
    write_duty_card(card, path, imprint)


@requires(Permission.DUTY_READ)
def ical_for(ctx: Context, person: int, first: date, weeks: int, path: Path) -> int:
    """Write somebody's published duty as a calendar file; returns how many events. Raises NotYourDutyError."""
    _refuse_weeks(weeks, FILE_WEEKS)
    now = ctx.clock.now()
    with ctx.writing() as conn:
        _refuse_others(ctx, conn, person)
        span = read_span(conn, first, weeks, drafts=False)
        if not any(map(span.is_known, span.days[::WEEK])):
            raise NothingPublishedError
        events = events_of(conn, span, person)
        facts = {"file": path.name, "person": person, "first": span.first.isoformat(), "weeks": weeks}
        open_ledger(conn, to_ms(now), ctx.person).write("duty.exported", None, facts | {"events": len(events)})
        name = _("{name}'s duty").format(name=name_of(conn, person))
    try:
        path.write_bytes(calendar_text(name, events, now).encode())
    except OSError as error:
        raise UnwritableFileError(file=path.name, detail=system_reason(error)) from error
    return len(events)


def _refuse_weeks(weeks: int, most: int) -> None:
    if not 1 <= weeks <= most:
        raise WeeksError(most=most)


def _refuse_others(ctx: Context, conn: Connection, person: int) -> None:
    name = conn.execute(select(people.c.name).where(people.c.id == person)).scalar()
    if name is None:
        raise NotFoundError(what=person)
    if person != ctx.person and not ctx.may(Permission.DUTY_PLAN):
        raise NotYourDutyError(name=name)


def _printed(ctx: Context, conn: Connection, facts: dict[str, Any]) -> Imprint:
    """Put it on record that a paper was printed."""
    now = to_ms(ctx.clock.now())
    open_ledger(conn, now, ctx.person).write("paper.printed", None, facts)
    return Imprint(load_settings(conn).name, now, ctx.name)


class _Telling:
    """Tells some weeks of the roster as the papers show them."""

    def __init__(self, conn: Connection, span: Span) -> None:
        self.conn, self.span = conn, span
        self.weeks = tuple(self._week(monday) for monday in span.days[::WEEK])
        self.unpublished = tuple(span.holidays.unpublished(span.days[0], span.days[-1]))
        self._legend: dict[str, LegendEntry] = {}

    def wall(self, red: Marks) -> WallRoster:
        """The roster for the wall; the legend explains what stands in it."""
        span = self.span
        lines = tuple(
            RosterLine(
                line.name,
                posts_word(line.posts),
                tuple(self.mark(line.key, day) for day in span.days),
                post_word(line.posts[0]),
            )
            for line in span.lines
            if not line.on_call
        )
        shifts = span.problem.shifts
        rows = [[place_of(shifts, self._code(line.key, day)) for day in span.days] for line in span.lines]
        service, on_call = tuple(self._service(day, rows) for day in span.days), tuple(map(self._called, span.days))
        codes = [*(kind.code for kind in span.rules.shifts), ""]
        legend = tuple(self._legend[code] for code in codes if code in self._legend)
        return WallRoster(self.weeks, lines, service, on_call, red.short, red.calls, legend, self.unpublished)

    def own(self, person: int) -> OwnRoster:
        """One person's weeks."""
        key, call = line_key(person), line_key(person, on_call=True)
        row = self.conn.execute(select(people.c.name, people.c.posts).where(people.c.id == person)).one()
        weeks = tuple(
            OwnWeek(
                week,
                tuple(OwnDay(one, self.mark(key, one.day), bool(self._code(call, one.day))) for one in week.days),
                sum(
                    kind.minutes
                    for one in week.days
                    if (kind := self.span.rules.kind(self._code(key, one.day))) is not None
                ),
            )
            for week in self.weeks
        )
        posts = posts_word(stored_posts(row.posts))
        return OwnRoster(row.name, posts, weeks, self._turns(key, call), SHOWN_WEEKS, self.unpublished)

    def mark(self, key: str, day: date) -> Mark | None:
        """What stands in a cell; leave, or having left, goes before a shift, which nobody works then."""
        person = person_of(key)[0]
        if self.span.has_left(person, day):
            return Mark(_("left"), Tone.LEAVE)
        if day in self.span.away.get(person, ()):
            mark = Mark(_("leave"), Tone.LEAVE)
            self._legend.setdefault("", LegendEntry(mark, _("agreed leave")))
            return mark
        code = cell(self.span.weeks, key, day)
        if not code:
            return Mark(_("off"), Tone.FREE) if monday_of(day) in self.span.weeks else None
        kind, sign = self.span.rules.kind(code), self.span.rules.sign(code)
        if kind is None:
            return Mark(sign, Tone.PLAIN)
        mark = Mark(sign, Tone(kind.shade.value), tuple(map(window_words, kind.windows)))
        self._legend.setdefault(code, LegendEntry(mark, shown(kind.name)))
        return mark

    def _code(self, key: str, day: date) -> str:
        """What somebody who is there has in a cell."""
        return "" if day in self.span.away.get(person_of(key)[0], ()) else cell(self.span.weeks, key, day) or ""

    def _week(self, monday: date) -> DutyWeek:
        week = self.span.weeks.get(monday)
        days = tuple(_duty_day(day, self.span.holidays) for day in days_from(monday, WEEK))
        if week is None or week.published is None:
            return DutyWeek(days, week is not None, None)
        e = entries.c
        wanted = select(e.at, e.person).where(e.subject == week.id, e.kind == "roster.published")
        at, person = self.conn.execute(wanted.order_by(e.seq.desc()).limit(1)).one()
        return DutyWeek(days, True, Publication(at, name_of(self.conn, person)))

    def _service(self, day: date, rows: Sequence[Sequence[int]]) -> tuple[int, int] | None:
        """How many answer customers on a day, and how many are wanted; None where nobody is, or nothing is planned."""
        rules, kind = self.span.rules, day_kind(day, self.span.holidays)
        service = {one.code for one in rules.shifts if one.service}
        asked = [one for one in rules.demands if kind in one.days and service & set(one.shifts)]
        if not asked or monday_of(day) not in self.span.weeks:
            return None
        return answering(self.span, self.span.days.index(day), rows)

    def _called(self, day: date) -> tuple[str, ...]:
        return tuple(line.name for line in self.span.lines if line.on_call and self._code(line.key, day))

    def _turns(self, key: str, call: str) -> tuple[Turns, ...]:
        span = self.span
        lines, drafts = (key, call), span.drafts
        before = carried(self.conn, span.rules, span.holidays, span.first, lines, SHOWN_WEEKS, drafts=drafts).counts
        told = counted_as(span.rules, span.holidays)
        here = [
            what for one in (key, call) for day in span.days for what in told(day, self._code(one, day), one == call)
        ]
        words = ((WEEKENDS, _("Weekend days")), (EVENINGS, _("Evenings")), (TURNS, _("Days on call")))
        return tuple(
            Turns(word, here.count(what), before[key].get(what, 0) + before[call].get(what, 0)) for what, word in words
        )


def _red(span: Span, now: datetime) -> Marks:
    """What is broken in what people go by: the published cells, and as long as there are none, the draft."""
    told = replace(span, weeks={monday: replace(week, draft=week.in_force()) for monday, week in span.weeks.items()})
    cells = told.cells()
    return marks_of(told, Mending(told, now).of(breaches(told.problem, cells), cells))


def _duty_day(day: date, holidays: Holidays) -> DutyDay:
    special = holidays.special(day)
    told = "" if special is None else special.name
    if special is not None and not special.off:
        told = _("{holiday}, worked").format(holiday=special.name)
    return DutyDay(day, day_kind(day, holidays) in FREE_DAYS, told)


def _card(conn: Connection, day: date, chosen: Settings) -> DutyCard:
    roll = Roll(conn, day, chosen)
    there = [(not roll.answers(person, kind, day), kind, roll.names[person]) for person, kind in roll.shifts_of(day)]
    on = tuple(
        CardPerson(name, shown(kind.name), tuple(map(window_words, kind.windows)), not other)
        for other, kind, name in sorted(there, key=lambda one: (one[0], one[1].windows, one[2]))
    )
    called, calendar = roll.on_call(day), ServiceCalendar.from_json(chosen.service_calendar)
    return DutyCard(
        _duty_day(day, holidays_of(chosen)),
        roll.planned,
        on,
        roll.names.get(called or 0, ""),
        chosen.hotline.get(str(called), ""),
        tuple(_routes(calendar, roll, chosen)),
    )


def _routes(calendar: ServiceCalendar, roll: Roll, chosen: Settings) -> Iterator[Route]:
    """Where calls go from midnight on to the next opening: outside service hours to who is on call (rule D1)."""
    today, windows = roll.day, calendar.windows_of(roll.day)
    after = calendar.windows_of(today + timedelta(days=1))
    ends = DAY_MINUTES + (after[0][0] if after else 0)

    def called(start: int, end: int, *, yesterday: bool = False) -> Route:
        person = roll.on_call(today - timedelta(days=1) if yesterday else today)
        name, number = roll.names.get(person or 0, ""), chosen.hotline.get(str(person), "")
        return Route(start, end, False, name, number, called=not yesterday)

    if windows and windows[0][0]:
        yield called(0, windows[0][0], yesterday=True)
    reached = 0
    for start, end in windows:
        if reached and start > reached:
            yield called(reached, start)
        yield Route(start, end, True, "", chosen.hotline.get(OFFICE_LINE, ""))
        reached = end
    if ends > reached:
        yield called(reached, ends)
