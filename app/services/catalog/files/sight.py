"""What a product file is: the format whose columns it has, and the one or two rows where they stand."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from app.services.catalog.files.books import open_products
from app.services.catalog.files.errors import MissingProductColumnError, NoProductsError, UnknownProductsError
from app.services.catalog.files.formats import ProductFormat
from app.services.intake.heads import Head, missing, read_head, unknown_file
from app.services.intake.names import fold, positions
from app.services.intake.tables import Table, no_progress


@dataclass(frozen=True, slots=True)
class Sighting:
    """A table that is a known list."""

    format: ProductFormat
    table: Table
    header_row: int  # the lower one of two
    header: tuple[str, ...]
    score: int  # how many columns of the format it has


def sight(path: Path, formats: Sequence[ProductFormat]) -> Sighting:
    """The format, table and header that fit best; raises UnknownProductsError with the columns, NoProductsError."""
    heads = [read_head(table) for table in open_products(path)]
    # The first of equals counts: a header in one row before the same in two.
    best = max((found for head in heads for found in _sightings(head, formats)), key=lambda it: it.score, default=None)
    if best is None:
        raise unknown_file(path, heads, formats, UnknownProductsError, MissingProductColumnError)
    stopped = next(head.stopped for head in heads if head.table is best.table)
    if stopped is not None:
        raise stopped
    if not any(n > best.header_row and any(map(str.strip, cells)) for n, cells in best.table.open_rows(no_progress)):
        raise NoProductsError(file=path.name)
    return best


def _sightings(head: Head, formats: Sequence[ProductFormat]) -> Iterator[Sighting]:
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
    if len(places) > 1 and not missing(known, places) and not any(fold(name) in places for name in known.foreign):
        yield Sighting(known, table, number, tuple(cells), len(names & places.keys()))


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
