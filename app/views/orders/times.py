"""Moments as the desk says them, in the office's zone."""

from datetime import datetime

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import _


def day_time(ms: int, now: datetime) -> str:
    """ "today 09:42:10", or "11-22 09:42"."""
    told = short_time(ms, now)
    return _("today {time}").format(time=told) if _is_today(ms, now) else told


def short_time(ms: int, now: datetime) -> str:
    """The seconds where it is today, the day where it is not: "09:42:10", or "11-22 09:42"."""
    return _moment(ms).strftime("%H:%M:%S" if _is_today(ms, now) else "%m-%d %H:%M")


def due_time(ms: int, now: datetime) -> str:
    """To the minute, with the day where it is not today: "09:52", or "11-24 08:35"."""
    return _moment(ms).strftime("%H:%M" if _is_today(ms, now) else "%m-%d %H:%M")


def _moment(ms: int) -> datetime:
    return from_ms(ms).astimezone(OFFICE_ZONE)


def _is_today(ms: int, now: datetime) -> bool:
    return _moment(ms).date() == now.astimezone(OFFICE_ZONE).date()
