"""Chains: the receiver goes on leave too, and everything finds its way back in whatever order they return (rule D3)."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.models.leave import HandoverState, LeaveKind, LeaveState
from app.models.people import Post
from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.leave.errors import NotHandedOverError, ReceiverAwayError
from app.services.leave.handing import accept_all, offer_handovers
from app.services.leave.leaves import end_leave, propose_leave, withdraw_leave
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import claim_order, confirm_order, load, log_contact
from app.services.staff.tasks import TaskDraft, give_task
from app.services.verify import verify
from tests.services.leave.making import agree, approved, ask, on, row, seen_to_by, state, task, things
from tests.services.orders.making import Crew, accept, draft

DAY = timedelta(days=1)


def december(day: int) -> date:
    return date(2026, 12, day)


def days(first: int, last: int) -> dict[str, date]:
    return {"first_day": december(first), "last_day": december(last)}


def test_the_receiver_leaves_and_comes_back_first(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    outer = approved(crew, crew.clerk, crew.colleague, **days(1, 10))
    inner = approved(crew, crew.colleague, crew.lead, **days(3, 5))
    on(crew, december(1))
    assert seen_to_by(crew, number) == crew.colleague.person
    on(crew, december(3))
    assert seen_to_by(crew, number) == crew.lead.person
    assert things(crew.lead, outer)["task", number].receiver == crew.lead.person
    on(crew, december(6))
    assert seen_to_by(crew, number) == crew.colleague.person
    assert things(crew.lead, outer)["task", number].receiver == crew.colleague.person
    on(crew, december(11))
    assert seen_to_by(crew, number) == crew.clerk.person
    assert {state(crew, outer), state(crew, inner)} == {LeaveState.ENDED}
    assert verify(crew.program).ok


def test_who_is_away_longest_is_passed_over(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    approved(crew, crew.clerk, crew.colleague, **days(1, 5))
    inner = approved(crew, crew.colleague, crew.lead, **days(3, 10))
    on(crew, december(3))
    on(crew, december(6))
    assert seen_to_by(crew, number) == crew.clerk.person
    assert things(crew.lead, inner)["task", number].state is HandoverState.GONE
    on(crew, december(11))
    assert seen_to_by(crew, number) == crew.clerk.person
    assert verify(crew.program).ok


def test_who_is_away_already_has_handed_on_what_they_promised(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    outer = approved(crew, crew.clerk, crew.colleague, **days(5, 20))
    inner = ask(crew.colleague, crew.lead, **days(3, 8))
    assert ("task", number) in things(crew.lead, inner)  # promised, not held yet
    accept_all(crew.lead, inner)
    propose_leave(crew.colleague, inner)
    agree(crew)
    on(crew, december(3))
    assert seen_to_by(crew, number) == crew.clerk.person
    on(crew, december(5))
    assert seen_to_by(crew, number) == crew.lead.person
    on(crew, december(9))
    assert seen_to_by(crew, number) == crew.colleague.person
    on(crew, december(21))
    assert seen_to_by(crew, number) == crew.clerk.person
    assert state(crew, outer) is LeaveState.ENDED
    assert verify(crew.program).ok


def test_orders_at_hand_follow_the_chain(any_crew: Crew) -> None:
    crew = any_crew
    [order] = accept(crew, [draft()])
    approved(crew, crew.clerk, crew.colleague, **days(5, 20))
    approved(crew, crew.colleague, crew.lead, **days(3, 8))
    claim_order(crew.clerk, order)

    def holder() -> int | None:
        with crew.db.reading() as conn:
            return load(conn, order).claimed_by

    on(crew, december(3))
    on(crew, december(5))
    assert holder() == crew.lead.person
    on(crew, december(9))
    assert holder() == crew.colleague.person
    on(crew, december(21))
    assert holder() == crew.clerk.person
    assert verify(crew.program).ok


def test_decisions_are_lent_along_the_chain(any_crew: Crew) -> None:
    crew = any_crew
    approved(crew, crew.lead, crew.colleague, **days(1, 10))
    approved(crew, crew.colleague, crew.clerk, **days(3, 5))
    on(crew, december(1))
    [order] = accept(crew, [draft()])
    log_contact(crew.lead, order, ContactDraft(Outcome.REACHED))
    confirm_order(crew.lead, order)
    after = {"amount": 150_00, "reason": "整箱破损"}
    wanted = propose(crew.manager, ProposalDraft("refund", order, "退款", after, "整箱破损"))

    def decides() -> list[str]:
        deciding = {"clerk": crew.clerk, "colleague": crew.colleague}
        return [name for name, ctx in deciding.items() if proposal_detail(ctx, wanted).row.may_decide]

    assert decides() == ["colleague"]
    on(crew, december(3))
    assert decides() == ["clerk", "colleague"]
    on(crew, december(6))
    assert decides() == ["colleague"]
    on(crew, december(11))
    assert decides() == []
    assert verify(crew.program).ok


def test_a_promise_that_was_not_handed_on_stands_against_the_approval(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    outer = ask(crew.clerk, crew.colleague, **days(5, 20))
    accept_all(crew.colleague, outer)
    inner = ask(crew.colleague, crew.lead, **days(3, 8))
    with pytest.raises(ReceiverAwayError, match="李娜 is away from 2026-12-03"):
        propose_leave(crew.clerk, outer)
    with pytest.raises(NotHandedOverError):
        propose_leave(crew.colleague, inner)
    accept_all(crew.lead, inner)
    propose_leave(crew.clerk, outer)
    withdraw_leave(crew.clerk, outer, "不去了")
    propose_leave(crew.colleague, inner)
    assert things(crew.lead, inner)["task", number].state is HandoverState.GONE  # nothing is promised any more


def test_three_in_a_ring_on_the_same_days_are_refused(crew: Crew) -> None:
    task(crew, crew.clerk)
    approved(crew, crew.clerk, crew.colleague, **days(1, 10))
    approved(crew, crew.colleague, crew.lead, **days(3, 12))
    with pytest.raises(ReceiverAwayError, match="王敏"):
        ask(crew.lead, crew.clerk, **days(8, 15))
    ask(crew.lead, crew.clerk, **days(11, 15))


def test_a_receiver_who_falls_sick_hands_on_what_is_not_theirs(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    approved(crew, crew.clerk, crew.colleague, **days(1, 10))
    on(crew, december(2))
    sick = ask(crew.lead, crew.manager, **days(2, 3), person=crew.colleague.person)
    thing = things(crew.lead, sick)["task", number]
    offer_handovers(crew.lead, [thing.id or 0], crew.lead.person)
    for taker in (crew.lead, crew.manager):
        accept_all(taker, sick)
    propose_leave(crew.lead, sick)
    approve(crew.director, *waiting(crew.director))
    on(crew, december(2))
    assert seen_to_by(crew, number) == crew.lead.person
    end_leave(crew.lead, sick, "退烧了")
    assert seen_to_by(crew, number) == crew.colleague.person


def waiting(ctx: Context) -> tuple[int, int]:
    [one] = list_proposals(ctx, Desk.MINE)
    return one.id, one.last_seq


Span = tuple[int, int, int]  # asked on, first day, length


@st.composite
def spans(draw: st.DrawFn) -> list[Span]:
    """Three leaves, each asked for after the one before and not later than it begins."""
    asked, found = 0, []
    for _ in range(3):
        asked = draw(st.integers(asked, min(asked + 4, 8)))
        first = draw(st.integers(asked, 12))
        found.append((asked, first, draw(st.integers(0, 8))))
    return found


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=spans(),
    early=st.lists(st.none() | st.integers(0, 8), min_size=3, max_size=3),
    skipped=st.sets(st.integers(0, 24)),
)
def test_a_thing_is_always_with_the_first_who_is_there(
    crew: Crew, wanted: list[Span], early: list[int | None], skipped: set[int]
) -> None:
    """Whoever's thing it is, and else the first receiver along the chain who is not away."""
    start = crew.clock.now().date() + 40 * DAY
    people = [crew.clerk, crew.colleague, crew.lead, crew.planner]
    on(crew, start)
    number = give_task(
        crew.manager, TaskDraft("核对退货单", Post.SERVICE, start + 90 * DAY, person=people[0].person)
    )  # fmt: skip
    gone: dict[int, tuple[int, int]] = {}
    running: dict[int, int] = {}
    for today in range(26):
        asking = [place for place, one in enumerate(wanted) if one[0] == today]
        ending = [place for place, (_asked, first, _length) in enumerate(wanted) if early[place] == today - first]
        if today in skipped and not asking and not ending:
            continue
        on(crew, start + today * DAY)
        for place in asking:
            _asked, first, length = wanted[place]
            dates = {"first_day": start + first * DAY, "last_day": start + (first + length) * DAY}
            running[place] = ask(people[place], people[place + 1], **dates)
            take(crew, people, running[place])
            propose_leave(people[place], running[place])
            agree(crew)
            gone[place] = (first, first + length)
        on(crew, start + today * DAY)
        for place in ending:
            if place in running and row(crew.lead, running[place]).state is LeaveState.RUNNING:
                end_leave(people[place], running[place])
                gone[place] = (gone[place][0], today - 1)
        there = next(place for place in range(4) if not (place in gone and gone[place][0] <= today <= gone[place][1]))
        assert seen_to_by(crew, number) == people[there].person
    assert seen_to_by(crew, number) == people[0].person
    assert verify(crew.program).ok


