"""The roster of 30 people: a shift dragged over five weeks, and eight shown instead of one; 1440 × 900, no screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import statistics
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.clock import to_ms
from app.models.people import Level, Post
from app.services.access import Context
from app.services.duty.rosters import Stroke, draw, publish, read_roster
from app.services.duty.weeks import WEEK, days_from, line_key
from app.services.ledger import open_ledger
from app.services.office import create_office
from app.services.people.accounts import add_person_to
from app.services.people.sign_in import sign_in
from app.views.changes import Changes
from app.views.duty.detail import DutyNotesPanel
from app.views.duty.grid import RosterGrid
from app.views.duty.panel import DutyPanel
from app.views.duty.weeks_box import WEEKS
from app.views.error_reporter import ErrorReporter
from app.views.tasks import ImmediateTasks
from app.views.theme import ThemeChoice, apply_theme
from tests.factories import FixedClock

PEOPLE, SPAN = 30, 5
MOVES, TURNS = 300, 20
MONDAY = date(2026, 11, 30)  # the week after the clock's
CODES = ("8:30", "12:30", "", "8:30", "12:30", "", "8:30")
PASSWORD = "kaimen#88"


def run() -> Iterator[tuple[str, str]]:
    """Rows of work and figure."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, ThemeChoice.LIGHT)
    with TemporaryDirectory() as folder:
        lead = _office(Path(folder) / "office.zhanggui")
        tasks, changes = ImmediateTasks(ErrorReporter().show), Changes()
        panel, notes = DutyPanel(lead, tasks, changes), DutyNotesPanel(lead, tasks, changes)
        panel.sheet_shown.connect(notes.show_sheet)
        panel.drawn.connect(notes.show_drawn)
        panel.weeks.setCurrentIndex(WEEKS.index(SPAN))
        panel.go(MONDAY)
        for part, width in ((panel, 1_050), (notes, 390)):
            part.resize(width, 840)
            part.show()
        app.processEvents()
        yield f"a shift dragged over a cell, {PEOPLE} people × {SPAN} weeks", _drag(app, panel)
        yield (
            f"{WEEKS[-1]} weeks of {PEOPLE} people shown instead of one, read, checked and painted",
            _widen(app, panel),
        )
        panel.solving.close()
        lead.db.close()


def _drag(app: QApplication, panel: DutyPanel) -> str:
    grid, chance, took = panel.grid, random.Random(7), list[float]()
    start = grid.visualRect(grid.roster.index(0, 0)).center()
    QTest.mousePress(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, start)
    for _move in range(MOVES):
        row, column = chance.randrange(10), chance.randrange(grid.roster.columnCount())
        then = grid.visualRect(grid.roster.index(row, column)).center()
        started = time.perf_counter()
        _hover(grid, then)
        app.processEvents()
        took.append((time.perf_counter() - started) * 1000)
    QTest.keyClick(grid, Qt.Key.Key_Escape)
    return f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms"


def _widen(app: QApplication, panel: DutyPanel) -> str:
    took = list[float]()
    for _turn in range(TURNS):
        panel.weeks.setCurrentIndex(0)
        app.processEvents()
        started = time.perf_counter()
        panel.weeks.setCurrentIndex(len(WEEKS) - 1)
        app.processEvents()
        took.append((time.perf_counter() - started) * 1000)
    return f"median {statistics.median(took):.0f} ms, longest {max(took):.0f} ms"


def _hover(grid: RosterGrid, then: QPoint) -> None:
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, then, grid.viewport().mapToGlobal(then), Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), event)


def _office(path: Path) -> Context:
    """Thirty at the desk, whose five weeks are published and break some rules."""
    clock = FixedClock()
    db = create_office(str(path), "云酒商行", "周凯", PASSWORD, clock=clock)
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), 0)
        people = [add_person_to(conn, pen, name, [post], Level.BACK_OFFICE, PASSWORD) for name, post in _people()]
        pen.flush()
    lead = sign_in(db, clock, "赵倩", Post.LEAD, PASSWORD)
    days = days_from(MONDAY, SPAN * WEEK)
    draw(lead, [
        Stroke(line_key(person), day, "", code)
        for place, person in enumerate(people)
        for number, day in enumerate(days)
        if (code := CODES[(number + place) % WEEK])
    ])  # fmt: skip
    seen = {week.monday: week.last_seq for week in read_roster(lead, MONDAY, SPAN).weeks.values()}
    publish(lead, MONDAY, SPAN, seen, "试排")
    return lead


def _people() -> Iterator[tuple[str, Post]]:
    for number in range(PEOPLE - 1):
        yield f"客服{number:02}", Post.SERVICE
    yield "赵倩", Post.LEAD
