"""The catalog's list and detail on a real office."""

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.views.catalog.detail import ProductPanel
from app.views.catalog.panel import CatalogPanel
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.conftest import Hear

CTRL = Qt.KeyboardModifier.ControlModifier


class Shop:
    """The list and the detail beside it."""

    def __init__(
        self, qtbot: QtBot, hear: Hear, crew: Crew, ctx: Context, tasks: ImmediateTasks, settings: QSettings
    ) -> None:
        self.crew, self.changes = crew, hear()
        self.panel = CatalogPanel(ctx, tasks, self.changes, settings)
        self.detail = ProductPanel(ctx, tasks, self.changes)
        self.panel.row_selected.connect(self.detail.show_product)
        for part in (self.detail, self.panel):
            qtbot.addWidget(part)
            part.resize(1_100, 600)
            part.show()
            qtbot.waitExposed(part)
        self.panel.activateWindow()
        self.panel.table.setFocus()
        qtbot.waitUntil(self.panel.table.hasFocus)

    def names(self) -> list[str]:
        rows = [self.panel.model.row_at(place) for place in range(self.panel.model.rowCount())]
        return [row.name for row in rows if row is not None]

    def words(self) -> str:
        return " ".join(label.text() for label in self.detail.findChildren(QLabel))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.table, key, modifier)


@pytest.fixture
def shop(qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings) -> Shop:
    add(crew)
    return Shop(qtbot, hear, crew, crew.planner, tasks, settings)
