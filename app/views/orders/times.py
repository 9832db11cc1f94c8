"""Moments as the desk says them, in the office's zone."""

from datetime import datetime

from app.clock import OFFICE_ZONE, from_ms
from app.i18n import _


def day_time(ms: int, now: datetime) -> str:
    """ "today 09:42", or "11-22 09:42"."""
    moment = from_ms(ms).astimezone(OFFICE_ZONE)
    if moment.date() == now.astimezone(OFFICE_ZONE).date():
        return _("today {time}").format(time=moment.strftime("%H:%M"))
    return moment.strftime("%m-%d %H:%M")


def short_time(ms: int, now: datetime) -> str:
    """The seconds where it was today, the day where it was not: "09:42:10", or "11-22 09:42"."""
    moment = from_ms(ms).astimezone(OFFICE_ZONE)
    today = moment.date() == now.astimezone(OFFICE_ZONE).date()
    return moment.strftime("%H:%M:%S" if today else "%m-%d %H:%M")
