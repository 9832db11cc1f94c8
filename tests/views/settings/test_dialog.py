"""The settings dialog: what is typed is checked at once, saved once, and never lost."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QCheckBox,
    QDoubleSpinBox,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTimeEdit,
)
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.services.office import change_settings, office_settings
from app.services.people.accounts import change_person
from app.services.settings.history import settings_history
from app.services.settings.values import NAMES
from app.views.settings.dialog import SettingsDialog
from app.views.settings.fields import AmountsField, FolderField, PostsField
from app.views.settings.page import Page
from tests.factories import Office
from tests.views.settings.conftest import Opened

OF_THE_DUTY = ("duty_rules", "holiday_years", "hotline")  # set where the roster is

CTRL = Qt.KeyboardModifier.ControlModifier


def number(dialog: SettingsDialog, name: str) -> QSpinBox:
    box = dialog.findChild(QSpinBox, name)
    assert box is not None
    return box


def line(dialog: SettingsDialog, name: str) -> QLineEdit:
    found = dialog.findChild(QLineEdit, name)
    assert found is not None
    return found


def error(dialog: SettingsDialog, page: str, name: str) -> str:
    return dialog.pages[page].form.error(name)


def save(dialog: SettingsDialog) -> None:
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)


def test_it_shows_what_is_in_force(opened: Opened, file_office: Office) -> None:
    dialog = opened("manager")
    assert line(dialog, "name").text() == "云酒商行"
    assert [number(dialog, name).value() for name in ("remind_minutes", "lead_minutes", "contact_minutes")] == [
        6,
        8,
        10,
    ]
    time = dialog.findChild(QTimeEdit, "record_time")
    assert time is not None
    assert time.text() == "18:00"
    assert not dialog.save.isEnabled()
    assert dialog.state.text() == ""


def test_one_save_changes_what_was_changed_and_nothing_else(opened: Opened, file_office: Office, qtbot: QtBot) -> None:
    before = office_settings(file_office.ctx("manager"))
    dialog = opened("manager")
    number(dialog, "contact_minutes").setValue(15)
    line(dialog, "name").setText(" 新名字 ")
    assert dialog.state.text() == "2 changes, not saved yet"
    with qtbot.waitSignal(dialog.said) as said:
        save(dialog)
    assert said.args == ["2 settings saved"]
    assert not dialog.isVisible()
    assert office_settings(file_office.ctx("manager")) == replace(before, contact_minutes=15, name="新名字")
    assert len(settings_history(file_office.ctx("manager"))) == 2


def test_what_was_changed_back_is_no_change(opened: Opened) -> None:
    dialog = opened("manager")
    number(dialog, "contact_minutes").setValue(15)
    assert dialog.save.isEnabled()
    number(dialog, "contact_minutes").setValue(10)
    assert not dialog.save.isEnabled()


def test_minutes_in_the_wrong_order_are_told_while_they_are_typed(opened: Opened) -> None:
    dialog = opened("manager")
    number(dialog, "lead_minutes").setValue(5)
    assert error(dialog, "clock", "lead_minutes") == "The lead is told after the reminder: more than 6 minutes."
    assert dialog.list.model().data(dialog.list.model().index(2, 0), Qt.ItemDataRole.AccessibleTextRole) == (
        "Contact clock 1"
    )
    assert not dialog.save.isEnabled()
    assert dialog.state.text().startswith("Tell the lead after (minutes): ")
    number(dialog, "remind_minutes").setValue(3)
    assert error(dialog, "clock", "lead_minutes") == ""
    assert dialog.save.isEnabled()


def test_typing_keeps_the_keyboard_where_it_is(opened: Opened, qtbot: QtBot) -> None:
    dialog = opened("manager")
    dialog.list.choose("clock")
    box = number(dialog, "contact_minutes")
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.selectAll()
    QTest.keyClicks(box, "7")
    assert error(dialog, "clock", "contact_minutes") != ""
    assert box.hasFocus()


def test_the_preview_follows_each_stroke(opened: Opened) -> None:
    dialog = opened("manager")
    page = dialog.pages["clock"]
    assert "Monday 11-23 20:55 is due at Tuesday 11-24 08:35" in page._preview.text()
    number(dialog, "contact_minutes").setValue(30)
    assert "Monday 11-23 20:45 is due at Tuesday 11-24 08:45" in page._preview.text()
    assert dialog.pages["hours"]._preview.text() == page._preview.text()
    line(dialog, "name").setText("")
    assert "08:45" in page._preview.text()
    number(dialog, "contact_minutes").setValue(1)
    assert "Correct what is marked" in page._preview.text()


def test_two_people_at_once_keep_what_they_typed_and_may_insist(opened: Opened, file_office: Office) -> None:
    mine, admin = opened("manager"), file_office.ctx("admin")
    number(mine, "contact_minutes").setValue(20)
    number(mine, "doubled_minutes").setValue(45)
    change_settings(admin, replace(office_settings(admin), contact_minutes=12, record_time="17:30"))
    save(mine)
    assert "“Contact the customer within (minutes)” to “12”" in mine.strip.text()
    assert mine.isVisible()
    assert number(mine, "contact_minutes").value() == 20
    save(mine)
    assert not mine.isVisible()
    now = office_settings(admin)
    assert (now.contact_minutes, now.doubled_minutes, now.record_time) == (20, 45, "17:30")


def test_settings_that_make_sense_only_apart_lead_to_the_field(opened: Opened, file_office: Office) -> None:
    dialog, admin = opened("manager"), file_office.ctx("admin")
    number(dialog, "contact_minutes").setValue(9)
    change_settings(admin, replace(office_settings(admin), lead_minutes=9))
    dialog.list.choose("office")
    save(dialog)
    assert dialog.strip.text().startswith("Contact the customer within (minutes): ")
    assert dialog.list.current() == "clock"
    assert number(dialog, "contact_minutes").value() == 9
    assert dialog.save.isEnabled()


def test_who_may_no_longer_is_told_and_loses_nothing(opened: Opened, file_office: Office) -> None:
    dialog, admin = opened("manager"), file_office.ctx("admin")
    line(dialog, "name").setText("新名字")
    manager = file_office.ctx("manager")
    change_person(admin, manager.person, posts=[manager.post], level=manager.level, active=False, reason="离职")
    save(dialog)
    assert "Sign in again" in dialog.strip.text()
    assert dialog.isVisible()
    assert line(dialog, "name").text() == "新名字"


@pytest.mark.parametrize("role", ["service", "lead", "trainee", "delivery"])
def test_others_read_and_change_nothing(opened: Opened, role: str) -> None:
    dialog = opened(role)
    for page in dialog.pages.values():
        assert all(one.isReadOnly() for one in page.findChildren(QLineEdit))
        assert all(one.isReadOnly() for one in page.findChildren(QAbstractSpinBox))
        assert not any(one.isEnabled() for kind in (QPushButton, QCheckBox) for one in page.findChildren(kind))
        assert "administrator change this" in page._locked.text()
    box = number(dialog, "contact_minutes")
    QTest.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 10
    assert not dialog.save.isEnabled()
    assert dialog.own.sound.isEnabled()


@pytest.mark.parametrize("role", ["manager", "admin"])
def test_who_may_is_not_locked(opened: Opened, role: str) -> None:
    assert not line(opened(role), "name").isReadOnly()


def test_it_is_used_without_a_mouse(opened: Opened, file_office: Office, qtbot: QtBot) -> None:
    dialog = opened("manager")
    dialog.activateWindow()
    dialog.list.setFocus()
    qtbot.waitUntil(dialog.list.hasFocus)
    for _step in range(3):
        QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.list.current() == "checks"
    QTest.keyClick(dialog.list, Qt.Key.Key_Tab)
    box = number(dialog, "unusual_quantity")
    qtbot.waitUntil(box.hasFocus)
    box.selectAll()
    QTest.keyClicks(box, "12")
    QTest.keyClick(box, Qt.Key.Key_PageDown, CTRL)
    assert dialog.list.current() == "authority"
    QTest.keyClick(dialog, Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()
    assert office_settings(file_office.ctx("manager")).unusual_quantity == 12


def test_a_wheel_over_a_number_that_is_not_typed_into_turns_nothing(opened: Opened) -> None:
    dialog = opened("manager")
    dialog.list.choose("clock")
    box = number(dialog, "contact_minutes")
    dialog.list.setFocus()
    turn_wheel(box)
    assert box.value() == 10


def turn_wheel(box: QSpinBox) -> None:
    middle = QPointF(box.rect().center())
    event = QWheelEvent(
        middle, box.mapToGlobal(middle), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)


def test_enter_in_a_field_saves_nothing_by_accident(opened: Opened) -> None:
    dialog = opened("manager")
    line(dialog, "name").setText("新名字")
    QTest.keyClick(line(dialog, "name"), Qt.Key.Key_Return)
    assert dialog.isVisible()


def test_escape_does_not_drop_what_was_typed_and_cancel_does(opened: Opened, file_office: Office) -> None:
    dialog = opened("manager")
    line(dialog, "name").setText("")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "Cancel" in dialog.strip.text()
    QTest.mouseClick(dialog.cancel, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert office_settings(file_office.ctx("manager")).name == "云酒商行"


def test_escape_leaves_where_nothing_was_typed(opened: Opened) -> None:
    dialog = opened("manager")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_amounts_and_posts(opened: Opened, file_office: Office) -> None:
    dialog = opened("manager")
    amounts = dialog.findChild(AmountsField, "concession_authority")
    posts = dialog.findChild(PostsField, "release_posts")
    assert amounts is not None
    assert posts is not None
    boxes: list[QDoubleSpinBox] = list(amounts.boxes.values())
    assert [box.value() for box in boxes] == [10.0, 50.0, 200.0, 1000.0]
    boxes[0].setValue(19.99)
    for box in posts.boxes.values():
        box.setChecked(False)
    assert "at least one post" in error(dialog, "authority", "release_posts")
    list(posts.boxes.values())[1].setChecked(True)
    save(dialog)
    now = office_settings(file_office.ctx("manager"))
    assert now.release_posts == ["lead"]
    assert now.concession_authority == {"service": 1_999, "lead": 5_000, "manager": 20_000, "director": 100_000}


def test_the_folder_of_records_is_a_whole_path(opened: Opened, file_office: Office, tmp_path: Path) -> None:
    dialog = opened("manager")
    folder = dialog.findChild(FolderField, "backup_folder")
    assert folder is not None
    folder.line.setText("records")
    assert "whole path" in error(dialog, "record", "backup_folder")
    folder.line.setText(f" {tmp_path} ")
    save(dialog)
    assert office_settings(file_office.ctx("manager")).backup_folder == str(tmp_path)


def test_the_history_tells_every_change_in_words(opened: Opened, file_office: Office) -> None:
    manager = file_office.ctx("manager")
    change_settings(manager, replace(office_settings(manager), keep_days=60, name="新名字"))
    dialog = opened("trainee")
    model = dialog.history.table.model()
    rows = [[model.index(row, column).data() for column in range(5)] for row in range(model.rowCount())]
    assert rows == [
        ["2026-11-23 10:00", "刘衡", "Keep each day's backup for (days)", "30", "60"],
        ["2026-11-23 10:00", "刘衡", "Office name", "云酒商行", "新名字"],
    ]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_page_fits_a_small_screen_in_width(opened: Opened, language: str) -> None:
    set_language(language)
    dialog = opened("manager")
    assert dialog.width() <= 1366
    assert dialog.height() <= 768
    for key, sheet in {**dialog.pages, "own": dialog.own}.items():
        dialog.list.choose(key)
        inside = sheet.widget()
        assert inside is not None
        assert inside.minimumSizeHint().width() <= 980 - dialog.list.width()
        assert isinstance(sheet, Page) == (key != "own")


def test_each_setting_has_a_field_on_one_page(opened: Opened) -> None:
    names = [name for page in opened("manager").pages.values() for name in page.fields]
    assert sorted([*names, *OF_THE_DUTY]) == sorted(NAMES)
