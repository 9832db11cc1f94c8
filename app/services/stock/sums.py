"""The running sums and the movements in their tables: adding to them, and reading them, at the driver's own speed."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from app.models.stock import movements, stock
from app.services.db import insert_many, select_in, upsert_many
from app.services.stock.fold import Moved, Sums

AT_ONCE = 10_000  # keys in one question: SQLite takes 32,766 values


@dataclass(frozen=True, slots=True)
class Held:
    """What is on hand and reserved of a code; `kept` where somebody has said how many there are."""

    on_hand: int = 0
    reserved: int = 0
    kept: bool = False


NOTHING = Held()

_ADD = (
    "INSERT INTO stock (code, on_hand, reserved, kept) VALUES (?, ?, ?, ?) ON CONFLICT (code) DO UPDATE SET "
    "on_hand = stock.on_hand + excluded.on_hand, reserved = stock.reserved + excluded.reserved, "
    "kept = stock.kept | excluded.kept"
)


def add(conn: Connection, sums: Sums, moved: Sequence[Moved] = ()) -> None:
    """Add what entries say to the sums, one statement for all, and store their movements."""
    upsert_many(conn, stock, _ADD, [(code, row[0], row[1], row[2]) for code, row in sums.rows.items()])
    insert_many(conn, movements, moved)


def reserve(conn: Connection, wanted: Mapping[str, int]) -> None:
    """Reserve pieces by code; negative ones are given back."""
    upsert_many(conn, stock, _ADD, [(code, 0, quantity, 0) for code, quantity in wanted.items()])


def held(conn: Connection, codes: Iterable[str]) -> dict[str, Held]:
    """The sums of these codes, as far as there are any."""
    wanted = list(set(codes))
    found: dict[str, Held] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = select_in(conn, stock, wanted[start : start + AT_ONCE])
        found.update({code: Held(on_hand, reserved, bool(kept)) for code, on_hand, reserved, kept in rows})
    return found
