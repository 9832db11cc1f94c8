"""Subjects that are one row: writing an entry about one and its row with it, through the same fold that proves it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Update, bindparam, insert, select, update

from app.errors import NotFoundError
from app.models.ledger import entries
from app.services.folds import ADVANCES, BEGINS, TABLES, Row
from app.services.ledger import Pen

_SUBJECT = "subject_id"


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
    conn.execute(_written(name), {_SUBJECT: subject, **row})
    return row


def load(conn: Connection, name: str, subject: int) -> Row:
    """The row of a subject, locked where the database locks rows; raises NotFoundError."""
    found = conn.execute(_wanted(name), {_SUBJECT: subject}).mappings().one_or_none()
    if found is None:
        raise NotFoundError(what=subject)
    return dict[str, Any](found)


def said_at_first(conn: Connection, subject: int) -> Mapping[str, Any]:
    """What the entry that began a subject says; raises NotFoundError."""
    text = conn.execute(select(entries.c.content).where(entries.c.seq == subject)).scalar()
    if text is None:
        raise NotFoundError(what=subject)
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def _wanted(name: str) -> Select[Any]:
    """Built once a table: making a statement costs more than running it."""
    table = TABLES[name]
    return select(table).where(table.c.id == bindparam(_SUBJECT)).with_for_update()


@cache
def _written(name: str) -> Update:
    table = TABLES[name]
    return update(table).where(table.c.id == bindparam(_SUBJECT)).values({c.name: bindparam(c.name) for c in table.c})
