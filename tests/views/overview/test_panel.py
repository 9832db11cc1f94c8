"""The day at a glance: every figure and every bar opens the rows that it was counted from."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.clock import office_day, to_ms
from app.services.access import Context
from app.services.orders.overview import day_figures
from app.services.orders.queue import queue_ids, queue_rows
from app.services.orders.rows import ContactDraft, OrderFilter, Outcome, Queue, Sort
from app.services.orders.steps import cancel_order, hold_order, log_contact
from app.views.changes import Changes
from app.views.orders.panel import OrdersPanel
from app.views.overview.panel import OverviewPanel, Tile
from app.views.tasks import ImmediateTasks
from app.views.widgets.bars import BarChart
from tests.services.orders.making import Crew, accept, draft


class Day:
    """The overview with the orders' list beside it, as the window joins them."""

    def __init__(self, qtbot: QtBot, ctx: Context, tasks: ImmediateTasks, settings: QSettings) -> None:
        self.ctx, changes = ctx, Changes()
        self.overview = OverviewPanel(ctx, tasks, changes)
        self.orders = OrdersPanel(ctx, tasks, changes, settings)
        self.wanted: list[OrderFilter] = []
        self.overview.orders_wanted.connect(self.wanted.append)
        self.overview.orders_wanted.connect(self.orders.show_orders)
        for part in (self.overview, self.orders):
            qtbot.addWidget(part)
            part.resize(1_000, 500)
            part.show()
            qtbot.waitExposed(part)

    def press(self, tile: Tile) -> OrderFilter:
        QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
        return self.wanted[-1]

    def focus(self, chart: BarChart) -> None:
        self.overview.activateWindow()
        chart.setFocus()
        QTest.qWaitForWindowActive(self.overview)
        assert chart.hasFocus()

    def rows(self) -> int:
        return self.orders.model.rowCount()


@pytest.fixture
def day(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, settings: QSettings) -> Day:
    """Two orders of yesterday, three of today, one of them held; yesterday's are late."""
    accept(crew, [draft(1), draft(2)])
    crew.clock.advance(minutes=24 * 60)
    ids = accept(crew, [draft(3), draft(4), draft(5)])
    hold_order(crew.clerk, ids[0], "地址不详")
    return Day(qtbot, crew.clerk, tasks, settings)


def test_what_was_sold_today_opens_todays_orders(day: Day) -> None:
    wanted = day.press(day.overview._sum)
    today = office_day(day.ctx.clock)
    assert (wanted.accepted_from, wanted.accepted_to, day.rows()) == (today, today, 3)


def test_what_waits_and_what_is_held_open_their_queues(day: Day) -> None:
    assert day.press(day.overview._waiting).queue is Queue.CONTACT
    assert day.rows() == len(queue_ids(day.ctx, OrderFilter(queue=Queue.CONTACT), Sort.CLOCK, False, None))
    day.press(day.overview._held)
    assert day.rows() == 1


def test_a_bar_opens_its_day_by_click_and_by_keyboard(day: Day) -> None:
    chart = day.overview._sums
    plot = chart._plot()
    column = chart._column(plot, 12)  # yesterday is the last but one of fourteen
    QTest.mouseClick(chart, Qt.MouseButton.LeftButton, pos=QPoint(int(column.center().x()), int(column.center().y())))
    assert day.rows() == 2
    day.focus(chart)
    QTest.keyClick(chart, Qt.Key.Key_Right)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert day.rows() == 3
    QTest.keyClick(chart, Qt.Key.Key_Left)
    QTest.keyClick(chart, Qt.Key.Key_Return)
    assert day.rows() == 2


def test_over_several_days_with_cancelled_orders_each_bar_opens_what_it_was_counted_from(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, settings: QSettings
) -> None:
    for number in range(4):
        made = accept(crew, [draft(10 * number + place) for place in range(5)])
        for order in made[:number]:
            cancel_order(crew.clerk, order, "不要了")
        called_back = to_ms(crew.clock.now() + timedelta(days=1 + number))
        log_contact(crew.clerk, made[4], ContactDraft(Outcome.CALL_BACK, callback_at=called_back))
        crew.clock.advance(minutes=24 * 60)
    day = Day(qtbot, crew.clerk, tasks, settings)
    figures = day_figures(crew.clerk)
    assert [one.orders for one in figures[-5:]] == [5, 4, 3, 2, 0]
    for place, one in enumerate(figures):
        day.overview._sums.bar_opened.emit(place)
        rows = queue_rows(crew.clerk, queue_ids(crew.clerk, day.orders.wanted()))
        assert (day.rows(), len(rows)) == (one.orders, one.orders)
        assert sum(row.payable for row in rows) == one.payable.get("CNY", 0)
        day.overview._rates.bar_opened.emit(place)
        assert day.rows() == one.late
    assert [one.late for one in figures[-5:]] != [0] * 5
    assert day.press(day.overview._sum).uncancelled
    assert day.orders.filters.uncancelled.isChecked()
    day.orders.filters.uncancelled.setChecked(False)
    assert day.rows() == 0


def test_a_rate_opens_what_was_late_on_its_day(day: Day) -> None:
    rates = day.overview._rates
    day.focus(rates)
    QTest.keyClick(rates, Qt.Key.Key_Left)
    QTest.keyClick(rates, Qt.Key.Key_Return)
    assert (day.wanted[-1].late, day.rows()) == (True, 2)
    assert day.press(day.overview._rate).late
    assert day.rows() == 0


def test_in_a_narrow_window_the_figures_stand_in_two_lines(qtbot: QtBot, day: Day) -> None:
    overview = day.overview
    tiles = [tile for tile in overview.findChildren(Tile) if tile.isVisible()]
    overview.resize(1_400, 500)
    assert len({tile.y() for tile in tiles}) == 1
    overview.resize(overview.minimumSizeHint())
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 2)
    assert all(tile.width() >= tile.minimumSizeHint().width() for tile in tiles)  # no word is cut
    assert overview.width() < 640
    assert overview.height() < 160  # a low window has room for it beside its bars, and a wheel for the rest
    overview.resize(1_400, 500)
    qtbot.waitUntil(lambda: len({tile.y() for tile in tiles}) == 1)
