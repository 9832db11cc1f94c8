"""The roster's panel and its notes on a real office, as the window puts them together."""

from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.services.duty.rosters import read_roster
from app.services.duty.weeks import line_key
from app.views.changes import Changes
from app.views.duty.detail import DutyNotesPanel
from app.views.duty.panel import DutyPanel
from app.views.tasks import ImmediateTasks
from app.views.widgets.pill import Pill
from app.views.widgets.sentences import Sentences
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew

CTRL = Qt.KeyboardModifier.ControlModifier


class Screen:
    """The panel and its notes, as the window puts them together."""

    def __init__(self, qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, ctx: Context | None = None) -> None:
        self.crew, self.changes = crew, Changes()
        crew.db.listen(self.changes.announce)
        self.panel = DutyPanel(ctx or crew.lead, tasks, self.changes)
        self.notes = DutyNotesPanel(ctx or crew.lead, tasks, self.changes)
        self.panel.sheet_shown.connect(self.notes.show_sheet)
        self.panel.drawn.connect(self.notes.show_drawn)
        self.panel.explained.connect(self.notes.show_why)
        self.notes.compare.chosen.connect(self.panel.compare)
        self.said: list[str] = []
        self.panel.said.connect(self.said.append)
        for part in (self.panel, self.notes):
            qtbot.addWidget(part)
            part.resize(1_040, 700)
            part.show()
            qtbot.waitExposed(part)
        self.panel.weeks.setCurrentIndex(0)  # one week
        self.panel.activateWindow()
        self.panel.grid.setFocus()

    def look(self, person: int, column: int) -> None:
        sheet = self.panel.sheet
        assert sheet is not None
        row = next(n for n, p in enumerate(sheet.rows()) if sheet.span.lines[p].key == line_key(person))
        self.panel.grid.setCurrentIndex(self.panel.grid.roster.index(row, column))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.grid, key, modifier)

    def hover(self, start: tuple[int, int], over: tuple[int, int], held: Qt.KeyboardModifier) -> None:
        """Drag a shift from one cell over another, rows and columns, and hold it there."""
        grid = self.panel.grid
        at, then = (grid.visualRect(grid.roster.index(*cell)).center() for cell in (start, over))
        QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, held, at)
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove, then, grid.viewport().mapToGlobal(then), Qt.MouseButton.NoButton,
            Qt.MouseButton.LeftButton, held,
        )  # fmt: skip
        QApplication.sendEvent(grid.viewport(), event)

    def shows(self, text: str) -> bool:
        """Whether the panel itself says something like it."""
        return any(text in label.text() for label in self.panel.findChildren(QLabel))

    def draft(self, person: int, day: int) -> str:
        span = read_roster(self.crew.lead, MONDAY, 1)
        return span.code(span.shift(line_key(person), MONDAY + timedelta(days=day)))

    def pills(self) -> list[Pill]:
        """The heading's: what the roster is, and whether its rules hold."""
        return [pill for pill in self.panel.findChildren(Pill) if pill.text()]

    def words(self) -> str:
        labels = [label.text() for label in self.notes.findChildren(QLabel)]
        told = [part.toPlainText() for part in self.notes.findChildren(Sentences) if not part.isHidden()]
        return " ".join(labels + told)

    def close(self) -> None:
        """End what runs beside it."""
        self.crew.db.unlisten(self.changes.announce)
        self.panel.solving.close()
