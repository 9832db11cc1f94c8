"""What a piece of an article is worth: its cost, or its price where the cost is unknown."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.models.catalog import variants

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class Value:
    """Minor units of a currency a piece; nothing where the catalog knows neither cost nor price."""

    worth: int = 0
    currency: str = "CNY"


def values_of(conn: Connection, codes: Iterable[str]) -> dict[str, Value]:
    """The value of a piece of each of these codes."""
    wanted = list(codes)
    v = variants.c
    known: dict[str, Value] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = conn.execute(
            select(v.code, v.cost, v.price, v.currency).where(v.code.in_(wanted[start : start + AT_ONCE]))
        )
        known |= {row.code: Value(row.price or 0 if row.cost is None else row.cost, row.currency) for row in rows}
    return {code: known.get(code, Value()) for code in wanted}
