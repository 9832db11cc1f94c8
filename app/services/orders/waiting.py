"""Who waits for contact now, and how urgently: what each window tells its own person (rule O2)."""

from dataclasses import dataclass

from sqlalchemy import select

from app.clock import to_ms
from app.models.orders import OrderState, orders
from app.services.access import Context, Permission, requires
from app.services.office import load_settings
from app.services.orders.deadline import stage_at
from app.services.orders.settings import desk_clock_of

MOST = 1_000  # the longest waiting; nobody reads more in one notice


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order whose customer is still to be contacted; `since` tells one running of its clock from the next."""

    id: int
    number: str
    since: int
    stage: int  # as deadline.stage_at: 1 to be reminded of, 2 the lead's business, 3 late


@requires(Permission.ORDER_READ)
def urgent_orders(ctx: Context) -> list[Waiting]:
    """The orders that wait since six service minutes or more, the longest waiting first."""
    now = to_ms(ctx.clock.now())
    c = orders.c
    with ctx.reading() as conn:
        clock = desk_clock_of(load_settings(conn))
        rows = conn.execute(
            select(c.id, c.number, c.clock_from, c.callback_at)
            .where(c.state == OrderState.ACCEPTED, c.clock_from.is_not(None))
            .order_by(c.clock_from)
            .limit(MOST)
        ).all()
    found = (Waiting(row.id, row.number, row.callback_at or row.clock_from, stage_at(row, clock, now)) for row in rows)
    return [one for one in found if one.stage]
