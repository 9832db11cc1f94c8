"""The words of people's files and of tasks, in the language in use."""

from collections.abc import Iterable

from app.i18n import _
from app.models.people import POST_WORDS, Post
from app.models.staff import NOTE_KIND_WORDS, TASK_STATE_WORDS, NoteKind, TaskState


def note_kind_word(kind: NoteKind) -> str:
    """What a line of a file is about."""
    return _(NOTE_KIND_WORDS[kind])


def task_state_word(state: TaskState) -> str:
    """Where a task stands."""
    return _(TASK_STATE_WORDS[state])


def posts_text(posts: Iterable[Post]) -> str:
    """Posts in a row, in the office's order."""
    chosen = set(posts)
    return _(", ").join(_(POST_WORDS[post]) for post in Post if post in chosen)


def addressed_text(posts: Iterable[Post]) -> str:
    """To whom something is addressed: these posts, or everybody where none is named."""
    return posts_text(posts) or _("everybody")
