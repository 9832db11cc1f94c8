"""What mappings of orders and of products share: the file that keeps one, and the guess which column is which."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from app.errors import system_reason
from app.i18n import _
from app.services.intake.errors import FileUnreadableError, MappingError
from app.services.intake.names import fold
from app.services.intake.values import clean

MAX_BYTES = 1 << 20

_LATIN = 4  # letters of a word that may stand inside a longer name; two for Chinese
_EXACT = 1_000  # an equal name before any longest part

M = TypeVar("M")


def load_saved(path: Path, made: Callable[[Any], M], refused: type[MappingError]) -> M:
    """What `made` makes of a saved mapping; raises `refused` with what is wrong with it, FileUnreadableError."""
    try:
        with path.open("rb") as file:
            data = json.loads(file.read(MAX_BYTES))
    except OSError as error:
        raise FileUnreadableError(file=path.name, detail=system_reason(error)) from error
    except (ValueError, RecursionError) as error:
        raise refused(name=path.name, detail=error) from error
    try:
        return made(data)
    except (KeyError, TypeError, AttributeError) as error:
        detail = _("{part} is missing or of the wrong kind.").format(part=error)
        raise refused(name=path.name, detail=detail) from error


def save(path: Path, data: Mapping[str, Any]) -> None:
    """Write a mapping as JSON that a person can read and change."""
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def text_of(value: Any) -> str:
    """A text of a saved mapping; raises TypeError."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def texts_of(value: Any) -> tuple[str, ...]:
    """One text or several of a saved mapping; raises TypeError."""
    return (value,) if isinstance(value, str) else tuple(map(text_of, value))


def samples_of(headers: Sequence[str], rows: Sequence[Sequence[str]]) -> dict[str, list[str]]:
    """The cells that are not empty below each column that has a name."""
    return {header: _samples(rows, index) for index, header in enumerate(headers) if header.strip()}


def candidates(headers: Iterable[str], synonyms: Mapping[str, Sequence[str]]) -> Iterator[tuple[float, str, str]]:
    """How well each column's name fits a field, by folded words for each field, the usual one first.

    Equal names before all others, else by the length of the part that fits, the later part first.
    """
    for header in headers:
        folded = fold(header)
        for field, words in synonyms.items():
            for rank, word in enumerate(words):
                if folded == word:
                    yield _EXACT - rank, field, header
                elif word in folded and len(word) >= (_LATIN if word.isascii() else 2):
                    yield len(word) + folded.rindex(word) / _EXACT, field, header


def _samples(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    cells = (clean(row[index]) for row in rows if index < len(row))
    return [cell for cell in cells if cell]
