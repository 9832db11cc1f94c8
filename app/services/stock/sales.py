"""What has been sold of an article: goods that left with orders, by the entries of the last days."""

from sqlalchemy import ColumnElement, Connection, func, select

from app.models.ledger import entries
from app.models.stock import Movement, movements

DAY_MS = 24 * 3_600_000
SALES_DAYS = 30


def first_entry_since(conn: Connection, at: int) -> int:
    """The number of the first entry from `at` on (milliseconds UTC), by halving: entries are in the order of time."""
    low, high = 1, (conn.execute(select(func.max(entries.c.seq))).scalar() or 0) + 1
    while low < high:
        middle = (low + high) // 2
        then: int = conn.execute(select(entries.c.at).where(entries.c.seq == middle)).scalar_one()
        low, high = (middle + 1, high) if then < at else (low, middle)
    return low


def sales_of(conn: Connection, now: int, days: int = SALES_DAYS) -> dict[str, int]:
    """Pieces by code that were shipped in the last `days`; packs count as packs."""
    return _sold(conn, movements.c.entry >= first_entry_since(conn, now - days * DAY_MS))


def sales_between(conn: Connection, start: int, end: int) -> dict[str, int]:
    """Pieces by code that were shipped from `start` on and before `end`; milliseconds UTC."""
    first, after = first_entry_since(conn, start), first_entry_since(conn, end)
    return _sold(conn, (movements.c.entry >= first) & (movements.c.entry < after))


def _sold(conn: Connection, when: ColumnElement[bool]) -> dict[str, int]:
    m = movements.c
    sold = select(m.code, -func.sum(m.quantity)).where(when, m.kind == Movement.SALE.value).group_by(m.code)
    return {code: int(pieces) for code, pieces in conn.execute(sold)}
