"""Leave from the keyboard: asked for, handed over, accepted, proposed, withdrawn, back early (rule D3)."""

from datetime import date

import pytest
from PySide6.QtCore import QDate, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from app.i18n import set_language
from app.models.leave import HandoverState, LeaveKind, LeaveState
from app.models.people import Level, Post
from app.services.access import program
from app.services.approvals.queue import Desk, list_proposals
from app.services.leave.handing import accept_all
from app.services.leave.reading import Shown, list_leaves
from app.services.people.accounts import change_person, list_people
from app.views.leave.ask_dialog import AskDialog
from app.views.leave.columns import clock_kind, clock_text, leave_state, leave_state_kind
from app.views.leave.handover_dialog import HandoverDialog
from app.views.leave.leave_page import LeavePage
from app.views.theme import Kind
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.leave.making import FIRST, agree, approved, ask, content, on, row, state, task, things
from tests.services.orders.making import Crew
from tests.views.conftest import Reports, small_screen
from tests.views.pages import CTRL, Open, answer, dialog, press


def in_front(qtbot: QtBot, shown: QDialog, field: QWidget) -> None:
    """The dialog has the keyboard, as on a desktop."""
    shown.activateWindow()
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)


def test_leave_is_asked_for_by_keyboard_and_what_is_handed_over_is_seen_at_once(
    qtbot: QtBot, crew: Crew, open_page: Open
) -> None:
    task(crew, crew.planner, "竞品周报", Post.PLANNER)
    content(crew, crew.planner)
    page = open_page(LeavePage, crew.planner)
    assert "Ctrl+N" in page.empty._text.text()
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert isinstance(asked, AskDialog)
    assert (asked.person.currentText(), asked.person.isEnabled()) == ("张伟", False)
    assert "竞品周报" in asked.things.accessibleDescription()
    asked.button.click()
    assert asked.form.error("receiver")
    asked.first.setDate(QDate(2026, 12, 1))
    assert asked.last.date() == QDate(2026, 12, 1)  # follows the first
    assert asked.receiver.findData(crew.planner.person) < 0  # nobody hands over to themselves
    asked.receiver.setCurrentIndex(asked.receiver.findData(crew.specialist.person))
    assert asked.form.error("receiver") == ""
    asked.last.setDate(QDate(2026, 11, 20))
    assert asked.form.error("last_day")
    asked.last.setDate(QDate(2026, 12, 4))
    asked.button.click()
    assert asked.form.error("reason")
    asked.reason.setText("回老家")
    in_front(qtbot, asked, asked.reason)
    QTest.keyClick(asked.reason, Qt.Key.Key_Return, CTRL)
    [found] = list_leaves(crew.planner)
    assert (found.first_day, found.last_day, found.things) == (FIRST, date(2026, 12, 4), 2)
    assert open_page.said == ["Leave asked for; the handover is offered"]
    assert [one.id for one in page.table.all_rows()] == [found.id]


