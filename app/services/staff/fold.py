"""How notes on file, tasks and notices stand: one fold of their entries for the office and for the proof."""

import json
from collections.abc import Mapping
from typing import Any

from app.models.canonical import canonical
from app.models.staff import TASK_MOVES, NoticeEndedError, StruckError, TaskState, TaskStateError

Row = dict[str, Any]
CHANGEABLE = ("title", "person", "due")


def noted(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A note on somebody's file; its text stands in the entry."""
    names = ("person", "day", "kind", "title")
    return {"id": seq, **{name: content[name] for name in names}, "struck": 0, "last_seq": seq}


def strike(row: Row, seq: int, _at: int, _kind: str, _content: Mapping[str, Any]) -> None:
    """A note that was entered by mistake."""
    if row["struck"]:
        raise StruckError
    row["struck"], row["last_seq"] = 1, seq


def given(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A task right after its task.given entry."""
    names = ("title", "post", "person", "giver", "due")
    return {"id": seq, **{name: content[name] for name in names}, "state": TaskState.OPEN.value, "last_seq": seq}


def advance_task(row: Row, seq: int, _at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a task; raises TaskStateError where it may not happen."""
    allowed, after = TASK_MOVES[kind]
    if row["state"] not in allowed:
        raise TaskStateError(row["state"])
    row["state"] = row["state"] if after is None else after.value
    row["last_seq"] = seq
    if kind == "task.changed":
        row.update({name: new for name, (_before, new) in content["changes"].items() if name in CHANGEABLE})


def posted(seq: int, at: int, content: Mapping[str, Any]) -> Row:
    """A notice right after its notice.posted entry; its text stands in the entry."""
    names = ("title", "posts", "person")
    head = {"id": seq, **{name: content[name] for name in names}, "at": at}
    return head | {"read_by": canonical({}), "ended": 0, "last_seq": seq}


def advance_notice(row: Row, seq: int, at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a notice: somebody has read it, or it is over."""
    if row["ended"]:
        raise NoticeEndedError
    row["last_seq"] = seq
    if kind == "notice.ended":
        row["ended"] = 1
    else:
        read = json.loads(row["read_by"])
        read.setdefault(str(content["person"]), at)
        row["read_by"] = canonical(read)


BEGINS = {
    "file.noted": ("file_notes", noted),
    "task.given": ("tasks", given),
    "notice.posted": ("notices", posted),
}
ADVANCES = {
    "file.struck": ("file_notes", strike),
    **dict.fromkeys(TASK_MOVES, ("tasks", advance_task)),
    **dict.fromkeys(("notice.read", "notice.ended"), ("notices", advance_notice)),
}
