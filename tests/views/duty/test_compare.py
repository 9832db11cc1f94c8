"""Draft, published, and the version before: what is otherwise is marked, named, and can be chosen."""

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.models.people import Post
from app.services.duty.news import roster_reminders
from app.services.duty.rosters import Stroke, draw
from app.services.duty.weeks import line_key
from app.services.opening import open_database
from app.services.people.accounts import change_person
from app.views.duty.grid_model import CALL_ROW, SERVICE_ROW
from app.views.tasks import ImmediateTasks
from tests.postgresql import server
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew
from tests.views.conftest import Reports
from tests.views.duty.screen import CTRL, Screen

DAY = timedelta(days=1)
EARLY = "8:30 8:30 8:30 - - - -"


def change(crew: Crew, day: int, before: str, after: str) -> None:
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY + day * DAY, before, after)])


def marked(screen: Screen) -> list[tuple[int, str]]:
    """Day and code before of each marked cell."""
    sheet = screen.panel.sheet
    assert sheet is not None
    return [(one.column, one.was) for one in sheet.differences()]


def offered(screen: Screen) -> list[str]:
    box = screen.notes.compare.versions
    return [box.itemText(place) for place in range(box.count())]


def choose(screen: Screen, place: int) -> None:
    box = screen.notes.compare.versions
    box.setFocus()
    box.setCurrentIndex(0)
    for _step in range(place):
        QTest.keyClick(box, Qt.Key.Key_Down)
    if place == 0:
        box.activated.emit(0)


def shown(screen: Screen, place: int, column: int) -> str:
    """What the grid shows in a row below the people, or of the clerk (place 0)."""
    model = screen.panel.grid.roster
    row = next(row for row in range(model.rowCount()) if model.place(row) == place)
    return str(model.index(row, column).data())


def test_a_draft_is_compared_with_what_is_published(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: EARLY})
    assert not screen.notes.compare.isVisible()  # nothing is known that it could be compared with
    published(screen.crew.lead)
    change(screen.crew, 2, "8:30", "12:30")
    assert marked(screen) == [(2, "8:30")]
    assert offered(screen) == ["what is published"]
    assert "王敏: Wednesday 11-25 8:30 → 12:30" in screen.words()
    assert "1 cell is different." in screen.words()


def test_a_published_roster_is_compared_with_the_version_before(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: EARLY})
    published(screen.crew.lead)
    for day in (1, 2):
        screen.crew.clock.time += timedelta(minutes=5)
        change(screen.crew, day, "8:30", "12:30")
        published(screen.crew.lead)
    assert marked(screen) == [(2, "8:30")]
    assert offered(screen) == [
        "what is published", "before the publication of 11-23 10:10 (赵倩)",
        "before the publication of 11-23 10:05 (赵倩)",
    ]  # fmt: skip
    choose(screen, 2)
    assert marked(screen) == [(1, "8:30"), (2, "8:30")]
    screen.panel.refresh()
    assert marked(screen) == [(1, "8:30"), (2, "8:30")]  # what was chosen stays
    choose(screen, 0)
    assert marked(screen) == []
    assert "Nothing is different." in screen.words()


def test_what_is_drawn_is_named_at_once(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: EARLY})
    published(screen.crew.lead)
    screen.look(screen.crew.clerk.person, 3)
    screen.press(Qt.Key.Key_1)
    assert "王敏: Thursday 11-26 off → 8:30" in screen.words()
    screen.press(Qt.Key.Key_Z, CTRL)
    assert "Nothing is different." in screen.words()


def test_the_shifts_of_who_has_left_are_missed(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: EARLY, crew.colleague.person: "- 12:30 - - - - -"})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.colleague.person), MONDAY + DAY, "12:30", "")])
    published(crew.lead)
    change_person(
        crew.program, crew.colleague.person, posts=[Post.SERVICE], level=crew.colleague.level, active=False, reason="走"
    )
    screen.panel.refresh()
    assert "李娜: Tuesday 11-24 12:30 → off" in screen.words()


def test_the_desk_sees_no_draft(desk: Screen) -> None:
    crew = desk.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    assert desk.panel.sheet is not None
    assert (shown(desk, 0, 1), shown(desk, SERVICE_ROW, 1), shown(desk, CALL_ROW, 1)) == ("", "", "")
    assert desk.panel.sheet.breaches == []  # of what is not published nothing is said
    assert [pill.text() for pill in desk.pills()] == ["Not published yet"]
    published(crew.lead)
    change(crew, 2, "8:30", "12:30")
    assert (shown(desk, 0, 2), shown(desk, 0, 4)) == ("8:30", "off")
    assert desk.pills()[0].text() == "Published"
    assert not desk.panel.actions_.published.isVisible()


def test_of_a_week_that_is_not_published_the_desk_is_not_told_why(desk: Screen) -> None:
    drawn(desk.crew.lead, {desk.crew.clerk.person: EARLY})
    desk.look(desk.crew.clerk.person, 0)
    desk.panel.actions_.why.trigger()
    assert "Not published yet" in desk.words()
    assert "“off”" not in desk.words()
    published(desk.crew.lead)
    desk.panel.actions_.why.trigger()
    assert "“off”" in desk.words()


