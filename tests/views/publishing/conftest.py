"""The publishing panel on a real office."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.models.publishing import ContentKind
from app.services.access import Context
from app.services.publishing.contents import ContentDraft, content_made, plan_content
from app.views.publishing.panel import PublishingPanel
from app.views.tasks import ImmediateTasks
from app.views.widgets.list_page import ListPage
from tests.services.approvals.making import agree_to_all
from tests.services.orders.making import Crew
from tests.views.conftest import Hear, opened

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
ALT = Qt.KeyboardModifier.AltModifier


class Screen:
    """The panel as in the window: it hears of every change."""

    def __init__(self, qtbot: QtBot, hear: Hear, ctx: Context, tasks: ImmediateTasks) -> None:
        self.changes = hear()
        self.panel = PublishingPanel(ctx, tasks, self.changes)
        self.said: list[str] = []
        self.panel.said.connect(self.said.append)
        qtbot.addWidget(self.panel)
        self.panel.resize(1_000, 600)
        self.panel.show()
        qtbot.waitExposed(self.panel)
        self.panel.activateWindow()
        self.panel.setFocus()
        qtbot.waitUntil(self.panel.schedule.table.hasFocus)

    def press(self, page: ListPage[Any], key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press a key in the page's list."""
        QTest.keyClick(page.table, key, modifier)

    def dialog(self, name: str) -> QDialog:
        """The dialog that is open."""
        return opened(self.panel, f"{name}_dialog")


Open = Callable[[Context], Screen]


@pytest.fixture
def open_screen(qtbot: QtBot, hear: Hear, tasks: ImmediateTasks) -> Open:
    """Opens somebody's panel."""
    return lambda ctx: Screen(qtbot, hear, ctx, tasks)


def plan(crew: Crew, title: str = "秋酿上市", **changes: Any) -> int:
    """A news item that the specialist has planned for today."""
    today = crew.clock.now().date()
    own: dict[str, Any] = {"kind": ContentKind.NEWS, "title": title, "owner": crew.specialist.person}
    return plan_content(crew.specialist, ContentDraft(**(own | {"planned_for": today} | changes)))


def approved(crew: Crew, title: str = "秋酿上市", **changes: Any) -> int:
    """One that all have agreed to now."""
    number = plan(crew, title, **changes)
    content_made(crew.specialist, number, "图文已齐")
    agree_to_all(crew.manager, crew.director)
    return number
