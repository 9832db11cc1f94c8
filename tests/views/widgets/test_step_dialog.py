"""The frame of a step's dialog: it stands in the middle of its window, and does not drop what was typed unasked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import SIGNAL, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QDoubleSpinBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.views.tasks import ImmediateTasks
from app.views.widgets.line_edit import LineEdit
from app.views.widgets.step_dialog import StepDialog


def test_a_high_dialog_opens_in_the_middle_of_its_window(qtbot: QtBot, tasks: ImmediateTasks) -> None:
    window, high = QWidget(), QWidget()
    qtbot.addWidget(window)
    window.resize(700, 700)
    window.show()
    qtbot.waitExposed(window)
    high.setMinimumHeight(330)
    dialog = StepDialog(tasks, "Begin a count", "Begin", window)
    dialog.lay_out(high)
    dialog.open()
    qtbot.waitExposed(dialog)
    qtbot.waitUntil(lambda: dialog.height() > 400)
    assert abs(dialog.geometry().center().y() - window.geometry().center().y()) < 40


def test_what_is_higher_than_the_screen_is_scrolled(qtbot: QtBot, tasks: ImmediateTasks) -> None:
    high = QWidget()
    high.setMinimumHeight(3_000)
    dialog = StepDialog(tasks, "Begin a count", "Begin")
    qtbot.addWidget(dialog)
    dialog.lay_out(high)
    dialog.open()
    qtbot.waitExposed(dialog)
    high.setMinimumHeight(3_100)  # what is said later makes it grow no further
    qtbot.wait(50)
    screen = dialog.screen().availableGeometry()
    assert dialog.frameGeometry().height() <= screen.height()
    assert screen.contains(dialog.button.mapToGlobal(dialog.button.rect().center()))


FIELDS: list[Callable[[], QWidget]] = [LineEdit, QPlainTextEdit, QDoubleSpinBox]


def test_what_is_shown_once_more_is_listened_to_once(qtbot: QtBot, tasks: ImmediateTasks) -> None:
    line, late = LineEdit(), LineEdit()
    dialog = asking(qtbot, tasks, line)
    once = line.receivers(SIGNAL("textEdited(QString)"))
    dialog.hide()
    dialog.form.add("late", "What came to it", late)
    dialog.show()
    qtbot.waitExposed(dialog)
    assert line.receivers(SIGNAL("textEdited(QString)")) == once
    QTest.keyClicks(late, "x")
    dialog.reject()
    assert "not saved" in dialog.strip.text()


def asking(qtbot: QtBot, tasks: ImmediateTasks, field: QWidget) -> StepDialog:
    """A dialog of one field, as somebody has opened it."""
    dialog = StepDialog(tasks, "Post a notice", "Post the notice")
    qtbot.addWidget(dialog)
    dialog.finished.disconnect(dialog.deleteLater)
    dialog.form.add("text", "What is announced", field)
    dialog.lay_out(dialog.form)
    dialog.open()
    qtbot.waitExposed(dialog)
    return dialog


@pytest.mark.parametrize("make", FIELDS, ids=["line", "area", "amount"])
def test_escape_asks_once_before_it_drops_what_was_typed(
    qtbot: QtBot, tasks: ImmediateTasks, make: Callable[[], QWidget]
) -> None:
    field = make()
    dialog = asking(qtbot, tasks, field)
    QTest.keyClicks(field, "7")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    assert "not saved" in dialog.strip.text()
    dialog.close()  # as the window's own button does
    assert not dialog.isVisible()


@pytest.mark.parametrize("make", FIELDS[:2], ids=["line", "area"])
def test_who_types_on_is_asked_anew(qtbot: QtBot, tasks: ImmediateTasks, make: Callable[[], QWidget]) -> None:
    field = make()
    dialog = asking(qtbot, tasks, field)
    for letter in "78":
        QTest.keyClicks(field, letter)
        dialog.close()
        assert dialog.isVisible()
    dialog.close()
    assert not dialog.isVisible()


@pytest.mark.parametrize("make", FIELDS, ids=["line", "area", "amount"])
def test_escape_leaves_where_only_the_program_filled_something_in(
    qtbot: QtBot, tasks: ImmediateTasks, make: Callable[[], QWidget]
) -> None:
    field = make()
    dialog = asking(qtbot, tasks, field)
    if isinstance(field, LineEdit):
        field.setText("剑南春")
    elif isinstance(field, QPlainTextEdit):
        field.setPlainText("送礼佳品")
        field.setPlainText("整箱包邮")
    elif isinstance(field, QDoubleSpinBox):
        field.setValue(52)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_cancel_drops_what_was_typed(qtbot: QtBot, tasks: ImmediateTasks) -> None:
    field = LineEdit()
    dialog = asking(qtbot, tasks, field)
    QTest.keyClicks(field, "7")
    [cancel] = [one for one in dialog.findChildren(QPushButton) if one.text() == "Cancel"]
    QTest.mouseClick(cancel, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Rejected
    assert not dialog.isVisible()
