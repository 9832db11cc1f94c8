"""What somebody has to be reminded of: tasks that are new or due, reports they are to accept, notices to read."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, or_, select

from app.clock import office_day, to_ms
from app.models.ledger import entries
from app.models.people import Post
from app.models.staff import TaskState, tasks
from app.services.access import Context, Permission, requires
from app.services.reminder import LATE, QUIET, SOON, Reminder, What
from app.services.staff.notices import unread_notices
from app.services.staff.task_rows import Deed, TaskRow, mine, posts_held, task_row, tasks_query

NEW_MS = 24 * 3_600_000  # for how long a task is new to who has not had the window open meanwhile
GIVEN = "task.given"


@requires(Permission.DUTY_OWN)
def staff_reminders(ctx: Context) -> list[Reminder]:
    """What the person has to be reminded of now."""
    with ctx.reading() as conn:
        unread = [
            Reminder(number, What.NOTICE, title, SOON, number)
            for number, title in unread_notices(conn, ctx.person, office_day(ctx.clock))
        ]
        posts = posts_held(conn, ctx)
        own = _open(ctx, conn, posts, mine(ctx.person, posts))
        due = [Reminder(row.id, What.TASK, row.title, row.stage, row.due_at) for row in own if row.stage]
        return [*due, *_new(ctx, conn, own), *_late(ctx, conn, posts), *_reported(ctx, conn), *unread]


def _open(ctx: Context, conn: Connection, posts: Collection[Post], whose: Any) -> list[TaskRow]:
    wanted = tasks_query().where(whose, tasks.c.state == TaskState.OPEN.value).order_by(tasks.c.due, tasks.c.id)
    return [task_row(dict(row), None, ctx, posts) for row in conn.execute(wanted).mappings()]


def _new(ctx: Context, conn: Connection, own: Sequence[TaskRow]) -> list[Reminder]:
    """What has come to somebody within a day by another's hand: given, passed on to them, or opened again.

    What is due is told of by that alone.
    """
    e, rows = entries.c, {row.id: row for row in own}
    kinds = (GIVEN, Deed.CHANGE.value, Deed.REOPEN.value)
    about = or_(e.seq.in_(list(rows)), e.subject.in_(list(rows))) & e.kind.in_(kinds)
    lately = (e.at > to_ms(ctx.clock.now()) - NEW_MS) & (e.person != ctx.person)
    wanted = select(e.seq, e.subject, e.kind, e.content).where(about, lately).order_by(e.seq)
    found: dict[int, Reminder] = {}
    for seq, subject, kind, content in conn.execute(wanted):
        row = rows[seq if kind == GIVEN else subject]
        if kind == Deed.REOPEN:
            found[row.id] = Reminder(row.id, What.TASK_AGAIN, row.title, SOON, seq)
        elif row.stage == QUIET and (kind == GIVEN or _passed_on(content)):
            found[row.id] = Reminder(row.id, What.TASK_NEW, row.title, SOON, seq)
    return list(found.values())


def _passed_on(content: str) -> bool:
    return "person" in json.loads(content)["changes"]


def _late(ctx: Context, conn: Connection, posts: Collection[Post]) -> list[Reminder]:
    """Rule D6: who gives tasks follows them, also where nobody is there any more who would report one."""
    if not ctx.may(Permission.TASK_GIVE):
        return []
    rows = _open(ctx, conn, posts, (tasks.c.giver == ctx.person) & ~mine(ctx.person, posts))
    return [Reminder(row.id, What.TASK_LATE, row.title, SOON, row.due_at) for row in rows if row.stage == LATE]


def _reported(ctx: Context, conn: Connection) -> list[Reminder]:
    """A task may be reported, opened again and reported once more: it is told of as often, having gone in between."""
    if not ctx.may(Permission.TASK_GIVE):
        return []
    t = tasks.c
    given = (t.giver == ctx.person) & (t.state == TaskState.REPORTED.value)
    rows = conn.execute(select(t.id, t.title).where(given).order_by(t.id)).all()
    return [Reminder(row.id, What.REPORT, row.title, SOON, row.id) for row in rows]
