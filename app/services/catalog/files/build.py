"""Cells become drafts: an article of each row, a product of its rows."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from app.services.catalog.check import LONGEST_NAME, LONGEST_TEXT
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.files.errors import (
    CodeMissingError,
    NameMissingError,
    PackSizeError,
    TextTooLongError,
)
from app.services.catalog.files.plan import Cells, Entry, Plan
from app.services.catalog.files.values import (
    read_barcodes,
    read_case_codes,
    read_code,
    read_currency,
    read_size,
    read_stock,
)
from app.services.catalog.gtin import same_item
from app.services.catalog.naming import read_brand, read_degree, read_pieces, read_volume
from app.services.intake.errors import RowError
from app.services.intake.values import read_quantity

_CASE_DIGITS = 14

V = TypeVar("V")


def build_article(plan: Plan, entry: Entry) -> VariantDraft:
    """The article that a row tells of; raises a RowError."""
    if entry.error:
        raise entry.error
    cells = entry.cells
    barcodes = _barcodes(plan, cells)
    pack_of = _read(plan, cells, "pack_of", read_code) or ""
    currency = _read(plan, cells, "currency", read_currency) or ""
    money = plan.money[currency or plan.format.currency].__getitem__
    return VariantDraft(
        code=_code(plan, cells, barcodes),
        name=_text(plan, cells, "variant"),
        barcodes=barcodes,
        pack_of=pack_of,
        pack_size=_pack_size(plan, cells, pack_of) if pack_of else 1,
        cost=_read(plan, cells, "cost", money),
        price=_read(plan, cells, "price", money),
        floor=_read(plan, cells, "floor", money),
        shelf=_text(plan, cells, "shelf"),
        stock=_read(plan, cells, "stock", read_quantity if plan.format.own else read_stock),
        currency=currency,
    )


def build_product(plan: Plan, head: Entry, articles: Sequence[VariantDraft]) -> ProductDraft:
    """The product that `head` tells of, with its articles; raises a RowError."""
    if head.error:
        raise head.error
    cells = head.cells
    name = _text(plan, cells, "name")
    if not name:
        raise NameMissingError
    brand = _text(plan, cells, "brand")
    degree = plan.degrees[cells["degree"]] if "degree" in cells else None
    volume = plan.volumes[cells["volume"]] if "volume" in cells else None
    if not plan.format.own:
        brand = brand or read_brand(name)
    if not plan.format.own and (degree is None or volume is None):
        said = " ".join(dict.fromkeys((name, *(one.name for one in articles))))
        degree = read_degree(said) if degree is None else degree
        volume = read_volume(said) if volume is None else volume
    text = _text(plan, cells, "text", LONGEST_TEXT)
    return ProductDraft(
        name=name,
        brand=brand,
        kind=_text(plan, cells, "kind"),
        origin=_text(plan, cells, "origin"),
        degree=degree,
        volume=volume,
        supplier=_text(plan, cells, "supplier"),
        lead=bool(plan.yes[cells.get("lead", "")]),
        texts={plan.format.channel: text} if text else {},
        variants=tuple(articles),
        currency=plan.format.currency,
        listed=bool(plan.yes[cells.get("listed", "")]),
        row=head.row,
    )


def _read(plan: Plan, cells: Cells, field: str, reader: Callable[[str], V]) -> V | None:
    """The value of a field, None where there is none; a RowError tells the column."""
    text = cells.get(field)
    if text is None:
        return None
    try:
        return reader(text)
    except RowError as error:
        error.params.setdefault("column", plan.names[field])
        raise


def _text(plan: Plan, cells: Cells, field: str, longest: int = LONGEST_NAME) -> str:
    text = cells.get(field, "")
    if len(text) > longest:
        raise TextTooLongError(column=plan.names[field], limit=longest)
    return text


def _code(plan: Plan, cells: Cells, barcodes: Sequence[BarcodeDraft]) -> str:
    """The shop's code; where the file has no column for it, the first barcode."""
    code = _read(plan, cells, "code", read_code) or ""
    if not code and "code" not in plan.names and barcodes:
        code = barcodes[0].code
    if not code:
        raise CodeMissingError
    return code


def _barcodes(plan: Plan, cells: Cells) -> tuple[BarcodeDraft, ...]:
    single, case = cells.get("barcode", ""), cells.get("case_barcode", "")
    if len(single) < _CASE_DIGITS and not case:
        return _read(plan, cells, "barcode", read_barcodes) or ()
    size = _read(plan, cells, "case_size", read_size)
    found = _read(plan, cells, "barcode", lambda text: read_barcodes(text, size)) or ()
    cases = _read(plan, cells, "case_barcode", lambda text: read_case_codes(text, size)) or ()
    known = {same_item(one.code) for one in found}
    return found + tuple(one for one in cases if same_item(one.code) not in known)


def _pack_size(plan: Plan, cells: Cells, base: str) -> int:
    size = _read(plan, cells, "pack_size", read_size)
    if size is None:
        size = read_pieces(f"{cells.get('name', '')} {cells.get('variant', '')}")
    if size is None or size < 2:
        raise PackSizeError(base=base)
    return size
