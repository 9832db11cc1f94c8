"""The clock's watchman: who is reminded when, one notice a stage however many orders (rule O2)."""

from dataclasses import dataclass, replace

from sqlalchemy import select

from app.clock import to_ms
from app.models.orders import OrderEvent, OrderState, orders
from app.models.people import SYSTEM
from app.services.access import Context, Permission, requires
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.orders import projection
from app.services.orders.deadline import stage_at
from app.services.orders.settings import desk_clock_of
from app.services.orders.steps import Step, load

STAGES = {1: "remind", 2: "lead", 3: "late"}


@dataclass(frozen=True, slots=True)
class Notice:
    """Orders that have reached a stage since the last look."""

    stage: str  # "remind", "lead" or "late"
    count: int
    numbers: tuple[str, ...]
    order_ids: tuple[int, ...]


@requires(Permission.ORDER_READ)
def remind_due(ctx: Context) -> list[Notice]:
    """Orders that have come to a new stage of their clock; each is put on record once, in the program's name."""
    now = to_ms(ctx.clock.now())
    c = orders.c
    with ctx.reading() as conn:
        clock = desk_clock_of(load_settings(conn))
        waiting = conn.execute(
            select(c.id, c.clock_from, c.callback_at, c.reminded).where(
                c.state == OrderState.ACCEPTED, c.reminded < max(STAGES)
            )
        ).all()
    due = [(row.id, stage) for row in waiting if (stage := stage_at(row, clock, now)) > row.reminded]
    if not due:
        return []
    reached: dict[int, list[tuple[str, int]]] = {}
    with ctx.writing() as conn:
        pen = open_ledger(conn, now, SYSTEM)
        moved = []
        for order_id, stage in due:
            order = load(conn, order_id)
            if order.reminded >= stage or order.state != OrderState.ACCEPTED:
                continue  # another window was faster
            reminded = Step(conn, pen, order, replace(order))
            reminded.write(OrderEvent.REMINDED, {"stage": stage})
            moved.append((reminded.before, order))
            reached.setdefault(stage, []).append((order.number, order_id))
        projection.store_many(conn, moved)
    return [
        Notice(STAGES[stage], len(found), tuple(n for n, _ in found), tuple(i for _, i in found))
        for stage, found in sorted(reached.items())
    ]
