"""Reading proposals: what waits and for whom, one proposal with what a decision rests on, what is to be published."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from app.clock import to_ms
from app.errors import NotFoundError
from app.i18n import _
from app.models.approvals import PROPOSAL_STATE_WORDS, ProposalState, proposals
from app.models.ledger import entries
from app.models.people import POST_WORDS, Post, people
from app.services.access import Context, Permission, requires
from app.services.approvals.delegations import givers_of
from app.services.approvals.fold import RETURN
from app.services.approvals.kinds import kinds
from app.services.approvals.rules import may_decide
from app.services.people import name_of
from app.services.publishing.hours import publish_due

_p = proposals.c
MOST = 5_000  # of a list of what is over


class Desk(StrEnum):
    """The lists of proposals."""

    MINE = "mine"  # what waits for me
    WAITING = "waiting"  # everything that waits
    PUBLISH = "publish"  # approved, to be brought to the shops
    OWN = "own"  # what I proposed
    DONE = "done"


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A proposal in a list; times in milliseconds UTC, `changes` as a person reads them."""

    id: int
    kind: str
    word: str
    colour: str
    title: str
    subject: int
    person: int
    name: str
    post: str
    at: int
    state: ProposalState
    waits_for: str
    changes: str
    reason: str
    amount: int | None
    currency: str
    effect_at: int | None
    decided_at: int | None
    publish_due: int | None  # until when it has to be in the shops, where it is not yet
    may_decide: bool
    last_seq: int


@dataclass(frozen=True, slots=True)
class Happened:
    """One entry of a proposal's history."""

    at: int
    name: str
    sentence: str
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposalDetail:
    """Everything a decision rests on; `told` is (what, as it is, as it would be)."""

    row: ProposalRow
    told: tuple[tuple[str, str, str], ...]
    attachments: tuple[str, ...]
    history: tuple[Happened, ...]


@requires(Permission.CATALOG_READ)
def proposal_counts(ctx: Context) -> dict[Desk, int]:
    """How many proposals stand on each list."""
    with ctx.reading() as conn:
        return {
            desk: conn.execute(select(func.count()).select_from(proposals).where(_on(conn, ctx, desk))).scalar_one()
            for desk in Desk
        }


@requires(Permission.CATALOG_READ)
def list_proposals(ctx: Context, desk: Desk = Desk.MINE) -> list[ProposalRow]:
    """The proposals of a list: what waits, the oldest first; what is over, the newest first."""
    oldest_first = desk in {Desk.MINE, Desk.WAITING, Desk.PUBLISH}
    order = _p.id if oldest_first else _p.id.desc()
    wanted = (
        select(proposals, entries.c.content, people.c.name, people.c.posts)
        .join(entries, entries.c.seq == _p.id)
        .join(people, people.c.id == _p.person, isouter=True)
        .order_by(order)
        .limit(MOST)
    )
    with ctx.reading() as conn:
        rows = conn.execute(wanted.where(_on(conn, ctx, desk))).all()
        mine = _deciding(conn, ctx)
        return [_row(row, ctx, mine) for row in rows]


@requires(Permission.CATALOG_READ)
def waiting_for(ctx: Context) -> tuple[int, int | None]:
    """How many proposals wait for the person, and since when the oldest one does; milliseconds UTC."""
    with ctx.reading() as conn:
        found = conn.execute(select(func.count(), func.min(_p.at)).where(_on(conn, ctx, Desk.MINE))).one()
        return found[0], found[1]


@requires(Permission.CATALOG_READ)
def proposal_detail(ctx: Context, proposal: int) -> ProposalDetail:
    """One proposal; raises NotFoundError."""
    with ctx.reading() as conn:
        found = conn.execute(
            select(proposals, entries.c.content, people.c.name, people.c.posts)
            .join(entries, entries.c.seq == _p.id)
            .join(people, people.c.id == _p.person, isouter=True)
            .where(_p.id == proposal)
        ).one_or_none()
        if found is None:
            raise NotFoundError(what=proposal)
        made = json.loads(found.content)
        told = kinds()[found.kind].effect.words(made["before"], made["after"])
        return ProposalDetail(
            _row(found, ctx, _deciding(conn, ctx)),
            tuple(told),
            tuple(made["attachments"]),
            tuple(_history(conn, found)),
        )


