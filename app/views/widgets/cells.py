"""What the delegates of all lists share: a row's ground and hairline, and text in its place."""

import functools

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from app.views.theme import current

PAD = 12
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
CENTRE = Qt.AlignmentFlag.AlignCenter


def paint_ground(painter: QPainter, option: QStyleOptionViewItem, *, keyboard: bool = False) -> None:
    """Paint a cell's ground (tinted where selected) and the hairline below; `keyboard` marks the current cell."""
    theme = current()
    rect: QRect = option.rect
    if option.state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, QColor(theme.selected))
    painter.fillRect(rect.left(), rect.bottom(), rect.width(), 1, QColor(theme.sunken))
    if keyboard:
        painter.fillRect(rect.left(), rect.top(), 3, rect.height() - 1, QColor(theme.accent))


def paint_text(
    painter: QPainter,
    rect: QRect,
    text: str,
    text_font: QFont,
    colour: str | None = None,
    align: Qt.AlignmentFlag = LEFT,
) -> None:
    """Paint one line within a cell's padding; `colour` is "#RRGGBB", the ink where None."""
    painter.setFont(text_font)
    painter.setPen(QColor(colour or current().ink))
    room = rect.adjusted(PAD, 0, -PAD, 0)
    painter.drawText(room, align, _elided(text, room.width(), text_font))


@functools.lru_cache(16_384)
def _elided(text: str, width: int, text_font: QFont) -> str:
    """A list asks for the same texts at each frame of a scroll."""
    return QFontMetrics(text_font).elidedText(text, Qt.TextElideMode.ElideRight, width)
