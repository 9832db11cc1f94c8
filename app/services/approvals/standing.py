"""How the last proposal about a subject stands: what a list of subjects says beside its own state."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.approvals import ProposalState, proposals
from app.models.people import Post, people
from app.services.approvals.kinds import KINDS


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the proposal stands, and whose turn it is while it waits."""

    state: ProposalState
    waits_for: Post | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A proposal that waits: what it is about, its money in minor units, who made it, whose turn it is."""

    word: str
    amount: int | None
    currency: str
    name: str
    waits_for: Post


def waiting_about(conn: Connection, subjects: Collection[int]) -> list[Asked]:
    """The proposals about these subjects that wait for somebody, the oldest first."""
    c = proposals.c
    rows = conn.execute(
        select(c.kind, c.amount, c.currency, c.waits_for, people.c.name)
        .join(people, people.c.id == c.person)
        .where(c.subject.in_(list(subjects)), c.state == ProposalState.WAITING.value)
        .order_by(c.id)
    ).all()
    return [Asked(_(KINDS[row.kind].word), row.amount, row.currency, row.name, Post(row.waits_for)) for row in rows]


def last_proposals(conn: Connection, subjects: Collection[int]) -> dict[int, Standing]:
    """The standing of the last proposal about each of these subjects; those without one are left out."""
    c = proposals.c
    rows = conn.execute(
        select(c.subject, c.state, c.waits_for).where(c.subject.in_(list(subjects))).order_by(c.id)
    ).all()
    return {
        row.subject: Standing(ProposalState(row.state), Post(row.waits_for) if row.waits_for else None) for row in rows
    }
