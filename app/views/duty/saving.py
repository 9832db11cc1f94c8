"""Cells on their way into the database: what a server that is gone has not taken is kept until it answers."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from app.services.access import Context
from app.services.db import ServerGoneError
from app.services.duty.rosters import Stroke, draw
from app.views.tasks import Tasks


class Saving(QObject):
    """`saved` when all that was sent is taken, `refused` why it was not, `waits` why it has to wait."""

    saved = Signal()
    refused = Signal(object)  # Exception
    waits = Signal(str)

    def __init__(self, ctx: Context, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks = ctx, tasks
        self._under_way = 0
        self._unsaved: list[Sequence[Stroke]] = []

    @property
    def busy(self) -> bool:
        """Whether what the database says is not yet what was drawn."""
        return bool(self._under_way or self._unsaved)

    @property
    def unsaved(self) -> bool:
        """Whether something waits for a server that is gone."""
        return bool(self._unsaved)

    def send(self, strokes: Sequence[Stroke]) -> None:
        """Save cells."""
        ctx = self._ctx
        self._under_way += 1
        self._tasks.run(
            self, lambda: draw(ctx, strokes), self._on_drawn, lambda error: self._on_not_drawn(strokes, error)
        )

    def send_again(self) -> None:
        """Save what had to wait."""
        waiting, self._unsaved = self._unsaved, []
        for strokes in waiting:
            self.send(strokes)

    def _on_drawn(self, _none: object) -> None:
        self._under_way = max(self._under_way - 1, 0)
        if not self._under_way:
            self.saved.emit()

    def _on_not_drawn(self, strokes: Sequence[Stroke], error: Exception) -> None:
        """What is refused is not drawn; what could not be taken stays on the screen until it can."""
        if isinstance(error, ServerGoneError):
            self._under_way = max(self._under_way - 1, 0)
            self._unsaved.append(strokes)
            self.waits.emit(str(error))
        else:
            self._under_way = 0
            self.refused.emit(error)
