"""A roster's beginning: what an untouched one asks for, and weeks of which only some are published."""

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from app.models.people import Post
from app.services.duty.rules import DEFAULT_RULES, WORKED, Demand, written
from app.services.office import change_settings, office_settings
from app.views.duty.grid import RosterGrid
from app.views.theme import current
from app.views.widgets.buttons import ActionButton
from tests.services.duty.making import MONDAY, drawn, published
from tests.views.duty.screen import Screen

BEGIN = "Nothing is planned here yet. “Plan the duty” (Ctrl+G) draws these weeks"
EARLY = "8:30 8:30 8:30 8:30 - - -"
WEEK = timedelta(days=7)


def two_weeks(screen: Screen) -> list[str]:
    """Show two weeks; what the heading's pills say."""
    screen.panel.weeks.setCurrentIndex(1)
    return [pill.text() for pill in screen.pills()]


def marked(grid: RosterGrid) -> list[bool]:
    """Above which days the line is painted that says that they are not published."""
    header = grid.horizontalHeader()
    picture = header.viewport().grab().toImage()
    warn, low = QColor(current().warn), picture.height() - 1
    centres = [header.sectionViewportPosition(n) + header.sectionSize(n) // 2 for n in range(grid.roster.columnCount())]
    return [picture.pixelColor(round(at * picture.devicePixelRatio()), low) == warn for at in centres]


def red(screen: Screen) -> tuple[frozenset[int], frozenset[int], frozenset[int]]:
    """Whose names are red, and on which days who is there and who is on call."""
    assert screen.panel.sheet is not None
    marks = screen.panel.sheet.marks
    return marks.lines, marks.short, marks.calls


def hint(grid: RosterGrid, column: int) -> str:
    told = grid.roster.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    return str(told)


def test_an_untouched_roster_says_what_to_do_and_counts_no_broken_rules(screen: Screen) -> None:
    assert BEGIN in screen.words()
    assert "Rules broken" not in screen.words()
    assert [pill.text() for pill in screen.pills()] == ["Not planned"]
    assert red(screen) == (frozenset(), frozenset(), frozenset())
    screen.look(screen.crew.clerk.person, 2)
    screen.press(Qt.Key.Key_1)
    assert BEGIN not in screen.words()
    assert "Rules broken" in screen.words()
    assert "Draft" in [pill.text() for pill in screen.pills()]
    assert all(red(screen))


def test_who_does_not_plan_is_not_told_to(desk: Screen) -> None:
    assert BEGIN not in desk.words()


def test_a_need_that_nobody_here_does_is_named_with_what_to_do(screen: Screen) -> None:
    crew = screen.crew
    assert "Nobody here does" not in screen.words()
    shoot = Demand("拍摄", WORKED, ("8:30",), (Post.DESIGN,), 1, 1)
    rules = replace(DEFAULT_RULES, demands=(*DEFAULT_RULES.demands, shoot))
    seen = office_settings(crew.manager)
    change_settings(crew.manager, replace(seen, duty_rules=written(rules)), seen)
    assert "Nobody here does: 拍摄. The administrator adds people with such posts." in screen.words()
    screen.panel.actions_.plan.trigger()
    assert "This rule cannot be met; relax it:" in screen.words()


def test_rules_of_days_that_are_over_are_no_longer_named(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})
    assert "Monday 11-23, Service, late" in screen.words()
    crew.clock.time += timedelta(days=2)
    screen.panel.refresh()
    assert "Monday 11-23, Service, late" not in screen.words()
    assert "Wednesday 11-25, Service, late" in screen.words()
    crew.clock.time += timedelta(days=7)
    screen.panel.refresh()
    assert "Monday 11-23, Service, late" in screen.words()  # the whole week is only looked back at


def test_rules_hold_only_where_each_week_to_come_is_planned(screen: Screen) -> None:
    crew = screen.crew
    crew.clock.time += timedelta(days=6)
    drawn(crew.lead, {crew.clerk.person: "- - - - - - Duty"}, {crew.lead.person: "- - - - - - +"})
    assert [pill.text() for pill in screen.pills()] == ["Draft", "All rules hold"]
    assert two_weeks(screen) == ["Draft"]


def test_buttons_are_for_what_one_may_do(screen: Screen, desk: Screen) -> None:
    def buttons(one: Screen) -> list[str]:
        found = [part for part in one.panel.findChildren(ActionButton) if part.isVisible() and part.isEnabled()]
        return [part.text() for part in found if part.text()]

    def greyed(one: Screen) -> list[str]:
        return [action.text() for action in one.panel.actions_.rarer() if not action.isEnabled()]

    assert buttons(screen) == ["Plan the duty", "Publish", "Copy last week", "Print the roster"]
    assert buttons(desk) == ["Swap…", "Wish…", "Print my sheet", "Print the roster"]
    assert greyed(desk) == []


def test_of_two_weeks_the_planner_sees_which_is_published(screen: Screen) -> None:
    crew, grid = screen.crew, screen.panel.grid
    for monday in (MONDAY, MONDAY + WEEK):
        drawn(crew.lead, {crew.clerk.person: EARLY}, monday=monday)
    assert two_weeks(screen)[0] == "Draft"
    assert not any(marked(grid))
    published(crew.lead)
    assert screen.pills()[0].text() == "Published in part"
    assert marked(grid) == [False] * 7 + [True] * 7
    assert hint(grid, 7).endswith("not published yet")
    assert "not published" not in hint(grid, 6)
    published(crew.lead, MONDAY + WEEK)
    assert screen.pills()[0].text() == "Published"
    assert not any(marked(grid))


def test_of_two_weeks_everybody_sees_which_is_not_published(desk: Screen) -> None:
    crew = desk.crew
    drawn(crew.lead, {crew.clerk.person: EARLY})
    drawn(crew.lead, {crew.clerk.person: EARLY}, monday=MONDAY + WEEK)
    published(crew.lead)
    assert two_weeks(desk)[0] == "Published in part"
    assert marked(desk.panel.grid) == [False] * 7 + [True] * 7
