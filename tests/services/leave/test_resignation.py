"""Resignation: a month ahead, ended when everything is handed over, and the account closed with it (rule D3)."""

from datetime import date, timedelta

import pytest

from app.clock import to_ms
from app.errors import AppError
from app.models.leave import LeaveKind, LeaveState
from app.models.people import Level, Post
from app.services.access import ResignedError, program
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.leave.acting import ActingDraft, begin_acting
from app.services.leave.days import add_months
from app.services.leave.errors import (
    DeciderProposesError,
    MonthAheadError,
    OthersResignationError,
    ResignationRunsError,
)
from app.services.leave.handing import accept_all, offer_handovers
from app.services.leave.history import leave_history
from app.services.leave.leaves import end_leave, propose_leave
from app.services.leave.reading import away_days, list_leaves, offered_to_me
from app.services.leave.reminding import leave_reminders
from app.services.leave.running import run_due_leaves
from app.services.ledger import open_ledger
from app.services.orders.steps import claim_order, load
from app.services.people.accounts import (
    LastAdministratorError,
    change_person,
    close_account,
    is_last_administrator,
    list_people,
)
from app.services.people.sign_in import SignInError, sign_in
from app.services.staff.timeline import person_file
from app.services.verify import verify
from tests.services.leave.making import TODAY, agree, ask, november, on, row, seen_to_by, state, task, things
from tests.services.orders.making import Crew, accept, draft

DAY = timedelta(days=1)
LAST = date(2026, 12, 23)
RESIGN = {"kind": LeaveKind.RESIGNATION, "last_day": LAST, "reason": "另谋发展"}


def resigned(crew: Crew) -> int:
    """The clerk's resignation, approved by the manager and the general manager."""
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    return leave


def works_here(crew: Crew) -> bool:
    return next(one.active for one in list_people(crew.lead) if one.id == crew.clerk.person)


