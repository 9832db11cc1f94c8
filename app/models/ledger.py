"""The ledger (总账): every fact that must be provable is an entry, chained by hash to the one before (rules O5, O6).

A subject (an order, a person, …) is named by the number of the entry that began it, so `subject` is NULL on that first
entry and holds its number on every later one.
"""

import hashlib
from dataclasses import dataclass

from sqlalchemy import Column, Index, Integer, Table

from app.models.base import Bytes, Id, Moment, Words, metadata

GENESIS = bytes(32)  # stands where the hash of the entry before the first would

entries = Table(
    "entries",
    metadata,
    Column("seq", Id, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", Id, nullable=False),  # who; 0 is the program itself
    Column("kind", Words, nullable=False),
    Column("subject", Id),
    Column("content", Words, nullable=False),
    Column("hash", Bytes, nullable=False),
)
# Partial on PostgreSQL too, by the migration; to name that dialect here would load it at every start.
Index("ix_entries_subject", entries.c.subject, sqlite_where=entries.c.subject.is_not(None))

# One row: where the chain ends. A last entry that was cut off is found because this still names it.
ledger_head = Table(
    "ledger_head",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("seq", Id, nullable=False),
    Column("hash", Bytes, nullable=False),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as it is read back."""

    seq: int
    at: int
    person: int
    kind: str
    subject: int | None
    content: str


def entry_hash(  # noqa: PLR0917 (these are the entry's parts; the hash covers each)
    previous: bytes, seq: int, at: int, person: int, kind: str, subject: int | None, content: str
) -> bytes:
    """SHA-256 over the previous hash and the entry; newlines part the fields and no field but the last can hold one."""
    named = "" if subject is None else subject
    return hashlib.sha256(
        previous + f"{seq}\n{at}\n{person}\n{kind}\n{named}\n{content}".encode("utf-8", "surrogatepass")
    ).digest()
