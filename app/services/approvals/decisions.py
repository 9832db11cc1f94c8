"""Deciding (审批): approve, or return with a reason; what all have agreed to takes effect in the same transaction."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import AppError, ConflictError, NotFoundError, RuleError
from app.models.approvals import ProposalState, ProposalStateError, proposals
from app.models.people import SYSTEM
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.consequences import CONSEQUENCES
from app.services.approvals.deciders import Deciders, Turn, posts_left
from app.services.approvals.errors import OwnProposalError, StaleProposalError
from app.services.approvals.fold import APPROVE, RETURN
from app.services.approvals.kinds import KINDS
from app.services.ledger import Pen, open_ledger
from app.services.reasons import need_reason

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Refused:
    """A proposal of a batch that was not decided, and why."""

    proposal: int
    reason: str


@requires(Permission.PROPOSE)
def approve(ctx: Context, proposal: int, seen: int, note: str = "") -> None:
    """Agree in the name of the post whose turn it is; `seen` is the last entry that the person saw.

    Raises StaleProposalError (and puts that on record) where what the proposal rests on has changed.
    """
    _decide(ctx, proposal, seen, APPROVE, note.strip())


@requires(Permission.PROPOSE)
def return_proposal(ctx: Context, proposal: int, seen: int, reason: str) -> None:
    """Give it back with a reason."""
    _decide(ctx, proposal, seen, RETURN, need_reason(reason))


@requires(Permission.PROPOSE)
def approve_batch(ctx: Context, chosen: Sequence[tuple[int, int]]) -> list[Refused]:
    """Approve several (number, last entry seen), each by itself; what was refused is returned with its reason."""
    refused = []
    for proposal, seen in chosen:
        try:
            _decide(ctx, proposal, seen, APPROVE, "")
        except AppError as error:
            refused.append(Refused(proposal, str(error)))
    return refused


@requires(Permission.CATALOG_READ)
def run_due_proposals(ctx: Context) -> int:
    """Put in force what was approved for a time that has come; returns how many.

    A clock that is turned back undoes nothing and does nothing twice: what is in force says so itself.
    """
    now = to_ms(ctx.clock.now())
    c = proposals.c
    due = select(c.id).where(c.state == ProposalState.APPROVED.value, c.effect_at <= now).order_by(c.effect_at, c.id)
    with ctx.reading() as conn:
        numbers = list(conn.execute(due).scalars())
    for proposal in numbers:
        with ctx.writing() as conn:
            pen = open_ledger(conn, now, SYSTEM)
            row = subjects.load(conn, "proposals", proposal)
            if row["state"] == ProposalState.APPROVED.value:  # another computer may have been faster
                _take_effect(conn, pen, row, subjects.said_at_first(conn, proposal))
    return len(numbers)


@requires(Permission.PUBLISH)
def mark_published(ctx: Context, proposal: int, where: str) -> None:
    """The specialist has brought to the shops what was approved (rules P2, P11)."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, proposal, "proposal.published", {"where": need_reason(where)})


def _decide(ctx: Context, proposal: int, seen: int, decision: str, reason: str) -> None:
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        row = subjects.load(conn, "proposals", proposal)
        consequence = CONSEQUENCES[row["kind"]]
        through = _may(conn, ctx, row)
        made = subjects.said_at_first(conn, proposal)
        fresh = decision == RETURN or not _is_stale(conn, row, made)
        if not fresh:
            subjects.advance(conn, pen, proposal, "proposal.stale", {})
            consequence.come_to_nothing(conn, pen, row["subject"], "")
        else:
            if row["last_seq"] != seen:
                raise ConflictError
            if decision == APPROVE:
                at = max(row["effect_at"] or 0, pen.at)
                consequence.refuse_contradicted(conn, row["subject"], made["before"], made["after"], at)
            content = {"decision": decision, "reason": reason, "post": row["waits_for"], "for": through}
            row = subjects.advance(conn, pen, proposal, "proposal.decided", content)
            if decision == RETURN:
                consequence.come_to_nothing(conn, pen, row["subject"], reason)
            elif row["state"] == ProposalState.APPROVED.value and (row["effect_at"] or 0) <= pen.at:
                _take_effect(conn, pen, row, made, direct=True)
    if not fresh:
        raise StaleProposalError


def _may(conn: Connection, ctx: Context, row: Row) -> list[int]:
    """Raise where the person may not decide; the people in whose place, empty for one's own post."""
    if row["person"] == ctx.person:
        raise OwnProposalError
    if row["state"] != ProposalState.WAITING.value:
        raise ProposalStateError(row["state"])
    deciders = Deciders(conn, ctx)
    agreed = deciders.agreed(row["id"]) if row["step"] else frozenset[int]()
    return deciders.through(Turn(row["kind"], row["person"], posts_left(row["steps"], row["step"]), agreed))


def _is_stale(conn: Connection, row: Row, made: Mapping[str, Any]) -> bool:
    """Whether what the proposal rests on is no longer as it was, or its subject is gone."""
    try:
        now = CONSEQUENCES[row["kind"]].effect.before(conn, row["subject"])
    except NotFoundError:
        return True
    return now != dict(made["before"])


def _take_effect(conn: Connection, pen: Pen, row: Row, made: Mapping[str, Any], direct: bool = False) -> None:
    """Put an approved proposal in force; at its later time a rule that stands against it is put on record instead."""
    consequence, subject, proposal = CONSEQUENCES[row["kind"]], row["subject"], row["id"]
    if not direct and _is_stale(conn, row, made):
        subjects.advance(conn, pen, proposal, "proposal.stale", {})
        consequence.come_to_nothing(conn, pen, subject, "")
        return
    try:
        consequence.check(conn, subject, made["before"], made["after"], pen.at)
    except RuleError as error:
        if direct:
            raise
        subjects.advance(conn, pen, proposal, "proposal.failed", {"reason": str(error)})
        consequence.come_to_nothing(conn, pen, subject, str(error))
        return
    consequence.effect.apply(conn, pen, subject, made["after"], proposal)
    subjects.advance(conn, pen, proposal, "proposal.applied", {"publish": int(KINDS[row["kind"]].publishes)})
