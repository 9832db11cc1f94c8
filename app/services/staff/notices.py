"""Notices to those concerned, as new rules of a platform, and who has read them (rule B2)."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from app.clock import office_day, to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.people import Post, people
from app.models.staff import notices
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.folds import Row
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.staff.holders import MANAGERS, Holder, holders, posts_of
from app.services.staff.wording import kept_files, need_title, tidy_text


class NobodyConcernedError(RuleError):
    """A notice that reaches nobody is not posted."""

    message = N_("Nobody holds these posts now; nobody would read the notice.")


class NotConcernedError(RuleError):
    """A receipt is given by those to whom a notice is addressed."""

    message = N_("This notice is not addressed to you.")


class OthersNoticeError(RuleError):
    """Who has read a notice is for who posted it, and for managers."""

    message = N_("Only who posted the notice, or a manager, can do this.")


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """What is announced, to whom (no post: to everybody); `attachments` are digests of kept files."""

    title: str
    text: str
    posts: Sequence[Post] = ()
    attachments: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """A notice as somebody sees it; times in milliseconds UTC.

    `unread`: it waits for this person's receipt. `looks_after`: this person may end it and see who has read it.
    """

    id: int
    title: str
    text: str
    posts: frozenset[Post]
    name: str
    at: int
    attachments: tuple[str, ...]
    read_at: int | None
    unread: bool
    ended: bool
    looks_after: bool
    readers: int  # of those concerned
    concerned: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Somebody concerned, and when they have read it; who is concerned no more is listed where they had read it."""

    person: int
    name: str
    at: int | None
    concerned: bool = True


@requires(Permission.NOTICE_POST)
def post_notice(ctx: Context, draft: NoticeDraft) -> int:
    """Post a notice; returns its number. Who posts it need not give a receipt."""
    with ctx.writing() as conn:
        facts = {
            "title": need_title(draft.title),
            "text": tidy_text(draft.text, needed=True),
            "posts": ",".join(post.value for post in Post if post in draft.posts),
            "person": ctx.person,
            "attachments": kept_files(conn, draft.attachments),
        }
        if not _concerned(facts, _at_work(ctx, conn)):
            raise NobodyConcernedError
        return subjects.begin(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), "notice.posted", facts)


@requires(Permission.DUTY_OWN)
def read_notice(ctx: Context, notice: int) -> None:
    """Keep that somebody has opened it; once, however often they do."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "notices", notice)
        if ctx.person in _read_by(row):
            return
        if ctx.person not in _concerned(row, _at_work(ctx, conn)):
            raise NotConcernedError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, notice, "notice.read", {"person": ctx.person})


@requires(Permission.DUTY_OWN)
def end_notice(ctx: Context, notice: int, reason: str) -> None:
    """It holds no more: nobody is asked to read it; by who posted it, or a manager."""
    with ctx.writing() as conn:
        _refuse_others(ctx, subjects.load(conn, "notices", notice))
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, notice, "notice.ended", {"reason": need_reason(reason)})


@requires(Permission.DUTY_READ)
def notices_for(ctx: Context, *, ended: bool = False) -> list[NoticeRow]:
    """What is addressed to somebody or looked after by them, unread first, then the newest; `ended`: also the past."""
    wanted = _with_words() if ended else _with_words().where(notices.c.ended == 0)
    with ctx.reading() as conn:
        at_work = _at_work(ctx, conn)
        rows = [_row(ctx, dict(row), at_work) for row in conn.execute(wanted).mappings()]
    shown = [row for row, addressed in rows if addressed or row.looks_after]
    return sorted(shown, key=lambda row: (not row.unread, row.ended, -row.at, -row.id))


@requires(Permission.DUTY_OWN)
def unread(ctx: Context) -> int:
    """How many notices wait for the person's receipt."""
    with ctx.reading() as conn:
        return len(unread_notices(conn, ctx.person, office_day(ctx.clock)))


@requires(Permission.DUTY_OWN)
def who_has_read(ctx: Context, notice: int) -> list[Receipt]:
    """Everybody concerned with when they have read it, who has not yet first; for who posted it, and managers."""
    with ctx.reading() as conn:
        found = conn.execute(select(notices).where(notices.c.id == notice)).mappings().one_or_none()
        if found is None:
            raise NotFoundError(what=notice)
        row = dict(found)
        _refuse_others(ctx, row)
        read, concerned = _read_by(row), _concerned(row, _at_work(ctx, conn))
        told = [Receipt(number, one.name, read.get(number)) for number, one in concerned.items()]
        others = [Receipt(n, name_of(conn, n), at, concerned=False) for n, at in read.items() if n not in concerned]
    return [*sorted(told, key=lambda one: (one.at is not None, one.at or 0, one.person)), *others]


def unread_notices(conn: Connection, person: int, today: date) -> list[tuple[int, str]]:
    """Number and title of what waits for somebody's receipt, the oldest first."""
    at_work = holders(conn, today)
    found = conn.execute(select(notices).where(notices.c.ended == 0).order_by(notices.c.id)).mappings()
    rows = [dict(row) for row in found]
    return [(row["id"], row["title"]) for row in rows if person in _concerned(row, at_work).keys() - _read_by(row)]


def _concerned(row: Row, at_work: Mapping[int, Holder]) -> dict[int, Holder]:
    """To whom a notice is addressed now: whoever joins is, whoever leaves is not; who posted it knows it."""
    posts = posts_of(row["posts"])
    addressed = {number: one for number, one in at_work.items() if not posts or posts & one.posts}
    addressed.pop(row["person"], None)
    return addressed


def _at_work(ctx: Context, conn: Connection) -> dict[int, Holder]:
    return holders(conn, office_day(ctx.clock))


def _read_by(row: Row) -> dict[int, int]:
    return {int(person): at for person, at in json.loads(row["read_by"]).items()}


def _looks_after(ctx: Context, row: Row) -> bool:
    return bool(row["person"] == ctx.person) or (ctx.may(Permission.NOTICE_POST) and ctx.post in MANAGERS)


def _refuse_others(ctx: Context, row: Row) -> None:
    if not _looks_after(ctx, row):
        raise OthersNoticeError


def _with_words() -> Select[Any]:
    named = notices.join(entries, entries.c.seq == notices.c.id)
    poster = people.c.name.label("poster")
    return select(notices, entries.c.content, poster).select_from(
        named.join(people, people.c.id == notices.c.person, isouter=True)
    )


def _row(ctx: Context, row: Row, at_work: Mapping[int, Holder]) -> tuple[NoticeRow, bool]:
    """A notice as the person sees it, and whether it is addressed to them."""
    content, read, concerned = json.loads(row["content"]), _read_by(row), _concerned(row, at_work)
    addressed, read_at = ctx.person in concerned, read.get(ctx.person)
    shown = NoticeRow(
        row["id"], row["title"], content["text"], posts_of(row["posts"]), row["poster"] or "掌柜", row["at"],
        tuple(content["attachments"]), read_at, addressed and read_at is None and not row["ended"],
        bool(row["ended"]), _looks_after(ctx, row), len(concerned.keys() & read.keys()), len(concerned),
    )  # fmt: skip
    return shown, addressed or read_at is not None
