"""Goods wanted at the window: suggested, asked for, followed until they are here and booked."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.stock import AskedOf, Movement, WishKind, WishState
from app.services.stock.movements import stock_history, stock_rows
from app.services.stock.wishes import WishDraft, WishRow, answer_wish, list_wishes, make_wish
from app.views.stock.columns import is_late, wish_columns
from app.views.stock.panel import WISHES, StockPanel
from app.views.stock.wish_dialogs import (
    AnswerDialog,
    DeliveredDialog,
    OrderedDialog,
    SeveralWishesDialog,
    WishDialog,
)
from app.views.stock.wishes_page import WishesPage
from app.views.theme import Kind
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.orders.making import Crew
from tests.services.stock.making import order, ship
from tests.views.conftest import opened
from tests.views.stock.conftest import OpenStock, press_ctrl_enter, type_in

CTRL = Qt.KeyboardModifier.ControlModifier
ENTER = Qt.Key.Key_Return


@pytest.fixture
def page(panel: StockPanel) -> WishesPage:
    panel.lists.choose(WISHES)
    panel.setFocus()
    return panel.wishes


@pytest.fixture
def selling(panel: StockPanel, crew: Crew) -> WishesPage:
    """Two articles that run out: 15 of 20 and 40 of 50 were sold."""
    ship(crew, order(crew, 1, {"W-1": 15}))
    ship(crew, order(crew, 2, {"W-3": 40}))
    panel.lists.choose(WISHES)
    panel.setFocus()
    return panel.wishes


def wishes(crew: Crew) -> list[tuple[str, int, AskedOf, WishState]]:
    return [(row.code, row.quantity, row.asked_of, row.state) for row in list_wishes(crew.clerk, open_only=False)]


def row_of(page: WishesPage) -> WishRow:
    row = page.table.current_row()
    assert row is not None
    return row


def test_one_suggestion_is_asked_for_with_its_quantity(qtbot: QtBot, selling: WishesPage, crew: Crew) -> None:
    assert [row.code for row in selling.suggestions.all_rows()] == ["W-3", "W-1"]
    QTest.keyClick(selling.suggestions, ENTER, CTRL)
    dialog = opened(selling.window(), "wish_dialog")
    assert isinstance(dialog, WishDialog)
    assert (dialog.code.text(), dialog.quantity.value()) == ("W-3", 30)
    dialog.asked_of.setCurrentIndex(dialog.asked_of.findData(AskedOf.PARTNER))
    press_ctrl_enter(qtbot, dialog)
    assert wishes(crew) == [("W-3", 30, AskedOf.PARTNER, WishState.MADE)]
    assert [row.code for row in selling.suggestions.all_rows()] == ["W-1"]


def test_several_suggestions_with_one_press(selling: WishesPage, crew: Crew) -> None:
    selling.suggestions.selectAll()
    selling.suggestions.setFocus()
    QTest.keyClick(selling.suggestions, ENTER, CTRL)
    dialog = opened(selling.window(), "wishes_dialog")
    assert isinstance(dialog, SeveralWishesDialog)
    dialog.note.setText("双十二")
    QTest.keyClick(dialog.note, ENTER)
    assert [row[:2] for row in wishes(crew)] == [("W-1", 10), ("W-3", 30)]
    assert {row.note for row in list_wishes(crew.clerk)} == {"双十二"}
    assert not selling.suggestions.isVisible()


def test_all_or_none_are_asked_for(selling: WishesPage, crew: Crew) -> None:
    selling.suggestions.selectAll()
    selling.actions_.ask_chosen.trigger()
    dialog = opened(selling.window(), "wishes_dialog")
    assert isinstance(dialog, SeveralWishesDialog)
    make_wish(crew.manager, WishDraft("W-1", 1))
    dialog.button.click()
    assert "W-1" in dialog.strip.text()
    assert [row[:2] for row in wishes(crew)] == [("W-1", 1)]


def test_a_wish_by_hand_finds_its_article(qtbot: QtBot, page: WishesPage, crew: Crew) -> None:
    QTest.keyClick(page.table, Qt.Key.Key_N, CTRL)
    dialog = opened(page.window(), "wish_dialog")
    assert isinstance(dialog, WishDialog)
    dialog.button.click()
    assert dialog.form.error("code")
    dialog.activateWindow()
    dialog.code.setFocus()
    QTest.keyClicks(dialog.code, "qhfj")
    dialog.code.clear()
    QTest.keyClicks(dialog.code, "fj")  # 汾酒
    qtbot.waitUntil(lambda: dialog.code.found.rowCount() == 3)
    completer = dialog.code.completer()
    popup = None if completer is None else completer.popup()
    assert popup is not None
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, ENTER)
    assert dialog.code.text() == "W-1"
    assert dialog.isVisible()
    dialog.button.click()
    assert dialog.form.error("quantity")
    dialog.quantity.setValue(24)
    dialog.button.click()
    assert wishes(crew) == [("W-1", 24, AskedOf.PURCHASING, WishState.MADE)]


def test_an_unknown_code_is_not_asked_for(page: WishesPage, crew: Crew) -> None:
    page.actions_.ask.trigger()
    dialog = opened(page.window(), "wish_dialog")
    assert isinstance(dialog, WishDialog)
    dialog.code.setText("W-99")
    dialog.quantity.setValue(1)
    dialog.button.click()
    assert "W-99" in dialog.strip.text()
    dialog.code.setText("6901234567892")  # a barcode becomes its article
    dialog.button.click()
    assert [row[0] for row in wishes(crew)] == ["W-1"]


def test_a_wish_is_followed_until_it_is_booked(qtbot: QtBot, page: WishesPage, crew: Crew) -> None:
    wish = make_wish(crew.packer, WishDraft("W-1", 24))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_E, CTRL)
    answer = opened(page.window(), "answer_dialog")
    assert isinstance(answer, AnswerDialog)
    answer.button.click()
    assert answer.form.error("note")
    answer.note.setText("周五有货")
    answer.expected.named.setChecked(True)
    answer.button.click()
    assert row_of(page).state is WishState.ANSWERED
    assert row_of(page).expected_on == date(2026, 11, 26)
    assert row_of(page).said == "周五有货"
    QTest.keyClick(page.table, Qt.Key.Key_O, CTRL)
    ordered = opened(page.window(), "ordered_dialog")
    assert isinstance(ordered, OrderedDialog)
    type_in(ordered.note, "CG-1")
    assert row_of(page).state is WishState.ORDERED
    assert not page.actions_.ordered.isEnabled()
    QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
    delivered = opened(page.window(), "delivered_dialog")
    assert isinstance(delivered, DeliveredDialog)
    assert delivered.book.isChecked()
    assert delivered.quantity.value() == 24
    delivered.quantity.setValue(23)
    press_ctrl_enter(qtbot, delivered)
    assert page.table.model().rowCount() == 0
    assert page.empty.isVisible()
    assert [row.on_hand for row in stock_rows(crew.clerk, ["W-1"])] == [43]
    newest = stock_history(crew.clerk, "W-1")[0]
    assert (newest.kind, newest.quantity, newest.ref) == (Movement.RECEIPT, 23, str(wish))
    page.over.click()
    assert [row.state for row in page.table.all_rows()] == [WishState.DELIVERED]
    said = next(column for column in wish_columns(date.today) if column.title == "Said last")
    assert said.text(row_of(page)) == "23 came"  # one fewer than asked for is seen where it is asked after
    assert not page.actions_.delivered.isEnabled()


def test_the_receipt_may_be_left_to_somebody_else(page: WishesPage, crew: Crew) -> None:
    make_wish(crew.packer, WishDraft("W-1", 24))
    page.actions_.delivered.trigger()
    dialog = opened(page.window(), "delivered_dialog")
    assert isinstance(dialog, DeliveredDialog)
    dialog.book.click()
    assert not dialog.quantity.isEnabled()
    dialog.button.click()
    assert wishes(crew)[0][3] is WishState.DELIVERED
    assert [row.on_hand for row in stock_rows(crew.clerk, ["W-1"])] == [20]


def test_what_is_cleared_out_brings_nothing_in(page: WishesPage, crew: Crew) -> None:
    make_wish(crew.packer, WishDraft("W-1", 5, kind=WishKind.CLEAR))
    assert page.table.model().index(0, 3).data() == "Clear out 5"
    page.actions_.delivered.trigger()
    dialog = opened(page.window(), "delivered_dialog")
    assert isinstance(dialog, DeliveredDialog)
    assert not dialog.book.isChecked()
    assert not dialog.book.isEnabled()
    dialog.button.click()
    assert [row.on_hand for row in stock_rows(crew.clerk, ["W-1"])] == [20]


def test_a_wish_is_dropped_with_a_reason(page: WishesPage, crew: Crew) -> None:
    make_wish(crew.packer, WishDraft("W-1", 24))
    QTest.keyClick(page.table, Qt.Key.Key_Backspace, CTRL)
    dialog = opened(page.window(), "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    type_in(dialog.reason, "停产")
    assert wishes(crew)[0][3] is WishState.DROPPED


def test_a_promised_day_that_passed_is_red(page: WishesPage, crew: Crew) -> None:
    wish = make_wish(crew.packer, WishDraft("W-1", 24))
    answer_wish(crew.packer, wish, "周二", date(2026, 11, 24))
    colour = wish_columns(page._today)[6].colour
    assert colour is not None
    assert colour(row_of(page)) is None
    crew.clock.advance(days=2)
    assert is_late(row_of(page), page._today())
    assert colour(row_of(page)) is Kind.DANGER
    page.refresh()
    assert "1 overdue" in page._below.text()


def test_keys_work_from_the_list_of_lists(panel: StockPanel) -> None:
    panel.lists.setFocus()
    QTest.keyClick(panel.lists, Qt.Key.Key_N, CTRL)
    opened(panel, "begin_dialog").reject()
    panel.lists.choose(WISHES)
    QTest.keyClick(panel.lists, Qt.Key.Key_N, CTRL)
    assert opened(panel, "wish_dialog")


@pytest.mark.usefixtures("panel")
def test_who_only_reads_asks_for_nothing(crew: Crew, open_stock: OpenStock) -> None:
    make_wish(crew.packer, WishDraft("W-1", 24))
    panel = open_stock(crew.clerk)
    panel.lists.choose(WISHES)
    actions = panel.wishes.actions_
    assert panel.wishes.table.model().rowCount() == 1
    every = (actions.ask, actions.ask_chosen, actions.answer, actions.ordered, actions.delivered, actions.drop)
    assert not any(one.isEnabled() for one in every)
    assert panel.lists.model().index(1, 0).data(Qt.ItemDataRole.UserRole) == 1
