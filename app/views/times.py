"""Moments as the desk says them, in the office's zone."""

from datetime import date, datetime

from app.clock import OFFICE_ZONE, exact_moment, office_time, short_moment
from app.i18n import _, ngettext

MINUTE_MS, HOUR_MS, DAY_MS = 60_000, 3_600_000, 86_400_000


def day_time(ms: int, now: datetime) -> str:
    """ "today 09:42:10", "11-22 09:42", or "2025-11-22 09:42"."""
    told = short_time(ms, now)
    return _("today {time}").format(time=told) if _is_today(ms, now) else told


def listed_day_time(ms: int, now: datetime) -> str:
    """As `day_time`, and no wider where it is far: "2025-11-22"."""
    return day_time(ms, now) if _is_today(ms, now) else short_moment(ms, _day(now))


def short_time(ms: int, now: datetime) -> str:
    """The seconds where it is today, the day where it is not: "09:42:10", "11-22 09:42", or "2025-11-22 09:42"."""
    return f"{office_time(ms):%H:%M:%S}" if _is_today(ms, now) else exact_moment(ms, _day(now))


def due_time(ms: int, now: datetime) -> str:
    """To the minute, with the day where it is not today: "09:52", "11-24 08:35", or "2025-11-24 08:35"."""
    return f"{office_time(ms):%H:%M}" if _is_today(ms, now) else exact_moment(ms, _day(now))


def listed_time(ms: int, now: datetime) -> str:
    """As `due_time`, and no wider where it is far: "2025-11-24"."""
    return due_time(ms, now) if _is_today(ms, now) else short_moment(ms, _day(now))


def span_text(ms: int) -> str:
    """ "8 min", "2 h 06 min", "3 days": how long something waits."""
    minutes = ms // MINUTE_MS
    if minutes < 60:
        return _("{minutes} min").format(minutes=minutes)
    if ms < 2 * DAY_MS:
        return _("{hours} h {minutes:02d} min").format(hours=minutes // 60, minutes=minutes % 60)
    days = ms // DAY_MS
    return ngettext("{count} day", "{count} days", days).format(count=days)


def late_text(ms: int) -> str:
    """ "23 h late", or "3 days late": how long ago something was due."""
    days = ms // DAY_MS
    if not days:
        return _("{hours} h late").format(hours=ms // HOUR_MS)
    return ngettext("{count} day late", "{count} days late", days).format(count=days)


def _is_today(ms: int, now: datetime) -> bool:
    return office_time(ms).date() == _day(now)


def _day(now: datetime) -> date:
    return now.astimezone(OFFICE_ZONE).date()
