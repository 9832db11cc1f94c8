"""From the confirmed order to the door: picked, checked out, shipped, delivered, closed (rules O4, O7)."""

from app.models.orders import OrderEvent
from app.services.access import Context, Permission, requires
from app.services.orders.steps import step


@requires(Permission.ORDER_PACK)
def pick_order(ctx: Context, order_id: int, seen: int | None = None) -> None:
    """The goods have been picked (配货)."""
    with step(ctx, order_id, seen) as s:
        s.write(OrderEvent.PICKED, {})


@requires(Permission.ORDER_PACK)
def check_out_order(ctx: Context, order_id: int, seen: int | None = None) -> None:
    """The goods were checked one by one against the order and leave the store (出库)."""
    with step(ctx, order_id, seen) as s:
        s.write(OrderEvent.CHECKED_OUT, {})


@requires(Permission.ORDER_PACK)
def ship_order(ctx: Context, order_id: int, carrier: str, waybill: str, seen: int | None = None) -> None:
    """The goods are on their way (发货)."""
    with step(ctx, order_id, seen) as s:
        s.write(OrderEvent.SHIPPED, {"carrier": carrier.strip(), "waybill": waybill.strip()})


@requires(Permission.ORDER_PACK)
def deliver_order(ctx: Context, order_id: int, seen: int | None = None) -> None:
    """The customer has signed for the goods (签收)."""
    with step(ctx, order_id, seen) as s:
        s.write(OrderEvent.DELIVERED, {})


@requires(Permission.ORDER_CONFIRM)
def close_order(ctx: Context, order_id: int, seen: int | None = None) -> None:
    """The order is done (完成)."""
    with step(ctx, order_id, seen) as s:
        s.write(OrderEvent.CLOSED, {})
