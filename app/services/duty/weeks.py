"""The weeks of the roster as they are kept: what stands in a cell, drafted and published (rule D2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.models.duty import rosters
from app.services.duty.rules import ON_CALL

WEEK = 7
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Week:
    """One week's roster; cells are [shift code, "" where free, of the seven days] by line."""

    id: int
    monday: date
    draft: Mapping[str, list[str]] = field(default_factory=dict)
    pins: Mapping[str, list[int]] = field(default_factory=dict)
    published: Mapping[str, list[str]] | None = None
    published_at: int | None = None
    last_seq: int = 0

    def in_force(self) -> Mapping[str, list[str]]:
        """What people go by: the published cells, and as long as there are none, the draft."""
        return self.draft if self.published is None else self.published

    def as_known(self) -> "Week":
        """The week as who does not plan it sees it: nothing that is only drafted, nothing of the planner's pins."""
        return replace(self, draft=self.published or {}, pins={})

    @property
    def is_new(self) -> bool:
        """Whether the draft is other than what people know; a line in which nothing stands is as none."""
        return self.published is None or _filled(self.draft) != _filled(self.published)


def _filled(cells: Mapping[str, list[str]]) -> dict[str, list[str]]:
    return {key: codes for key, codes in cells.items() if any(codes)}


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - day.weekday() * _DAY


def line_key(person: int, *, on_call: bool = False) -> str:
    """The name of a person's line, or of their line of days on call."""
    return f"{person}{ON_CALL if on_call else ''}"


def person_of(key: str) -> tuple[int, bool]:
    """The person of a line, and whether it is the line of days on call."""
    return int(key.removesuffix(ON_CALL)), key.endswith(ON_CALL)


def weeks_between(conn: Connection, first: date, last: date) -> dict[date, Week]:
    """The weeks that are kept between two days, by their Mondays."""
    c = rosters.c
    between = c.week.between(monday_of(first).isoformat(), monday_of(last).isoformat())
    rows = conn.execute(select(rosters).where(between).order_by(c.week))
    found = (
        Week(
            row.id,
            date.fromisoformat(row.week),
            json.loads(row.draft),
            json.loads(row.pins),
            json.loads(row.published) if row.published else None,
            row.published_at,
            row.last_seq,
        )
        for row in rows
    )
    return {week.monday: week for week in found}


def published_weeks(conn: Connection, first: date, last: date) -> dict[int, date]:
    """The Mondays of the weeks between two days of which something is published, by number; nothing of their cells."""
    c = rosters.c
    between = c.week.between(monday_of(first).isoformat(), monday_of(last).isoformat())
    rows = conn.execute(select(c.id, c.week).where(between, c.published_at.is_not(None)).order_by(c.week))
    return {row.id: date.fromisoformat(row.week) for row in rows}


def as_known(weeks: Mapping[date, Week]) -> dict[date, Week]:
    """Weeks as who does not plan sees them: those of which something is published, without what is only drafted."""
    return {monday: week.as_known() for monday, week in weeks.items() if week.published is not None}


def cell(weeks: Mapping[date, Week], key: str, day: date) -> str | None:
    """What is in force in a cell; None where the week or the line is not kept."""
    week = weeks.get(monday_of(day))
    codes = None if week is None else week.in_force().get(key)
    return None if codes is None else codes[day.weekday()]


def days_from(first: date, count: int) -> list[date]:
    """So many days from the first one on."""
    return [first + number * _DAY for number in range(count)]
