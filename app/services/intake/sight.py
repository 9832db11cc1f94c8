"""What a file is: the format whose columns it has, and the row where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.errors import InputError
from app.services.intake.errors import MissingColumnError, NoRowsError, UnknownFormatError
from app.services.intake.files import open_tables
from app.services.intake.formats import Format
from app.services.intake.names import fold, positions
from app.services.intake.tables import Progress, Row, Table, no_progress

HEAD_ROWS = 30
SAMPLE_ROWS = 20

_NEARLY = 0.7  # of the required columns: then the missing ones are worth naming


@dataclass(frozen=True, slots=True)
class Sighting:
    """A table that is a known report."""

    format: Format
    table: Table
    header_row: int
    header: tuple[str, ...]
    score: int  # how many of the format's columns it has

    def rows(self, progress: Progress) -> Iterator[Row]:
        """A new pass over all rows of the table, as the format wants them cut."""
        if self.table.unquoted is not None and not self.format.quoted:
            return self.table.unquoted(progress)
        return self.table.open_rows(progress)


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows of a table, and what stopped the reading if something did."""

    table: Table
    rows: list[Row]
    stopped: InputError | None


def sight(path: Path, formats: Sequence[Format]) -> Sighting:
    """The format, table and header row that fit best; raises UnknownFormatError, MissingColumnError, NoRowsError."""
    tables = open_tables(path, [list(known.columns()) for known in formats if known.json])
    heads = [_read_head(table) for table in tables]
    found = [sighting for head in heads for sighting in _sightings(head, formats)]
    if not found:
        raise _unknown(path, heads, formats)
    best = max(found, key=lambda sighting: sighting.score)
    head = next(head for head in heads if head.table is best.table)
    if head.stopped is not None:
        raise head.stopped
    if not _has_rows(best, head):
        raise NoRowsError(file=path.name)
    return best


def _read_head(table: Table) -> _Head:
    rows: list[Row] = []
    try:
        for row in islice(table.open_rows(no_progress), HEAD_ROWS):
            rows.append(row)
    except InputError as error:
        return _Head(table, rows, error)
    return _Head(table, rows, None)


def _sightings(head: _Head, formats: Sequence[Format]) -> list[Sighting]:
    found = []
    for number, cells in head.rows:
        places = positions(cells)
        if len(places) > 1:
            for known in formats:
                if not _missing(known, places):
                    score = sum(fold(name) in places for name in known.columns())
                    found.append(Sighting(known, head.table, number, tuple(cells), score))
    return found


def _missing(known: Format, places: dict[str, int]) -> list[str]:
    return [names[0] for names in known.required if not any(fold(name) in places for name in names)]


def _has_rows(best: Sighting, head: _Head) -> bool:
    if any(number > best.header_row and any(map(str.strip, cells)) for number, cells in head.rows):
        return True
    if len(head.rows) < HEAD_ROWS:
        return False
    later = islice(best.table.open_rows(no_progress), HEAD_ROWS, None)
    return any(any(map(str.strip, cells)) for _number, cells in later)


def _unknown(path: Path, heads: Sequence[_Head], formats: Sequence[Format]) -> InputError:
    """The error that helps most: what stopped the reading, the column that is missing, or the mapping dialog."""
    lines = [(head, row) for head in heads for row in head.rows]
    if not lines:
        stopped = next((head.stopped for head in heads if head.stopped), None)
        return stopped or UnknownFormatError(file=path.name)
    head, header = max(lines, key=lambda line: sum(1 for cell in line[1][1] if cell.strip()))
    samples = [cells for number, cells in head.rows if number > header[0]][:SAMPLE_ROWS]
    near = _nearest([cells for head in heads for _number, cells in head.rows], formats)
    if near is None:
        return UnknownFormatError(header[1], samples, file=path.name)
    known, columns = near
    return MissingColumnError(header[1], samples, file=path.name, format=known.label, columns=", ".join(columns))


def _nearest(rows: Sequence[Sequence[str]], formats: Sequence[Format]) -> tuple[Format, list[str]] | None:
    best: tuple[float, Format, list[str]] | None = None
    for cells in rows:
        places = positions(cells)
        for known in formats:
            missing = _missing(known, places)
            share = 1 - len(missing) / len(known.required)
            if share >= _NEARLY and (best is None or share > best[0]):
                best = (share, known, missing)
    return None if best is None else best[1:]
