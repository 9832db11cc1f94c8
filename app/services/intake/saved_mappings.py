"""Mappings that were saved: the one whose columns a file has is taken without asking again."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeVar

from app.services.intake.errors import UnknownFormatError
from app.services.intake.mapping import load_mapping
from app.services.intake.names import fold
from app.services.intake.read import Source, detect


class SavedMapping(Protocol):
    """A mapping of a file of orders or of products."""

    @property
    def columns(self) -> Mapping[str, tuple[str, ...]]:
        """The columns of each field."""


M = TypeVar("M", bound=SavedMapping)


def detect_with_saved(paths: Sequence[Path], folder: Path) -> Source:
    """As `detect`, trying the saved mappings where no platform's format fits; raises as `detect` does."""
    try:
        return detect(paths)
    except UnknownFormatError as error:
        mapping = fitting(map(load_mapping, saved_in(folder)), error.headers)
        if mapping is None:
            raise
        return detect(paths, mapping)


def saved_in(folder: Path) -> list[Path]:
    """The files of saved mappings."""
    return sorted(folder.glob("*.json"))


def fitting(mappings: Iterable[M], headers: Sequence[str]) -> M | None:
    """The mapping whose columns are all among `headers`; of several the one that uses most of them."""
    known = {fold(header) for header in headers}
    found = []
    for mapping in mappings:
        columns = {fold(columns[0]) for columns in mapping.columns.values()}
        if columns <= known:
            found.append((len(columns), mapping))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def keep_in(folder: Path, name: str) -> Path:
    """Where a mapping of this name is saved."""
    folder.mkdir(parents=True, exist_ok=True)
    plain = "".join(c if c.isalnum() or c in "-_" else "_" for c in name) or "mapping"
    return folder / f"{plain}.json"
