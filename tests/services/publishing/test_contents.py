"""Content items: the schedule, the 48 hours after the approval, reviews, takedowns (rules P9–P11)."""

from datetime import date

import pytest
from sqlalchemy import text

from app.clock import to_ms
from app.errors import AppError, NotFoundError, PermissionDeniedError
from app.models.people import Post
from app.models.publishing import ContentKind, ContentState, ContentStateError
from app.services.access import Context
from app.services.approvals.decisions import return_proposal
from app.services.approvals.errors import DoubledProposalError
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.articles import UnknownArticleError
from app.services.ledger import open_ledger
from app.services.publishing.contents import (
    ContentDraft,
    ContentRow,
    OwnerError,
    ReviewDaysError,
    Shown,
    TitleError,
    change_content,
    content_made,
    content_reviewed,
    drop_content,
    list_contents,
    plan_content,
    publish_content,
    take_down,
)
from app.services.publishing.effects import CONTENT
from app.services.publishing.history import content_history
from app.services.publishing.reminding import publishing_reminders
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.approvals.making import agree_to_all
from tests.services.catalog.making import add
from tests.services.orders.making import Crew

HOUR = 60


def draft(crew: Crew, **changes: object) -> ContentDraft:
    facts: dict[str, object] = {
        "kind": ContentKind.NEWS, "title": "秋酿上市", "owner": crew.manager.person, "planned_for": date(2026, 11, 25),
    }  # fmt: skip
    return ContentDraft(**(facts | changes))  # type: ignore[arg-type]


def plan(crew: Crew, **changes: object) -> int:
    return plan_content(crew.manager, draft(crew, **changes))


def let_pass(crew: Crew, content: int) -> None:
    """As the engine does when the last person has approved."""
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), crew.manager.person)
        CONTENT.apply(conn, pen, content, {}, proposal=1)


def row(ctx: Context, content: int) -> ContentRow:
    return next(one for one in list_contents(ctx, Shown.ALL) if one.id == content)


def test_an_items_life(any_crew: Crew) -> None:
    crew = any_crew
    content = plan(crew, channel="官网", review_days=14)
    assert (row(crew.clerk, content).state, row(crew.clerk, content).owner_name) == (ContentState.PLANNED, "刘总监")
    with pytest.raises(ContentStateError):
        publish_content(crew.manager, content)
    content_made(crew.manager, content, "三张图")
    let_pass(crew, content)
    publish_content(crew.manager, content, "官网首页")
    assert row(crew.clerk, content).state is ContentState.PUBLISHED
    take_down(crew.manager, content, "用词违规")
    assert row(crew.clerk, content).state is ContentState.TAKEN_DOWN
    assert content not in [one.id for one in list_contents(crew.clerk)]
    publish_content(crew.manager, content, "改后重发")
    assert row(crew.clerk, content).state is ContentState.PUBLISHED
    assert verify(crew.program).ok


def test_the_48_hours_run_from_the_approval(crew: Crew) -> None:
    content = plan(crew)
    content_made(crew.manager, content, "图文齐了")
    crew.clock.advance(minutes=30)
    let_pass(crew, content)
    approved = to_ms(crew.clock.now())
    assert row(crew.clerk, content).due == approved + 48 * 3_600_000
    assert row(crew.clerk, content).stage == 0
    crew.clock.advance(minutes=36 * HOUR)
    assert row(crew.clerk, content).stage == 1
    crew.clock.advance(minutes=12 * HOUR)
    assert row(crew.clerk, content).stage == 3
    assert [one.id for one in list_contents(crew.clerk) if one.stage] == [content]
    publish_content(crew.manager, content)
    assert row(crew.clerk, content).stage == 0


def test_a_shoot_has_no_48_hours(crew: Crew) -> None:
    content = plan(crew, kind=ContentKind.SHOOT)
    content_made(crew.manager, content, "图文齐了")
    let_pass(crew, content)
    assert row(crew.clerk, content).due is None


def test_the_front_page_is_to_be_reviewed_every_two_weeks(crew: Crew) -> None:
    content = plan(crew, kind=ContentKind.FRONT_PAGE, review_days=14)
    content_made(crew.manager, content, "图文齐了")
    let_pass(crew, content)
    publish_content(crew.manager, content)
    crew.clock.advance(minutes=14 * 24 * HOUR - 1)
    assert row(crew.clerk, content).stage == 0
    crew.clock.advance(minutes=1)
    assert row(crew.clerk, content).stage == 1
    with pytest.raises(ReasonNeededError):
        content_reviewed(crew.manager, content, " ")
    content_reviewed(crew.manager, content, "换轮播图")
    assert row(crew.clerk, content).stage == 0
    assert verify(crew.program).ok


def test_the_plan_changes_until_the_approval(crew: Crew) -> None:
    content = plan(crew)
    change_content(crew.manager, content, {"title": "冬酿上市", "planned_for": date(2026, 12, 1)})
    assert (row(crew.clerk, content).title, row(crew.clerk, content).planned_for) == ("冬酿上市", date(2026, 12, 1))
    entries = verify(crew.program).entries
    change_content(crew.manager, content, {"title": "冬酿上市"})
    assert verify(crew.program).entries == entries  # nothing new was said
    content_made(crew.manager, content, "图文齐了")
    let_pass(crew, content)
    with pytest.raises(ContentStateError):
        change_content(crew.manager, content, {"title": "x"})


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"title": "  "}, TitleError),
        ({"title": "长" * 201}, TitleError),
        ({"owner": 999_999}, OwnerError),
        ({"review_days": 3}, ReviewDaysError),
    ],
)
def test_nonsense_is_refused(crew: Crew, changes: dict[str, object], error: type[AppError]) -> None:
    with pytest.raises(error):
        plan(crew, **changes)
    assert list_contents(crew.clerk) == []


