"""Fields for a day and for a moment, with a calendar in the theme's colours."""

from datetime import date, datetime

from PySide6.QtCore import QDate, QDateTime, Qt, QTime
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QDateEdit, QDateTimeEdit

from app.clock import OFFICE_ZONE
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


def office_date_edit(day: date) -> QDateEdit:
    """As `date_edit`, for a day of the office."""
    return date_edit(QDate(day.year, day.month, day.day))


def office_moment_edit(moment: datetime) -> QDateTimeEdit:
    """As `moment_edit`, showing the office's time whatever zone the computer is in."""
    at = moment.astimezone(OFFICE_ZONE)
    return moment_edit(QDateTime(QDate(at.year, at.month, at.day), QTime(at.hour, at.minute)))


def chosen_day(field: QDateEdit) -> date:
    """The day that a field shows."""
    return date.fromisoformat(field.date().toString(Qt.DateFormat.ISODate))


def chosen_moment(field: QDateTimeEdit) -> datetime:
    """The moment that an `office_moment_edit` shows."""
    return datetime.fromisoformat(field.dateTime().toString("yyyy-MM-ddTHH:mm")).replace(tzinfo=OFFICE_ZONE)


def _give_calendar(field: QDateTimeEdit) -> None:
    field.setCalendarPopup(True)
    weekend = QTextCharFormat()
    weekend.setForeground(QColor(current().accent))
    for weekday in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
        field.calendarWidget().setWeekdayTextFormat(weekday, weekend)
