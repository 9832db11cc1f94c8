"""Whether a file is still the one that was looked at."""

from pathlib import Path
from typing import TypeAlias

from app.errors import system_reason
from app.services.intake.errors import ChangedFileError, FileUnreadableError

Stamp: TypeAlias = tuple[int, int]  # size, time of change


def stamp_of(path: Path) -> Stamp:
    """The file's stamp; raises FileUnreadableError."""
    try:
        state = path.stat()
    except OSError as error:
        raise FileUnreadableError(file=path.name, detail=system_reason(error)) from error
    return state.st_size, state.st_mtime_ns


def refuse_changed(path: Path, stamp: Stamp) -> None:
    """Raise ChangedFileError where the file was written to since."""
    if stamp_of(path) != stamp:
        raise ChangedFileError(file=path.name)
