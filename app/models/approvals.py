"""Approvals (审批): proposals, decisions and delegations; projections of their entries (rules P2–P4, C3, O8, A2)."""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Id, Minor, Moment, Words, metadata


class ProposalState(StrEnum):
    """Where a proposal stands."""

    WAITING = "waiting"  # 待审批
    APPROVED = "approved"  # all have agreed; its time has not come
    EFFECTIVE = "effective"  # 已生效
    RETURNED = "returned"  # 已退回
    WITHDRAWN = "withdrawn"  # 已撤回
    STALE = "stale"  # what it rests on is no longer true
    FAILED = "failed"  # its time came and a rule stood against it


PROPOSAL_STATE_WORDS = {
    ProposalState.WAITING: N_("Waiting"),
    ProposalState.APPROVED: N_("Approved, not yet in force"),
    ProposalState.EFFECTIVE: N_("In force"),
    ProposalState.RETURNED: N_("Returned"),
    ProposalState.WITHDRAWN: N_("Withdrawn"),
    ProposalState.STALE: N_("Overtaken"),
    ProposalState.FAILED: N_("Could not take effect"),
}

_S = ProposalState
# kind of entry → the states in which it may happen
PROPOSAL_MOVES: dict[str, frozenset[ProposalState]] = {
    "proposal.noted": frozenset({_S.WAITING}),
    "proposal.decided": frozenset({_S.WAITING}),
    "proposal.withdrawn": frozenset({_S.WAITING, _S.APPROVED}),
    "proposal.stale": frozenset({_S.WAITING, _S.APPROVED}),
    "proposal.applied": frozenset({_S.APPROVED}),
    "proposal.failed": frozenset({_S.APPROVED}),
    "proposal.published": frozenset({_S.EFFECTIVE}),
}


class ProposalStateError(RuleError):
    """A proposal is decided once."""

    message = N_("The proposal is “{state}” already.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(PROPOSAL_STATE_WORDS[ProposalState(state)]))


class DelegationEndedError(RuleError):
    """A delegation ends once."""

    message = N_("This delegation has ended already.")


proposals = Table(
    "proposals",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("kind", Words, nullable=False),
    Column("subject", Id, nullable=False),
    Column("title", Words, nullable=False),
    Column("amount", Minor),
    Column("currency", Words, nullable=False),
    Column("person", Id, nullable=False),
    Column("at", Moment, nullable=False),
    Column("state", Words, nullable=False),
    Column("steps", Words, nullable=False),  # the posts that must agree, in their order, parted by commas
    Column("step", Integer, nullable=False),
    Column("waits_for", Words, nullable=False),  # the post whose turn it is, or ""
    Column("effect_at", Moment),
    Column("decided_at", Moment),
    Column("publish", Integer, nullable=False),  # whether the specialist has to bring it to the shops
    Column("published_at", Moment),
    Column("last_seq", Id, nullable=False),
)
Index("ix_proposals_state_waits", proposals.c.state, proposals.c.waits_for)
Index("ix_proposals_subject", proposals.c.subject)

delegations = Table(
    "delegations",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("giver", Id, nullable=False),
    Column("taker", Id, nullable=False),
    Column("kind", Words, nullable=False),  # "" is every kind
    Column("first_day", Words, nullable=False),
    Column("last_day", Words, nullable=False),
    Column("ended", Integer, nullable=False),
    Column("last_seq", Id, nullable=False),
)
Index("ix_delegations_taker", delegations.c.taker)
