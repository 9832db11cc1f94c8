"""A small bar chart: one bar a day, the last one today's."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QToolTip, QWidget

from app.views.theme import SMALL, current, font
from app.views.widgets.labels import label

SIDE, TOP, BOTTOM = 20, 40, 36
GRID_LINES = 4
FILL = 0.62  # of a bar's share of the width
ROUND = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what stands under it, how high it is, and what it says when asked."""

    name: str
    value: float
    text: str


class BarChart(QFrame):
    """Bars on a card; a screen reader reads their texts. `bar_opened` by a click, or by arrow keys and Enter."""

    bar_opened = Signal(int)

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", True)
        self.setMinimumHeight(128)
        self._title = title
        self._bars: Sequence[Bar] = ()
        self._top = 0.0
        self._chosen = -1  # the bar under the keyboard
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        caption = label(title, "caption")
        caption.setParent(self)
        caption.move(10, 10)
        self.setAccessibleName(title)

    def set(self, bars: Sequence[Bar], top: float | None = None) -> None:
        """Show bars up to `top` (the highest, where None)."""
        self._bars = bars
        self._top = top or max((bar.value for bar in bars), default=0) * 1.1 or 1
        self.setAccessibleDescription("; ".join(bar.text for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 174)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme, plot = current(), self._plot()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(theme.sunken))
        for step in range(GRID_LINES + 1):
            y = plot.bottom() + 1 - plot.height() * step // GRID_LINES
            painter.drawLine(plot.left(), y, plot.right(), y)
        painter.setFont(font(SMALL - 1))
        for index, bar in enumerate(self._bars):
            last = index == len(self._bars) - 1
            self._paint_bar(painter, bar, self._column(plot, index), theme.primary if last else theme.bar)
        if self.hasFocus() and 0 <= self._chosen < len(self._bars):
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self._column(plot, self._chosen).adjusted(0, -4, 0, 20), ROUND, ROUND)

    def _paint_bar(self, painter: QPainter, bar: Bar, column: QRectF, colour: str) -> None:
        height = column.height() * min(max(bar.value / self._top, 0.0), 1.0)
        width = column.width() * FILL
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colour))
        body = QRectF(column.center().x() - width / 2, column.bottom() - height, width, height)
        painter.drawRoundedRect(body, ROUND, ROUND)
        painter.setPen(QColor(current().dim))
        foot = QRectF(column.left(), column.bottom() + 4, column.width(), 18)
        painter.drawText(foot, Qt.AlignmentFlag.AlignCenter, bar.name)

    def _plot(self) -> QRect:
        return self.rect().adjusted(SIDE, TOP, -SIDE, -BOTTOM)

    def _column(self, plot: QRect, index: int) -> QRectF:
        share = plot.width() / len(self._bars)
        return QRectF(plot.left() + share * index, plot.top(), share, plot.height())

    def _bar_at(self, x: float) -> int | None:
        plot = self._plot()
        columns = ((index, self._column(plot, index)) for index in range(len(self._bars)))
        return next((index for index, column in columns if column.left() <= x < column.right()), None)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = self._bar_at(event.pos().x())
            QToolTip.showText(event.globalPos(), "" if index is None else self._bars[index].text, self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        index = self._bar_at(event.position().x())
        if index is not None and self.rect().contains(event.position().toPoint()):
            self.bar_opened.emit(index)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._choose(len(self._bars) - 1 if self._chosen < 0 else self._chosen)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._choose(self._chosen + (1 if event.key() == Qt.Key.Key_Right else -1))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._chosen >= 0:
            self.bar_opened.emit(self._chosen)
        else:
            super().keyPressEvent(event)

    def _choose(self, index: int) -> None:
        self._chosen = min(max(index, 0), len(self._bars) - 1)
        if self._chosen >= 0:
            self.setAccessibleDescription(self._bars[self._chosen].text)
        self.update()
