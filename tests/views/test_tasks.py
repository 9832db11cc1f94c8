"""Work off the window's thread, with real threads."""

import gc
import logging
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.errors import CancelledError, RuleError
from app.views.tasks import ImmediateTasks, Progress, Tasks
from tests.views.conftest import Reports

MAIN = threading.main_thread()


@pytest.fixture
def real(qapp: QApplication, reports: Reports) -> Iterator[Tasks]:
    result = Tasks(reports)
    yield result
    result.close()


@pytest.fixture
def owner() -> QObject:
    return QObject()


def test_work_runs_elsewhere_and_its_result_comes_back_here(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    came: list[tuple[threading.Thread, threading.Thread]] = []

    real.run(owner, threading.current_thread, lambda worker: came.append((worker, threading.current_thread())))

    qtbot.waitUntil(lambda: bool(came))
    assert came[0][0] is not MAIN
    assert came[0][1] is MAIN


def test_the_database_sees_calls_one_by_one_in_the_order_asked(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    order: list[int] = []
    came: list[int] = []
    workers: set[threading.Thread] = set()

    def work(number: int) -> int:
        workers.add(threading.current_thread())
        order.append(number)
        return number

    for number in range(200):
        real.run(owner, lambda number=number: work(number), came.append)  # type: ignore[misc]

    qtbot.waitUntil(lambda: len(came) == 200)
    assert order == came == list(range(200))
    assert len(workers) == 1


def test_an_error_goes_to_the_reporter_with_its_owner(
    qtbot: QtBot, real: Tasks, owner: QObject, reports: Reports
) -> None:
    def work() -> None:
        raise RuleError

    came: list[None] = []
    real.run(owner, work, came.append)

    qtbot.waitUntil(lambda: bool(reports.errors))
    assert came == []
    assert reports.errors[0][0] is owner
    assert isinstance(reports.errors[0][1], RuleError)


def test_an_error_goes_to_who_asked_for_it(qtbot: QtBot, real: Tasks, owner: QObject, reports: Reports) -> None:
    failed: list[Exception] = []

    real.run(owner, lambda: 1 // 0, failed=failed.append)

    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)
    assert reports.errors == []


def test_nothing_comes_back_to_a_destroyed_owner(qtbot: QtBot, real: Tasks, reports: Reports) -> None:
    gone, still = QObject(), QObject()
    hold = threading.Event()
    came: list[str] = []
    real.run(gone, hold.wait, lambda _result: came.append("gone"))
    real.run(still, lambda: None, lambda _result: came.append("still"))
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, 52)  # QEvent.DeferredDelete

    hold.set()

    qtbot.waitUntil(lambda: bool(came))
    assert came == ["still"]
    assert reports.errors == []


def test_an_error_for_a_destroyed_owner_is_logged(qtbot: QtBot, real: Tasks, caplog: pytest.LogCaptureFixture) -> None:
    gone, still = QObject(), QObject()
    hold = threading.Event()
    came: list[None] = []

    def work() -> None:
        hold.wait()
        raise ZeroDivisionError

    real.run(gone, work)
    real.run(still, lambda: None, came.append)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, 52)
    hold.set()

    qtbot.waitUntil(lambda: bool(came))
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_the_wait_cursor_shows_only_when_it_takes_long(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    hold = threading.Event()
    real.run(owner, hold.wait)
    assert QGuiApplication.overrideCursor() is None

    qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is not None, timeout=3000)
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.shape() == Qt.CursorShape.WaitCursor

    hold.set()
    qtbot.waitUntil(lambda: QGuiApplication.overrideCursor() is None)


def test_a_long_work_tells_its_progress_here_and_does_not_hold_up_the_database(
    qtbot: QtBot, real: Tasks, owner: QObject
) -> None:
    hold = threading.Event()
    told: list[tuple[float, threading.Thread]] = []
    came: list[str] = []

    def long_work(progress: Progress) -> str:
        progress(0.5)
        hold.wait()
        return "long"

    progress = Progress(owner)
    progress.moved.connect(lambda share: told.append((share, threading.current_thread())))
    real.run_long(owner, long_work, progress, came.append)
    real.run(owner, lambda: "short", came.append)

    qtbot.waitUntil(lambda: came == ["short"])
    qtbot.waitUntil(lambda: told == [(0.5, MAIN)])
    hold.set()
    qtbot.waitUntil(lambda: came == ["short", "long"])


