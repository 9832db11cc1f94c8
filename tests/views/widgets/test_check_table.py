"""Rows that are checked by space and by a press on their box."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.widgets.check_table import CheckTable
from app.views.widgets.list_table import Column

COLUMNS: tuple[Column[str], ...] = (Column("Code", lambda row: row), Column("Name", lambda row: row * 2))


@pytest.fixture
def table(qtbot: QtBot) -> CheckTable[str]:
    result: CheckTable[str] = CheckTable(COLUMNS, "Articles", 1, lambda row: row)
    qtbot.addWidget(result)
    result.show_rows(["a", "b", "c"])
    result.resize(400, 200)
    result.show()
    qtbot.waitExposed(result)
    return result


def press(table: CheckTable[str], row: int, column: int) -> None:
    place = table.visualRect(table.model().index(row, column)).topLeft() + QPoint(14, 14)
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_the_box_is_pressed(qtbot: QtBot, table: CheckTable[str]) -> None:
    with qtbot.waitSignal(table.checks_changed):
        press(table, 1, 0)
    assert table.checked_rows() == ["b"]
    press(table, 0, 1)  # beside the box a press only chooses
    assert table.checked_rows() == ["b"]
    press(table, 1, 0)
    assert table.checked_rows() == []


def test_space_checks_all_that_is_chosen_and_then_unchecks_it(table: CheckTable[str]) -> None:
    table.check(["a"])
    table.selectAll()
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.checked_rows() == ["a", "b", "c"]
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert table.checked_rows() == []


def test_checks_stay_with_their_rows(table: CheckTable[str]) -> None:
    table.check(["a", "c"])
    table.show_rows(["c", "b", "x"])
    assert table.checked_rows() == ["c"]
    box = [table.model().index(row, 0).data() for row in range(3)]
    assert box == ["taken", "left out", "left out"]  # what a screen reader says
