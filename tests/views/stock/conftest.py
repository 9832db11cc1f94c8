"""The stock panel on a real office with four articles on two shelves."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.models.stock import Movement
from app.services.access import Context
from app.services.catalog.draft import BarcodeDraft, VariantDraft
from app.services.catalog.products import add_product
from app.services.stock.movements import move_stock
from app.views.stock.panel import StockPanel
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import product
from tests.services.orders.making import Crew
from tests.views.conftest import Hear

OpenStock = Callable[[Context], StockPanel]
CASE_CODE, BOTTLE_CODE = "16901234567899", "6901234567892"
BOTTLE = VariantDraft(
    "W-1", "单瓶", (BarcodeDraft(BOTTLE_CODE), BarcodeDraft(CASE_CODE, 6)), cost=30_00, price=49_00, shelf="A-01"
)
DEAR = VariantDraft("W-2", "礼盒", (), cost=300_00, price=499_00, shelf="A-02")
CHEAP = VariantDraft("W-3", "小样", (), cost=2_00, price=4_00, shelf="A-02")
THERE = {"W-1": 20, "W-2": 5, "W-3": 50}


def stock_up(crew: Crew) -> None:
    """Enter the three articles and book what is there of them."""
    plain = replace(product(), name="汾酒 青花20 53度 500ml", variants=(BOTTLE, DEAR, CHEAP))
    add_product(crew.specialist, plain)
    move_stock(crew.packer, Movement.OPENING, list(THERE.items()))


@pytest.fixture
def open_stock(qtbot: QtBot, hear: Hear, tasks: ImmediateTasks) -> OpenStock:
    """Opens somebody's stock panel; it hears of changes as in the window."""

    def open_(ctx: Context) -> StockPanel:
        panel = StockPanel(ctx, tasks, hear())
        qtbot.addWidget(panel)
        panel.resize(1_000, 640)
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        panel.setFocus()
        return panel

    return open_


@pytest.fixture
def panel(crew: Crew, open_stock: OpenStock) -> StockPanel:
    """The packer's panel."""
    stock_up(crew)
    return open_stock(crew.packer)


def type_in(field: QWidget, text: str, key: Qt.Key = Qt.Key.Key_Return) -> None:
    """What a scanner or a hand does: the characters, then Enter."""
    if text.isascii():
        QTest.keyClicks(field, text)
    else:
        assert isinstance(field, QLineEdit)
        field.insert(text)  # as an input method commits it: Chinese has no keys
    QTest.keyClick(field, key)


def press_ctrl_enter(qtbot: QtBot, dialog: QDialog) -> None:
    """Ctrl+Enter in a dialog; a shortcut is heard by the active window only."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def digit_opens(qtbot: QtBot, dialog: QDialog, table: QWidget, digit: str) -> QLineEdit:
    """Type the first digit into a table; returns the field that opens for it."""
    dialog.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    table.setFocus()
    QTest.keyClicks(table, digit)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    return editor
