"""Notices: announced to those concerned, and it is known who has read them (rule B2)."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import AppError, NotFoundError, PermissionDeniedError
from app.models.people import Post
from app.models.staff import NoticeEndedError
from app.services.access import Context, NotAllowedError
from app.services.files import keep_file
from app.services.reasons import ReasonNeededError
from app.services.staff.notices import (
    NobodyConcernedError,
    NotConcernedError,
    NoticeDraft,
    NoticeRow,
    OthersNoticeError,
    end_notice,
    notices_for,
    post_notice,
    read_notice,
    unread,
    who_has_read,
)
from app.services.staff.wording import EmptyTextError, HeadingError, LongTextError, ManyFilesError
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.staff.making import let_act, move, picture

SERVICE = (Post.SERVICE,)


def post(ctx: Context, *posts: Post, title: str = "天猫发货新规") -> int:
    return post_notice(ctx, NoticeDraft(title, "自 12 月 1 日起 24 小时内发货。", posts))


def seen(ctx: Context, *, ended: bool = False) -> list[tuple[int, bool]]:
    return [(one.id, one.unread) for one in notices_for(ctx, ended=ended)]


def row(ctx: Context, number: int) -> NoticeRow:
    return next(one for one in notices_for(ctx, ended=True) if one.id == number)


def test_a_notice_reaches_those_concerned_and_it_is_known_who_has_read_it(any_crew: Crew) -> None:
    crew = any_crew
    number = post(crew.planner, Post.SERVICE, Post.LISTING)
    told = row(crew.clerk, number)
    assert (told.title, told.text, told.name) == ("天猫发货新规", "自 12 月 1 日起 24 小时内发货。", "张伟")
    assert told.posts == {Post.SERVICE, Post.LISTING}
    assert [unread(one) for one in (crew.clerk, crew.colleague, crew.specialist, crew.packer)] == [1, 1, 1, 0]
    assert seen(crew.packer) == []
    crew.clock.advance(minutes=3)
    read_notice(crew.clerk, number)
    assert (unread(crew.clerk), row(crew.clerk, number).unread) == (0, False)
    own = row(crew.planner, number)
    assert (own.readers, own.concerned, own.unread, own.looks_after) == (1, 3, False, True)
    receipts = who_has_read(crew.planner, number)
    assert [(one.name, one.at is not None) for one in receipts] == [("李娜", False), ("刘洋", False), ("王敏", True)]
    assert receipts[-1].at == own.at + 3 * 60_000 == row(crew.clerk, number).read_at
    assert verify(crew.program).ok


def test_a_receipt_is_given_once(any_crew: Crew) -> None:
    crew = any_crew
    number = post(crew.lead, *SERVICE)
    read_notice(crew.clerk, number)
    first, entries = row(crew.clerk, number).read_at, verify(crew.program).entries
    crew.clock.advance(minutes=5)
    read_notice(crew.clerk, number)
    assert (row(crew.clerk, number).read_at, verify(crew.program).entries) == (first, entries)


def test_without_posts_it_is_for_everybody_but_who_posted_it(crew: Crew) -> None:
    number = post(crew.manager)
    assert row(crew.manager, number).concerned == 8  # the crew without the manager, and the administrator
    assert unread(crew.manager) == 0
    assert "刘总监" not in [one.name for one in who_has_read(crew.manager, number)]
    assert all(unread(one) for one in (crew.clerk, crew.packer, crew.director))


def test_only_those_concerned_give_receipts(crew: Crew) -> None:
    number = post(crew.lead, *SERVICE)
    for other in (crew.packer, crew.lead, crew.director, crew.program):
        with pytest.raises(NotConcernedError):
            read_notice(other, number)
    with pytest.raises(NotFoundError):
        read_notice(crew.clerk, 999_999)


def test_whoever_gets_the_post_is_concerned_and_who_leaves_is_not(any_crew: Crew) -> None:
    crew = any_crew
    number = post(crew.lead, *SERVICE)
    read_notice(crew.colleague, number)
    move(crew, crew.packer.person, [Post.DELIVERY, Post.SERVICE])
    move(crew, crew.colleague.person, [Post.PLANNER])
    move(crew, crew.clerk.person, [Post.SERVICE], active=False)
    told = [(one.name, one.at is not None, one.concerned) for one in who_has_read(crew.lead, number)]
    assert told == [("吴迪", False, True), ("李娜", True, False)]  # what was read stays known
    assert (row(crew.lead, number).readers, row(crew.lead, number).concerned) == (0, 1)
    assert unread(crew.packer) == 1  # signed in with the other post


def test_an_acting_colleague_is_concerned(crew: Crew) -> None:
    let_act(crew, crew.packer.person, Post.SERVICE, "2026-11-23", "2026-11-23")
    number = post(crew.lead, *SERVICE)
    assert unread(crew.packer) == 1
    crew.clock.advance(days=1)
    assert unread(crew.packer) == 0
    assert len(who_has_read(crew.lead, number)) == 2


def test_unread_ones_come_first_then_the_newest(crew: Crew) -> None:
    numbers = []
    for name in ("一", "二", "三"):
        numbers.append(post(crew.lead, *SERVICE, title=name))
        crew.clock.advance(minutes=1)
    read_notice(crew.clerk, numbers[2])
    first, second, third = numbers
    assert seen(crew.clerk) == [(second, True), (first, True), (third, False)]


def test_what_is_over_is_read_no_more(any_crew: Crew) -> None:
    crew = any_crew
    number = post(crew.planner, *SERVICE)
    read_notice(crew.clerk, number)
    with pytest.raises(ReasonNeededError):
        end_notice(crew.planner, number, " ")
    end_notice(crew.planner, number, "新规已写入话术")
    assert (seen(crew.clerk), seen(crew.clerk, ended=True)) == ([], [(number, False)])
    assert unread(crew.colleague) == 0
    with pytest.raises(NoticeEndedError):
        read_notice(crew.colleague, number)
    read_notice(crew.clerk, number)  # as before
    with pytest.raises(NoticeEndedError):
        end_notice(crew.manager, number, "再来")
    assert verify(crew.program).ok


def test_who_posted_it_or_a_manager_looks_after_it(crew: Crew) -> None:
    number = post(crew.planner, *SERVICE)
    for other in (crew.clerk, crew.lead):
        with pytest.raises(OthersNoticeError):
            end_notice(other, number, "x")
        with pytest.raises(OthersNoticeError):
            who_has_read(other, number)
    assert seen(crew.director) == [(number, False)]
    assert len(who_has_read(crew.director, number)) == 2
    with pytest.raises(NotFoundError):
        who_has_read(crew.director, 999_999)
    end_notice(crew.manager, number, "作废")


@pytest.mark.parametrize("role", ["clerk", "specialist", "packer"])
def test_who_may_post(crew: Crew, role: str) -> None:
    with pytest.raises(NotAllowedError):
        post(getattr(crew, role))


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (NoticeDraft(" ", "x"), HeadingError),
        (NoticeDraft("x", "  "), EmptyTextError),
        (NoticeDraft("x", "长" * 10_001), LongTextError),
        (NoticeDraft("x", "x", (Post.FINANCE,)), NobodyConcernedError),
        (NoticeDraft("x", "x", (Post.LEAD,)), NobodyConcernedError),  # only the lead, who posts it
        (NoticeDraft("x", "x", (), ("0" * 64,)), NotFoundError),
        (NoticeDraft("x", "x", (), tuple(str(number) for number in range(21))), ManyFilesError),
    ],
)
def test_nonsense_is_refused(crew: Crew, draft: NoticeDraft, error: type[AppError]) -> None:
    with pytest.raises(error):
        post_notice(crew.lead, draft)
    assert notices_for(crew.lead) == []


def test_files_are_attached(crew: Crew, tmp_path: Path) -> None:
    digest = keep_file(crew.lead, picture(tmp_path))
    number = post_notice(crew.lead, NoticeDraft("规则原文", "见附件", SERVICE, (digest, digest)))
    assert row(crew.clerk, number).attachments == (digest,)


def test_a_right_that_was_withdrawn_is_gone(crew: Crew) -> None:
    number = post(crew.lead, *SERVICE)
    move(crew, crew.clerk.person, [Post.SERVICE], active=False)
    with pytest.raises(PermissionDeniedError):
        read_notice(crew.clerk, number)


def test_a_receipt_that_nobody_gave_is_found(any_crew: Crew) -> None:
    crew = any_crew
    number = post(crew.lead, *SERVICE)
    with crew.db.engine.begin() as conn:
        forged = f'{{"{crew.clerk.person}":1}}'
        conn.execute(text("UPDATE notices SET read_by = :read WHERE id = :id"), {"read": forged, "id": number})
    verdict = verify(crew.program)
    assert (verdict.ok, verdict.first_bad, verdict.code) == (False, number, "notices")
