"""Statutory holidays and make-up workdays (法定节假日、调休), a file a year; what is not published is not guessed."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from app.errors import InputError, system_reason
from app.i18n import N_, _

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "holidays"
MOST_BYTES = 1 << 20
EARLIEST, LATEST = 2000, 2200
LONGEST_NAME = 60
_EDGE = timedelta(days=15)  # a year's paper may move days of the neighbouring years


class HolidayFileError(InputError):
    """A file of holidays that cannot be taken."""

    message = N_("The holiday file {file} cannot be used: {detail}")


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not as its weekday: off, or worked all the same."""

    day: date
    name: str
    off: bool


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """What was published for one year."""

    year: int
    days: tuple[SpecialDay, ...]


class Holidays:
    """The years that are known; later ones go before earlier ones where both name a day."""

    def __init__(self, years: Iterable[HolidayYear]) -> None:
        held = sorted(years, key=lambda one: one.year)
        self._years = frozenset(one.year for one in held)
        self._days = {special.day: special for one in held for special in one.days}

    def special(self, day: date) -> SpecialDay | None:
        """What is special about a day; None: nothing, or its year is not known."""
        return self._days.get(day)

    def unpublished(self, first: date, last: date) -> list[int]:
        """The years between two days that are not known; plans for them rest on weekends alone."""
        return [year for year in range(first.year, last.year + 1) if year not in self._years]


def read_holidays(path: Path) -> HolidayYear:
    """The year of a file that somebody was given; raises HolidayFileError with what is wrong in it."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES)
        return year_of(_data(content))
    except OSError as error:
        raise HolidayFileError(file=path.name, detail=system_reason(error)) from error
    except ValueError as error:
        raise HolidayFileError(file=path.name, detail=error) from error


def _data(content: bytes) -> Any:
    """The plain data of a file; raises ValueError with a sentence."""
    try:
        return json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        told = _("line {line} is not as JSON is written.").format(line=error.lineno)
        raise ValueError(told) from error
    except (ValueError, RecursionError) as error:
        raise ValueError(_("it is no JSON text.")) from error


def year_of(data: Any) -> HolidayYear:
    """The year that plain data tell; raises ValueError with a sentence."""
    if not isinstance(data, Mapping) or not isinstance(data.get("days"), list):
        raise ValueError(_("there is no list of days in it."))
    year = data.get("year")
    if type(year) is not int or not EARLIEST <= year <= LATEST:
        raise ValueError(_("it does not say which year it is about."))
    days = [_day(entry, place, year) for place, entry in enumerate(data["days"], start=1)]
    doubled = [day for day, times in Counter(one.day for one in days).items() if times > 1]
    if doubled:
        raise ValueError(_("{day} stands in it twice.").format(day=min(doubled).isoformat()))
    if not days:
        raise ValueError(_("there is no list of days in it."))
    return HolidayYear(year, tuple(sorted(days, key=lambda one: one.day)))


def _day(entry: Any, place: int, year: int) -> SpecialDay:
    """The day that the entry at a place tells, counted from 1."""
    try:
        day, name, off = date.fromisoformat(entry["date"]), entry["name"], entry["isOffDay"]
    except (KeyError, TypeError, ValueError):
        raise ValueError(_no_day(entry, place)) from None
    if not isinstance(name, str) or not 0 < len(name) <= LONGEST_NAME or type(off) is not bool:
        raise ValueError(_no_day(entry, place))
    if not date(year, 1, 1) - _EDGE <= day <= date(year, 12, 31) + _EDGE:
        raise ValueError(_("{day} is not in the year {year}.").format(day=day.isoformat(), year=year))
    return SpecialDay(day, name, off)


def _no_day(entry: Any, place: int) -> str:
    told = json.dumps(entry, ensure_ascii=False)[:80]
    return _("“{entry}” is no day (number {place} of the list).").format(entry=told, place=place)


@lru_cache(maxsize=1)
def shipped_years() -> tuple[HolidayYear, ...]:
    """The years that the program came with."""
    return tuple(read_holidays(path) for path in sorted(FOLDER.glob("*.json")))
