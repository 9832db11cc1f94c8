"""What somebody has to be reminded of: tasks that are due, reports they are to accept, notices they have not read."""

from sqlalchemy import Connection, select

from app.clock import office_day
from app.models.staff import TaskState, tasks
from app.services.access import Context, Permission, requires
from app.services.reminder import SOON, Reminder, What
from app.services.staff.notices import unread_notices
from app.services.staff.task_rows import mine, task_row, tasks_query


@requires(Permission.DUTY_OWN)
def staff_reminders(ctx: Context) -> list[Reminder]:
    """What the person has to be reminded of now."""
    with ctx.reading() as conn:
        unread = [
            Reminder(number, What.NOTICE, title, SOON, number)
            for number, title in unread_notices(conn, ctx.person, office_day(ctx.clock))
        ]
        return [*_due(ctx, conn), *_reported(ctx, conn), *unread]


def _due(ctx: Context, conn: Connection) -> list[Reminder]:
    wanted = (
        tasks_query()
        .where(mine(ctx.person, ctx.post), tasks.c.state == TaskState.OPEN.value)
        .order_by(tasks.c.due, tasks.c.id)
    )
    rows = [task_row(dict(row), None, ctx) for row in conn.execute(wanted).mappings()]
    return [Reminder(row.id, What.TASK, row.title, row.stage, row.due_at) for row in rows if row.stage]


def _reported(ctx: Context, conn: Connection) -> list[Reminder]:
    """A task may be reported, opened again and reported once more: it is told of as often, having gone in between."""
    if not ctx.may(Permission.TASK_GIVE):
        return []
    t = tasks.c
    given = (t.giver == ctx.person) & (t.state == TaskState.REPORTED.value)
    rows = conn.execute(select(t.id, t.title).where(given).order_by(t.id)).all()
    return [Reminder(row.id, What.REPORT, row.title, SOON, row.id) for row in rows]
