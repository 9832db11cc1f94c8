"""The filter bar above the order list: channel, days, whose, how much."""

from datetime import date

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDoubleSpinBox, QHBoxLayout, QWidget

from app.i18n import _
from app.services.orders.rows import OrderFilter
from app.services.orders.words import channel_word
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.labels import label

NO_DATE = QDate(2000, 1, 1)
MOST = 9_999_999.0


class FilterBar(QWidget):
    """What narrows the list besides queue and search."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.channel = QComboBox()
        self.channel.setAccessibleName(_("Channel"))
        self.channel.addItem(_("All channels"), "")
        self.since, self.until = _date(_("Accepted from")), _date(_("Accepted until"))
        self.least, self.most = _amount(_("Amount from")), _amount(_("Amount up to"))
        self.mine, self.unclaimed = QCheckBox(_("Mine")), QCheckBox(_("Unclaimed"))
        self.late = QCheckBox(_("Late"))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_3, 0, GAP_3, GAP_2)
        row.setSpacing(GAP_2)
        days: list[QWidget] = [self.channel, label(_("Accepted"), "dim"), self.since, label("–", "dim"), self.until]
        sums: list[QWidget] = [label(_("Amount"), "dim"), self.least, label("–", "dim"), self.most]
        for part in days + sums:
            row.addWidget(part)
        for box in (self.mine, self.unclaimed, self.late):
            row.addWidget(box)
            box.toggled.connect(self.changed)
        row.addStretch(1)
        self.channel.currentIndexChanged.connect(self.changed)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self.changed)
        for spin in (self.least, self.most):
            spin.editingFinished.connect(self.changed)

    def set_channels(self, channels: list[str]) -> None:
        """Offer these channels."""
        before = self.channel.currentData()
        self.channel.blockSignals(True)
        while self.channel.count() > 1:
            self.channel.removeItem(1)
        for channel in channels:
            self.channel.addItem(channel_word(channel), channel)
        self.channel.setCurrentIndex(max(self.channel.findData(before), 0))
        self.channel.blockSignals(False)

    def narrow(self, base: OrderFilter) -> OrderFilter:
        """`base` narrowed by what the bar says."""
        return OrderFilter(
            queue=base.queue,
            text=base.text,
            channel=self.channel.currentData() or "",
            late=self.late.isChecked(),
            mine=self.mine.isChecked(),
            unclaimed=self.unclaimed.isChecked(),
            accepted_from=_day(self.since),
            accepted_to=_day(self.until),
            least=round(self.least.value() * 100) or None,
            most=round(self.most.value() * 100) or None,
        )

    def show_filter(self, wanted: OrderFilter) -> None:
        """Show what a saved view says."""
        self.blockSignals(True)
        self.channel.setCurrentIndex(max(self.channel.findData(wanted.channel), 0))
        self.late.setChecked(wanted.late)
        self.mine.setChecked(wanted.mine)
        self.unclaimed.setChecked(wanted.unclaimed)
        for edit, day in ((self.since, wanted.accepted_from), (self.until, wanted.accepted_to)):
            edit.setDate(NO_DATE if day is None else QDate(day.year, day.month, day.day))
        self.least.setValue((wanted.least or 0) / 100)
        self.most.setValue((wanted.most or 0) / 100)
        self.blockSignals(False)
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing."""
        self.show_filter(OrderFilter())


def _date(name: str) -> QDateEdit:
    edit = QDateEdit(NO_DATE)
    edit.setCalendarPopup(True)
    edit.setMinimumDate(NO_DATE)
    edit.setSpecialValueText(_("any day"))
    edit.setDisplayFormat("yyyy-MM-dd")
    edit.setAccessibleName(name)
    return edit


def _amount(name: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0, MOST)
    spin.setDecimals(2)
    spin.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    spin.setSpecialValueText(_("any"))
    spin.setFixedWidth(84)
    spin.setAccessibleName(name)
    return spin


def _day(edit: QDateEdit) -> date | None:
    chosen = edit.date()
    return None if chosen == NO_DATE else date(chosen.year(), chosen.month(), chosen.day())
