"""The roster's grid where there is little room: long names give way to the days, low windows show more people."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QColor, QFontMetrics, QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.clock import to_ms
from app.models.people import Level, Post
from app.services.duty.rosters import read_roster
from app.services.ledger import open_ledger
from app.services.people.accounts import add_person_to
from app.views.changes import Changes
from app.views.duty.grid import RosterGrid
from app.views.duty.grid_cells import PeopleHeader
from app.views.duty.panel import DutyPanel
from app.views.duty.sheet import Sheet
from app.views.tasks import ImmediateTasks
from app.views.theme import GAP_2, GAP_4, TEXT, current, font
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew

LONG = "Maximiliane Featherstonehaugh-Wolfeschlegel"


def shown(qtbot: QtBot, crew: Crew, weeks: int, width: int, height: int, name: str = LONG) -> RosterGrid:
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), 0)
        add_person_to(conn, pen, name, [Post.SERVICE], Level.BACK_OFFICE, "xinren#01")
    grid = RosterGrid(lambda _model: None)
    qtbot.addWidget(grid)
    grid.resize(width, height)
    grid.show_sheet(Sheet(read_roster(crew.lead, MONDAY, weeks), now=crew.clock.now()))
    grid.show()
    qtbot.waitExposed(grid)
    return grid


def row_of(grid: RosterGrid, name: str) -> int:
    titles = [str(grid.roster.headerData(row, Qt.Orientation.Vertical)) for row in range(grid.roster.rowCount())]
    return next(row for row, title in enumerate(titles) if title.startswith(name))


@pytest.mark.parametrize("width", [1_060, 985, 940])
def test_two_weeks_need_no_scrolling_sideways_whatever_a_name_is(qtbot: QtBot, crew: Crew, width: int) -> None:
    grid = shown(qtbot, crew, 2, width, 560)
    assert grid.horizontalScrollBar().maximum() == 0
    assert grid.columnWidth(13) >= grid._widest


def test_the_hint_has_the_name_that_was_cut_off(qtbot: QtBot, crew: Crew) -> None:
    grid = shown(qtbot, crew, 2, 985, 560)
    header = grid.verticalHeader()
    row = row_of(grid, LONG)
    at = QPoint(20, header.sectionViewportPosition(row) + 10)
    where = header.viewport().mapToGlobal(at)
    QApplication.sendEvent(header.viewport(), QHelpEvent(QEvent.Type.ToolTip, at, where))
    assert LONG in QToolTip.text()
    QToolTip.hideText()


@pytest.mark.parametrize("name", ["Amy Watson", "Mary-Anne"])  # whose widths Qt rounds down
def test_the_widest_name_is_not_cut_off_where_there_is_room(qtbot: QtBot, crew: Crew, name: str) -> None:
    header = shown(qtbot, crew, 1, 1_200, 560, name).verticalHeader()
    assert isinstance(header, PeopleHeader)
    metrics = QFontMetrics(font(TEXT, bold=True))
    assert metrics.elidedText(name, Qt.TextElideMode.ElideRight, header._name) == name


def test_a_low_window_moves_the_lines_together(qtbot: QtBot, crew: Crew) -> None:
    grid = shown(qtbot, crew, 1, 683, 170)

    def people() -> int:
        return sum(grid.rowViewportPosition(row) + grid.rowHeight(row) <= grid.viewport().height() for row in range(9))

    assert people() >= 4
    high = grid.rowHeight(0)
    grid.resize(683, 560)
    qtbot.waitUntil(lambda: grid.rowHeight(0) > high)


def test_the_cell_under_the_keyboard_is_told_from_one_that_breaks_a_rule(qtbot: QtBot, crew: Crew) -> None:
    grid = shown(qtbot, crew, 1, 900, 560)
    grid.setCurrentIndex(grid.roster.index(0, 2))
    cell = grid.visualRect(grid.roster.index(0, 2))
    picture = grid.viewport().grab(cell).toImage()
    colours = {picture.pixelColor(x, picture.height() // 2).name().upper() for x in range(4)}
    assert QColor(current().ink).name().upper() in colours


def test_what_the_planner_says_of_its_plan_does_not_widen_the_window(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks
) -> None:
    panel = DutyPanel(crew.lead, tasks, Changes())
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitExposed(panel)
    least = panel.minimumSizeHint().width()
    panel.solving.summary = "Best · 11 cells changed, fewer cannot be · 0.2 s"
    panel.refresh()
    assert panel.minimumSizeHint().width() <= least + GAP_4 + GAP_2  # the sentence is ten times as long
    panel.solving.close()
