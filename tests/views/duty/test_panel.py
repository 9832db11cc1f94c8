"""The roster's panel on a real office: planned by the real planner, drawn, published, explained, by keyboard."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.services.db import ServerGoneError
from app.services.duty.roster.outcome import Outcome, Status
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.rules import DEFAULT_RULES, written
from app.services.duty.weeks import line_key
from app.services.office import change_settings, office_settings
from app.services.pulse import Pulse
from app.views.duty.panel import DutyPanel
from app.views.duty.solving import outcome_text
from app.views.duty.wish_dialog import WishDialog
from app.views.widgets.sentences import Sentences
from tests.services.duty.making import MONDAY, drawn, published
from tests.views.duty.screen import CTRL, Screen

EARLY = 0


def test_the_planners_best_plan_becomes_the_draft(screen: Screen) -> None:
    screen.crew.clock.time -= timedelta(hours=2)  # eight in the morning: all of the day can still be planned
    screen.panel.actions_.plan.trigger()
    assert screen.panel.sheet is not None
    assert screen.panel.sheet.breaches == []
    span = read_roster(screen.crew.lead, MONDAY, 1)
    assert span.weeks[MONDAY].published is None
    assert span.cells() == screen.panel.sheet.cells
    assert screen.panel.solving.summary.startswith("Best · ")
    screen.panel.actions_.publish.trigger()
    week = read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY]
    assert week.published == week.draft
    assert screen.said[-1] == "1 week published."


def test_enter_presses_the_button_to_stop_as_the_space_bar_does(qtbot: QtBot, screen: Screen) -> None:
    solving = screen.panel.solving
    solving.bar.show()
    qtbot.waitExposed(solving.bar)
    solving.stop_button.setFocus()
    with qtbot.waitSignal(solving.stop_button.clicked):
        QTest.keyClick(solving.stop_button, Qt.Key.Key_Return)


def test_what_is_drawn_by_hand_is_saved_fixed_and_can_be_taken_back(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.look(clerk, 2)
    screen.press(Qt.Key.Key_1)
    assert screen.draft(clerk, 2) == "8:30"
    assert read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY].pins == {line_key(clerk): [2]}
    screen.press(Qt.Key.Key_Z, CTRL)
    assert screen.draft(clerk, 2) == ""


def test_fixing_a_cell_is_taken_back_as_it_was_done(screen: Screen) -> None:
    clerk, pinned = screen.crew.clerk.person, {line_key(screen.crew.clerk.person): [2]}

    def pins() -> Mapping[str, list[int]]:
        return read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY].pins

    screen.look(clerk, 2)
    screen.press(Qt.Key.Key_1)
    screen.press(Qt.Key.Key_P)
    assert pins() == {}
    screen.press(Qt.Key.Key_Z, CTRL)
    assert (pins(), screen.draft(clerk, 2)) == (pinned, "8:30")
    screen.press(Qt.Key.Key_2)
    screen.press(Qt.Key.Key_Z, CTRL)
    assert (pins(), screen.draft(clerk, 2)) == (pinned, "8:30")  # it was fixed before it was drawn over


def test_a_fixed_cell_is_kept_by_the_planner(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.look(clerk, 2)
    screen.press(Qt.Key.Key_2)
    screen.panel.actions_.plan.trigger()
    assert screen.draft(clerk, 2) == "12:30"
    screen.look(clerk, 2)
    screen.press(Qt.Key.Key_P)
    assert read_roster(screen.crew.lead, MONDAY, 1).weeks[MONDAY].pins == {}


def test_rules_that_are_broken_are_named_beside_the_roster(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 8:30 8:30"})
    screen.panel.refresh()
    assert "王敏 works 7 days in a row" in screen.words()


def test_a_rule_is_named_while_a_shift_hovers_and_no_longer_when_it_is_taken_back(screen: Screen) -> None:
    drawn(screen.crew.lead, {screen.crew.clerk.person: "8:30 8:30 8:30 8:30 8:30 8:30 -"})
    screen.panel.refresh()
    assert "7 days in a row" not in screen.words()
    screen.hover((0, 0), (0, 6), Qt.KeyboardModifier.ControlModifier)
    assert "王敏 works 7 days in a row" in screen.words()
    assert screen.draft(screen.crew.clerk.person, 6) == ""
    screen.press(Qt.Key.Key_Escape)
    assert "7 days in a row" not in screen.words()


def test_how_good_the_plan_is_stands_there_as_long_as_it_is_the_planners(screen: Screen) -> None:
    screen.panel.actions_.plan.trigger()
    assert screen.shows("Best · ")
    screen.look(screen.crew.clerk.person, 0)
    for key in (Qt.Key.Key_1, Qt.Key.Key_2):  # one of them is another shift than the planner's
        screen.press(key)
    assert not screen.shows("Best · ")
    screen.panel.actions_.plan.trigger()
    assert screen.shows("Best · ")
    screen.panel.go_on(1)
    assert not screen.shows("Best · ")


def test_why_nothing_could_be_planned_is_told(screen: Screen) -> None:
    screen.panel.go_on(-1)
    screen.panel.actions_.plan.trigger()
    assert "2026-11-22 is over" in screen.panel.strip.accessibleName()
    assert not screen.panel.solving.bar.isVisible()


def test_what_hindered_somebody_is_told_no_longer_in_other_weeks_nor_when_they_are_planned(screen: Screen) -> None:
    screen.panel.go_on(-1)
    screen.panel.actions_.plan.trigger()
    assert screen.panel.strip.text()
    screen.panel.go_on(1)
    assert not screen.panel.strip.text()
    screen.panel.strip.show_message("…")
    screen.panel.actions_.plan.trigger()
    assert not screen.panel.strip.text()


def test_how_good_the_plan_before_was_is_not_said_of_the_one_that_is_being_made(screen: Screen) -> None:
    screen.panel.actions_.plan.trigger()
    summary = screen.panel.solving.summary
    said: list[bool] = []

    def look(_running: bool) -> None:
        said.append(any(one.text() == summary and one.isVisible() for one in screen.panel.findChildren(QLabel)))

    look(False)
    screen.panel.solving.running_changed.connect(look)
    screen.panel.actions_.plan.trigger()
    assert said[:2] == [True, False]


def test_the_keyboard_is_at_the_roster_after_a_run_and_not_at_the_next_button(screen: Screen) -> None:
    [button] = [one for one in screen.panel.findChildren(QPushButton) if one.text() == "Plan the duty"]
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert screen.panel.solving.summary.startswith("Best · ")
    assert screen.panel.grid.hasFocus()


def test_a_plan_that_was_stopped_is_said_not_to_be_proven() -> None:
    stopped = Outcome(Status.STOPPED, ((0,),), 640, 105, 4.7, 0.3)
    assert outcome_text(stopped) == "Penalty 640, at least 105, not proven · 4.7 s"
    assert outcome_text(replace(stopped, status=Status.PROVEN)) == "Best · penalty 640 · 4.7 s"
    assert outcome_text(replace(stopped, changes=3)) == "3 cells changed, fewer may be possible · 4.7 s"


def test_when_somebody_else_was_faster_it_is_told_and_the_roster_is_as_it_stands(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    screen.crew.db.unlisten(screen.changes.announce)
    draw(screen.crew.manager, [Stroke(line_key(clerk), MONDAY, "", "12:30")])
    screen.look(clerk, 0)
    screen.press(Qt.Key.Key_1)
    assert screen.draft(clerk, 0) == "12:30"
    assert "王敏" in screen.panel.strip.accessibleName()
    screen.crew.db.listen(screen.changes.announce)


def test_rules_that_cannot_all_be_met_are_named(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: "8:30 - - - - - -"})  # else no rule counts as broken yet
    for person in (crew.clerk, crew.colleague, crew.lead):  # nobody is left for Sunday's duty
        draw(crew.lead, [Stroke(line_key(person.person), MONDAY + timedelta(days=6), "", "", pinned=True)])
    screen.panel.refresh()
    screen.panel.actions_.plan.trigger()
    told = screen.words()
    assert "These rules cannot all be met" in told
    assert "Sunday 11-29" in told
    QApplication.processEvents()  # each line has its place
    places = {one.text(): one.mapTo(screen.notes, QPoint()).y() for one in screen.notes.findChildren(QLabel)}
    broken = next(one for one in screen.notes.findChildren(Sentences) if one.accessibleName() == "Rules broken")
    assert places["These rules cannot all be met; relax one of them:"] < broken.mapTo(screen.notes, QPoint()).y()
    screen.panel.refresh()  # the same roster, read once more
    assert "These rules cannot all be met" in screen.words()
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), MONDAY + timedelta(days=6), "", "", pinned=False)])
    screen.panel.actions_.plan.trigger()
    assert "These rules cannot all be met" not in screen.words()


def test_who_is_only_on_call_has_a_share_too(screen: Screen) -> None:
    drawn(screen.crew.lead, {}, {screen.crew.manager.person: "+ + + + + + +"})
    published(screen.crew.lead)
    screen.panel.go_on(1)
    assert "days on call 刘总监" in screen.words()


def test_a_cell_is_explained(screen: Screen) -> None:
    screen.panel.actions_.plan.trigger()
    screen.look(screen.crew.packer.person, 0)
    screen.press(Qt.Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    assert "吴迪" in screen.words()
    assert "“off”" in screen.words()


def test_that_a_wish_was_entered_is_told(screen: Screen) -> None:
    screen.panel.actions_.wish.trigger()
    dialog = screen.panel.window().findChildren(WishDialog)[-1]
    dialog.button.click()
    assert screen.said[-1] == "The wish is entered; the planner weighs it."


def test_a_plan_after_an_absence_changes_as_little_as_can_be(screen: Screen) -> None:
    screen.panel.actions_.plan.trigger()
    published(screen.crew.lead)
    before = read_roster(screen.crew.lead, MONDAY, 1).cells()
    screen.panel.actions_.replan.trigger()
    assert read_roster(screen.crew.lead, MONDAY, 1).cells() == before
    assert "0 cells changed" in screen.panel.solving.summary


def test_other_weeks_by_keyboard(screen: Screen) -> None:
    screen.press(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert screen.panel.first == MONDAY + timedelta(weeks=1)
    screen.press(Qt.Key.Key_T, CTRL)
    assert screen.panel.first == MONDAY


def test_what_another_computer_draws_is_shown(screen: Screen) -> None:
    pulse = Pulse(screen.crew.db)
    pulse.feel()
    screen.crew.db.unlisten(screen.changes.announce)  # as if it had been written by another process
    draw(screen.crew.manager, [Stroke(line_key(screen.crew.clerk.person), MONDAY, "", "12:30")])
    screen.crew.db.listen(screen.changes.announce)
    assert screen.panel.sheet is not None
    assert screen.panel.sheet.span.weeks == {}
    pulse.feel()
    assert screen.panel.sheet.span.weeks[MONDAY].draft == {line_key(screen.crew.clerk.person): ["12:30", *[""] * 6]}


def test_what_a_server_that_is_gone_did_not_take_is_lost_only_where_somebody_says_so(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel, real = screen.panel, draw

    def gone(_ctx: Context, _strokes: object) -> None:
        raise ServerGoneError(detail="terminated")

    assert panel.may_go()
    monkeypatch.setattr("app.views.duty.saving.draw", gone)
    screen.look(screen.crew.clerk.person, 2)
    screen.press(Qt.Key.Key_1)
    assert not may_go(panel, "Stay")
    assert may_go(panel, "Leave and lose it")
    monkeypatch.setattr("app.views.duty.saving.draw", real)
    screen.changes.announce(frozenset({"duty_weeks"}))  # as a database that answers again, this counts as changed
    assert screen.draft(screen.crew.clerk.person, 2) == "8:30"
    assert panel.may_go()


def test_a_plan_in_the_making_is_lost_only_where_somebody_says_so(screen: Screen) -> None:
    panel, asked = screen.panel, list[bool]()
    panel.solving.running_changed.connect(lambda on: asked.append(may_go(panel, "Stay")) if on else None)
    panel.actions_.plan.trigger()
    assert asked == [False]
    assert panel.may_go()


def may_go(panel: DutyPanel, word: str) -> bool:
    """What is said where the button with this word is pressed; the box asks until then."""
    QTimer.singleShot(0, lambda: _button(word).click())
    return panel.may_go()


def _button(word: str) -> QAbstractButton:
    (box,) = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()]
    return next(one for one in box.buttons() if one.text() == word)


def test_cells_show_a_shifts_new_sign_as_soon_as_it_has_one(screen: Screen) -> None:
    crew = screen.crew
    drawn(crew.lead, {crew.clerk.person: "8:30 12:30 - - - - -"})
    published(crew.lead)
    screen.look(crew.clerk.person, 0)
    index = screen.panel.grid.currentIndex()
    assert [index.siblingAtColumn(day).data() for day in range(3)] == ["8:30", "12:30", "off"]
    rules = replace(DEFAULT_RULES, signs={"8:30": "早", "12:30": "8:30"})
    change_settings(crew.manager, replace(office_settings(crew.manager), duty_rules=written(rules)))
    assert [index.siblingAtColumn(day).data() for day in range(3)] == ["早", "8:30", "off"]
    screen.press(Qt.Key.Key_Return)
    menu = screen.panel.grid.findChild(QMenu)
    assert menu is not None
    assert [action.text().split()[0] for action in menu.actions()][:3] == ["早", "8:30", "Duty"]
    menu.close()


def test_a_shift_that_is_being_worked_stays_and_the_panel_says_why(screen: Screen) -> None:
    clerk = screen.crew.clerk.person
    drawn(screen.crew.lead, {clerk: "8:30 8:30 - - - - -"})
    published(screen.crew.lead)
    screen.panel.refresh()
    screen.look(clerk, 0)  # it is ten
    screen.press(Qt.Key.Key_Delete)
    assert screen.draft(clerk, 0) == "8:30"
    assert screen.shows("has begun; it is not changed any more")
    screen.look(clerk, 1)
    screen.press(Qt.Key.Key_Delete)
    assert screen.draft(clerk, 1) == ""
