"""An approved resignation is taken back by approval only, by who approved it, and told to nobody else (rule D3)."""

from datetime import date, timedelta

import pytest

from app.errors import NotFoundError
from app.models.approvals import ProposalState
from app.models.leave import LeaveKind, LeaveState, LeaveStateError
from app.models.people import Level, Post
from app.services.access import Context, program
from app.services.approvals.decisions import approve, return_proposal
from app.services.approvals.errors import DoubledProposalError, NotYourDecisionError
from app.services.approvals.outcomes import own_outcomes
from app.services.approvals.proposals import withdraw
from app.services.approvals.queue import Desk, ProposalRow, list_proposals, proposal_counts, proposal_detail
from app.services.leave.errors import ApprovedResignationError, OthersTakingBackError
from app.services.leave.handing import accept_all
from app.services.leave.history import leave_history
from app.services.leave.leaves import propose_leave, withdraw_leave
from app.services.leave.reading import LeaveDeed, Shown, away_days, list_leaves
from app.services.leave.staying import ask_to_stay
from app.services.people.accounts import change_person, list_people
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.leave.making import agree, approved, ask, on, row, seen_to_by, state, task
from tests.services.orders.making import Crew

DAY = timedelta(days=1)
LAST = date(2026, 12, 23)
RESIGN = {"kind": LeaveKind.RESIGNATION, "last_day": LAST, "reason": "另谋发展"}


def resigned(crew: Crew) -> int:
    """The clerk's resignation, approved by the manager and the general manager."""
    return approved(crew, crew.clerk, crew.colleague, **RESIGN)


def waiting(ctx: Context) -> list[ProposalRow]:
    """What waits for somebody."""
    return list_proposals(ctx, Desk.MINE)


def decide(ctx: Context) -> None:
    """Approve the one thing that waits for somebody."""
    [one] = waiting(ctx)
    approve(ctx, one.id, one.last_seq)


def seen(ctx: Context, desk: Desk) -> list[str]:
    """The kinds of the proposals on a list, which its figure counts."""
    rows = list_proposals(ctx, desk)
    assert proposal_counts(ctx)[desk] == len(rows)
    return [one.kind for one in rows]


def works_here(crew: Crew) -> bool:
    return next(one.active for one in list_people(crew.lead) if one.id == crew.clerk.person)


