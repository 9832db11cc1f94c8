"""Tasks given to posts, and followed to their end (rule D6)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import Connection

from app.clock import office_day, to_ms
from app.errors import RuleError
from app.i18n import N_, _
from app.models.people import POST_WORDS, Post
from app.models.staff import TaskState
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.folds import Row
from app.services.ledger import Pen, open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.staff.fold import CHANGEABLE
from app.services.staff.holders import holders
from app.services.staff.task_history import text_of
from app.services.staff.task_rows import Deed, accepts, gives, posts_held, reporters, sees_to
from app.services.staff.wording import need_title, tidy_text


class PastDueError(RuleError):
    """A day that is over is no time to do something."""

    message = N_("Choose today or a later day: this one is over.")


class VacantPostError(RuleError):
    """A task that nobody sees to is not given."""

    message = N_("Nobody holds the post “{post}” now; give the task to another one.")


class NotHolderError(RuleError):
    """A task of a post is seen to by somebody with that post."""

    message = N_("{name} does not hold the post “{post}” now.")


class OthersTaskError(RuleError):
    """Rule D6: who gives tasks follows them."""

    message = N_("Only who gave the task, or a manager, can do this.")


class NotYourTaskError(RuleError):
    """What somebody reports is done by them."""

    message = N_("This is done by who sees to the task, or by a colleague with the same post.")


class OwnReportError(RuleError):
    """Nobody is the judge of their own work."""

    message = N_("You have reported this yourself; who gave the task, or another manager, accepts it.")


class NotReportedError(RuleError):
    """Only who gave a task knows without a report that it is done."""

    message = N_("Nobody has reported this task as done yet.")


@dataclass(frozen=True, slots=True)
class TaskDraft:
    """What is given to a post, perhaps to somebody by name, to be done by the end of `due`."""

    title: str
    post: Post
    due: date
    text: str = ""
    person: int | None = None


@requires(Permission.TASK_GIVE)
def give_task(ctx: Context, draft: TaskDraft) -> int:
    """Give a task; returns its number."""
    with ctx.writing() as conn:
        facts = asdict(draft) | {
            "title": need_title(draft.title),
            "text": tidy_text(draft.text),
            "post": draft.post.value,
            "due": draft.due.isoformat(),
            "giver": ctx.person,
        }
        _check_due(ctx, draft.due)
        _check_post(ctx, conn, draft.post, draft.person)
        return subjects.begin(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), "task.given", facts)


@requires(Permission.TASK_GIVE)
def change_task(ctx: Context, task: int, changes: Mapping[str, str | int | date | None]) -> None:
    """Change title, text, who sees to it or the day of a task that is not done yet."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "tasks", task)
        if not gives(row, ctx):
            raise OthersTaskError
        before = row | {"text": text_of(conn, task)}
        names = (*CHANGEABLE, "text")
        wanted = {k: v.isoformat() if isinstance(v, date) else v for k, v in changes.items() if k in names}
        after = before | wanted
        after["title"], after["text"] = need_title(after["title"]), tidy_text(after["text"])
        moved = {name: [before[name], after[name]] for name in names if before[name] != after[name]}
        if "due" in moved:
            _check_due(ctx, date.fromisoformat(after["due"]))
        if "person" in moved:
            _check_post(ctx, conn, Post(row["post"]), after["person"])
        if moved:
            pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
            subjects.advance(conn, pen, task, Deed.CHANGE.value, {"changes": moved})


@requires(Permission.DUTY_OWN)
def follow_task(ctx: Context, task: int, remark: str) -> None:
    """Remark how it goes: by who looks after the task, or who sees to it."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "tasks", task)
        if not gives(row, ctx) and not sees_to(row, ctx, posts_held(conn, ctx)):
            raise NotYourTaskError
        _write(ctx, conn, task, Deed.FOLLOW, need_reason(remark))


@requires(Permission.DUTY_OWN)
def report_task(ctx: Context, task: int, result: str) -> None:
    """Report it as done, with the result."""
    with ctx.writing() as conn:
        if not sees_to(subjects.load(conn, "tasks", task), ctx, posts_held(conn, ctx)):
            raise NotYourTaskError
        _write(ctx, conn, task, Deed.REPORT, need_reason(result))


@requires(Permission.TASK_GIVE)
def accept_task(ctx: Context, task: int, note: str = "") -> None:
    """It is done: said by who gave it, or by a manager on somebody else's report."""
    with ctx.writing() as conn:
        row = _looked_after(ctx, conn, task)
        state, reporter = row["state"], reporters(conn, [task]).get(task)
        if state in {TaskState.OPEN, TaskState.REPORTED}:
            reporter = None if state == TaskState.OPEN else reporter  # what was opened again is not reported any more
            if not accepts(row, reporter, ctx):
                raise NotReportedError if reporter is None else OwnReportError
        _write(ctx, conn, task, Deed.ACCEPT, note)


@requires(Permission.TASK_GIVE)
def reopen_task(ctx: Context, task: int, reason: str) -> None:
    """It is not done after all."""
    with ctx.writing() as conn:
        _looked_after(ctx, conn, task)
        _write(ctx, conn, task, Deed.REOPEN, need_reason(reason))


@requires(Permission.TASK_GIVE)
def drop_task(ctx: Context, task: int, reason: str) -> None:
    """It need not be done any more."""
    with ctx.writing() as conn:
        _looked_after(ctx, conn, task)
        _write(ctx, conn, task, Deed.DROP, need_reason(reason))


def hand_task(conn: Connection, pen: Pen, task: int, person: int | None) -> None:
    """Let somebody else see to it, within somebody else's transaction; a handover (rule D3) may leave the post."""
    before = subjects.load(conn, "tasks", task)["person"]
    if before != person:
        subjects.advance(conn, pen, task, Deed.CHANGE.value, {"changes": {"person": [before, person]}})


def _looked_after(ctx: Context, conn: Connection, task: int) -> Row:
    row = subjects.load(conn, "tasks", task)
    if not gives(row, ctx):
        raise OthersTaskError
    return row


def _write(ctx: Context, conn: Connection, task: int, deed: Deed, note: str) -> None:
    pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
    subjects.advance(conn, pen, task, deed.value, {"note": tidy_text(note)})


def _check_due(ctx: Context, due: date) -> None:
    if due < office_day(ctx.clock):
        raise PastDueError


def _check_post(ctx: Context, conn: Connection, post: Post, person: int | None) -> None:
    """Raise VacantPostError where nobody would see to it, NotHolderError where somebody without the post would."""
    holding = {one.id for one in holders(conn, office_day(ctx.clock)).values() if post in one.posts}
    if not holding:
        raise VacantPostError(post=_(POST_WORDS[post]))
    if person is not None and person not in holding:
        raise NotHolderError(name=name_of(conn, person), post=_(POST_WORDS[post]))
