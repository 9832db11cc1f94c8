"""Formats of order files: declared in resources/formats/*.toml, one file a report; a new platform is a new file."""

import functools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from app.i18n import language
from app.services.intake import dates
from app.services.intake.declared import names_of, read_declared
from app.services.intake.draft import PersonDraft, PlatformState
from app.services.intake.errors import FormatError, ZoneError
from app.services.intake.values import EMPTY_WORDS

FORMATS_DIR = Path(__file__).resolve().parents[3] / "resources" / "formats"

DATES = ("placed_at", "paid_at")
MONEY = ("payable", "paid", "freight", "discount", "line.price", "line.amount")
PERSON = tuple(f"person.{person_field.name}" for person_field in fields(PersonDraft))
LINE = ("line.sku", "line.title", "line.variant", "line.quantity")
FIELDS = ("source_number", "currency", "shop", "waybill", "carrier", *DATES, *PERSON, *LINE, *MONEY)
DEFAULT_DATES = (
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%Y/%m/%d",
    "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S %z", "%Y-%m-%d %H:%M:%S%z",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """Where a value stands: the first non-empty of `columns`, or their sum less the sum of `less`."""

    columns: tuple[str, ...]
    less: tuple[str, ...] = ()
    summed: bool = False
    absolute: bool = False


@dataclass(frozen=True, slots=True)
class Make:
    """A further column made from others, named `into`; a split makes into.group for each named group."""

    kind: str  # "split" | "join" | "take" | "html"
    columns: tuple[str, ...]
    into: str
    patterns: tuple[re.Pattern[str], ...] = ()
    separator: str = " "
    when: str = ""  # take: the column that decides
    words: tuple[str, ...] = ()  # take: the words on which it is taken

    @property
    def made(self) -> tuple[str, ...]:
        """The names of the columns it makes."""
        if self.kind != "split":
            return (self.into,)
        groups = dict.fromkeys(group for pattern in self.patterns for group in pattern.groupindex)
        return tuple(f"{self.into}.{group}" for group in groups)


@dataclass(frozen=True, slots=True)
class StateRule:
    """What the words of one column say about the order's (or the line's) state."""

    column: str
    words: tuple[tuple[str, PlatformState], ...]  # word, or beginning*


@dataclass(frozen=True, slots=True)
class Explode:
    """One cell that names all goods of an order, parted by `separator`."""

    separator: str
    columns: tuple[str, ...]
    count: str = ""  # a column that tells how many kinds there are


@dataclass(frozen=True, slots=True)
class Format:
    """One report of one platform."""

    name: str  # of its file
    channel: str
    labels: Mapping[str, str]
    fields: Mapping[str, Field]
    required: tuple[tuple[str, ...], ...]  # each: names of which one must be there
    currency: str
    timezone: str
    kind: str = "orders"  # "orders" | "items": goods that are joined to the orders of another file
    rows: str = (
        "order"  # "order": one row an order | "item": one row an item; order columns may be blank after the first
    )
    json: bool = False
    items: str = ""  # name of the format whose file holds the goods
    makes: tuple[Make, ...] = ()
    states: tuple[StateRule, ...] = ()
    line_states: tuple[StateRule, ...] = ()
    dates: tuple[str, ...] = DEFAULT_DATES
    zone_column: str = ""
    zones: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = EMPTY_WORDS
    row_sums: frozenset[str] = frozenset()  # order amounts that each row carries its part of
    once: bool = False  # exact duplicate rows count once
    quoted: bool = True
    explode: Explode | None = None
    repeat: str = ""  # suffix of numbered item columns, as " #{n}"
    totals: tuple[str, ...] = ()  # words that begin a row of sums
    history: bool = False  # orders of the past: no clock runs on them

    @property
    def label(self) -> str:
        """The report's name in the language in use."""
        return self.labels.get(language()) or self.labels.get("en") or self.name

    def columns(self) -> Iterator[str]:
        """Every column of the file that the format knows; made ones are left out."""
        made = {name for make in self.makes for name in make.made}
        for name in dict.fromkeys(self._named()):
            if name and name not in made:
                yield name

    def _named(self) -> Iterator[str]:
        for alternatives in self.required:
            yield from alternatives
        for spec in self.fields.values():
            yield from spec.columns + spec.less
        for make in self.makes:
            yield from (*make.columns, make.when)
        for rule in self.states + self.line_states:
            yield rule.column
        yield self.zone_column
        if self.explode:
            yield from (*self.explode.columns, self.explode.count)


@functools.lru_cache(maxsize=1)
def load_formats() -> tuple[Format, ...]:
    """Every format that the program ships, in the order of their names; raises FormatError."""
    return tuple(format_from(read_declared(path), path.stem) for path in sorted(FORMATS_DIR.glob("*.toml")))


def format_from(data: Mapping[str, Any], name: str) -> Format:
    """The format that `data` (a format file as tables) declares; raises FormatError with what is wrong."""
    try:
        made = _build(dict(data), name)
        _check(made)
    except (KeyError, TypeError, ValueError, AttributeError, re.error, ZoneError) as error:
        raise FormatError(file=name, detail=f"{type(error).__name__}: {error}") from error
    return made


def _build(data: dict[str, Any], name: str) -> Format:
    places: dict[str, Field] = {}
    for table, prefix in (("order", ""), ("person", "person."), ("line", "line.")):
        for key, value in data.pop(table, {}).items():
            places[prefix + key] = _field(value)
    explode = data.pop("explode", None)
    return Format(
        name=name,
        channel=data.pop("channel"),
        labels=data.pop("label"),
        fields=places,
        required=tuple(names_of(entry) for entry in data.pop("required")),
        makes=tuple(_make(entry) for entry in data.pop("make", ())),
        states=tuple(_rule(entry) for entry in data.pop("states", ())),
        line_states=tuple(_rule(entry) for entry in data.pop("line_states", ())),
        explode=None if explode is None else Explode(**{**explode, "columns": tuple(explode["columns"])}),
        dates=(*data.pop("dates", ()), *DEFAULT_DATES),
        empty=frozenset(data.pop("empty", ())) | EMPTY_WORDS,
        row_sums=frozenset(data.pop("row_sums", ())),
        totals=tuple(data.pop("totals", ())),
        **data,
    )


def _field(value: Any) -> Field:
    if not isinstance(value, dict):
        return Field(names_of(value))
    summed = "sum" in value
    columns = names_of(value["sum"] if summed else value["columns"])
    return Field(columns, names_of(value.get("less", [])), summed, bool(value.get("absolute", False)))


def _make(entry: dict[str, Any]) -> Make:
    kind = next((kind for kind in ("split", "join", "take", "html") if kind in entry), "")
    return Make(
        kind,
        names_of(entry[kind]),
        entry["into"],
        tuple(re.compile(pattern) for pattern in entry.get("patterns", ())),
        entry.get("with", " "),
        entry.get("when", ""),
        tuple(entry.get("is", ())),
    )


def _rule(entry: dict[str, Any]) -> StateRule:
    meanings = {state: words for state, words in entry.items() if state != "column"}
    pairs = ((word, PlatformState(state)) for state, words in meanings.items() for word in words)
    return StateRule(entry["column"], tuple(pairs))


def _check(made: Format) -> None:
    unknown = set(made.fields) - set(FIELDS)
    if unknown:
        raise ValueError(f"unknown fields {sorted(unknown)}")
    if "source_number" not in made.fields:
        raise ValueError("no source_number")
    if any(name.startswith("line.") for name in made.fields) and "line.quantity" not in made.fields:
        raise ValueError("lines without line.quantity")
    if made.kind not in ("orders", "items") or made.rows not in ("order", "item"):
        raise ValueError(f"kind {made.kind!r}, rows {made.rows!r}")
    if not made.row_sums <= set(MONEY):
        raise ValueError(f"row_sums {sorted(made.row_sums)}")
    dates.date_reader(made.dates, made.timezone)
    for name in made.zones.values():
        dates.zone(name)
