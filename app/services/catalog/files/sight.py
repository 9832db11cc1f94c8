"""What a product file is: the format whose columns it has, and the one or two rows where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

from app.errors import InputError
from app.services.catalog.files.books import open_products
from app.services.catalog.files.errors import MissingProductColumnError, NoProductsError, UnknownProductsError
from app.services.catalog.files.formats import ProductFormat
from app.services.intake.names import fold, positions
from app.services.intake.tables import Row, Table, no_progress

HEAD_ROWS = 30
SAMPLE_ROWS = 20

_NEARLY = 0.7  # of the required columns: then the missing ones are worth naming


@dataclass(frozen=True, slots=True)
class Sighting:
    """A table that is a known list."""

    format: ProductFormat
    table: Table
    header_row: int  # the lower one of two
    header: tuple[str, ...]
    score: int  # how many columns of the format it has


@dataclass(frozen=True, slots=True)
class _Head:
    """The first rows of a table, and what stopped the reading if something did."""

    table: Table
    rows: list[Row]
    stopped: InputError | None


def sight(path: Path, formats: Sequence[ProductFormat]) -> Sighting:
    """The format, table and header that fit best; raises UnknownProductsError with the columns, NoProductsError."""
    heads = [_read_head(table) for table in open_products(path)]
    # The first of equals counts: a header in one row before the same in two.
    best = max((found for head in heads for found in _sightings(head, formats)), key=lambda it: it.score, default=None)
    if best is None:
        raise _unknown(path, heads, formats)
    stopped = next(head.stopped for head in heads if head.table is best.table)
    if stopped is not None:
        raise stopped
    if not any(n > best.header_row and any(map(str.strip, cells)) for n, cells in best.table.open_rows(no_progress)):
        raise NoProductsError(file=path.name)
    return best


def _read_head(table: Table) -> _Head:
    rows: list[Row] = []
    try:
        for row in islice(table.open_rows(no_progress), HEAD_ROWS):
            rows.append(row)
    except InputError as error:
        return _Head(table, rows, error)
    return _Head(table, rows, None)


def _sightings(head: _Head, formats: Sequence[ProductFormat]) -> Iterator[Sighting]:
    for known in formats:
        names = frozenset(map(fold, known.columns()))
        for number, cells in head.rows:
            yield from _fits(known, names, head.table, number, cells)
        for (_number, upper), (number, lower) in pairwise(head.rows):
            if _spans(upper, lower):
                yield from _fits(known, names, head.table, number, join_headers(upper, lower, names))


def _fits(
    known: ProductFormat, names: frozenset[str], table: Table, number: int, cells: Sequence[str]
) -> Iterator[Sighting]:
    places = positions(cells)
    if len(places) > 1 and not _missing(known, places) and not any(fold(name) in places for name in known.foreign):
        yield Sighting(known, table, number, tuple(cells), len(names & places.keys()))


def _missing(known: ProductFormat, places: dict[str, int]) -> list[str]:
    return [names[0] for names in known.required if not any(fold(name) in places for name in names)]


def _spans(upper: Sequence[str], lower: Sequence[str]) -> bool:
    """Whether merged cells show: what is empty in one of the rows is not in the other."""
    return any(bool(above.strip()) != bool(below.strip()) for above, below in zip(upper, lower, strict=False))


def join_headers(upper: Sequence[str], lower: Sequence[str], names: frozenset[str]) -> list[str]:
    """One header of two rows with merged cells: both names, the lower or the upper one, whichever is among `names`."""
    width = max(len(upper), len(lower))
    above = [cell.strip() for cell in upper] + [""] * (width - len(upper))
    below = [cell.strip() for cell in lower] + [""] * (width - len(lower))
    joined, merged = [], ""
    for own, cell in zip(above, below, strict=True):
        merged = own or (merged if cell else "")
        wanted = next((name for name in (merged + cell, cell, own) if name and fold(name) in names), merged + cell)
        joined.append(wanted)
    return joined


def _unknown(path: Path, heads: Sequence[_Head], formats: Sequence[ProductFormat]) -> InputError:
    """The error that helps most: what stopped the reading, the column that is missing, or the mapping dialog."""
    lines = [(head, row) for head in heads for row in head.rows]
    if not lines:
        stopped = next((head.stopped for head in heads if head.stopped), None)
        return stopped or UnknownProductsError(file=path.name)
    head, header = max(lines, key=lambda line: sum(1 for cell in line[1][1] if cell.strip()))
    samples = [cells for number, cells in head.rows if number > header[0]][:SAMPLE_ROWS]
    near = _nearest([cells for _head, (_number, cells) in lines], formats)
    if near is None:
        return UnknownProductsError(header[1], samples, file=path.name)
    known, columns = near
    return MissingProductColumnError(header[1], samples, file=path.name, format=known.label, columns=", ".join(columns))


def _nearest(rows: Sequence[Sequence[str]], formats: Sequence[ProductFormat]) -> tuple[ProductFormat, list[str]] | None:
    best: tuple[float, ProductFormat, list[str]] | None = None
    for cells in rows:
        places = positions(cells)
        for known in formats:
            missing = _missing(known, places)
            share = 1 - len(missing) / len(known.required)
            if share >= _NEARLY and (best is None or share > best[0]):
                best = (share, known, missing)
    return None if best is None else best[1:]
