"""Products read and their search words made; those of a large file in a second process."""

from collections.abc import Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, TypeAlias

from app.services.ahead import ahead, worth_a_process
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.files.books import open_products
from app.services.catalog.files.formats import ProductFormat
from app.services.catalog.files.read import ProductSource, read_products
from app.services.catalog.files.sight import Sighting
from app.services.catalog.index import words_of_draft
from app.services.intake.draft import Reject
from app.services.intake.errors import ChangedFileError
from app.services.intake.stamps import Stamp, refuse_changed
from app.services.progress import Progress, silent

BATCH = 1_000
WORTH_A_PROCESS = 1_000_000  # bytes: a workbook is packed

FoundInFile: TypeAlias = tuple[ProductFormat, int, tuple[str, ...], Stamp]


def stream_products(source: ProductSource, progress: Progress = silent) -> Iterator[ProductDraft | Reject]:
    """As `read_products`; a large file keeps a second processor busy."""
    if not worth_a_process(source.stamp[0], WORTH_A_PROCESS):
        yield from read_products(source, progress)
        return
    apart = partial(_read_plain, source.path, source.sighting.table.name, _found(source))
    for made, rejects in ahead(apart, progress):
        yield from map(_product, made)
        yield from (Reject(*values) for values in rejects)


def _found(source: ProductSource) -> FoundInFile:
    """What was found out of the file; the table itself is opened anew where it is read."""
    return source.format, source.header_row, source.sighting.header, source.stamp


def _read_plain(path: Path, name: str, seen: FoundInFile, progress: Progress) -> Iterator[Any]:
    made_of, header_row, header, stamp = seen
    refuse_changed(path, stamp)
    table = next((one for one in open_products(path, measured=True) if one.name == name), None)
    if table is None:
        raise ChangedFileError(file=path.name)
    found = Sighting(made_of, table, header_row, header, len(header))
    read = read_products(ProductSource(made_of, path, table.encoding, header_row, found, stamp), progress)
    while batch := list(islice(read, BATCH)):
        made = [_plain(one) for one in batch if isinstance(one, ProductDraft)]
        rejects = [(one.row, one.reason, one.source_number) for one in batch if isinstance(one, Reject)]
        yield made, rejects


def _plain(one: ProductDraft) -> tuple[Any, ...]:
    articles = [
        (
            v.code, v.name, [(bar.code, bar.multiplier) for bar in v.barcodes], v.pack_of, v.pack_size,
            v.cost, v.price, v.floor, v.shelf, v.stock, v.currency,
        )
        for v in one.variants
    ]  # fmt: skip
    said = (
        one.name, one.brand, one.kind, one.origin, one.degree, one.volume, one.supplier, one.lead, one.texts,
        one.pictures,
    )  # fmt: skip
    return said, articles, (one.currency, one.listed, one.row, words_of_draft(one))


def _product(values: tuple[Any, ...]) -> ProductDraft:
    said, articles, rest = values
    return ProductDraft(*(*said, tuple(map(_article, articles)), *rest, True))  # sound: reading has checked it


def _article(values: tuple[Any, ...]) -> VariantDraft:
    code, name, scanned, *rest = values
    return VariantDraft(code, name, tuple(BarcodeDraft(*bar) for bar in scanned), *rest)
