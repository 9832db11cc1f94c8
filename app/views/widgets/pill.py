"""Status pills: a small rounded ground with a word, as a widget and for delegates."""

import functools
import math

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.theme import PILL, SMALL, Kind, Theme, current, font

PAD = 12
CELL_PAD = 9
CELL_HEIGHT = 19


def paint_pill(painter: QPainter, cell: QRect, text: str, kind: Kind) -> None:
    """Paint a pill at the left of a table's cell, centred in its height; too long a word ends in an ellipsis."""
    room = cell.width() - 2 * CELL_PAD
    pixmap = _drawn(text, kind, room, painter.device().devicePixelRatioF(), current())
    painter.drawPixmap(cell.left(), cell.top() + (cell.height() - CELL_HEIGHT) // 2, pixmap)


@functools.lru_cache(4096)
def _drawn(text: str, kind: Kind, room: int, ratio: float, _theme: Theme) -> QPixmap:
    """The pill as a picture: a list paints the same few words again and again, fifty times as fast so."""
    text_font = font(SMALL, bold=True)
    metrics = QFontMetrics(text_font)
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width = metrics.horizontalAdvance(shown) + 2 * CELL_PAD
    result = QPixmap(math.ceil(width * ratio), math.ceil(CELL_HEIGHT * ratio))
    result.setDevicePixelRatio(ratio)
    result.fill(Qt.GlobalColor.transparent)
    painter = QPainter(result)
    painter.setFont(text_font)
    _paint(painter, QRect(0, 0, width, CELL_HEIGHT), shown, kind)
    painter.end()
    return result


def pill_width(text: str) -> int:
    """How wide a cell must be for the pill of `text`, in pixels."""
    return QFontMetrics(font(SMALL, bold=True)).horizontalAdvance(text) + 2 * CELL_PAD


def _paint(painter: QPainter, rect: QRect, text: str, kind: Kind) -> None:
    ink, ground = current().pair(kind)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ground))
    painter.drawRoundedRect(QRectF(rect), rect.height() / 2, rect.height() / 2)
    painter.setPen(QColor(ink))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, text)


class Pill(QWidget):
    """A pill in a layout; one with a key can be pressed by mouse and keyboard.

    With `least` it gives way to so many pixels where there is no room; what it says ends in an ellipsis then.
    """

    pressed = Signal(str)

    def __init__(
        self, text: str = "", kind: Kind = Kind.DIM, parent: QWidget | None = None, *, least: int | None = None
    ) -> None:
        super().__init__(parent)
        self._least = least
        self.setFont(font(SMALL, bold=True))
        policy = QSizePolicy.Policy
        self.setSizePolicy(policy.Fixed if least is None else policy.Maximum, policy.Fixed)
        self._text, self._kind, self._key = "", Kind.DIM, ""
        self.set(text, kind)

    def set(self, text: str, kind: Kind, key: str = "") -> None:
        """Show another word (an empty one hides the pill); `key` is what `pressed` tells."""
        if (text, kind, key) == (self._text, self._kind, self._key) and text:
            return
        self._text, self._kind, self._key = text, kind, key
        self.setAccessibleName(text)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if key else Qt.FocusPolicy.NoFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if key else Qt.CursorShape.ArrowCursor)
        self._show(visible=bool(text))
        self.updateGeometry()
        self.update()

    def _show(self, *, visible: bool) -> None:
        if self.parentWidget() is not None or not visible:
            self.setVisible(visible)
        else:  # not in a layout yet: showing it would open a window; let the layout show it
            self.setAttribute(Qt.WidgetAttribute.WA_WState_ExplicitShowHide, False)

    def text(self) -> str:
        """The word shown."""
        return self._text

    def kind(self) -> Kind:
        """Its colour."""
        return self._kind

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self._text) + 2 * PAD, PILL)

    def minimumSizeHint(self) -> QSize:
        whole = self.sizeHint()
        return whole if self._least is None else QSize(min(self._least, whole.width()), PILL)

    def shown(self) -> str:
        """What of the word has room."""
        if self.width() >= self.sizeHint().width():  # Qt cuts also where the last pixel is shared
            return self._text
        room = max(self.width() - 2 * PAD, 0)
        return self.fontMetrics().elidedText(self._text, Qt.TextElideMode.ElideRight, room)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        _paint(painter, self.rect(), self.shown(), self._kind)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), PILL / 2, PILL / 2)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._key and self.rect().contains(event.position().toPoint()):
            self.pressed.emit(self._key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._key and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.pressed.emit(self._key)
        else:
            super().keyPressEvent(event)
