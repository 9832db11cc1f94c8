"""Money that the desk gives (rules O8, O9): a price conceded before confirmation, a refund after it.

Both are added facts, and both together are within the post's authority on one order; above it they are proposed.
"""

import json
from collections.abc import Iterable

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.orders import AFTER_CONFIRMING, BEFORE_CONFIRMING, OrderEvent, OrderState
from app.money import format_money
from app.services.access import Context, Permission, requires
from app.services.office import load_settings
from app.services.orders.projection import Standing
from app.services.orders.settings import concession_authority
from app.services.orders.steps import Step, load, refuse_others, step
from app.services.reasons import need_reason

GIVEN = (OrderEvent.CONCEDED, OrderEvent.REFUNDED)
WHEN: dict[OrderEvent, frozenset[OrderState]] = {
    OrderEvent.CONCEDED: BEFORE_CONFIRMING,
    OrderEvent.REFUNDED: AFTER_CONFIRMING,
}


class AuthorityError(RuleError):
    """Rules O8, O9: above the post's authority."""

    message = N_(
        "Your post may give up to {limit} on one order, of which {given} is given already; "
        "more needs the lead's or manager's decision."
    )


class RefundError(RuleError):
    """What was not paid cannot be paid back."""

    message = N_("At most {most} of this order can still be refunded.")


@requires(Permission.ORDER_AMEND)
def concede_price(ctx: Context, order_id: int, amount: int, reason: str, seen: int | None = None) -> None:
    """Concede `amount` minor units before confirmation (让价); raises AuthorityError above the post's authority."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        _refuse_above(ctx, s, amount, s.order.payable)
        s.write(OrderEvent.CONCEDED, {"amount": amount, "reason": need_reason(reason)})


@requires(Permission.ORDER_AMEND)
def refund_order(ctx: Context, order_id: int, amount: int, reason: str, seen: int | None = None) -> None:
    """Note that `amount` minor units of what was paid go back (退款), in the shop's or the bank's own program.

    Raises AuthorityError above the post's authority, RefundError above what was paid.
    """
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        refuse_unpaid(s.conn, s.order, amount)
        _refuse_above(ctx, s, amount, amount)
        s.write(OrderEvent.REFUNDED, {"amount": amount, "reason": need_reason(reason)})


@requires(Permission.ORDER_READ)
def authority_left(ctx: Context, order_id: int) -> int:
    """What the person may still give on an order without a proposal, in minor units."""
    with ctx.reading() as conn:
        return max(concession_authority(load_settings(conn), ctx.post) - given_on(conn, order_id), 0)


def given_on(conn: Connection, order_id: int, events: Iterable[OrderEvent] = GIVEN) -> int:
    """What has been conceded and refunded on an order before, in minor units."""
    kinds = [event.value for event in events]
    told = conn.execute(select(entries.c.content).where(entries.c.subject == order_id, entries.c.kind.in_(kinds)))
    return sum(json.loads(content)["amount"] for content in told.scalars())


def still_paid(conn: Connection, order: Standing) -> int:
    """What was paid and not paid back; what is payable where the platform did not say what was paid."""
    paid = order.payable if order.paid is None else order.paid
    return max(paid - given_on(conn, order.id, [OrderEvent.REFUNDED]), 0)


def refuse_unpaid(conn: Connection, order: Standing, amount: int) -> None:
    """Raise RefundError where so much was not paid."""
    most = still_paid(conn, order)
    if amount > most:
        raise RefundError(most=format_money(most, order.currency))


@requires(Permission.ORDER_READ)
def refundable(ctx: Context, order_id: int) -> int:
    """What can still be refunded on an order, in minor units; raises NotFoundError."""
    with ctx.reading() as conn:
        return still_paid(conn, load(conn, order_id))


def _refuse_above(ctx: Context, s: Step, amount: int, most: int) -> None:
    limit, given = concession_authority(load_settings(s.conn), ctx.post), given_on(s.conn, s.order.id)
    if not 0 < amount <= min(limit - given, most):
        told = {name: format_money(minor, s.order.currency) for name, minor in (("limit", limit), ("given", given))}
        raise AuthorityError(**told)
