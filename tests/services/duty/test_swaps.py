"""Swaps of shifts: asked, accepted, checked against the rules, approved by the lead, and in force for everybody."""

import json
from datetime import timedelta

import pytest

from app.clock import to_ms
from app.errors import PermissionDeniedError, RuleError
from app.models.duty import SwapState
from app.services import subjects
from app.services.approvals.decisions import approve, return_proposal
from app.services.approvals.errors import StaleProposalError
from app.services.approvals.queue import proposal_detail
from app.services.duty.fold import advance, begun
from app.services.duty.rosters import Stroke, draw, read_roster
from app.services.duty.swap_effect import SwapBegunError, SwapBreaksError, SwapDaysError
from app.services.duty.swaps import (
    NotAskedError,
    NotYourSwapError,
    SwapDraft,
    SwapOverError,
    SwapWaitsError,
    accept_swap,
    ask_swap,
    list_swaps,
    refuse_swap,
    swaps_for_me,
    withdraw_swap,
)
from app.services.duty.weeks import line_key
from app.services.ledger import open_ledger
from app.services.verify import verify
from tests.services.duty.making import MONDAY, drawn, published
from tests.services.orders.making import Crew

TUESDAY, SATURDAY, SUNDAY = (MONDAY + timedelta(days=number) for number in (1, 5, 6))


@pytest.fixture
def planned(any_crew: Crew) -> Crew:
    crew = any_crew
    weeks = {
        crew.clerk.person: "8:30 8:30 8:30 - 8:30 Duty -",
        crew.colleague.person: "12:30 12:30 12:30 12:30 - - Duty",
    }
    drawn(crew.lead, weeks)
    published(crew.lead)
    return crew


def code(crew: Crew, person: int, number: int) -> str:
    span = read_roster(crew.clerk, MONDAY, 1)
    return span.code(span.shift(line_key(person), MONDAY + timedelta(days=number)))


def decide(crew: Crew, proposal: int) -> None:
    approve(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq)


def wanted(crew: Crew) -> SwapDraft:
    """The clerk's Saturday for the colleague's Sunday."""
    return SwapDraft(SATURDAY, crew.colleague.person, SUNDAY, "家里有事")


def test_both_cells_change_when_all_have_agreed(planned: Crew) -> None:
    crew = planned
    swap = ask_swap(crew.clerk, wanted(crew))
    proposal = accept_swap(crew.colleague, swap)
    assert proposal_detail(crew.lead, proposal).row.reason == "家里有事"  # who decides reads why it was asked for
    assert code(crew, crew.clerk.person, 5) == "Duty"  # nothing has changed yet
    decide(crew, proposal)
    cells = [code(crew, person, day) for person in (crew.clerk.person, crew.colleague.person) for day in (5, 6)]
    assert cells == ["", "Duty", "Duty", ""]
    assert [row.state for row in list_swaps(crew.clerk)] == [SwapState.DONE]
    assert verify(crew.clerk).ok


def test_only_the_two_see_to_it_and_the_lead_may_act_for_them(planned: Crew) -> None:
    crew = planned
    swap = ask_swap(crew.clerk, wanted(crew))
    with pytest.raises(NotAskedError):
        accept_swap(crew.planner, swap)
    with pytest.raises(NotYourSwapError):
        withdraw_swap(crew.colleague, swap, "不换了")
    with pytest.raises(PermissionDeniedError):
        ask_swap(crew.planner, SwapDraft(SATURDAY, crew.colleague.person, SUNDAY, "替他", crew.clerk.person))
    accept_swap(crew.lead, swap)
    assert list_swaps(crew.lead)[0].state is SwapState.ACCEPTED
    assert list_swaps(crew.planner) == []


def test_a_rule_that_would_break_is_named_before_anybody_is_asked(planned: Crew) -> None:
    crew = planned
    with pytest.raises(SwapBreaksError, match="吴迪"):
        ask_swap(crew.clerk, SwapDraft(MONDAY, crew.packer.person, MONDAY, "换送货"))


