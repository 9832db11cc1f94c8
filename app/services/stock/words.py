"""The stock's words in the language in use: movements, counts, wishes, whom goods are asked of, why counts differ."""

from app.i18n import N_, _
from app.models.stock import (
    ASKED_OF_WORDS,
    COUNT_STATE_WORDS,
    MOVEMENT_WORDS,
    WISH_KIND_WORDS,
    WISH_STATE_WORDS,
    AskedOf,
    CountState,
    Movement,
    WishKind,
    WishState,
)

# What explains most differences; anything else is typed.
_REASONS = (N_("Breakage"), N_("Loss"), N_("Not booked"), N_("Booked wrongly"), N_("Counted wrongly before"))


def movement_word(kind: Movement) -> str:
    """Why an article became more or less."""
    return _(MOVEMENT_WORDS[kind])


def count_state_word(state: CountState) -> str:
    """Where a count stands."""
    return _(COUNT_STATE_WORDS[state])


def wish_state_word(state: WishState) -> str:
    """Where a wish stands."""
    return _(WISH_STATE_WORDS[state])


def asked_of_word(asked_of: AskedOf) -> str:
    """Whom goods are asked of."""
    return _(ASKED_OF_WORDS[asked_of])


def wish_kind_word(kind: WishKind) -> str:
    """What is wished for."""
    return _(WISH_KIND_WORDS[kind])


def difference_reasons() -> list[str]:
    """The common reasons of a difference, to choose from."""
    return [_(reason) for reason in _REASONS]
