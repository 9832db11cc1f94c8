"""What the painters of all lists share: a row's ground and hairline, and text in its place, quickly."""

import functools

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from app.views.theme import current

PAD = 8  # as the style sheet gives the headers, so that a title stands over its column
MARK = 3  # the width of the stroke that marks the row under the keyboard
KEPT_TEXTS = 16_384
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@functools.lru_cache(64)
def colour(name: str) -> QColor:
    """The colour "#RRGGBB"; a frame asks for the same few hundreds of times."""
    return QColor(name)


def paint_row(painter: QPainter, rect: QRect, *, selected: bool, keyboard: bool) -> None:
    """Paint a whole row's ground, the hairline below it without a gap, and the mark of the keyboard's row."""
    theme = current()
    painter.fillRect(rect, colour(theme.selected if selected else theme.surface))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, colour(theme.sunken))
    if keyboard:
        painter.fillRect(rect.left(), rect.top(), MARK, rect.height() - 1, colour(theme.accent))


class CellText:
    """Text of one font in cells; how much of it fits is measured once and remembered."""

    def __init__(self, font: QFont) -> None:
        self._font = font
        self._metrics = QFontMetrics(font)
        self._fits: dict[tuple[str, int], tuple[str, int]] = {}

    def paint(self, painter: QPainter, cell: QRect, text: str, ink: str, *, right: bool = False) -> None:
        """Paint one line within the cell's padding; what is too long ends in an ellipsis."""
        room = cell.width() - 2 * PAD
        shown, width = self._fitted(text, room)
        x = cell.left() + PAD + (room - width if right else 0)
        y = cell.top() + (cell.height() + self._metrics.ascent() - self._metrics.descent()) // 2
        painter.setFont(self._font)
        painter.setPen(colour(ink))
        painter.drawText(x, y, shown)

    def _fitted(self, text: str, room: int) -> tuple[str, int]:
        key = (text, room)
        known = self._fits.get(key)
        if known is None:
            if len(self._fits) >= KEPT_TEXTS:
                self._fits.clear()
            shown = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
            known = self._fits[key] = (shown, self._metrics.horizontalAdvance(shown))
        return known
