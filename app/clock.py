"""One clock, handed to whoever needs the time; tests hand in their own."""

from datetime import UTC, date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
OFFICE_ZONE = ZoneInfo("Asia/Shanghai")
MILLISECOND = timedelta(milliseconds=1)


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


def short_moment(ms: int) -> str:
    """A stored moment as lists and sentences say it, without the year: 11-24 08:35."""
    return f"{office_time(ms):%m-%d %H:%M}"


def office_day(clock: Clock) -> date:
    """The day it is in the office."""
    return clock.now().astimezone(OFFICE_ZONE).date()


def day_bounds(day: date, zone: ZoneInfo = OFFICE_ZONE) -> tuple[int, int]:
    """First millisecond of the office's `day` and of the day after it."""
    start = datetime(day.year, day.month, day.day, tzinfo=zone)
    end = start + timedelta(days=1)
    return to_ms(start.astimezone(UTC)), to_ms(end.astimezone(UTC))
