"""The order panel on a real office."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QSettings
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.orders.panel import OrdersPanel
from app.views.tasks import ImmediateTasks
from tests.views.conftest import Hear

OpenPanel = Callable[[Context], OrdersPanel]


@pytest.fixture
def open_panel(qtbot: QtBot, hear: Hear, tasks: ImmediateTasks, settings: QSettings) -> OpenPanel:
    """Opens somebody's order panel; it hears of changes as in the window."""

    def open_(ctx: Context) -> OrdersPanel:
        panel = OrdersPanel(ctx, tasks, hear(), settings)
        qtbot.addWidget(panel)
        panel.resize(1_000, 700)
        panel.show()
        qtbot.waitExposed(panel)
        panel.activateWindow()
        panel.table.setFocus()
        qtbot.waitUntil(panel.table.hasFocus)
        return panel

    return open_
