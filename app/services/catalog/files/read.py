"""Reading product files: `detect_products` says what a file is, `read_products` streams its products as drafts."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from app.errors import system_reason
from app.services.catalog.draft import ProductDraft
from app.services.catalog.files.formats import ProductFormat, load_formats
from app.services.catalog.files.grouping import products_of
from app.services.catalog.files.mapping import Mapping, format_of
from app.services.catalog.files.plan import Entry, Plan, compile_plan
from app.services.catalog.files.sight import Sighting, sight
from app.services.intake.draft import Reject
from app.services.intake.errors import FileUnreadableError
from app.services.intake.stamps import Stamp, refuse_changed, stamp_of
from app.services.intake.tables import Progress, no_progress


@dataclass(frozen=True, slots=True)
class ProductSource:
    """A file that was recognised as a list of products."""

    format: ProductFormat
    path: Path
    encoding: str
    header_row: int
    sighting: Sighting
    stamp: Stamp


def detect_products(path: Path, mapping: Mapping | None = None) -> ProductSource:
    """What a product file is; raises an InputError, UnknownProductsError with the columns for a mapping."""
    formats = load_formats() if mapping is None else (format_of(mapping),)
    stamp = stamp_of(path)
    found = sight(path, formats)
    return ProductSource(found.format, path, found.table.encoding, found.header_row, found, stamp)


def read_products(source: ProductSource, progress: Progress | None = None) -> Iterator[ProductDraft | Reject]:
    """Stream the products; `progress` hears 0…1 and may raise to stop. Raises an InputError where the file breaks."""
    tell = progress or no_progress
    refuse_changed(source.path, source.stamp)
    plan = compile_plan(source.format, source.sighting.header)
    try:
        yield from products_of(plan, _entries(source, plan, tell))
    except OSError as error:
        raise FileUnreadableError(file=source.path.name, detail=system_reason(error)) from error
    refuse_changed(source.path, source.stamp)
    tell(1.0)


def _entries(source: ProductSource, plan: Plan, tell: Progress) -> Iterator[Entry]:
    """Each row below the header as cells; blank rows, rows of sums and the header once more are left out."""
    header = [cell.strip() for cell in source.sighting.header]
    for number, row in source.sighting.table.open_rows(tell):
        if number <= source.header_row:
            continue
        first = next(filter(None, map(str.strip, row)), "")
        if not first or (first in header and [cell.strip() for cell in row] == header):
            continue
        entry = plan.entry(number, row)
        if not (first.startswith(plan.format.totals) and entry.cells.get("name", first).startswith(plan.format.totals)):
            yield entry
