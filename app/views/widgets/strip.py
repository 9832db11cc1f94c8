"""An inline message above a panel's content: what went wrong or was done, until it is closed or replaced."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from app.i18n import _
from app.views.icons import icon
from app.views.theme import GAP_1, GAP_2, GAP_3, Kind
from app.views.widgets.labels import label

_ICONS = {
    Kind.DANGER: ("alert-circle-outline", "accent"),
    Kind.WARN: ("alert-outline", "warn"),
    Kind.OK: ("check-circle", "ok"),
    Kind.INFO: ("information-outline", "info"),
    Kind.DIM: ("information-outline", "dim"),
}


class Strip(QFrame):
    """Hidden until it has something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._mark = QLabel()
        self._text = label(wrap=True, selectable=True)
        close = QToolButton()
        close.setIcon(icon("close"))
        close.setAccessibleName(_("Close message"))
        close.setToolTip(_("Close message"))
        close.clicked.connect(self.clear)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3, GAP_1, GAP_1, GAP_1)
        row.setSpacing(GAP_2)
        row.addWidget(self._mark)
        row.addWidget(self._text, 1)
        row.addWidget(close)
        self.hide()

    def show_message(self, text: str, kind: Kind = Kind.DANGER) -> None:
        """Show a sentence; a screen reader says it at once."""
        name, colour = _ICONS[kind]
        self._mark.setPixmap(icon(name, colour).pixmap(16, 16))
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setProperty("kind", kind.value)
        for part in (self, self._text):  # the style looks at the property only when asked
            part.style().unpolish(part)
            part.style().polish(part)
        self.show()
        _announce(self, text)

    def clear(self) -> None:
        """Hide it."""
        self._text.clear()
        self.hide()

    def text(self) -> str:
        """The sentence shown, or ""."""
        return self._text.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)


def _announce(strip: Strip, text: str) -> None:
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # its enums cost, and the start needs none

    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(strip, text))
