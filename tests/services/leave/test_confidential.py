"""A resignation that is not approved is told to nobody but those who have to do with it (rule D3)."""

from datetime import date, timedelta

import pytest

from app.errors import NotFoundError
from app.models.leave import LeaveKind
from app.models.people import Post
from app.services.access import Context
from app.services.approvals.decisions import return_proposal
from app.services.approvals.delegations import delegate
from app.services.approvals.queue import Desk, list_proposals, proposal_counts, proposal_detail
from app.services.duty.notes import duty_notes
from app.services.duty.rosters import read_roster
from app.services.leave.errors import OthersLeaveError, ReceiverAwayError, ReceiverUnableError
from app.services.leave.handing import accept_all, offer_handovers, refuse_all
from app.services.leave.history import leave_history
from app.services.leave.leaves import LeaveDraft, preview_leave, propose_leave, withdraw_leave
from app.services.leave.reading import Shown, handover_list, list_leaves
from tests.services.duty.making import MONDAY
from tests.services.leave.making import TODAY, agree, ask, november, task, things
from tests.services.orders.making import Crew

LAST = date(2026, 12, 23)
RESIGN = {"kind": LeaveKind.RESIGNATION, "last_day": LAST, "reason": "另谋发展"}
DAY = timedelta(days=1)


def beside(ctx: Context) -> list[tuple[str, bool]]:
    """Who is told beside the roster to go, and whether in confidence."""
    return [(one.name, one.confidential) for one in duty_notes(ctx, read_roster(ctx, MONDAY, 1)).leaves]


def seen(ctx: Context, desk: Desk) -> list[str]:
    """The kinds of the proposals on a list, which its figure counts."""
    rows = list_proposals(ctx, desk)
    assert proposal_counts(ctx)[desk] == len(rows)
    return [row.kind for row in rows]


def test_beside_the_roster_it_is_told_to_who_has_to_do_with_it(any_crew: Crew) -> None:
    crew = any_crew
    ask(crew.clerk, crew.colleague, **RESIGN)
    for knows in (crew.clerk, crew.colleague, crew.lead, crew.manager, crew.director):
        assert beside(knows) == [("王敏", True)]
    for other in (crew.packer, crew.planner, crew.specialist):
        assert beside(other) == []


def test_who_is_asked_no_more_is_not_told_any_further(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    refuse_all(crew.colleague, leave, "手上已满")
    offer_handovers(crew.clerk, [one.id or 0 for one in things(crew.clerk, leave).values()], crew.lead.person)
    assert (beside(crew.colleague), list_leaves(crew.colleague, Shown.OFFERED)) == ([], [])
    with pytest.raises(OthersLeaveError):
        handover_list(crew.colleague, leave)
    with pytest.raises(OthersLeaveError):
        leave_history(crew.packer, leave)


def test_approved_it_is_told_to_everybody(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    assert beside(crew.packer) == [("王敏", False)]
    assert seen(crew.packer, Desk.DONE) == ["resignation"]


def test_its_proposal_is_on_no_list_of_somebody_else(any_crew: Crew) -> None:
    crew = any_crew
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    number = propose_leave(crew.clerk, leave)
    for knows in (crew.clerk, crew.colleague, crew.manager, crew.director):
        assert seen(knows, Desk.WAITING) == ["resignation"]
        assert proposal_detail(knows, number).row.reason == "另谋发展"
    assert seen(crew.packer, Desk.WAITING) == []
    with pytest.raises(NotFoundError):
        proposal_detail(crew.packer, number)
    [row] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, number, row.last_seq, "再谈一谈")
    assert (seen(crew.packer, Desk.DONE), seen(crew.clerk, Desk.DONE)) == ([], ["resignation"])
    withdraw_leave(crew.clerk, leave, "留下来了")
    assert (seen(crew.packer, Desk.DONE), seen(crew.manager, Desk.DONE)) == ([], ["resignation"])


def test_who_was_let_decide_sees_it(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague, **RESIGN)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    delegate(crew.manager, crew.planner.person, TODAY, TODAY, "resignation")
    assert seen(crew.planner, Desk.WAITING) == seen(crew.planner, Desk.MINE) == ["resignation"]
    assert beside(crew.planner) == []


def test_the_manager_s_own_is_for_the_general_manager_and_told_to_nobody_else(crew: Crew) -> None:
    leave = ask(crew.manager, crew.lead, **RESIGN)
    accept_all(crew.lead, leave)
    propose_leave(crew.manager, leave)
    assert (seen(crew.packer, Desk.WAITING), seen(crew.director, Desk.WAITING)) == ([], ["resignation"])


def test_other_leave_is_told_as_ever(crew: Crew) -> None:
    leave = ask(crew.planner, crew.specialist)
    propose_leave(crew.planner, leave)
    assert beside(crew.packer) == [("张伟", False)]
    assert seen(crew.packer, Desk.WAITING) == ["leave"]


def test_who_names_them_as_receiver_does_not_learn_why_they_cannot(crew: Crew) -> None:
    ask(crew.clerk, crew.colleague, **RESIGN)
    after = {"first_day": LAST + DAY, "last_day": LAST + 2 * DAY}
    with pytest.raises(ReceiverUnableError) as refused:
        ask(crew.planner, crew.clerk, **after)
    assert str(refused.value) == "王敏 cannot take this over on these days; name somebody else."
    draft = LeaveDraft(LeaveKind.ANNUAL, LAST + DAY, LAST + 2 * DAY, crew.clerk.person, "回老家")
    assert preview_leave(crew.planner, draft).troubles["receiver"] == str(refused.value)
    ask(crew.packer, crew.specialist, first_day=november(28), last_day=november(30))
    with pytest.raises(ReceiverAwayError):
        ask(crew.planner, crew.packer, first_day=november(28), last_day=november(30))


def test_a_decision_on_somebody_else_s_leave_does_not_tell_it_either(crew: Crew) -> None:
    task(crew, crew.planner, "竞品周报", Post.PLANNER)
    leave = ask(crew.planner, crew.specialist, first_day=LAST + DAY, last_day=LAST + 2 * DAY)
    accept_all(crew.specialist, leave)
    propose_leave(crew.planner, leave)
    ask(crew.specialist, crew.packer, **RESIGN)
    with pytest.raises(ReceiverUnableError, match="刘洋 cannot take this over"):
        agree(crew)