def test_on_a_small_screen_the_dialog_is_no_wider_than_the_screen(
    crew: Crew, open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = QSize(683, 344)  # 200 % on a laptop
    small_screen(monkeypatch, screen)
    page = open_page(LeavePage, crew.clerk)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert asked.width() <= screen.width()


def test_a_resignation_has_a_month_and_its_last_day_only(crew: Crew, open_page: Open) -> None:
    page = open_page(LeavePage, crew.clerk)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert isinstance(asked, AskDialog)
    asked.kind.setCurrentIndex(asked.kind.findData(LeaveKind.RESIGNATION))
    assert (asked.first.isHidden(), asked.last.date()) == (True, QDate(2026, 12, 23))
    assert asked._right.isHidden()
    asked.receiver.setCurrentIndex(asked.receiver.findData(crew.colleague.person))
    asked.last.setDate(QDate(2026, 12, 22))
    assert "2026-12-23" in asked.form.error("last_day")
    asked.last.setDate(QDate(2026, 12, 23))
    asked.reason.setText("另谋发展")
    asked.button.click()
    [found] = page.table.all_rows()
    assert (clock_text(found), clock_kind(found)) == ("30 days left", Kind.DIM)
    assert open_page.said == ["Resignation handed in; the handover is offered"]
    page.withdraw.trigger()
    asked = dialog(page, "reason")
    assert isinstance(asked, ReasonDialog)
    assert asked.button.text() == "Withdraw the resignation"


def test_who_has_resigned_and_hands_over_still_is_not_called_away(crew: Crew, open_page: Open) -> None:
    facts = {"kind": LeaveKind.RESIGNATION, "first_day": date(2026, 12, 23), "last_day": date(2026, 12, 23)}
    leave = approved(crew, crew.clerk, crew.colleague, **facts)
    task(crew, crew.clerk)  # on the last day nobody has accepted it
    on(crew, date(2026, 12, 24))
    [found] = open_page(LeavePage, crew.lead).table.all_rows()
    assert (found.id, clock_text(found)) == (leave, "1 day overdue")
    assert (leave_state(found), leave_state_kind(found)) == ("Handover unfinished", Kind.DANGER)
    away = approved(crew, crew.colleague, crew.lead, first_day=date(2026, 12, 25), last_day=date(2026, 12, 28))
    on(crew, date(2026, 12, 25))
    assert (leave_state(row(crew.lead, away)), leave_state_kind(row(crew.lead, away))) == ("Away", Kind.OK)


def test_whose_account_stays_open_as_nobody_else_looks_after_the_database_is_said_so(crew: Crew) -> None:
    facts = {"kind": LeaveKind.RESIGNATION, "first_day": date(2026, 12, 23), "last_day": date(2026, 12, 23)}
    leave = approved(crew, crew.clerk, crew.colleague, **facts)
    boss = program(crew.db, crew.clock)
    change_person(boss, crew.clerk.person, posts=[Post.SERVICE], level=Level.DATABASE, active=True, reason="兼管理员")
    [admin] = [one for one in list_people(crew.lead) if one.name == "周凯"]
    change_person(boss, admin.id, posts=admin.posts, level=Level.BACK_OFFICE, active=True, reason="交出")
    on(crew, date(2026, 12, 24))
    assert leave_state(row(crew.lead, leave)) == "Needs another administrator"


def test_only_the_general_manager_says_why_earlier(crew: Crew, open_page: Open) -> None:
    page = open_page(LeavePage, crew.director)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert isinstance(asked, AskDialog)
    asked.person.setCurrentIndex(asked.person.findData(crew.clerk.person))
    asked.kind.setCurrentIndex(asked.kind.findData(LeaveKind.RESIGNATION))
    assert not asked._right.isHidden()
    asked.receiver.setCurrentIndex(asked.receiver.findData(crew.colleague.person))
    asked.last.setDate(QDate(2026, 11, 30))
    assert asked.form.error("last_day")
    asked.early.setText("双方商定")
    asked.early.editingFinished.emit()
    assert asked.form.error("last_day") == ""
    asked.reason.setText("个人原因")
    asked.button.click()
    assert [one.person for one in page.table.all_rows()] == [crew.clerk.person]


@pytest.mark.parametrize("shown", [Shown.MINE, Shown.OFFERED])
def test_a_leave_just_asked_for_is_looked_at(crew: Crew, open_page: Open, shown: Shown) -> None:
    later = ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.clerk)
    page.shown.setCurrentIndex(page.shown.findData(shown))
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert isinstance(asked, AskDialog)
    asked.receiver.setCurrentIndex(asked.receiver.findData(crew.colleague.person))
    asked.reason.setText("看病")
    asked.button.click()
    first, second = page.table.all_rows()
    assert second.id == later
    assert page.table.current_row() == first


def test_who_goes_is_not_offered_as_receiver_and_the_one_chosen_stays(crew: Crew, open_page: Open) -> None:
    page = open_page(LeavePage, crew.lead)
    press(page, Qt.Key.Key_N, CTRL)
    asked = dialog(page, "ask")
    assert isinstance(asked, AskDialog)
    asked.receiver.setCurrentIndex(asked.receiver.findData(crew.colleague.person))
    asked.person.setCurrentIndex(asked.person.findData(crew.clerk.person))
    assert asked.receiver.findData(crew.clerk.person) < 0
    assert asked.receiver.currentData() == crew.colleague.person
    asked.person.setCurrentIndex(asked.person.findData(crew.colleague.person))
    assert asked.receiver.currentData() is None
    assert asked.receiver.findData(crew.clerk.person) > 0


