"""Labels in the type sizes of the house, and the two frames that group them."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from app.views.widgets.hints import hint_of

ELLIPSIS = "…"  # as Qt writes it


def label(text: str = "", role: str = "", *, wrap: bool = False, selectable: bool = False) -> QLabel:
    """A label of a role: "" (text), "small", "dim", "strong", "heading", "figure", "error", "danger", "warn"."""
    result = QLabel(text)
    result.setTextFormat(Qt.TextFormat.PlainText)  # what customers wrote is never markup
    if role:
        result.setProperty("role", role)
    result.setWordWrap(wrap)
    if selectable:
        result.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return result


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis where its room ends; the whole text is in the hint."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self.setToolTip(hint_of(text))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        if shown != ELLIPSIS:  # which tells nothing where no word has room beside it
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), self.alignment(), shown)


def card() -> QFrame:
    """A sunken card with a hairline around it."""
    result = QFrame()
    result.setProperty("card", True)
    return result


def hairline() -> QFrame:
    """A line between two parts."""
    result = QFrame()
    result.setProperty("hairline", True)
    return result
