"""A dialog that works for a while: a bar tells how far, and Esc stops the work before it closes the dialog."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtWidgets import QDialog, QProgressBar, QWidget

from app.views.tasks import Progress, Tasks

T = TypeVar("T")


class BusyDialog(QDialog):
    """Who derives from it places `bar`, which is seen only while something is under way."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._progress: Progress | None = None
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)  # it is lower than a line of text
        self.bar.hide()

    def run_long(
        self, work: Callable[[Progress], T], then: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """Work off the window's thread; one of `then` and `failed` is called when it is no longer under way."""
        self._progress = Progress(self)
        self._progress.moved.connect(self._on_moved)
        self.bar.setValue(0)
        self.bar.show()

        def came(result: T) -> None:
            self._end()
            then(result)

        def refused(error: Exception) -> None:
            self._end()
            failed(error)

        self._tasks.run_long(self, work, self._progress, came, refused)

    def reject(self) -> None:
        """Stop what is under way, else close."""
        if self._progress is not None:
            self._progress.cancel()
        else:
            super().reject()

    def _on_moved(self, share: float) -> None:
        self.bar.setRange(0, 100)
        self.bar.setValue(int(share * 100))

    def _end(self) -> None:
        self._progress = None
        self.bar.hide()
