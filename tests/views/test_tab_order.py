"""Tab reaches everything that a person can press or choose from, once a round, and goes back the same way."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app.views.desk import Desk
from app.views.shell import Shell
from tests.services.orders.making import Crew, accept, draft
from tests.views.desks import open_desk

MOST_STOPS = 80


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    accept(crew, [draft(1), draft(2)])
    desk = open_desk(qtbot, crew.lead, shell)
    yield desk
    desk.close()


def round_from(first: QWidget, key: Qt.Key) -> list[QWidget]:
    """Where the keyboard comes to until it is back."""
    stops = [first]
    while len(stops) < MOST_STOPS:
        QTest.keyClick(stops[-1], key)
        now = QApplication.focusWidget()
        assert isinstance(now, QWidget)
        if now is first:
            break
        stops.append(now)
    return stops


def pressed_by_tab(panel: QWidget) -> set[QWidget]:
    """What of a panel somebody can use now, and Qt says Tab goes to."""
    return {
        one
        for one in panel.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusProxy() is None
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }


@pytest.mark.parametrize("name", ["orders", "duty", "staff", "catalog", "stock", "review"])
def test_tab_reaches_all_of_a_panel(qtbot: QtBot, desk: Desk, name: str) -> None:
    desk.window.show_panel(name)
    panel = desk.window.panel(name)
    qtbot.waitUntil(lambda: panel.isVisible() and panel.isAncestorOf(QApplication.focusWidget() or desk.window))
    first = QApplication.focusWidget()
    assert first is not None
    onward = round_from(first, Qt.Key.Key_Tab)
    assert pressed_by_tab(panel) - set(onward) == set()
    assert all(one.isVisible() and not one.visibleRegion().isEmpty() for one in onward)
    assert len(onward) < MOST_STOPS
    back = round_from(first, Qt.Key.Key_Backtab)
    assert back[1:] == onward[:0:-1]


def test_where_the_keyboard_is_can_be_seen(qtbot: QtBot, desk: Desk) -> None:
    desk.window.show_panel("staff")
    panel = desk.window.panel("staff")
    qtbot.waitUntil(lambda: panel.isVisible() and panel.isAncestorOf(QApplication.focusWidget() or desk.window))
    first = QApplication.focusWidget()
    assert first is not None
    unseen = []
    for stop in round_from(first, Qt.Key.Key_Tab):
        stop.setFocus(Qt.FocusReason.TabFocusReason)
        here = stop.grab().toImage()
        stop.clearFocus()
        nothing = isinstance(stop, QTableView) and stop.model().rowCount() == 0  # no row that could be marked
        if here == stop.grab().toImage() and not nothing:
            unseen.append(f"{type(stop).__name__} {stop.accessibleName()}")
    assert unseen == []
