"""Reading a format that is declared in a file of its own, of orders or of products."""

import tomllib
from pathlib import Path
from typing import Any

from app.services.intake.errors import FormatError


def read_declared(path: Path) -> dict[str, Any]:
    """The tables of a format file; raises FormatError."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise FormatError(file=path.name, detail=error) from error


def names_of(value: object) -> tuple[str, ...]:
    """One column's name or several; raises TypeError."""
    if isinstance(value, str):
        return (value,)
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return tuple(value)
    raise TypeError(value)
