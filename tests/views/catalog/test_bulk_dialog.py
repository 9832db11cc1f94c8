"""Changing several products: nothing happens to a field that nobody meant to change."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.detail import product_detail
from app.services.catalog.queue import product_ids
from app.services.catalog.rows import ProductFilter
from app.views.catalog.bulk_dialog import BulkDialog
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import add, put_on_sale
from tests.services.orders.making import Crew
from tests.views.catalog.conftest import CTRL, Shop
from tests.views.conftest import Hear, opened

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def dialog(qtbot: QtBot, shop: Shop) -> BulkDialog:
    """Opened by its key, as a person does, with the keyboard in it."""
    shop.press(Qt.Key.Key_B, CTRL | SHIFT)
    found = opened(shop.panel, "bulk_dialog")
    assert isinstance(found, BulkDialog)
    found.activateWindow()
    qtbot.waitUntil(lambda: found.focusWidget() is QApplication.focusWidget())
    return found


def brand(crew: Crew) -> str:
    return product_detail(crew.clerk, product_ids(crew.clerk, ProductFilter())[0]).row.brand


def press(key: Qt.Key) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key)


def test_enter_right_after_opening_changes_nothing(crew: Crew, dialog: BulkDialog) -> None:
    assert list(dialog.rows.all_rows()) == []
    dialog.field.setFocus()
    press(Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.form.error("value")
    assert dialog.value.hasFocus()
    assert brand(crew) == "剑南春"


def test_a_field_is_emptied_only_where_that_is_meant(qtbot: QtBot, crew: Crew, dialog: BulkDialog) -> None:
    dialog.empty.setFocus()
    press(Qt.Key.Key_Space)
    assert [row.after for row in dialog.rows.all_rows()] == ["–"]
    assert not dialog.value.isEnabled()
    dialog.field.setFocus()
    press(Qt.Key.Key_Down)  # another field: it was not meant for that one
    assert not dialog.empty.isChecked()
    assert list(dialog.rows.all_rows()) == []
    press(Qt.Key.Key_Up)
    dialog.empty.setFocus()
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: brand(crew) == "")


def test_rows_stand_in_the_preview_as_one_types_and_go_again(qtbot: QtBot, crew: Crew, dialog: BulkDialog) -> None:
    dialog.value.setFocus()
    QTest.keyClicks(dialog.value, "JNC")
    qtbot.waitUntil(lambda: [row.after for row in dialog.rows.all_rows()] == ["JNC"])
    dialog.value.selectAll()
    press(Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not dialog.rows.all_rows())
    QTest.keyClicks(dialog.value, "JNC")
    press(Qt.Key.Key_Return)
    assert brand(crew) == "JNC"


def test_a_mark_is_chosen_as_yes_or_no(crew: Crew, dialog: BulkDialog) -> None:
    dialog.field.setCurrentIndex(dialog.field.findData("lead"))
    assert list(dialog.rows.all_rows()) == []
    dialog.lead.setFocus()
    press(Qt.Key.Key_Return)
    assert dialog.form.error("lead")
    press(Qt.Key.Key_Down)
    assert len(dialog.rows.all_rows()) == 1
    press(Qt.Key.Key_Return)
    assert product_detail(crew.clerk, product_ids(crew.clerk, ProductFilter())[0]).row.lead


def test_prices_go_up_by_per_cent_and_only_when_some_are_given(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings
) -> None:
    put_on_sale(crew, add(crew))
    shop = Shop(qtbot, hear, crew, crew.planner, tasks, settings)
    shop.press(Qt.Key.Key_B, CTRL | SHIFT)
    dialog = opened(shop.panel, "bulk_dialog")
    assert isinstance(dialog, BulkDialog)
    dialog.field.setCurrentIndex(dialog.field.findData("price"))
    assert any("%" in one.text() for one in dialog.form.findChildren(QLabel) if one.buddy() is dialog.percent)
    dialog.reason.setText("涨价")
    dialog.button.click()
    assert dialog.form.error("percent")
    dialog.percent.setFocus()
    dialog.percent.selectAll()
    QTest.keyClicks(dialog.percent, "10")
    qtbot.waitUntil(lambda: len(dialog.rows.all_rows()) == 2)  # the bottle and the case
    said: list[str] = []
    shop.panel.said.connect(said.append)
    assert dialog.button.text() == "Propose"
    dialog.button.click()
    assert said == ["2 prices proposed"]  # nothing has changed yet
    assert len(list_proposals(crew.manager, Desk.MINE)) == 2


def test_its_button_says_something_else_than_the_head_of_a_column(dialog: BulkDialog) -> None:
    assert dialog.button.text() == "Change them"
