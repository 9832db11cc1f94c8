"""Header names and platform words compared the way a person reads them."""

import re
import unicodedata
from collections.abc import Iterable, Sequence

_IGNORED = re.compile("[\\s\ufeff\u200b'\"=`’]+")


def fold(text: str) -> str:
    """The name without spaces, tabs, BOM, apostrophes and ="…", brackets and letters in one width and case."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text)).casefold()


def positions(header: Sequence[str]) -> dict[str, int]:
    """Where each folded name stands; the first of equal names counts."""
    found: dict[str, int] = {}
    for index, name in enumerate(header):
        folded = fold(name)
        if folded:
            found.setdefault(folded, index)
    return found


def first_present(names: Iterable[str], places: dict[str, int]) -> str | None:
    """The first of `names` that the header has."""
    return next((name for name in names if fold(name) in places), None)


class Words:
    """Words of a platform and what they mean; a word that ends in * matches what begins with it."""

    __slots__ = ("_exact", "_prefixes")

    def __init__(self, meanings: Iterable[tuple[str, str]]) -> None:
        self._exact: dict[str, str] = {}
        self._prefixes: list[tuple[str, str]] = []
        for word, meaning in meanings:
            if word.endswith("*"):
                self._prefixes.append((fold(word[:-1]), meaning))
            else:
                self._exact[fold(word)] = meaning

    def meaning(self, text: str) -> str | None:
        """What the text means, None where nothing was said of it or it is empty."""
        if not text:
            return None
        folded = fold(text)
        if folded in self._exact:
            return self._exact[folded]
        return next((meaning for prefix, meaning in self._prefixes if folded.startswith(prefix)), None)
