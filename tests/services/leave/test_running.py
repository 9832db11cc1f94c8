"""What happens by itself: things are given on the first day and come back after the last one (rule D3)."""

import threading
from datetime import date, timedelta

import pytest

from app.clock import to_ms
from app.models.leave import HandoverState, LeaveState, LeaveStateError
from app.models.orders import OrderEvent
from app.models.people import Post
from app.services import subjects
from app.services.approvals.decisions import approve, return_proposal
from app.services.approvals.errors import NotYourDecisionError
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.leave.handing import accept_all, offer_handovers
from app.services.leave.history import leave_history
from app.services.leave.leaves import end_leave, propose_leave
from app.services.leave.reminding import leave_reminders
from app.services.leave.running import run_due_leaves
from app.services.ledger import open_ledger
from app.services.orders.detail import order_detail
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import claim_order, confirm_order, load, log_contact
from app.services.publishing.contents import content_made
from app.services.reminder import What
from app.services.staff.tasks import accept_task, change_task, hand_task
from app.services.verify import verify
from tests.services.catalog.making import add
from tests.services.leave.making import (
    FIRST,
    LAST,
    agree,
    approved,
    ask,
    content,
    november,
    on,
    row,
    seen_to_by,
    state,
    task,
    things,
)
from tests.services.orders.making import Crew, accept, draft
from tests.services.staff.making import move

DAY = timedelta(days=1)


def holder(crew: Crew, order: int) -> int | None:
    with crew.db.reading() as conn:
        return load(conn, order).claimed_by


def test_a_task_goes_to_the_receiver_and_comes_back(any_crew: Crew) -> None:
    crew = any_crew
    number, item = task(crew, crew.planner, post=Post.PLANNER), content(crew, crew.planner)
    leave = approved(crew, crew.planner, crew.specialist)
    assert on(crew, FIRST - DAY) == 0
    assert seen_to_by(crew, number) == crew.planner.person
    assert on(crew, FIRST) == 1
    assert (seen_to_by(crew, number), seen_to_by(crew, item, "contents")) == (crew.specialist.person,) * 2
    assert (state(crew, leave), things(crew.planner, leave)["task", number].state) == (
        LeaveState.RUNNING, HandoverState.GIVEN,
    )  # fmt: skip
    assert on(crew, LAST) == 0
    assert on(crew, LAST + DAY) == 1
    assert (seen_to_by(crew, number), seen_to_by(crew, item, "contents")) == (crew.planner.person,) * 2
    assert (state(crew, leave), things(crew.planner, leave)["task", number].state) == (
        LeaveState.ENDED, HandoverState.BACK,
    )  # fmt: skip
    assert verify(crew.program).ok


def test_what_is_settled_meanwhile_does_not_come_back(crew: Crew) -> None:
    done, moved = task(crew, crew.clerk), task(crew, crew.clerk, "回访")
    leave = approved(crew, crew.clerk, crew.colleague)
    on(crew, FIRST)
    accept_task(crew.lead, done)
    change_task(crew.lead, moved, {"person": crew.clerk.person})  # the lead has taken it back from the receiver
    on(crew, LAST + DAY)
    listed = things(crew.clerk, leave)
    assert (listed["task", done].state, listed["task", moved].state) == (HandoverState.GONE, HandoverState.BACK)
    assert seen_to_by(crew, moved) == crew.clerk.person


def test_what_somebody_else_was_given_meanwhile_stays_with_them(crew: Crew) -> None:
    number = task(crew, crew.planner, post=Post.PLANNER)
    leave = approved(crew, crew.planner, crew.specialist)
    on(crew, FIRST)
    with crew.db.writing() as conn:
        hand_task(conn, open_ledger(conn, to_ms(crew.clock.now()), crew.lead.person), number, crew.packer.person)
    on(crew, LAST + DAY)
    assert seen_to_by(crew, number) == crew.packer.person
    assert things(crew.planner, leave)["task", number].state is HandoverState.GONE


