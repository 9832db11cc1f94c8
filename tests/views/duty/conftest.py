"""The roster's panel and the dialog of its rules on a real office, and what tests do at the dialog's fields."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.services.duty.rules import DutyRules, rules_of
from app.services.office import office_settings
from app.views.duty.rules_contracts import ContractsPage
from app.views.duty.rules_demand import DemandPage
from app.views.duty.rules_dialog import DutyRulesDialog
from app.views.duty.rules_page import RowsPage
from app.views.duty.rules_single import FairnessPage, HotlinePage
from app.views.tasks import ImmediateTasks
from tests.factories import Office
from tests.services.orders.making import Crew
from tests.views.duty.screen import Screen

CTRL = Qt.KeyboardModifier.ControlModifier
Opened = Callable[[str], DutyRulesDialog]
Kept = Callable[[], DutyRules]


@pytest.fixture
def screen(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> Iterator[Screen]:
    """The roster as the lead sees it."""
    made = Screen(qtbot, crew, tasks)
    yield made
    made.close()


@pytest.fixture
def desk(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> Iterator[Screen]:
    """The roster as the service desk sees it."""
    made = Screen(qtbot, crew, tasks, crew.clerk)
    yield made
    made.close()


@pytest.fixture
def rules_opened(qtbot: QtBot, file_office: Office, tasks: ImmediateTasks) -> Opened:
    """The dialog as somebody opens it: rules_opened("manager")."""

    def open_for(role: str) -> DutyRulesDialog:
        dialog = DutyRulesDialog(file_office.ctx(role), tasks)
        dialog.finished.disconnect()  # the tests look at it after it was closed
        qtbot.addWidget(dialog)
        dialog.open()
        qtbot.waitExposed(dialog)
        dialog.activateWindow()
        return dialog

    return open_for


@pytest.fixture
def rules_dialog(rules_opened: Opened) -> DutyRulesDialog:
    return rules_opened("manager")


@pytest.fixture
def rules_kept(file_office: Office) -> Kept:
    """The rules in force."""
    return lambda: rules_of(office_settings(file_office.ctx("manager")).duty_rules)


def demands(dialog: DutyRulesDialog) -> DemandPage:
    dialog.list.choose("demands")
    page = dialog.pages["demands"]
    assert isinstance(page, DemandPage)
    return page


def contracts(dialog: DutyRulesDialog) -> ContractsPage:
    dialog.list.choose("contracts")
    page = dialog.pages["contracts"]
    assert isinstance(page, ContractsPage)
    return page


def fairness(dialog: DutyRulesDialog) -> FairnessPage:
    dialog.list.choose("weights")
    page = dialog.pages["weights"]
    assert isinstance(page, FairnessPage)
    return page


def hotline(dialog: DutyRulesDialog) -> HotlinePage:
    dialog.list.choose("hotline")
    page = dialog.pages["hotline"]
    assert isinstance(page, HotlinePage)
    return page


def save(dialog: DutyRulesDialog) -> None:
    QTest.mouseClick(dialog.save, Qt.MouseButton.LeftButton)


def count_of(dialog: DutyRulesDialog, key: str) -> int:
    place = list(dialog.pages).index(key)
    return int(dialog.list.model().index(place, 0).data(Qt.ItemDataRole.UserRole))


def listed(page: RowsPage[Any], column: int = 0) -> list[str]:
    model = page.table.model()
    return [model.index(row, column).data() for row in range(model.rowCount())]


def retype(field: QWidget, text: str) -> None:
    """Type over what stands in a field."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, CTRL)
    QTest.keyClicks(field, text)
