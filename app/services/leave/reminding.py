"""What somebody is reminded of: what colleagues answered to their handover (rule D3), their own acting (rule D4)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Row

from app.clock import office_day, short_days
from app.models.leave import HandoverState, LeaveKind, LeaveState
from app.services.access import Context, Permission, requires
from app.services.leave.acting import ActingRow, ActingStage, all_actings
from app.services.leave.days import DAY
from app.services.leave.handover import Key, leaves_of, rows_of, still_unlisted
from app.services.leave.words import leave_kind_word
from app.services.people.names import post_word
from app.services.reminder import SOON, Reminder, What

AHEAD = timedelta(days=7)
_WHAT = {ActingStage.AHEAD: What.ACTING_AHEAD, ActingStage.NOW: What.ACTING, ActingStage.OVER: What.ACTING_OVER}


@requires(Permission.DUTY_OWN)
def leave_reminders(ctx: Context) -> list[Reminder]:
    """The person's own leaves: where somebody else or somebody at all is to be named, and what can be proposed now."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        found = []
        for leave in leaves_of(conn, ctx.person):
            rows, more = rows_of(conn, leave["id"]), still_unlisted(conn, leave, today)
            found += [told for told in (_answered(leave, rows, more, today), _come_since(leave, more, today)) if told]
        return found


def _answered(leave: Mapping[str, Any], rows: list[Row[Any]], more: Mapping[Key, str], today: date) -> Reminder | None:
    """Told once for each refusal and each receiver who left, and once more where all is accepted after it.

    If something has come to the leave since (`more`), it cannot be proposed as it is.
    """
    title = _leave_title(leave, today)
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


def _come_since(leave: Mapping[str, Any], more: Mapping[Key, str], today: date) -> Reminder | None:
    """What has come to somebody since their leave was approved: else it is found on the day when they are gone."""
    if leave["state"] != LeaveState.APPROVED or not more:
        return None  # before that it stands against the proposal
    last = max(thing for _kind, thing in more)
    return Reminder(leave["id"], What.LEAVE_MORE, _leave_title(leave, today), SOON, last)


def _leave_title(leave: Mapping[str, Any], today: date) -> str:
    first, last = date.fromisoformat(leave["first_day"]), date.fromisoformat(leave["last_day"])
    return f"{leave_kind_word(LeaveKind(leave['kind']))} {short_days(first, last, today)}"


@requires(Permission.DUTY_OWN)
def acting_reminders(ctx: Context) -> list[Reminder]:
    """The person's own: from a week before the first day, while it lasts, and on the day on which it is over."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        rows = [row for row in all_actings(conn, today) if row.person == ctx.person and _is_told(ctx, row, today)]
    return [Reminder(row.id, _WHAT[row.stage], _title(row, today), SOON, row.id) for row in rows]


def _is_told(ctx: Context, row: ActingRow, today: date) -> bool:
    if row.stage is ActingStage.AHEAD:
        return row.first_day - AHEAD <= today
    if row.stage is ActingStage.NOW:
        return row.post is not ctx.post  # who has signed in with the post knows
    return today - row.last_day <= DAY  # ended early it is over on that day, else on the next one


def _title(row: ActingRow, today: date) -> str:
    if row.stage is ActingStage.OVER:
        return post_word(row.post)
    return f"{post_word(row.post)} {short_days(row.first_day, row.last_day, today)}"
