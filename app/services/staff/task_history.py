"""What was asked and what happened to a task: its text as it stands, and every step, the newest first."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.errors import NotFoundError, RuleError
from app.i18n import N_, _
from app.models.ledger import entries
from app.models.people import people
from app.models.staff import tasks
from app.services.access import Context, Permission, requires
from app.services.people.names import name_of
from app.services.staff.task_rows import gives, posts_held, sees_to

_SENTENCES = {
    "task.given": N_("gave the task"),
    "task.changed": N_("changed the task"),
    "task.followed": N_("followed up"),
    "task.reported": N_("reported it as done"),
    "task.reopened": N_("opened it again"),
    "task.done": N_("accepted it as done"),
    "task.dropped": N_("dropped the task"),
}


class HiddenTaskError(RuleError):
    """A task is between who gave it, who sees to it and who follows tasks."""

    message = N_("This task is neither given by you nor yours to see to.")


@dataclass(frozen=True, slots=True)
class TaskStep:
    """One step of a task's life; milliseconds UTC."""

    at: int
    name: str
    sentence: str
    note: str


@dataclass(frozen=True, slots=True)
class TaskDetail:
    """What the task says, and its steps."""

    text: str
    steps: tuple[TaskStep, ...]


@requires(Permission.DUTY_READ)
def task_detail(ctx: Context, task: int) -> TaskDetail:
    """The text and the steps of one task; raises HiddenTaskError."""
    with ctx.reading() as conn:
        found = conn.execute(select(tasks).where(tasks.c.id == task)).mappings().one_or_none()
        if found is None:
            raise NotFoundError(what=task)
        row = dict[str, Any](found)
        involved = sees_to(row, ctx, posts_held(conn, ctx)) or gives(row, ctx) or row["giver"] == ctx.person
        if not involved and not ctx.may(Permission.TASK_GIVE):
            raise HiddenTaskError
        said = _entries(conn, task)
        steps = [
            TaskStep(one.at, one.name or "掌柜", _(_SENTENCES[one.kind]), _note(conn, json.loads(one.content)))
            for one in reversed(said)
        ]
    return TaskDetail(_text(said), tuple(steps))


def text_of(conn: Connection, task: int) -> str:
    """What a task says now."""
    return _text(_entries(conn, task))


def _entries(conn: Connection, task: int) -> list[Any]:
    e = entries.c
    about = e.kind.startswith("task.") & ((e.seq == task) | (e.subject == task))
    wanted = select(e.at, e.kind, e.content, people.c.name).join(people, people.c.id == e.person, isouter=True)
    return list(conn.execute(wanted.where(about).order_by(e.seq)).all())


def _text(found: list[Any]) -> str:
    text = ""
    for one in found:
        content = json.loads(one.content)
        if one.kind == "task.given":
            text = content["text"]
        elif one.kind == "task.changed" and "text" in content["changes"]:
            text = content["changes"]["text"][1]
    return text


def _note(conn: Connection, content: Mapping[str, Any]) -> str:
    """What was said, or what has become other."""
    if "changes" not in content:
        return str(content.get("note", ""))

    def whose(person: int | None) -> str:
        return _("whoever holds the post") if person is None else name_of(conn, person)

    words: dict[str, Callable[[Any], str]] = {"title": str, "due": str, "person": whose}
    told = [
        _("{before} → {after}").format(
            before=word(content["changes"][name][0]), after=word(content["changes"][name][1])
        )
        for name, word in words.items()
        if name in content["changes"]
    ]
    return _("; ").join([*told, *([_("another text")] if "text" in content["changes"] else [])])
