"""The service calendar as a field."""

from datetime import date
from typing import cast

import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.duty.hours import WeekdayError
from app.services.duty.service_calendar import ServiceCalendar
from app.services.office import office_settings
from app.views.settings.dialog import SettingsDialog
from app.views.settings.hours_field import HoursField
from tests.factories import Office
from tests.views.settings.conftest import Opened

TODAY = date(2026, 11, 23)
NEW_YEAR = frozenset(date(2027, 1, day) for day in (1, 2, 3))


@pytest.fixture
def field(qtbot: QtBot) -> HoursField:
    result = HoursField(TODAY)
    qtbot.addWidget(result)
    result.show_value(ServiceCalendar(closed=NEW_YEAR, extra={date(2027, 1, 9): ((540, 1020),)}).to_json())
    result.show()
    return result


def calendar(field: HoursField) -> ServiceCalendar:
    return ServiceCalendar.from_json(field.value())


def shown_days(field: HoursField) -> list[tuple[str, str]]:
    model = field.days.table.model()
    return [(model.index(row, 0).data(), model.index(row, 1).data()) for row in range(model.rowCount())]


def add(field: HoursField, first: date, last: date, hours: str) -> None:
    field.days.first.setDate(QDate(first.year, first.month, first.day))
    field.days.last.setDate(QDate(last.year, last.month, last.day))
    field.days.hours.setText(hours)
    QTest.keyClick(field.days.hours, Qt.Key.Key_Return)


def test_a_calendar_shown_and_not_touched_is_the_same_text(field: HoursField) -> None:
    loose = ' {"weekly": [["08:30-21:00"],[],[],[],[],[],[]],"closed":[],"extra":{"2027-01-01":[]},"zone":"Asia/Tokyo"}'
    field.show_value(loose)
    assert field.value() == loose


def test_several_spans_a_day_and_a_closed_one(field: HoursField) -> None:
    field.lines[0].setText("8:30-12:00，13:30—21:00")
    field.lines[6].setText("")
    week = calendar(field).weekly
    assert week[0] == ((510, 720), (810, 1260))
    assert week[6] == ()
    assert week[1:6] == ServiceCalendar().weekly[1:6]


def test_what_cannot_stand_is_said_beside_its_line(field: HoursField) -> None:
    field.lines[2].setText("8-12, 11-13")
    assert "overlap" in field._notes[2].text()
    assert field.lines[2].property("wrong")
    assert [note.text() for place, note in enumerate(field._notes) if place != 2] == [""] * 6
    with pytest.raises(WeekdayError, match=r"^Wednesday: "):
        field.value()
    field.lines[2].setText("8-12, 13-18")
    assert field._notes[2].text() == ""
    assert not field.lines[2].property("wrong")


def test_mondays_hours_for_every_day(field: HoursField) -> None:
    field.lines[0].setText("9-18")
    field._on_same()
    assert calendar(field).weekly == (((540, 1080),),) * 7


def test_days_in_a_row_stand_in_one_row(field: HoursField) -> None:
    assert shown_days(field) == [
        ("2027-01-01 – 2027-01-03  Friday – Sunday", "closed"),
        ("2027-01-09  Saturday", "09:00-17:00"),
    ]


def test_a_holiday_is_added_and_a_day_in_it_worked_instead(field: HoursField, qtbot: QtBot) -> None:
    with qtbot.waitSignal(field.changed):
        add(field, date(2026, 10, 1), date(2026, 10, 7), "")
    add(field, date(2026, 10, 3), date(2026, 10, 3), "9-12")
    set_now = calendar(field)
    assert set_now.windows_of(date(2026, 10, 3)) == ((540, 720),)
    assert all(set_now.windows_of(date(2026, 10, day)) == () for day in (1, 2, 4, 7))
    assert set_now.windows_of(date(2026, 10, 8)) == ((510, 1260),)
    assert len(shown_days(field)) == 5


def test_days_the_wrong_way_round_and_hours_that_are_none_are_refused(field: HoursField) -> None:
    before = shown_days(field)
    add(field, date(2026, 10, 7), date(2026, 10, 1), "")
    assert "in this order" in field.days._note.text()
    add(field, date(2026, 10, 1), date(2026, 10, 1), "morning")
    assert "no span of hours" in field.days._note.text()
    assert shown_days(field) == before


def test_a_row_is_removed_by_key(field: HoursField, qtbot: QtBot) -> None:
    field.days.table.selectRow(0)
    field.days.table.setFocus()
    field.activateWindow()
    qtbot.waitUntil(field.days.table.hasFocus)
    QTest.keyClick(field.days.table, Qt.Key.Key_Delete)
    assert shown_days(field) == [("2027-01-09  Saturday", "09:00-17:00")]
    assert calendar(field).closed == frozenset()


def test_a_later_first_day_takes_the_last_one_along(field: HoursField) -> None:
    field.days.first.setDate(QDate(2027, 5, 1))
    assert field.days.last.date() == QDate(2027, 5, 1)


def hours_of(dialog: SettingsDialog) -> HoursField:
    return cast(HoursField, dialog.findChild(HoursField, "service_calendar"))


def test_in_the_dialog_it_is_saved_and_the_preview_follows(opened: Opened, file_office: Office) -> None:
    dialog = opened("manager")
    field = hours_of(dialog)
    add(field, date(2026, 11, 24), date(2026, 11, 24), "")
    assert "is due at Wednesday 11-25 08:35" in dialog.pages["hours"]._preview.text()
    field.lines[0].setText("8:30-12:00, 11:00-21:00")
    assert "Monday: Two spans of service hours overlap" in dialog.state.text()
    assert not dialog.save.isEnabled()
    field.lines[0].setText("8:30-12:00, 13:00-20:00")
    assert "Monday 11-23 19:55 is due at Wednesday 11-25 08:35" in dialog.pages["hours"]._preview.text()
    dialog.take()
    kept = ServiceCalendar.from_json(office_settings(file_office.ctx("manager")).service_calendar)
    assert kept.weekly[0] == ((510, 720), (780, 1200))
    assert kept.closed == frozenset({date(2026, 11, 24)})


def test_a_week_without_any_hours_is_refused(opened: Opened) -> None:
    dialog = opened("manager")
    for line in hours_of(dialog).lines:
        line.setText("")
    assert "At least one day of the week" in dialog.pages["hours"].form.error("service_calendar")
    assert not dialog.save.isEnabled()


def test_who_may_only_read_cannot_take_a_day_away(opened: Opened) -> None:
    dialog = opened("service")
    dialog.list.choose("hours")
    field = hours_of(dialog)
    field.show_value(ServiceCalendar(closed=NEW_YEAR).to_json())
    before = shown_days(field)
    field.days.table.selectRow(0)
    QTest.keyClick(field.days.table, Qt.Key.Key_Delete)
    QTest.keyClick(field.days.hours, Qt.Key.Key_Return)
    assert shown_days(field) == before
