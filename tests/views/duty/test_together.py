"""Several people at one roster: nobody's hand is disturbed, nothing is undone, nothing drawn gets lost."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.services.duty.rosters import Stroke, draw
from app.services.duty.weeks import line_key
from app.services.pulse import Pulse
from app.views.tasks import ImmediateTasks
from tests.postgresql import server
from tests.services.duty.making import MONDAY, drawn
from tests.services.orders.making import Crew
from tests.views.duty.screen import CTRL, Screen

PLAIN = Qt.KeyboardModifier.NoModifier


def let_fall(screen: Screen, row: int, column: int) -> None:
    grid = screen.panel.grid
    at = grid.visualRect(grid.roster.index(row, column)).center()
    QTest.mouseRelease(grid.viewport(), Qt.MouseButton.LeftButton, PLAIN, at)


def test_what_a_colleague_draws_does_not_tear_a_shift_from_the_hand(screen: Screen) -> None:
    clerk, colleague = screen.crew.clerk.person, screen.crew.colleague.person
    drawn(screen.crew.lead, {clerk: "- 8:30 - - - - -"})
    screen.hover((0, 1), (0, 3), PLAIN)
    draw(screen.crew.manager, [Stroke(line_key(colleague), MONDAY, "", "12:30")])
    let_fall(screen, 0, 3)

    assert [screen.draft(clerk, day) for day in (1, 3)] == ["", "8:30"]
    assert screen.draft(colleague, 0) == "12:30"
    assert screen.panel.sheet is not None
    assert screen.panel.sheet.span.weeks[MONDAY].draft[line_key(colleague)][0] == "12:30"


def test_a_shift_that_falls_where_a_colleague_has_drawn_is_refused(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    drawn(screen.crew.lead, {clerk: "- 8:30 - - - - -"})
    screen.hover((0, 1), (0, 3), PLAIN)
    draw(screen.crew.manager, [Stroke(line_key(clerk), MONDAY + timedelta(days=3), "", "12:30")])
    let_fall(screen, 0, 3)

    assert [screen.draft(clerk, day) for day in (1, 3)] == ["8:30", "12:30"]
    assert "王敏's 2026-11-26" in screen.panel.strip.text()


def test_what_came_while_a_shift_was_held_is_shown_when_it_is_let_go(screen: Screen) -> None:
    clerk, colleague = line_key(screen.crew.clerk.person), line_key(screen.crew.colleague.person)
    drawn(screen.crew.lead, {screen.crew.clerk.person: "- 8:30 - - - - -"})
    for number in range(2):
        screen.hover((0, 1), (0, 3), PLAIN)
        draw(screen.crew.manager, [Stroke(colleague, MONDAY + timedelta(days=number), "", "12:30")])
        if number:
            screen.hover((0, 1), (0, 1), PLAIN)
            let_fall(screen, 0, 1)
        else:
            screen.press(Qt.Key.Key_Escape)
        assert screen.panel.sheet is not None
        week = screen.panel.sheet.span.weeks[MONDAY]
        assert (week.draft[colleague][number], week.draft[clerk][1]) == ("12:30", "8:30")


def test_what_came_while_a_shift_was_held_is_shown_when_it_falls_on_its_like(screen: Screen) -> None:
    colleague = line_key(screen.crew.colleague.person)
    drawn(screen.crew.lead, {screen.crew.clerk.person: "- 8:30 - 8:30 - - -"})
    screen.hover((0, 1), (0, 3), PLAIN)
    draw(screen.crew.manager, [Stroke(colleague, MONDAY, "", "12:30")])
    let_fall(screen, 0, 3)

    assert screen.panel.sheet is not None
    assert screen.panel.sheet.span.weeks[MONDAY].draft[colleague][0] == "12:30"
    assert not screen.panel.actions_.undo.isEnabled()


def test_a_shift_whose_fall_nobody_heard_of_is_held_no_longer(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: "- 8:30 - - - - -"})
    grid = screen.panel.grid
    screen.hover((0, 1), (0, 3), PLAIN)
    at = grid.visualRect(grid.roster.index(0, 4)).center()
    event = QMouseEvent(
        QMouseEvent.Type.MouseMove, at, grid.viewport().mapToGlobal(at), Qt.MouseButton.NoButton,
        Qt.MouseButton.NoButton, PLAIN,
    )  # fmt: skip
    QApplication.sendEvent(grid.viewport(), event)

    assert not grid.dragging
    assert screen.panel.sheet is not None
    assert screen.panel.sheet.strokes(pinned=False) == []


def test_taking_back_does_not_undo_what_a_colleague_has_drawn_since(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.look(clerk, 2)
    screen.press(Qt.Key.Key_1)
    draw(screen.crew.manager, [Stroke(line_key(clerk), MONDAY + timedelta(days=2), "8:30", "12:30")])
    screen.press(Qt.Key.Key_Z, CTRL)

    assert screen.draft(clerk, 2) == "12:30"
    assert "王敏's 2026-11-25" in screen.panel.strip.text()


def test_how_good_a_plan_is_is_said_no_more_when_a_colleague_has_drawn_in_it(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.panel.actions_.plan.trigger()
    assert screen.shows("Best · ")
    stands = screen.draft(clerk, 2)
    draw(screen.crew.manager, [Stroke(line_key(clerk), MONDAY + timedelta(days=2), stands, "" if stands else "8:30")])
    assert not screen.shows("Best · ")


def test_a_plan_that_a_colleague_was_faster_than_is_refused_and_not_praised(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    begun: list[bool] = []

    def draw_beside(running: bool) -> None:
        if running and not begun:
            begun.append(running)
            drawn(screen.crew.manager, {clerk: "12:30 8:30 12:30 8:30 12:30 8:30 12:30"})

    screen.panel.solving.running_changed.connect(draw_beside)
    screen.panel.actions_.plan.trigger()

    assert [screen.draft(clerk, day) for day in range(3)] == ["12:30", "8:30", "12:30"]
    assert "王敏's 2026-11" in screen.panel.strip.text()
    assert not screen.shows("Best · ")


def test_what_a_colleague_draws_beside_the_planner_is_shown_where_the_plan_stays(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.panel.actions_.plan.trigger()
    stands = screen.draft(clerk, 2)
    other = "" if stands else "8:30"

    def draw_beside(running: bool) -> None:
        if running:
            draw(screen.crew.manager, [Stroke(line_key(clerk), MONDAY + timedelta(days=2), stands, other)])

    screen.panel.solving.running_changed.connect(draw_beside)
    screen.panel.actions_.plan.trigger()  # the same plan once more

    screen.look(clerk, 2)
    assert screen.panel.grid.currentIndex().data() == (other or "off")
    assert not screen.shows("Best · ")


@pytest.mark.postgresql
def test_what_is_drawn_while_the_server_is_gone_is_saved_when_it_answers(
    qtbot: QtBot, server_crew: Crew, tasks: ImmediateTasks
) -> None:
    screen, name = Screen(qtbot, server_crew, tasks), str(server_crew.db.engine.url.database)
    clerk = server_crew.clerk.person
    pulse = Pulse(server_crew.db)
    pulse.feel()
    screen.look(clerk, 2)
    server().shut(name)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):
        screen.press(key)
    assert ". What was drawn is kept" in screen.panel.strip.text()
    screen.panel.refresh()
    assert screen.panel.grid.currentIndex().data() == "12:30"

    server().open(name)
    pulse.lost = True
    pulse.feel()
    assert screen.draft(clerk, 2) == "12:30"
    assert screen.panel.strip.text() == ""
    screen.panel.actions_.undo.trigger()
    assert screen.draft(clerk, 2) == "8:30"
    screen.panel.solving.close()
