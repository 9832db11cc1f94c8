"""The search box: tells what to search for with every key."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from app.views.icons import icon
from app.views.widgets.line_edit import LineEdit

AROUND = 64  # the magnifier and the padding at both ends


class SearchBox(LineEdit):
    """Emits `searched` with the text, never twice the same, never with half a composition."""

    searched = Signal(str)
    left = Signal()  # Down or Enter: the person wants the list

    def __init__(self, hint: str, *briefer: str, parent: QWidget | None = None) -> None:
        """`briefer` ones, longest first, stand there where the whole hint would be cut."""
        super().__init__(parent=parent)
        self._hints = (hint, *briefer)
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self.setMaxLength(200)
        self.addAction(icon("magnify"), QLineEdit.ActionPosition.LeadingPosition)
        self._told = ""
        self.textChanged.connect(self._tell)

    def hint_width(self) -> int:
        """How wide the box must be for its hint not to be cut."""
        return self._room_for(self._hints[0])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = (hint for hint in self._hints if self._room_for(hint) <= self.width())
        self.setPlaceholderText(next(fitting, self._hints[-1]))

    def _room_for(self, hint: str) -> int:
        return self.fontMetrics().horizontalAdvance(hint) + AROUND

    def show_text(self, text: str) -> None:
        """Show what a list was searched for before; nobody is told of it."""
        if text != self._told:
            self._told = text
            self.setText(text)

    def grab_focus(self) -> None:
        """Take the focus with everything selected, so that typing replaces it."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down) and not self.composing:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self, text: str) -> None:
        text = text.strip()
        if text != self._told:
            self._told = text
            self.searched.emit(text)