def test_the_receiver_accepts_all_at_one_press(crew: Crew, open_page: Open) -> None:
    task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.colleague)
    page.shown.setCurrentIndex(page.shown.findData(Shown.OFFERED))
    assert (open_page.counts[-1], page.accept.isEnabled(), page.propose.isEnabled()) == (2, True, False)
    assert "2 things ask for your answer" in page.summary.text()
    press(page, Qt.Key.Key_U, CTRL)
    assert (row(crew.lead, leave).taken, open_page.counts[-1], page.accept.isEnabled()) == (2, 0, False)
    assert open_page.said == ["王敏's handover: accepted"]


def test_the_receiver_refuses_all_with_a_reason(crew: Crew, open_page: Open) -> None:
    leave = ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.colleague)
    page.shown.setCurrentIndex(page.shown.findData(Shown.OFFERED))
    press(page, Qt.Key.Key_D, CTRL)
    answer(page, "手上已满")
    assert things(crew.clerk, leave)["orders", 0].state is HandoverState.REFUSED
    assert "手上已满" in page.below.timeline.accessibleDescription()


def test_things_are_accepted_one_by_one_in_the_handover(qtbot: QtBot, crew: Crew, open_page: Open) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.colleague)
    page.shown.setCurrentIndex(page.shown.findData(Shown.OFFERED))
    press(page, Qt.Key.Key_Return)
    shown = dialog(page, "handover")
    assert shown.width() <= shown.screen().availableGeometry().width()  # 800 here
    assert isinstance(shown, HandoverDialog)
    in_front(qtbot, shown, shown.table)
    assert not shown.receiver.isVisible()
    assert shown.summary.text() == "0 of 2 things accepted"
    shown.table.selectRow(1)
    QTest.keyClick(shown.table, Qt.Key.Key_Return, CTRL)
    assert things(crew.clerk, leave)["task", number].state is HandoverState.ACCEPTED
    assert shown.summary.text() == "1 of 2 things accepted"
    shown.table.selectRow(0)
    QTest.keyClick(shown.table, Qt.Key.Key_D, CTRL)
    answer(shown, "不熟")
    assert things(crew.clerk, leave)["orders", 0].state is HandoverState.REFUSED
    assert open_page.said == ["Taken on", "Refused"]
    assert not shown.accept_chosen.isVisible()


def test_the_owner_offers_things_to_somebody_else_and_lists_anew(qtbot: QtBot, crew: Crew, open_page: Open) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    fresh = task(crew, crew.clerk, "双十二赠品清单")
    page = open_page(LeavePage, crew.clerk)
    press(page, Qt.Key.Key_F4)
    shown = dialog(page, "handover")
    assert isinstance(shown, HandoverDialog)
    in_front(qtbot, shown, shown.table)
    assert [one.id is None for one in shown.table.all_rows()] == [False, False, True]
    QTest.keyClick(shown.table, Qt.Key.Key_F5)
    assert things(crew.clerk, leave)["task", fresh].state is HandoverState.OFFERED
    QTest.keyClick(shown.table, Qt.Key.Key_A, CTRL)
    shown.receiver.setCurrentIndex(shown.receiver.findData(crew.packer.person))
    QTest.keyClick(shown.table, Qt.Key.Key_O, CTRL)
    assert "吴迪's posts do not allow this work: Orders at hand" in shown.strip.text()
    shown.receiver.setCurrentIndex(shown.receiver.findData(crew.lead.person))
    QTest.keyClick(shown.table, Qt.Key.Key_O, CTRL)
    assert {one.receiver_name for one in shown.table.all_rows()} == {"赵倩"}
    assert things(crew.clerk, leave)["task", number].receiver == crew.lead.person
    shown.close()


def test_it_is_proposed_when_everything_is_accepted(crew: Crew, open_page: Open, reports: Reports) -> None:
    leave = ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.clerk)
    press(page, Qt.Key.Key_Return, CTRL)
    assert "1 still to be accepted: Orders at hand" in str(reports.errors.pop()[1])
    accept_all(crew.colleague, leave)
    press(page, Qt.Key.Key_Return, CTRL)
    [waits] = list_proposals(crew.manager, Desk.MINE)
    assert waits.subject == leave
    assert leave_state(page.table.all_rows()[0]) == "Waits for Department manager"
    assert not page.propose.isEnabled()
    press(page, Qt.Key.Key_Backspace, CTRL)
    answer(page, "改期")
    assert state(crew, leave) is LeaveState.WITHDRAWN
    assert not page.table.all_rows()
    page.over.setChecked(True)
    assert [leave_state(one) for one in page.table.all_rows()] == ["Withdrawn"]


