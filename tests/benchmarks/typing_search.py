"""What a person waits for at the desk: from a key in the search box, or PageDown, to the list painted anew."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import statistics
import time
from collections.abc import Callable
from tempfile import TemporaryDirectory

from PySide6.QtCore import QEvent, QObject, QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.services.orders.rows import Queue
from app.services.people.sign_in import sign_in
from app.views.desk import Desk
from app.views.error_reporter import ErrorReporter
from app.views.shell import Shell
from app.views.tasks import Tasks
from app.views.theme import ThemeChoice, apply_theme
from tests.benchmarks.big_office import big_office

ORDERS = int(os.environ.get("BENCH_ORDERS", "1000000"))
WORDS = ("jnc", "wly", "五粮液", "陈立", "2065", "黑木耳", "剑南", "chl")
PAGES = 60
PATIENCE_S = 10.0


class Painted(QObject):
    """Counts how often a widget was painted."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.times += event.type() == QEvent.Type.Paint
        return False


def run() -> list[tuple[str, str]]:
    """Signed in as the administrator, 1440 × 860, all parts of the desk at work."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, ThemeChoice.LIGHT)
    office = big_office(ORDERS)
    ctx = sign_in(office.db, office.clock, "admin", None, "bench#secret1")
    reporter = ErrorReporter()
    tasks = Tasks(reporter.show)
    with TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        desk = Desk(ctx, Shell(settings, tasks, reporter))
        desk.window.resize(1440, 860)
        desk.show()
        desk.panels.orders.queues.choose(Queue.ALL.value)
        _until(lambda: desk.panels.orders.model.rowCount() >= ORDERS)
        figures = [_typing(desk), _paging(desk)]
        desk.close()
    tasks.close()
    return figures


def _typing(desk: Desk) -> tuple[str, str]:
    box, painted, took = desk.window.bar.search, Painted(), []
    desk.panels.orders.table.viewport().installEventFilter(painted)
    for word in WORDS:
        for letter in word:
            shown, before = _ids(desk), painted.times
            started = time.perf_counter()
            box.insert(letter)
            _until(lambda: _ids(desk) != shown and painted.times > before)  # noqa: B023 (called in this turn)
            took.append((time.perf_counter() - started) * 1000)
            _settle()
        shown = _ids(desk)
        box.clear()
        _until(lambda: _ids(desk) != shown)  # noqa: B023
        _until(lambda: desk.panels.orders.model.rowCount() >= ORDERS)
        _settle()
    return f"a key in the search box to the list repainted, {ORDERS:,} orders", _figure(took)


def _paging(desk: Desk) -> tuple[str, str]:
    table, painted, took, chance = desk.panels.orders.table, Painted(), [], random.Random(5)
    table.viewport().installEventFilter(painted)
    for _ in range(PAGES):
        before = painted.times
        started = time.perf_counter()
        table.verticalScrollBar().setValue(chance.randrange(table.verticalScrollBar().maximum()))
        QTest.keyClick(table, Qt.Key.Key_PageDown)
        _until(lambda: painted.times > before and table.current_row() is not None)  # noqa: B023
        took.append((time.perf_counter() - started) * 1000)
        _settle()
    return "a page anywhere in the list, read and painted", _figure(took)


def _ids(desk: Desk) -> tuple[int, int | None]:
    """What tells one list from another: how long it is, and its first order."""
    return desk.panels.orders.model.rowCount(), desk.panels.orders.model.id_at(0)


def _until(done: Callable[[], bool]) -> None:
    end = time.perf_counter() + PATIENCE_S
    while not done():
        QApplication.processEvents()
        if time.perf_counter() > end:
            raise TimeoutError


def _settle() -> None:
    """Let what follows the list (detail, figures) come to rest."""
    end = time.perf_counter() + 0.15
    while time.perf_counter() < end:
        QApplication.processEvents()
        time.sleep(0.002)


def _figure(took: list[float]) -> str:
    return f"median {statistics.median(took):.0f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.0f} ms"
