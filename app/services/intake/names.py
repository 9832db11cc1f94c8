"""Header names and platform words compared the way a person reads them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar

from app.services.intake.values import Memo

MAX_COLUMNS = 1_000
MAX_NAME = 200  # characters
_IGNORED = re.compile("[\\s\ufeff\u200b'\"=`’]+")


V = TypeVar("V")


def fold(text: str) -> str:
    """The name without spaces, tabs, BOM, apostrophes and ="…", brackets and letters in one width and case."""
    plain = _IGNORED.sub("", unicodedata.normalize("NFKC", text))
    # Once more: a sign that was a space and an accent leaves its accent to the letter before it.
    return unicodedata.normalize("NFKC", plain.casefold())


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each folded name stands; the first of equal names counts."""
    found: dict[str, int] = {}
    for index, name in enumerate(header[:MAX_COLUMNS]):
        folded = fold(name) if len(name) <= MAX_NAME else ""
        if folded:
            found.setdefault(folded, index)
    return found


def first_present(names: Iterable[str], places: dict[str, int]) -> str | None:
    """The first of `names` that the header has."""
    return next((name for name in names if fold(name) in places), None)


def meanings(words: Iterable[tuple[str, V]]) -> Memo[V | None]:
    """What a platform's words mean: word*, as a beginning, after the exact words; None for "" and unknown words."""
    exact: dict[str, V] = {}
    beginnings: list[tuple[str, V]] = []
    for word, meaning in words:
        if word.endswith("*"):
            beginnings.append((fold(word[:-1]), meaning))
        else:
            exact[fold(word)] = meaning

    def read(text: str) -> V | None:
        folded = fold(text)
        if not folded or folded in exact:
            return exact.get(folded)
        return next((meaning for beginning, meaning in beginnings if folded.startswith(beginning)), None)

    return Memo(read)