@pytest.mark.parametrize(
    ("day", "after"),
    [
        (date(2026, 11, 23), date(2026, 12, 23)),
        (date(2026, 1, 31), date(2026, 2, 28)),
        (date(2028, 1, 30), date(2028, 2, 29)),
        (date(2026, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_calendar_month(day: date, after: date) -> None:
    assert add_months(day, 1) == after


def test_a_resignation_is_written_a_month_ahead(crew: Crew) -> None:
    with pytest.raises(MonthAheadError, match="2026-12-23 or later"):
        ask(crew.clerk, crew.colleague, **(RESIGN | {"last_day": LAST - DAY}))
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    assert (row(crew.lead, leave).left, row(crew.lead, leave).overdue) == (30, False)
    on(crew, LAST - DAY)
    assert row(crew.lead, leave).left == 1


def test_only_the_general_manager_asks_for_an_earlier_day(crew: Crew) -> None:
    early = RESIGN | {"last_day": november(30), "early": "双方商定"}
    with pytest.raises(OthersResignationError):
        ask(crew.clerk, crew.colleague, **early)
    with pytest.raises(OthersResignationError):
        ask(crew.manager, crew.colleague, **early, person=crew.clerk.person)
    leave = ask(crew.director, crew.colleague, **early, person=crew.clerk.person)
    accept_all(crew.colleague, leave)
    with pytest.raises(DeciderProposesError, match="王敏"):
        propose_leave(crew.director, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    on(crew, december_first())
    assert not works_here(crew)


def december_first() -> date:
    return november(30) + DAY


def test_it_is_decided_by_the_manager_and_then_the_general_manager(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    [waits] = list_proposals(crew.manager, Desk.MINE)
    assert (waits.kind, waits.title) == ("resignation", "王敏: Resignation, last day 2026-12-23")
    assert proposal_detail(crew.manager, waits.id).told[0] == ("Last day at work", "", "2026-12-23")
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED


def test_a_reminder_names_the_last_day_of_work_as_the_list_does(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    assert [one.title for one in leave_reminders(crew.clerk)] == ["Resignation 12-23"]


def test_the_managers_own_is_decided_by_the_general_manager(crew: Crew) -> None:
    leave = ask(crew.manager, crew.lead, **RESIGN)
    assert ("approvals", 0) not in things(crew.manager, leave)  # a proposal waits for the post, not for the person
    accept_all(crew.lead, leave)
    propose_leave(crew.manager, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED


@pytest.mark.parametrize("acts", [False, True])
def test_one_of_two_managers_is_not_let_go_by_the_other_alone(crew: Crew, acts: bool) -> None:
    who = crew.planner.person
    if acts:
        days = {"first_day": TODAY, "last_day": LAST}
        begin_acting(crew.manager, ActingDraft(who, Post.MANAGER, crew.manager.person, reason="出差", **days))
    else:
        posts, boss = [Post.PLANNER, Post.MANAGER], program(crew.db, crew.clock)
        change_person(boss, who, posts=posts, level=Level.BACK_OFFICE, active=True, reason="升任")
    leave = ask(crew.planner, crew.lead, **RESIGN)
    accept_all(crew.lead, leave)
    propose_leave(crew.planner, leave)
    assert list_proposals(crew.manager, Desk.MINE) == []
    [waits] = list_proposals(crew.director, Desk.MINE)
    approve(crew.director, waits.id, waits.last_seq)
    assert (waits.kind, state(crew, leave)) == ("resignation", LeaveState.APPROVED)


def test_the_general_managers_own_is_decided_by_the_manager(crew: Crew) -> None:
    leave = ask(crew.director, crew.manager, **RESIGN)
    accept_all(crew.manager, leave)
    propose_leave(crew.director, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED


def test_a_lead_proposes_a_managers_and_the_general_manager_who_decides_does_not(crew: Crew) -> None:
    leave = ask(crew.manager, crew.lead, **RESIGN)
    accept_all(crew.lead, leave)
    with pytest.raises(DeciderProposesError):
        propose_leave(crew.director, leave)
    propose_leave(crew.lead, leave)
    assert list_proposals(crew.manager, Desk.MINE) == []
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED


def test_the_last_day_is_worked_and_then_the_account_is_closed(any_crew: Crew) -> None:
    crew = any_crew
    number, [order] = task(crew, crew.clerk), accept(crew, [draft()])
    leave = resigned(crew)
    on(crew, LAST)
    assert (state(crew, leave), works_here(crew)) == (LeaveState.APPROVED, True)
    claim_order(crew.clerk, order)
    assert on(crew, LAST + DAY) == 1
    assert (state(crew, leave), works_here(crew)) == (LeaveState.ENDED, False)
    assert seen_to_by(crew, number) == crew.colleague.person
    with crew.db.reading() as conn:
        assert load(conn, order).claimed_by == crew.colleague.person
    with pytest.raises(ResignedError, match="Your resignation is complete"):
        list_leaves(crew.clerk)
    with pytest.raises(SignInError):
        sign_in(crew.db, crew.clock, "王敏", None, "secret#1")
    assert person_file(crew.manager, crew.clerk.person).entries
    assert on(crew, LAST + 30 * DAY) == 0
    assert seen_to_by(crew, number) == crew.colleague.person
    assert verify(crew.program).ok


def test_it_does_not_end_before_everything_is_handed_over(any_crew: Crew) -> None:
    crew = any_crew
    leave = resigned(crew)
    on(crew, LAST)
    number = task(crew, crew.clerk, "月末盘点")
    on(crew, LAST + DAY)
    found = row(crew.lead, leave)
    assert (found.state, found.overdue, works_here(crew)) == (LeaveState.RUNNING, True, True)
    with pytest.raises(ResignationRunsError):
        end_leave(crew.lead, leave)
    offer_handovers(crew.lead, [things(crew.lead, leave)["task", number].id or 0], crew.lead.person)
    accept_all(crew.lead, leave)
    assert on(crew, LAST + 3 * DAY) == 1
    assert (state(crew, leave), works_here(crew)) == (LeaveState.ENDED, False)
    assert seen_to_by(crew, number) == crew.lead.person
    assert verify(crew.program).ok


def test_the_last_administrator_stays_until_there_is_another(crew: Crew) -> None:
    boss, who = program(crew.db, crew.clock), crew.clerk
    leave = resigned(crew)
    change_person(boss, who.person, posts=[Post.SERVICE], level=Level.DATABASE, active=True, reason="兼管理员")
    [admin] = [one for one in list_people(crew.lead) if one.name == "周凯"]
    change_person(boss, admin.id, posts=admin.posts, level=Level.BACK_OFFICE, active=True, reason="交出")
    on(crew, LAST + DAY)
    shown = row(crew.lead, leave)
    assert (shown.overdue, works_here(crew)) == (True, True)
    assert (shown.looks_after, shown.taken) == (True, shown.things)
    change_person(boss, admin.id, posts=admin.posts, level=Level.DATABASE, active=True, reason="接回")
    on(crew, LAST + DAY)
    assert not works_here(crew)


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_who_left_had_asked_for_is_taken_back(any_crew: Crew, by_hand: bool) -> None:
    crew = any_crew
    asked = ask(crew.clerk, crew.colleague)  # never answered
    waits = ask(crew.clerk, crew.lead, first_day=LAST, last_day=LAST)
    accept_all(crew.lead, waits)
    propose_leave(crew.clerk, waits)
    if by_hand:
        boss, who = program(crew.db, crew.clock), crew.clerk.person
        change_person(boss, who, posts=[Post.SERVICE], level=Level.BACK_OFFICE, active=False, reason="离职")
        assert on(crew, TODAY) == 1
    else:
        resigned(crew)
        on(crew, LAST + DAY)
    taken = LeaveState.ENDED if not by_hand else LeaveState.WITHDRAWN  # approved with the resignation, and over
    assert (state(crew, asked), state(crew, waits)) == (LeaveState.WITHDRAWN, taken)
    assert offered_to_me(crew.colleague) == []
    assert list_proposals(crew.manager, Desk.MINE) == []
    assert leave_history(crew.lead, asked)[0].note == "The account was closed"
    assert run_due_leaves(crew.program) == 0
    assert verify(crew.program).ok


def test_the_last_administrators_account_is_never_closed(crew: Crew) -> None:
    [admin] = [one.id for one in list_people(crew.lead) if one.name == "周凯"]
    with crew.db.reading() as conn:
        assert (is_last_administrator(conn, admin), is_last_administrator(conn, crew.clerk.person)) == (True, False)
    with pytest.raises(LastAdministratorError), crew.db.writing() as conn:
        close_account(conn, open_ledger(conn, to_ms(crew.clock.now()), 0), admin, "离职")


def test_the_roster_learns_who_is_away(crew: Crew) -> None:
    ask(crew.clerk, crew.colleague, **RESIGN)
    ask(crew.lead, crew.manager, first_day=date(2026, 12, 20), last_day=date(2026, 12, 24))
    with crew.db.reading() as conn:
        away = away_days(conn, date(2026, 12, 21), date(2026, 12, 27))
        assert away_days(conn, date(2026, 11, 1), date(2026, 11, 30)) == {}
    assert away == {
        crew.clerk.person: [(LAST + DAY, date.max, LeaveKind.RESIGNATION, LeaveState.ASKED)],
        crew.lead.person: [(date(2026, 12, 20), date(2026, 12, 24), LeaveKind.ANNUAL, LeaveState.ASKED)],
    }


def test_who_will_have_gone_takes_nothing_over(crew: Crew) -> None:
    resigned(crew)
    with pytest.raises(AppError, match="王敏 is away from"):
        ask(crew.lead, crew.clerk, first_day=LAST + DAY, last_day=LAST + 2 * DAY)
