"""One clock, handed to whoever needs the time; tests hand in their own."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
MILLISECOND = timedelta(milliseconds=1)
HALF_A_YEAR = timedelta(days=182)  # from which on a day without its year may be taken for that of another one


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        return datetime.now(UTC)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970-01-01 UTC: how every time is stored."""
    return (moment - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """The aware UTC time of a stored number of milliseconds."""
    return EPOCH + timedelta(milliseconds=ms)


def office_time(ms: int) -> datetime:
    """A stored moment as the office's own clocks show it."""
    return from_ms(ms).astimezone(OFFICE_ZONE)


def is_near(day: date, today: date) -> bool:
    """Whether a day is known without its year: the nearest one of that month and day is meant."""
    return abs(day - today) < HALF_A_YEAR


def short_day(day: date, today: date) -> str:
    """A day as lists and sentences say it: 11-24, and 2025-11-24 where it is half a year away or more."""
    return f"{day:%m-%d}" if is_near(day, today) else day.isoformat()


def short_days(first: date, last: date, today: date) -> str:
    """From day to day, or the one day: "12-01 — 12-04"; a year is said once, and again where it is another one."""
    if first == last:
        return short_day(first, today)
    if is_near(first, today) and is_near(last, today):
        return f"{first:%m-%d} — {last:%m-%d}"
    return f"{first.isoformat()} — {last:%m-%d}" if first.year == last.year else f"{first} — {last}"


def short_moment(ms: int, today: date) -> str:
    """A stored moment as lists say it: 11-24 08:35, and the day with its year where it is far, to be no wider."""
    at = office_time(ms)
    return f"{at:%m-%d %H:%M}" if is_near(at.date(), today) else at.date().isoformat()


def short_period(first: int, last: int, today: date) -> str:
    """From moment to moment, as lists say it: "11-24 09:00 — 11-30 20:00", and only the days where it is far."""
    days = office_time(first).date(), office_time(last).date()
    if all(is_near(day, today) for day in days):
        return f"{short_moment(first, today)} — {short_moment(last, today)}"
    return short_days(*days, today)


def exact_moment(ms: int, today: date) -> str:
    """A stored moment to the minute, as details say it: 11-24 08:35, and with its year where it is far."""
    at = office_time(ms)
    return f"{at:%m-%d %H:%M}" if is_near(at.date(), today) else full_moment(ms)


def full_moment(ms: int) -> str:
    """A stored moment to the minute and with its year, for what is read whenever: 2026-11-24 08:35."""
    return f"{office_time(ms):%Y-%m-%d %H:%M}"


def full_period(first: int, last: int) -> str:
    """From moment to moment, to the minute and with their years."""
    return f"{full_moment(first)} — {full_moment(last)}"


def office_day(clock: Clock) -> date:
    """The day it is in the office."""
    return clock.now().astimezone(OFFICE_ZONE).date()


def day_bounds(day: date, zone: ZoneInfo = OFFICE_ZONE) -> tuple[int, int]:
    """First millisecond of the office's `day` and of the day after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    end = start + timedelta(days=1)
    return to_ms(start.astimezone(UTC)), to_ms(end.astimezone(UTC))
