"""Who has had how many weekends, evenings, holidays and days on call: carried on into the next plan (rule D2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.services.duty.holidays import Holidays
from app.services.duty.rules import DayKind, DutyRules, day_kind
from app.services.duty.weeks import WEEK, Week, as_known, days_from, monday_of, person_of, weeks_between

WEEKENDS, EVENINGS, HOLIDAYS, TURNS = "weekends", "evenings", "holidays", "on_call"
CARRIED_WEEKS = 52  # over which turns are made equal
SHOWN_WEEKS = 8

Counts = dict[str, dict[str, int]]  # line → what → how many


@dataclass(frozen=True, slots=True)
class Carried:
    """What each line had in past weeks, and in how many of them it took part."""

    counts: Counts
    weeks: Mapping[str, int]
    of: int


def counted_as(rules: DutyRules, holidays: Holidays) -> Callable[[date, str, bool], list[str]]:
    """What a cell counts as: its day, its code and whether the line is one of days on call."""
    evening = {kind.code for kind in rules.shifts if kind.evening}

    def told(day: date, code: str, on_call: bool) -> list[str]:
        if not code:
            return []
        if on_call:
            return [TURNS]
        what = [WEEKENDS] if day.weekday() >= WEEK - 2 and day_kind(day, holidays) is not DayKind.MAKE_UP else []
        if code in evening:
            what.append(EVENINGS)
        if day_kind(day, holidays) is DayKind.HOLIDAY:
            what.append(HOLIDAYS)
        return what

    return told


def carried(
    conn: Connection,
    rules: DutyRules,
    holidays: Holidays,
    before: date,
    lines: Sequence[str],
    of: int = CARRIED_WEEKS,
    *,
    drafts: bool = True,
) -> Carried:
    """What these lines had in the `of` weeks before a Monday.

    A week that was never published counts as it is drafted: an office that only drafts shares out all the same, and a
    plan for weeks to come goes on from those drafted before. Without `drafts`, for who does not plan, it is not there.
    """
    first = monday_of(before) - timedelta(weeks=of)
    weeks = weeks_between(conn, first, before - timedelta(days=1))
    if not drafts:
        weeks = as_known(weeks)
    told = counted_as(rules, holidays)
    counts: Counts = {key: {} for key in lines}
    on_call = {key: person_of(key)[1] for key in lines}
    for monday, week in weeks.items():
        rows, days = week.in_force(), days_from(monday, WEEK)
        for key in lines:
            for day, code in zip(days, rows.get(key, ()), strict=False):
                for what in told(day, code, on_call[key]):
                    counts[key][what] = counts[key].get(what, 0) + 1
    took = {key: sum(_takes_part(week, key) for week in weeks.values()) for key in lines}
    return Carried(counts, took, len(weeks))


def even_start(past: Carried, lines: Sequence[str], what: str) -> tuple[int, ...]:
    """The counts with which a plan begins: who was not there for some weeks has them as the others had on average.

    Without that a newcomer, or somebody who was ill for months, would have to make up for every weekend missed.
    """
    had = {key: past.counts[key].get(what, 0) for key in lines}
    present = sum(past.weeks[key] for key in lines)
    rate = sum(had.values()) / present if present else 0.0
    even = [had[key] + round(rate * (past.of - past.weeks[key])) for key in lines]
    return tuple(count - min(even) for count in even)


def _takes_part(week: Week, key: str) -> bool:
    return any(week.in_force().get(key, ()))
