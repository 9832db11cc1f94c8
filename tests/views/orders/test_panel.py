"""The order panel: queues, list, search, filter, and what happens around the person's order."""

from array import array
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.services.orders import queue
from app.services.orders.queue import DeskFigures, queue_ids, queue_rows
from app.services.orders.rows import OrderFilter, Queue, Sort
from app.services.orders.steps import claim_order, hold_order, log_contact
from app.views.orders.columns import sort_column
from app.views.orders.filters import Period
from app.views.orders.panel import OrdersPanel
from app.views.widgets import long_listing
from tests.services.orders.making import REACHED, Crew, accept, draft
from tests.views.conftest import Reports
from tests.views.orders.conftest import OpenPanel

CTRL = Qt.KeyboardModifier.ControlModifier


def shown(panel: OrdersPanel) -> list[int | None]:
    """The ids of the list in its order."""
    return [panel.model.id_at(place) for place in range(panel.model.rowCount())]


def click_header(panel: OrdersPanel, sort: Sort) -> None:
    """Press a column's title."""
    header = panel.table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(sort_column(sort)) + 20, 18)
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_what_waits_longest_stands_first_and_is_chosen(crew: Crew, open_panel: OpenPanel) -> None:
    first = accept(crew, [draft(1)])[0]
    crew.clock.advance(minutes=3)
    second = accept(crew, [draft(2)])[0]

    panel = open_panel(crew.clerk)

    assert shown(panel) == [first, second]
    assert panel.table.current_id() == first
    assert panel.queues.current() == Queue.CONTACT


def test_counts_and_figures(qtbot: QtBot, crew: Crew, open_panel: OpenPanel) -> None:
    accept(crew, [draft(1), draft(2)])
    panel = open_panel(crew.clerk)
    told: list[DeskFigures] = []
    panel.figures_changed.connect(told.append)

    crew.clock.advance(minutes=11)
    accept(crew, [draft(3)])

    assert (told[-1].late, told[-1].waiting) == (2, 3)
    spoken = panel.queues.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "To contact 3"


def test_figures_go_on_while_another_list_is_in_front(crew: Crew, open_panel: OpenPanel) -> None:
    accept(crew, [draft(1)])
    panel = open_panel(crew.clerk)
    told: list[DeskFigures] = []
    panel.figures_changed.connect(told.append)
    panel.hide()

    crew.clock.advance(minutes=11)
    accept(crew, [draft(2)])

    assert [(one.late, one.waiting) for one in told] == [(1, 2)]


def test_arrow_keys_choose_the_order_that_is_told(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2), draft(3)])
    panel = open_panel(crew.clerk)
    told: list[int | None] = []
    panel.row_selected.connect(told.append)

    QTest.keyClick(panel.table, Qt.Key.Key_Down)
    QTest.keyClick(panel.table, Qt.Key.Key_Down)

    assert told == orders[1:]


def test_the_next_order_moves_up_to_the_place_of_the_one_that_left(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2), draft(3)])
    panel = open_panel(crew.clerk)
    panel.table.choose(orders[1])

    log_contact(crew.clerk, orders[1], REACHED)

    assert shown(panel) == [orders[0], orders[2]]
    assert panel.table.current_id() == orders[2]


def test_a_colleagues_order_comes_in_without_moving_the_choice(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2)])
    panel = open_panel(crew.clerk)
    panel.table.choose(orders[1])

    fresh = accept(crew, [draft(3)])[0]

    assert shown(panel) == [*orders, fresh]
    assert panel.table.current_id() == orders[1]


def test_what_a_colleague_did_shows_in_the_row(qtbot: QtBot, crew: Crew, open_panel: OpenPanel) -> None:
    order = accept(crew, [draft(1)])[0]
    panel = open_panel(crew.clerk)

    claim_order(crew.colleague, order)

    def claimer() -> str:
        row = panel.table.current_row()
        return "" if row is None else row.claimer

    qtbot.waitUntil(lambda: claimer() == "李娜")


def test_confirming_by_key(crew: Crew, open_panel: OpenPanel, reports: Reports) -> None:
    order = accept(crew, [draft(1)])[0]
    log_contact(crew.clerk, order, REACHED)
    panel = open_panel(crew.clerk)
    said: list[str] = []
    panel.said.connect(said.append)
    panel.queues.choose(Queue.CONFIRM.value)

    QTest.keyClick(panel.table, Qt.Key.Key_Return, CTRL)

    number = queue_rows(crew.clerk, [order])[0].number
    assert said == [f"{number}: confirmed"]
    assert shown(panel) == []
    assert reports.errors == []


