"""What somebody is reminded of: what colleagues answered to their handover (rule D3), their own acting (rule D4)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from app.clock import office_day
from app.models.leave import HandoverState, LeaveKind, LeaveState
from app.services.access import Context, Permission, requires
from app.services.leave.acting import ActingRow, ActingStage, all_actings
from app.services.leave.days import DAY, handed
from app.services.leave.handover import leaves_of, rows_of, still_unlisted
from app.services.leave.words import leave_kind_word
from app.services.people.names import post_word
from app.services.reminder import SOON, Reminder, What

AHEAD = timedelta(days=7)
_WHAT = {ActingStage.AHEAD: What.ACTING_AHEAD, ActingStage.NOW: What.ACTING, ActingStage.OVER: What.ACTING_OVER}


@requires(Permission.DUTY_OWN)
def leave_reminders(ctx: Context) -> list[Reminder]:
    """The person's own leaves: where somebody else is to be named, and those not proposed yet that are all accepted."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        mine = leaves_of(conn, ctx.person)
        told = (
            _answered(leave, rows_of(conn, leave["id"]), more=bool(still_unlisted(conn, leave, today)))
            for leave in mine
        )
        return [one for one in told if one is not None]


def _answered(leave: Mapping[str, Any], rows: list[Row[Any]], *, more: bool) -> Reminder | None:
    """Told once for each refusal and each receiver who left, and once more where all is accepted after it.

    `more` has come to the leave since: it cannot be proposed as it is.
    """
    title = f"{leave_kind_word(LeaveKind(leave['kind']))} {_days(*handed(leave))}"
    left = [row.last_seq for row in rows if row.state == HandoverState.OPEN and row.last_seq != row.id]
    refused = [row.last_seq for row in rows if row.state == HandoverState.REFUSED]
    for what, marks in ((What.LEAVE_LEFT, left), (What.LEAVE_REFUSED, refused)):
        if marks:
            return Reminder(leave["id"], what, title, SOON, max(marks))
    if (
        leave["state"] == LeaveState.ASKED
        and not more
        and rows
        and all(row.state == HandoverState.ACCEPTED for row in rows)
    ):
        return Reminder(leave["id"], What.LEAVE_READY, title, SOON, max(row.last_seq for row in rows))
    return None


@requires(Permission.DUTY_OWN)
def acting_reminders(ctx: Context) -> list[Reminder]:
    """The person's own: from a week before the first day, while it lasts, and on the day on which it is over."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        rows = [row for row in all_actings(conn, today) if row.person == ctx.person and _is_told(ctx, row, today)]
    return [Reminder(row.id, _WHAT[row.stage], _title(row), SOON, row.id) for row in rows]


def _is_told(ctx: Context, row: ActingRow, today: date) -> bool:
    if row.stage is ActingStage.AHEAD:
        return row.first_day - AHEAD <= today
    if row.stage is ActingStage.NOW:
        return row.post is not ctx.post  # who has signed in with the post knows
    return today - row.last_day <= DAY  # ended early it is over on that day, else on the next one


def _title(row: ActingRow) -> str:
    if row.stage is ActingStage.OVER:
        return post_word(row.post)
    return f"{post_word(row.post)} {_days(row.first_day, row.last_day)}"


def _days(first: date, last: date) -> str:
    return f"{first:%m-%d}" if first == last else f"{first:%m-%d} — {last:%m-%d}"
