"""The words of content items, promotions and market notes, in the language in use."""

from app.i18n import _
from app.models.publishing import (
    CONTENT_KIND_WORDS,
    CONTENT_STATE_WORDS,
    PROMOTION_STATE_WORDS,
    ContentKind,
    ContentState,
    PromotionState,
)
from app.services.publishing.market import NOTE_KIND_WORDS, NoteKind


def content_kind_word(kind: ContentKind) -> str:
    """What a content item is."""
    return _(CONTENT_KIND_WORDS[kind])


def content_state_word(state: ContentState) -> str:
    """Where a content item stands."""
    return _(CONTENT_STATE_WORDS[state])


def promotion_state_word(state: PromotionState) -> str:
    """Where a promotion stands."""
    return _(PROMOTION_STATE_WORDS[state])


def note_kind_word(kind: NoteKind) -> str:
    """What was found."""
    return _(NOTE_KIND_WORDS[kind])
