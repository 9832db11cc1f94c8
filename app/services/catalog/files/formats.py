"""Formats of product files: declared in resources/product-formats/*.toml, one file a format; new ones are new files."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.i18n import language
from app.services.intake.declared import names_of, read_declared
from app.services.intake.errors import FormatError
from app.services.intake.values import EMPTY_WORDS

FORMATS_DIR = Path(__file__).resolve().parents[4] / "resources" / "product-formats"

CODES = ("code", "barcode", "case_barcode", "pack_of", "parent", "product")  # numbers that stay text
MONEY = ("cost", "price", "floor")
WHOLE = ("stock", "pack_size", "case_size")
TEXTS = ("name", "variant", "brand", "kind", "origin", "supplier", "shelf", "text")
FIELDS = (*TEXTS, *CODES, *MONEY, *WHOLE, "degree", "volume", "listed", "lead", "type", "currency")
ROWS = ("row", "product", "parent")

_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Place:
    """The columns that a field stands in: the first one that is not empty, or all of them joined."""

    columns: tuple[str, ...]
    joined: str | None = None  # what stands between them
    until: str = ""  # the cell counts up to here


@dataclass(frozen=True, slots=True)
class ProductFormat:
    """One list of products as one program writes it."""

    name: str  # of its file
    labels: Mapping[str, str]
    fields: Mapping[str, Place]
    required: tuple[tuple[str, ...], ...]  # each: names of which one must be there
    currency: str
    channel: str = ""  # whose customers the text is for; "" is every channel
    rows: str = "row"  # "row": a row a product | "product": rows with the same `product` | "parent": rows name a parent
    types: Mapping[str, str] = field(default_factory=dict)  # word of the column `type` → "single", "parent", "child"
    empty: frozenset[str] = EMPTY_WORDS
    totals: tuple[str, ...] = ()  # words that begin a row of sums
    foreign: tuple[str, ...] = ()  # columns of lists that are no products, as of orders
    own: bool = False  # what 掌柜 wrote: an empty cell says that there is nothing, so nothing is guessed from the name

    @property
    def label(self) -> str:
        """The format's name in the language in use."""
        return self.labels.get(language()) or self.labels.get("en") or self.name

    def columns(self) -> Iterator[str]:
        """Every column that the format knows."""
        for place in self.fields.values():
            yield from place.columns


@functools.lru_cache(maxsize=1)
def load_formats() -> tuple[ProductFormat, ...]:
    """Every format that the program ships, in the order of their names; raises FormatError."""
    return tuple(format_from(read_declared(path), path.stem) for path in sorted(FORMATS_DIR.glob("*.toml")))


def format_from(data: Mapping[str, Any], name: str) -> ProductFormat:
    """The format that `data` (a format file as tables) declares; raises FormatError with what is wrong."""
    try:
        made = _build(dict(data), name)
        _check(made)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise FormatError(file=name, detail=f"{type(error).__name__}: {error}") from error
    return made


def _build(data: dict[str, Any], name: str) -> ProductFormat:
    fields = {key: _place(value) for key, value in data.pop("fields").items()}
    types = {word: kind for kind, words in data.pop("types", {}).items() for word in words}
    return ProductFormat(
        name=name,
        labels=data.pop("label"),
        fields=fields,
        required=tuple(_required(entry, fields) for entry in data.pop("required")),
        types=types,
        empty=frozenset(data.pop("empty", ())) | EMPTY_WORDS,
        totals=tuple(data.pop("totals", ())),
        foreign=tuple(data.pop("foreign", ())),
        **data,
    )


def _required(entry: object, fields: Mapping[str, Place]) -> tuple[str, ...]:
    """Names of columns, or "@field" for all columns of a field."""
    names: list[str] = []
    for name in names_of(entry):
        names += fields[name[1:]].columns if name.startswith("@") else (name,)
    return tuple(names)


def _place(value: Any) -> Place:
    if not isinstance(value, dict):
        return Place(names_of(value))
    if "join" in value:
        return Place(names_of(value["join"]), str(value["with"]))
    return Place(names_of(value["columns"]), until=str(value["until"]))


def _check(made: ProductFormat) -> None:
    unknown = set(made.fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    if not {"code", "barcode"} & set(made.fields) or "name" not in made.fields:
        raise ValueError("no name, or neither code nor barcode")
    if made.rows not in ROWS or (made.rows != "row" and made.rows not in made.fields):
        raise ValueError(f"rows {made.rows!r}")
    if made.rows == "parent" and "type" not in made.fields:
        raise ValueError("no type")
    if not _CURRENCY.fullmatch(made.currency):
        raise ValueError(f"currency {made.currency!r}")