def take(crew: Crew, people: list[Context], leave: int) -> None:
    """Let everything be accepted: what the receiver's post does not allow, by the director."""
    for one in things(crew.lead, leave).values():
        if one.id is not None and one.state is HandoverState.OPEN:
            offer_handovers(crew.lead, [one.id], crew.director.person)
    for who in (*people, crew.director):
        accept_all(who, leave)


def resign(crew: Crew, who: Context, receiver: Context) -> int:
    """An approved resignation for 23 December."""
    return approved(crew, who, receiver, kind=LeaveKind.RESIGNATION, last_day=december(23))


def test_a_promise_of_who_leaves_for_good_goes_to_whoever_accepted_it(any_crew: Crew) -> None:
    crew = any_crew
    number = task(crew, crew.clerk)
    january = {"first_day": date(2027, 1, 11), "last_day": date(2027, 1, 15)}
    outer = approved(crew, crew.clerk, crew.colleague, **january)
    inner = resign(crew, crew.colleague, crew.lead)
    on(crew, december(23))
    assert things(crew.lead, outer)["task", number].receiver == crew.colleague.person
    on(crew, december(24))
    on(crew, december(24))
    assert state(crew, inner) is LeaveState.ENDED  # it does not wait for the colleague's leave
    listed = things(crew.lead, outer)
    taken = (listed["task", number].receiver, listed["task", number].state)
    assert taken == (crew.lead.person, HandoverState.ACCEPTED)
    assert listed["orders", 0].state is HandoverState.OPEN  # as a whole it was promised by who has left alone
    on(crew, january["first_day"])
    assert seen_to_by(crew, number) == crew.lead.person
    on(crew, date(2027, 1, 16))
    assert seen_to_by(crew, number) == crew.clerk.person
    assert verify(crew.program).ok


def test_a_promise_that_comes_back_to_who_asked_is_open_again(crew: Crew) -> None:
    number = task(crew, crew.clerk)
    outer = approved(crew, crew.clerk, crew.colleague, first_day=date(2027, 1, 11), last_day=date(2027, 1, 15))
    inner = resign(crew, crew.colleague, crew.clerk)
    on(crew, december(24))
    on(crew, december(24))
    assert state(crew, inner) is LeaveState.ENDED
    assert things(crew.lead, outer)["task", number].state is HandoverState.OPEN
    assert verify(crew.program).ok
