"""Publishing the roster as it is seen (发布): rules that are broken want a reason, which is asked for."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _, ngettext
from app.services.access import Context
from app.services.duty.rosters import BrokenRulesError, publish
from app.services.duty.span import Span
from app.services.duty.weeks import WEEK
from app.views.tasks import Tasks
from app.views.widgets.reason_dialog import ReasonDialog

Step: TypeAlias = Callable[[str], Sequence[date]]  # publishes with a reason; the Mondays of what was


class Publishing(QObject):
    """`published` and `too_late` tell in a sentence how it ended, `refused` why it could not be."""

    published = Signal(str)
    too_late = Signal(str)
    refused = Signal(object)  # Exception

    def __init__(self, ctx: Context, tasks: Tasks, parent: QWidget) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._window = ctx, tasks, parent.window

    def publish(self, span: Span) -> None:
        """Let everybody know these weeks as they are seen, without a reason at first.

        The service alone knows what will be broken: what has begun since it was drawn otherwise stays as it was.
        """
        seen = {monday: week.last_seq for monday, week in span.weeks.items()}
        self._go(partial(publish, self._ctx, span.first, len(span.days) // WEEK, seen), "")

    def _go(self, step: Step, reason: str) -> None:
        self._tasks.run(self, lambda: step(reason), self._on_published, lambda error: self._on_refused(step, error))

    def _on_published(self, mondays: Sequence[date]) -> None:
        if mondays:
            told = ngettext("{count} week published.", "{count} weeks published.", len(mondays))
            self.published.emit(told.format(count=len(mondays)))
        else:
            self.too_late.emit(
                _("Too late: what was drafted has begun or is over. The roster is again as it was published.")
            )

    def _on_refused(self, step: Step, error: Exception) -> None:
        if isinstance(error, BrokenRulesError):
            self._ask(step, error.count)
        else:
            self.refused.emit(error)

    def _ask(self, step: Step, broken: int) -> None:
        """Publish although rules are broken: somebody answers for it, with a reason."""
        asked = _("{count} rules are broken. Why publish it all the same?").format(count=broken)
        dialog = ReasonDialog(
            self._tasks, _("Publish with broken rules"), _("Publish"), lambda _r: None, self._window(), asked=asked
        )
        dialog.accepted.connect(lambda: self._go(step, dialog.reason.text().strip()))
        dialog.open()
