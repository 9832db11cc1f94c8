"""Reminds of what must be out (rule P11) and of pages to be looked at again (P10): one notice, however many items."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.i18n import _, ngettext
from app.services.access import Context
from app.services.publishing.hours import LATE
from app.services.publishing.reminding import Reminder, reminders
from app.views.tasks import Tasks

LOOK_MS = 60_000
NAMED = 3


class Reminders(QObject):
    """Looks each minute; `due` tells in one sentence what has come to a new stage, and whether something is late."""

    due = Signal(str, bool)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._told: dict[int, tuple[int | None, int]] = {}  # item → until when, and the stage that was told of
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
        self._tasks.run(self, lambda: reminders(ctx), self.tell)

    def tell(self, rows: Sequence[Reminder]) -> None:
        """Tell of what is new since the last look; what was told of is not told again until it comes to a new stage."""
        fresh = [row for row in rows if self._told.get(row.id) != (row.due, row.stage)]
        self._told = {row.id: (row.due, row.stage) for row in rows}
        if fresh:
            self.due.emit(reminder_text(fresh), any(row.stage == LATE for row in fresh))


def reminder_text(rows: Sequence[Reminder]) -> str:
    """One sentence a stage, all in one notice."""
    late = [row for row in rows if row.stage == LATE]
    soon = [row for row in rows if row.stage != LATE and not row.again]
    again = [row for row in rows if row.again]
    said = (
        (
            late,
            ngettext(
                "{count} item is late to publish: {titles}", "{count} items are late to publish: {titles}", len(late)
            ),
        ),
        (
            soon,
            ngettext("{count} item must be out soon: {titles}", "{count} items must be out soon: {titles}", len(soon)),
        ),
        (
            again,
            ngettext(
                "{count} page is due for its review: {titles}",
                "{count} pages are due for their review: {titles}",
                len(again),
            ),
        ),
    )
    return _("; ").join(text.format(count=len(found), titles=_titles(found)) for found, text in said if found)


def _titles(rows: Sequence[Reminder]) -> str:
    return _(", ").join(row.title for row in rows[:NAMED]) + (" …" if len(rows) > NAMED else "")
