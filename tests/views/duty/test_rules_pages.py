"""The pages of the duty rules: each field is kept, and what is wrong stands at it."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.people import Post
from app.services.duty.rules import DEFAULT_RULES, Contract, DayKind
from app.services.office import office_settings
from app.views.duty.rules_dialog import DutyRulesDialog
from app.views.duty.rules_draft import RulesDraft
from app.views.duty.rules_shifts import ShiftsPage
from app.views.widgets.empty import EmptyState
from tests.factories import Office
from tests.views.duty.conftest import (
    CTRL,
    Kept,
    Opened,
    contracts,
    count_of,
    demands,
    fairness,
    hotline,
    listed,
    retype,
    save,
)

MOVE = CTRL | Qt.KeyboardModifier.ShiftModifier
SATURDAY = frozenset({DayKind.SATURDAY})
LATE, DUTY = 1, 2  # places of the default kinds


def test_a_page_is_not_called_empty_before_its_rows_have_been_read(qtbot: QtBot) -> None:
    page = ShiftsPage(RulesDraft())
    qtbot.addWidget(page)
    page.show()
    empty = page.findChildren(EmptyState)[0]
    assert empty.isHidden()
    page.refresh()
    assert empty.isVisible()


def test_default_words_are_kept_for_every_language(rules_opened: Opened, rules_kept: Kept) -> None:
    set_language("zh_CN")
    dialog = rules_opened("manager")
    page = dialog.shifts
    page.table.selectRow(DUTY)
    word = page.code.text()
    page.code.setText("大班")
    page.code.setText(word)
    retype(page.minutes, "11")
    save(dialog)
    assert rules_kept().shifts[DUTY] == replace(DEFAULT_RULES.shifts[DUTY], minutes=660)


def test_passing_through_the_code_of_another_kind_mixes_nothing_up(
    rules_dialog: DutyRulesDialog, rules_kept: Kept
) -> None:
    page = rules_dialog.shifts
    page.table.selectRow(LATE)
    retype(page.code, "8:30")  # for a moment both have it
    page.table.selectRow(0)
    retype(page.code, "Early")
    page.table.selectRow(LATE)
    QTest.keyClicks(page.code, "b")
    save(rules_dialog)
    assert rules_kept() == replace(DEFAULT_RULES, signs={"8:30": "Early", "12:30": "8:30b"})


def test_a_new_kind_may_take_a_sign_that_another_one_bore(rules_opened: Opened, rules_kept: Kept) -> None:
    dialog = rules_opened("manager")
    page = dialog.shifts
    retype(page.code, "Early")
    page.table.selectRow(LATE)
    page.copy_row()
    retype(page.code, "8:30")
    save(dialog)
    rules = rules_kept()
    assert [rules.sign(kind.code) for kind in rules.shifts[:3]] == ["Early", "12:30", "8:30"]
    assert [kind.code for kind in rules.shifts[:3]] == ["8:30", "12:30", "8:30#2"]  # cells of the early shift stay so
    assert rules.demands[0].shifts == ("8:30",)


def test_a_kind_that_goes_keeps_its_sign_and_comes_back_by_it(rules_opened: Opened, rules_kept: Kept) -> None:
    dialog = rules_opened("manager")
    page = dialog.shifts
    page.table.selectRow(LATE)
    page.copy_row()
    retype(page.code, "Mid")
    save(dialog)
    assert rules_kept().shifts[2].code == "Mid"
    dialog = rules_opened("manager")
    dialog.shifts.table.selectRow(2)
    retype(dialog.shifts.code, "Noon")
    save(dialog)
    dialog = rules_opened("manager")
    dialog.shifts.table.selectRow(2)
    dialog.shifts.remove_action.trigger()
    save(dialog)
    assert rules_kept() == replace(DEFAULT_RULES, signs={"Mid": "Noon"})
    dialog = rules_opened("manager")
    page = dialog.shifts
    page.table.selectRow(LATE)
    page.copy_row()
    retype(page.code, "Mid")  # another kind than the one whose cells are called so
    page.copy_row()
    retype(page.code, "Noon")
    save(dialog)
    assert [kind.code for kind in rules_kept().shifts[1:4]] == ["12:30", "Mid#2", "Mid"]
    assert rules_kept().signs == {"Mid": "Noon", "Mid#2": "Mid"}


def test_defaults_leave_a_gone_kind_its_sign(rules_dialog: DutyRulesDialog) -> None:
    draft = rules_dialog.draft
    draft.load(replace(DEFAULT_RULES, signs={"N": "夜", "8:30": "早"}))
    draft.load_defaults()
    assert draft.result().signs == {"N": "夜"}


def test_hours_that_cannot_be_read_wait_in_their_row(rules_dialog: DutyRulesDialog) -> None:
    page = rules_dialog.shifts
    retype(page.hours, "8:30-x")
    assert "no span of hours" in page.fields.error("windows")
    page.table.selectRow(LATE)
    assert page.hours.text() == "12:30-21:00"
    page.table.selectRow(0)
    assert page.hours.text() == "8:30-x"
    assert not rules_dialog.save.isEnabled()


def test_a_shift_over_midnight(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    page = rules_dialog.shifts
    QTest.keyClick(page.table, Qt.Key.Key_N, CTRL)
    assert page.code.hasFocus()
    assert count_of(rules_dialog, "shifts") == 4
    for field, text in ((page.code, "Night"), (page.name, "Night shift"), (page.hours, "22:00-6:00")):
        retype(field, text)
    assert page.minutes.minutes() == 480
    assert page.hours.accessibleDescription() == "8 h, into the next day"
    QTest.keyClick(page.posts.boxes[Post.SERVICE], Qt.Key.Key_Space)
    save(rules_dialog)
    assert rules_kept().shifts[-1].windows == ((1320, 1800),)


def test_rows_are_copied_moved_and_removed_by_key(
    rules_dialog: DutyRulesDialog, rules_kept: Kept, qtbot: QtBot
) -> None:
    page = rules_dialog.shifts
    page.table.setFocus()
    qtbot.waitUntil(page.table.hasFocus)
    QTest.keyClick(page.table, Qt.Key.Key_Down)
    QTest.keyClick(page.table, Qt.Key.Key_D, CTRL)
    assert listed(page)[:4] == ["8:30", "12:30", "12:302", "Duty"]
    QTest.keyClick(page.code, Qt.Key.Key_Up, MOVE)
    assert listed(page)[:3] == ["8:30", "12:302", "12:30"]
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Up)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert listed(page)[:3] == ["12:302", "12:30", "Duty"]
    assert page.code.text() == "12:302"
    assert "“8:30” is still named by: Service, early." in rules_dialog.strip.text()
    assert count_of(rules_dialog, "demands") == 1
    needs = demands(rules_dialog)
    assert needs.fields.error("shifts") == "There is no shift “8:30”."
    boxes = {box.text(): box for box in needs.shifts.boxes.values()}
    QTest.keyClick(boxes["8:30 (removed)"], Qt.Key.Key_Space)
    QTest.keyClick(boxes["12:302  Late shift"], Qt.Key.Key_Space)
    assert needs.fields.error("shifts") == ""
    save(rules_dialog)
    assert rules_kept().demands[0].shifts == ("12:302",)
    assert [kind.code for kind in rules_kept().shifts][:3] == ["12:302", "12:30", "Duty"]


def test_the_last_kind_is_missed(rules_dialog: DutyRulesDialog) -> None:
    page = rules_dialog.shifts
    for _kind in DEFAULT_RULES.shifts:
        page.remove_action.trigger()
    assert page.note.text() == "An office has 1 to 30 kinds of shifts."
    assert not page.remove_action.isEnabled()
    page.add_action.trigger()
    assert page.note.isHidden()


def test_a_need(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    page = demands(rules_dialog)
    page.copy_row()
    assert page.name.text() == "Service, early 2"
    retype(page.name, "Service, late")
    assert page.fields.error("name") == "“Service, late” is the name of two needs."
    retype(page.name, "Saturday")
    retype(page.least, "2")
    assert page.fields.error("wanted") != ""
    retype(page.wanted, "3")
    retype(page.most, "2")
    assert page.fields.error("most") != ""
    retype(page.most, "4")
    for box in page.days.boxes.values():
        box.setChecked(False)
    assert page.fields.error("days") == "Choose at least one kind of day."
    page.days.boxes[DayKind.SATURDAY].setChecked(True)
    for box in page.posts.boxes.values():
        box.setChecked(False)
    save(rules_dialog)
    made = rules_kept().demands[1]
    assert (made.name, made.days, made.shifts, made.posts) == ("Saturday", SATURDAY, ("8:30",), ())
    assert (made.least, made.wanted, made.most) == (2, 3, 4)


def test_all_needs_may_go(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    page = demands(rules_dialog)
    for _need in DEFAULT_RULES.demands:
        page.remove_row()
    save(rules_dialog)
    assert rules_kept().demands == ()


def test_a_contract_of_ones_own_begins_with_that_of_the_post(
    rules_dialog: DutyRulesDialog, rules_kept: Kept, file_office: Office
) -> None:
    page = contracts(rules_dialog)
    number = file_office.numbers["trainee"]
    page.whom.setCurrentIndex(page.whom.findData(number))
    QTest.keyClick(page.whom, Qt.Key.Key_N, CTRL)
    assert listed(page)[-1] == "孙可"
    assert page.week_least.hasFocus()
    assert page.whom.findData(number) < 0
    retype(page.week_most, "20")
    assert "from the least to the most" in page.fields.error("week_most")
    assert rules_dialog.state.text().startswith("孙可: ")
    retype(page.week_least, "8.5")
    page.most_weekends.stepUp()
    page.off_days.boxes[DayKind.HOLIDAY].setChecked(True)
    save(rules_dialog)
    off = frozenset({DayKind.HOLIDAY})
    assert rules_kept().own == {number: Contract(510, 1200, most_weekends=0, off_days=off)}
    assert rules_kept().contracts == DEFAULT_RULES.contracts


def test_a_post_without_a_contract_gets_one_in_its_place(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    page = contracts(rules_dialog)
    page.table.selectRow(1)
    page.remove_row()
    assert listed(page)[1] == "Planner"
    page.whom.setCurrentIndex(page.whom.findData(Post.LEAD))
    page.add_row()
    assert listed(page)[1] == "Service lead"
    assert page.place() == 1
    assert len(listed(page)) == len(DEFAULT_RULES.contracts)
    page.longest_run.stepDown()
    save(rules_dialog)
    assert rules_kept().contracts.keys() == DEFAULT_RULES.contracts.keys()
    assert rules_kept().contracts[Post.LEAD].longest_run == Contract().longest_run - 1
    assert rules_kept().own == {}


def test_weights_and_who_is_on_call(rules_dialog: DutyRulesDialog, rules_kept: Kept) -> None:
    page = fairness(rules_dialog)
    retype(page.weights["evenings"], "55")
    page.on_call.boxes[Post.DIRECTOR].setChecked(True)
    save(rules_dialog)
    assert rules_kept().weights == replace(DEFAULT_RULES.weights, evenings=55)
    assert rules_kept().on_call_posts == (Post.LEAD, Post.MANAGER, Post.DIRECTOR)


def test_numbers_of_the_hotline(rules_dialog: DutyRulesDialog, file_office: Office) -> None:
    page, lead = hotline(rules_dialog), str(file_office.numbers["lead"])
    assert len(page.lines) == 1 + len(file_office.numbers)
    retype(page.lines[""], "call us")
    retype(page.lines[lead], "1")
    assert "3 to 20 digits" in page.error("")
    assert "3 to 20 digits" in page.error(lead)
    assert rules_dialog.state.text().startswith("The office: ")
    retype(page.lines[lead], "138 0000 0000")
    page.lines[""].clear()
    save(rules_dialog)
    assert office_settings(file_office.ctx("manager")).hotline == {lead: "138 0000 0000"}
