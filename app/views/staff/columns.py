"""The columns of tasks, notices and people's files."""

from collections.abc import Callable
from datetime import datetime

from app.clock import office_time, short_day
from app.i18n import N_, _, ngettext
from app.models.staff import NoteKind, TaskState
from app.services.people.names import post_word, posts_word
from app.services.reminder import LATE, SOON
from app.services.staff.files import FileRow
from app.services.staff.notices import NoticeRow
from app.services.staff.task_rows import TaskRow
from app.services.staff.timeline import FileEntry
from app.services.staff.words import addressed_text, note_kind_word, task_state_word
from app.views.theme import Kind
from app.views.times import DAY_MS, HOUR_MS, day_time, late_text, listed_time
from app.views.widgets.list_table import Column

IN_HOURS_MS = 2 * DAY_MS  # below which "1 day" would hide nearly as much again
TASK_TITLE, NOTICE_TITLE, POSTS, WHAT = 1, 1, 1, 2  # the columns that take what is left

TASK_KINDS = {
    TaskState.OPEN: Kind.INFO,
    TaskState.REPORTED: Kind.WARN,
    TaskState.DONE: Kind.OK,
    TaskState.DROPPED: Kind.DIM,
}
NOTE_KINDS = {
    NoteKind.JOINED: Kind.DIM,
    NoteKind.POST: Kind.INFO,
    NoteKind.PROMOTION: Kind.OK,
    NoteKind.TRAINING: Kind.INFO,
    NoteKind.AWARD: Kind.OK,
    NoteKind.PENALTY: Kind.DANGER,
    NoteKind.ASSESSMENT: Kind.WARN,
    NoteKind.OTHER: Kind.DIM,
}


def clock_text(row: TaskRow, now: int) -> str:
    """How long is left for a task that is not reported yet, or how late it is."""
    if row.state is not TaskState.OPEN:
        return ""
    left = row.due_at - now
    if left <= 0:
        return late_text(-left)
    if left <= IN_HOURS_MS:
        return _("{hours} h left").format(hours=-(-left // HOUR_MS))
    days = left // DAY_MS  # whole ones: nobody is told of more than there is
    return ngettext("{count} day left", "{count} days left", days).format(count=days)


def clock_kind(row: TaskRow) -> Kind:
    """The colour of that."""
    return {LATE: Kind.DANGER, SOON: Kind.WARN}.get(row.stage, Kind.DIM)


def seen_to_by(row: TaskRow) -> str:
    """Whose a task is; where nobody is there who would do it, that is said."""
    if row.vacant:
        return _("{name} (has left)").format(name=row.person_name) if row.person_name else _("nobody holds the post")
    return row.person_name or _("whoever holds the post")


def notice_state(row: NoticeRow) -> str:
    """What a notice is to the person who looks at it."""
    if row.ended:
        return _("No longer valid")
    if row.unread:
        return _("Unread")
    return _("Posted") if row.read_at is None else _("Read")


def _notice_kind(row: NoticeRow) -> Kind:
    if row.ended:
        return Kind.DIM
    if row.unread:
        return Kind.WARN
    return Kind.INFO if row.read_at is None else Kind.OK


def read_by(row: NoticeRow) -> str:
    """ "3 of 8", for who looks after the notice."""
    if not row.looks_after:
        return ""
    return _("{readers} of {concerned}").format(readers=row.readers, concerned=row.concerned)


def _file_posts(row: FileRow) -> str:
    posts = posts_word(row.posts)
    return posts if row.active else _("{posts} · left").format(posts=posts)


def _told(row: FileEntry) -> str:
    return row.title + " · " + _("struck: {reason}").format(reason=row.struck) if row.struck else row.title


def _first_line(text: str) -> str:
    return " ".join(text.split())


def task_columns(now: Callable[[], int]) -> tuple[Column[TaskRow], ...]:
    """The clock first, as on the order desk."""
    return (
        Column(N_("Clock"), lambda row: clock_text(row, now()), pill=clock_kind),
        Column(N_("Task"), lambda row: row.title),
        Column(N_("Post"), lambda row: post_word(row.post), spare=True),
        Column(N_("Seen to by"), seen_to_by, colour=lambda row: Kind.DANGER if row.vacant else None),
        Column(N_("Given by"), lambda row: row.giver_name, spare=True),
        Column(N_("Due on"), lambda row: short_day(row.due, office_time(now()).date())),
        Column(N_("State"), lambda row: task_state_word(row.state), pill=lambda row: TASK_KINDS[row.state]),
    )


def notice_columns(now: Callable[[], datetime], *, readers: bool) -> tuple[Column[NoticeRow], ...]:
    """What is unread stands out; `readers` for who posts notices."""
    columns: tuple[Column[NoticeRow], ...] = (
        Column(N_("State"), notice_state, pill=_notice_kind),
        Column(N_("Notice"), lambda row: row.title),
        Column(N_("Addressed to"), lambda row: addressed_text(row.posts)),
        Column(N_("Posted by"), lambda row: row.name),
        Column(N_("Posted at"), lambda row: listed_time(row.at, now()), hint=lambda row: day_time(row.at, now())),
    )
    return (*columns, Column(N_("Read by"), read_by, right=True)) if readers else columns


FILE_COLUMNS: tuple[Column[FileRow], ...] = (
    Column(N_("Name"), lambda row: row.name),
    Column(N_("Posts"), _file_posts),
    Column(N_("Joined on"), lambda row: row.joined.isoformat()),
    Column(N_("Notes"), lambda row: f"{row.notes}", right=True),
    Column(N_("Latest note"), lambda row: "" if row.last_day is None else row.last_day.isoformat()),
)
ENTRY_COLUMNS: tuple[Column[FileEntry], ...] = (
    Column(N_("Day"), lambda row: row.day.isoformat()),
    Column(N_("Kind"), lambda row: note_kind_word(row.kind), pill=lambda row: NOTE_KINDS[row.kind]),
    Column(N_("On file"), _told, colour=lambda row: Kind.DIM if row.struck else None),
    Column(N_("Details"), lambda row: _first_line(row.text)),
    Column(N_("Attached"), lambda row: f"{len(row.attachments)}" if row.attachments else "", right=True),
    Column(N_("Entered by"), lambda row: row.by),
)
