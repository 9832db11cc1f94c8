"""JSON exports of REST interfaces: each order becomes rows of text cells under dotted paths, one row a line item.

A path names a value ("shipping_address.zip"), an element ("fulfillments[0].tracking_number"), the sum of all elements
("shipping_lines[+].price") or each element in a row of its own ("line_items[].sku").
"""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from app.services.intake.errors import BrokenFileError, EmptyFileError, EncodingError, OversizedFileError
from app.services.intake.tables import Progress, Row, Table

MAX_BYTES = 64 << 20
ENVELOPES = ("orders", "order", "data")

_MAX_LEAVES = 300
_MAX_DEPTH = 6


def document_tables(path: Path, columns: Sequence[Sequence[str]]) -> list[Table]:
    """One table for each list of column paths; the last one shows every path of the first order."""
    orders = _orders(path)
    table_columns = [_present(wanted, orders[:20]) for wanted in columns]
    return [Table(path, "JSON", partial(_rows, orders, names)) for names in (*table_columns, leaves(orders[0]))]


def _orders(path: Path) -> list[Any]:
    if path.stat().st_size > MAX_BYTES:
        raise OversizedFileError(file=path.name)
    try:
        found = json.loads(path.read_bytes().decode("utf-8-sig"), parse_float=str, parse_int=str, parse_constant=str)
    except UnicodeDecodeError as error:
        raise EncodingError(file=path.name) from error
    except (ValueError, RecursionError) as error:
        raise BrokenFileError(file=path.name, detail=error) from error
    for name in ENVELOPES:
        if isinstance(found, dict) and isinstance(found.get(name), dict | list):
            found = found[name]
            break
    orders = found if isinstance(found, list) else [found]
    if not orders:
        raise EmptyFileError(file=path.name)
    return orders


def _present(columns: Sequence[str], orders: Sequence[Any]) -> list[str]:
    return [name for name in columns if any(_has(order, name) for order in orders)]


def _has(order: Any, path: str) -> bool:
    value = order
    for name, index in _steps(path):
        if not isinstance(value, dict) or name not in value:
            return False
        value = value[name]
        if index is not None:
            if not isinstance(value, list) or not value:
                return False
            value = value[0]
    return True


def _rows(orders: Sequence[Any], columns: Sequence[str], progress: Progress) -> Iterator[Row]:
    yield 0, list(columns)
    each = next((name.partition("[]")[0] for name in columns if "[]" in name), None)
    steps = [_steps(name) for name in columns]
    for number, order in enumerate(orders, 1):
        if not number % 128:
            progress(number / len(orders))
        items = _value(order, _steps(each)) if each else None
        for index in range(max(len(items), 1) if isinstance(items, list) else 1):
            yield number, [text_of(_value(order, path, index)) for path in steps]


def _steps(path: str) -> list[tuple[str, str | None]]:
    parted = (part.partition("[") for part in path.split("."))
    return [(name, rest[:-1] if bracket else None) for name, bracket, rest in parted]


def _value(value: Any, steps: Sequence[tuple[str, str | None]], item: int = 0) -> Any:
    for at, (name, index) in enumerate(steps):
        value = value.get(name) if isinstance(value, dict) else None
        if index is None:
            continue
        if not isinstance(value, list):
            return None
        if index == "+":
            return _total([text_of(_value(element, steps[at + 1 :], item)) for element in value])
        wanted = int(index) if index else item
        value = value[wanted] if wanted < len(value) else None
    return value


def _total(amounts: Sequence[str]) -> str:
    try:
        return str(sum((Decimal(amount) for amount in amounts if amount), Decimal()))
    except ArithmeticError:
        return next(amount for amount in amounts if amount)


def text_of(value: Any) -> str:
    """A plain JSON value as a cell; "" for null and for what is no plain value."""
    if isinstance(value, bool):
        return str(value).upper()
    return value if isinstance(value, str) else ""


def leaves(value: Any, path: str = "") -> list[str]:
    """The paths of all plain values, for the mapping dialog."""
    if path.count(".") > _MAX_DEPTH:
        return []
    if isinstance(value, dict):
        inner = (leaves(element, f"{path}.{name}" if path else name) for name, element in value.items())
        return [name for names in inner for name in names][:_MAX_LEAVES]
    if isinstance(value, list):
        repeated = path and value and isinstance(value[0], dict) and "[]" not in path
        return leaves(value[0], path + "[]") if repeated else []
    return [path] if path else []
