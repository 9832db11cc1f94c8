"""What was drawn can be taken back in the weeks in which it was drawn, however the panel has come to show them."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.duty.rosters import read_roster
from app.services.duty.weeks import line_key
from app.views.changes import Changes
from app.views.duty.look import RosterLook
from app.views.duty.panel import DutyPanel
from app.views.tasks import ImmediateTasks
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew

NEXT = MONDAY + timedelta(days=7)


@pytest.fixture
def panel(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> Iterator[DutyPanel]:
    """The lead's, as the window opens it: nobody has turned to other weeks."""
    made = DutyPanel(crew.lead, tasks, Changes())
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.solving.close()


@pytest.mark.parametrize("look", [None, RosterLook(NEXT, 0, published=False, compared=None)])
def test_looking_at_what_is_published_and_back_loses_nothing(
    crew: Crew, panel: DutyPanel, look: RosterLook | None
) -> None:
    if look is not None:
        panel.look_as(look)
    assert panel.sheet is not None
    place = next(at for at, line in enumerate(panel.sheet.span.lines) if line.key == line_key(crew.clerk.person))
    panel.grid.setCurrentIndex(panel.grid.roster.index(list(panel.sheet.rows()).index(place), 2))
    QTest.keyClick(panel.grid, Qt.Key.Key_1)
    day = panel.first + timedelta(days=2)

    def drawn() -> str:
        span = read_roster(crew.lead, panel.first, 1)
        return span.code(span.shift(line_key(crew.clerk.person), day))

    assert drawn() == "8:30"
    for _way in range(2):
        panel.actions_.published.trigger()
    assert panel.actions_.undo.isEnabled()
    panel.actions_.undo.trigger()
    assert drawn() == ""
