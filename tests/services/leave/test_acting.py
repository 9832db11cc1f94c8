"""Acting: a post for a limited time, with its permissions; it begins and ends by itself (rule D4)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.errors import PermissionDeniedError
from app.models.leave import ActingEndedError
from app.models.people import Level, Post
from app.services.access import ActingOverError, Context, Permission, RightsChangedError, permissions_of, program
from app.services.approvals.decisions import approve
from app.services.approvals.delegations import delegate
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.approvals.queue import Desk, list_proposals, proposal_detail
from app.services.leave.acting import ActingDraft, ActingStage, begin_acting, end_acting, list_actings
from app.services.leave.errors import ActingDaysError, ActorError, HigherPostError, InsteadOfError, OwnActingError
from app.services.leave.posts import posts_now
from app.services.orders.queue import desk_figures
from app.services.people.accounts import change_person
from app.services.people.sign_in import NotYourPostError, people_to_sign_in, sign_in
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.catalog.making import add, article
from tests.services.leave.making import TODAY, on
from tests.services.orders.making import Crew

DAY = timedelta(days=1)
FRIDAY = date(2026, 11, 27)


def act(crew: Crew, who: Context, post: Post = Post.LEAD, by: Context | None = None, **changes: object) -> int:
    facts: dict[str, object] = {
        "person": who.person, "post": post, "instead_of": None, "first_day": TODAY, "last_day": FRIDAY,
        "reason": "主管休假",
    }  # fmt: skip
    return begin_acting(by or crew.manager, ActingDraft(**(facts | changes)))  # type: ignore[arg-type]


def posts(crew: Crew, who: Context, day: date = TODAY) -> tuple[Post, ...]:
    with crew.db.reading() as conn:
        return posts_now(conn, who.person, day)


def acting_as(who: Context, post: Post) -> Context:
    return replace(who, post=post, permissions=permissions_of(post, Level.BACK_OFFICE))


def test_who_acts_signs_in_with_the_post_and_may_what_it_may(any_crew: Crew) -> None:
    crew = any_crew
    with pytest.raises(NotYourPostError):
        sign_in(crew.db, crew.clock, "王敏", Post.LEAD, "secret#1")
    act(crew, crew.clerk, instead_of=crew.lead.person)
    assert dict(people_to_sign_in(crew.db, crew.clock))["王敏"] == (Post.SERVICE, Post.LEAD)
    ctx = sign_in(crew.db, crew.clock, "王敏", Post.LEAD, "secret#1")
    assert ctx.may(Permission.ORDER_TAKE_OVER)
    assert list_actings(ctx)[0].instead_name == "赵倩"
    assert sign_in(crew.db, crew.clock, "王敏", None, "secret#1").post is Post.SERVICE
    assert verify(crew.program).ok


def test_it_begins_on_its_first_day_and_ends_after_the_last_by_itself(any_crew: Crew) -> None:
    crew = any_crew
    act(crew, crew.clerk, first_day=TODAY + DAY)
    ctx = acting_as(crew.clerk, Post.LEAD)
    with pytest.raises(RightsChangedError):
        desk_figures(ctx)
    on(crew, TODAY + DAY, 8)
    desk_figures(ctx)
    on(crew, FRIDAY, 23)
    desk_figures(ctx)
    on(crew, FRIDAY + DAY, 8)
    with pytest.raises(ActingOverError, match="Service lead"):
        desk_figures(ctx)
    desk_figures(crew.clerk)
    assert posts(crew, crew.clerk, FRIDAY + DAY) == (Post.SERVICE,)
    assert dict(people_to_sign_in(crew.db, crew.clock))["王敏"] == (Post.SERVICE,)
    assert [one.stage for one in list_actings(crew.clerk, over=True)] == [ActingStage.OVER]


def test_who_has_left_acts_no_more(any_crew: Crew) -> None:
    crew = any_crew
    act(crew, crew.clerk)
    assert [one.stage for one in list_actings(crew.lead)] == [ActingStage.NOW]
    boss = program(crew.db, crew.clock)
    change_person(boss, crew.clerk.person, posts=[Post.SERVICE], level=Level.BACK_OFFICE, active=False, reason="离职")
    assert list_actings(crew.lead) == []
    assert [one.stage for one in list_actings(crew.lead, over=True)] == [ActingStage.OVER]


def test_ended_early_it_ends_at_once(any_crew: Crew) -> None:
    crew = any_crew
    acting = act(crew, crew.clerk)
    ctx = acting_as(crew.clerk, Post.LEAD)
    desk_figures(ctx)
    with pytest.raises(ReasonNeededError):
        end_acting(crew.manager, acting, "")
    end_acting(crew.manager, acting, "主管回来了")
    with pytest.raises(ActingOverError):
        desk_figures(ctx)
    with pytest.raises(ActingEndedError):
        end_acting(crew.manager, acting, "再来")
    assert list_actings(crew.clerk) == []
    assert verify(crew.program).ok


def test_what_is_over_is_not_ended_again(crew: Crew) -> None:
    acting = act(crew, crew.clerk)
    on(crew, FRIDAY + DAY)
    with pytest.raises(ActingEndedError):
        end_acting(crew.manager, acting, "早该结束")


def test_nobody_lets_themselves_act_and_only_managers_let_others(crew: Crew) -> None:
    with pytest.raises(OwnActingError):
        act(crew, crew.manager, Post.LEAD)
    with pytest.raises(PermissionDeniedError):
        act(crew, crew.clerk, by=crew.lead)
    with pytest.raises(HigherPostError):
        act(crew, crew.clerk, Post.DIRECTOR)
    act(crew, crew.clerk, Post.DIRECTOR, by=crew.director)


def test_for_at_most_six_months_from_today_on(crew: Crew) -> None:
    for first, last in ((TODAY - DAY, TODAY), (FRIDAY, TODAY), (TODAY, date(2027, 5, 23))):
        with pytest.raises(ActingDaysError, match="at most 6 months"):
            act(crew, crew.clerk, first_day=first, last_day=last)
    act(crew, crew.clerk, last_day=date(2027, 5, 22))


def test_who_holds_the_post_already_does_not_act_in_it(crew: Crew) -> None:
    for who, post in ((crew.lead, Post.LEAD), (replace(crew.clerk, person=999_999), Post.LEAD)):
        with pytest.raises(ActorError):
            act(crew, who, post)
    act(crew, crew.clerk)
    with pytest.raises(ActorError):
        act(crew, crew.clerk, first_day=FRIDAY, last_day=FRIDAY + DAY)
    act(crew, crew.clerk, first_day=FRIDAY + DAY, last_day=FRIDAY + DAY)
    with pytest.raises(InsteadOfError, match="李娜 is not “Service lead”"):
        act(crew, crew.packer, instead_of=crew.colleague.person)


def test_who_acts_decides_and_may_let_somebody_decide_in_their_place(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    act(crew, crew.clerk, Post.MANAGER, by=crew.director)
    acting = acting_as(crew.clerk, Post.MANAGER)
    delegate(acting, crew.packer.person, TODAY, FRIDAY)
    draft = ProposalDraft("price", article(crew), "剑南春", {"price": 389_00}, "竞品均价")
    wanted = propose(crew.planner, draft)
    assert [one.id for one in list_proposals(acting, Desk.MINE)] == [wanted]
    assert [one.id for one in list_proposals(crew.packer, Desk.MINE)] == [wanted]
    on(crew, FRIDAY + DAY)
    assert list_proposals(crew.packer, Desk.MINE) == []
    on(crew, FRIDAY)
    approve(crew.packer, wanted, proposal_detail(crew.packer, wanted).row.last_seq)
    assert verify(crew.program).ok
