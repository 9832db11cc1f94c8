"""What no single entry holds: where the chain ends, rows beyond it, counts, and a seal from paper."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import Connection

from app.models.ledger import GENESIS
from app.models.orders import HELD_BY_CHECKS, HELD_BY_PERSON, OrderState
from app.services.proof.rows import Row, UnreadableError, fetch
from app.services.proof.seal_text import SealText
from app.services.proof.small import Small, read_small
from app.services.proof.stretch import SENSELESS, first_of, read_content
from app.services.proof.verdict import Bad
from app.services.stock.fold import Sums

_HEAD = "SELECT id, seq, hash FROM ledger_head"
_REACH = "SELECT min(seq), max(seq) FROM entries"
_HASH = "SELECT hash FROM entries WHERE seq = :seq"
_STRAY_ORDERS = "SELECT min(id) FROM orders WHERE id < 1 OR id > :end"
_STRAY_PERSONAL = "SELECT min(id) FROM personal WHERE id < 1 OR id > :end"
_STRAY_MOVEMENTS = (
    'SELECT min(entry) FROM movements WHERE "order" < 1 OR "order" > :end '
    'OR ("order" IS NULL AND (entry < 1 OR entry > :end))'
)
_STOCK = "SELECT code, on_hand, reserved, kept FROM stock"
_COUNTED = "SELECT state, held, count(*) FROM orders GROUP BY state, held"
_COUNTS = "SELECT state, held, count FROM order_counts"
_HELD = range(HELD_BY_CHECKS + HELD_BY_PERSON + 1)
_SEALED = "SELECT kind, content, hash FROM entries WHERE seq = :seq"


@dataclass(frozen=True, slots=True)
class Ends:
    """One view of everything but the chain itself."""

    seq: int  # how far the chain is to be read
    hash: bytes
    bad: Bad | None  # a chain that does not end where it says
    listed: Bad | None  # rows and counts that no entry accounts for
    small: Small
    stock: Mapping[str, Row] | None  # None where it could not be read


def read_ends(conn: Connection) -> Ends:
    """Look at both ends of the chain, the counts and the small tables; raises UnreadableError where it has no end."""
    seq, end_hash, bad = _head(conn)
    found: list[Bad | None] = []
    small: Small = {}
    stock: Mapping[str, Row] | None = None
    try:
        found.append(_stray(conn, _STRAY_PERSONAL, seq, "personal_extra"))
        found.append(_stray(conn, _STRAY_ORDERS, seq, "order_extra"))
        found.append(_counts(conn))
        found.append(_stray(conn, _STRAY_MOVEMENTS, seq, "movements"))
        small = read_small(conn)
        stock = {row[0]: row[1:] for row in fetch(conn, _STOCK)}
    except UnreadableError:  # told last: reading along the chain may name the entry that is damaged
        found.append(Bad(None, "damaged"))
    return Ends(seq, end_hash, bad, first_of(*found), small, stock)


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


def compare_stock(ends: Ends, sums: Sums) -> Bad | None:
    """Compare the running sums with what all entries add up to; names the last entry about a code that is wrong."""
    if ends.stock is None:
        return None
    stock = ends.stock
    found: list[Bad | None] = [
        Bad(seq, "stock") for code, (*row, seq) in sums.rows.items() if stock.get(code) != tuple(row)
    ]
    if stock.keys() - sums.rows.keys():
        found.append(Bad(None, "stock_extra"))
    return first_of(*found)


def _stray(conn: Connection, sql: str, end: int, code: str) -> Bad | None:
    found = fetch(conn, sql, end=end)[0][0]
    return None if found is None else Bad(found, code)


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
