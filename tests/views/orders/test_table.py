"""The order list on the screen: whole rows, remembered columns, steady places, keys."""

from array import array
from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.orders import OrderState
from app.services.duty.service_calendar import ServiceCalendar
from app.services.orders.deadline import DeskClock
from app.services.orders.rows import Sort
from app.views.orders.cells import OrderCells
from app.views.orders.columns import sort_column
from app.views.orders.panel import SHARING
from app.views.theme import LIGHT, ROW
from app.views.widgets.long_model import LongModel
from app.views.widgets.long_table import LongTable
from tests.views.orders.rows import COLUMNS, NOON, Source, row

CLOCK = DeskClock(ServiceCalendar())
CELLS = OrderCells(lambda: CLOCK, lambda: NOON)
GOODS, CHANNEL, HINT = sort_column(Sort.GOODS), sort_column(Sort.CHANNEL), SHARING.rest


class Shown:
    """A table over fifty orders whose rows are there."""

    def __init__(self, qtbot: QtBot, settings: QSettings, count: int = 50) -> None:
        self.source = Source()
        self.model = LongModel(COLUMNS, self.source.fetch)
        self.table = LongTable(self.model, CELLS, "Orders", settings, "people/7", sharing=SHARING)
        qtbot.addWidget(self.table)
        self.table.resize(1_000, 36 + 20 * ROW)
        numbers = range(1, count + 1)
        self.model.show_ids(array("q", numbers), [row(number, state=OrderState.CONTACTED) for number in numbers])
        self.table.show()
        qtbot.waitExposed(self.table)

    def image(self) -> QImage:
        """What is on the screen."""
        return self.table.viewport().grab().toImage()


@pytest.fixture
def shown(qtbot: QtBot, settings: QSettings) -> Shown:
    return Shown(qtbot, settings)


def test_the_hairline_runs_under_the_whole_row(shown: Shown) -> None:
    image = shown.image()

    colours = {image.pixelColor(x, ROW - 1).name().upper() for x in range(image.width())}

    assert colours == {LIGHT.sunken}


def test_below_the_last_order_there_is_nothing(qtbot: QtBot, settings: QSettings) -> None:
    image = Shown(qtbot, settings, count=3).image()

    under = range(3 * ROW, image.height())
    assert {image.pixelColor(x, y).name().upper() for x in range(0, image.width(), 7) for y in under} == {LIGHT.surface}


def test_the_selected_row_is_tinted_from_end_to_end(shown: Shown) -> None:
    shown.table.choose_place(2)
    image = shown.image()

    tinted, plain = 2 * ROW + 2, 4 * ROW + 2
    assert {image.pixelColor(x, tinted).name().upper() for x in range(4, image.width())} == {LIGHT.selected}
    assert {image.pixelColor(x, plain).name().upper() for x in range(image.width())} == {LIGHT.surface}


def test_the_row_under_the_keyboard_is_marked_while_the_list_has_it(qtbot: QtBot, shown: Shown) -> None:
    shown.table.choose_place(1)
    shown.table.clearFocus()
    assert shown.image().pixelColor(1, ROW + 10).name().upper() == LIGHT.selected

    shown.table.activateWindow()
    shown.table.setFocus()
    qtbot.waitUntil(shown.table.hasFocus)

    assert shown.image().pixelColor(1, ROW + 10).name().upper() == LIGHT.accent


def test_scrolled_rows_are_the_right_ones(shown: Shown) -> None:
    bar = shown.table.verticalScrollBar()
    bar.setValue(7 * ROW)
    moved = shown.image()
    shown.table.viewport().update()

    assert shown.table.visible_places()[0] == 7
    assert moved == shown.image()  # what was moved on the screen is what a whole painting gives


def test_keys_of_the_list(qtbot: QtBot, shown: Shown) -> None:
    told: list[str] = []
    shown.table.opened.connect(lambda: told.append("opened"))
    shown.table.left.connect(lambda: told.append("left"))
    shown.table.choose_place(0)

    QTest.keyClick(shown.table, Qt.Key.Key_Down)
    QTest.keyClick(shown.table, Qt.Key.Key_Return)
    QTest.keyClick(shown.table, Qt.Key.Key_Escape)
    QTest.keyClick(shown.table, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)

    assert told == ["opened", "left"]
    assert shown.table.current_id() == 50


def test_home_and_end_go_to_the_first_and_the_last_row(shown: Shown) -> None:
    shown.table.choose_place(3)
    QTest.keyClick(shown.table, Qt.Key.Key_End)
    assert shown.table.chosen_ids() == [50]
    QTest.keyClick(shown.table, Qt.Key.Key_Home)
    assert shown.table.chosen_ids() == [1]


def test_choosing_several_keeps_the_lists_order(shown: Shown) -> None:
    shown.table.choose_place(9)
    QTest.keyClick(shown.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(shown.table, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)

    assert shown.table.chosen_ids() == [8, 9, 10]


def test_new_orders_above_do_not_move_what_is_read(shown: Shown) -> None:
    shown.table.verticalScrollBar().setValue(10 * ROW + 5)

    with shown.table.steady(same=True):
        shown.model.show_ids(array("q", [101, 102, 103, *range(1, 51)]), same=True)

    assert shown.model.id_at(shown.table.visible_places()[0]) == 11
    assert shown.table.rowViewportPosition(shown.table.visible_places()[0]) == -5


def test_at_the_top_new_orders_come_into_sight(shown: Shown) -> None:
    with shown.table.steady(same=True):
        shown.model.show_ids(array("q", [101, *range(1, 51)]), same=True)

    assert shown.model.id_at(shown.table.visible_places()[0]) == 101


def test_columns_are_remembered_for_each_language(qtbot: QtBot, settings: QSettings, shown: Shown) -> None:
    shown.table.setColumnWidth(GOODS, 222)
    shown.table.setColumnHidden(CHANNEL, True)
    shown.table.keep_columns()

    again = Shown(qtbot, settings).table
    set_language("zh_CN")
    other = Shown(qtbot, settings).table

    assert (again.columnWidth(GOODS), again.isColumnHidden(CHANNEL)) == (222, True)
    assert (other.columnWidth(GOODS) == 222, other.isColumnHidden(CHANNEL)) == (False, False)


def test_a_damaged_memory_of_columns_is_left_aside(qtbot: QtBot, tmp_path: Path) -> None:
    settings = QSettings(str(tmp_path / "other.ini"), QSettings.Format.IniFormat)
    settings.setValue("people/7/columns/en", "nonsense")

    assert Shown(qtbot, settings).table.columnWidth(GOODS) > 0


def test_goods_and_hint_share_what_the_others_leave(shown: Shown) -> None:
    table = shown.table
    others = sum(table.columnWidth(place) for place in range(HINT) if place != GOODS)
    for width in (1_400, others + 300):
        table.resize(width, 300)
        assert table.columnWidth(HINT) == SHARING.rest_comfort
        assert others + table.columnWidth(GOODS) + SHARING.rest_comfort == table.viewport().width()

    table.resize(400, 300)
    assert (table.columnWidth(GOODS), table.columnWidth(HINT)) == (SHARING.wide_least, SHARING.rest_least)


def test_a_width_set_by_hand_stays_and_the_hint_takes_the_rest(shown: Shown) -> None:
    table = shown.table
    others = sum(table.columnWidth(place) for place in range(HINT) if place != GOODS)
    table.resize(1_400, 300)

    table.setColumnWidth(GOODS, 60)

    assert table.columnWidth(GOODS) == 60
    assert table.columnWidth(HINT) == table.viewport().width() - others - 60