def test_who_has_the_order_is_told_to_the_second(crew: Crew, open_panel: OpenPanel, reports: Reports) -> None:
    order = accept(crew, [draft(1)])[0]
    panel = open_panel(crew.clerk)
    claim_order(crew.colleague, order)

    QTest.keyClick(panel.table, Qt.Key.Key_F2)

    assert [str(error) for _owner, error in reports.errors] == ["李娜 is working on this order."]
    assert queue_rows(crew.clerk, [order])[0].claimer == "李娜"


def test_enter_takes_the_next_step(crew: Crew, open_panel: OpenPanel) -> None:
    order = accept(crew, [draft(1)])[0]
    log_contact(crew.clerk, order, REACHED)
    panel = open_panel(crew.clerk)
    panel.queues.choose(Queue.CONFIRM.value)

    QTest.keyClick(panel.table, Qt.Key.Key_Return)

    assert queue_rows(crew.clerk, [order])[0].state == "confirmed"


def test_searching_goes_through_all_queues_and_a_queue_ends_it(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2), draft(3)])
    log_contact(crew.clerk, orders[1], REACHED)
    panel = open_panel(crew.clerk)
    ended: list[bool] = []
    panel.search_ended.connect(lambda: ended.append(True))

    panel.search("0002")
    assert shown(panel) == [orders[1]]
    panel.queues.choose(Queue.ALL.value)

    assert ended == [True]
    assert sorted(number for number in shown(panel) if number) == orders


