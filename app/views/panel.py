"""What every panel has: the person's context, the way to work off the window's thread, and when to look again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from app.views.changes import Changes
from app.views.tasks import Tasks
from app.views.widgets.strip import Strip

if TYPE_CHECKING:  # the services bring the database's library, and the first paint does not wait for that
    from app.services.access import Context


class Panel(QWidget):
    """The base of all panels: `watches` names tables, `refresh()` shows them again when one of them changed.

    A panel puts `self.strip` where its messages belong; the error reporter shows there what a rule forbids.
    """

    watches: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, ctx: Context, tasks: Tasks, changes: Changes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.ctx = ctx
        self.tasks = tasks
        self.strip = Strip(self)
        self._stale = True
        changes.changed.connect(self._on_changes_changed)
        changes.day_began.connect(self.begin_day)

    def refresh(self) -> None:
        """Ask the service again and show what it says, keeping selection and scroll position."""
        raise NotImplementedError

    @Slot()
    def begin_day(self) -> None:
        """Say it all again: which day something was on is told as seen from today."""
        self.forget_shown()
        self._refresh_or_wait()

    def forget_shown(self) -> None:
        """For panels that leave what they show alone as long as the service says the same."""

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._refresh_now()

    @Slot(object)
    def _on_changes_changed(self, tables: frozenset[str]) -> None:
        if self.watches & tables:
            self._refresh_or_wait()

    def _refresh_or_wait(self) -> None:
        if self.isVisible():
            self._refresh_now()
        else:
            self._stale = True  # a hidden tab asks when it is looked at, not before

    def _refresh_now(self) -> None:
        self._stale = False
        self.refresh()
