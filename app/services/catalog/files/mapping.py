"""A saved column mapping: says of an unknown product file which column is which, and becomes a format."""

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.i18n import _
from app.services.catalog.files.errors import ProductMappingError
from app.services.catalog.files.formats import FIELDS, MONEY, WHOLE, ProductFormat, format_from
from app.services.catalog.files.synonyms import synonyms
from app.services.catalog.files.values import degree_of, read_barcodes, read_code, read_money, read_size, read_stock
from app.services.intake.errors import RowError
from app.services.intake.mapped import candidates, load_saved, samples_of, save, text_of, texts_of

UNMAPPED = frozenset({"type", "parent", "currency"})  # what only a program's own export has

_OWN = frozenset({"code", "barcode", "case_barcode"})  # no two products have the same
_JOINED = frozenset({"barcode", "case_barcode"})
_CURRENCY = re.compile(r"[A-Z]{3}")
_ENOUGH = 0.8  # of the sample cells must read as what a column is taken for


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what; keys of `columns` are fields of a draft, "product" where several rows are one."""

    name: str
    columns: Map[str, tuple[str, ...]]  # field → columns of which the first non-empty counts
    currency: str = "CNY"
    channel: str = ""  # whose customers the text is for; "" is every channel


def check_mapping(mapping: Mapping) -> None:
    """Raise ProductMappingError with a sentence for the first thing that cannot work."""
    problem = next(_problems(mapping), None)
    if problem is not None:
        raise ProductMappingError(name=mapping.name, detail=problem)


def _problems(mapping: Mapping) -> Iterator[str]:
    if not mapping.name.strip():
        yield _("it has no name.")
    if not _CURRENCY.fullmatch(mapping.currency):
        yield _("“{currency}” is no currency code.").format(currency=mapping.currency)
    for field, columns in mapping.columns.items():
        if field not in FIELDS or field in UNMAPPED:
            yield _("“{field}” is no field of a product.").format(field=field)
        if not columns or not all(column.strip() for column in columns):
            yield _("“{field}” names no column.").format(field=field)
    if "name" not in mapping.columns:
        yield _("no column holds the product's name.")
    if not {"code", "barcode"} & set(mapping.columns):
        yield _("no column holds the code or the barcode.")


def format_of(mapping: Mapping) -> ProductFormat:
    """The mapping as a format; every mapped column is required. Raises ProductMappingError."""
    check_mapping(mapping)
    fields: dict[str, Any] = {
        field: {"join": list(columns), "with": ";"} if field in _JOINED else list(columns)
        for field, columns in mapping.columns.items()
    }
    data = {
        "label": {"en": mapping.name, "zh_CN": mapping.name},
        "fields": fields,
        "required": [list(columns) for columns in mapping.columns.values()],
        "currency": mapping.currency,
        "channel": mapping.channel,
        "rows": "product" if "product" in mapping.columns else "row",
        "totals": ["合计", "总计", "小计"],
    }
    return format_from(data, mapping.name)


def load_mapping(path: Path) -> Mapping:
    """A saved mapping; raises ProductMappingError with what is wrong with it, FileUnreadableError."""
    mapping = load_saved(path, _from_json, ProductMappingError)
    check_mapping(mapping)
    return mapping


def save_mapping(path: Path, mapping: Mapping) -> None:
    """Write the mapping as JSON that a person can read and change."""
    check_mapping(mapping)
    data = {
        "name": mapping.name,
        "currency": mapping.currency,
        "channel": mapping.channel,
        "columns": {field: list(columns) for field, columns in mapping.columns.items()},
    }
    save(path, data)


def _from_json(data: Any) -> Mapping:
    return Mapping(
        name=text_of(data["name"]),
        columns={field: texts_of(columns) for field, columns in data["columns"].items()},
        currency=text_of(data.get("currency", "CNY")),
        channel=text_of(data.get("channel", "")),
    )


def suggest_mapping(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str = "") -> Mapping:
    """A guess for a person to look over: only columns whose sample cells read as what they are taken for."""
    samples = samples_of(headers, rows)
    columns: dict[str, tuple[str, ...]] = {}
    taken: set[str] = set()
    for _score, field, header in sorted(candidates(samples, synonyms()), key=lambda found: -found[0]):
        if field not in columns and header not in taken and _readable(field, samples[header]):
            columns[field] = (header,)
            taken.add(header)
    return Mapping(name, {field: columns[field] for field in FIELDS if field in columns})


def _readable(field: str, texts: Sequence[str]) -> bool:
    fitting = sum(_reads(field, text) for text in (set(texts) if field in _OWN else texts))
    return fitting >= _ENOUGH * len(texts)


def _reads(field: str, text: str) -> bool:
    try:
        if field in MONEY:
            read_money(text, "CNY")
        elif field == "stock":
            read_stock(text)
        elif field in WHOLE:
            read_size(text)
        elif field in ("code", "product"):
            read_code(text)
        elif field == "barcode":
            return any(one.code.isdigit() for one in read_barcodes(text))
    except RowError:
        return False
    return field != "degree" or degree_of(text) is not None
