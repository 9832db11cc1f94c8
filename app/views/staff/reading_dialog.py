"""A notice or a line of a file, read whole; a notice that is unread is signed with one press."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.attachments import Attachments
from app.views.widgets.labels import label
from app.views.widgets.room import resize_within
from app.views.widgets.strip import Strip

WIDTH, HEIGHT, MARGIN = 620, 460, 24


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read."""

    title: str
    told: str  # whose it is, and since when
    text: str
    files: tuple[str, ...] = ()


class ReadingDialog(QDialog):
    """Esc leaves; with a `step`, Ctrl+Enter says that it was read, and the dialog is accepted."""

    def __init__(
        self, ctx: Context, tasks: Tasks, reading: Reading, step: Callable[[], object] | None,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("reading_dialog")
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(reading.title)
        self._tasks, self._step = tasks, step
        self.strip = Strip()
        self.text = QPlainTextEdit(reading.text)
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(reading.title)
        files = Attachments(ctx, tasks)
        files.show_files(reading.files)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        column.setSpacing(GAP_3)
        for part in (label(reading.title, "heading", wrap=True), label(reading.told, "small", wrap=True), self.strip):
            column.addWidget(part)
        column.addWidget(self.text, 1)
        column.addWidget(files)
        column.addLayout(self._buttons())
        resize_within(self, WIDTH, HEIGHT)
        self.text.setFocus()

    def _buttons(self) -> QHBoxLayout:
        close, self.button = QPushButton(_("Close")), QPushButton(_("Read"))
        close.clicked.connect(self.reject)
        self.button.setProperty("kind", "primary")
        self.button.setToolTip(_("Read") + " (Ctrl+Enter)")
        self.button.setHidden(self._step is None)
        self.button.clicked.connect(self.take)
        for one in (close, self.button):
            one.setAutoDefault(self._step is None)  # the Enter that opened a notice, pressed twice, is no receipt
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self.take).setAutoRepeat(False)
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        row.addStretch(1)
        row.addWidget(close)
        row.addWidget(self.button)
        return row

    def take(self) -> None:
        """Say that it was read."""
        if self._step is not None and self.button.isEnabled():
            self.button.setEnabled(False)
            self._tasks.run(self, self._step, lambda _none: self.accept(), self._refuse)

    def _refuse(self, error: Exception) -> None:
        self.button.setEnabled(True)
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
