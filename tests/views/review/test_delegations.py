"""Deciding in somebody's place: given, seen by both, and taken back, from the keyboard."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import office_day
from app.services.approvals.delegations import delegate, my_delegations
from app.views.review.delegate_dialog import DelegateDialog
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew
from tests.views.conftest import Hear, opened
from tests.views.review.conftest import CTRL, Screen


def delegate_dialog(qtbot: QtBot, screen: Screen) -> DelegateDialog:
    """Opened by its key."""
    screen.press(Qt.Key.Key_D, CTRL)
    dialog = opened(screen.panel, "delegate_dialog")
    assert isinstance(dialog, DelegateDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return dialog


def shown(dialog: DelegateDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [[model.index(row, place).data() for place in range(5)] for row in range(model.rowCount())]


@pytest.fixture
def today(crew: Crew) -> date:
    return office_day(crew.clock)


def test_somebody_is_let_decide_and_nobody_by_accident(qtbot: QtBot, crew: Crew, screen: Screen) -> None:
    dialog = delegate_dialog(qtbot, screen)
    offered = [dialog.taker.itemText(place) for place in range(dialog.taker.count())]
    assert "赵倩 · Service lead" in offered
    assert not any("刘总监" in one for one in offered)
    QTest.keyClick(dialog.last, Qt.Key.Key_Return, CTRL)  # nobody was chosen
    assert dialog.form.error("taker")
    assert my_delegations(crew.manager) == []
    dialog.taker.setCurrentIndex(dialog.taker.findData(crew.lead.person))
    dialog.last.setDate(dialog.last.date().addDays(2))
    QTest.keyClick(dialog.last, Qt.Key.Key_Return, CTRL)
    [given] = my_delegations(crew.manager)
    assert (given.giver, given.taker, given.last_day - given.first_day) == ("刘总监", "赵倩", timedelta(days=2))


def test_what_was_given_is_seen_and_taken_back(qtbot: QtBot, crew: Crew, screen: Screen, today: date) -> None:
    delegate(crew.manager, crew.lead.person, today, today + timedelta(days=3), "price")
    delegate(crew.manager, crew.planner.person, today + timedelta(days=9), today + timedelta(days=9))
    delegate(crew.director, crew.manager.person, today, today)
    dialog = delegate_dialog(qtbot, screen)
    taken, planned, price = shown(dialog)
    assert taken == [
        "In force",
        "郑总 · General manager",
        "刘总监 · Department manager",
        "everything",
        "11-23",
    ]
    assert planned[0] == "To come"
    assert price[:4] == ["In force", "刘总监 · Department manager", "赵倩 · Service lead", "Price change"]
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)  # given by somebody else
    assert not dialog.end.isEnabled()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    QTest.keyClick(dialog.table, Qt.Key.Key_Delete)
    assert [row[0] for row in shown(dialog)] == ["In force", "To come", "Ended early"]
    assert [one.ended for one in my_delegations(crew.manager)] == [False, False, True]
    assert not dialog.end.isEnabled()  # once only
    assert dialog.isVisible()


def test_who_gives_nothing_sees_what_was_given_to_them(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, today: date
) -> None:
    delegate(crew.manager, crew.clerk.person, today - timedelta(days=2), today)
    crew.clock.advance(minutes=24 * 60)
    screen = Screen(qtbot, hear, crew.clerk, tasks)
    dialog = delegate_dialog(qtbot, screen)
    [row] = shown(dialog)
    assert row[0] == "Over"
    assert row[2] == "王敏 · Customer service"
    assert not dialog.button.isVisible()
    QTest.keyClick(dialog.table, Qt.Key.Key_Return, CTRL)
    assert len(my_delegations(crew.clerk)) == 1
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_what_was_given_last_year_says_so(qtbot: QtBot, crew: Crew, screen: Screen, today: date) -> None:
    delegate(crew.manager, crew.lead.person, today, today + timedelta(days=3))
    crew.clock.advance(days=365)
    delegate(crew.manager, crew.lead.person, date(2027, 12, 30), date(2028, 1, 2))
    assert [row[4] for row in shown(delegate_dialog(qtbot, screen))] == ["12-30 — 01-02", "2026-11-23 — 11-26"]
