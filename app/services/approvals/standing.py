"""How the last proposal about a subject stands: what a list of subjects says beside its own state."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.models.approvals import ProposalState, proposals
from app.models.people import Post


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the proposal stands, and whose turn it is while it waits."""

    state: ProposalState
    waits_for: Post | None


def last_proposals(conn: Connection, subjects: Collection[int]) -> dict[int, Standing]:
    """The standing of the last proposal about each of these subjects; those without one are left out."""
    c = proposals.c
    rows = conn.execute(
        select(c.subject, c.state, c.waits_for).where(c.subject.in_(list(subjects))).order_by(c.id)
    ).all()
    return {
        row.subject: Standing(ProposalState(row.state), Post(row.waits_for) if row.waits_for else None) for row in rows
    }
