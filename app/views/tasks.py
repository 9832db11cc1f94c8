"""Work off the window's thread: a function goes out, its result comes back on the window's thread."""

import logging
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from app.errors import CancelledError, OutsideError

T = TypeVar("T")
Report = Callable[[QObject, Exception], None]
WAIT_CURSOR_MS = 300
LONG_WORKERS = 2
CLOSING_SECONDS = 0.05  # between two looks at what is still to be done

log = logging.getLogger(__name__)


def _never(_seconds: float) -> bool:
    return False


def _nothing() -> None:
    pass


class Progress(QObject):
    """How far one long work is; the work calls it with a share of 1 and is stopped there when cancelled.

    Give it the panel or dialog as parent. What the worker touches is plain Python, so that it may outlive both.
    """

    moved = Signal(float)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._tell: Callable[[float], None] | None = None
        self._cancelled = threading.Event()
        self._percent = -1

    def __call__(self, share: float) -> None:
        """Tell the share that is done (0 to 1), from any thread; raises CancelledError once cancelled."""
        if self._cancelled.is_set():
            raise CancelledError
        percent = int(share * 100)
        if percent != self._percent and self._tell is not None:  # a signal a row would drown the window
            self._percent = percent
            self._tell(share)

    def carry(self, tell: Callable[[float], None]) -> None:
        """Let `tell` carry the share to the window's thread."""
        self._tell = tell

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether cancel was pressed."""
        return self._cancelled.is_set()


@dataclass(slots=True)
class Call:
    """One piece of work on its way: out with `work`, back with a result or an error."""

    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    progress: Progress | None = None  # of a long work
    reads: bool = False  # only: may be done once more
    result: Any = None
    error: Exception | None = None


class Tasks(QObject):
    """Runs what calls a service: one worker for the database, in the order asked; a few for files, papers, backups."""

    idle_changed = Signal(bool)  # whether nothing short is under way
    _came_back = Signal(object)
    _moved = Signal(object, float)

    def __init__(self, report: Report, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._report = report
        self._database = ThreadPoolExecutor(1, "database")
        self._long = ThreadPoolExecutor(LONG_WORKERS, "long")
        self._open = True
        self._pending = 0
        self._progresses: set[Progress] = set()
        self._under_way: set[Future[None]] = set()
        self._unread: list[Call] = []  # what a database that did not answer owes
        self._waiting = QTimer(self, singleShot=True, interval=WAIT_CURSOR_MS)
        self._waiting.timeout.connect(self._on_waiting_timeout)
        self._cursor_shown = False
        self._came_back.connect(self._on_came_back, Qt.ConnectionType.QueuedConnection)
        self._moved.connect(self._on_moved)

    def run(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work` (no Qt in it) on the database's worker, then call `then` with its result on the window's thread.

        An error goes to `failed`, or to the reporter. Nothing comes back once `owner` was destroyed.
        """
        self._start(self._database, Call(owner, work, then, failed))

    def read(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do `work`, which only reads what `owner` shows from its first moment on, and is lost without.

        Where the database does not answer, that is reported, and it is read by `read_again`.
        """
        self._start(self._database, Call(owner, work, then, failed, reads=True))

    def read_again(self) -> None:
        """Read what was asked for while the database did not answer, for those who still wait for it."""
        unread, self._unread = self._unread, []
        for call in unread:
            if shiboken6.isValid(call.owner):
                self._start(self._database, replace(call, error=None))

    def run_long(
        self,
        owner: QObject,
        work: Callable[[Progress], T],
        progress: Progress,
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Do a long `work` beside the others; it tells `progress`, made for this run, and stops where cancelled."""
        progress.carry(lambda share: self._moved.emit(progress, share))
        self._start(self._long, Call(owner, lambda: work(progress), then, failed, progress))

    def close(self, give_up: Callable[[float], bool] = _never, cut: Callable[[], None] = _nothing) -> None:
        """Stop accepting, cancel what is long, finish what was asked of the database; blocks until then.

        `give_up` is asked all the while, with the seconds passed, whether to leave what has not begun undone; `cut`
        then ends what does not end by itself.
        """
        self._open = False
        for progress in self._progresses:
            progress.cancel()
        began, given_up = time.monotonic(), False
        while not given_up and wait(tuple(self._under_way), CLOSING_SECONDS).not_done:
            given_up = give_up(time.monotonic() - began)
        for executor in (self._database, self._long):
            executor.shutdown(wait=False, cancel_futures=given_up)
        if given_up:
            cut()  # not before: what was next would begin as soon as what hangs has ended
        for executor in (self._database, self._long):
            executor.shutdown(wait=True)
        self._waiting.stop()
        self._restore_cursor()

    def _start(self, executor: ThreadPoolExecutor, call: Call) -> None:
        if not self._open:
            log.info("closing: work not started")
            return
        self._count(call, 1)
        if call.progress is not None:
            self._progresses.add(call.progress)
        future = executor.submit(self._work, call)
        self._under_way.add(future)
        future.add_done_callback(self._under_way.discard)

    def _work(self, call: Call) -> None:
        self._do(call)
        if call.error is not None and not self._open and not isinstance(call.error, CancelledError):
            log.error("failed while closing", exc_info=call.error)
        self._came_back.emit(call)

    @staticmethod
    def _do(call: Call) -> None:
        try:
            call.result = call.work()
        except Exception as error:  # noqa: BLE001 (carried to the window's thread, where all errors are reported)
            call.error = error

    @Slot(object)
    def _on_came_back(self, call: Call) -> None:
        self._count(call, -1)
        if call.progress is not None:
            self._end(call.progress)
        if not shiboken6.isValid(call.owner):
            if call.error is not None:
                log.error("failed after its panel was closed", exc_info=call.error)
            return
        if call.error is None:
            if call.then is not None:
                call.then(call.result)
            return
        if call.reads and isinstance(call.error, OutsideError):
            self._unread.append(call)
        if call.failed is not None:
            call.failed(call.error)
        else:
            self._report(call.owner, call.error)

    @Slot(object, float)
    def _on_moved(self, progress: Progress, share: float) -> None:
        if shiboken6.isValid(progress):
            progress.moved.emit(share)

    def _end(self, progress: Progress) -> None:
        self._progresses.discard(progress)
        if shiboken6.isValid(progress):
            progress.deleteLater()  # else a panel would gather them

    def _count(self, call: Call, step: int) -> None:
        if call.progress is not None:
            return
        before, self._pending = self._pending, self._pending + step
        if before == 0:
            self._waiting.start()
            self.idle_changed.emit(False)
        elif self._pending == 0:
            self._waiting.stop()
            self._restore_cursor()
            self.idle_changed.emit(True)

    @Slot()
    def _on_waiting_timeout(self) -> None:
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        self._cursor_shown = True

    def _restore_cursor(self) -> None:
        if self._cursor_shown:
            QGuiApplication.restoreOverrideCursor()
            self._cursor_shown = False


class ImmediateTasks(Tasks):
    """The same without threads, for tests of panels."""

    def _start(self, _executor: ThreadPoolExecutor, call: Call) -> None:
        self._count(call, 1)
        self._do(call)
        self._on_came_back(call)
