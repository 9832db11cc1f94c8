"""The sample office's roster: three at the desk take turns week by week, published each Saturday for the week after."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from app.clock import Clock, day_bounds, office_day, to_ms
from app.services import subjects
from app.services.duty.news import SEEN
from app.services.duty.weeks import WEEK, line_key, monday_of
from app.services.sample.month import Happens
from app.services.sample.publishing import NO_ORDER, Publishing

HOUR_MS = 3_600_000
PUBLISHED_HOUR = 15
AHEAD_WEEKS = 2  # the last one is still a draft

DESK = ("王敏", "李娜", "赵倩")
# What the three have in a week; each week everybody goes on to the next line.
TURNS = (
    ("8:30", "8:30", "8:30", "8:30", "", "Duty", ""),
    ("12:30", "12:30", "", "12:30", "12:30", "", "Duty"),
    ("", "", "12:30", "8:30", "8:30", "", ""),
)
ALWAYS = {
    "刘洋": ("18-21", "18-21", "18-21", "18-21", "", "", "8:30-21"),
    "周凯": ("8:30", "8:30", "8:30", "8:30", "8:30", "", ""),
    "张伟": ("8:30", "8:30", "8:30", "8:30", "8:30", "", ""),
    "孙静": ("8:30", "8:30", "8:30", "8:30", "8:30", "", ""),
    "吴迪": ("Deliver", "Deliver", "Deliver", "Deliver", "Deliver", "Deliver", ""),
}
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
        for name in (*DESK, *ALWAYS, *CALLED):
            if name not in NEVER_LOOK:
                stage.pen.write(SEEN, roster, {"published": published}, stage.people[name])


def _cells(stage: Publishing, monday: date) -> dict[str, list[str]]:
    turn = monday.toordinal() // WEEK
    cells = {name: list(TURNS[(place + turn) % len(TURNS)]) for place, name in enumerate(DESK)}
    cells |= {name: list(codes) for name, codes in ALWAYS.items()}
    named = {line_key(stage.people[name]): codes for name, codes in cells.items()}
    for place, name in enumerate(CALLED):
        codes = ["+" if (monday.toordinal() + day + place) % len(CALLED) == 0 else "" for day in range(WEEK)]
        named[line_key(stage.people[name], on_call=True)] = codes
    return named
