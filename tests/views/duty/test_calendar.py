"""One person's calendar and sheet from the roster's panel: whose they are, and what the file is called."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.views.changes import Changes
from app.views.duty.panel import DutyPanel
from app.views.paper_preview import PaperPreview
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
    assert Path(dialog.selectedFiles()[0]).name == f"{panel.name_of(panel.person_chosen())}'s duty.ics"
    assert (
        panel.name_of(panel.person_chosen()) == panel.grid.roster.headerData(0, Qt.Orientation.Vertical).split(" · ")[0]
    )
    dialog.close()


def test_of_weeks_that_are_not_published_no_name_of_a_file_is_asked(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks
) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"})
    panel = DutyPanel(crew.lead, tasks, Changes())
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.sheet is not None)
    panel.actions_.calendar.trigger()
    assert panel.window().findChild(QFileDialog) is None
    assert panel.strip.text() == "Nothing of these weeks is published yet."


def test_who_does_not_plan_takes_out_their_own_whosever_line_is_looked_at(
    qtbot: QtBot, crew: Crew, tasks: ImmediateTasks, tmp_path: Path
) -> None:
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -", crew.colleague.person: "- - 12:30 - - - -"})
    published(crew.manager)
    panel = DutyPanel(crew.clerk, tasks, Changes())
    said = list[str]()
    panel.said.connect(said.append)
    qtbot.addWidget(panel)
    panel.show()
    qtbot.waitUntil(lambda: panel.sheet is not None)
    assert panel.sheet is not None
    rows = [panel.sheet.span.lines[place].person for place in panel.sheet.rows()]
    panel.grid.setCurrentIndex(panel.grid.roster.index(rows.index(crew.colleague.person), 0))
    panel.actions_.calendar.trigger()
    dialog = panel.window().findChild(QFileDialog)
    assert dialog is not None
    assert Path(dialog.selectedFiles()[0]).name == f"{crew.clerk.name}'s duty.ics"
    file = tmp_path / "mine.ics"
    dialog.fileSelected.emit(str(file))
    assert said == ["The calendar was saved."]
    assert file.read_text(encoding="utf-8").count("BEGIN:VEVENT") == 2
    dialog.close()
    panel.actions_.print_own.trigger()
    assert panel.strip.text() == ""
    preview = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PaperPreview) and one.isVisible())
    preview.close()
