"""What orders do to the stock: reserving with acceptance, leaving with shipping, given back by cancelling."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from app.models.ledger import entries
from app.models.orders import BEFORE_SHIPPING, OrderEvent
from app.services.ledger import Pen
from app.services.stock import sums
from app.services.stock.fold import FOLLOWED, Draw, Sums, drawn, reserves

_LINES = (
    select(entries.c.kind, entries.c.content)
    .where(
        or_(
            entries.c.seq == bindparam("order"),
            (entries.c.subject == bindparam("order")) & (entries.c.kind == OrderEvent.AMENDED.value),
        )
    )
    .order_by(entries.c.seq)
)
_STILL_HERE = frozenset(state.value for state in BEFORE_SHIPPING)


def follow(
    conn: Connection, pen: Pen, order: int, states: tuple[str, str], kind: str, content: Mapping[str, Any]
) -> None:
    """Let the stock follow the entry about an order that was just written; `states` are those before and after."""
    before, after = states
    if kind not in FOLLOWED or before not in _STILL_HERE:
        return
    if kind == OrderEvent.AMENDED:
        if "lines" not in content["changes"]:
            return
        draw = Draw(order, drawn(content["changes"]["lines"][0]))
    elif after in _STILL_HERE:
        return
    else:
        draw = Draw(order, _reserved(conn, pen, order))
    changed = Sums()
    movements = draw.follow(pen.seq, kind, content, changed)
    sums.add(conn, changed, movements)


def _reserved(conn: Connection, pen: Pen, order: int) -> dict[str, int] | None:
    """What an order that is still here has reserved: its lines as they stand."""
    pen.flush()
    first, *later = conn.execute(_LINES, {"order": order})
    draw = Draw(order, reserves(json.loads(first.content)))
    for entry in later:
        draw.follow(0, entry.kind, json.loads(entry.content), None)
    return draw.lines
