"""What a customer has ordered: the list of it, and how many of how many were cancelled."""

from sqlalchemy import Connection, func, select

from app.models.orders import OrderState, orders
from app.services.access import Context, Permission, requires
from app.services.orders.queue import rows_of
from app.services.orders.rows import OrderRow


@requires(Permission.ORDER_READ)
def customer_orders(ctx: Context, customer: int, limit: int = 50) -> list[OrderRow]:
    """A customer's orders, newest first."""
    with ctx.reading() as conn:
        wanted = select(orders.c.id).where(orders.c.customer == customer).order_by(orders.c.id.desc()).limit(limit)
        return rows_of(conn, list(conn.execute(wanted).scalars()))


def orders_of(conn: Connection, customer: int) -> tuple[int, int]:
    """How many orders a customer has made, and how many of them were cancelled."""
    c = orders.c
    found = conn.execute(select(c.state, func.count()).where(c.customer == customer).group_by(c.state))
    rows: dict[str, int] = {row[0]: row[1] for row in found}
    return sum(rows.values()), rows.get(OrderState.CANCELLED.value, 0)
