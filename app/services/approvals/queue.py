"""Reading proposals: what waits and for whom, one proposal with what a decision rests on, what is to be published."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from app.errors import NotFoundError
from app.i18n import _
from app.models.approvals import ProposalState, proposals
from app.models.ledger import entries
from app.models.people import POST_WORDS, Post, people
from app.services.access import Context, Permission, requires
from app.services.approvals.consequences import CONSEQUENCES
from app.services.approvals.deciders import Deciders
from app.services.approvals.history import Agreement, Happened, chain_of, history_of
from app.services.approvals.kinds import KINDS
from app.services.leave.confidential import TAKING_BACK, kept_from, requests_kept_from
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
class ProposalDetail:
    """Everything a decision rests on; `told` is (what, as it is, as it would be), `chain` the posts that must agree."""

    row: ProposalRow
    told: tuple[tuple[str, str, str], ...]
    chain: tuple[Agreement, ...]
    attachments: tuple[str, ...]
    history: tuple[Happened, ...]


@requires(Permission.CATALOG_READ)
def proposal_counts(ctx: Context) -> dict[Desk, int]:
    """How many proposals stand on each list."""
    counted = select(func.count()).select_from(proposals)
    with ctx.reading() as conn:
        deciders = Deciders(conn, ctx)
        return {desk: conn.execute(counted.where(_on(conn, deciders, ctx, desk))).scalar_one() for desk in Desk}


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
        deciders = Deciders(conn, ctx)
        rows = conn.execute(wanted.where(_on(conn, deciders, ctx, desk))).all()
        return [_row(row, desk is Desk.MINE or deciders.may(row)) for row in rows]


@requires(Permission.CATALOG_READ)
def waiting_for(ctx: Context) -> tuple[int, int | None]:
    """How many proposals wait for the person, and since when the oldest one does; milliseconds UTC."""
    with ctx.reading() as conn:
        found = conn.execute(select(func.count(), func.min(_p.at)).where(Deciders(conn, ctx).mine())).one()
        return found[0], found[1]


@requires(Permission.CATALOG_READ)
def proposal_detail(ctx: Context, proposal: int) -> ProposalDetail:
    """One proposal; raises NotFoundError."""
    with ctx.reading() as conn:
        deciders = Deciders(conn, ctx)
        found = conn.execute(
            select(proposals, entries.c.content, people.c.name, people.c.posts)
            .join(entries, entries.c.seq == _p.id)
            .join(people, people.c.id == _p.person, isouter=True)
            .where(_p.id == proposal, _told(conn, deciders, ctx))
        ).one_or_none()
        if found is None:
            raise NotFoundError(what=proposal)
        made = json.loads(found.content)
        told = CONSEQUENCES[found.kind].effect.words(made["before"], made["after"])
        return ProposalDetail(
            _row(found, deciders.may(found)),
            tuple(told),
            tuple(chain_of(conn, found)),
            tuple(made["attachments"]),
            tuple(history_of(conn, found.id)),
        )


def _row(row: Any, may: bool) -> ProposalRow:
    made = json.loads(row.content)
    kind = KINDS[row.kind]
    told = CONSEQUENCES[row.kind].effect.words(made["before"], made["after"])
    post = (row.posts or "").partition(",")[0]
    return ProposalRow(
        id=row.id,
        kind=row.kind,
        word=_(kind.word),
        colour=kind.colour,
        title=row.title,
        subject=row.subject,
        person=row.person,
        name=row.name or "掌柜",
        post=_(POST_WORDS[Post(post)]) if post else "",
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
        may_decide=may,
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


def _on(conn: Connection, deciders: Deciders, ctx: Context, desk: Desk) -> ColumnElement[bool]:
    if desk is Desk.MINE:
        return deciders.mine()
    if desk is Desk.PUBLISH:
        return _p.publish == 1
    if desk is Desk.OWN:
        return _p.person == ctx.person
    waits = _p.state == ProposalState.WAITING.value
    return _told(conn, deciders, ctx) & (waits if desk is Desk.WAITING else ~waits)


def _told(conn: Connection, deciders: Deciders, ctx: Context) -> ColumnElement[bool]:
    """The condition of what the person may know of: a resignation before it is approved is not for everybody (D3).

    Nor is it, before and after, that who has resigned asks to take that back.
    """
    requests = requests_kept_from(conn, ctx)
    if not requests:
        return true()  # nor is any resignation
    secret = _p.subject.in_(kept_from(conn, ctx)) | ((_p.kind == TAKING_BACK) & _p.subject.in_(requests))
    return or_(~secret, _p.person == ctx.person, deciders.mine())
