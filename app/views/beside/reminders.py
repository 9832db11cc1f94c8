"""Reminds of what is due, late or new: one notice, however many."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.i18n import _, ngettext
from app.services.reminder import LATE, Reminder, What
from app.views.looking import Looking
from app.views.tasks import Tasks

NAMED = 3


class Reminders(Looking):
    """`due` tells in one sentence what is new or has come to another stage, and whether something is late."""

    due = Signal(str, bool)

    def __init__(self, ask: Callable[[], Sequence[Reminder]], tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._ask, self._tasks = ask, tasks
        self.days: Sequence[date] = ()  # to which the last notice leads
        self._told: dict[tuple[What, int], tuple[int, int]] = {}  # what → its mark and the stage that was told of

    def look(self) -> None:
        self._tasks.run(self, self._ask, self.tell)

    def tell(self, rows: Sequence[Reminder]) -> None:
        """Tell of what is new since the last look; what was told of only once it has another stage or mark."""
        fresh = [row for row in rows if self._told.get((row.what, row.id)) != (row.mark, row.stage)]
        self._told = {(row.what, row.id): (row.mark, row.stage) for row in rows}
        if fresh:
            self.days = [row.day for row in fresh if row.day is not None]
            self.due.emit(reminder_text(fresh), any(row.stage == LATE for row in fresh))


def reminder_text(rows: Sequence[Reminder]) -> str:
    """One sentence for what is late and for what is not, of each kind, all in one notice."""
    of: dict[tuple[What, bool], list[Reminder]] = defaultdict(list)
    for row in rows:
        of[row.what, row.stage == LATE].append(row)
    late, soon, again = of[What.CONTENT, True], of[What.CONTENT, False], of[What.REVIEW, False]
    late_tasks, tasks = of[What.TASK, True], of[What.TASK, False]
    new, again_tasks, others = (of[one, False] for one in (What.TASK_NEW, What.TASK_AGAIN, What.TASK_LATE))
    reports, notices = of[What.REPORT, False], of[What.NOTICE, False]
    left, refused, ready = (of[one, False] for one in (What.LEAVE_LEFT, What.LEAVE_REFUSED, What.LEAVE_READY))
    more = of[What.LEAVE_MORE, False]
    ahead, acting, over = (of[one, False] for one in (What.ACTING_AHEAD, What.ACTING, What.ACTING_OVER))
    rosters, moved = of[What.ROSTER_NEW, False], of[What.ROSTER_CHANGED, False]
    swapped, kept = of[What.SWAP_DONE, False], of[What.SWAP_REFUSED, False]
    said = (
        (late, ngettext(
            "{count} item is late to publish: {titles}", "{count} items are late to publish: {titles}", len(late))),
        (soon, ngettext(
            "{count} item must be out soon: {titles}", "{count} items must be out soon: {titles}", len(soon))),
        (again, ngettext(
            "{count} page is due for its review: {titles}", "{count} pages are due for their review: {titles}",
            len(again))),
        (late_tasks, ngettext(
            "{count} task is late: {titles}", "{count} tasks are late: {titles}", len(late_tasks))),
        (tasks, ngettext("{count} task is due soon: {titles}", "{count} tasks are due soon: {titles}", len(tasks))),
        (new, ngettext("{count} new task: {titles}", "{count} new tasks: {titles}", len(new))),
        (again_tasks, ngettext(
            "{count} task was opened again: {titles}", "{count} tasks were opened again: {titles}",
            len(again_tasks))),
        (others, ngettext(
            "{count} task that you gave is late: {titles}", "{count} tasks that you gave are late: {titles}",
            len(others))),
        (reports, ngettext(
            "{count} task was reported as done: {titles}", "{count} tasks were reported as done: {titles}",
            len(reports))),
        (notices, ngettext(
            "{count} notice to read: {titles}", "{count} notices to read: {titles}", len(notices))),
        (left, _("Whoever was to take it over has left, offer it to somebody else: {titles}")),
        (refused, _("Refused to be taken over, offer it to somebody else: {titles}")),
        (ready, _("Your handover is accepted, the leave can be proposed: {titles}")),
        (more, _("Something more is to be handed over, list it anew in the handover: {titles}")),
        (rosters, _("Your duty is published: {titles}")),
        (moved, _("Your duty has changed: {titles}")),
        (swapped, _("Your swap is done: {titles}")),
        (kept, _("A swap was refused: {titles}")),
        (ahead, _("You will act in a post: {titles}")),
        (acting, _("You act in a post now: {titles}. Sign in with it for its rights.")),
        (over, _("Your acting is over: {titles}")),
    )  # fmt: skip
    return _("; ").join(text.format(count=len(found), titles=_titles(found)) for found, text in said if found)


def _titles(rows: Sequence[Reminder]) -> str:
    return _(", ").join(row.title for row in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
