"""A screen for tests of views where there is none, the house's look on it, and a real office behind it."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QSettings, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.views.changes import Changes
from app.views.error_reporter import ErrorReporter
from app.views.shell import Shell
from app.views.tasks import ImmediateTasks
from app.views.theme import ThemeChoice, apply_theme
from tests.services.conftest import crew, file_crew, office_template, server_crew, server_template
from tests.services.orders.making import Crew

__all__ = ["crew", "file_crew", "office_template", "server_crew", "server_template"]

Hear = Callable[[], Changes]


class Reports:
    """Stands for the error reporter and keeps what it was told."""

    def __init__(self) -> None:
        self.errors: list[tuple[QObject | None, Exception]] = []

    def __call__(self, owner: QObject | None, error: Exception) -> None:
        """Keep the error."""
        self.errors.append((owner, error))


@pytest.fixture
def reports() -> Reports:
    return Reports()


@pytest.fixture
def tasks(qapp: QApplication, reports: Reports) -> Iterator[ImmediateTasks]:
    result = ImmediateTasks(reports)
    yield result
    result.close()


@pytest.fixture(autouse=True)
def no_key_held() -> Iterator[None]:
    """A key struck with Ctrl leaves Qt believing that Ctrl is held, which the next test's selections would go by."""
    yield
    if QApplication.instance() is not None and QApplication.keyboardModifiers():
        QTest.keyRelease(QWidget(), Qt.Key.Key_Control)


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "window.ini"), QSettings.Format.IniFormat)


@pytest.fixture
def shell(settings: QSettings) -> Shell:
    """What the desks of one computer share."""
    reporter = ErrorReporter()
    return Shell(settings, ImmediateTasks(reporter.show), reporter)


@pytest.fixture
def hear(crew: Crew) -> Iterator[Hear]:
    """Makes what a window hears the office's changes by, until the test is over."""
    made: list[Changes] = []

    def hear_() -> Changes:
        made.append(Changes())
        crew.db.listen(made[-1].announce)
        return made[-1]

    yield hear_
    for changes in made:
        crew.db.unlisten(changes.announce)


@pytest.fixture(scope="session", autouse=True)
def _look(qapp: QApplication) -> None:
    apply_theme(qapp, ThemeChoice.LIGHT)


def opened(parent: QWidget, name: str) -> QDialog:
    """The dialog with this object name that is open over `parent`."""
    found = [one for one in parent.findChildren(QDialog, name) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} dialogs “{name}” are open"
    return found[0]


def small_screen(monkeypatch: pytest.MonkeyPatch, room: QSize) -> None:
    """Let windows find so much room on their screen."""
    for where in ("room", "step_dialog", "pages_dialog"):
        monkeypatch.setattr(f"app.views.widgets.{where}.room_for", lambda _window: room)