def test_no_swap_of_nothing_of_oneself_or_of_what_is_not_published(planned: Crew) -> None:
    crew = planned
    after = MONDAY + timedelta(weeks=1)
    for draft in (
        SwapDraft(MONDAY, crew.clerk.person, TUESDAY, "自己"),
        SwapDraft(after, crew.colleague.person, after, "未发布"),
        SwapDraft(MONDAY - timedelta(days=1), crew.colleague.person, MONDAY, "昨天"),
    ):
        with pytest.raises(SwapDaysError):
            ask_swap(crew.clerk, draft)
    with pytest.raises(RuleError):
        ask_swap(crew.clerk, SwapDraft(SATURDAY, crew.colleague.person, SUNDAY, " "))


def test_a_plan_that_changed_meanwhile_makes_it_void(planned: Crew) -> None:
    crew = planned
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)))
    draw(crew.lead, [Stroke(line_key(crew.colleague.person), SUNDAY, "Duty", "")])
    published(crew.lead)
    with pytest.raises(StaleProposalError):
        decide(crew, proposal)
    assert list_swaps(crew.clerk)[0].state is SwapState.REFUSED
    assert code(crew, crew.clerk.person, 5) == "Duty"


def test_no_cell_is_in_two_swaps_that_wait(planned: Crew) -> None:
    crew = planned
    swap = ask_swap(crew.clerk, wanted(crew))
    back = SwapDraft(SUNDAY, crew.clerk.person, SATURDAY, "反过来")
    for who, draft in ((crew.clerk, wanted(crew)), (crew.colleague, back)):
        with pytest.raises(SwapWaitsError, match=SATURDAY.isoformat() if who is crew.clerk else SUNDAY.isoformat()):
            ask_swap(who, draft)
    withdraw_swap(crew.clerk, swap, "问错了")
    accept_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)))
    with pytest.raises(SwapWaitsError):  # nor while it waits for the lead
        ask_swap(crew.clerk, wanted(crew))


def asked_in_an_older_office(crew: Crew) -> int:
    """A swap as it could once be asked for beside another one of the same cells."""
    draft = wanted(crew)
    content = {
        "asker": crew.clerk.person,
        "day": draft.day.isoformat(),
        "colleague": draft.colleague,
        "their_day": draft.their_day.isoformat(),
        "reason": draft.reason,
    }
    with crew.db.writing() as conn:
        return subjects.begin(
            conn, open_ledger(conn, to_ms(crew.clock.now()), crew.clerk.person), "swap.asked", content
        )


def test_of_two_swaps_of_one_cell_that_waited_before_one_can_be_agreed_to(planned: Crew) -> None:
    crew = planned
    first, second = asked_in_an_older_office(crew), asked_in_an_older_office(crew)
    proposal = accept_swap(crew.colleague, first)
    with pytest.raises(SwapWaitsError, match=SATURDAY.isoformat()):
        accept_swap(crew.colleague, second)
    decide(crew, proposal)
    with pytest.raises(SwapOverError, match=SATURDAY.isoformat()):  # it would swap back
        accept_swap(crew.colleague, second)
    refuse_swap(crew.colleague, second, "已经换过了")
    assert (code(crew, crew.clerk.person, 5), code(crew, crew.clerk.person, 6)) == ("", "Duty")
    assert verify(crew.clerk).ok


def test_of_two_swaps_of_one_cell_that_were_agreed_to_before_one_is_done(
    planned: Crew, monkeypatch: pytest.MonkeyPatch
) -> None:
    crew = planned
    swaps = [asked_in_an_older_office(crew) for _ in range(2)]
    with monkeypatch.context() as older:
        older.setattr("app.services.duty.swaps._refuse_promised", lambda _conn, _row: None)
        proposals = [accept_swap(crew.colleague, swap) for swap in swaps]
    decide(crew, proposals[0])
    with pytest.raises(StaleProposalError):
        decide(crew, proposals[1])
    assert {row.state for row in list_swaps(crew.clerk)} == {SwapState.DONE, SwapState.REFUSED}
    assert (code(crew, crew.clerk.person, 5), code(crew, crew.clerk.person, 6)) == ("", "Duty")
    assert verify(crew.clerk).ok


