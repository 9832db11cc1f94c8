"""What is on the screen after any work at the roster is what would be painted of it anew."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.services.duty.rosters import read_roster
from app.views.duty.grid import RosterGrid
from tests.services.duty.making import MONDAY, drawn, published
from tests.views.duty.screen import Screen

STEPS = 24
ROOM = QSize(700, 420)  # a small window is compared sooner
DAYS = 7


class Hand:
    """Works at the roster, each time at a cell that chance says."""

    def __init__(self, screen: Screen, seed: int) -> None:
        self.screen, self.chance = screen, random.Random(seed)
        self.works: list[Callable[[], None]] = [
            *[self.put] * 2, *[self.hover] * 3, self.let_go, self.compare, self.publish,
            screen.panel.undo, screen.panel.pin, lambda: screen.panel.show_published(on=self.chance.random() < 0.3),
        ]  # fmt: skip

    def cell(self) -> tuple[int, int]:
        sheet = self.screen.panel.sheet
        assert sheet is not None
        return self.chance.randrange(len(sheet.rows())), self.chance.randrange(DAYS)

    def put(self) -> None:
        grid = self.screen.panel.grid
        grid.setCurrentIndex(grid.roster.index(*self.cell()))
        self.screen.press(self.chance.choice((Qt.Key.Key_0, Qt.Key.Key_1, Qt.Key.Key_2)))

    def hover(self) -> None:
        held = self.chance.choice((Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier))
        grid = self.screen.panel.grid
        if grid.dragging:
            self.let_go()
        rows, filled = range(grid.roster.rowCount() - 2), list[tuple[int, int]]()
        for row in rows:
            place = grid.roster.place(row)
            filled += [(row, column) for column in range(DAYS) if grid.roster.shift_at(place, column) >= 0]
        if filled:
            self.screen.hover(self.chance.choice(filled), self.cell(), held)

    def let_go(self) -> None:
        grid = self.screen.panel.grid
        if self.chance.random() < 0.5:
            self.screen.press(Qt.Key.Key_Escape)
        at = grid.visualRect(grid.roster.index(*self.cell())).center()
        QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, pos=at)

    def compare(self) -> None:
        sheet = self.screen.panel.sheet
        if sheet is not None and sheet.choices:
            self.screen.panel.compare(self.chance.choice(list(sheet.choices)))

    def publish(self) -> None:
        lead = self.screen.crew.lead
        if any(week.is_new for week in read_roster(lead, MONDAY, 1).weeks.values()):
            published(lead)


def on_screen(part: QWidget) -> QImage:
    """The pixels that were really painted, not those that painting again would give."""
    window = part.window()
    at = part.mapTo(window, QPoint())
    return window.screen().grabWindow(window.winId(), at.x(), at.y(), part.width(), part.height()).toImage()


def same(one: QImage, other: QImage) -> bool:
    form = QImage.Format.Format_RGB32
    return one.convertToFormat(form) == other.convertToFormat(form)


def anew(qtbot: QtBot, grid: RosterGrid) -> QImage:
    """The same roster in a grid that was never drawn in."""
    assert grid.roster.sheet is not None
    fresh = RosterGrid(lambda model: model.today(MONDAY))
    qtbot.addWidget(fresh)
    fresh.resize(grid.size())
    fresh.show_sheet(grid.roster.sheet)
    fresh.setCurrentIndex(fresh.roster.index(grid.currentIndex().row(), grid.currentIndex().column()))
    fresh.show()
    qtbot.waitExposed(fresh)
    fresh._cells.target = grid._cells.target
    shown = fresh.grab().toImage()
    fresh.close()
    return shown


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_painted_is_stale(qtbot: QtBot, screen: Screen, seed: int) -> None:
    crew, panel = screen.crew, screen.panel
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 - - - -", crew.colleague.person: "- 12:30 - - 12:30 - -"})
    published(crew.lead)
    for window in (panel, screen.notes):
        window.resize(ROOM)
    hand = Hand(screen, seed)
    for step in range(STEPS):
        work = hand.chance.choice(hand.works) if step != STEPS // 2 else panel.actions_.plan.trigger
        work()
        for _turn in range(3):  # what is laid out may have to be laid out once more, beside a scroll bar
            QApplication.processEvents()
        for part in (panel.grid, screen.notes):
            assert same(on_screen(part), part.grab().toImage()), (step, work, part)
    assert same(on_screen(panel.grid), anew(qtbot, panel.grid))
