"""One search box for all lists: its words and the way down belong to the list that is looked at."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.views.desk import Desk
from app.views.shell import Shell
from app.views.widgets.search_box import SearchBox
from tests.services.catalog.making import add
from tests.services.orders.making import Crew, accept, draft
from tests.views.desks import open_desk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    accept(crew, [draft(1), draft(2)])
    add(crew)
    desk = open_desk(qtbot, crew.clerk, shell)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.window.isActiveWindow)
    yield desk
    desk.close()


def box(desk: Desk) -> SearchBox:
    return desk._bar.search


def focus() -> QWidget:
    found = QApplication.focusWidget()
    assert found is not None
    return found


def search(desk: Desk, text: str) -> None:
    QTest.keyClick(focus(), Qt.Key.Key_K, CTRL)
    QTest.keyClicks(box(desk), text)


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Down])
def test_the_way_down_leads_to_the_list_in_front(qtbot: QtBot, desk: Desk, key: Qt.Key) -> None:
    tables: dict[str, QWidget] = {
        "catalog": desk.panels.catalog.table,
        "orders": desk.panels.orders.table,
        "review": desk.panels.review.table,
    }
    for name, table in tables.items():
        desk.window.show_panel(name)
        qtbot.waitUntil(table.hasFocus)
        QTest.keyClick(focus(), Qt.Key.Key_K, CTRL)
        assert box(desk).hasFocus()
        QTest.keyClick(box(desk), key)
        qtbot.waitUntil(table.hasFocus)


def test_each_list_has_its_own_words(qtbot: QtBot, desk: Desk) -> None:
    search(desk, "0002")
    qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == 1)
    desk.window.show_panel("catalog")
    qtbot.waitUntil(lambda: box(desk).text() == "")
    assert desk.panels.catalog.model.rowCount() == 1
    search(desk, "zzz")
    assert desk.panels.catalog.model.rowCount() == 0
    desk.window.show_panel("review")
    qtbot.waitUntil(lambda: box(desk).text() == "")
    desk.window.show_panel("orders")
    qtbot.waitUntil(lambda: box(desk).text() == "0002")
    assert desk.panels.orders.model.rowCount() == 1
    desk.window.show_panel("catalog")
    qtbot.waitUntil(lambda: box(desk).text() == "zzz")


def test_esc_in_the_catalog_ends_its_search_and_empties_the_box(qtbot: QtBot, desk: Desk) -> None:
    search(desk, "0002")
    desk.window.show_panel("catalog")
    qtbot.waitUntil(lambda: box(desk).text() == "")
    search(desk, "zzz")
    QTest.keyClick(box(desk), Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: desk.panels.catalog.table.hasFocus())
    QTest.keyClick(desk.panels.catalog.table, Qt.Key.Key_Escape)
    assert box(desk).text() == ""
    assert desk.panels.catalog.model.rowCount() == 1
    assert desk.panels.orders.search_text() == "0002"


def test_a_blank_typed_behind_a_word_stays(qtbot: QtBot, desk: Desk) -> None:
    desk.window.show_panel("review")
    qtbot.waitUntil(lambda: desk.panels.review.table.hasFocus())
    search(desk, "0002 ")
    qtbot.waitUntil(desk.panels.orders.isVisible)
    qtbot.wait(50)
    assert box(desk).text() == "0002 "
