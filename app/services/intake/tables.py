"""A table is what any file becomes: numbered rows of text cells, read as a stream."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

Row: TypeAlias = tuple[int, list[str]]  # number counted from 1 as a person sees it, cells
Progress: TypeAlias = Callable[[float], None]  # 0…1; may raise CancelledError

PROGRESS_ROWS = 2048


@dataclass(frozen=True, slots=True)
class Table:
    """One table of one file; `open_rows` begins a new pass over it and reports progress on the way."""

    path: Path
    encoding: str  # as it is told to the person: "UTF-8", "GB18030", "xlsx", …
    open_rows: Callable[[Progress], Iterator[Row]]
    name: str = ""  # the sheet, or the delimiter
    unquoted: Callable[[Progress], Iterator[Row]] | None = None  # the same without quotation marks


def no_progress(_done: float) -> None:
    """For passes that are too short to report."""
