"""A notice or a line of a file, read whole."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import _
from app.services.access import Context
from app.views.tasks import Tasks
from app.views.theme import GAP_3, Kind
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
    """Esc and Ctrl+Enter leave."""

    def __init__(self, ctx: Context, tasks: Tasks, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("reading_dialog")
        self.finished.connect(self.deleteLater)
        self.setWindowTitle(reading.title)
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
        self.close_button = QPushButton(_("Close"))
        self.close_button.setToolTip(_("Close") + " (Ctrl+Enter)")
        self.close_button.clicked.connect(self.accept)
        self.close_button.setAutoDefault(False)  # the Enter that opened it, pressed twice, does not shut it at once
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self.accept).setAutoRepeat(False)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.close_button)
        return row

    def refuse(self, error: Exception) -> None:
        """Say why it does not count as read."""
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