def test_orders_at_hand_go_over_as_they_are_on_the_first_day(any_crew: Crew) -> None:
    crew = any_crew
    first, second, third = accept(crew, [draft(number) for number in (1, 2, 3)])
    claim_order(crew.clerk, first)
    leave = approved(crew, crew.clerk, crew.colleague, first_day=november(24), last_day=november(24))
    log_contact(crew.clerk, first, ContactDraft(Outcome.REACHED))
    confirm_order(crew.clerk, first)  # settled before the leave begins
    claim_order(crew.clerk, second)
    claim_order(crew.clerk, third)
    on(crew, november(24))
    assert (holder(crew, first), holder(crew, second), holder(crew, third)) == (None, *(crew.colleague.person,) * 2)
    claimed = [one for one in order_detail(crew.clerk, second).happenings if one.kind is OrderEvent.CLAIMED][-1]
    assert (claimed.person, claimed.facts) == ("李娜", {"from": crew.clerk.person})
    log_contact(crew.colleague, second, ContactDraft(Outcome.REACHED, reason="昨日未接通"))
    confirm_order(crew.colleague, second)
    on(crew, november(25))
    assert (holder(crew, second), holder(crew, third)) == (None, crew.clerk.person)
    listed = things(crew.clerk, leave)
    assert (listed["order", second].state, listed["order", third].state) == (HandoverState.GONE, HandoverState.BACK)
    assert listed["orders", 0].state is HandoverState.BACK
    assert verify(crew.program).ok


def test_decisions_are_lent_for_the_days_of_the_leave(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    leave = approved(crew, crew.lead, crew.colleague)
    after = {"amount": 150_00, "reason": "整箱破损"}
    [order] = accept(crew, [draft()])
    log_contact(crew.clerk, order, ContactDraft(Outcome.REACHED))
    confirm_order(crew.clerk, order)
    wanted = propose(crew.clerk, ProposalDraft("refund", order, "退款", after, "整箱破损"))
    seen = proposal_detail(crew.lead, wanted).row.last_seq
    with pytest.raises(NotYourDecisionError):
        approve(crew.colleague, wanted, seen)
    on(crew, FIRST)
    approve(crew.colleague, wanted, seen)
    end_leave(crew.lead, leave, "提前回来")
    again = propose(crew.clerk, ProposalDraft("refund", order, "退款", after, "又一箱"))
    with pytest.raises(NotYourDecisionError):
        approve(crew.colleague, again, proposal_detail(crew.lead, again).row.last_seq)
    assert verify(crew.program).ok


def test_made_content_that_waits_for_a_decision_stays_until_it_is_returned(crew: Crew) -> None:
    item = content(crew, crew.planner)
    leave = approved(crew, crew.planner, crew.specialist)
    content_made(crew.planner, item, "图文齐了")
    on(crew, FIRST)
    assert things(crew.planner, leave)["content", item].state is HandoverState.GONE
    assert seen_to_by(crew, item, "contents") == crew.planner.person  # else its proposal would be void
    [waits] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, waits.id, waits.last_seq, "换图")
    assert on(crew, FIRST) == 1
    assert things(crew.planner, leave)["content", item].state is HandoverState.OFFERED
    accept_all(crew.specialist, leave)
    assert on(crew, FIRST) == 1
    assert seen_to_by(crew, item, "contents") == crew.specialist.person


def test_what_is_given_to_somebody_who_is_away_is_offered_and_then_given(crew: Crew) -> None:
    leave = approved(crew, crew.planner, crew.specialist)
    on(crew, FIRST)
    number = task(crew, crew.planner, post=Post.PLANNER)
    assert on(crew, FIRST) == 1
    assert on(crew, FIRST) == 0
    thing = things(crew.planner, leave)["task", number]
    offer_handovers(crew.lead, [thing.id or 0], crew.packer.person)
    accept_all(crew.packer, leave)
    on(crew, FIRST)
    assert seen_to_by(crew, number) == crew.packer.person
    on(crew, LAST + DAY)
    assert seen_to_by(crew, number) == crew.planner.person


