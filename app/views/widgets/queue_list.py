"""The list at the left of a panel: queues with their live counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.theme import GAP_2, RADIUS, TEXT, current, font
from app.views.widgets.cells import LEFT, RIGHT

Index = QModelIndex | QPersistentModelIndex
PITCH, MARGIN, PAD = 33, 7, 13
WIDTH, COUNT_WIDTH = 173, 34


@dataclass(frozen=True, slots=True)
class Entry:
    """A queue: its key and its word."""

    key: str
    text: str


class QueueModel(QAbstractListModel):
    """The queues and how many wait in each."""

    def __init__(self, entries: Sequence[Entry], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.entries = entries
        self.counts: Mapping[str, int] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entries[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.text
        if role == Qt.ItemDataRole.UserRole:
            return self.counts.get(entry.key, 0)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{entry.text} {self.counts.get(entry.key, 0)}"
        return None

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show other counts."""
        self.counts = counts
        self.dataChanged.emit(self.index(0), self.index(len(self.entries) - 1))


def _least_width(entries: Sequence[Entry]) -> int:
    """What the longest word needs beside a count; a small screen has no more to give."""
    words = QFontMetrics(font(TEXT))
    widest = max((words.horizontalAdvance(entry.text) for entry in entries), default=0)
    return min(widest + 2 * (MARGIN + PAD) + COUNT_WIDTH, WIDTH)


class QueueDelegate(QStyledItemDelegate):
    """Word at the left, count at the right, the chosen one on the accent's ground; greyed while `away`."""

    away = False

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, away = current(), self.away
        rect: QRect = option.rect.adjusted(MARGIN, 0, -MARGIN, 0)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen or option.state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent_ground if chosen and not away else theme.ground))
            painter.drawRoundedRect(rect, RADIUS, RADIUS)
        if chosen and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
        painter.setFont(font(TEXT))
        text = rect.adjusted(PAD, 0, -PAD + 3, 0)
        painter.setPen(QColor(theme.accent if chosen and not away else theme.ink))
        painter.drawText(text, LEFT, str(index.data()))
        count = index.data(Qt.ItemDataRole.UserRole)
        if count:
            painter.setPen(QColor(theme.accent if chosen and not away else theme.dim))
            painter.drawText(text, RIGHT, f"{count:,}")
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(120, PITCH)


class QueueList(QListView):
    """Queues to choose from by mouse, arrow keys or first letters."""

    chosen = Signal(str)

    def __init__(self, entries: Sequence[Entry], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._queues = QueueModel(entries, self)
        self.setModel(self._queues)
        self._delegate = QueueDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setProperty("sidebar", True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setViewportMargins(0, GAP_2 + 1, 0, GAP_2)
        self.setMinimumWidth(_least_width(entries))
        self.setMaximumWidth(WIDTH)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        self.clicked.connect(self._on_clicked)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many wait in each queue, by key; zero shows nothing."""
        self._queues.set_counts(counts)

    def choose(self, key: str) -> None:
        """Choose a queue; `chosen` follows where it was another."""
        keys = [entry.key for entry in self._queues.entries]
        self.setCurrentIndex(self._queues.index(keys.index(key)))

    def set_away(self, *, away: bool) -> None:
        """Say that something else is shown than the chosen queue, which is a press away; `chosen` tells of that."""
        if away != self._delegate.away:
            self._delegate.away = away
            self.viewport().update()

    def current(self) -> str:
        """The chosen queue's key, or ""."""
        row = self.currentIndex().row()
        return self._queues.entries[row].key if row >= 0 else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._on_clicked(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _on_clicked(self, index: QModelIndex) -> None:
        if self._delegate.away and index == self.currentIndex():
            self.chosen.emit(self.current())

    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._queues.entries[index.row()].key)
