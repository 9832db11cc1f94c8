"""Tasks as lists show them (rule D6): whose they are, until when, and what somebody may do with each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, or_, select, true

from app.clock import OFFICE_ZONE, office_day, to_ms
from app.models.ledger import entries
from app.models.people import Post, people
from app.models.staff import TASK_MOVES, TaskState, tasks
from app.services.access import Context, Permission, requires
from app.services.folds import Row
from app.services.leave.posts import posts_now
from app.services.reminder import LATE, QUIET, SOON
from app.services.staff.holders import MANAGERS, Holder, holders

SERVICE_ENDS = time(18)
SOON_MS = 24 * 3_600_000
RUNNING = frozenset({TaskState.OPEN, TaskState.REPORTED})


class Shown(StrEnum):
    """Which tasks a list shows."""

    MINE = "mine"  # what I am to see to: by name, or as whoever holds one of my posts
    POST = "post"  # everything given to my posts, colleagues' as well
    GIVEN = "given"  # what I have given
    ALL = "all"


class Deed(StrEnum):
    """What is done with a task, by the kind of its entry."""

    CHANGE = "task.changed"
    FOLLOW = "task.followed"
    REPORT = "task.reported"
    ACCEPT = "task.done"
    REOPEN = "task.reopened"
    DROP = "task.dropped"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as lists show it; `due_at` in milliseconds UTC. `stage`: 0 quiet, 1 due soon, 3 late."""

    id: int
    title: str
    post: Post
    person: int | None  # None: whoever holds the post
    person_name: str
    giver: int
    giver_name: str
    due: date
    due_at: int
    state: TaskState
    stage: int
    deeds: frozenset[Deed]  # what who asked may do with it now
    vacant: bool = False  # it is to be done, and nobody at work is there to see to it


@requires(Permission.DUTY_READ)
def list_tasks(ctx: Context, shown: Shown = Shown.MINE, *, finished: bool = False) -> list[TaskRow]:
    """What is late comes first, then by day; `finished` adds what is done or dropped. ALL is for who gives tasks."""
    if shown is Shown.ALL:
        ctx.demand(Permission.TASK_GIVE)
    with ctx.reading() as conn:
        posts = posts_held(conn, ctx)
        wanted = tasks_query().where(_shown(ctx, posts, shown))
        if not finished:
            wanted = wanted.where(tasks.c.state.in_([state.value for state in RUNNING]))
        found = [dict(row) for row in conn.execute(wanted).mappings()]
        reported = reporters(conn, [row["id"] for row in found if row["state"] == TaskState.REPORTED])
        at_work = holders(conn, office_day(ctx.clock))
    rows = [_staffed(task_row(row, reported.get(row["id"]), ctx, posts), at_work) for row in found]
    return sorted(rows, key=lambda row: (row.state not in RUNNING, -row.stage, row.due, row.id))


def tasks_query() -> Select[Any]:
    """Tasks with the names of who sees to them and who gave them."""
    person, giver = people.alias("person_"), people.alias("giver_")
    names = person.c.name.label("person_name"), giver.c.name.label("giver_name")
    named = tasks.join(person, person.c.id == tasks.c.person, isouter=True)
    return select(tasks, *names).select_from(named.join(giver, giver.c.id == tasks.c.giver, isouter=True))


def due_moment(due: date) -> int:
    """When a task has to be done: at the end of the day's service; milliseconds UTC."""
    return to_ms(datetime.combine(due, SERVICE_ENDS, OFFICE_ZONE))


def task_stage(state: TaskState, due_at: int, now: int) -> int:
    """QUIET, SOON a day before, LATE once the time has come; what was reported is no longer waited for."""
    if state is not TaskState.OPEN:
        return QUIET
    return LATE if now >= due_at else SOON if now >= due_at - SOON_MS else QUIET


def posts_held(conn: Connection, ctx: Context) -> tuple[Post, ...]:
    """Every post that is somebody's today: a task of one they are not signed in with is theirs as well."""
    return posts_now(conn, ctx.person, office_day(ctx.clock))


def mine(person: int, posts: Collection[Post]) -> ColumnElement[bool]:
    """What somebody with these posts is to see to; false, not unknown, for the rest, so that it can be negated."""
    t = tasks.c
    return or_(and_(t.person.is_not(None), t.person == person), and_(t.person.is_(None), t.post.in_(posts)))


def gives(row: Row, ctx: Context) -> bool:
    """Whether they look after the task: who gave it, or a manager."""
    return ctx.may(Permission.TASK_GIVE) and (row["giver"] == ctx.person or ctx.post in MANAGERS)


def sees_to(row: Row, ctx: Context, posts: Collection[Post]) -> bool:
    """Whether they may do it: who is named, or anybody with the post, who may stand in for a colleague."""
    return bool(row["person"] == ctx.person or row["post"] in posts)


def accepts(row: Row, reporter: int | None, ctx: Context) -> bool:
    """Whether they say that it is done: not on their own report, unless they gave the task themselves."""
    return gives(row, ctx) and (row["giver"] == ctx.person or (reporter is not None and reporter != ctx.person))


def reporters(conn: Connection, wanted: list[int]) -> dict[int, int]:
    """Who reported these tasks as done last."""
    e = entries.c
    said = select(e.subject, e.person).where(e.subject.in_(wanted), e.kind == Deed.REPORT.value).order_by(e.seq)
    return {row.subject: row.person for row in conn.execute(said)}


def task_row(row: Row, reporter: int | None, ctx: Context, posts: Collection[Post]) -> TaskRow:
    """A stored row as the person, who has these posts, sees it now."""
    state, due = TaskState(row["state"]), date.fromisoformat(row["due"])
    due_at = due_moment(due)
    return TaskRow(
        row["id"], row["title"], Post(row["post"]), row["person"], row["person_name"] or "", row["giver"],
        row["giver_name"] or "掌柜", due, due_at, state, task_stage(state, due_at, to_ms(ctx.clock.now())),
        _deeds(ctx, row, state, reporter, posts),
    )  # fmt: skip


def _staffed(row: TaskRow, at_work: Mapping[int, Holder]) -> TaskRow:
    """Whoever had the post may have left it since: then somebody else has to be named, or to act in it (rule D4)."""
    holds = any(row.post in one.posts for one in at_work.values())
    there = holds if row.person is None else row.person in at_work
    return replace(row, vacant=row.state in RUNNING and not there)


def _deeds(ctx: Context, row: Row, state: TaskState, reporter: int | None, posts: Collection[Post]) -> frozenset[Deed]:
    looks_after, does = gives(row, ctx), sees_to(row, ctx, posts)
    may = {
        Deed.CHANGE: looks_after,
        Deed.FOLLOW: looks_after or does,
        Deed.REPORT: does,
        Deed.ACCEPT: accepts(row, reporter, ctx),
        Deed.REOPEN: looks_after,
        Deed.DROP: looks_after,
    }
    return frozenset(deed for deed, allowed in may.items() if allowed and state in TASK_MOVES[deed][0])


def _shown(ctx: Context, posts: Collection[Post], shown: Shown) -> ColumnElement[bool]:
    t = tasks.c
    lists = {
        Shown.MINE: mine(ctx.person, posts),
        Shown.POST: t.post.in_(posts),
        Shown.GIVEN: t.giver == ctx.person,
        Shown.ALL: true(),
    }
    return lists[shown]
