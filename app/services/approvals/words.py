"""The words of approvals, in the language in use."""

from app.i18n import _
from app.models.approvals import PROPOSAL_STATE_WORDS, ProposalState


def proposal_state_word(state: ProposalState) -> str:
    """Where a proposal stands."""
    return _(PROPOSAL_STATE_WORDS[state])
