"""Mappings that were saved: the one whose columns a file has is taken without asking again."""

from collections.abc import Sequence
from pathlib import Path

from app.services.intake.errors import UnknownFormatError
from app.services.intake.mapping import Mapping, load_mapping, save_mapping
from app.services.intake.names import fold
from app.services.intake.read import Source, detect


def detect_with_saved(paths: Sequence[Path], folder: Path) -> Source:
    """As `detect`, trying the saved mappings where no platform's format fits; raises as `detect` does."""
    try:
        return detect(paths)
    except UnknownFormatError as error:
        mapping = fitting(folder, error.headers)
        if mapping is None:
            raise
        return detect(paths, mapping)


def fitting(folder: Path, headers: Sequence[str]) -> Mapping | None:
    """The saved mapping whose columns are all among `headers`; of several the one that uses most of them."""
    known = {fold(header) for header in headers}
    found = []
    for path in sorted(folder.glob("*.json")):
        mapping = load_mapping(path)
        columns = {fold(columns[0]) for columns in mapping.columns.values()}
        if columns <= known:
            found.append((len(columns), mapping))
    return max(found, key=lambda pair: pair[0])[1] if found else None


def keep(folder: Path, mapping: Mapping) -> Path:
    """Save a mapping under its name."""
    folder.mkdir(parents=True, exist_ok=True)
    name = "".join(c if c.isalnum() or c in "-_" else "_" for c in mapping.name) or "mapping"
    path = folder / f"{name}.json"
    save_mapping(path, mapping)
    return path
