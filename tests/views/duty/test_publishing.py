"""Publishing at the roster's panel: broken rules want a reason, and what is too late is told."""

from dataclasses import replace
from datetime import timedelta

from pytestqt.qtbot import QtBot

from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.rules import DEFAULT_RULES, written
from app.services.duty.weeks import line_key
from app.services.office import change_settings, office_settings
from app.views.widgets.pill import Pill
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.duty.making import MONDAY, drawn, published
from tests.views.duty.screen import Screen


def test_broken_rules_are_published_with_a_reason_only(qtbot: QtBot, screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"})
    screen.panel.refresh()
    screen.panel.actions_.publish.trigger()
    dialog = screen.panel.window().findChildren(ReasonDialog)[-1]
    dialog.reason.setText("本周人手不足")
    dialog.take()
    qtbot.waitUntil(lambda: read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY].published is not None)


def test_a_reason_is_good_for_the_plan_it_was_asked_about_only(qtbot: QtBot, screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 - -"})
    screen.panel.refresh()
    screen.panel.actions_.publish.trigger()
    dialog = screen.panel.window().findChildren(ReasonDialog)[-1]
    draw(screen.crew.manager, [Stroke(line_key(screen.crew.clerk.person), MONDAY, "8:30", "")])
    screen.panel.refresh()
    dialog.reason.setText("本周人手不足")
    dialog.take()
    qtbot.waitUntil(lambda: screen.panel.strip.text() != "")
    assert read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY].published is None


def test_a_draft_that_is_too_late_is_taken_back_and_the_panel_says_so(screen: Screen) -> None:
    crew, panel = screen.crew, screen.panel
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 - - - - -"})
    published(crew.lead)
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY + timedelta(days=1), "8:30", "12:30")])
    panel.refresh()
    crew.clock.time += timedelta(days=2)
    panel.publish()
    assert panel.window().findChildren(ReasonDialog) == []  # most of the week is empty, but nothing is published
    assert "Too late" in panel.strip.text()
    assert "Published" in [pill.text() for pill in panel.findChildren(Pill)]
    assert screen.draft(crew.clerk.person, 1) == "8:30"


def test_rules_that_only_what_has_begun_breaks_want_a_reason_as_well(screen: Screen) -> None:
    crew, panel = screen.crew, screen.panel
    few = replace(DEFAULT_RULES, demands=(), contracts={}, on_call_posts=())  # what is left: six days in a row
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=written(few)))
    crew.clock.time -= timedelta(hours=2)  # eight in the morning
    drawn(crew.lead, {crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 8:30 -"})
    published(crew.lead)
    days = [(MONDAY, "8:30", ""), (MONDAY + timedelta(days=6), "", "8:30")]
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), *one) for one in days])
    panel.refresh()
    assert panel.sheet is not None
    assert not panel.sheet.breaches
    crew.clock.time += timedelta(hours=2)  # Monday's shift has begun, and stays: that makes seven
    panel.publish()
    dialog = panel.window().findChildren(ReasonDialog)[-1]
    dialog.reason.setText("周日缺人")
    dialog.accept()
    assert screen.said[-1] == "1 week published."
    assert screen.draft(crew.clerk.person, 6) == "8:30"
