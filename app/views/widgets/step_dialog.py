"""The frame of a step's dialog: fields, a message strip, one primary button; it closes when the step was taken."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.i18n import _
from app.views.tasks import Tasks
from app.views.theme import GAP_2, GAP_3, Kind
from app.views.widgets.body import Body
from app.views.widgets.form import Form
from app.views.widgets.labels import label
from app.views.widgets.room import keep_on_screen, room_for
from app.views.widgets.strip import Strip

MARGIN = 24


class StepDialog(QDialog):
    """Ctrl+Enter takes the step from any field; Esc leaves, and asks once where something was typed."""

    def __init__(self, tasks: Tasks, title: str, button: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.finished.connect(self.deleteLater)
        self._tasks = tasks
        self._typed = False  # since it was last asked whether that may be lost
        self._heard: set[QWidget] = set()  # fields that are listened to
        self.setWindowTitle(title)
        self.setMinimumWidth(440)
        self.strip, self.form = Strip(), Form()
        self.button = QPushButton(button)
        self.button.setProperty("kind", "primary")
        self.button.setDefault(True)
        self.button.setToolTip(f"{button} (Ctrl+Enter)")
        self.button.clicked.connect(self.take)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            QShortcut(QKeySequence(Qt.Modifier.CTRL | key), self, self.take).setAutoRepeat(False)
        cancel = QPushButton(_("Cancel"))
        cancel.clicked.connect(self._leave)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP_2)
        self._buttons.addStretch(1)
        self._buttons.addWidget(cancel)
        self._buttons.addWidget(self.button)
        self._title = label(title, "heading", wrap=True)

    def lay_out(self, *parts: QWidget | QLayout) -> None:
        """Place the parts between title and buttons."""
        self._body = Body(*parts)
        self._body.grown.connect(self._fit)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, 20, MARGIN, 20)
        column.setSpacing(GAP_3)
        column.addWidget(self._title)
        column.addWidget(self.strip)
        column.addWidget(self._body, 1)
        column.addLayout(self._buttons)

    def work(self) -> Callable[[], object] | None:
        """The step to take with what was typed; None after an error was shown beside its field."""
        raise NotImplementedError

    def take(self) -> None:
        """Take the step; a refusal shows in the strip and nothing typed is lost."""
        if not self.button.isEnabled():
            return
        for form in self.findChildren(Form):
            form.clear_errors()
        step = self.work()
        if step is not None:
            self.button.setEnabled(False)
            self._tasks.run(self, step, lambda _none: self.accept(), self.refuse)

    def event(self, event: QEvent) -> bool:
        """Grow with what is said below the fields; Qt itself leaves lines that wrap out of account."""
        asked = event.type() == QEvent.Type.LayoutRequest
        done = super().event(event)  # a deferred delete ends the dialog in here
        if asked:
            self._fit()
        return done

    def showEvent(self, event: QShowEvent) -> None:
        """Be as high as needed before Qt looks for the middle of the window."""
        if not event.spontaneous():
            self._listen()
            self._fit()
        super().showEvent(event)

    def _fit(self) -> None:
        layout = self.layout()
        if layout is None:
            return
        room, width = room_for(self), self.width()
        others = layout.totalHeightForWidth(width)  # without the body, whose policy leaves it out
        self._body.take_height(width - 2 * MARGIN, QSize(room.width() - 2 * MARGIN, room.height() - others))
        self.resize(width, min(max(others + self._body.minimumHeight(), self.height()), room.height()))
        keep_on_screen(self)

    def reject(self) -> None:
        """Leave; where something was typed, say so first and leave when asked again."""
        if self._typed:
            self._typed = False
            text = _("What you typed is not saved. Press Esc once more, or Cancel, to drop it.")
            self.strip.show_message(text, Kind.WARN)
        else:
            self._leave()

    def _leave(self) -> None:
        """Leave, but not while the step is being taken: nobody would hear how it went."""
        if self.button.isEnabled():
            super().reject()

    def _listen(self) -> None:
        """Hear of what somebody types into any field, and not of what the program fills in."""
        lines, areas = self.findChildren(QLineEdit), self.findChildren(QPlainTextEdit)  # lines of spin boxes as well
        for line in set(lines) - self._heard:
            line.textEdited.connect(self._on_text_edited)
        for area in set(areas) - self._heard:
            area.textChanged.connect(partial(self._on_area_changed, area))
        self._heard |= {*lines, *areas}

    def _on_text_edited(self, _text: str) -> None:
        self._typed = True

    def _on_area_changed(self, area: QPlainTextEdit) -> None:
        if area.document().isUndoAvailable():  # a text that the program puts there cannot be undone
            self._typed = True

    def refuse(self, error: Exception) -> None:
        """Say what stood against the step."""
        self.button.setEnabled(True)
        if not isinstance(error, AppError):
            raise error
        self.strip.show_message(str(error), Kind.DANGER)
