"""The order panel on a real office."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.changes import Changes
from app.views.orders.panel import OrdersPanel
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew

OpenPanel = Callable[[Context], OrdersPanel]


@pytest.fixture
def open_panel(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, settings: QSettings) -> Iterator[OpenPanel]:
    """Opens somebody's order panel; it hears of changes as in the window."""
    heard: list[Changes] = []

    def open_(ctx: Context) -> OrdersPanel:
        changes = Changes()
        heard.append(changes)
        crew.db.listen(changes.announce)
        panel = OrdersPanel(ctx, tasks, changes, settings)
        qtbot.addWidget(panel)
        panel.resize(1_000, 700)
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        panel.table.setFocus()
        qtbot.waitUntil(panel.table.hasFocus)
        return panel

    yield open_
    for changes in heard:
        crew.db.unlisten(changes.announce)
