"""Rows as the database holds them, for the proof: plain SQL, no conversion that could hide what stands there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, bindparam, text
from sqlalchemy.exc import DBAPIError

from app.models.customers import PERSONAL_FIELDS
from app.services.db import DamagedError, Database
from app.services.orders.projection import COLUMNS

Row = tuple[Any, ...]

SEPARATOR = "\x1f"  # parts the personal fields in their commitment

_FIELDS = " || :separator || ".join(PERSONAL_FIELDS)
# SQLite keeps bytes in a column of text if told to; such a row is not what was written, so it is not found.
_TYPED = "".join(f" AND typeof({name}) = 'text'" for name in PERSONAL_FIELDS) + " AND typeof(salt) = 'blob'"

_ENTRIES = "SELECT seq, at, person, kind, subject, content, hash FROM entries WHERE seq BETWEEN :a AND :b ORDER BY seq"
_ORDERS = f"SELECT {', '.join(COLUMNS)} FROM orders WHERE id BETWEEN :a AND :b"  # noqa: S608 (names of our own)
_PERSONAL = f'SELECT id, "order", salt, {_FIELDS} FROM personal WHERE id BETWEEN :a AND :b'  # noqa: S608
_LATER = (
    "SELECT subject, seq, at, person, kind, content FROM entries WHERE subject BETWEEN :a AND :b ORDER BY subject, seq"
)
# Movements of an order stand with its first entry, the others with their own.
_MOVED = 'SELECT entry, place, code, quantity, kind, "order" FROM movements WHERE '
_MOVEMENTS = f'{_MOVED}"order" BETWEEN :a AND :b UNION ALL {_MOVED}entry BETWEEN :a AND :b AND "order" IS NULL'
_ABOUT = "SELECT seq FROM entries WHERE subject = :a ORDER BY seq"
_ERASED = (
    "SELECT DISTINCT e.content FROM orders o JOIN entries e ON e.subject = o.customer AND e.kind = 'customer.erased' "
    "WHERE o.id IN :orders"
)
_STILL = "SELECT min(id) FROM personal WHERE id IN :ids"

# How SQLite and PostgreSQL say that what stands in the file is no longer what they once wrote.
_SQLITE_DAMAGE = ("decode to UTF-8", "malformed", "not a database", "disk I/O error", "corrupt", "no such")
_POSTGRESQL_DAMAGE = ("XX", "22", "58", "42P01", "42703")


class UnreadableError(DamagedError):
    """Rows that the database cannot give back; `seq` is the entry where that is known."""

    def __init__(self, seq: int | None = None) -> None:
        super().__init__()
        self.seq = seq


@dataclass(slots=True)
class Chunk:
    """The rows of some neighbouring entries, all seen in one view of the database."""

    entries: Sequence[Row]
    orders: dict[int, Row]
    personal: dict[int, Row]  # number of the entry → order, salt, the fields joined
    later: dict[int, list[Row]]  # number of the subject → its later entries: seq, at, person, kind, content
    movements: set[Row]  # of the stock, by these entries and by the orders that begin here


def fetch(conn: Connection, sql: str, **params: object) -> Sequence[Row]:
    """The rows of a query; raises UnreadableError where the database is damaged."""
    statement = text(sql)
    for name, value in params.items():
        if isinstance(value, list):
            statement = statement.bindparams(bindparam(name, expanding=True))
    try:
        # The driver's own tuples: wrapping each row would cost a tenth of the whole proof.
        return conn.execute(statement, params).cursor.fetchall()
    except UnicodeDecodeError as error:  # what SQLite says quotes what is damaged
        raise UnreadableError from error
    except DBAPIError as error:
        said = error
    except conn.dialect.loaded_dbapi.Error as error:
        said = DBAPIError(sql, params, error)
    if is_damage(said):
        raise UnreadableError from said
    raise said


def is_damage(error: DBAPIError) -> bool:
    """Whether the database says that its own file is damaged."""
    state = getattr(error.orig, "sqlstate", None)
    if state is not None:
        return str(state).startswith(_POSTGRESQL_DAMAGE)
    return any(sign in str(error.orig) for sign in _SQLITE_DAMAGE)


def read_chunk(db: Database, first: int, last: int) -> Chunk:
    """Everything about the entries `first` to `last`; raises UnreadableError."""
    with db.reading() as conn:
        span = {"a": first, "b": last}
        typed = _TYPED if db.is_sqlite else ""
        chunk = Chunk(
            fetch(conn, _ENTRIES, **span),
            {row[0]: row for row in fetch(conn, _ORDERS, **span)},
            {row[0]: row[1:] for row in fetch(conn, _PERSONAL + typed, separator=SEPARATOR, **span)},
            {},
            set(map(tuple, fetch(conn, _MOVEMENTS, **span))),
        )
        for subject, *row in _later(conn, first, last):
            chunk.later.setdefault(subject, []).append(tuple(row))
        return chunk


def _later(conn: Connection, first: int, last: int) -> Sequence[Row]:
    try:
        return fetch(conn, _LATER, a=first, b=last)
    except UnreadableError:
        if first == last:
            raise UnreadableError(_first_unreadable(conn, first)) from None
        raise


def _first_unreadable(conn: Connection, subject: int) -> int | None:
    """Which of the entries about `subject` cannot be read; None where their index is what is damaged."""
    for (seq,) in fetch(conn, _ABOUT, a=subject):
        try:
            fetch(conn, _ENTRIES, a=seq, b=seq)
        except UnreadableError:
            return int(seq)
    return None


def pages_are_sound(db: Database) -> bool:
    """Whether SQLite finds every page of its file in order."""
    with db.reading() as conn:
        return [tuple(row) for row in fetch(conn, "PRAGMA quick_check(1)")] == [("ok",)]


def hash_before(db: Database, seq: int) -> bytes | None:
    """The stored hash of the entry before `seq`; None where the stretch before will name it as bad."""
    try:
        with db.reading() as conn:
            rows = fetch(conn, _ENTRIES, a=seq - 1, b=seq - 1)
    except UnreadableError:
        return None
    return rows[0][6] if rows else None


def erasures(db: Database, orders: Sequence[int]) -> list[str]:
    """The contents of the entries by which these orders' customers were erased."""
    with db.reading() as conn:
        return [row[0] for row in fetch(conn, _ERASED, orders=list(orders))]


def first_still_there(db: Database, ids: Sequence[int]) -> int | None:
    """The first of these personal fields that stand in the database."""
    with db.reading() as conn:
        rows = fetch(conn, _STILL, ids=list(ids))
    return rows[0][0]  # type: ignore[no-any-return]
