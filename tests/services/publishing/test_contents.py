"""Content items: the schedule, the 48 hours after the approval, reviews, takedowns (rules P9–P11)."""

from datetime import date

import pytest
from sqlalchemy import text

from app.clock import to_ms
from app.errors import AppError, NotFoundError, PermissionDeniedError
from app.models.publishing import ContentKind, ContentState, ContentStateError
from app.services.access import Context
from app.services.ledger import open_ledger
from app.services.publishing.contents import (
    ContentDraft,
    ContentRow,
    OwnerError,
    ReviewDaysError,
    TitleError,
    approve,
    change_content,
    content_made,
    content_reviewed,
    drop_content,
    due_reminders,
    list_contents,
    plan_content,
    publish_content,
    take_down,
)
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.orders.making import Crew

HOUR = 60


def plan(crew: Crew, **changes: object) -> int:
    facts: dict[str, object] = {
        "kind": ContentKind.NEWS, "title": "秋酿上市", "owner": crew.manager.person, "planned_for": date(2026, 11, 25),
    }  # fmt: skip
    return plan_content(crew.manager, ContentDraft(**(facts | changes)))  # type: ignore[arg-type]


def let_pass(crew: Crew, content: int) -> None:
    """As the engine does when the last person has approved."""
    with crew.db.writing() as conn:
        approve(conn, open_ledger(conn, to_ms(crew.clock.now()), crew.manager.person), content, 1)


def row(ctx: Context, content: int) -> ContentRow:
    return next(one for one in list_contents(ctx, open_only=False) if one.id == content)


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
    content_made(crew.manager, content)
    crew.clock.advance(minutes=30)
    let_pass(crew, content)
    approved = to_ms(crew.clock.now())
    assert row(crew.clerk, content).due == approved + 48 * 3_600_000
    assert row(crew.clerk, content).stage == 0
    crew.clock.advance(minutes=36 * HOUR)
    assert row(crew.clerk, content).stage == 1
    crew.clock.advance(minutes=12 * HOUR)
    assert row(crew.clerk, content).stage == 3
    assert [one.id for one in due_reminders(list_contents(crew.clerk))] == [content]
    publish_content(crew.manager, content)
    assert row(crew.clerk, content).stage == 0


def test_a_shoot_has_no_48_hours(crew: Crew) -> None:
    content = plan(crew, kind=ContentKind.SHOOT)
    content_made(crew.manager, content)
    let_pass(crew, content)
    assert row(crew.clerk, content).due is None


def test_the_front_page_is_to_be_reviewed_every_two_weeks(crew: Crew) -> None:
    content = plan(crew, kind=ContentKind.FRONT_PAGE, review_days=14)
    content_made(crew.manager, content)
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
    content_made(crew.manager, content)
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
        content_made(crew.manager, 999_999)
    drop_content(crew.manager, content, "不做了")
    with pytest.raises(ContentStateError):
        content_made(crew.manager, content)


def test_an_item_changed_behind_the_programs_back_is_found(any_crew: Crew) -> None:
    crew = any_crew
    content = plan(crew)
    with crew.db.engine.begin() as conn:
        conn.execute(text("UPDATE contents SET confidential = 1 WHERE id = :id"), {"id": content})
    verdict = verify(crew.program)
    assert (verdict.ok, verdict.first_bad, verdict.code) == (False, content, "contents")
