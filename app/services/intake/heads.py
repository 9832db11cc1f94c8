"""The first rows of a file's tables, and what helps most where they are no header that is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from app.errors import InputError
from app.services.intake.errors import UnknownFormatError
from app.services.intake.names import fold, positions
from app.services.intake.tables import Row, Table, no_progress

HEAD_ROWS = 30
SAMPLE_ROWS = 20

_NEARLY = 0.7  # of the required columns: then the missing ones are worth naming


class KnownFormat(Protocol):
    """A format of orders or of products."""

    @property
    def label(self) -> str:
        """Its name in the language in use."""

    @property
    def required(self) -> tuple[tuple[str, ...], ...]:
        """Each: names of which one must be there."""


F = TypeVar("F", bound=KnownFormat)


@dataclass(frozen=True, slots=True)
class Head:
    """The first rows of a table, and what stopped the reading if something did."""

    table: Table
    rows: list[Row]
    stopped: InputError | None


def read_head(table: Table) -> Head:
    """The head of a table; an error in it is kept, because another table of the file may be the right one."""
    rows: list[Row] = []
    try:
        for row in islice(table.open_rows(no_progress), HEAD_ROWS):
            rows.append(row)
    except InputError as error:
        return Head(table, rows, error)
    return Head(table, rows, None)


def missing(known: KnownFormat, places: dict[str, int]) -> list[str]:
    """The required columns that a header with these folded names lacks."""
    return [names[0] for names in known.required if not any(fold(name) in places for name in names)]


def unknown_file(
    path: Path, heads: Sequence[Head], formats: Sequence[KnownFormat], unknown: type[UnknownFormatError],
    lacking: type[UnknownFormatError],
) -> InputError:  # fmt: skip
    """The error that helps most: what stopped the reading, the column that is missing, or the mapping dialog."""
    lines = [(head, row) for head in heads for row in head.rows]
    if not lines:
        stopped = next((head.stopped for head in heads if head.stopped), None)
        return stopped or unknown(file=path.name)
    head, header = max(lines, key=lambda line: sum(1 for cell in line[1][1] if cell.strip()))
    samples = [cells for number, cells in head.rows if number > header[0]][:SAMPLE_ROWS]
    near = _nearest([cells for _head, (_number, cells) in lines], formats)
    if near is None:
        return unknown(header[1], samples, file=path.name)
    known, columns = near
    return lacking(header[1], samples, file=path.name, format=known.label, columns=", ".join(columns))


def _nearest(rows: Sequence[Sequence[str]], formats: Sequence[F]) -> tuple[F, list[str]] | None:
    best: tuple[float, F, list[str]] | None = None
    for cells in rows:
        places = positions(cells)
        for known in formats:
            lacks = missing(known, places)
            share = 1 - len(lacks) / len(known.required)
            if share >= _NEARLY and (best is None or share > best[0]):
                best = (share, known, lacks)
    return None if best is None else best[1:]