def test_the_desk_sees_what_was_changed_by_the_last_publication(desk: Screen) -> None:
    crew = desk.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    assert marked(desk) == [(2, "8:30")]
    model = desk.panel.grid.roster
    told = model.index(0, 2).data(Qt.ItemDataRole.ToolTipRole)
    assert told.endswith("Late shift 12:30-21:00 · before: 8:30")


def test_who_plans_looks_at_what_is_published_and_cannot_draw_in_it(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    change(crew, 2, "8:30", "12:30")
    screen.panel.actions_.published.trigger()
    assert shown(screen, 0, 2) == "8:30"
    assert screen.pills()[0].text() == "Published"
    screen.look(crew.clerk.person, 2)
    screen.press(Qt.Key.Key_Delete)
    assert screen.draft(crew.clerk.person, 2) == "12:30"
    assert not screen.panel.actions_.plan.isEnabled()
    screen.panel.actions_.published.trigger()
    assert shown(screen, 0, 2) == "12:30"
    assert screen.panel.actions_.plan.isEnabled()


def test_looking_at_what_is_published_does_not_lose_what_can_be_taken_back(screen: Screen) -> None:
    crew, panel = screen.crew, screen.panel
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    screen.look(crew.clerk.person, 2)
    screen.press(Qt.Key.Key_Delete)
    for _way in range(2):
        panel.actions_.published.trigger()
    assert panel.actions_.undo.isEnabled()
    panel.actions_.undo.trigger()
    assert screen.draft(crew.clerk.person, 2) == "8:30"
    screen.look(crew.clerk.person, 2)
    screen.press(Qt.Key.Key_Delete)
    panel.go_on(1)  # what would be taken back is not seen there
    panel.go_on(-1)
    assert not panel.actions_.undo.isEnabled()


def test_looking_at_the_roster_silences_the_bell(desk: Screen) -> None:
    crew = desk.crew
    desk.panel.hide()
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    assert len(roster_reminders(crew.clerk)) == 1
    desk.panel.show()
    assert roster_reminders(crew.clerk) == []


def test_what_changes_while_nobody_looks_is_not_seen_until_somebody_clicks(desk: Screen) -> None:
    crew = desk.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    assert len(roster_reminders(crew.clerk)) == 1
    click(desk)
    assert roster_reminders(crew.clerk) == []


def test_who_plans_sees_who_has_not_looked(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    assert "Have not seen their new duty yet: 王敏" in screen.words()


def beside(crew: Crew) -> Crew:
    """The same office from another computer: what happens there is not told to the windows of this one."""
    return replace(crew, lead=replace(crew.lead, db=open_database(crew.db.place)))


def click(screen: Screen) -> None:
    grid = screen.panel.grid
    at = grid.visualRect(grid.roster.index(0, 1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, at)


def test_what_is_published_while_the_old_roster_is_shown_is_not_seen(desk: Screen) -> None:
    crew = desk.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    published(crew.lead)
    other = beside(crew)
    change(other, 2, "8:30", "12:30")
    published(other.lead)
    other.lead.db.close()
    click(desk)
    assert [one.title for one in roster_reminders(crew.clerk)] == ["11-25 8:30 → 12:30"]
    desk.panel.refresh()
    click(desk)
    assert roster_reminders(crew.clerk) == []


def test_who_plans_has_seen_the_weeks_that_are_shown_as_published(screen: Screen) -> None:
    crew = screen.crew
    for monday in (MONDAY, MONDAY + 7 * DAY):
        drawn(crew.manager, {crew.lead.person: EARLY}, monday=monday)
    published(crew.manager, weeks=2)
    draw(crew.manager, [Stroke(line_key(crew.lead.person), MONDAY + 8 * DAY, "8:30", "12:30")])
    screen.panel.weeks.setCurrentIndex(1)
    assert [one.title for one in roster_reminders(crew.lead)] == ["11-30 — 12-06"]
    screen.panel.actions_.published.trigger()
    assert roster_reminders(crew.lead) == []


@pytest.mark.postgresql
def test_a_look_that_cannot_be_recorded_disturbs_nobody_and_is_recorded_the_next_time(
    qtbot: QtBot, server_crew: Crew, tasks: ImmediateTasks, reports: Reports
) -> None:
    crew = server_crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    desk = Screen(qtbot, crew, tasks, crew.clerk)
    desk.panel.hide()
    published(crew.lead)
    desk.panel.show()
    change(crew, 2, "8:30", "12:30")
    published(crew.lead)
    name = str(crew.db.engine.url.database)
    server().shut(name)
    click(desk)
    assert reports.errors == []
    server().open(name)
    assert [one.title for one in roster_reminders(crew.clerk)] == ["11-25 8:30 → 12:30"]
    click(desk)
    assert roster_reminders(crew.clerk) == []
    desk.panel.solving.close()
