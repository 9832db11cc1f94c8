"""A page of a panel on a real office, as its tests open it, press keys in it and answer its dialogs."""

from collections.abc import Callable
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.changes import Changes
from app.views.tasks import ImmediateTasks
from app.views.widgets.list_page import ListPage
from app.views.widgets.reason_dialog import ReasonDialog
from tests.views.conftest import Hear, opened

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
P = TypeVar("P", bound=ListPage[Any])


class Open:
    """Opens a page as the panel does: it is refreshed whenever something has changed."""

    def __init__(self, qtbot: QtBot, changes: Changes, tasks: ImmediateTasks) -> None:
        self._qtbot, self._tasks = qtbot, tasks
        self.said: list[str] = []
        self.counts: list[int] = []
        self.changes = changes

    def __call__(self, kind: Callable[[Context, ImmediateTasks], P], ctx: Context) -> P:
        """Somebody's page, with the keyboard in its list."""
        page = kind(ctx, self._tasks)
        page.said.connect(self.said.append)
        page.counted.connect(self.counts.append)
        self.changes.changed.connect(page.refresh)
        self._qtbot.addWidget(page)
        page.resize(1_100, 620)
        page.refresh()
        page.show()
        self._qtbot.waitExposed(page)
        page.activateWindow()
        page.setFocus()
        self._qtbot.waitUntil(page.table.hasFocus)
        return page

    def take(self, asked: QDialog, field: QWidget) -> None:
        """Press Ctrl+Enter in a field of a dialog that has the keyboard."""
        asked.activateWindow()
        self._qtbot.waitUntil(asked.isActiveWindow)
        QTest.keyClick(field, Qt.Key.Key_Return, CTRL)


@pytest.fixture
def open_page(qtbot: QtBot, hear: Hear, tasks: ImmediateTasks) -> Open:
    """Opens somebody's page."""
    return Open(qtbot, hear(), tasks)


def press(page: ListPage[Any], key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press a key in the page's list."""
    QTest.keyClick(page.table, key, modifier)


def dialog(parent: QWidget, name: str) -> QDialog:
    """The dialog that is open."""
    return opened(parent, f"{name}_dialog")


def answer(parent: QWidget, text: str) -> None:
    """Type the words that a step asks for, and take it."""
    asked = dialog(parent, "reason")
    assert isinstance(asked, ReasonDialog)
    asked.reason.setText(text)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return)
    assert not asked.isVisible(), asked.strip.text()
