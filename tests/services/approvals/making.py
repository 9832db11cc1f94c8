"""Agreeing to what was proposed, as tests of every subject need it."""

from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals, proposal_detail


def agree(ctx: Context, proposal: int) -> None:
    """Let somebody approve a proposal as it stands."""
    approve(ctx, proposal, proposal_detail(ctx, proposal).row.last_seq)


def agree_to_all(*people: Context) -> None:
    """Let people, one after the other, approve whatever waits for them then."""
    for ctx in people:
        for row in list_proposals(ctx, Desk.MINE):
            approve(ctx, row.id, row.last_seq)