def test_who_may(crew: Crew) -> None:
    content = plan(crew)
    with pytest.raises(PermissionDeniedError):
        take_down(crew.clerk, content, "x")
    with pytest.raises(NotFoundError):
        content_made(crew.manager, 999_999, "x")
    drop_content(crew.manager, content, "不做了")
    with pytest.raises(ContentStateError):
        content_made(crew.manager, content, "图文齐了")


def test_an_item_changed_behind_the_programs_back_is_found(any_crew: Crew) -> None:
    crew = any_crew
    content = plan(crew)
    with crew.db.engine.begin() as conn:
        conn.execute(text("UPDATE contents SET confidential = 1 WHERE id = :id"), {"id": content})
    verdict = verify(crew.program)
    assert (verdict.ok, verdict.first_bad, verdict.code) == (False, content, "contents")


def waiting(crew: Crew, ctx: Context) -> list[tuple[str, int]]:
    return [(one.kind, one.subject) for one in list_proposals(ctx, Desk.MINE)]


def test_what_is_made_is_proposed_in_the_same_step(any_crew: Crew) -> None:
    crew = any_crew
    content = plan_content(crew.specialist, draft(crew))
    content_made(crew.specialist, content, "图文已齐")
    standing = row(crew.clerk, content).standing
    assert standing is not None
    assert (row(crew.clerk, content).state, standing.waits_for) == (ContentState.MADE, Post.MANAGER)
    assert waiting(crew, crew.manager) == [("content", content)]
    entries = verify(crew.program).entries
    with pytest.raises(DoubledProposalError):
        content_made(crew.specialist, content, "再来一次")
    assert verify(crew.program).entries == entries  # neither made nor proposed twice
    agree_to_all(crew.manager)
    found = row(crew.clerk, content)
    assert (found.state, found.standing, found.due) == (
        ContentState.APPROVED, None, to_ms(crew.clock.now()) + 48 * 3_600_000,
    )  # fmt: skip
    assert verify(crew.program).ok


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"confidential": True}, "confidential"),
        ({"kind": ContentKind.FRONT_PAGE}, "front_page"),
        ({"kind": ContentKind.FRONT_PAGE, "confidential": True}, "confidential"),
    ],
)
def test_confidential_items_and_the_front_page_need_the_general_manager_too(
    crew: Crew, changes: dict[str, object], kind: str
) -> None:
    content = plan_content(crew.specialist, draft(crew, **changes))
    content_made(crew.specialist, content, "x")
    assert waiting(crew, crew.manager) == [(kind, content)]
    agree_to_all(crew.manager)
    assert row(crew.clerk, content).state is ContentState.MADE
    with pytest.raises(ContentStateError):
        publish_content(crew.specialist, content)
    agree_to_all(crew.director)
    assert row(crew.clerk, content).state is ContentState.APPROVED


def test_what_was_returned_is_made_once_more(crew: Crew) -> None:
    content = plan_content(crew.specialist, draft(crew))
    content_made(crew.specialist, content, "初稿")
    [one] = list_proposals(crew.manager, Desk.MINE)
    return_proposal(crew.manager, one.id, one.last_seq, "标题太长")
    change_content(crew.specialist, content, {"title": "秋酿"})
    content_made(crew.specialist, content, "改短了")
    agree_to_all(crew.manager)
    assert row(crew.clerk, content).state is ContentState.APPROVED
    assert [one.note for one in content_history(crew.clerk, content)] == ["", "改短了", "秋酿上市 → 秋酿", "初稿", ""]


def test_an_item_about_goods_names_them_by_an_articles_code(crew: Crew) -> None:
    number = add(crew)
    content = plan_content(crew.manager, draft(crew, kind=ContentKind.PRODUCT_PAGE, code="bj-1003"))
    assert row(crew.clerk, content).product == number
    with pytest.raises(UnknownArticleError):
        plan_content(crew.manager, draft(crew, code="X-1"))


def test_lists_show_what_is_to_do_what_is_out_and_all(crew: Crew) -> None:
    titles = ("planned", "news", "front", "down")
    planned, news, front, down = (plan(crew, title=title) for title in titles)
    change_content(crew.manager, front, {"review_days": 14})
    for one in (news, front, down):
        content_made(crew.manager, one, "x")
        let_pass(crew, one)
        publish_content(crew.manager, one)
    take_down(crew.manager, down, "违规")
    shown = {which: {one.title for one in list_contents(crew.clerk, which)} for which in Shown}
    assert shown == {Shown.OPEN: {"planned", "front"}, Shown.OUT: {"news", "front"}, Shown.ALL: set(titles)}
    assert planned == row(crew.clerk, planned).id


def test_who_publishes_is_reminded_of_all_others_of_their_own(crew: Crew) -> None:
    for owner in (crew.planner, crew.clerk):
        content = plan(crew, owner=owner.person)
        content_made(crew.manager, content, "x")
        let_pass(crew, content)
    assert publishing_reminders(crew.manager) == []
    crew.clock.advance(minutes=36 * HOUR)
    reminded = {who: len(publishing_reminders(getattr(crew, who))) for who in ("specialist", "planner", "lead")}
    assert reminded == {"specialist": 2, "planner": 1, "lead": 0}


def test_a_planner_plans_and_does_not_publish(crew: Crew) -> None:
    content = plan_content(crew.planner, draft(crew))
    content_made(crew.planner, content, "x")
    let_pass(crew, content)
    with pytest.raises(PermissionDeniedError):
        publish_content(crew.planner, content)
