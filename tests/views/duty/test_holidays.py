"""A file with public holidays taken over through the roster's panel: what stands there before, refused, and after."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.services.office import office_settings
from app.views.changes import Changes
from app.views.duty.detail import DutyNotesPanel
from app.views.duty.panel import DutyPanel
from app.views.error_reporter import ErrorReporter
from app.views.tasks import ImmediateTasks
from app.views.widgets.sentences import Sentences
from tests.services.duty.making import drawn
from tests.services.orders.making import Crew

UNKNOWN = "The public holidays of 2027 are not published yet"
GOOD = [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
    {"name": "元旦", "date": "2027-01-02", "isOffDay": False},
]
BAD: list[Any] = [*GOOD, {"name": "<b>元旦</b>", "date": "2027-02-30", "isOffDay": True}, GOOD[0]]


def words(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel))


def test_errors_are_all_told_and_nothing_is_taken_and_a_good_year_is_known_at_once(
    qtbot: QtBot, crew: Crew, tmp_path: Path
) -> None:
    tasks = ImmediateTasks(ErrorReporter().show)
    changes = Changes()
    crew.db.listen(changes.announce)
    panel, notes = DutyPanel(crew.manager, tasks, changes), DutyNotesPanel(crew.manager, tasks, changes)
    said = list[str]()
    panel.said.connect(said.append)
    panel.sheet_shown.connect(notes.show_sheet)
    for part in (panel, notes):
        qtbot.addWidget(part)
        part.show()
        qtbot.waitExposed(part)
    panel.go_on(5)  # from the 28th of December on, over the year's end
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"}, monday=date(2026, 12, 28))
    panel.refresh()
    QApplication.processEvents()  # each has its place
    unknown = next(one for one in notes.findChildren(QLabel) if UNKNOWN in one.text())
    broken = next(one for one in notes.findChildren(Sentences) if one.accessibleName() == "Rules broken")
    assert unknown.mapTo(notes, QPoint()).y() < broken.mapTo(notes, QPoint()).y()  # which would push it out of sight
    file = tmp_path / "2027.json"
    file.write_text(json.dumps({"year": 2027, "days": BAD}, indent=1), encoding="utf-8")
    panel.actions_.take_holidays(str(file))
    told = panel.strip.text()
    assert "“2027-02-30” is no date" in told
    assert "2027-01-01 stands in it twice (see line 4)" in told
    assert office_settings(crew.manager).holiday_years == {}
    assert UNKNOWN in words(notes)
    file.write_text(json.dumps({"year": 2027, "days": GOOD}), encoding="utf-8")
    panel.actions_.take_holidays(str(file))
    assert said[-1] == "The public holidays of 2027 are known now."
    assert panel.strip.text() == ""
    assert UNKNOWN not in words(notes)
    assert panel.sheet is not None
    assert [kind.name for kind in panel.sheet.span.day_kinds[4:6]] == ["HOLIDAY", "MAKE_UP"]
