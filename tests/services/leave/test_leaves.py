"""Leave: asked for ahead, handed to colleagues who accept, approved, on record (rule D3)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from app.errors import NotFoundError, PermissionDeniedError
from app.models.approvals import ProposalState
from app.models.leave import HandoverState, HandoverStateError, LeaveKind, LeaveState, LeaveStateError
from app.models.people import Level, Post
from app.services.access import permissions_of, program
from app.services.approvals.decisions import approve, return_proposal
from app.services.approvals.errors import OwnProposalError, StaleProposalError
from app.services.approvals.proposals import withdraw
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.leave.errors import (
    LeaveDaysError,
    MayNotTakeError,
    MutualReceiversError,
    NotHandedOverError,
    NotReceiverError,
    OthersLeaveError,
    OverlappingLeaveError,
    OwnLeaveError,
    ReceiverAwayError,
    ReceiverError,
)
from app.services.leave.handing import accept_all, accept_handovers, list_again, offer_handovers, refuse_handovers
from app.services.leave.history import leave_history
from app.services.leave.leaves import LeaveDraft, ask_leave, preview_leave, propose_leave, withdraw_leave
from app.services.leave.reading import LeaveDeed, Shown, handover_list, list_leaves, offered_to_me
from app.services.leave.reminding import leave_reminders
from app.services.people.accounts import change_person
from app.services.reasons import ReasonNeededError
from app.services.reminder import What
from app.services.staff.tasks import accept_task
from app.services.verify import verify
from tests.services.leave.making import (
    FIRST,
    LAST,
    TODAY,
    agree,
    approved,
    ask,
    content,
    row,
    seen_to_by,
    state,
    task,
    things,
)
from tests.services.orders.making import Crew
from tests.services.staff.making import move

DAY = timedelta(days=1)


def test_asking_lists_everything_that_is_held(any_crew: Crew) -> None:
    crew = any_crew
    number, item = task(crew, crew.planner, post=Post.PLANNER), content(crew, crew.planner)
    leave = ask(crew.planner, crew.specialist)
    listed = things(crew.planner, leave)
    assert set(listed) == {("task", number), ("content", item)}
    assert {one.state for one in listed.values()} == {HandoverState.OFFERED}
    assert {one.receiver_name for one in listed.values()} == {"刘洋"}
    found = row(crew.lead, leave)
    assert (found.state, found.things, found.taken, found.left) == (LeaveState.ASKED, 2, 0, 8)
    [offer] = offered_to_me(crew.specialist)
    assert (offer.about, offer.name, offer.things) == (leave, "张伟", 2)
    assert offered_to_me(crew.planner) == []


def test_the_list_counts_what_has_come_to_a_leave_since_as_its_handover_does(any_crew: Crew) -> None:
    crew = any_crew
    task(crew, crew.planner, post=Post.PLANNER)
    leave = ask(crew.planner, crew.specialist)
    accept_all(crew.specialist, leave)
    assert [one.what for one in leave_reminders(crew.planner)] == [What.LEAVE_READY]
    task(crew, crew.planner, "竞品周报", post=Post.PLANNER)
    content(crew, crew.planner)
    found, listed = row(crew.lead, leave), handover_list(crew.planner, leave)
    assert (found.taken, found.things, len(listed)) == (1, 3, 3)
    assert [row.things for row in list_leaves(crew.specialist, Shown.OFFERED)] == [3]
    assert leave_reminders(crew.planner) == []  # proposed it would be refused
    list_again(crew.planner, leave)
    assert (row(crew.lead, leave).things, len(handover_list(crew.planner, leave))) == (3, 3)
    withdraw_leave(crew.planner, leave, "不走了")
    task(crew, crew.planner, "周会纪要", post=Post.PLANNER)
    assert (row(crew.lead, leave).things, len(handover_list(crew.planner, leave))) == (3, 3)
    assert verify(crew.program).ok


def test_who_works_on_orders_hands_over_what_is_at_hand_and_who_decides_the_decisions(crew: Crew) -> None:
    assert set(things(crew.clerk, ask(crew.clerk, crew.colleague))) == {("orders", 0)}
    assert set(things(crew.lead, ask(crew.lead, crew.manager))) == {("orders", 0), ("approvals", 0)}
    assert set(things(crew.packer, ask(crew.packer, crew.specialist))) == set()


def test_a_leave_is_approved_only_when_everything_is_accepted(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    with pytest.raises(NotHandedOverError, match=r"2 still to be accepted: Orders at hand, Task: 核对退货单"):
        propose_leave(crew.clerk, leave)
    accept_handovers(crew.colleague, [things(crew.clerk, leave)["task", number].id or 0])
    with pytest.raises(NotHandedOverError, match="1 still to be accepted: Orders at hand"):
        propose_leave(crew.clerk, leave)
    assert accept_all(crew.colleague, leave) == 1
    proposal = propose_leave(crew.clerk, leave)
    assert state(crew, leave) is LeaveState.PROPOSED
    shown = proposal_detail(crew.manager, proposal)
    assert (shown.row.title, shown.row.waits_for) == ("王敏: Annual leave 2026-12-01 – 2026-12-04", "manager")
    assert list(shown.told) == [("Days", "", "2026-12-01 – 2026-12-04"), ("Handed over to", "", "李娜 2")]
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED
    assert seen_to_by(crew, number) == crew.clerk.person  # until the first day
    assert verify(crew.program).ok


def test_a_leave_of_one_day_names_it_once(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, last_day=FIRST)
    accept_all(crew.colleague, leave)
    shown = proposal_detail(crew.manager, propose_leave(crew.clerk, leave))
    assert (shown.row.title, shown.told[0]) == ("王敏: Annual leave 2026-12-01", ("Days", "", "2026-12-01"))


def test_a_refused_thing_is_offered_to_somebody_else(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    thing = things(crew.clerk, leave)["task", number].id or 0
    with pytest.raises(ReasonNeededError):
        refuse_handovers(crew.colleague, [thing], " ")
    refuse_handovers(crew.colleague, [thing], "手上已满")
    assert things(crew.clerk, leave)["task", number].state is HandoverState.REFUSED
    with pytest.raises(HandoverStateError):
        accept_handovers(crew.colleague, [thing])
    offer_handovers(crew.clerk, [thing], crew.lead.person)
    with pytest.raises(NotReceiverError, match="赵倩"):
        accept_handovers(crew.colleague, [thing])
    accept_handovers(crew.lead, [thing])
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    assert [one.note for one in leave_history(crew.clerk, leave) if one.note] == ["手上已满", "回老家"]


def test_only_who_may_do_the_work_takes_it(crew: Crew) -> None:
    item = content(crew, crew.planner)
    leave = ask(crew.planner, crew.packer)  # who does not plan content
    thing = things(crew.planner, leave)["content", item]
    assert (thing.state, thing.receiver) == (HandoverState.OPEN, None)
    with pytest.raises(MayNotTakeError, match="吴迪's posts do not allow this work: Content"):
        offer_handovers(crew.planner, [thing.id or 0], crew.packer.person)
    offer_handovers(crew.planner, [thing.id or 0], crew.specialist.person)
    accept_all(crew.specialist, leave)
    propose_leave(crew.planner, leave)


@pytest.mark.parametrize(
    ("kind", "first", "last", "ok"),
    [
        (LeaveKind.ANNUAL, TODAY, TODAY, True),
        (LeaveKind.ANNUAL, TODAY - DAY, TODAY, False),
        (LeaveKind.SICK, TODAY - DAY, TODAY, True),
        (LeaveKind.SICK, TODAY - 2 * DAY, TODAY, False),
        (LeaveKind.FAMILY, LAST, FIRST, False),
        (LeaveKind.FAMILY, FIRST, FIRST + 365 * DAY, True),
        (LeaveKind.FAMILY, FIRST, FIRST + 366 * DAY, False),
    ],
)
def test_days_are_in_order_and_ahead(crew: Crew, kind: LeaveKind, first: date, last: date, ok: bool) -> None:
    wanted = {"kind": kind, "first_day": first, "last_day": last}
    if ok:
        ask(crew.packer, crew.clerk, **wanted)
        return
    with pytest.raises(LeaveDaysError):
        ask(crew.packer, crew.clerk, **wanted)


def test_nobody_is_away_twice_at_a_time(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    with pytest.raises(OverlappingLeaveError, match="王敏 has another leave from 2026-12-01 to 2026-12-04"):
        ask(crew.clerk, crew.lead, first_day=LAST, last_day=LAST + DAY)
    ask(crew.clerk, crew.lead, first_day=LAST + DAY, last_day=LAST + 2 * DAY)
    withdraw_leave(crew.clerk, leave, "改期")
    ask(crew.clerk, crew.colleague)


def test_a_receiver_is_a_colleague_who_is_there(crew: Crew) -> None:
    with pytest.raises(ReceiverError):
        ask(crew.clerk, crew.clerk)
    move(crew, crew.planner.person, [Post.PLANNER], active=False, reason="离职")
    with pytest.raises(ReceiverError):
        ask(crew.clerk, crew.planner)
    ask(crew.colleague, crew.lead)
    with pytest.raises(ReceiverAwayError, match="李娜 is away from 2026-12-01 to 2026-12-04"):
        ask(crew.clerk, crew.colleague, first_day=LAST, last_day=LAST)
    ask(crew.clerk, crew.colleague, first_day=LAST + DAY, last_day=LAST + DAY)


def test_two_who_name_each_other_on_the_same_days_are_refused(crew: Crew) -> None:
    ask(crew.clerk, crew.colleague)
    with pytest.raises(MutualReceiversError):
        ask(crew.colleague, crew.clerk, first_day=LAST, last_day=LAST + DAY)
    ask(crew.colleague, crew.clerk, first_day=LAST + DAY, last_day=LAST + DAY)


def test_who_has_asked_for_leave_themselves_accepts_nothing_for_these_days(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    ask(crew.colleague, crew.lead, first_day=LAST, last_day=LAST + DAY)
    with pytest.raises(ReceiverAwayError):
        accept_all(crew.colleague, leave)


def test_a_lead_asks_for_somebody_sick_and_nobody_else_does(crew: Crew) -> None:
    wanted = {"kind": LeaveKind.SICK, "first_day": TODAY, "last_day": TODAY + DAY, "person": crew.clerk.person}
    with pytest.raises(PermissionDeniedError):
        ask(crew.packer, crew.colleague, **wanted)
    leave = ask(crew.lead, crew.colleague, **wanted)
    assert row(crew.lead, leave).person == crew.clerk.person
    accept_all(crew.colleague, leave)
    with pytest.raises(OthersLeaveError, match="王敏"):
        propose_leave(crew.packer, leave)
    propose_leave(crew.lead, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED
    with pytest.raises(NotFoundError):
        ask(crew.lead, crew.colleague, person=999_999)


OF_ONES_OWN: dict[str, tuple[dict[str, Any], type[Exception]]] = {
    "manager": ({}, OwnProposalError),
    "lead": ({"kind": LeaveKind.SICK, "first_day": TODAY}, OwnLeaveError),
}


@pytest.mark.parametrize("asks", OF_ONES_OWN)
def test_nobody_decides_on_their_own_leave_whoever_asked_for_it(crew: Crew, asks: str) -> None:
    changes, error = OF_ONES_OWN[asks]
    who = getattr(crew, asks)
    leave = ask(who, crew.director, person=crew.manager.person, **changes)
    accept_all(crew.director, leave)
    proposal = propose_leave(who, leave)
    seen = proposal_detail(crew.manager, proposal).row.last_seq
    with pytest.raises(error):
        approve(crew.manager, proposal, seen)
    approve(crew.director, proposal, seen)
    assert state(crew, leave) is LeaveState.APPROVED


def test_a_returned_leave_says_why_and_is_proposed_anew(any_crew: Crew) -> None:
    crew = any_crew
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    proposal = propose_leave(crew.clerk, leave)
    return_proposal(crew.manager, proposal, proposal_detail(crew.manager, proposal).row.last_seq, "双十二人手不够")
    assert state(crew, leave) is LeaveState.RETURNED
    assert leave_history(crew.clerk, leave)[0].note == "双十二人手不够"
    propose_leave(crew.clerk, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED
    assert verify(crew.program).ok


def test_a_proposal_taken_back_leaves_the_leave_to_be_proposed_anew(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    withdraw(crew.clerk, propose_leave(crew.clerk, leave), "再商量")
    assert state(crew, leave) is LeaveState.RETURNED


def test_what_comes_to_it_meanwhile_makes_the_proposal_void(any_crew: Crew) -> None:
    crew = any_crew
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    proposal = propose_leave(crew.clerk, leave)
    number = task(crew, crew.clerk)
    with pytest.raises(StaleProposalError):
        approve(crew.manager, proposal, proposal_detail(crew.manager, proposal).row.last_seq)
    assert proposal_detail(crew.manager, proposal).row.state is ProposalState.STALE
    assert state(crew, leave) is LeaveState.RETURNED
    with pytest.raises(NotHandedOverError, match="核对退货单"):
        propose_leave(crew.clerk, leave)
    assert things(crew.clerk, leave)["task", number].state is HandoverState.OFFERED  # listed by the refusal
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED
    assert verify(crew.program).ok


def test_a_receiver_who_is_changed_meanwhile_makes_it_void_and_a_settled_thing_does_not(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    proposal = propose_leave(crew.clerk, leave)
    offer_handovers(crew.clerk, [things(crew.clerk, leave)["task", number].id or 0], crew.lead.person)
    with pytest.raises(StaleProposalError):
        approve(crew.manager, proposal, proposal_detail(crew.manager, proposal).row.last_seq)
    accept_all(crew.lead, leave)
    propose_leave(crew.clerk, leave)
    accept_task(crew.lead, number)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED
    list_again(crew.clerk, leave)
    assert things(crew.clerk, leave)["task", number].state is HandoverState.GONE


def test_withdrawing_takes_the_proposal_with_it(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    proposal = propose_leave(crew.clerk, leave)
    withdraw_leave(crew.clerk, leave, "不去了")
    assert state(crew, leave) is LeaveState.WITHDRAWN
    assert proposal_detail(crew.manager, proposal).row.state is ProposalState.WITHDRAWN
    assert list_proposals(crew.manager, Desk.MINE) == []
    with pytest.raises(LeaveStateError):
        propose_leave(crew.clerk, leave)
    with pytest.raises(LeaveStateError):
        list_again(crew.clerk, leave)


def test_who_sees_what(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    assert [one.id for one in list_leaves(crew.clerk)] == [leave]
    assert [one.id for one in list_leaves(crew.colleague, Shown.OFFERED)] == [leave]
    assert list_leaves(crew.packer) == list_leaves(crew.packer, Shown.OFFERED) == []
    with pytest.raises(PermissionDeniedError):
        list_leaves(crew.clerk, Shown.ALL)
    with pytest.raises(OthersLeaveError):
        handover_list(crew.packer, leave)
    with pytest.raises(OthersLeaveError):
        leave_history(crew.packer, leave)
    assert row(crew.lead, leave).deeds == {LeaveDeed.OFFER, LeaveDeed.PROPOSE, LeaveDeed.WITHDRAW}
    [mine] = list_leaves(crew.colleague, Shown.OFFERED)
    assert (set(mine.deeds), mine.asked) == ({LeaveDeed.ANSWER}, 1)


def test_the_ordinary_level_asks_for_leave_as_well(crew: Crew) -> None:
    who = crew.packer
    boss = program(crew.db, crew.clock)
    change_person(boss, who.person, posts=[who.post], level=Level.ORDINARY, active=True, reason="实习")
    plain = replace(who, level=Level.ORDINARY, permissions=permissions_of(who.post, Level.ORDINARY))
    leave = ask(plain, crew.clerk)
    propose_leave(plain, leave)
    agree(crew)
    assert state(crew, leave) is LeaveState.APPROVED


def test_the_preview_says_what_would_be_handed_over_and_what_stands_against_it(crew: Crew) -> None:
    item = content(crew, crew.planner)
    assert item
    draft = LeaveDraft(LeaveKind.ANNUAL, FIRST, LAST, crew.packer.person, "")
    seen = preview_leave(crew.planner, draft)
    assert (seen.things, dict(seen.troubles)) == ((("content", "秋酿上市", False),), {})
    wrong = LeaveDraft(LeaveKind.ANNUAL, LAST, FIRST, crew.planner.person, "")
    assert set(preview_leave(crew.planner, wrong).troubles) == {"receiver", "last_day"}
    ask_leave(crew.planner, LeaveDraft(LeaveKind.ANNUAL, FIRST, LAST, crew.packer.person, "回老家"))
    assert set(preview_leave(crew.planner, draft).troubles) == {"person"}
    assert set(preview_leave(crew.planner, LeaveDraft(LeaveKind.ANNUAL, FIRST, LAST, None, "")).troubles) == {
        "person", "receiver",
    }  # fmt: skip


def test_a_reason_is_given(crew: Crew) -> None:
    with pytest.raises(ReasonNeededError):
        ask(crew.clerk, crew.colleague, reason=" ")
    assert approved(crew, crew.packer, crew.specialist)


def test_what_comes_after_the_approval_is_told_of_until_it_is_on_the_list(any_crew: Crew) -> None:
    crew = any_crew
    task(crew, crew.clerk)
    leave = approved(crew, crew.clerk, crew.colleague)
    assert leave_reminders(crew.clerk) == []
    task(crew, crew.clerk, "回访")
    [before] = leave_reminders(crew.clerk)
    assert (before.id, before.what) == (leave, What.LEAVE_MORE)
    task(crew, crew.clerk, "盘库")
    [after] = leave_reminders(crew.clerk)
    assert after.mark > before.mark
    list_again(crew.clerk, leave)
    assert leave_reminders(crew.clerk) == []
    assert [one.things for one in offered_to_me(crew.colleague)] == [2]