def _row(row: Any, ctx: Context, mine: "_Deciding") -> ProposalRow:
    made = json.loads(row.content)
    kind = kinds()[row.kind]
    told = kind.effect.words(made["before"], made["after"])
    posts = [Post(post) for post in (row.posts or "").split(",") if post]
    return ProposalRow(
        id=row.id,
        kind=row.kind,
        word=_(kind.word),
        colour=kind.colour,
        title=row.title,
        subject=row.subject,
        person=row.person,
        name=row.name or "掌柜",
        post=_(POST_WORDS[posts[0]]) if posts else "",
        at=row.at,
        state=ProposalState(row.state),
        waits_for=row.waits_for,
        changes=_summary(told),
        reason=made["reason"],
        amount=row.amount,
        currency=row.currency,
        effect_at=row.effect_at,
        decided_at=row.decided_at,
        publish_due=publish_due(max(row.decided_at, row.effect_at or 0)) if row.publish else None,
        may_decide=row.state == ProposalState.WAITING.value and row.person != ctx.person and mine.may(row),
        last_seq=row.last_seq,
    )


def _summary(told: Sequence[tuple[str, str, str]]) -> str:
    """ "¥409.00 → ¥389.00 (margin 18.2% → 13.9%)": what changes, the first thing first."""
    changed = [(what, before, after) for what, before, after in told if after and before != after]
    if not changed:
        return ""
    (_what, before, after), *more = changed
    first = f"{before} → {after}" if before else after
    rest = _(", ").join(
        f"{what} {before} → {after}" if before else f"{what} {after}" for what, before, after in more[:2]
    )
    return f"{first} ({rest})" if rest else first


@dataclass(frozen=True, slots=True)
class _Deciding:
    """What the person may decide: by the post, and in whose place."""

    posts: frozenset[str]
    given: frozenset[tuple[str, str]]  # (post, kind; "" is every kind)

    def may(self, row: Any) -> bool:
        return row.waits_for in self.posts or any(
            post == row.waits_for and kind in {"", row.kind} for post, kind in self.given
        )


def _deciding(conn: Connection, ctx: Context) -> _Deciding:
    own = {post.value for post in Post if may_decide(ctx.post, post) and ctx.may(Permission.DECIDE)}
    given: set[tuple[str, str]] = set()
    for giver, kind in givers_of(conn, ctx.person, to_ms(ctx.clock.now())):
        posts = conn.execute(select(people.c.posts).where(people.c.id == giver)).scalar() or ""
        held = [Post(post) for post in posts.split(",") if post]
        given |= {(post.value, kind) for post in Post if any(may_decide(one, post) for one in held)}
    return _Deciding(frozenset(own), frozenset(given))


def _on(conn: Connection, ctx: Context, desk: Desk) -> ColumnElement[bool]:
    if desk is Desk.PUBLISH:
        return _p.publish == 1
    if desk is Desk.OWN:
        return _p.person == ctx.person
    if desk is Desk.DONE:
        return _p.state != ProposalState.WAITING.value
    waiting = _p.state == ProposalState.WAITING.value
    if desk is Desk.WAITING:
        return waiting
    mine = _deciding(conn, ctx)
    ways: list[ColumnElement[bool]] = [_p.waits_for.in_(sorted(mine.posts))]
    ways += [and_(_p.waits_for == post, _p.kind == kind if kind else true()) for post, kind in sorted(mine.given)]
    return and_(waiting, _p.person != ctx.person, or_(*ways))


def _history(conn: Connection, row: Any) -> list[Happened]:
    rows = conn.execute(
        select(entries.c.at, entries.c.person, entries.c.kind, entries.c.content)
        .where((entries.c.seq == row.id) | (entries.c.subject == row.id))
        .order_by(entries.c.seq)
    ).all()
    told = []
    for one in rows:
        content = json.loads(one.content)
        told.append(
            Happened(
                one.at,
                name_of(conn, one.person),
                _sentence(conn, one.kind, content),
                tuple(content.get("attachments", ())),
            )
        )
    return told


def _sentence(conn: Connection, kind: str, content: Mapping[str, Any]) -> str:
    if kind == "proposal.made":
        return _("proposed: {reason}").format(reason=content["reason"])
    if kind == "proposal.noted":
        return _("added: {note}").format(note=content["note"])
    if kind == "proposal.decided":
        return _decision(conn, content)
    if kind == "proposal.published":
        return _("brought it to: {where}").format(where=content["where"])
    if kind == "proposal.withdrawn":
        return _("withdrawn: {reason}").format(reason=content["reason"])
    if kind == "proposal.failed":
        return _("could not take effect: {reason}").format(reason=content["reason"])
    if kind == "proposal.stale":
        return _("overtaken: what it rests on has changed")
    return _(PROPOSAL_STATE_WORDS[ProposalState.EFFECTIVE])


def _decision(conn: Connection, content: Mapping[str, Any]) -> str:
    reason = content["reason"]
    if content["decision"] == RETURN:
        done = _("returned: {reason}").format(reason=reason)
    else:
        done = _("approved: {note}").format(note=reason) if reason else _("approved")
    if content["for"]:
        return _("{done} (in place of {name})").format(done=done, name=name_of(conn, content["for"][0]))
    return done
