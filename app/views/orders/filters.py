"""The filter bar above the order list: channel, days, whose, how much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QDoubleSpinBox, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.services.orders.rows import OrderFilter
from app.services.orders.words import channel_word
from app.views.theme import GAP_2, GAP_3
from app.views.widgets.date_edit import date_edit
from app.views.widgets.labels import label

MOST = 9_999_999.0


class Period(StrEnum):
    """Days that move on with the calendar, and those that were chosen one by one."""

    ANY = "any"
    TODAY = "today"
    YESTERDAY = "yesterday"
    WEEK = "week"
    MONTH = "month"
    CHOSEN = "chosen"


WORDS = {
    Period.ANY: N_("Accepted any day"),
    Period.TODAY: N_("Accepted today"),
    Period.YESTERDAY: N_("Accepted yesterday"),
    Period.WEEK: N_("Accepted in the last 7 days"),
    Period.MONTH: N_("Accepted in the last 30 days"),
    Period.CHOSEN: N_("Accepted on these days"),
}
REACH = {Period.TODAY: (0, 0), Period.YESTERDAY: (1, 1), Period.WEEK: (6, 0), Period.MONTH: (29, 0)}  # days back


class FilterBar(QWidget):
    """What narrows the list besides queue and search; `today` is the office's day."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.channel, self.period = QComboBox(), QComboBox()
        self.channel.setAccessibleName(_("Channel"))
        self.channel.addItem(_("All channels"), "")
        self.period.setAccessibleName(_("Days"))
        for period in Period:
            self.period.addItem(_(WORDS[period]), period)
        self.since, self.until = self._date(_("Accepted from")), self._date(_("Accepted until"))
        self._dash = label("–", "dim")
        self.least, self.most = _amount(_("Amount from")), _amount(_("Amount up to"))
        self.mine, self.unclaimed = QCheckBox(_("Mine")), QCheckBox(_("Unclaimed"))
        self.late, self.uncancelled = QCheckBox(_("Late")), QCheckBox(_("Not cancelled"))
        self._build_layout()
        self._show_days()
        self._connect()

    def _build_layout(self) -> None:
        days = (self.channel, self.period, self.since, self._dash, self.until)
        sums = (label(_("Amount"), "dim"), self.least, label("–", "dim"), self.most)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_3, 0, GAP_3, GAP_2)
        column.setSpacing(GAP_2)
        for parts in (days, (*sums, *self._boxes())):
            row = QHBoxLayout()
            row.setSpacing(GAP_2)
            for part in parts:
                if isinstance(part, QCheckBox):
                    row.addSpacing(GAP_3 - GAP_2)
                row.addWidget(part)
            row.addStretch(1)
            column.addLayout(row)

    def _connect(self) -> None:
        self.channel.currentIndexChanged.connect(self.changed)
        self.period.currentIndexChanged.connect(self._on_period_changed)
        for edit in (self.since, self.until):
            edit.dateChanged.connect(self.changed)
        for spin in (self.least, self.most):
            spin.editingFinished.connect(self.changed)
        for box in self._boxes():
            box.toggled.connect(self.changed)

    def _boxes(self) -> tuple[QCheckBox, ...]:
        return self.mine, self.unclaimed, self.late, self.uncancelled

    def set_channels(self, channels: list[str]) -> None:
        """Offer these channels."""
        before = self.channel.currentData()
        self.channel.blockSignals(True)
        while self.channel.count() > 1:
            self.channel.removeItem(1)
        for channel in channels:
            self.channel.addItem(channel_word(channel), channel)
        self._choose_channel(before)
        self.channel.blockSignals(False)

    def narrow(self, base: OrderFilter) -> OrderFilter:
        """`base` narrowed by what the bar says."""
        since, until = self._days()
        return replace(
            base,
            channel=self.channel.currentData() or "",
            late=self.late.isChecked(),
            mine=self.mine.isChecked(),
            unclaimed=self.unclaimed.isChecked(),
            uncancelled=self.uncancelled.isChecked(),
            accepted_from=since,
            accepted_to=until,
            least=round(self.least.value() * 100) or None,
            most=round(self.most.value() * 100) or None,
        )

    def show_filter(self, wanted: OrderFilter, period: Period = Period.ANY) -> None:
        """Show what a saved view says; a period goes before the days that it was on the day of saving."""
        before = self.blockSignals(True)
        self._choose_channel(wanted.channel)
        chosen = wanted.accepted_from is not None or wanted.accepted_to is not None
        self.period.setCurrentIndex(self.period.findData(Period.CHOSEN if chosen and period is Period.ANY else period))
        for edit, day in ((self.since, wanted.accepted_from), (self.until, wanted.accepted_to)):
            edit.setDate(_qdate(day or self._today()))
        chosen_boxes = (wanted.mine, wanted.unclaimed, wanted.late, wanted.uncancelled)
        for box, checked in zip(self._boxes(), chosen_boxes, strict=True):
            box.setChecked(checked)
        self.least.setValue((wanted.least or 0) / 100)
        self.most.setValue((wanted.most or 0) / 100)
        self.blockSignals(before)
        self.changed.emit()

    def clear(self) -> None:
        """Narrow nothing."""
        self.show_filter(OrderFilter())

    def chosen_period(self) -> Period:
        """The period that is chosen."""
        return Period(self.period.currentData())

    def _days(self) -> tuple[date | None, date | None]:
        period, today = self.chosen_period(), self._today()
        if period is Period.CHOSEN:
            return _date_of(self.since), _date_of(self.until)
        if period is Period.ANY:
            return None, None
        first, last = REACH[period]
        return today - timedelta(days=first), today - timedelta(days=last)

    def _choose_channel(self, channel: str) -> None:
        if channel and self.channel.findData(channel) < 0:
            self.channel.addItem(channel_word(channel), channel)
        self.channel.setCurrentIndex(max(self.channel.findData(channel), 0))

    def _on_period_changed(self) -> None:
        self._show_days()
        self.changed.emit()

    def _show_days(self) -> None:
        for part in (self.since, self._dash, self.until):
            part.setVisible(self.chosen_period() is Period.CHOSEN)

    def _date(self, name: str) -> QDateEdit:
        edit = date_edit(_qdate(self._today()))
        edit.setAccessibleName(name)
        return edit


def _amount(name: str) -> QDoubleSpinBox:
    spin = QDoubleSpinBox()
    spin.setRange(0, MOST)
    spin.setDecimals(2)
    spin.setSpecialValueText(_("any"))
    spin.setFixedWidth(110)
    spin.setAccessibleName(name)
    return spin


def _qdate(day: date) -> QDate:
    return QDate(day.year, day.month, day.day)


def _date_of(edit: QDateEdit) -> date:
    chosen = edit.date()
    return date(chosen.year(), chosen.month(), chosen.day())
