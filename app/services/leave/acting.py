"""Acting (代理, rule D4): a colleague fills a post for a limited time, with its permissions; it ends by itself.

Nothing is granted or withdrawn for it: who signs in, presses or decides is asked each time which posts are in force on
that day (`posts.py`), so that an acting begins and ends at midnight on every computer.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.i18n import N_, _
from app.models.leave import ActingEndedError, actings
from app.models.people import POST_WORDS, Post, people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.leave.days import add_months, meets
from app.services.leave.errors import ActingDaysError, ActorError, HigherPostError, InsteadOfError, OwnActingError
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason

MOST_MONTHS = 6


class ActingStage(StrEnum):
    """Where an acting stands on a day."""

    AHEAD = "ahead"
    NOW = "now"
    OVER = "over"


ACTING_STAGE_WORDS = {
    ActingStage.AHEAD: N_("Begins later"),
    ActingStage.NOW: N_("Acts now"),
    ActingStage.OVER: N_("Acting over"),
}


@dataclass(frozen=True, slots=True)
class ActingDraft:
    """Who acts in which post, in whose place (None: it is vacant), from when to when, and why."""

    person: int
    post: Post
    instead_of: int | None
    first_day: date
    last_day: date
    reason: str


@dataclass(frozen=True, slots=True)
class ActingRow:
    """An acting as lists show it."""

    id: int
    person: int
    name: str
    post: Post
    instead_of: int | None
    instead_name: str
    first_day: date
    last_day: date  # or the day on which it was ended early
    stage: ActingStage


@requires(Permission.ACTING_SET)
def begin_acting(ctx: Context, draft: ActingDraft) -> int:
    """Let somebody act in a post; returns the acting's number. Nobody lets themselves."""
    if draft.person == ctx.person:
        raise OwnActingError
    if draft.post is Post.DIRECTOR and ctx.post is not Post.DIRECTOR:
        raise HigherPostError
    today = office_day(ctx.clock)
    if not today <= draft.first_day <= draft.last_day < add_months(draft.first_day, MOST_MONTHS):
        raise ActingDaysError(months=MOST_MONTHS)
    with ctx.writing() as conn:
        _check_people(conn, draft)
        content = {
            "person": draft.person,
            "post": draft.post.value,
            "instead_of": draft.instead_of,
            "first_day": draft.first_day.isoformat(),
            "last_day": draft.last_day.isoformat(),
            "reason": need_reason(draft.reason),
        }
        return subjects.begin(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), "acting.begun", content)


@requires(Permission.ACTING_SET)
def end_acting(ctx: Context, acting: int, reason: str) -> None:
    """End it before its last day, at once."""
    today = office_day(ctx.clock).isoformat()
    with ctx.writing() as conn:
        if subjects.load(conn, "actings", acting)["last_day"] < today:
            raise ActingEndedError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, acting, "acting.ended", {"day": today, "reason": need_reason(reason)})


@requires(Permission.DUTY_READ)
def list_actings(ctx: Context, *, over: bool = False) -> list[ActingRow]:
    """Who acts now or will, what begins first first; `over` adds what has ended, the last one last."""
    with ctx.reading() as conn:
        rows = all_actings(conn, office_day(ctx.clock))
    shown = [row for row in rows if over or row.stage is not ActingStage.OVER]
    return sorted(shown, key=lambda row: (row.stage is ActingStage.OVER, row.first_day, row.id))


def acting_on(conn: Connection, day: date) -> list[ActingRow]:
    """Who acts on a day, in the order in which it was set."""
    return [row for row in all_actings(conn, day) if row.stage is ActingStage.NOW]


def acting_stage_word(stage: ActingStage) -> str:
    """Where an acting stands, in the language in use."""
    return _(ACTING_STAGE_WORDS[stage])


def all_actings(conn: Connection, today: date) -> list[ActingRow]:
    """Every acting as it stands on a day, in the order in which it was set."""
    who, whose = people.alias("who"), people.alias("whose")
    joined = actings.join(who, who.c.id == actings.c.person).outerjoin(whose, whose.c.id == actings.c.instead_of)
    wanted = select(actings, who.c.name, who.c.active, whose.c.name.label("instead_name")).select_from(joined)
    return [_row(row, today) for row in conn.execute(wanted.order_by(actings.c.id))]


def _row(row: Any, today: date) -> ActingRow:
    first, last = date.fromisoformat(row.first_day), date.fromisoformat(row.ended or row.last_day)
    over = bool(row.ended) or last < today or not row.active  # who has left acts in nothing
    stage = ActingStage.OVER if over else ActingStage.AHEAD if first > today else ActingStage.NOW
    return ActingRow(
        row.id, row.person, row.name, Post(row.post), row.instead_of, row.instead_name or "", first, last, stage
    )  # fmt: skip


def _check_people(conn: Connection, draft: ActingDraft) -> None:
    """The one who acts does not hold the post already, and who is stood in for does."""
    own = conn.execute(select(people.c.posts).where(people.c.id == draft.person, people.c.active == 1)).scalar()
    if own is None or draft.post.value in own.split(",") or draft.person == draft.instead_of:
        raise ActorError
    a = actings.c
    same = select(a.first_day, a.last_day).where(a.person == draft.person, a.post == draft.post.value, a.ended == "")
    days = (draft.first_day, draft.last_day)
    if any(meets((date.fromisoformat(first), date.fromisoformat(last)), days) for first, last in conn.execute(same)):
        raise ActorError
    if draft.instead_of is None:
        return
    held = conn.execute(select(people.c.posts).where(people.c.id == draft.instead_of)).scalar() or ""
    if draft.post.value not in held.split(","):
        raise InsteadOfError(name=name_of(conn, draft.instead_of), post=_(POST_WORDS[draft.post]))
