"""A saved column mapping: says of an unknown file which column is which, and becomes a format like any other."""

import functools
import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.i18n import _
from app.services.intake import dates
from app.services.intake.draft import PlatformState
from app.services.intake.errors import MappingError, RowError, ZoneError
from app.services.intake.formats import DATES, DEFAULT_DATES, FIELDS, MONEY, Format, format_from
from app.services.intake.mapped import candidates, load_saved, samples_of, save, text_of, texts_of
from app.services.intake.names import fold
from app.services.intake.synonyms import SYNONYMS
from app.services.intake.values import read_amount, read_quantity

STATE = "state"  # the column whose words `state_words` explains

_MORE_DATES = ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M", "%m/%d/%Y")

_CHANNEL = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
_CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column holds what; keys of `columns` are the fields of a draft, "person.name", "line.title", or "state"."""

    name: str
    channel: str
    columns: Map[str, tuple[str, ...]]  # field → columns of which the first non-empty counts
    currency: str = "CNY"
    timezone: str = "Asia/Shanghai"
    state_words: Map[str, tuple[str, ...]] = field(default_factory=dict)  # PlatformState → words or prefix*
    dates: tuple[str, ...] = ()  # patterns besides the usual ones, as "%d/%m/%Y %H:%M"
    history: bool = False  # orders of the past: no clock runs on them


def check_mapping(mapping: Mapping) -> None:
    """Raise MappingError with a sentence for the first thing that cannot work."""
    problem = next(_problems(mapping), None)
    if problem is not None:
        raise MappingError(name=mapping.name, detail=problem)


def _problems(mapping: Mapping) -> Iterator[str]:
    yield from _name_problems(mapping)
    yield from _column_problems(mapping.columns)
    if mapping.state_words and STATE not in mapping.columns:
        yield _("words for the state are given, but no column holds the state.")
    for state in mapping.state_words:
        if state not in set(PlatformState):
            yield _("“{state}” is no state of an order.").format(state=state)
    yield from _time_problems(mapping)


def _name_problems(mapping: Mapping) -> Iterator[str]:
    if not mapping.name.strip():
        yield _("it has no name.")
    if not _CHANNEL.fullmatch(mapping.channel):
        yield _("the channel “{channel}” must be small letters and digits.").format(channel=mapping.channel)
    if not _CURRENCY.fullmatch(mapping.currency):
        yield _("“{currency}” is no currency code.").format(currency=mapping.currency)


def _column_problems(columns: Map[str, tuple[str, ...]]) -> Iterator[str]:
    for name in columns:
        if name not in FIELDS and name != STATE:
            yield _("“{field}” is no field of an order.").format(field=name)
        if not columns[name] or not all(column.strip() for column in columns[name]):
            yield _("“{field}” names no column.").format(field=name)
    if "source_number" not in columns:
        yield _("no column holds the order number.")
    if any(name.startswith("line.") for name in columns) and "line.quantity" not in columns:
        yield _("there are goods, but no column holds the quantity.")


def _time_problems(mapping: Mapping) -> Iterator[str]:
    try:
        dates.zone(mapping.timezone)
    except ZoneError as error:
        yield str(error)
    for pattern in mapping.dates:
        try:
            dates.compile_pattern(pattern)
        except ValueError as error:
            yield _("the date pattern “{pattern}” has an unknown part {part}.").format(pattern=pattern, part=error)


def format_of(mapping: Mapping) -> Format:
    """The mapping as a format; every mapped column is required. Raises MappingError."""
    check_mapping(mapping)
    tables: dict[str, dict[str, Any]] = {"order": {}, "person": {}, "line": {}}
    for name, columns in mapping.columns.items():
        table, dot, key = name.rpartition(".")
        if name != STATE:
            tables[table if dot else "order"][key] = list(columns)
    data: dict[str, Any] = {
        **tables,
        "channel": mapping.channel,
        "label": {"en": mapping.name, "zh_CN": mapping.name},
        "required": [list(columns) for columns in mapping.columns.values()],
        "currency": mapping.currency,
        "timezone": mapping.timezone,
        "dates": list(mapping.dates),
        "rows": "item" if tables["line"] else "order",
        "once": not tables["line"],
        "json": True,
        "history": mapping.history,
    }
    if mapping.state_words:
        words = {state: list(words) for state, words in mapping.state_words.items()}
        data["states"] = [{"column": column, **words} for column in mapping.columns[STATE]]
    return format_from(data, mapping.name)


def load_mapping(path: Path) -> Mapping:
    """A saved mapping; raises MappingError with what is wrong with it, FileUnreadableError."""
    mapping = load_saved(path, _from_json, MappingError)
    check_mapping(mapping)
    return mapping


def save_mapping(path: Path, mapping: Mapping) -> None:
    """Write the mapping as JSON that a person can read and change."""
    check_mapping(mapping)
    data = {
        "name": mapping.name,
        "channel": mapping.channel,
        "currency": mapping.currency,
        "timezone": mapping.timezone,
        "history": mapping.history,
        "columns": {name: _short(columns) for name, columns in mapping.columns.items()},
        "state_words": {state: list(words) for state, words in mapping.state_words.items()},
        "dates": list(mapping.dates),
    }
    save(path, data)


def _short(columns: tuple[str, ...]) -> str | list[str]:
    return columns[0] if len(columns) == 1 else list(columns)


def _from_json(data: Any) -> Mapping:
    return Mapping(
        name=text_of(data["name"]),
        channel=text_of(data["channel"]),
        columns={name: texts_of(columns) for name, columns in data["columns"].items()},
        currency=text_of(data.get("currency", "CNY")),
        timezone=text_of(data.get("timezone", "Asia/Shanghai")),
        state_words={state: texts_of(words) for state, words in data.get("state_words", {}).items()},
        dates=texts_of(data.get("dates", [])),
        history=data.get("history", False) is True,
    )


def suggest_mapping(headers: Sequence[str], rows: Sequence[Sequence[str]], name: str = "") -> Mapping:
    """A guess for a person to look over: only columns whose sample cells can be read as what they are taken for."""
    samples = samples_of(headers, rows)
    columns: dict[str, tuple[str, ...]] = {}
    patterns: dict[str, None] = {}
    taken: set[str] = set()
    for _score, place, header in sorted(candidates(samples, _synonyms()), key=lambda found: -found[0]):
        if place in columns or header in taken:
            continue
        pattern = _date_pattern(samples[header]) if place in DATES else ""
        if pattern is not None and _readable(place, samples[header]):
            columns[place] = (header,)
            taken.add(header)
            if pattern and pattern not in DEFAULT_DATES:
                patterns[pattern] = None
    if "line.quantity" not in columns:
        columns = {place: names for place, names in columns.items() if not place.startswith("line.")}
    in_order = {place: columns[place] for place in SYNONYMS if place in columns}
    return Mapping(name, "other", in_order, dates=tuple(patterns))


@functools.lru_cache(maxsize=1)
def _synonyms() -> Map[str, tuple[str, ...]]:
    return {place: tuple(map(fold, words.split("|"))) for place, words in SYNONYMS.items()}


def _date_pattern(texts: Sequence[str]) -> str | None:
    """The pattern that reads all samples; None where none does, or where day and month cannot be told apart."""
    found = [pattern for pattern in (*DEFAULT_DATES, *_MORE_DATES) if _all_dates(texts, pattern)]
    if not found or (found[0] in _MORE_DATES and len(found) > 1):
        return None
    return found[0]


def _all_dates(texts: Sequence[str], pattern: str) -> bool:
    read = dates.date_reader([pattern], "UTC")
    try:
        return all(read(text) is not None for text in texts)
    except RowError:
        return False


def _readable(place: str, texts: Sequence[str]) -> bool:
    try:
        for text in texts:
            if place == "line.quantity":
                read_quantity(text)
            elif place in MONEY:
                read_amount(text)
    except RowError:
        return False
    return True
