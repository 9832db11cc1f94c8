"""The inline message."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from app.views.theme import LIGHT, Kind
from app.views.widgets.strip import Strip


def test_it_is_not_there_until_it_has_something_to_say(qtbot: QtBot) -> None:
    strip = Strip()
    qtbot.addWidget(strip)

    assert strip.isHidden()
    assert strip.text() == ""


@pytest.mark.parametrize(
    ("kind", "ground"), [(Kind.DANGER, LIGHT.accent_ground), (Kind.OK, LIGHT.ok_ground), (Kind.WARN, LIGHT.warn_ground)]
)
def test_it_says_it_on_its_kinds_ground(qtbot: QtBot, kind: Kind, ground: str) -> None:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(300, 40)

    strip.show_message("The office's rules do not allow this.", kind)

    assert strip.isVisible()
    assert strip.accessibleName() == "The office's rules do not allow this."
    assert strip.grab().toImage().pixelColor(150, 3).name().upper() == ground


def test_a_second_message_takes_the_place_and_the_colour_of_the_first(qtbot: QtBot) -> None:
    strip = Strip()
    qtbot.addWidget(strip)
    strip.resize(300, 40)
    strip.show_message("no", Kind.DANGER)

    strip.show_message("done", Kind.OK)

    assert strip.text() == "done"
    assert strip.grab().toImage().pixelColor(150, 3).name().upper() == LIGHT.ok_ground


def test_it_is_closed_by_its_button_and_by_escape(qtbot: QtBot) -> None:
    strip = Strip()
    qtbot.addWidget(strip)

    strip.show_message("no")
    QTest.mouseClick(strip.findChildren(QToolButton)[0], Qt.MouseButton.LeftButton)
    assert strip.isHidden()

    strip.show_message("no")
    QTest.keyClick(strip.findChildren(QToolButton)[0], Qt.Key.Key_Escape)
    assert strip.isHidden()
