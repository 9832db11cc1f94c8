"""Fields for a day and for a moment, with a calendar in the theme's colours."""

from PySide6.QtCore import QDate, QDateTime, Qt
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from app.views.theme import current


def date_edit(day: QDate) -> QDateEdit:
    """A field that shows `day` as 2026-11-23 in both languages, as the office writes it."""
    result = QDateEdit(day)
    result.setDisplayFormat("yyyy-MM-dd")
    _give_calendar(result)
    return result


def moment_edit(moment: QDateTime) -> QDateTimeEdit:
    """A field that shows `moment` as 2026-11-23 09:30."""
    result = QDateTimeEdit(moment)
    result.setDisplayFormat("yyyy-MM-dd HH:mm")
    _give_calendar(result)
    return result


def _give_calendar(field: QDateTimeEdit) -> None:
    field.setCalendarPopup(True)
    weekend = QTextCharFormat()
    weekend.setForeground(QColor(current().accent))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        field.calendarWidget().setWeekdayTextFormat(weekday, weekend)