def test_an_approved_resignation_is_asked_to_be_taken_back(crew: Crew, open_page: Open) -> None:
    leave = approved(crew, crew.clerk, crew.colleague, kind=LeaveKind.RESIGNATION, last_day=date(2026, 12, 23))
    page = open_page(LeavePage, crew.lead)
    assert not page.withdraw.isEnabled()
    page = open_page(LeavePage, crew.clerk)
    assert (page.withdraw.isEnabled(), page.withdraw.text()) == (True, "Ask to take the resignation back…")
    press(page, Qt.Key.Key_Backspace, CTRL)
    asked = dialog(page, "reason")
    assert isinstance(asked, ReasonDialog)
    assert (asked.button.text(), "王敏 · Resignation" in asked.windowTitle()) == ("Ask for it", True)
    answer(page, "想留下")
    assert open_page.said == ["Asked to take the resignation back; it waits for approval"]
    [found] = page.table.all_rows()
    assert (leave_state(found), leave_state_kind(found)) == ("Asks to stay: waits for Department manager", Kind.WARN)
    assert not page.withdraw.isEnabled()
    assert "王敏 asked to take the resignation back: 想留下" in page.below.timeline.accessibleDescription()
    agree(crew)
    assert state(crew, leave) is LeaveState.WITHDRAWN
    ask(crew.clerk, crew.colleague)
    page.refresh()
    assert (page.withdraw.isEnabled(), page.withdraw.text()) == (True, "Withdraw the leave…")


def test_back_early(crew: Crew, open_page: Open) -> None:
    leave = approved(crew, crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.clerk)
    assert not page.back.isEnabled()
    on(crew, FIRST)
    assert (page.back.isEnabled(), page.withdraw.isEnabled()) == (True, False)
    press(page, Qt.Key.Key_E, CTRL)
    answer(page, "事情办完了")
    assert state(crew, leave) is LeaveState.ENDED
    assert "事情办完了" not in page.summary.text()


def test_leads_see_everybodys_and_others_their_own(crew: Crew, open_page: Open) -> None:
    ask(crew.clerk, crew.colleague)
    assert [one.name for one in open_page(LeavePage, crew.lead).table.all_rows()] == ["王敏"]
    page = open_page(LeavePage, crew.packer)
    assert not page.table.all_rows()
    assert page.shown.findData(Shown.ALL) < 0


def test_an_overdue_resignation_is_told(crew: Crew, open_page: Open) -> None:
    leave = ask(crew.clerk, crew.colleague, kind=LeaveKind.RESIGNATION, last_day=date(2026, 12, 23))
    on(crew, date(2026, 12, 26))
    found = row(crew.lead, leave)
    assert (clock_text(found), clock_kind(found)) == ("3 days overdue", Kind.DANGER)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_everything_has_a_name_for_screen_readers(crew: Crew, open_page: Open, language: str) -> None:
    set_language(language)
    ask(crew.clerk, crew.colleague)
    page = open_page(LeavePage, crew.lead)
    assert all(one.accessibleName() for one in (page.table, page.shown, page.below))
    press(page, Qt.Key.Key_F4)
    shown = dialog(page, "handover")
    assert isinstance(shown, HandoverDialog)
    assert all(one.accessibleName() for one in (shown.table, shown.receiver))
    shown.close()


def test_last_years_leave_is_not_taken_for_this_years(crew: Crew, open_page: Open) -> None:
    approved(crew, crew.clerk, crew.colleague)
    for day in (FIRST, date(2026, 12, 5), date(2027, 11, 29)):
        on(crew, day)
    ask(crew.clerk, crew.colleague, first_day=date(2027, 12, 30), last_day=date(2028, 1, 2))
    page = open_page(LeavePage, crew.lead)
    page.over.setChecked(True)
    model = page.table.model()
    assert [model.index(place, 3).data() for place in range(model.rowCount())] == [
        "12-30 — 01-02",
        "2026-12-01 — 12-04",
    ]
