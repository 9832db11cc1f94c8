"""A table whose rows are checked and unchecked: what is checked is taken."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QLineF, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.i18n import N_, _
from app.views.theme import current
from app.views.widgets.cells import PAD, paint_row
from app.views.widgets.list_table import Column, Index, ListTable

T = TypeVar("T")
BOX = 16
WIDTH = BOX + 2 * PAD


class CheckTable(ListTable[T]):
    """Space and a press on the box check the chosen rows; `checks_changed` tells of every change."""

    checks_changed = Signal()

    def __init__(
        self, columns: Sequence[Column[T]], name: str, stretched: int, key: Callable[[T], Hashable],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        self._key = key
        self._checked: set[Hashable] = set()
        box: Column[T] = Column(N_("Taken"), lambda row: _("taken") if self.is_checked(row) else _("left out"))
        super().__init__((box, *columns), name, stretched + 1, parent, several=True)
        self.setItemDelegateForColumn(0, _Box(self))

    def show_rows(self, rows: Sequence[T]) -> None:
        super().show_rows(rows)
        self.setColumnWidth(0, max(WIDTH, self.columnWidth(0)))

    def is_checked(self, row: T) -> bool:
        """Whether this row is taken."""
        return self._key(row) in self._checked

    def check(self, rows: Iterable[T], *, checked: bool = True) -> None:
        """Take these rows, or leave them out."""
        keys = {self._key(row) for row in rows}
        self._checked = self._checked | keys if checked else self._checked - keys
        self.viewport().update()
        self.checks_changed.emit()

    def checked_rows(self) -> list[T]:
        """What is taken, in list order."""
        return [row for row in self.all_rows() if self.is_checked(row)]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        chosen = self.chosen_rows()
        if event.key() == Qt.Key.Key_Space and chosen:
            self.check(chosen, checked=not all(self.is_checked(row) for row in chosen))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and index.column() == 0 and event.button() == Qt.MouseButton.LeftButton:
            row = self.all_rows()[index.row()]
            self.check([row], checked=not self.is_checked(row))
            self.setCurrentIndex(index)
        else:
            super().mousePressEvent(event)


class _Box(QStyledItemDelegate):
    def __init__(self, table: CheckTable[Any]) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        paint_row(painter, option.rect, selected=selected, keyboard=self._table.is_marked(index))
        corner = QPoint(option.rect.left() + PAD, option.rect.top() + (option.rect.height() - BOX) // 2)
        paint_box(painter, corner, checked=self._table.is_checked(index.data(Qt.ItemDataRole.UserRole)))


def paint_box(painter: QPainter, corner: QPoint, *, checked: bool) -> None:
    """Paint a check box as the style sheet draws them."""
    theme = current()
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(theme.primary if checked else theme.dim))
    painter.setBrush(QColor(theme.primary if checked else theme.surface))
    painter.drawRoundedRect(QRectF(corner.x() + 0.5, corner.y() + 0.5, BOX - 1, BOX - 1), 4, 4)
    if checked:
        painter.setPen(QPen(QColor(theme.on_accent), 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        low = QPointF(corner) + QPointF(6.8, 11.2)
        painter.drawLines(
            [QLineF(QPointF(corner) + QPointF(3.8, 8.2), low), QLineF(low, QPointF(corner) + QPointF(12.2, 5.2))]
        )
    painter.restore()
