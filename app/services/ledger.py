"""Adding to the ledger: one chain for everything that must be provable (rules O5, O6)."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from app.models.canonical import canonical
from app.models.ledger import GENESIS, Entry, entries, entry_hash, ledger_head
from app.services.db import before_commit, insert_many

_HEAD = select(ledger_head.c.seq, ledger_head.c.hash)
_HEAD_LOCKED = _HEAD.with_for_update()
_MOVE_HEAD = update(ledger_head)


class ReadsOnlyError(Exception):
    """A bug: what is written in a block that only reads would be lost without a word."""


@dataclass(slots=True)
class Pen:
    """Writes entries at the end of the chain within one transaction.

    Entries are numbered when written, so that a row may refer to its entry, and stored by `flush`: at the latest by the
    commit, earlier where the transaction reads them.
    """

    conn: Connection
    at: int
    person: int
    seq: int
    hash: bytes
    _rows: list[tuple[object, ...]]

    def write(
        self, kind: str, subject: int | None, content: Mapping[str, object] | str, person: int | None = None
    ) -> int:
        """Add one entry and return its number; `content` may be JSON already."""
        self.seq += 1
        text = content if isinstance(content, str) else canonical(content)
        who = self.person if person is None else person
        self.hash = entry_hash(self.hash, self.seq, self.at, who, kind, subject, text)
        self._rows.append((self.seq, self.at, who, kind, subject, text, self.hash))
        return self.seq

    def flush(self) -> None:
        """Store what was written and move the head of the chain."""
        if not self._rows:
            return
        insert_many(self.conn, entries, self._rows)
        self._rows.clear()
        self.conn.execute(_MOVE_HEAD, {"seq": self.seq, "hash": self.hash})


def open_ledger(conn: Connection, at: int, person: int) -> Pen:
    """Take the pen: locks the end of the chain until the transaction ends; a block that only reads has none."""
    if not conn.get_execution_options().get("writes"):
        raise ReadsOnlyError
    end = conn.execute(_HEAD_LOCKED).one()
    pen = Pen(conn, at, person, end.seq, bytes(end.hash), [])
    before_commit(conn, pen.flush)
    return pen


def fingerprint(secret: str) -> str:
    """What an entry says of a secret kept elsewhere: enough to tell it from another one, nothing to find it by.

    Only for what no one can guess: a random key, a hash with its own salt.
    """
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def begin_chain(conn: Connection) -> None:
    """Write the head of a chain that has no entry yet."""
    conn.execute(insert(ledger_head).values(id=1, seq=0, hash=GENESIS))


def head(conn: Connection) -> tuple[int, bytes]:
    """The number and hash of the last entry."""
    row = conn.execute(_HEAD).one()
    return row.seq, bytes(row.hash)


def order_entries(conn: Connection, subjects: Iterable[int]) -> Sequence[Entry]:
    """Every entry about these orders, the ones that began them included, in order.

    A customer bears the number of the first order, so the kind tells whose entry it is.
    """
    columns = (
        entries.c.seq,
        entries.c.at,
        entries.c.person,
        entries.c.kind,
        entries.c.subject,
        entries.c.content,
    )
    wanted = list(subjects)
    first = select(*columns).where(entries.c.seq.in_(wanted))
    later = select(*columns).where(entries.c.subject.in_(wanted), entries.c.kind.startswith("order."))
    rows = conn.execute(first.union_all(later)).all()
    return sorted((Entry(*row) for row in rows), key=lambda entry: entry.seq)
