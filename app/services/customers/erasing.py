"""Forgetting a customer: personal fields, search words and keys go, and the chain still verifies."""

from sqlalchemy import delete, insert, select, update

from app.clock import to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.customers import customer_keys, customers, personal
from app.models.orders import BEFORE_SHIPPING, order_digests, orders
from app.services.access import Context, Permission, requires
from app.services.ledger import open_ledger
from app.services.orders.index import ORDERS
from app.services.reasons import need_reason


class OpenOrdersError(RuleError):
    """Goods that are still to be delivered need an address."""

    message = N_("This customer has open orders; their data can be erased when the goods have been delivered.")


@requires(Permission.CUSTOMER_ERASE)
def erase_customer(ctx: Context, customer: int, reason: str) -> None:
    """Erase a customer's personal fields, search words and keys; the ledger keeps only salted hashes of them.

    Gone from every table, from the free pages of the file and so from every later backup. What stays: notes, reasons
    and office remarks that somebody typed, being facts of the ledger; masked names on sealed papers; and all of it
    in backups and exports made before, which are deleted by hand where the law asks for it (retention keeps some for
    good). On a server the old rows also stand in its own archives of the log.
    """
    with ctx.writing() as conn:
        c = orders.c
        theirs = conn.execute(select(c.id, c.state).where(c.customer == customer)).all()
        if not theirs:
            raise NotFoundError(what=customer)
        if any(row.state in BEFORE_SHIPPING for row in theirs):
            raise OpenOrdersError
        ids = [row.id for row in theirs]
        gone = list(
            conn.execute(select(personal.c.id).where(personal.c.order.in_(ids)).order_by(personal.c.id)).scalars()
        )
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        pen.write("customer.erased", customer, {"reason": need_reason(reason), "personal": gone})
        conn.execute(delete(personal).where(personal.c.order.in_(ids)))
        conn.execute(delete(customer_keys).where(customer_keys.c.customer == customer))
        # An empty digest: a later import of the same file must not bring the person back.
        conn.execute(update(order_digests).where(order_digests.c.order.in_(ids)).values(digest=b""))
        for order_id in ids:
            ORDERS.remove(conn, order_id)
        done = conn.execute(update(customers).where(customers.c.id == customer).values(erased=1))
        if done.rowcount == 0:
            conn.execute(insert(customers).values(id=customer, flagged=0, reason="", erased=1))
    ORDERS.purge(ctx.db)
    ctx.db.drop_old_pages(personal.name, customer_keys.name, "order_search")