def test_esc_ends_the_search_then_the_filter_then_puts_the_bar_away(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2)])
    panel = open_panel(crew.clerk)
    QTest.keyClick(panel.table, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    panel.filters.mine.setChecked(True)
    panel.search("0001")
    panel.filters.mine.setChecked(False)
    panel.filters.unclaimed.setChecked(True)
    assert shown(panel) == [orders[0]]

    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert shown(panel) == orders
    assert panel.filters.unclaimed.isChecked()
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert not panel.filters.unclaimed.isChecked()
    assert panel.filters.isVisible()
    QTest.keyClick(panel.table, Qt.Key.Key_Escape)
    assert not panel.filters.isVisible()


def test_a_column_sorts_up_and_then_down(crew: Crew, open_panel: OpenPanel) -> None:
    cheap, dear, middle = accept(crew, [draft(1, payable=100), draft(2, payable=900), draft(3, payable=500)])
    panel = open_panel(crew.clerk)

    click_header(panel, Sort.PAYABLE)
    assert shown(panel) == [cheap, middle, dear]
    click_header(panel, Sort.PAYABLE)
    assert shown(panel) == [dear, middle, cheap]
    assert panel.table.horizontalHeader().sortIndicatorSection() == sort_column(Sort.PAYABLE)


@pytest.mark.parametrize("sort", list(Sort))
def test_every_column_can_be_sorted_by(crew: Crew, open_panel: OpenPanel, reports: Reports, sort: Sort) -> None:
    orders = accept(crew, [draft(1), draft(2)])
    panel = open_panel(crew.clerk)

    panel.model.sort(sort_column(sort), Qt.SortOrder.DescendingOrder)

    assert sorted(number for number in shown(panel) if number) == orders
    assert reports.errors == []


def test_the_filter_narrows(crew: Crew, open_panel: OpenPanel) -> None:
    mine, dear, old = accept(crew, [draft(1), draft(2, payable=900_000, paid=900_000), draft(3, channel="jd")])
    claim_order(crew.clerk, mine)
    panel = open_panel(crew.clerk)
    bar = panel.filters

    bar.mine.setChecked(True)
    assert shown(panel) == [mine]
    bar.mine.setChecked(False)
    bar.least.setValue(8_000)
    bar.least.editingFinished.emit()
    assert shown(panel) == [dear]
    bar.clear()
    QTest.keyClick(panel.table, Qt.Key.Key_F, CTRL | Qt.KeyboardModifier.ShiftModifier)
    bar.channel.setCurrentIndex(bar.channel.findData("jd"))
    assert shown(panel) == [old]


def test_the_days_move_on_with_the_calendar(crew: Crew, open_panel: OpenPanel) -> None:
    before = accept(crew, [draft(1)])[0]
    crew.clock.time += timedelta(days=1)
    today = accept(crew, [draft(2)])[0]
    panel = open_panel(crew.clerk)
    bar = panel.filters

    for period, wanted in ((Period.TODAY, [today]), (Period.YESTERDAY, [before]), (Period.WEEK, [before, today])):
        bar.period.setCurrentIndex(bar.period.findData(period))
        assert shown(panel) == wanted
    bar.period.setCurrentIndex(bar.period.findData(Period.YESTERDAY))
    crew.clock.time += timedelta(days=1)
    panel.refresh()
    assert shown(panel) == [today]


def test_an_empty_list_says_what_to_do(crew: Crew, open_panel: OpenPanel) -> None:
    panel = open_panel(crew.clerk)

    def said() -> str:
        assert panel.empty.isVisible()
        return panel.empty.findChildren(QLabel)[-1].text()

    assert said() == "Nothing waits in this queue."
    panel.queues.choose(Queue.ALL.value)
    assert said() == "No order yet. Drop a platform's file here, or press Ctrl+I to import one."
    panel.filters.late.setChecked(True)
    assert said() == "No order passes the filter. Press Ctrl+Shift+F to change it."
    panel.search("五粮液")
    assert said() == "Nothing found for “五粮液”."


def test_an_order_is_shown_wherever_it_stands(crew: Crew, open_panel: OpenPanel) -> None:
    orders = accept(crew, [draft(1), draft(2)])
    log_contact(crew.clerk, orders[0], REACHED)
    panel = open_panel(crew.clerk)
    panel.filters.late.setChecked(True)
    panel.search("nothing like it")

    panel.show_order(orders[0])

    assert panel.table.current_id() == orders[0]
    assert panel.queues.current() == Queue.ALL


def test_what_is_late_from_the_pill(crew: Crew, open_panel: OpenPanel) -> None:
    late = accept(crew, [draft(1)])[0]
    crew.clock.advance(minutes=11)
    accept(crew, [draft(2)])
    panel = open_panel(crew.clerk)

    panel.show_orders(OrderFilter(queue=Queue.CONTACT, late=True))

    assert shown(panel) == [late]
    assert panel.filters.isVisible()


def test_a_held_order_stands_among_the_held(crew: Crew, open_panel: OpenPanel) -> None:
    order = accept(crew, [draft(1), draft(2)])[0]
    hold_order(crew.clerk, order, "地址待核实")
    panel = open_panel(crew.clerk)

    panel.queues.choose(Queue.HELD.value)

    assert shown(panel) == [order]


def test_a_long_list_shows_what_is_new_at_once_and_the_rest_later(
    crew: Crew, open_panel: OpenPanel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(long_listing, "FIRST_PAGE", 5)
    monkeypatch.setattr(long_listing, "LONG_LIST", 8)
    orders = accept(crew, [draft(number) for number in range(1, 13)])
    panel = open_panel(crew.clerk)
    panel.queues.choose(Queue.ALL.value)
    assert shown(panel) == orders[::-1]
    asked: list[tuple[object, ...]] = []

    def counted(*args: Any) -> "array[int]":
        asked.append(args[4:])
        return queue_ids(*args)

    monkeypatch.setattr(queue, "queue_ids", counted)

    fresh = accept(crew, [draft(13)])[0]

    assert shown(panel) == [fresh, *orders[::-1]]
    assert asked == [(5,)]  # the first page only; the whole list is asked for once the desk is quiet


def test_last_years_order_says_when_it_was_placed_with_its_year(crew: Crew, open_panel: OpenPanel) -> None:
    for number in (1, 2):
        accept(crew, [replace(draft(number), placed_at=to_ms(crew.clock.now()))])
        crew.clock.advance(days=365)
    crew.clock.advance(days=-365)
    panel = open_panel(crew.clerk)
    placed = [panel.model.index(row, sort_column(Sort.PLACED)) for row in (0, 1)]
    assert [one.data() for one in placed] == ["2026-11-23", "11-23 10:00"]
    assert placed[0].data(Qt.ItemDataRole.ToolTipRole) == "2026-11-23 10:00"
