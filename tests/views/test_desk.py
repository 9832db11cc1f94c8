"""The whole window on a real office: one order from arrival to confirmation, by keyboard alone."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMainWindow, QMessageBox, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.leave import LeaveState
from app.models.orders import OrderState
from app.models.people import Level, Post
from app.services.access import RightsChangedError
from app.services.leave.handing import accept_all
from app.services.orders.queue import DeskFigures, queue_rows
from app.services.orders.rows import Queue
from app.services.people.accounts import change_person
from app.views.colleagues import FILES, LEAVE
from app.views.desk import Desk
from app.views.leave.leave_page import LeavePage
from app.views.main_window import MainWindow
from app.views.orders.dialogs.contact import ContactDialog
from app.views.shell import Shell
from app.views.signing import SigningIn
from tests.services.leave.making import ask, row
from tests.services.orders.making import Crew, accept, draft
from tests.views.desks import open_desk

CTRL = Qt.KeyboardModifier.ControlModifier
TAB_PADDING = 24  # the least on both sides of its words


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, shell: Shell) -> Iterator[Desk]:
    accept(crew, [draft(1), draft(2)])
    desk = open_desk(qtbot, crew.clerk, shell)
    yield desk
    desk.close()


def dialog_of(desk: Desk) -> ContactDialog:
    found = [one for one in desk.window.findChildren(ContactDialog) if one.isVisible()]
    assert found
    return found[-1]


def test_one_order_by_keyboard(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    order = desk.panels.orders.table.current_id()
    assert order is not None
    table = desk.panels.orders.table
    QTest.keyClick(table, Qt.Key.Key_F2)
    assert queue_rows(crew.clerk, [order])[0].claimer == "王敏"
    QTest.keyClick(table, Qt.Key.Key_L, CTRL)
    dialog = dialog_of(desk)
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog.outcomes[next(iter(dialog.outcomes))], Qt.Key.Key_1)
    dialog.note.insert("周末送")  # as an input method commits it: Chinese has no keys
    QTest.keyClick(dialog.note, Qt.Key.Key_Return, CTRL)
    assert dialog.strip.text() == ""
    assert queue_rows(crew.clerk, [order])[0].state is OrderState.CONTACTED
    desk.panels.orders.queues.choose(Queue.CONFIRM.value)
    assert table.current_id() == order
    QTest.keyClick(table, Qt.Key.Key_Return)  # Enter takes the order's next step
    assert queue_rows(crew.clerk, [order])[0].state is OrderState.CONFIRMED


def test_a_new_order_appears_by_itself(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    before = desk.panels.orders.table.current_id()
    accept(crew, [draft(3)])
    qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == 3, timeout=2_000)
    assert desk.panels.orders.table.current_id() == before


def test_searching_from_anywhere_and_back(qtbot: QtBot, desk: Desk) -> None:
    QTest.keyClick(desk.panels.orders.table, Qt.Key.Key_K, CTRL)
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClicks(box, "0002")
    qtbot.waitUntil(lambda: desk.panels.orders.model.rowCount() == 1, timeout=2_000)
    row = desk.panels.orders.table.current_row()
    assert row is not None
    assert row.number.endswith("-0002")


def test_what_the_post_may_not_is_grey_and_says_why(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    accept(crew, [draft(1)])
    desk = open_desk(qtbot, crew.packer, shell)
    action = desk.panels.orders.actions_.contact
    assert not action.isEnabled()
    assert action.toolTip() != action.text()
    desk.close()


def test_the_manager_sees_the_day_below_the_list(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    accept(crew, [draft(1)])
    desk = open_desk(qtbot, crew.manager, shell)
    qtbot.waitUntil(desk.panels.overview.isVisible)
    assert desk.panels.review.isVisible()
    qtbot.waitUntil(desk.panels.proposal.isVisible)  # the detail at the side is that of the list in front
    desk.window.show_panel("orders")
    qtbot.waitUntil(desk.panels.detail.isVisible)
    assert desk.panels.overview.isVisible()
    desk.close()


def test_other_lists_have_the_room_of_the_day_to_themselves(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    desk = open_desk(qtbot, crew.manager, shell)
    qtbot.waitUntil(desk.panels.overview.isVisible)
    high = desk.window.docks["review"].height()
    desk.window.show_panel("duty")
    qtbot.waitUntil(desk.window.docks["overview"].isHidden)
    qtbot.waitUntil(lambda: desk.panels.duty.height() > high)
    desk.window.show_panel("review")
    qtbot.waitUntil(desk.panels.overview.isVisible)
    assert desk.window.docks["review"].height() < high + desk.window.docks["overview"].height() // 2
    desk.window.show_panel("duty")
    qtbot.waitUntil(desk.window.docks["overview"].isHidden)
    desk.window.docks["overview"].toggleViewAction().trigger()  # who wants it there has it there
    qtbot.waitUntil(desk.panels.overview.isVisible)
    desk.window.show_panel("staff")
    qtbot.waitUntil(desk.panels.staff.isVisible)
    assert not desk.window.docks["overview"].isHidden()
    desk.close()


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_tab_is_read_uncut_on_a_small_screen(qtbot: QtBot, crew: Crew, shell: Shell, language: str) -> None:
    set_language(language)
    desk = open_desk(qtbot, crew.manager, shell)
    desk.window.setWindowState(Qt.WindowState.WindowNoState)
    desk.window.resize(1_366, 768)
    qtbot.waitUntil(lambda: desk.window.width() == 1_366)
    for key in ("proposal", "detail", "product", "duty_notes"):  # the chosen one is bold
        desk.window.show_panel(key)
        qtbot.waitUntil(desk.window.panel(key).isVisible)
        for tabs in (one for one in desk.window.findChildren(QTabBar) if one.isVisible() and one.count() >= 4):
            assert tabs.tabRect(0).left() >= 0
            assert tabs.tabRect(tabs.count() - 1).right() <= tabs.width()
            for place in range(tabs.count()):
                words = tabs.fontMetrics().horizontalAdvance(tabs.tabText(place))
                assert words + TAB_PADDING <= tabs.tabRect(place).width(), tabs.tabText(place)
    desk.close()


def test_the_stock_panel_is_a_tab_whose_keys_work_at_once(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    desk = open_desk(qtbot, crew.packer, shell)
    desk.window.show_panel("stock")
    qtbot.waitUntil(desk.panels.stock.counts.table.isVisible)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.panels.stock.counts.table)
    QTest.keyClick(desk.panels.stock.counts.table, Qt.Key.Key_N, CTRL)
    assert [one for one in desk.window.findChildren(QDialog, "begin_dialog") if one.isVisible()]
    desk.panels.stock.said.emit("Count 7 begun")
    assert desk.window.statusBar().currentMessage() == "Count 7 begun"
    desk.close()


def test_no_key_of_a_panel_is_one_of_the_window(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    desk = open_desk(qtbot, crew.manager, shell)
    for spec in desk.panels.specs():
        desk.window.show_panel(spec.key)
        QApplication.processEvents()
    assert all(dock.panel is not None for dock in desk.window.docks.values())
    everywhere = {one.shortcut(): one for one in desk.window.actions() if not one.shortcut().isEmpty()}
    mine = [one for one in desk.window.findChildren(QAction) if one not in everywhere.values()]
    # Qt calls neither of two actions that hear the same key.
    assert [f"{one.text()} {one.shortcut().toString()}" for one in mine if one.shortcut() in everywhere] == []
    assert len(mine) > 40
    desk.close()


def test_who_was_sent_away_is_signed_out_and_told_why(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    with qtbot.waitSignal(desk.sign_out_requested, timeout=2_000) as asked:
        change_person(
            crew.program, crew.clerk.person, posts=[Post.SERVICE], level=Level.BACK_OFFICE, active=False, reason="离职"
        )
    assert asked.args == [str(RightsChangedError())]
    # A box that stands on no window would lie behind the dialog in which one signs in again.
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()] == []


def test_whoever_was_signed_out_reads_why_where_they_sign_in(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    signing = SigningIn(lambda: crew.db, shell, "", "Your acting is over.")
    signing.begin()
    dialog = signing.dialog
    assert dialog is not None
    qtbot.addWidget(dialog)
    assert (dialog.strip.text(), dialog.strip.isVisible()) == ("Your acting is over.", True)


def test_the_keyboard_follows_a_click_on_a_tab(qtbot: QtBot, crew: Crew, shell: Shell) -> None:
    accept(crew, [draft(1)])
    desk = open_desk(qtbot, crew.manager, shell)
    desk.window.activateWindow()
    qtbot.waitUntil(desk.panels.review.table.hasFocus)  # the manager's day begins with what waits
    tabs = next(
        bar
        for bar in desk.window.findChildren(QTabBar)
        if any(bar.tabText(place) == "Orders" for place in range(bar.count()))
    )
    qtbot.waitUntil(lambda: bool(tabs.property("heard")))  # the window has looked at its tabs
    place = next(place for place in range(tabs.count()) if tabs.tabText(place) == "Orders")
    QTest.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(place).center())
    qtbot.waitUntil(desk.panels.orders.table.hasFocus)
    desk.close()


def test_a_tab_may_be_raised_while_a_maximized_window_is_still_growing(
    qtbot: QtBot, crew: Crew, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Qt.WindowState] = []

    def restore(window: MainWindow, state: QByteArray, version: int) -> bool:
        kept.append(window.windowState())
        return QMainWindow.restoreState(window, state, version)

    monkeypatch.setattr(MainWindow, "restoreState", restore)
    for key in ("orders", "catalog", "stock", "catalog"):  # each starts with the layout of the one before
        desk = Desk(crew.planner, shell)
        qtbot.addWidget(desk.window)
        desk.show()
        QApplication.processEvents()
        desk.window.show_panel(key)
        qtbot.waitUntil(desk.window.panel(key).isVisible)
        desk.window.showMaximized()
        desk.close()
    assert kept == [Qt.WindowState.WindowNoState] * 3  # else Qt lays out once more what is gone by then
    assert desk.window.windowState() == Qt.WindowState.WindowMaximized


def test_on_a_small_screen_no_detail_hides_the_list_it_belongs_to(
    qtbot: QtBot, crew: Crew, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.views.main_window.is_small", lambda _room: True)
    accept(crew, [draft(1)])
    desk = open_desk(qtbot, crew.lead, shell)
    for key, panel in (("catalog", lambda: desk.panels.catalog), ("duty", lambda: desk.panels.duty)):
        desk.window.show_panel(key)
        qtbot.waitUntil(lambda panel=panel: panel().isVisible())  # type: ignore[misc]
        qtbot.wait(50)
        assert panel().isVisible()
    desk.close()


def refused_proposal(desk: Desk) -> LeavePage:
    """The list of leaves, in which one was proposed that nobody has accepted to take over."""
    desk.window.show_panel("staff")
    staff = desk.panels.staff
    staff.show_list(LEAVE)
    page = staff.pages[LEAVE]
    assert isinstance(page, LeavePage)
    page.propose.trigger()
    assert "1 still to be accepted" in staff.strip.text()
    return page


def test_what_hindered_a_step_is_said_no_more_once_the_step_is_taken(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    page, staff = refused_proposal(desk), desk.panels.staff
    accept_all(crew.colleague, leave)
    page.propose.trigger()
    assert row(crew.lead, leave).state is LeaveState.PROPOSED
    assert staff.strip.text() == ""
    assert not staff.strip.isVisible()


def test_what_hindered_a_step_is_not_said_above_another_list(desk: Desk, crew: Crew) -> None:
    ask(crew.clerk, crew.colleague)
    refused_proposal(desk)
    staff = desk.panels.staff
    staff.show_list(FILES)
    assert staff.strip.text() == ""


@pytest.mark.parametrize("who", ["clerk", "manager"])
def test_the_bar_tells_what_waits_where_another_list_is_in_front_from_the_start(
    qtbot: QtBot, desk: Desk, crew: Crew, shell: Shell, who: str
) -> None:
    desk.window.show_panel("duty")
    desk.close()
    again = Desk(getattr(crew, who), shell)
    told: list[DeskFigures] = []
    again.panels.figures_changed.connect(told.append)
    qtbot.addWidget(again.window)
    again.show()
    qtbot.waitUntil(lambda: bool(told))
    assert not again.panels.orders.isVisible()
    assert told[-1].waiting == 2
    again.close()


def test_what_is_called_today_is_not_any_more_when_the_day_is_over(qtbot: QtBot, desk: Desk, crew: Crew) -> None:
    order = desk.panels.detail
    qtbot.waitUntil(lambda: "accepted today" in _said(order))
    crew.clock.time += timedelta(days=1)
    qtbot.waitUntil(lambda: "accepted 11-23" in _said(order), timeout=3_000)
    assert "today" not in _said(order)


def test_the_window_stays_where_somebody_wants_to_keep_what_would_be_lost(
    qtbot: QtBot, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [True, False]
    desk.window.show_panel("duty")
    monkeypatch.setattr(desk.panels.duty, "may_go", answers.pop)
    with qtbot.assertNotEmitted(desk.sign_out_requested), qtbot.assertNotEmitted(desk.quit_requested):
        desk.window.close()
    assert desk.window.isVisible()
    with qtbot.waitSignal(desk.quit_requested):
        desk.window.close()


def _said(panel: QWidget) -> str:
    return "\n".join(one.text() for one in panel.findChildren(QLabel))
