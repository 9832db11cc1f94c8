"""The frame of a step's dialog: it stands in the middle of its window, however high what is in it turns out to be."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.views.tasks import ImmediateTasks
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