def test_what_the_lead_has_drawn_since_stays_in_the_draft(planned: Crew) -> None:
    crew = planned
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)))
    draw(crew.lead, [Stroke(line_key(crew.clerk.person), SATURDAY, "Duty", "8:30")])
    decide(crew, proposal)
    span = read_roster(crew.lead, MONDAY, 1)
    clerk, colleague = line_key(crew.clerk.person), line_key(crew.colleague.person)
    assert span.code(span.shift(clerk, SATURDAY)) == "8:30"
    assert span.code(span.shift(colleague, SATURDAY)) == "Duty"  # the rest follows what was agreed
    assert [span.code(span.shift(key, SUNDAY)) for key in (clerk, colleague)] == ["Duty", ""]
    assert [code(crew, person, 5) for person in (crew.clerk.person, crew.colleague.person)] == ["", "Duty"]
    assert verify(crew.lead).ok


def test_a_swap_from_before_the_draft_was_told_of_changes_it_too() -> None:
    row = begun(1, 0, {"week": MONDAY.isoformat(), "cells": {"7": ["D", *[""] * 6]}})
    advance(row, 2, 0, "roster.published", {})
    advance(row, 3, 0, "roster.swapped", {"swap": 9, "changes": [["7", 0, "D", ""]]})
    assert json.loads(row["draft"]) == json.loads(row["published"]) == {"7": [""] * 7}


def test_what_is_refused_or_returned_changes_nothing(planned: Crew) -> None:
    crew = planned
    refuse_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)), "没空")
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)))
    return_proposal(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq, "人手不够")
    assert {row.state for row in list_swaps(crew.clerk)} == {SwapState.REFUSED}
    assert code(crew, crew.clerk.person, 5) == "Duty"


def test_nobody_is_asked_for_what_is_over(planned: Crew) -> None:
    crew = planned
    ask_swap(crew.clerk, wanted(crew))
    assert [(row.gives, row.takes) for row in swaps_for_me(crew.colleague)] == [("Duty", "Duty")]
    assert swaps_for_me(crew.clerk) == []
    crew.clock.time += timedelta(days=6)  # ten on Sunday
    assert swaps_for_me(crew.colleague) == []
    assert [row.state for row in list_swaps(crew.colleague)] == [SwapState.ASKED]  # and can still be taken back


def test_a_leads_own_swap_waits_for_the_manager(any_crew: Crew) -> None:
    crew = any_crew
    drawn(crew.manager, {crew.lead.person: "- 8:30 - - - - -", crew.clerk.person: "- 12:30 - - - - -"})
    published(crew.manager)
    proposal = accept_swap(crew.clerk, ask_swap(crew.lead, SwapDraft(TUESDAY, crew.clerk.person, TUESDAY, "调班")))
    with pytest.raises(PermissionDeniedError):
        decide(crew, proposal)
    approve(crew.manager, proposal, proposal_detail(crew.manager, proposal).row.last_seq)
    assert code(crew, crew.lead.person, 1) == "12:30"


def test_a_shift_that_has_begun_is_not_swapped_nor_when_the_lead_decides_late(planned: Crew) -> None:
    crew = planned
    with pytest.raises(SwapBegunError):  # the clerk has come at half past eight, it is ten
        ask_swap(crew.clerk, SwapDraft(MONDAY, crew.colleague.person, MONDAY, "家里有事"))
    proposal = accept_swap(crew.colleague, ask_swap(crew.clerk, wanted(crew)))
    crew.clock.time += timedelta(days=5)  # ten on Saturday
    with pytest.raises(SwapBegunError):
        decide(crew, proposal)
    return_proposal(crew.lead, proposal, proposal_detail(crew.lead, proposal).row.last_seq, "班已经开始")
    assert (code(crew, crew.clerk.person, 5), code(crew, crew.colleague.person, 6)) == ("Duty", "Duty")
    assert list_swaps(crew.clerk)[0].state is SwapState.REFUSED
    assert verify(crew.clerk).ok
