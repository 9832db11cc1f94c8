"""One person's calendar from the roster's panel: the file is named after whose it is."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.views.changes import Changes
from app.views.duty.panel import DutyPanel
from app.views.tasks import ImmediateTasks
from tests.services.duty.making import drawn, published
from tests.services.orders.making import Crew


def test_the_file_of_a_calendar_is_named_after_whose_it_is(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"})
    published(crew.manager)
    panel = DutyPanel(crew.lead, tasks, Changes())
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.sheet is not None)
    panel.grid.setCurrentIndex(panel.grid.roster.index(0, 0))
    panel.actions_.calendar.trigger()
    dialog = panel.window().findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == f"{panel.name_chosen()}'s duty.ics"
    assert panel.name_chosen() == panel.grid.roster.headerData(0, Qt.Orientation.Vertical).split(" · ")[0]
    dialog.close()
