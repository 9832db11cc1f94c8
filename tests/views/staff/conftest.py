"""The three pages on a real office."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.changes import Changes
from app.views.tasks import ImmediateTasks
from app.views.widgets.list_page import ListPage
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.conftest import crew, file_crew, office_template
from tests.services.orders.making import Crew
from tests.views.orders.conftest import opened

__all__ = ["crew", "file_crew", "office_template"]

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
P = TypeVar("P", bound=ListPage[Any])


class Told:
    """What a page has told."""

    def __init__(self, page: ListPage[Any]) -> None:
        self.said: list[str] = []
        self.counts: list[int] = []
        page.said.connect(self.said.append)
        page.counted.connect(self.counts.append)


class Open:
    """Opens a page as the panel does: it is refreshed whenever something has changed."""

    def __init__(self, qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
        self._qtbot, self._tasks = qtbot, tasks
        self.changes = Changes()
        crew.db.listen(self.changes.announce)

    def __call__(self, kind: Callable[[Context, ImmediateTasks], P], ctx: Context) -> tuple[P, Told]:
        """Somebody's page, with the keyboard in its list."""
        page = kind(ctx, self._tasks)
        told = Told(page)
        self.changes.changed.connect(page.refresh)
        self._qtbot.addWidget(page)
        page.resize(1_000, 620)
        page.refresh()
        page.show()
        self._qtbot.waitExposed(page)
        page.activateWindow()
        page.setFocus()
        self._qtbot.waitUntil(page.table.hasFocus)
        return page, told

    def take(self, asked: QDialog, field: QWidget) -> None:
        """Press Ctrl+Enter in a field of a dialog that has the keyboard."""
        asked.activateWindow()
        self._qtbot.waitUntil(asked.isActiveWindow)
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)


@pytest.fixture
def open_page(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> Iterator[Open]:
    """Opens somebody's page."""
    result = Open(qtbot, crew, tasks)
    yield result
    crew.db.unlisten(result.changes.announce)


def press(page: ListPage[Any], key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key in the page's list."""
    QTest.keyClick(page.table, key, modifier)


def dialog(page: ListPage[Any], name: str) -> QDialog:
    """The dialog that is open."""
    return opened(page, f"{name}_dialog")


def answer(page: ListPage[Any], text: str) -> None:
    """Type the words that a step asks for, and take it."""
    asked = dialog(page, "reason")
    assert isinstance(asked, ReasonDialog)
    asked.reason.setText(text)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    assert not asked.isVisible(), asked.strip.text()


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A picture that can be shown."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    path = tmp_path / "证书.png"
    assert image.save(str(path))
    return path
