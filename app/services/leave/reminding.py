"""What somebody has to be reminded of about their acting: that it will begin, has begun, is over (rule D4)."""

from datetime import date, timedelta

from app.clock import office_day
from app.services.access import Context, Permission, requires
from app.services.leave.acting import ActingRow, ActingStage, all_actings
from app.services.leave.days import DAY
from app.services.people import post_word
from app.services.reminder import SOON, Reminder, What

AHEAD = timedelta(days=7)
_WHAT = {ActingStage.AHEAD: What.ACTING_AHEAD, ActingStage.NOW: What.ACTING, ActingStage.OVER: What.ACTING_OVER}


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
    first, last = f"{row.first_day:%m-%d}", f"{row.last_day:%m-%d}"
    return f"{post_word(row.post)} {first}" + (f" — {last}" if first != last else "")
