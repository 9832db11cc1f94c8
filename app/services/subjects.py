"""Subjects that are one row: writing an entry about one and its row with it, through the same fold that proves it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.errors import NotFoundError
from app.services.folds import ADVANCES, BEGINS, TABLES, Row
from app.services.ledger import Pen


def begin(conn: Connection, pen: Pen, kind: str, content: Mapping[str, object]) -> int:
    """Write the entry that begins a subject and store its row; returns its number."""
    name, fold = BEGINS[kind]
    seq = pen.write(kind, None, content)
    conn.execute(insert(TABLES[name]).values(fold(seq, pen.at, content)))
    return seq


def advance(
    conn: Connection, pen: Pen, subject: int, kind: str, content: Mapping[str, object], person: int | None = None
) -> Row:
    """Write a later entry; raises NotFoundError, or what the fold raises where it may not happen."""
    name, fold = ADVANCES[kind]
    row = load(conn, name, subject)
    fold(dict(row), pen.seq + 1, pen.at, kind, content)  # refused before anything is written
    seq = pen.write(kind, subject, content, person)
    fold(row, seq, pen.at, kind, content)
    table = TABLES[name]
    conn.execute(update(table).where(table.c.id == subject).values(row))
    return row


def load(conn: Connection, name: str, subject: int) -> Row:
    """The row of a subject, locked where the database locks rows; raises NotFoundError."""
    table = TABLES[name]
    found = conn.execute(select(table).where(table.c.id == subject).with_for_update()).mappings().one_or_none()
    if found is None:
        raise NotFoundError(what=subject)
    return dict[str, Any](found)
