"""Where every error ends: a sentence for the person where it is one of ours, a report to copy where it is a bug."""

import functools
import logging
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType

import PySide6
import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from app.errors import AppError, CancelledError, ConflictError, OutsideError, PermissionDeniedError
from app.i18n import _, language
from app.log import trail
from app.views.theme import Kind
from app.views.widgets.strip import Strip

GONE = "gone"  # a box's property: it says that the database does not answer
QUIET_SECONDS = 10.0  # the same bug is not shown again within this time

log = logging.getLogger(__name__)


class ErrorReporter(QObject):
    """Shows errors; `install()` makes it hear of those that nobody caught."""

    _elsewhere = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.send_away: Callable[[str], None] | None = None  # for who may no longer work here as they signed in
        self._shown: dict[str, float] = {}
        self._boxes: set[QMessageBox] = set()
        self._tell: Callable[[str], None] | None = None  # set while the database does not answer
        self._strips: list[tuple[Strip, str]] = []  # what was said in them meanwhile
        self._elsewhere.connect(self._on_elsewhere, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Hear of errors in slots and in threads; they are logged and shown, and the window stays alive."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Give the hooks back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def lose(self, tell: Callable[[str], None]) -> None:
        """The database does not answer, which the window tells of: what asks for it again opens no box each time.

        Boxes that say so are closed. Who asks is told in the strip beside the work, or by `tell`, until `find`.
        """
        self._tell = tell
        for box in tuple(self._boxes):
            if box.property(GONE):
                box.close()

    def find(self) -> None:
        """The database answers again: what was said beside the work meanwhile is true no longer."""
        self._tell = None
        for strip, text in self._strips:
            if shiboken6.isValid(strip) and strip.text() == text:
                strip.clear()
        self._strips.clear()

    def show(self, owner: QObject | None, error: BaseException) -> None:
        """Show an error beside what it happened to; to be called on the window's thread."""
        if not isinstance(error, AppError):
            self._show_unexpected(owner, error)
            return
        log.info("refused: %s", type(error).__name__)
        if self.send_away is not None and _is_sent_away(error):
            self.send_away(str(error))  # at once: nothing in the window works any more
            return
        if self._tell is not None and isinstance(error, OutsideError):
            self._show_lost(owner, str(error), self._tell)
            return
        strip = None if isinstance(error, (ConflictError, OutsideError)) else _strip_of(owner)
        if strip is not None:
            strip.show_message(str(error), Kind.INFO if isinstance(error, CancelledError) else Kind.DANGER)
        elif not self._is_said(owner, str(error)):
            box = _box(owner, QMessageBox.Icon.Warning, str(error))
            box.setProperty(GONE, _is_gone(error))
            box.setDetailedText(error.said if isinstance(error, OutsideError) else "")
            self._open(box)

    def _is_said(self, owner: QObject | None, text: str) -> bool:
        """Whether a box of the same window says so already: what hinders ten works at once is told once."""
        window = _window_of(owner)
        return any(box.text() == text and box.parentWidget() is window for box in self._boxes)

    def _show_lost(self, owner: QObject | None, text: str, tell: Callable[[str], None]) -> None:
        strip = _strip_of(owner)
        if strip is None:
            tell(text)
            return
        strip.show_message(text)
        if (strip, text) not in self._strips:
            self._strips.append((strip, text))

    def _show_unexpected(self, owner: QObject | None, error: BaseException) -> None:
        log.error("unexpected error", exc_info=error)
        report = report_of(error)
        now = time.monotonic()
        if now - self._shown.get(report, -QUIET_SECONDS) < QUIET_SECONDS:
            return  # a bug in painting would bury the screen in boxes
        self._shown[report] = now
        box = _box(owner, QMessageBox.Icon.Critical, _("Something unexpected happened."))
        box.setInformativeText(
            _("Your work is kept and the window stays open. Please send the report; it holds no personal data.")
        )
        box.setDetailedText(report)
        copy = box.addButton(_("Copy report"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # a box closes on any of its buttons; this one only copies
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report))
        box.setDefaultButton(QMessageBox.StandardButton.Close)
        self._open(box)

    def _open(self, box: QMessageBox) -> None:
        self._boxes.add(box)  # one without a window to stand on would else be gone at once
        box.finished.connect(functools.partial(self._on_box_finished, box))
        box.open()

    def _on_box_finished(self, box: QMessageBox, _result: int) -> None:
        self._boxes.discard(box)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            sys.__excepthook__(kind, error, trace)
            return
        self._elsewhere.emit(error)

    def _on_thread_exception(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._elsewhere.emit(args.exc_value)

    @Slot(object)
    def _on_elsewhere(self, error: BaseException) -> None:
        self.show(QApplication.activeWindow(), error)


def report_of(error: BaseException) -> str:
    """What a developer needs and no more: kinds of errors and places in the code, no values and no messages."""
    import platform  # not before a bug: it is not part of the start

    system = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}, {platform.platform()}, {language()}"
    return "\n".join([system, *trail(error)])


def _strip_of(owner: QObject | None) -> Strip | None:
    """The strip of the panel or dialog that the owner stands in, if it has one."""
    while owner is not None:
        strip = getattr(owner, "strip", None)
        if isinstance(strip, Strip):
            return strip
        owner = owner.parent()
    return None


def _is_gone(error: AppError) -> bool:
    from app.services.db import ServerGoneError  # not at the start: it brings the database's library

    return isinstance(error, ServerGoneError)


def _is_sent_away(error: AppError) -> bool:
    if not isinstance(error, PermissionDeniedError):
        return False
    from app.services.access import RightsChangedError

    return isinstance(error, RightsChangedError)


def _window_of(owner: QObject | None) -> QWidget | None:
    return owner.window() if isinstance(owner, QWidget) else None


def _box(owner: QObject | None, mark: QMessageBox.Icon, text: str) -> QMessageBox:
    box = QMessageBox(mark, _("Zhanggui"), text, QMessageBox.StandardButton.Close, _window_of(owner))
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.setTextFormat(Qt.TextFormat.PlainText)
    return box
