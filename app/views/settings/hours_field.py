"""The service calendar as a field: the week's hours a line a day, and the days that differ."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from app.i18n import _
from app.services.duty.hours import WEEKDAYS, hours_text, read_week, special_days, weekday_word, with_special_days
from app.services.duty.service_calendar import ServiceCalendar
from app.views.settings.days_field import DaysField
from app.views.settings.hours_line import hours_fault, mark_line
from app.views.theme import GAP_1, GAP_2
from app.views.widgets.labels import label
from app.views.widgets.line_edit import LineEdit

LINE_WIDTH, DAY_WIDTH = 250, 80


class HoursField(QWidget):
    """The whole calendar; what cannot be read is said beside its line while somebody types."""

    changed = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._shown = ServiceCalendar()
        self._text = self._shown.to_json()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_2)
        self.lines: list[LineEdit] = []
        self._notes: list[QLabel] = []
        column.addLayout(self._week())
        self.days = DaysField(today)
        self.days.changed.connect(self.changed)
        column.addWidget(self.days)
        self.setFocusProxy(self.lines[0])

    def _week(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GAP_1)
        grid.setColumnStretch(2, 1)
        for weekday in range(len(WEEKDAYS)):
            line, note = LineEdit(), label("", "error", wrap=True)
            word = label(weekday_word(weekday))
            word.setFixedWidth(DAY_WIDTH)
            word.setBuddy(line)
            line.setFixedWidth(LINE_WIDTH)
            line.setPlaceholderText(_("closed"))
            line.setAccessibleName(weekday_word(weekday))
            line.textChanged.connect(self._on_typed)
            for place, part in enumerate((word, line, note)):
                grid.addWidget(part, weekday, place)
            self.lines.append(line)
            self._notes.append(note)
        same = QPushButton(_("Monday's hours for every day"))
        same.setAutoDefault(False)
        same.clicked.connect(self._on_same)
        grid.addWidget(same, len(WEEKDAYS), 1)
        return grid

    def value(self) -> str:
        """The calendar as its text; raises AppError with the sentence for the first line that cannot be read."""
        week = read_week([line.text() for line in self.lines])
        if week == self._shown.weekly and self.days.value() == special_days(self._shown):
            return self._text
        bare = ServiceCalendar(week, zone=self._shown.zone)
        return with_special_days(bare, self.days.value()).to_json()

    def show_value(self, text: str) -> None:
        """Show a calendar."""
        self._text, self._shown = text, ServiceCalendar.from_json(text)
        for line, windows in zip(self.lines, self._shown.weekly, strict=True):
            line.setText(hours_text(windows))
        self.days.show_value(special_days(self._shown))

    def _on_typed(self) -> None:
        for line, note in zip(self.lines, self._notes, strict=True):
            mark_line(line, note, hours_fault(line.text()))
        self.changed.emit()

    def _on_same(self) -> None:
        for line in self.lines[1:]:
            line.setText(self.lines[0].text())
