"""The review screen on a real office: the list and the detail beside it, as the window puts them together."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.catalog.draft import VariantDraft
from app.views.review.detail import ProposalPanel
from app.views.review.panel import ReviewPanel
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import add, article
from tests.services.orders.making import Crew
from tests.views.conftest import Hear

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


class Screen:
    """The list and the detail beside it, as the window puts them together."""

    def __init__(self, qtbot: QtBot, hear: Hear, ctx: Context, tasks: ImmediateTasks) -> None:
        self.changes = hear()
        self.panel = ReviewPanel(ctx, tasks, self.changes)
        self.detail = ProposalPanel(ctx, tasks, self.changes)
        self.panel.proposal_selected.connect(self.detail.show_proposal)
        self.said: list[str] = []
        self.panel.said.connect(self.said.append)
        for part in (self.detail, self.panel):
            qtbot.addWidget(part)
            part.resize(1_000, 600)
            part.show()
            qtbot.waitExposed(part)
        qtbot.waitUntil(self._has_the_keyboard)

    def _has_the_keyboard(self) -> bool:
        self.panel.activateWindow()
        self.panel.table.setFocus()
        return self.panel.table.hasFocus()

    def titles(self) -> list[str]:
        return [row.title for row in self.panel.table.all_rows()]

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.panel.table, key, modifier)

    def words(self) -> str:
        return " ".join(label.text() for label in self.detail.findChildren(QLabel))


@pytest.fixture
def waiting(crew: Crew) -> list[int]:
    """A price and a listing that wait for the manager, the price the longer."""
    number = add(crew)
    facts = {"price": 389_00}
    first = propose(crew.planner, ProposalDraft("price", article(crew), "剑南春 水晶剑", facts, "竞品均价 386"))
    crew.clock.advance(minutes=70)
    other = add(crew, name="习酒 窖藏1988", variants=(VariantDraft("BJ-1007", price=568_00, cost=460_00),))
    second = propose(crew.specialist, ProposalDraft("listing", other, "习酒 窖藏1988", {}, "图文已审"))
    crew.clock.advance(minutes=8)
    assert number != other
    return [first, second]


@pytest.fixture
def screen(qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, waiting: list[int]) -> Screen:
    return Screen(qtbot, hear, crew.manager, tasks)
