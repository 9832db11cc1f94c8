"""What stands where nothing is yet: a sentence that says what to do, and the button that does it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.icons import icon
from app.views.theme import GAP_2, GAP_4
from app.views.widgets.buttons import plain_button
from app.views.widgets.labels import label

MARK = 32


class EmptyState(QWidget):
    """An icon, a sentence, and perhaps an action, in the middle of the room."""

    def __init__(self, icon_name: str, text: str, action: QAction | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        mark = label()
        mark.setPixmap(icon(icon_name).pixmap(MARK, MARK))
        self._text = label(text, "dim", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_4, GAP_4, GAP_4, GAP_4)
        column.setSpacing(GAP_2)
        column.addStretch(2)
        column.addWidget(mark, 0, Qt.AlignmentFlag.AlignCenter)
        column.addWidget(self._text)
        if action is not None:
            column.addWidget(plain_button(action, show_key=True), 0, Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)

    def set_text(self, text: str) -> None:
        """Say something else, as "nothing found for …"."""
        self._text.setText(text)


def empty_state(icon_name: str) -> EmptyState:
    """What is said over an empty list; the list below it keeps the mouse."""
    state = EmptyState(icon_name, "")
    state.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    state.hide()
    return state
