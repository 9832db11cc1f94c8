"""What no single entry holds: where the chain ends, rows beyond it, counts, and the small tables."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection

from app.models.ledger import GENESIS
from app.models.orders import HELD_BY_CHECKS, HELD_BY_PERSON, OrderState
from app.services.proof.rows import Row, UnreadableError, fetch
from app.services.proof.seal_text import SealText, write_seal
from app.services.proof.stretch import SENSELESS, Kept, first_of, read_content
from app.services.proof.verdict import Bad

_HEAD = "SELECT id, seq, hash FROM ledger_head"
_REACH = "SELECT min(seq), max(seq) FROM entries"
_HASH = "SELECT hash FROM entries WHERE seq = :seq"
_STRAY_ORDERS = "SELECT min(id) FROM orders WHERE id < 1 OR id > :end"
_STRAY_PERSONAL = "SELECT min(id) FROM personal WHERE id < 1 OR id > :end"
_COUNTED = "SELECT state, held, count(*) FROM orders GROUP BY state, held"
_COUNTS = "SELECT state, held, count FROM order_counts"
_HELD = range(HELD_BY_CHECKS + HELD_BY_PERSON + 1)
_SMALL = {
    "people": "SELECT id, name, posts, level, active FROM people",
    "customers": "SELECT id, flagged, reason, erased FROM customers",
    "seals": "SELECT day, entry, at, seal FROM seals",
}
_SEALED = "SELECT kind, content, hash FROM entries WHERE seq = :seq"


@dataclass(frozen=True, slots=True)
class Ends:
    """One view of everything but the chain itself."""

    seq: int  # how far the chain is to be read
    hash: bytes
    bad: Bad | None  # a chain that does not end where it says
    listed: Bad | None  # rows and counts that no entry accounts for
    small: Mapping[str, Mapping[Any, Row]]


def read_ends(conn: Connection) -> Ends:
    """Look at both ends of the chain, the counts and the small tables; raises UnreadableError where it has no end."""
    seq, end_hash, bad = _head(conn)
    found: list[Bad | None] = []
    small: dict[str, Mapping[Any, Row]] = {}
    try:
        found.append(_stray(conn, _STRAY_PERSONAL, seq, "personal_extra"))
        found.append(_stray(conn, _STRAY_ORDERS, seq, "order_extra"))
        found.append(_counts(conn))
        small.update({name: _by_key(conn, sql) for name, sql in _SMALL.items()})
    except UnreadableError:  # told last: reading along the chain may name the entry that is damaged
        found.append(Bad(None, "damaged"))
    return Ends(seq, end_hash, bad, first_of(*found), small)


def _head(conn: Connection) -> tuple[int, bytes, Bad | None]:
    """Where the chain ends, the hash there, and what is wrong with that."""
    heads = fetch(conn, _HEAD)
    number, seq, end_hash = heads[0] if len(heads) == 1 else (None, None, None)
    sound = number == 1 and type(seq) is int and type(end_hash) is bytes and seq >= 0
    try:
        first, last = fetch(conn, _REACH)[0]
        stored = fetch(conn, _HASH, seq=seq)
    except UnreadableError:
        if not sound:
            raise
        return seq, end_hash, None  # reading along the chain comes upon it
    if not sound:
        return last or 0, b"", Bad(last, "head")
    reached = last or 0
    if seq > reached:
        return reached, end_hash, Bad(reached + 1, "missing")
    if first is not None and first < 1:
        return seq, end_hash, Bad(first, "beyond")
    if seq < reached:
        return seq, end_hash, Bad(seq + 1, "beyond")
    same = (stored[0][0] if stored else GENESIS) == end_hash
    return seq, end_hash, None if same else Bad(seq or None, "head")


def _counts(conn: Connection) -> Bad | None:
    known = {(state.value, held, 0) for state in OrderState for held in _HELD}  # queues that are empty now
    same = set(fetch(conn, _COUNTED)) == set(fetch(conn, _COUNTS)) - known
    return None if same else Bad(None, "counts")


def _by_key(conn: Connection, sql: str) -> Mapping[Any, Row]:
    return {row[0]: row[1:] for row in fetch(conn, sql)}


def _stray(conn: Connection, sql: str, end: int, code: str) -> Bad | None:
    found = fetch(conn, sql, end=end)[0][0]
    return None if found is None else Bad(found, code)


def compare_small(ends: Ends, kept: Iterable[Kept]) -> Bad | None:
    """Compare people, marks on customers and seals with what their entries say."""
    said: dict[str, dict[Any, tuple[int, Row]]] = {"people": {}, "customers": {}, "seals": {}}
    for entry in kept:
        try:
            _TELLS[entry.kind](said, entry, read_content(entry.content))
        except SENSELESS:
            return Bad(entry.seq, "senseless")
    found: list[Bad | None] = []
    for table, rows in ends.small.items():
        told = said[table]
        found += [Bad(seq, table) for number, (seq, row) in told.items() if rows.get(number) != row]
        found += [Bad(number if type(number) is int else None, table) for number in rows.keys() - told.keys()]
    return first_of(*found)


Said = dict[str, dict[Any, tuple[int, Row]]]


def _person_added(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    row = (content["name"].strip(), ",".join(content["posts"]), content["level"], 1)
    said["people"][entry.seq] = (entry.seq, row)


def _person_changed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    _, before = said["people"][entry.subject]
    new = {name: after for name, (_, after) in content["changes"].items()}
    names = ("name", "posts", "level", "active")
    row = tuple(new.get(name, value) for name, value in zip(names, before, strict=True))
    said["people"][entry.subject] = (entry.seq, row)


def _mark(said: Said, entry: Kept, **changes: object) -> None:
    _, before = said["customers"].get(entry.subject, (0, (0, "", 0)))
    names = ("flagged", "reason", "erased")
    row = tuple(changes.get(name, value) for name, value in zip(names, before, strict=True))
    said["customers"][entry.subject] = (entry.seq, row)


def _flagged(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    _mark(said, entry, flagged=1, reason=content["reason"])


def _unflagged(said: Said, entry: Kept, _content: dict[str, Any]) -> None:
    _mark(said, entry, flagged=0, reason="")


def _erased(said: Said, entry: Kept, _content: dict[str, Any]) -> None:
    _mark(said, entry, erased=1)


def _sealed(said: Said, entry: Kept, content: dict[str, Any]) -> None:
    day = date.fromisoformat(content["day"])
    said["seals"][content["day"]] = (entry.seq, (entry.seq, entry.at, write_seal(day, entry.seq, entry.hash)))


_TELLS: dict[str, Callable[[Said, Kept, dict[str, Any]], None]] = {
    "person.added": _person_added,
    "person.changed": _person_changed,
    "customer.flagged": _flagged,
    "customer.unflagged": _unflagged,
    "customer.erased": _erased,
    "day.sealed": _sealed,
}


def compare_seal(conn: Connection, seal: SealText) -> Bad | None:
    """Compare a seal from paper with the entry that it names; raises UnreadableError."""
    rows = fetch(conn, _SEALED, seq=seal.seq)
    if not rows or rows[0][0] != "day.sealed":
        return Bad(seal.seq, "seal_unknown")
    if bytes(rows[0][2]).hex()[: len(seal.hash)] != seal.hash:
        return Bad(seal.seq, "seal_differs")
    day = None
    with suppress(*SENSELESS):
        day = read_content(rows[0][1])["day"]
    return None if day == seal.day.isoformat() else Bad(seal.seq, "seal_unknown")
