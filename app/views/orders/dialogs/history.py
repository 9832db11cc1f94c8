"""A customer's orders, newest first; Enter goes to one of them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QDialog, QHeaderView, QTableView, QVBoxLayout, QWidget

from app.i18n import _
from app.money import format_money
from app.services.orders.rows import OrderRow
from app.services.orders.words import channel_word, state_word
from app.views.orders.times import day_time
from app.views.theme import GAP_3
from app.views.widgets.labels import label

Index = QModelIndex | QPersistentModelIndex
GOODS = 4


class HistoryModel(QAbstractTableModel):
    """Rows that are all at hand."""

    def __init__(self, rows: Sequence[OrderRow], now: datetime, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.rows = rows
        self._now = now
        self._titles = (_("Accepted"), _("Order number"), _("State"), _("Channel"), _("Goods"), _("Amount"))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 (Qt's own signature)
        return 0 if parent.isValid() else len(self._titles)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        shown = orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole
        return self._titles[section] if shown else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return None
        row = self.rows[index.row()]
        texts = (
            day_time(row.accepted_at, self._now),
            row.number,
            state_word(row.state),
            channel_word(row.channel),
            row.goods,
            format_money(row.payable, row.currency),
        )
        return texts[index.column()]


class HistoryDialog(QDialog):
    """Shows them; `order_chosen` with the order's id."""

    order_chosen = Signal(int)

    def __init__(self, name: str, rows: Sequence[OrderRow], now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_dialog")
        self.finished.connect(self.deleteLater)
        title = _("Orders of {name}").format(name=name) if name else _("Orders of this customer")
        self.setWindowTitle(title)
        self.resize(780, 420)
        self._model = HistoryModel(rows, now, self)
        self.table = QTableView()
        self.table.setModel(self._model)
        self.table.setAccessibleName(title)
        self.table.setShowGrid(False)
        self.table.setWordWrap(False)
        self.table.setTabKeyNavigation(False)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.verticalHeader().hide()
        self.table.resizeColumnsToContents()
        self.table.horizontalHeader().setSectionResizeMode(GOODS, QHeaderView.ResizeMode.Stretch)
        self.table.doubleClicked.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(GAP_3)
        column.addWidget(label(title, "heading", wrap=True))
        column.addWidget(self.table, 1)
        self.table.selectRow(0)
        self.table.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose()
        else:
            super().keyPressEvent(event)

    def _choose(self) -> None:
        place = self.table.currentIndex().row()
        if place >= 0:
            self.accept()
            self.order_chosen.emit(self._model.rows[place].id)
