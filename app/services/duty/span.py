"""The office's roster: some weeks of it with everything that binds them, as a problem for the planner."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from sqlalchemy import Connection

from app.services.duty.drafting import PAST_DAYS, Drafting, Known, place_of
from app.services.duty.holidays import Holidays
from app.services.duty.lines import Line, away_of, gone_of, lines_of
from app.services.duty.office_holidays import holidays_of
from app.services.duty.roster.problem import FREE, Cells, Problem
from app.services.duty.rules import DayKind, DutyRules, day_kind, rules_of
from app.services.duty.shares import Carried, carried
from app.services.duty.versions import last_told
from app.services.duty.weeks import WEEK, Week, as_known, days_from, monday_of, weeks_between
from app.services.settings.values import load_settings


@dataclass(frozen=True, slots=True)
class Span:
    """Some weeks of the roster with everything that binds them."""

    first: date
    days: tuple[date, ...]
    day_kinds: tuple[DayKind, ...]
    holidays: Holidays
    rules: DutyRules
    lines: tuple[Line, ...]
    weeks: Mapping[date, Week]
    away: Mapping[int, frozenset[date]]
    gone: Mapping[int, date]  # from which day on they are away as they do not work here any more
    past: Carried
    problem: Problem
    told: Mapping[date, int]  # by Monday the last entry that changed what people know: who sees the week looks at that
    drafts: bool  # whether what is only drafted is in it, for who plans

    def has_left(self, person: int, day: date) -> bool:
        """Whether somebody does not work here any more on a day."""
        return day >= self.gone.get(person, date.max)

    def with_wishes_of(self, person: int) -> "Span":
        """The weeks with somebody's own wishes alone: everybody's are for who plans to know."""
        own = tuple(wish for wish in self.problem.wishes if self.lines[wish.worker].person == person)
        return replace(self, problem=replace(self.problem, wishes=own))

    def code(self, shift: int) -> str:
        """What stands in the cell of a shift."""
        return "" if shift == FREE else self.problem.shifts[shift].code

    def cells(self) -> Cells:
        """The cells as they are drafted."""
        return tuple(tuple(self.shift(line.key, day) for day in self.days) for line in self.lines)

    def is_known(self, day: date) -> bool:
        """Whether people know what stands on a day."""
        week = self.weeks.get(monday_of(day))
        return week is not None and week.published is not None

    def shift(self, key: str, day: date, *, published: bool = False) -> int:
        """The shift in a cell; a code that the office has no longer is free."""
        week = self.weeks.get(monday_of(day))
        kept = None if week is None else ((week.published or {}) if published else week.draft).get(key)
        return FREE if kept is None else place_of(self.problem.shifts, kept[day.weekday()])


def read_span(conn: Connection, first: date, weeks: int, *, drafts: bool = True) -> Span:
    """So many weeks from the Monday of a day on; without `drafts` only what is published, as everybody knows it."""
    first = monday_of(first)
    days = tuple(days_from(first, weeks * WEEK))
    chosen = load_settings(conn)
    rules, holidays = rules_of(chosen.duty_rules), holidays_of(chosen)
    kept = weeks_between(conn, first - timedelta(days=PAST_DAYS), days[-1])
    if not drafts:
        kept = as_known(kept)
    shown = [week for monday, week in kept.items() if monday >= first]
    lines = lines_of(conn, rules, shown, days)
    away = away_of(conn, days)
    kinds = tuple(day_kind(day, holidays) for day in days)
    past = carried(conn, rules, holidays, first, [line.key for line in lines], drafts=drafts)
    known = Known(days, kinds, rules, lines, kept, away, past)
    told = last_told(conn, {week.id: week.monday for week in shown})
    gone, problem = gone_of(conn, days), Drafting(conn, known).problem()
    return Span(first, days, kinds, holidays, rules, lines, kept, away, gone, past, problem, told, drafts)
