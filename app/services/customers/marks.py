"""The mark on a bad customer (劣质客户, rule C3): set and taken away, each time with its reason."""

from sqlalchemy import Connection, insert, select, update

from app.clock import to_ms
from app.errors import NotFoundError
from app.models.customers import customers
from app.models.orders import orders
from app.services.access import Context, Permission, requires
from app.services.ledger import Pen, open_ledger
from app.services.orders.flagged import check_customer_anew
from app.services.reasons import need_reason


@requires(Permission.CUSTOMER_FLAG)
def flag_customer(ctx: Context, customer: int, reason: str) -> None:
    """Mark a bad customer (劣质客户); the checks flag every later order and those that are still to be confirmed."""
    _mark(ctx, customer, "customer.flagged", need_reason(reason), flagged=1)


@requires(Permission.CUSTOMER_FLAG)
def unflag_customer(ctx: Context, customer: int, reason: str) -> None:
    """Take the mark away again."""
    _mark(ctx, customer, "customer.unflagged", need_reason(reason), flagged=0)


def _mark(ctx: Context, customer: int, kind: str, reason: str, flagged: int) -> None:
    with ctx.writing() as conn:
        mark(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), customer, kind, reason, flagged)


def mark(conn: Connection, pen: Pen, customer: int, kind: str, reason: str, flagged: int) -> None:
    """Write a mark, or its end, within somebody else's transaction; raises NotFoundError."""
    if conn.execute(select(orders.c.id).where(orders.c.customer == customer).limit(1)).scalar() is None:
        raise NotFoundError(what=customer)
    pen.write(kind, customer, {"reason": reason})
    kept = reason if flagged else ""
    done = conn.execute(update(customers).where(customers.c.id == customer).values(flagged=flagged, reason=kept))
    if done.rowcount == 0:
        conn.execute(insert(customers).values(id=customer, flagged=flagged, reason=kept, erased=0))
    check_customer_anew(conn, pen, customer, kept)
