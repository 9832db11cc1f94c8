"""Reminds of tasks that are due, of reports to be accepted, and of unread notices: one notice, however many."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.i18n import _, ngettext
from app.services.access import Context
from app.services.staff.reminding import Reminder, What, staff_reminders
from app.services.staff.task_rows import LATE
from app.views.tasks import Tasks

LOOK_MS = 60_000
NAMED = 3


class StaffReminders(QObject):
    """Looks each minute; `due` tells in one sentence what is new or has become late, and whether something is late."""

    due = Signal(str, bool)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._told: dict[tuple[What, int], tuple[int, int]] = {}  # what → its mark and the stage that was told of
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Begin to look."""
        self._timer.start()
        self.look()

    def stop(self) -> None:
        """Stop looking."""
        self._timer.stop()

    def look(self) -> None:
        """Look once."""
        ctx = self._ctx
        self._tasks.run(self, lambda: staff_reminders(ctx), self.tell)

    def tell(self, rows: Sequence[Reminder]) -> None:
        """Tell of what is new since the last look, and of a task once more when it comes to a new stage or day."""
        fresh = [row for row in rows if self._told.get((row.what, row.id)) != (row.mark, row.stage)]
        self._told = {(row.what, row.id): (row.mark, row.stage) for row in rows}
        if fresh:
            self.due.emit(reminder_text(fresh), any(row.stage == LATE for row in fresh))


def reminder_text(rows: Sequence[Reminder]) -> str:
    """One sentence for each kind, all in one notice."""
    tasks = [row for row in rows if row.what is What.TASK]
    late, soon = [row for row in tasks if row.stage == LATE], [row for row in tasks if row.stage != LATE]
    reports = [row for row in rows if row.what is What.REPORT]
    notices = [row for row in rows if row.what is What.NOTICE]
    said = (
        (late, ngettext("{count} task is late: {titles}", "{count} tasks are late: {titles}", len(late))),
        (soon, ngettext("{count} task is due soon: {titles}", "{count} tasks are due soon: {titles}", len(soon))),
        (
            reports,
            ngettext(
                "{count} task was reported as done: {titles}",
                "{count} tasks were reported as done: {titles}",
                len(reports),
            ),
        ),
        (
            notices,
            ngettext("{count} notice to read: {titles}", "{count} notices to read: {titles}", len(notices)),
        ),
    )
    return _("; ").join(text.format(count=len(found), titles=_titles(found)) for found, text in said if found)


def _titles(rows: Sequence[Reminder]) -> str:
    return _(", ").join(row.title for row in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
