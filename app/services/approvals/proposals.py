"""Proposing (提案): what would change, why, from when; adding to it and taking it back."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from app.clock import office_time, to_ms
from app.i18n import _
from app.models.approvals import ProposalState, proposals
from app.models.people import POST_WORDS, Post
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.consequences import CONSEQUENCES
from app.services.approvals.deciders import asked
from app.services.approvals.errors import (
    DoubledProposalError,
    EffectTimeError,
    MayNotProposeError,
    NothingChangesError,
    NotYourProposalError,
)
from app.services.approvals.kinds import KINDS, Kind
from app.services.approvals.rules import rules_of, steps_for
from app.services.ledger import Pen, open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.settings.values import load_settings

LONGEST_WAIT_MS = 366 * 24 * 3600 * 1000
MOST_ATTACHMENTS = 20


@dataclass(frozen=True, slots=True)
class ProposalDraft:
    """What somebody proposes; `after` in the words of the kind's effect."""

    kind: str
    subject: int
    title: str
    after: Mapping[str, Any]
    reason: str
    effect_at: datetime | None = None
    attachments: Sequence[str] = field(default=())  # digests of stored files


@requires(Permission.PROPOSE)
def propose(ctx: Context, draft: ProposalDraft) -> int:
    """Put a proposal before those who must agree; returns its number."""
    now = to_ms(ctx.clock.now())
    with ctx.writing() as conn:
        return propose_within(conn, open_ledger(conn, now, ctx.person), ctx.post, draft)


def propose_within(
    conn: Connection,
    pen: Pen,
    post: Post,
    draft: ProposalDraft,
    passed: Collection[Post] = (),
    ruled: Sequence[Post] = (),
) -> int:
    """As `propose`, within somebody else's transaction.

    The steps of posts that are `passed` are left to the others; `ruled` are the posts in the rule table's place, for a
    kind that has no rule there.
    """
    kind, consequence = KINDS[draft.kind], CONSEQUENCES[draft.kind]
    if kind.proposers and post not in kind.proposers:
        raise MayNotProposeError
    effect_at = _effect_time(kind, draft.effect_at, pen.at)
    reason = need_reason(draft.reason)
    before = consequence.effect.before(conn, draft.subject)
    after = dict(draft.after)
    if all(before.get(name) == value for name, value in after.items()) and after:
        raise NothingChangesError
    consequence.check(conn, draft.subject, before, after, effect_at or pen.at)
    _refuse_doubled(conn, draft)
    amount = consequence.effect.amount(before, after)
    rules = rules_of(load_settings(conn).approval_rules)
    steps = list(ruled) or steps_for(rules, kind.name, None if amount is None else amount[0])
    wanted = [one for one in steps if one not in passed] or steps
    day = office_time(pen.at).date()
    content = {
        "kind": kind.name,
        "subject": draft.subject,
        "title": draft.title,
        "before": before,
        "after": after,
        "reason": reason,
        "attachments": list(draft.attachments)[:MOST_ATTACHMENTS],
        "effect_at": effect_at,
        "amount": None if amount is None else amount[0],
        "currency": "" if amount is None else amount[1],
        "person": pen.person,
        "steps": [one.value for one in asked(conn, wanted, pen.person, day)],
    }
    return subjects.begin(conn, pen, "proposal.made", content)


@requires(Permission.PROPOSE)
def note_proposal(ctx: Context, proposal: int, note: str, attachments: Sequence[str] = ()) -> None:
    """Add a remark or files to one's own proposal while it waits."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        _refuse_others(conn, subjects.load(conn, "proposals", proposal), ctx.person)
        content = {"note": need_reason(note), "attachments": list(attachments)[:MOST_ATTACHMENTS]}
        subjects.advance(conn, pen, proposal, "proposal.noted", content)


@requires(Permission.PROPOSE)
def withdraw(ctx: Context, proposal: int, reason: str) -> None:
    """Take one's own proposal back, as long as it is not in force."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        _refuse_others(conn, subjects.load(conn, "proposals", proposal), ctx.person)
        row = subjects.advance(conn, pen, proposal, "proposal.withdrawn", {"reason": need_reason(reason)})
        CONSEQUENCES[row["kind"]].come_to_nothing(conn, pen, row["subject"], reason.strip())


def _effect_time(kind: Kind, wanted: datetime | None, now: int) -> int | None:
    if wanted is None:
        return None
    at = to_ms(wanted)
    if not kind.timed or not now < at <= now + LONGEST_WAIT_MS:
        raise EffectTimeError
    return at


def _refuse_doubled(conn: Connection, draft: ProposalDraft) -> None:
    c = proposals.c
    waiting = conn.execute(
        select(c.waits_for).where(
            c.subject == draft.subject, c.kind == draft.kind, c.state == ProposalState.WAITING.value
        )
    ).first()
    if waiting is not None:
        raise DoubledProposalError(post=_(POST_WORDS[Post(waiting.waits_for)]))


def _refuse_others(conn: Connection, row: Mapping[str, Any], person: int) -> None:
    if row["person"] != person:
        raise NotYourProposalError(name=name_of(conn, row["person"]))
