"""The sample office's roster: three at the desk take turns week by week, published each Saturday for the week after.

It keeps the rules that an office begins with, over public holidays and on days worked for them too.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import partial

from app.clock import Clock, day_bounds, office_day, to_ms
from app.services import subjects
from app.services.duty.holiday_file import shipped_years
from app.services.duty.holidays import Holidays
from app.services.duty.news import SEEN
from app.services.duty.rules import DEFAULT_RULES, WORKED, DayKind, day_kind
from app.services.duty.weeks import WEEK, days_from, line_key, monday_of
from app.services.sample.month import Happens
from app.services.sample.publishing import NO_ORDER, Publishing

HOUR_MS = 3_600_000
PUBLISHED_HOUR = 15
AHEAD_WEEKS = 2  # the last one is still a draft

DESK = ("王敏", "李娜", "赵倩")
EARLY, LATE, DUTY = "8:30", "12:30", "Duty"
PLAIN_WEEK = tuple(DayKind)[:WEEK]
# What the three have in a week without holidays; each week everybody goes on to the next line.
TURNS = (
    ("8:30", "8:30", "8:30", "8:30", "", "Duty", ""),
    ("12:30", "12:30", "", "12:30", "12:30", "", "Duty"),
    ("", "", "12:30", "8:30", "8:30", "", ""),
)
OFFICE = ("周凯", "张伟", "孙静")  # there on each day that is worked
# Evenings and parcels go on over holidays.
ALWAYS = {
    "刘洋": ("18-21", "18-21", "18-21", "18-21", "", "", "8:30-21"),
    "吴迪": ("Deliver", "Deliver", "Deliver", "Deliver", "Deliver", "Deliver", ""),
}
MINUTES = {kind.code: kind.minutes for kind in DEFAULT_RULES.shifts}
CALLED = ("赵倩", "刘总监")
NEVER_LOOK = frozenset({"孙静"})  # into the program: somebody has to tell her


def plan_roster(clock: Clock, days: int) -> Iterator[Happens]:
    """Each week's roster, from the first week of the sample to one that is not published yet."""
    today = office_day(clock)
    begins = to_ms(clock.now()) - days * 24 * HOUR_MS
    monday = monday_of(today - timedelta(days=days))
    while monday <= monday_of(today) + timedelta(weeks=AHEAD_WEEKS):
        saturday = day_bounds(monday - timedelta(days=2))[0] + PUBLISHED_HOUR * HOUR_MS
        known = monday <= monday_of(today) + timedelta(weeks=AHEAD_WEEKS - 1)
        at = min(max(saturday, begins), to_ms(clock.now()))
        yield Happens(at, NO_ORDER, "roster", act=partial(_draw, monday=monday, known=known))
        monday += timedelta(weeks=1)


def _draw(stage: Publishing, monday: date, known: bool) -> None:
    """The lead draws the week and, as a rule, publishes it."""
    stage.pen.person = stage.people[DESK[-1]]
    cells = _cells(stage, monday)
    roster = subjects.begin(stage.conn, stage.pen, "roster.begun", {"week": monday.isoformat(), "cells": cells})
    if known:
        subjects.advance(
            stage.conn, stage.pen, roster, "roster.published", {"cells": cells, "reason": "", "broken": []}
        )
        published = stage.pen.seq
        for name in (*DESK, *OFFICE, *ALWAYS, *CALLED):
            if name not in NEVER_LOOK:
                stage.pen.write(SEEN, roster, {"published": published}, stage.people[name])


def _cells(stage: Publishing, monday: date) -> dict[str, list[str]]:
    holidays = Holidays(shipped_years())
    kinds = tuple(day_kind(day, holidays) for day in days_from(monday, WEEK))
    cells = dict(zip(DESK, _desk(monday.toordinal() // WEEK, kinds), strict=True))
    cells |= {name: [EARLY if kind in WORKED else "" for kind in kinds] for name in OFFICE}
    cells |= {name: list(codes) for name, codes in ALWAYS.items()}
    named = {line_key(stage.people[name]): codes for name, codes in cells.items()}
    for place, name in enumerate(CALLED):
        codes = ["+" if (monday.toordinal() + day + place) % len(CALLED) == 0 else "" for day in range(WEEK)]
        named[line_key(stage.people[name], on_call=True)] = codes
    return named


def _desk(turn: int, kinds: Sequence[DayKind]) -> list[list[str]]:
    """The week of the three at the desk, who go on by a place each week."""
    lines = [(place + turn) % len(DESK) for place in range(len(DESK))]
    if tuple(kinds) == PLAIN_WEEK:
        return [list(TURNS[line]) for line in lines]
    rows = [[""] * WEEK for _line in lines]
    worked = [0] * len(lines)
    for day, kind in enumerate(kinds):
        rested = sorted(range(len(lines)), key=lambda place: (worked[place], lines[place]))
        for place, code in zip(rested, (EARLY, LATE) if kind in WORKED else (DUTY,), strict=False):
            rows[place][day] = code
            worked[place] += MINUTES[code]
    return rows
