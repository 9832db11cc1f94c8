"""A mistyped or doubled code is said at its own field, and the keyboard goes there."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.views.catalog.product_dialog import ProductDialog
from tests.services.orders.making import Crew
from tests.views.catalog.conftest import CTRL, Shop
from tests.views.conftest import opened


@pytest.fixture
def dialog(qtbot: QtBot, shop: Shop) -> ProductDialog:
    """A new product of two articles, filled in as far as needed."""
    shop.press(Qt.Key.Key_N, CTRL)
    found = opened(shop.panel, "product_dialog")
    assert isinstance(found, ProductDialog)
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    found.lines["name"].setText("新酒 52度 500ml")
    found.articles.code.setText("NJ-1")
    found.articles._add.trigger()
    found.articles.code.setText("NJ-1-6")
    found.articles.table.selectRow(0)
    return found


def press_save(dialog: ProductDialog) -> None:
    QTest.mouseClick(dialog.button, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("tab", ["articles", "texts", "pictures"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [("6901234567890", "6901234567890"), ("六九", "Write them as")],
)
def test_a_bad_barcode_is_said_where_it_stands(dialog: ProductDialog, tab: str, typed: str, said: str) -> None:
    dialog.articles.barcodes.setText(typed)
    dialog.articles.table.selectRow(1)
    dialog.tabs.setCurrentWidget(getattr(dialog, tab))
    dialog.lines["name"].setFocus()
    press_save(dialog)
    assert said in dialog.articles.form.error("barcodes")
    assert dialog.articles.barcodes.text() == typed
    assert dialog.articles.barcodes.hasFocus()


def test_a_barcode_of_another_product_is_said_where_it_stands(dialog: ProductDialog) -> None:
    dialog.articles.barcodes.setText("6901234567892")
    press_save(dialog)  # the product looks like another one, which is warned of once
    press_save(dialog)
    assert "belongs to another" in dialog.articles.form.error("barcodes")
    assert dialog.articles.barcodes.hasFocus()


def test_a_code_of_another_product_is_said_where_it_stands(dialog: ProductDialog, crew: Crew) -> None:
    dialog.articles.table.selectRow(1)
    dialog.articles.code.setText("BJ-1003")
    dialog.articles.table.selectRow(0)
    press_save(dialog)
    assert "BJ-1003" in dialog.articles.form.error("code")
    assert dialog.articles.code.hasFocus()
    assert dialog.articles.code.text() == "BJ-1003"
