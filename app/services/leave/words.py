"""The words of leaves and handovers, in the language in use."""

from app.i18n import _
from app.models.leave import (
    HANDOVER_STATE_WORDS,
    LEAVE_KIND_WORDS,
    LEAVE_STATE_WORDS,
    HandoverState,
    LeaveKind,
    LeaveState,
)
from app.services.leave.belongings import AHEAD, SINGLE


def leave_kind_word(kind: LeaveKind) -> str:
    """Why somebody is away."""
    return _(LEAVE_KIND_WORDS[kind])


def leave_state_word(state: LeaveState) -> str:
    """Where a leave stands."""
    return _(LEAVE_STATE_WORDS[state])


def handover_state_word(state: HandoverState) -> str:
    """Where a thing that is handed over stands."""
    return _(HANDOVER_STATE_WORDS[state])


def belonging_word(kind: str) -> str:
    """What a thing that is handed over is."""
    return _((SINGLE | AHEAD)[kind].word)
