"""The people's files (人员档案), tasks given to posts (任务), and notices with read receipts (通知) (rules D5, D6, B2).

All of them are projections of their entries.
"""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Moment, Words, metadata


class NoteKind(StrEnum):
    """What a person's file holds (rule D5)."""

    JOINED = "joined"  # 入职
    POST = "post"  # 岗位变动
    PROMOTION = "promotion"  # 晋升
    TRAINING = "training"  # 培训
    AWARD = "award"  # 奖励
    PENALTY = "penalty"  # 处分
    ASSESSMENT = "assessment"  # 考核
    OTHER = "other"


class TaskState(StrEnum):
    """Where a task stands (rule D6)."""

    OPEN = "open"  # 进行中
    REPORTED = "reported"  # 已报完成
    DONE = "done"  # 已办结
    DROPPED = "dropped"  # 已取消


NOTE_KIND_WORDS = {
    NoteKind.JOINED: N_("Joined"),
    NoteKind.POST: N_("Change of post"),
    NoteKind.PROMOTION: N_("Promoted"),
    NoteKind.TRAINING: N_("Training"),
    NoteKind.AWARD: N_("Award"),
    NoteKind.PENALTY: N_("Penalty"),
    NoteKind.ASSESSMENT: N_("Assessment"),
    NoteKind.OTHER: N_("Remark on file"),
}
TASK_STATE_WORDS = {
    TaskState.OPEN: N_("In progress"),
    TaskState.REPORTED: N_("Reported as done"),
    TaskState.DONE: N_("Task done"),
    TaskState.DROPPED: N_("Task dropped"),
}

_T = TaskState

# Event → the states it may happen in, and the state after it (None: as before).
TASK_MOVES: dict[str, tuple[frozenset[TaskState], TaskState | None]] = {
    "task.changed": (frozenset({_T.OPEN, _T.REPORTED}), None),
    "task.followed": (frozenset({_T.OPEN, _T.REPORTED}), None),
    "task.reported": (frozenset({_T.OPEN}), _T.REPORTED),
    "task.reopened": (frozenset({_T.REPORTED, _T.DONE}), _T.OPEN),
    "task.done": (frozenset({_T.OPEN, _T.REPORTED}), _T.DONE),
    "task.dropped": (frozenset({_T.OPEN, _T.REPORTED}), _T.DROPPED),
}


class TaskStateError(RuleError):
    """A task cannot go there from where it is."""

    message = N_("The task is “{state}”; this cannot be done with it now.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(TASK_STATE_WORDS[TaskState(state)]))


class StruckError(RuleError):
    """What was struck from a file stays struck."""

    message = N_("This has been struck from the file already.")


class NoticeEndedError(RuleError):
    """A notice that is over is read no more."""

    message = N_("This notice is over.")


file_notes = Table(
    "file_notes",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its file.noted entry
    Column("person", Id, nullable=False),
    Column("day", Words, nullable=False),  # ISO date
    Column("kind", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("struck", Integer, nullable=False),  # entered by mistake: shown no more, still on record
    Column("last_seq", Id, nullable=False),
)
Index("ix_file_notes_person", file_notes.c.person)

tasks = Table(
    "tasks",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its task.given entry
    Column("title", Words, nullable=False),
    Column("post", Words, nullable=False),
    Column("person", Id),  # who sees to it; None: whoever holds the post
    Column("giver", Id, nullable=False),
    Column("due", Words, nullable=False),  # ISO date
    Column("state", Words, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_tasks_state", tasks.c.state)

notices = Table(
    "notices",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its notice.posted entry
    Column("title", Words, nullable=False),
    Column("posts", Words, nullable=False),  # to whom, parted by commas; "" is everybody
    Column("person", Id, nullable=False),  # who posted it
    Column("at", Moment, nullable=False),
    Column("read_by", Words, nullable=False),  # JSON: {"person": when}
    Column("ended", Integer, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_notices_ended", notices.c.ended)
