"""How proposals and delegations stand: one fold of their entries for the office and for the proof."""

from collections.abc import Mapping
from typing import Any

from app.models.approvals import PROPOSAL_MOVES, DelegationEndedError, ProposalState, ProposalStateError

Row = dict[str, Any]
APPROVE, RETURN = "approve", "return"
_ENDS = {
    "proposal.withdrawn": ProposalState.WITHDRAWN,
    "proposal.stale": ProposalState.STALE,
    "proposal.failed": ProposalState.FAILED,
    "proposal.applied": ProposalState.EFFECTIVE,
}


def made(seq: int, at: int, content: Mapping[str, Any]) -> Row:
    """A proposal right after its proposal.made entry."""
    steps = content["steps"]
    return {
        "id": seq,
        "kind": content["kind"],
        "subject": content["subject"],
        "title": content["title"],
        "amount": content["amount"],
        "currency": content["currency"],
        "person": content["person"],
        "at": at,
        "state": ProposalState.WAITING.value,
        "steps": ",".join(steps),
        "step": 0,
        "waits_for": steps[0],
        "effect_at": content["effect_at"],
        "decided_at": None,
        "publish": 0,
        "published_at": None,
        "last_seq": seq,
    }


def advance(row: Row, seq: int, at: int, kind: str, content: Mapping[str, Any]) -> None:
    """Fold one later entry into a proposal; raises ProposalStateError where it may not happen."""
    if row["state"] not in PROPOSAL_MOVES[kind]:
        raise ProposalStateError(row["state"])
    if kind == "proposal.decided":
        _decided(row, at, content["decision"])
    elif kind in _ENDS:
        row["state"], row["waits_for"] = _ENDS[kind].value, ""
        row["publish"] = int(content.get("publish", 0))
    elif kind == "proposal.published":
        row["publish"], row["published_at"] = 0, at
    row["last_seq"] = seq


def _decided(row: Row, at: int, decision: str) -> None:
    steps = row["steps"].split(",")
    row["step"] += 1
    row["decided_at"] = at
    if decision == RETURN:
        row["state"], row["waits_for"] = ProposalState.RETURNED.value, ""
    elif row["step"] == len(steps):
        row["state"], row["waits_for"] = ProposalState.APPROVED.value, ""
    else:
        row["waits_for"] = steps[row["step"]]


def delegated(seq: int, _at: int, content: Mapping[str, Any]) -> Row:
    """A delegation right after its delegation.made entry."""
    names = ("giver", "taker", "kind", "first_day", "last_day")
    return {"id": seq, **{name: content[name] for name in names}, "ended": 0, "last_seq": seq}


def advance_delegation(row: Row, seq: int, _at: int, _kind: str, _content: Mapping[str, Any]) -> None:
    """A delegation that ends before its last day."""
    if row["ended"]:
        raise DelegationEndedError
    row["ended"], row["last_seq"] = 1, seq


BEGINS = {"proposal.made": ("proposals", made), "delegation.made": ("delegations", delegated)}
ADVANCES = {
    **dict.fromkeys(PROPOSAL_MOVES, ("proposals", advance)),
    "delegation.ended": ("delegations", advance_delegation),
}
