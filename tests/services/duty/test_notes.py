"""What stands beside the roster about leave and acting, as the leave service tells it (rules D2 to D4)."""

from datetime import date, timedelta

from app.models.leave import LeaveKind, LeaveState
from app.models.people import Post
from app.services.access import Context
from app.services.approvals.decisions import return_proposal
from app.services.approvals.queue import Desk, list_proposals
from app.services.duty.notes import LOOK_AHEAD_DAYS, DutyNotes, duty_notes
from app.services.duty.rosters import read_roster
from app.services.leave.acting import ActingDraft, begin_acting, end_acting
from app.services.leave.handing import accept_all, list_again, refuse_all
from app.services.leave.leaves import propose_leave
from tests.services.duty.making import MONDAY
from tests.services.leave.making import FIRST, LAST, agree, ask, task
from tests.services.orders.making import Crew

TODAY = MONDAY


def notes(ctx: Context) -> DutyNotes:
    return duty_notes(ctx, read_roster(ctx, MONDAY, 1))


def test_a_leave_near_by_is_told_until_it_is_returned(any_crew: Crew) -> None:
    crew = any_crew
    leave = ask(crew.clerk, crew.colleague)
    [told] = notes(crew.planner).leaves
    assert (told.name, told.kind, told.first_day, told.last_day) == ("王敏", LeaveKind.ANNUAL, FIRST, LAST)
    assert (told.receiver_name, told.state, told.taken) == ("李娜", LeaveState.ASKED, False)
    refuse_all(crew.colleague, leave, "手上已满")
    assert not notes(crew.planner).leaves[0].taken
    other = ask(crew.planner, crew.specialist)  # who has nothing to hand over
    told = notes(crew.planner).leaves[1]
    assert (told.name, told.taken) == ("张伟", True)
    propose_leave(crew.planner, other)
    [row] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, row.id, row.last_seq, "人手不够")
    assert [one.name for one in notes(crew.planner).leaves] == ["王敏"]


def test_what_is_approved_is_told_as_such_and_what_is_far_is_not(crew: Crew) -> None:
    leave = ask(crew.clerk, crew.colleague)
    accept_all(crew.colleague, leave)
    propose_leave(crew.clerk, leave)
    agree(crew)
    days = timedelta(days=LOOK_AHEAD_DAYS)
    ask(crew.planner, crew.specialist, first_day=TODAY + days, last_day=TODAY + days + timedelta(days=2))
    later = TODAY + days + timedelta(days=1)
    ask(crew.packer, crew.specialist, first_day=later, last_day=later)
    assert [(one.name, one.state, one.taken) for one in notes(crew.lead).leaves] == [
        ("王敏", LeaveState.APPROVED, True),
        ("张伟", LeaveState.ASKED, True),
    ]


def test_what_has_come_to_a_leave_since_is_not_taken(crew: Crew) -> None:
    leave = ask(crew.planner, crew.specialist)
    assert notes(crew.lead).leaves[0].taken
    task(crew, crew.planner, "竞品周报", Post.PLANNER)
    assert not notes(crew.lead).leaves[0].taken
    list_again(crew.planner, leave)
    accept_all(crew.specialist, leave)
    assert notes(crew.lead).leaves[0].taken


def test_who_acts_today_is_told(crew: Crew) -> None:
    draft = ActingDraft(crew.clerk.person, Post.LEAD, crew.lead.person, TODAY, date(2026, 11, 30), "出差")
    begin_acting(crew.manager, ActingDraft(crew.planner.person, Post.IT, None, FIRST, LAST, "空缺"))
    acting = begin_acting(crew.manager, draft)
    [told] = notes(crew.clerk).actings
    assert (told.name, told.post, told.last_day) == ("王敏", Post.LEAD, date(2026, 11, 30))
    end_acting(crew.manager, acting, "回来了")
    assert notes(crew.clerk).actings == ()