def test_before_it_is_approved_the_person_alone_withdraws_it(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    with pytest.raises(LeaveStateError):
        ask_to_stay(crew.clerk, leave, "想留下")
    withdraw_leave(crew.clerk, leave, "想留下")
    assert state(crew, leave) is LeaveState.WITHDRAWN


def test_what_two_have_approved_nobody_takes_back_alone(crew: Crew) -> None:
    leave = resigned(crew)
    for ctx in (crew.clerk, crew.lead, crew.manager, crew.director):
        with pytest.raises(ApprovedResignationError):
            withdraw_leave(ctx, leave, "想留下")
    for ctx in (crew.lead, crew.manager, crew.director):
        assert row(ctx, leave).deeds == {LeaveDeed.OFFER}
        with pytest.raises(OthersTakingBackError, match="王敏"):
            ask_to_stay(ctx, leave, "请留下")
    assert state(crew, leave) is LeaveState.APPROVED
    other = approved(crew, crew.colleague, crew.lead)
    withdraw_leave(crew.colleague, other, "改期")  # any other leave is withdrawn as ever
    assert state(crew, other) is LeaveState.WITHDRAWN


def test_the_manager_and_then_the_general_manager_approve_it(any_crew: Crew) -> None:
    crew = any_crew
    number, leave = task(crew, crew.clerk), resigned(crew)
    with pytest.raises(ReasonNeededError):
        ask_to_stay(crew.clerk, leave, " ")
    asked = ask_to_stay(crew.clerk, leave, "想留下")
    assert waiting(crew.director) == []
    [waits] = waiting(crew.manager)
    assert (waits.id, waits.kind, waits.word, waits.reason) == (
        asked,
        "taking_back",
        "Taking a resignation back",
        "想留下",
    )
    assert waits.title == "王敏: Resignation, last day 2026-12-23"
    [told] = proposal_detail(crew.manager, asked).told
    assert told == ("Resignation", "王敏: Resignation, last day 2026-12-23", "stays at work here")
    decide(crew.manager)
    assert state(crew, leave) is LeaveState.APPROVED
    with pytest.raises(NotYourDecisionError):
        approve(crew.lead, asked, row_of(crew, asked).last_seq)
    decide(crew.director)
    assert state(crew, leave) is LeaveState.WITHDRAWN
    assert [one.word for one in own_outcomes(crew.clerk, asked)] == ["Taking a resignation back"]
    with crew.db.reading() as conn:
        assert away_days(conn, LAST, LAST + 30 * DAY) == {}
    on(crew, LAST + DAY)
    assert (works_here(crew), seen_to_by(crew, number)) == (True, crew.clerk.person)
    with pytest.raises(LeaveStateError):
        ask_to_stay(crew.clerk, leave, "再问一次")
    ask(crew.clerk, crew.colleague, **(RESIGN | {"last_day": LAST + 60 * DAY}))  # and may resign again
    assert verify(crew.program).ok


def row_of(crew: Crew, number: int) -> ProposalRow:
    return next(one for one in list_proposals(crew.manager, Desk.WAITING) if one.id == number)


@pytest.mark.parametrize("who", ["manager", "director"])
def test_a_managers_own_is_approved_by_the_other_one_as_the_resignation_was(crew: Crew, who: str) -> None:
    ctx, other = (crew.manager, crew.director) if who == "manager" else (crew.director, crew.manager)
    leave = approved(crew, ctx, crew.lead, **RESIGN)
    ask_to_stay(ctx, leave, "想留下")
    assert waiting(ctx) == []
    decide(other)
    assert state(crew, leave) is LeaveState.WITHDRAWN


def test_who_has_become_manager_since_is_not_asked_about_themselves(crew: Crew) -> None:
    leave, boss, who = resigned(crew), program(crew.db, crew.clock), crew.clerk.person
    change_person(boss, who, posts=[Post.SERVICE, Post.MANAGER], level=Level.BACK_OFFICE, active=True, reason="升任")
    ask_to_stay(crew.clerk, leave, "想留下")
    assert waiting(crew.manager) == []
    decide(crew.director)
    assert state(crew, leave) is LeaveState.WITHDRAWN


def test_returned_or_taken_back_the_resignation_stands_and_may_be_asked_about_anew(crew: Crew) -> None:
    leave = resigned(crew)
    asked = ask_to_stay(crew.clerk, leave, "想留下")
    with pytest.raises(DoubledProposalError):
        ask_to_stay(crew.clerk, leave, "想留下")
    [waits] = waiting(crew.manager)
    return_proposal(crew.manager, asked, waits.last_seq, "岗位已有人接任")
    assert state(crew, leave) is LeaveState.APPROVED
    withdraw(crew.clerk, ask_to_stay(crew.clerk, leave, "再想一想"), "算了")
    assert waiting(crew.manager) == []
    told = [(one.name, one.sentence, one.note) for one in leave_history(crew.clerk, leave)][:4]
    assert told == [
        ("王敏", "no longer asks to take it back", "算了"),
        ("王敏", "asked to take the resignation back", "再想一想"),
        ("刘总监", "did not agree to taking it back", "岗位已有人接任"),
        ("王敏", "asked to take the resignation back", "想留下"),
    ]
    on(crew, LAST + DAY)
    assert (state(crew, leave), works_here(crew)) == (LeaveState.ENDED, False)


def test_only_who_resigns_is_offered_it_and_not_while_it_waits(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    assert LeaveDeed.STAY not in list_leaves(crew.clerk)[0].deeds
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    [mine] = list_leaves(crew.clerk)
    assert mine.deeds & {LeaveDeed.STAY, LeaveDeed.WITHDRAW} == {LeaveDeed.STAY}
    ask_to_stay(crew.clerk, leave, "想留下")
    [mine] = list_leaves(crew.clerk)
    assert mine.deeds & {LeaveDeed.STAY, LeaveDeed.WITHDRAW} == set()
    assert mine.standing is not None
    assert (mine.standing.state, mine.standing.waits_for) == (ProposalState.WAITING, Post.MANAGER)


def test_what_was_given_after_the_last_day_comes_back(any_crew: Crew) -> None:
    crew = any_crew
    number, leave = task(crew, crew.clerk), resigned(crew)
    fresh = task(crew, crew.clerk, "月末盘点")  # nobody has accepted it, so the account stays open
    asked = ask_to_stay(crew.clerk, leave, "想留下")
    on(crew, LAST + DAY)
    assert (state(crew, leave), seen_to_by(crew, number)) == (LeaveState.RUNNING, crew.colleague.person)
    decide(crew.manager)
    decide(crew.director)
    assert state(crew, leave) is LeaveState.WITHDRAWN
    assert [seen_to_by(crew, one) for one in (number, fresh)] == [crew.clerk.person] * 2
    told = [one.sentence for one in leave_history(crew.clerk, leave)]
    assert told[:4] == [
        "put the taking back in force",
        "gave back: Task: 核对退货单",
        "gave back: Orders at hand",
        "agreed to taking it back",
    ]
    assert on(crew, LAST + 3 * DAY) == 0
    assert works_here(crew)
    assert proposal_detail(crew.clerk, asked).row.state is ProposalState.EFFECTIVE
    assert verify(crew.program).ok


def test_asking_does_not_stop_the_clock_and_goes_with_the_account(any_crew: Crew) -> None:
    crew = any_crew
    leave = resigned(crew)
    asked = ask_to_stay(crew.clerk, leave, "想留下")
    on(crew, LAST + DAY)
    assert (state(crew, leave), works_here(crew)) == (LeaveState.ENDED, False)
    assert waiting(crew.manager) == []
    assert proposal_detail(crew.manager, asked).row.state is ProposalState.WITHDRAWN
    assert leave_history(crew.lead, leave)[0].note == "Resignation, everything handed over"
    assert verify(crew.program).ok


def test_it_is_told_to_who_has_to_do_with_the_resignation_only(any_crew: Crew) -> None:
    crew = any_crew
    leave = resigned(crew)
    assert seen(crew.packer, Desk.DONE) == ["resignation"]  # approved, it is known
    asked = ask_to_stay(crew.clerk, leave, "想留下")
    for knows in (crew.clerk, crew.colleague, crew.lead, crew.manager, crew.director):
        assert seen(knows, Desk.WAITING) == ["taking_back"]
    assert seen(crew.packer, Desk.WAITING) == []
    with pytest.raises(NotFoundError):
        proposal_detail(crew.packer, asked)
    [waits] = waiting(crew.manager)
    return_proposal(crew.manager, asked, waits.last_seq, "岗位已有人接任")
    assert (seen(crew.packer, Desk.DONE), seen(crew.lead, Desk.DONE)) == (
        ["resignation"],
        ["taking_back", "resignation"],
    )
    on(crew, LAST + DAY)  # nor is it when they have left
    assert seen(crew.packer, Desk.DONE) == ["resignation"]
    assert list_leaves(crew.packer, Shown.OFFERED, over=True) == []
