"""Enter in a dialog: submits, but never while the input method composes."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QVBoxLayout
from pytestqt.qtbot import QtBot

from app.views.widgets.line_edit import LineEdit


@pytest.fixture
def dialog(qtbot: QtBot) -> tuple[QDialog, LineEdit, list[str]]:
    window, field, button = QDialog(), LineEdit(), QPushButton("Save")
    pressed: list[str] = []
    button.setDefault(True)
    button.clicked.connect(lambda: pressed.append(field.text()))
    column = QVBoxLayout(window)
    column.addWidget(field)
    column.addWidget(button)
    qtbot.addWidget(window)
    window.show()
    return window, field, pressed


def test_enter_submits(qtbot: QtBot, dialog: tuple[QDialog, LineEdit, list[str]]) -> None:
    _window, field, pressed = dialog
    QTest.keyClicks(field, "abc")

    QTest.keyClick(field, Qt.Key.Key_Return)

    assert pressed == ["abc"]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_while_composing_does_not(qtbot: QtBot, dialog: tuple[QDialog, LineEdit, list[str]], key: Qt.Key) -> None:
    _window, field, pressed = dialog
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))

    QTest.keyClick(field, key)

    assert pressed == []
    assert field.composing


def test_a_composition_given_up_lets_enter_through_again(
    qtbot: QtBot, dialog: tuple[QDialog, LineEdit, list[str]]
) -> None:
    _window, field, pressed = dialog
    QApplication.sendEvent(field, QInputMethodEvent("wang", []))
    QApplication.sendEvent(field, QInputMethodEvent("", []))

    QTest.keyClick(field, Qt.Key.Key_Return)

    assert pressed == [""]
