"""The dialog of the duty rules: what is typed is checked at once, saved once, and never lost."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.people import Level, Post
from app.services.duty.rules import DEFAULT_RULES, written
from app.services.office import change_settings, office_settings
from app.services.people.accounts import add_person, change_person
from app.services.settings.history import settings_history
from app.views.duty.rules_dialog import DutyRulesDialog
from tests.factories import Office
from tests.views.conftest import small_screen
from tests.views.duty.conftest import CTRL, Kept, Opened, count_of, demands, hotline, listed, retype, save

LATE, DUTY = 1, 2  # places of the default kinds


def test_it_shows_what_is_in_force(rules_dialog: DutyRulesDialog) -> None:
    page = rules_dialog.shifts
    assert listed(page) == ["8:30", "12:30", "Duty", "18-21", "8:30-21", "18-20", "Deliver"]
    assert (page.code.text(), page.hours.text(), page.minutes.text()) == ("8:30", "08:30-17:00", "7.5")
    assert not rules_dialog.save.isEnabled()
    assert rules_dialog.state.text() == ""


def test_what_is_typed_is_saved_at_once_and_once(
    rules_dialog: DutyRulesDialog, rules_kept: Kept, file_office: Office, qtbot: QtBot
) -> None:
    retype(rules_dialog.shifts.hours, "9-12, 13-17:30")
    assert rules_dialog.shifts.hours.accessibleDescription() == "7.5 h"
    assert rules_dialog.state.text() == "Changes are not saved yet."
    hotline(rules_dialog).lines[""].setText(" 0571-8888 6666 ")
    with qtbot.waitSignal(rules_dialog.said):
        save(rules_dialog)
    assert not rules_dialog.isVisible()
    early = replace(DEFAULT_RULES.shifts[0], windows=((540, 720), (780, 1050)))
    assert rules_kept() == replace(DEFAULT_RULES, shifts=(early, *DEFAULT_RULES.shifts[1:]))
    assert office_settings(file_office.ctx("lead")).hotline == {"": "0571-8888 6666"}
    told = [change.what for change in settings_history(file_office.ctx("manager"))]
    assert sorted(told) == ["Duty rules: 8:30", "Telephone numbers for the hotline: the office"]


def test_a_number_alone_leaves_the_rules_as_they_were(rules_dialog: DutyRulesDialog, file_office: Office) -> None:
    hotline(rules_dialog).lines[""].setText("0571-8888")
    save(rules_dialog)
    assert office_settings(file_office.ctx("manager")).duty_rules == {}


def test_what_was_typed_back_is_no_change(rules_dialog: DutyRulesDialog) -> None:
    retype(rules_dialog.shifts.name, "Dawn shift")
    assert rules_dialog.save.isEnabled()
    retype(rules_dialog.shifts.name, "Early shift")
    assert not rules_dialog.save.isEnabled()


def test_a_problem_stands_at_its_row_and_its_field_while_it_is_typed(rules_dialog: DutyRulesDialog) -> None:
    page = rules_dialog.shifts
    page.table.selectRow(LATE)
    retype(page.code, "8:30")
    assert page.fields.error("code") == "“8:30” is the sign of two kinds of shifts."
    assert page.code.property("wrong")
    assert listed(page, 3)[:3] == ["1", "1", ""]
    assert count_of(rules_dialog, "shifts") == 2
    assert rules_dialog.state.text() == "8:30: “8:30” is the sign of two kinds of shifts."
    assert not rules_dialog.save.isEnabled()
    assert page.code.hasFocus()
    page.table.selectRow(DUTY)
    assert page.fields.error("code") == ""
    page.table.selectRow(0)
    assert page.fields.error("code") != ""


def test_defaults_come_back_after_a_question(
    rules_dialog: DutyRulesDialog, rules_kept: Kept, file_office: Office
) -> None:
    manager = file_office.ctx("manager")
    change_settings(manager, replace(office_settings(manager), duty_rules=written(replace(DEFAULT_RULES, demands=()))))
    rules_dialog._load()
    QTest.mouseClick(rules_dialog.defaults, Qt.MouseButton.LeftButton)
    QTest.mouseClick(_button(rules_dialog, "Cancel"), Qt.MouseButton.LeftButton)
    assert not rules_dialog.save.isEnabled()
    QTest.mouseClick(rules_dialog.defaults, Qt.MouseButton.LeftButton)
    QTest.mouseClick(_button(rules_dialog, "Bring back"), Qt.MouseButton.LeftButton)
    assert rules_kept().demands == ()
    save(rules_dialog)
    assert office_settings(manager).duty_rules == {}


def _button(rules_dialog: DutyRulesDialog, text: str) -> QPushButton:
    boxes = [box for box in rules_dialog.findChildren(QMessageBox) if box.isVisible()]
    return next(button for button in boxes[-1].findChildren(QPushButton) if button.text().replace("&", "") == text)


def test_two_people_at_once_keep_what_they_typed_and_may_insist(
    rules_dialog: DutyRulesDialog, rules_kept: Kept, file_office: Office
) -> None:
    admin = file_office.ctx("admin")
    page = rules_dialog.shifts
    retype(page.name, "Dawn shift")
    theirs = replace(DEFAULT_RULES, on_call_posts=(Post.MANAGER,))
    change_settings(admin, replace(office_settings(admin), duty_rules=written(theirs), hotline={"": "0571-8888"}))
    save(rules_dialog)
    assert "Somebody else has set “Duty rules”" in rules_dialog.strip.text()
    assert page.name.text() == "Dawn shift"
    assert hotline(rules_dialog).lines[""].text() == "0571-8888"
    save(rules_dialog)
    assert not rules_dialog.isVisible()
    assert rules_kept().shifts[0].name == "Dawn shift"
    assert rules_kept().on_call_posts == (Post.LEAD, Post.MANAGER)
    assert office_settings(admin).hotline == {"": "0571-8888"}


def test_who_may_no_longer_is_told_and_loses_nothing(rules_dialog: DutyRulesDialog, file_office: Office) -> None:
    admin, manager = file_office.ctx("admin"), file_office.ctx("manager")
    retype(rules_dialog.shifts.name, "Dawn shift")
    change_person(admin, manager.person, posts=[manager.post], level=manager.level, active=False, reason="离职")
    save(rules_dialog)
    assert "Sign in again" in rules_dialog.strip.text()
    assert rules_dialog.shifts.name.text() == "Dawn shift"
    assert rules_dialog.save.isEnabled()


def test_escape_does_not_drop_what_was_typed_and_cancel_does(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    retype(rules_dialog.shifts.hours, "x")
    QTest.keyClick(rules_dialog, Qt.Key.Key_Escape)
    assert rules_dialog.isVisible()
    assert "Cancel" in rules_dialog.strip.text()
    QTest.mouseClick(rules_dialog.cancel, Qt.MouseButton.LeftButton)
    assert not rules_dialog.isVisible()
    assert rules_kept() == DEFAULT_RULES


def test_escape_leaves_where_nothing_was_typed(rules_dialog: DutyRulesDialog) -> None:
    QTest.keyClick(rules_dialog, Qt.Key.Key_Escape)
    assert not rules_dialog.isVisible()


def test_it_is_used_without_a_mouse(rules_dialog: DutyRulesDialog, rules_kept: Kept, qtbot: QtBot) -> None:
    rules_dialog.list.setFocus()
    qtbot.waitUntil(rules_dialog.list.hasFocus)
    for key in (Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Down):
        QTest.keyClick(_here(), key)
    assert rules_dialog.shifts.table.hasFocus()
    for _button_of_list in range(6):
        QTest.keyClick(_here(), Qt.Key.Key_Tab)
    assert rules_dialog.shifts.code.hasFocus()
    QTest.keyClicks(_here(), "Big")
    QTest.keyClick(_here(), Qt.Key.Key_Return)
    assert rules_dialog.isVisible()
    QTest.keyClick(_here(), Qt.Key.Key_PageDown, CTRL)
    assert rules_dialog.list.current() == "demands"
    assert listed(rules_dialog.shifts)[DUTY] == "Big"
    assert listed(demands(rules_dialog), 1)[2] == "Big"
    QTest.keyClick(rules_dialog, Qt.Key.Key_Return, CTRL)
    assert not rules_dialog.isVisible()
    assert rules_kept() == replace(DEFAULT_RULES, signs={"Duty": "Big"})


def test_tab_goes_as_the_eye_does_on_every_page(rules_dialog: DutyRulesDialog, qtbot: QtBot) -> None:
    for key in rules_dialog.pages:
        rules_dialog.list.choose(key)
        rules_dialog.list.setFocus()
        qtbot.waitUntil(rules_dialog.list.hasFocus)
        passed: list[QWidget] = []
        while not passed or not rules_dialog.list.hasFocus():
            QTest.keyClick(_here(), Qt.Key.Key_Tab)
            assert _name(_here())
            passed.append(_here())
            assert len(passed) < 60
        assert passed[-3:] == [rules_dialog.defaults, rules_dialog.cancel, rules_dialog.list]


def _name(widget: QWidget) -> str:
    """What a screen reader calls it."""
    found = QAccessible.queryAccessibleInterface(widget)
    assert found is not None
    return found.text(QAccessible.Text.Name)


def _here() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_page_fits_a_laptops_screen(rules_opened: Opened, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    small_screen(monkeypatch, QSize(1366, 728))
    set_language(language)
    dialog = rules_opened("manager")
    dialog.resize(1366, 728)
    for key, page in dialog.pages.items():
        dialog.list.choose(key)
        assert page.minimumSizeHint().width() <= 1366 - dialog.list.width()
        assert page.minimumSizeHint().height() <= 640
    assert dialog.minimumSizeHint().width() <= 1180


def test_it_fits_a_small_screen(rules_dialog: DutyRulesDialog) -> None:
    smallest = rules_dialog.minimumSizeHint()
    assert smallest.width() <= 680
    assert smallest.height() <= 340
    for key in rules_dialog.pages:
        rules_dialog.list.choose(key)
        assert rules_dialog.minimumSizeHint() == smallest


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_on_a_small_screen_no_page_scrolls_sideways(
    rules_opened: Opened, file_office: Office, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    long = "Maximiliane Featherstonehaugh-Wolfeschlegel"
    add_person(file_office.ctx("admin"), long, [Post.SERVICE], Level.BACK_OFFICE, "xinren#01")
    screen = QSize(683, 344)  # 200 % on a laptop
    small_screen(monkeypatch, screen)
    set_language(language)
    dialog = rules_opened("manager")
    assert (dialog.width(), dialog.height()) == (screen.width(), screen.height())
    [room] = [area for area in dialog.findChildren(QScrollArea) if area.widget() is dialog._pile]
    for key, page in dialog.pages.items():
        dialog.list.choose(key)
        QApplication.processEvents()
        assert room.horizontalScrollBar().maximum() == 0, key
        scrolled = [area for area in page.findChildren(QScrollArea) if area.verticalScrollBar().isVisible()]
        assert not scrolled or not room.verticalScrollBar().isVisible(), f"{key} scrolls within what scrolls"
