"""What a file is: the format whose columns it has, and the row where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from app.services.intake.errors import MissingColumnError, NoRowsError, UnknownFormatError
from app.services.intake.files import open_tables
from app.services.intake.formats import Format
from app.services.intake.heads import HEAD_ROWS, Head, missing, read_head, unknown_file
from app.services.intake.names import fold, positions
from app.services.intake.tables import Progress, Row, Table, no_progress


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


def sight(path: Path, formats: Sequence[Format]) -> Sighting:
    """The format, table and header row that fit best; raises UnknownFormatError, MissingColumnError, NoRowsError."""
    tables = open_tables(path, [list(known.columns()) for known in formats if known.json])
    heads = [read_head(table) for table in tables]
    found = [sighting for head in heads for sighting in _sightings(head, formats)]
    if not found:
        raise unknown_file(path, heads, formats, UnknownFormatError, MissingColumnError)
    best = max(found, key=lambda sighting: sighting.score)
    head = next(head for head in heads if head.table is best.table)
    if head.stopped is not None:
        raise head.stopped
    if not _has_rows(best, head):
        raise NoRowsError(file=path.name)
    return best


def _sightings(head: Head, formats: Sequence[Format]) -> list[Sighting]:
    found = []
    for number, cells in head.rows:
        places = positions(cells)
        if len(places) > 1:
            for known in formats:
                if not missing(known, places):
                    score = sum(fold(name) in places for name in known.columns())
                    found.append(Sighting(known, head.table, number, tuple(cells), score))
    return found


def _has_rows(best: Sighting, head: Head) -> bool:
    if any(number > best.header_row and any(map(str.strip, cells)) for number, cells in head.rows):
        return True
    if len(head.rows) < HEAD_ROWS:
        return False
    later = islice(best.table.open_rows(no_progress), HEAD_ROWS, None)
    return any(any(map(str.strip, cells)) for _number, cells in later)
