"""Statutory holidays and make-up workdays (法定节假日、调休), a file a year; what is not published is not guessed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


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