def test_a_million_steps_are_a_hundred_messages(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    told: list[float] = []
    came: list[None] = []

    def work(progress: Progress) -> None:
        for step in range(100_000):
            progress(step / 100_000)

    progress = Progress(owner)
    progress.moved.connect(told.append)
    real.run_long(owner, work, progress, came.append)

    qtbot.waitUntil(lambda: bool(came), timeout=10_000)
    assert len(told) == 100
    assert told == sorted(told)


def test_cancel_stops_a_long_work_at_its_next_step(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    progress = Progress()
    failed: list[Exception] = []

    def endless(tell: Progress) -> None:
        while True:
            tell(0.1)

    real.run_long(owner, endless, progress, failed=failed.append)
    progress.cancel()

    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], CancelledError)


def test_a_work_may_outlive_its_panel_and_its_progress(qtbot: QtBot, real: Tasks, reports: Reports) -> None:
    gone, still = QObject(), QObject()
    hold, ended = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        hold.wait()
        progress(0.5)
        ended.set()

    told: list[None] = []
    real.run_long(gone, work, Progress(gone), told.append)
    gone.deleteLater()
    QApplication.sendPostedEvents(gone, 52)
    hold.set()

    assert ended.wait(5)
    came: list[None] = []
    real.run(still, lambda: None, came.append)
    qtbot.waitUntil(lambda: bool(came))
    assert told == []
    assert reports.errors == []


def test_a_panel_gathers_no_old_progresses(qtbot: QtBot, real: Tasks, owner: QObject) -> None:
    came: list[None] = []
    for _time in range(10):
        real.run_long(owner, lambda progress: progress(1.0), Progress(owner), came.append)

    qtbot.waitUntil(lambda: len(came) == 10)
    qtbot.waitUntil(lambda: owner.findChildren(Progress) == [])


def test_close_finishes_what_was_asked_and_accepts_no_more(qapp: QApplication, reports: Reports) -> None:
    tasks, owner = Tasks(reports), QObject()
    done: list[int] = []
    hold = threading.Event()
    tasks.run(owner, hold.wait)
    for number in range(5):
        tasks.run(owner, lambda number=number: done.append(number))  # type: ignore[misc]
    hold.set()

    tasks.close()
    tasks.run(owner, lambda: done.append(99))

    assert done == [0, 1, 2, 3, 4]
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("database", "long"))]


def test_close_cancels_a_long_work(qapp: QApplication, reports: Reports, caplog: pytest.LogCaptureFixture) -> None:
    tasks, owner = Tasks(reports), QObject()
    began = threading.Event()

    def endless(tell: Progress) -> None:
        while True:
            began.set()
            tell(0.1)

    tasks.run_long(owner, endless, Progress())
    assert began.wait(5)

    tasks.close()

    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


def test_an_error_while_closing_is_logged(
    qapp: QApplication, reports: Reports, caplog: pytest.LogCaptureFixture
) -> None:
    tasks, owner = Tasks(reports), QObject()
    hold = threading.Event()

    def work() -> None:
        hold.wait()
        raise ZeroDivisionError

    tasks.run(owner, work)
    threading.Timer(0.05, hold.set).start()

    tasks.close()

    assert "failed while closing" in caplog.text


def test_immediate_tasks_do_the_same_without_a_thread(tasks: ImmediateTasks, owner: QObject, reports: Reports) -> None:
    came: list[threading.Thread] = []
    told: list[float] = []

    def long_work(progress: Progress) -> threading.Thread:
        progress(0.25)
        return threading.current_thread()

    tasks.run(owner, threading.current_thread, came.append)
    tasks.run(owner, lambda: 1 // 0)
    progress = Progress(owner)
    progress.moved.connect(told.append)
    tasks.run_long(owner, long_work, progress, came.append)

    assert came == [MAIN, MAIN]
    assert told == [0.25]
    assert [type(error) for _owner, error in reports.errors] == [ZeroDivisionError]


def test_threads_and_results_under_load_leave_nothing_behind(qtbot: QtBot, real: Tasks, reports: Reports) -> None:
    came: list[int] = []
    last = QObject()
    for number in range(300):
        owner = QObject()
        real.run(owner, lambda number=number: number, came.append)  # type: ignore[misc]
        if number % 3 == 0:
            owner.deleteLater()
        del owner
    gc.collect()
    real.run(last, lambda: -1, came.append)

    qtbot.waitUntil(lambda: -1 in came)
    assert reports.errors == []
    assert set(came) - {-1} >= {number for number in range(300) if number % 3}
