"""A customer's orders, newest first; Enter goes to one of them."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.money import format_money
from app.services.orders.rows import OrderRow
from app.services.orders.words import channel_word, state_word
from app.views.theme import GAP_3
from app.views.times import day_time, listed_day_time
from app.views.widgets.labels import label
from app.views.widgets.list_table import Column, ListTable
from app.views.widgets.room import resize_within

GOODS = 4


class HistoryDialog(QDialog):
    """Shows them; `order_chosen` with the order's id."""

    order_chosen = Signal(int)

    def __init__(self, name: str, rows: Sequence[OrderRow], now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("history_dialog")
        self.finished.connect(self.deleteLater)
        title = _("Orders of {name}").format(name=name) if name else _("Orders of this customer")
        self.setWindowTitle(title)
        resize_within(self, 820, 420)
        self.table = ListTable(_columns(now), title, GOODS)
        self.table.show_rows(rows)
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
        row = self.table.current_row()
        if row is not None:
            self.accept()
            self.order_chosen.emit(row.id)


def _columns(now: datetime) -> tuple[Column[OrderRow], ...]:
    return (
        Column(
            N_("Accepted"),
            lambda row: listed_day_time(row.accepted_at, now),
            hint=lambda row: day_time(row.accepted_at, now),
        ),
        Column(N_("Order number"), lambda row: row.number),
        Column(N_("State"), lambda row: state_word(row.state)),
        Column(N_("Channel"), lambda row: channel_word(row.channel)),
        Column(N_("Goods"), lambda row: row.goods),
        Column(N_("Amount"), lambda row: format_money(row.payable, row.currency), right=True),
    )