def test_back_early_everything_comes_back_at_once(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    with pytest.raises(LeaveStateError):
        end_leave(crew.clerk, leave)
    on(crew, FIRST + DAY)
    end_leave(crew.clerk, leave, "事情办完了")
    assert seen_to_by(crew, number) == crew.clerk.person
    found = row(crew.lead, leave)
    assert (found.state, found.last_day) == (LeaveState.ENDED, FIRST)
    with pytest.raises(LeaveStateError):
        end_leave(crew.lead, leave)
    assert on(crew, LAST + DAY) == 0


def test_a_leave_that_passed_while_the_office_was_closed_gave_nothing(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    assert on(crew, LAST + DAY) == 1
    assert (state(crew, leave), seen_to_by(crew, number)) == (LeaveState.ENDED, crew.clerk.person)


def test_nothing_happens_twice_when_the_clock_is_turned_back(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    on(crew, FIRST)
    assert on(crew, FIRST - 2 * DAY) == 0
    assert seen_to_by(crew, number) == crew.colleague.person
    assert on(crew, FIRST) == 0
    on(crew, LAST + DAY)
    assert on(crew, FIRST) == 0
    assert (state(crew, leave), seen_to_by(crew, number)) == (LeaveState.ENDED, crew.clerk.person)
    assert verify(crew.program).ok


def test_two_computers_at_once_begin_it_once(any_crew: Crew) -> None:
    crew = any_crew
    task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    crew.clock.time = crew.clock.time.replace(month=12, day=1)
    done: list[int] = []
    both = [threading.Thread(target=lambda: done.append(run_due_leaves(crew.program))) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert sorted(done) in ([0, 1], [0, 0, 1])
    assert state(crew, leave) is LeaveState.RUNNING
    assert verify(crew.program).ok


def test_what_was_accepted_is_open_again_where_the_receiver_has_left(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    move(crew, crew.colleague.person, [Post.SERVICE], active=False, reason="离职")
    run_due_leaves(crew.program)
    listed = things(crew.lead, leave)
    assert {(one.state, one.receiver) for one in listed.values()} == {(HandoverState.OPEN, None)}
    assert leave_history(crew.clerk, leave)[0].sentence.startswith("李娜 has left, somebody else is to take it over")
    assert [one.what for one in leave_reminders(crew.clerk)] == [What.LEAVE_LEFT]
    on(crew, FIRST)
    assert (state(crew, leave), seen_to_by(crew, number)) == (LeaveState.RUNNING, crew.clerk.person)
    assert on(crew, FIRST) == 0
    listed = things(crew.lead, leave)
    offer_handovers(crew.lead, [listed["task", number].id or 0, listed["orders", 0].id or 0], crew.lead.person)
    accept_all(crew.lead, leave)
    on(crew, FIRST)
    assert seen_to_by(crew, number) == crew.lead.person
    assert leave_reminders(crew.clerk) == []
    assert verify(crew.program).ok


def test_a_minute_without_work_writes_nothing(crew: Crew) -> None:
    approved(crew, crew.clerk, crew.colleague)
    on(crew, FIRST)
    touched: list[frozenset[str]] = []
    crew.db.listen(touched.append)
    assert run_due_leaves(crew.clerk) == 0
    assert touched == []


def test_a_leave_decided_after_its_first_day_begins_then(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague, first_day=date(2026, 11, 24))
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    on(crew, date(2026, 11, 26))
    assert seen_to_by(crew, number) == crew.clerk.person
    agree(crew)
    on(crew, date(2026, 11, 26))
    assert seen_to_by(crew, number) == crew.colleague.person
    with crew.db.reading() as conn:
        assert subjects.load(conn, "leaves", leave)["first_day"] == "2026-11-24"


def test_a_leave_of_another_year_is_told_with_its_year(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, first_day=date(2027, 12, 1), last_day=date(2027, 12, 4))
    accept_all(crew.colleague, leave)
    assert [one.title for one in leave_reminders(crew.clerk)] == ["Annual leave 2027-12-01 — 12-04"]
