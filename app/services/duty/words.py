"""Words of the duty's states in the language in use."""

from app.i18n import _
from app.models.duty import SWAP_STATE_WORDS, SwapState


def swap_state_word(state: SwapState) -> str:
    """A swap's state."""
    return _(SWAP_STATE_WORDS[state])
