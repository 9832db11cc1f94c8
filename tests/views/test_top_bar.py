"""The window's bar: long names make no window wider than a small screen, and the mouse takes no focus there."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from app.views.theme import Kind
from app.views.top_bar import Mark, TopBar

NAMES = "On duty Maximiliane Featherstonehaugh-Wolfeschlegel · 李娜 · Bartholomew O'Shaughnessy"


def test_long_names_on_duty_give_way_to_the_screen_and_stand_in_the_hint(qtbot: QtBot) -> None:
    bar = TopBar("Search   Ctrl+K", [], "王敏", QMenu(), brief=True)
    qtbot.addWidget(bar)
    bar.set_marks([Mark("Late 1", Kind.DANGER, "late"), Mark(NAMES, Kind.INFO, "on_duty", NAMES)])
    bar.show()
    qtbot.waitExposed(bar)
    bar.resize(683, bar.height())
    assert bar.width() == 683
    late, on_duty = bar.pills
    qtbot.waitUntil(lambda: on_duty.geometry().right() <= bar.bell.geometry().left())
    assert late.shown() == "Late 1"
    assert on_duty.shown().startswith("On duty Maximiliane")
    assert on_duty.shown().endswith("…")
    assert on_duty.toolTip() == NAMES
    bar.resize(1_440, bar.height())
    qtbot.waitUntil(lambda: on_duty.shown() == NAMES)


def test_a_press_with_the_mouse_leaves_the_keyboard_where_it_was(qtbot: QtBot) -> None:
    bar = TopBar("Search   Ctrl+K", [], "王敏", QMenu())
    qtbot.addWidget(bar)
    bar.show()
    qtbot.waitExposed(bar)
    bar.activateWindow()
    bar.search.setFocus()
    qtbot.waitUntil(bar.search.hasFocus)
    QTest.mouseClick(bar.bell, Qt.MouseButton.LeftButton)
    assert bar.search.hasFocus()
    QTest.keyClick(bar.search, Qt.Key.Key_Tab)
    assert bar.bell.hasFocus()
