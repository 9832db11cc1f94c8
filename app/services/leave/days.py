"""The days of a leave: when it begins, on which days somebody is away, what a month ahead is (rule D3)."""

import calendar
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from app.models.leave import LeaveKind, LeaveState

DAY = timedelta(days=1)
FOREVER = date.max
LONGEST_DAYS = 366
SICK_BACK_DAYS = 1  # who falls ill in the evening has it written down the next morning

# A leave that is on its way, or on: its days are taken, and its handover counts.
LIVE = (
    LeaveState.ASKED.value,
    LeaveState.RETURNED.value,
    LeaveState.PROPOSED.value,
    LeaveState.APPROVED.value,
    LeaveState.RUNNING.value,
)

Days = tuple[date, date]


def add_months(day: date, months: int) -> date:
    """The same day so many months later, or that month's last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def is_resignation(row: Mapping[str, Any]) -> bool:
    """Whether a row of `leaves` is somebody's last one."""
    return bool(row["kind"] == LeaveKind.RESIGNATION)


def is_agreed_resignation(row: Mapping[str, Any]) -> bool:
    """Whether a row of `leaves` is a resignation that was approved and has not ended yet."""
    return is_resignation(row) and row["state"] in (LeaveState.APPROVED, LeaveState.RUNNING)


def absent(row: Mapping[str, Any]) -> Days:
    """On which days somebody is away by a row of `leaves`; the last day of work of who resigns is still one of work."""
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    return (last + DAY, FOREVER) if is_resignation(row) else (first, last)


def handed(row: Mapping[str, Any]) -> Days:
    """On which days a receiver has to be there: of a resignation on the one on which everything is theirs for good."""
    first, last = absent(row)
    return (first, first) if is_resignation(row) else (first, last)


def meets(one: Days, other: Days) -> bool:
    """Whether two spans have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]


def is_over(row: Mapping[str, Any], today: date) -> bool:
    """Whether its last day has passed."""
    return date.fromisoformat(row["last_day"]) < today
