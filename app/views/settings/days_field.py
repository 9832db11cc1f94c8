"""Days that differ from the week: closed, or with hours of their own."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from app.errors import AppError
from app.i18n import N_, _
from app.services.duty.hours import (
    DaySpan,
    day_spans,
    days_between,
    hours_text,
    read_hours,
    span_days_text,
    weekday_word,
)
from app.services.duty.service_calendar import Windows
from app.views.settings.hours_line import hours_fault, mark_line
from app.views.theme import GAP_2
from app.views.widgets.date_edit import date_edit
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.list_table import Column, ListTable

DATE_WIDTH = 130
TABLE_HEIGHT = 150


class DaysField(QWidget):
    """A table of them, and a line to add to it."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._days: dict[date, Windows] = {}
        self.table: ListTable[DaySpan] = ListTable(_COLUMNS, _("Days that differ"), 1)
        self.table.setFixedHeight(TABLE_HEIGHT)
        start = QDate(today.year, today.month, today.day)
        self._note = label("", "error", wrap=True)
        self.first, self.last, self.hours = date_edit(start), date_edit(start), LineEdit()
        self.first.dateChanged.connect(self._on_first_changed)
        self.hours.setPlaceholderText(_("closed"))
        self.hours.textChanged.connect(lambda text: mark_line(self.hours, self._note, hours_fault(text)))
        self.hours.returnPressed.connect(self.add)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_2, 0, 0)
        column.setSpacing(GAP_2)
        column.addWidget(label(_("Days that differ: holidays, and days worked instead"), "caption"))
        column.addWidget(self.table)
        column.addLayout(self._entry())
        column.addWidget(self._note)
        QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table, self.remove, context=Qt.ShortcutContext.WidgetShortcut)

    def _entry(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_2)
        for edit, name in ((self.first, _("First day")), (self.last, _("Last day"))):
            edit.setFixedWidth(DATE_WIDTH)
            edit.setAccessibleName(name)
        self.hours.setAccessibleName(_("Hours of these days"))
        for part in (self.first, label("–", "dim"), self.last):
            row.addWidget(part)
        row.addWidget(self.hours, 1)
        for text, slot in ((_("Add"), self.add), (_("Remove"), self.remove)):
            button = QPushButton(text)
            button.setAutoDefault(False)
            button.clicked.connect(slot)
            row.addWidget(button)
        return row

    def value(self) -> dict[date, Windows]:
        """Each day with its hours; none where closed."""
        return dict(self._days)

    def show_value(self, days: Mapping[date, Windows]) -> None:
        """Show these days."""
        self._days = dict(days)
        self.table.show_rows(day_spans(self._days))

    def add(self) -> None:
        """Let the days chosen differ."""
        if self.hours.isReadOnly():
            return
        try:
            days = days_between(_day(self.first.date()), _day(self.last.date()))
            windows = read_hours(self.hours.text())
        except AppError as error:
            mark_line(self.hours, self._note, str(error))
            return
        mark_line(self.hours, self._note, "")
        self.show_value(self._days | dict.fromkeys(days, windows))
        self.changed.emit()

    def remove(self) -> None:
        """Let the days of the chosen row be as in the week again."""
        span = self.table.current_row()
        if span is not None:
            self.show_value({day: hours for day, hours in self._days.items() if not span.first <= day <= span.last})
            self.changed.emit()

    def _on_first_changed(self, day: QDate) -> None:
        if self.last.date() < day:
            self.last.setDate(day)


def _day(day: QDate) -> date:
    return date(day.year(), day.month(), day.day())


def _days_words(span: DaySpan) -> str:
    days, first, last = span_days_text(span), *(weekday_word(day.weekday()) for day in (span.first, span.last))
    return f"{days}  {first}" if span.first == span.last else f"{days}  {first} – {last}"


_COLUMNS: tuple[Column[DaySpan], ...] = (
    Column(N_("Days"), _days_words),
    Column(N_("Hours"), lambda span: hours_text(span.windows) or _("closed")),
)
