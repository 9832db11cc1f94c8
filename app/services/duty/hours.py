"""Service hours as people write them ("8:30-12:00, 13:30-21:00"), and the days that differ from a calendar's week."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.errors import AppError, InputError
from app.i18n import N_, _
from app.services.duty.service_calendar import ServiceCalendar, Window, Windows, in_order, span_text

WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)

MOST_DAYS = 366  # that are set to differ at once

_DASH = re.compile(r"\s*[-‐-―−~到至]+\s*")  # after normalising; a tilde is usual in Chinese
_PARTING = re.compile(r"[,;、\s]+")
_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?-(\d{1,2})(?::(\d{2}))?", re.ASCII)


class HoursUnreadableError(InputError):
    """What was typed is no span of hours."""

    message = N_("“{text}” is no span of hours. Write 8:30-12:00, and a comma between several.")


class WeekdayError(InputError):
    """Names the weekday whose hours cannot stand."""

    message = N_("{weekday}: {reason}")


class DaysOrderError(InputError):
    """Days that differ, from a later one to an earlier one, or more of them than a year has."""

    message = N_("Choose a first and a last day in this order, within a year.")


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days in a row that differ from the week in the same way; without windows they are closed."""

    first: date
    last: date
    windows: Windows


def weekday_word(weekday: int) -> str:
    """A weekday's name in the language in use; 0 is Monday."""
    return _(WEEKDAYS[weekday])


def hours_text(windows: Windows) -> str:
    """The hours as they are written: "08:30-12:00, 13:30-21:00"; nothing where closed."""
    return ", ".join(map(span_text, windows))


def read_hours(text: str) -> Windows:
    """What was typed, in order; empty means closed. Raises HoursUnreadableError and the calendar's own RuleErrors."""
    plain = _DASH.sub("-", unicodedata.normalize("NFKC", text)).strip()
    return in_order(tuple(_read_span(part) for part in _PARTING.split(plain) if part))


def read_week(typed: Sequence[str]) -> tuple[Windows, ...]:
    """The hours of the seven days from Monday on; raises WeekdayError for the first that cannot stand."""
    return tuple(_read_weekday(weekday, text) for weekday, text in enumerate(typed))


def _read_weekday(weekday: int, text: str) -> Windows:
    try:
        return read_hours(text)
    except AppError as error:
        raise WeekdayError(weekday=weekday_word(weekday), reason=str(error)) from error


def _read_span(part: str) -> Window:
    found = _SPAN.fullmatch(part)
    numbers = [int(number or 0) for number in found.groups()] if found else []
    if not numbers or numbers[1] > 59 or numbers[3] > 59:
        raise HoursUnreadableError(text=part)
    return numbers[0] * 60 + numbers[1], numbers[2] * 60 + numbers[3]


def special_days(calendar: ServiceCalendar) -> dict[date, Windows]:
    """The days that differ from the week, with their hours."""
    closed: dict[date, Windows] = dict.fromkeys(calendar.closed, ())
    return closed | dict(calendar.extra)


def with_special_days(calendar: ServiceCalendar, days: Mapping[date, Windows]) -> ServiceCalendar:
    """The same week with these days that differ."""
    closed = frozenset(day for day, windows in days.items() if not windows)
    extra = {day: windows for day, windows in days.items() if windows}
    return replace(calendar, closed=closed, extra=extra)


def days_between(first: date, last: date) -> list[date]:
    """Every day from the first to the last; raises DaysOrderError."""
    if not timedelta() <= last - first < timedelta(days=MOST_DAYS):
        raise DaysOrderError
    return [first + timedelta(days=past) for past in range((last - first).days + 1)]


def day_spans(days: Mapping[date, Windows]) -> list[DaySpan]:
    """The days in order, those in a row with the same hours together."""
    spans: list[DaySpan] = []
    for day in sorted(days):
        last = spans[-1] if spans else None
        if last is not None and last.windows == days[day] and last.last + timedelta(days=1) == day:
            spans[-1] = replace(last, last=day)
        else:
            spans.append(DaySpan(day, day, days[day]))
    return spans


def span_days_text(span: DaySpan) -> str:
    """ "2026-10-01 – 2026-10-08", or the one day."""
    return span.first.isoformat() if span.first == span.last else f"{span.first} – {span.last}"
