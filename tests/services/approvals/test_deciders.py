"""Who decides: each step has a pair of eyes of its own, and the lists say exactly what deciding allows."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import update

from app.clock import to_ms
from app.errors import ConflictError, PermissionDeniedError
from app.models.approvals import ProposalState
from app.models.people import Level, Post, people
from app.services.access import Context, permissions_of
from app.services.approvals.decisions import approve, return_proposal
from app.services.approvals.delegations import delegate
from app.services.approvals.errors import DecidedBeforeError, NotYourDecisionError
from app.services.approvals.queue import Desk, list_proposals, proposal_counts, proposal_detail, waiting_for
from app.services.ledger import open_ledger
from app.services.office import change_settings, office_settings
from app.services.people.accounts import add_person_to
from app.services.verify import verify
from tests.services.approvals.making import agree
from tests.services.catalog.making import BOTTLE, add, price
from tests.services.orders.making import Crew

TODAY = date(2026, 11, 23)


def rule(crew: Crew, *posts: Post, kind: str = "price") -> None:
    """Let these posts agree to a kind, one after the other."""
    seen = office_settings(crew.manager)
    rules = {**seen.approval_rules, kind: [[post.value, 0] for post in posts]}
    change_settings(crew.manager, replace(seen, approval_rules=rules), seen)


def give(giver: Context, taker: Context, kind: str = "") -> None:
    delegate(giver, taker.person, TODAY, TODAY + timedelta(days=1), kind)


def colleague_of(crew: Crew, post: Post, name: str) -> Context:
    """Somebody else on a post."""
    level = Level.BACK_OFFICE
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), 0)
        number = add_person_to(conn, pen, name, [post], level, "secret#1")
        pen.flush()
    return Context(crew.db, crew.clock, number, name, post, level, permissions_of(post, level))


def allowed(ctx: Context, proposal: int) -> bool:
    """Whether deciding is refused for another reason than who the person is."""
    with pytest.raises((PermissionDeniedError, ConflictError)) as refused:
        approve(ctx, proposal, seen=-1)
    return not isinstance(refused.value, PermissionDeniedError)


def test_one_person_does_not_agree_at_two_steps(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    rule(crew, Post.LEAD, Post.MANAGER)
    give(crew.manager, crew.lead)
    proposal = price(crew)
    agree(crew.lead, proposal)
    with pytest.raises(DecidedBeforeError):
        agree(crew.lead, proposal)  # not for the manager either
    seen = proposal_detail(crew.lead, proposal).row.last_seq
    with pytest.raises(DecidedBeforeError):
        return_proposal(crew.lead, proposal, seen, "改主意了")
    agree(crew.manager, proposal)
    assert proposal_detail(crew.clerk, proposal).row.state is ProposalState.EFFECTIVE
    assert verify(crew.lead).ok


def test_who_agreed_for_a_lower_post_is_not_asked_again_at_their_own(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.LEAD, Post.DIRECTOR)
    proposal = price(crew)
    agree(crew.manager, proposal)  # above the lead, and not asked later
    give(crew.director, crew.manager)
    with pytest.raises(DecidedBeforeError):
        agree(crew.manager, proposal)
    agree(crew.director, proposal)


def test_a_higher_post_does_not_stand_in_where_its_own_turn_comes_later(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    proposal = price(crew)
    with pytest.raises(NotYourDecisionError, match="Department manager"):
        agree(crew.director, proposal)
    assert (proposal_counts(crew.director)[Desk.MINE], waiting_for(crew.director)) == (0, (0, None))
    assert not proposal_detail(crew.director, proposal).row.may_decide
    agree(crew.manager, proposal)
    assert [row.id for row in list_proposals(crew.director, Desk.MINE)] == [proposal]
    assert list_proposals(crew.manager, Desk.MINE) == []
    agree(crew.director, proposal)
    assert verify(crew.lead).ok


def test_a_delegate_of_the_higher_post_does_not_take_the_lower_step(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    give(crew.director, crew.lead)
    proposal = price(crew)
    with pytest.raises(NotYourDecisionError):
        agree(crew.lead, proposal)
    agree(crew.manager, proposal)
    agree(crew.lead, proposal)
    assert "郑总" in proposal_detail(crew.clerk, proposal).history[-2].sentence


def test_no_chain_goes_through_who_agreed_before(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    give(crew.director, crew.manager)
    give(crew.manager, crew.lead)
    proposal = price(crew)
    agree(crew.manager, proposal)
    with pytest.raises(NotYourDecisionError):
        agree(crew.lead, proposal)  # whom the manager chose
    assert proposal_counts(crew.lead)[Desk.MINE] == 0


def test_what_a_post_alone_decides_stays_with_who_stands_above_it(crew: Crew) -> None:
    add(crew)
    number = price(crew)
    agree(crew.director, number)
    assert proposal_detail(crew.director, number).row.state is ProposalState.EFFECTIVE


@pytest.mark.parametrize("agreed", [False, True], ids=["at the first step", "after some steps"])
def test_the_lists_say_exactly_what_deciding_allows(any_crew: Crew, agreed: bool) -> None:
    crew = any_crew
    add(crew, variants=tuple(replace(BOTTLE, code=f"A-{number}", barcodes=()) for number in range(9)))
    vice = colleague_of(crew, Post.MANAGER, "副总监")
    rule(crew, Post.LEAD, Post.MANAGER, Post.DIRECTOR)
    made = [price(crew, who=who, code=f"A-{n}") for n, who in enumerate((crew.planner, crew.manager, crew.director))]
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    made += [price(crew, who=who, code=f"A-{n}") for n, who in enumerate((crew.planner, vice, crew.director), 3)]
    rule(crew, Post.MANAGER)
    made += [price(crew, who=who, code=f"A-{n}") for n, who in enumerate((crew.planner, crew.manager), 6)]
    give(crew.director, crew.manager)
    give(crew.manager, crew.specialist, "price")
    give(crew.lead, crew.clerk, "listing")
    give(crew.director, crew.lead)
    give(crew.lead, crew.packer)
    give(vice, crew.planner)
    staff = [*_everybody(crew), vice]
    if agreed:
        for who, proposal in ((crew.lead, made[0]), (crew.lead, made[1]), (crew.lead, made[2]), (vice, made[3])):
            agree(who, proposal)
    decided = 0
    for who in staff:
        may = [proposal for proposal in made if allowed(who, proposal)]
        assert [row.id for row in list_proposals(who, Desk.MINE)] == may
        assert [row.id for row in list_proposals(who, Desk.WAITING) if row.may_decide] == may
        assert [one for one in made if proposal_detail(who, one).row.may_decide] == may
        assert (proposal_counts(who)[Desk.MINE], waiting_for(who)[0]) == (len(may), len(may))
        decided += len(may)
    assert decided > len(staff)


def _everybody(crew: Crew) -> Sequence[Context]:
    return (crew.clerk, crew.lead, crew.manager, crew.packer, crew.planner, crew.specialist, crew.director)


def leave_out(crew: Crew, *gone: int) -> None:
    """Let these people work here no more."""
    with crew.db.writing() as conn:
        conn.execute(update(people).where(people.c.id.in_(gone)).values(active=0))


ADMIN = 2  # a manager too


def steps_of(crew: Crew, proposal: int) -> list[str]:
    return [one.post for one in proposal_detail(crew.clerk, proposal).chain]


def test_the_only_manager_agrees_by_proposing_and_the_general_manager_decides(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    first = price(crew, who=crew.manager)
    assert steps_of(crew, first) == ["Department manager", "General manager"]  # there is another
    leave_out(crew, ADMIN)
    own = price(crew, 2_300_00, crew.manager, code="BJ-1003-6")
    assert steps_of(crew, own) == ["General manager"]
    agree(crew.director, own)
    assert proposal_detail(crew.clerk, own).row.state is ProposalState.EFFECTIVE


def test_what_the_general_manager_proposes_is_seen_by_the_manager(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    own = price(crew, who=crew.director)
    assert steps_of(crew, own) == ["Department manager"]
    agree(crew.manager, own)


def test_above_a_vacant_post_decides_who_stands_above_it_but_the_highest_is_waited_for(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.LEAD, Post.MANAGER, Post.DIRECTOR)
    leave_out(crew, ADMIN, crew.manager.person)
    assert steps_of(crew, price(crew)) == ["Service lead", "General manager"]
    leave_out(crew, crew.director.person)
    highest = price(crew, 2_300_00, code="BJ-1003-6")
    assert steps_of(crew, highest) == ["Service lead", "General manager"]


def test_who_is_both_posts_decides_at_the_higher_one(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    leave_out(crew, ADMIN, crew.director.person)
    both = f"{Post.MANAGER.value},{Post.DIRECTOR.value}"
    with crew.db.writing() as conn:
        conn.execute(update(people).where(people.c.id == crew.manager.person).values(posts=both))
    assert steps_of(crew, price(crew)) == ["General manager"]


def test_the_way_through_the_posts_is_told(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.LEAD, Post.MANAGER, Post.DIRECTOR)
    give(crew.manager, crew.specialist)
    proposal = price(crew)
    agree(crew.lead, proposal)
    agree(crew.specialist, proposal)
    chain = proposal_detail(crew.clerk, proposal).chain
    assert [(one.post, one.agreed) for one in chain] == [
        ("Service lead", True), ("Department manager", True), ("General manager", False),
    ]  # fmt: skip
    assert [one.said for one in chain] == [
        "赵倩: approved", "刘洋: approved (in place of 刘总监)", "decides now",
    ]  # fmt: skip
    seen = proposal_detail(crew.clerk, proposal).row.last_seq
    return_proposal(crew.director, proposal, seen, "毛利太低")
    [*_rest, last] = proposal_detail(crew.clerk, proposal).chain
    assert (last.said, last.agreed) == ("郑总: returned: 毛利太低", False)


def test_posts_that_are_not_asked_any_more_say_so(crew: Crew) -> None:
    add(crew)
    rule(crew, Post.MANAGER, Post.DIRECTOR)
    proposal = price(crew)
    assert [one.said for one in proposal_detail(crew.clerk, proposal).chain] == ["decides now", "decides after that"]
    seen = proposal_detail(crew.clerk, proposal).row.last_seq
    return_proposal(crew.manager, proposal, seen, "毛利太低")
    assert proposal_detail(crew.clerk, proposal).chain[1].said == "not asked any more"


def test_a_holder_who_only_reads_lets_nobody_decide(crew: Crew) -> None:
    add(crew)
    give(crew.manager, crew.specialist)
    with crew.db.writing() as conn:
        conn.execute(update(people).where(people.c.id == crew.manager.person).values(level=Level.ORDINARY.value))
    with pytest.raises(NotYourDecisionError):
        agree(crew.specialist, price(crew))
