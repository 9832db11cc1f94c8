"""Orders: their states, the one transition table, and the projection that lists and queues read (rules O1–O9)."""

from enum import StrEnum

from sqlalchemy import Column, Index, Integer, Table, UniqueConstraint

from app.errors import RuleError
from app.i18n import N_, _
from app.models.base import Bytes, Id, Minor, Moment, Words, metadata


class OrderState(StrEnum):
    """Where an order is in its life."""

    ACCEPTED = "accepted"  # 待联系
    CONTACTED = "contacted"  # 待确认
    CONFIRMED = "confirmed"  # 待配货
    PICKED = "picked"  # 已配货
    CHECKED_OUT = "checked_out"  # 已出库
    SHIPPED = "shipped"  # 配送中
    DELIVERED = "delivered"  # 已签收
    CLOSED = "closed"  # 已完成
    CANCELLED = "cancelled"  # 已取消


STATE_WORDS = {
    OrderState.ACCEPTED: N_("To contact"),
    OrderState.CONTACTED: N_("To confirm"),
    OrderState.CONFIRMED: N_("To pick"),
    OrderState.PICKED: N_("Picked"),
    OrderState.CHECKED_OUT: N_("Checked out"),
    OrderState.SHIPPED: N_("On the way"),
    OrderState.DELIVERED: N_("Delivered"),
    OrderState.CLOSED: N_("Done"),
    OrderState.CANCELLED: N_("Cancelled"),
}


class OrderEvent(StrEnum):
    """The kinds of entries about an order."""

    ACCEPTED = "order.accepted"
    CHECKED = "order.checked"
    CLAIMED = "order.claimed"
    UNCLAIMED = "order.unclaimed"
    ATTEMPTED = "order.attempted"
    CONTACTED = "order.contacted"
    REMINDED = "order.reminded"
    AMENDED = "order.amended"
    CONCEDED = "order.conceded"
    REFUNDED = "order.refunded"
    HELD = "order.held"
    RELEASED = "order.released"
    CONFIRMED = "order.confirmed"
    PICKED = "order.picked"
    CHECKED_OUT = "order.checked_out"
    SHIPPED = "order.shipped"
    DELIVERED = "order.delivered"
    CLOSED = "order.closed"
    CANCELLED = "order.cancelled"
    PLATFORM_MOVED = "order.platform_moved"


_S, _E = OrderState, OrderEvent

# Every move there is. What is not in here is impossible through any path.
TRANSITIONS: dict[tuple[OrderState, OrderEvent], OrderState] = {
    (_S.ACCEPTED, _E.CONTACTED): _S.CONTACTED,
    (_S.CONTACTED, _E.CONTACTED): _S.CONTACTED,
    (_S.CONTACTED, _E.CONFIRMED): _S.CONFIRMED,
    (_S.CONFIRMED, _E.PICKED): _S.PICKED,
    (_S.PICKED, _E.CHECKED_OUT): _S.CHECKED_OUT,
    (_S.CHECKED_OUT, _E.SHIPPED): _S.SHIPPED,
    (_S.SHIPPED, _E.DELIVERED): _S.DELIVERED,
    (_S.DELIVERED, _E.CLOSED): _S.CLOSED,
} | {
    (state, _E.CANCELLED): _S.CANCELLED
    for state in (_S.ACCEPTED, _S.CONTACTED, _S.CONFIRMED, _S.PICKED, _S.CHECKED_OUT)
}

BEFORE_SHIPPING = frozenset({_S.ACCEPTED, _S.CONTACTED, _S.CONFIRMED, _S.PICKED, _S.CHECKED_OUT})
BEFORE_CONFIRMING = frozenset({_S.ACCEPTED, _S.CONTACTED})
AFTER_CONFIRMING = frozenset(_S) - BEFORE_CONFIRMING

# What the platform itself reports; it may run ahead of the desk, never back.
PLATFORM_RANK = {
    _S.ACCEPTED: 0,
    _S.CONTACTED: 0,
    _S.CONFIRMED: 0,
    _S.PICKED: 0,
    _S.CHECKED_OUT: 0,
    _S.SHIPPED: 1,
    _S.DELIVERED: 2,
    _S.CLOSED: 3,
    _S.CANCELLED: 3,
}

# Events that leave the state as it is, and the states in which they may happen; the others may happen in any state.
STAYING: dict[OrderEvent, frozenset[OrderState]] = {
    _E.CLAIMED: BEFORE_SHIPPING,
    _E.UNCLAIMED: frozenset(_S),
    _E.ATTEMPTED: BEFORE_CONFIRMING,
    _E.REMINDED: frozenset({_S.ACCEPTED}),
    _E.CONCEDED: BEFORE_CONFIRMING,
    _E.REFUNDED: AFTER_CONFIRMING,
    _E.HELD: BEFORE_SHIPPING,
    _E.RELEASED: frozenset(_S),
}

# What `orders.held` is made of; 0 is not held.
HELD_BY_CHECKS = 1
HELD_BY_PERSON = 2

# While an order is held it may be contacted, amended and cancelled, but it does not move towards the door.
REFUSED_WHILE_HELD = frozenset({_E.CONFIRMED, _E.PICKED, _E.CHECKED_OUT, _E.SHIPPED})


class WrongStateError(RuleError):
    """The transition table knows no such step."""

    message = N_("This step is not possible while the order is “{state}”.")

    def __init__(self, state: str) -> None:
        super().__init__(state=_(STATE_WORDS[OrderState(state)]))


class HeldError(RuleError):
    """The order is held until a second person releases it."""

    message = N_("The order is held; somebody else has to release it first.")


def next_state(state: OrderState, event: OrderEvent, held: bool) -> OrderState:
    """The state after `event`; raises WrongStateError or HeldError where the table does not allow it."""
    if held and event in REFUSED_WHILE_HELD:
        raise HeldError
    if (state, event) in TRANSITIONS:
        return TRANSITIONS[state, event]
    moves = {kind for _, kind in TRANSITIONS}
    if event in moves or state not in STAYING.get(event, frozenset(OrderState)):
        raise WrongStateError(state)
    return state


# A projection: rebuilt from the entries at any time, compared with them by verify. No personal field stands here.
orders = Table(
    "orders",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the number of its order.accepted entry
    Column("number", Words, nullable=False),
    Column("channel", Words, nullable=False),
    Column("source", Words, nullable=False),
    Column("source_number", Words, nullable=False),
    Column("state", Words, nullable=False),
    Column("held", Integer, nullable=False),
    Column("hint", Words, nullable=False),  # JSON list of [check, facts] that fired and still stand
    Column("customer", Id, nullable=False),
    Column("personal", Id, nullable=False),  # the entry whose personal fields are in force
    Column("goods", Words, nullable=False),
    Column("pieces", Integer, nullable=False),
    Column("goods_key", Bytes, nullable=False),
    Column("payable", Minor, nullable=False),
    Column("paid", Minor),
    Column("currency", Words, nullable=False),
    Column("placed_at", Moment),
    Column("accepted_at", Moment, nullable=False),
    Column("clock_from", Moment),  # where the ten service minutes begin; NULL when no clock runs
    Column("callback_at", Moment),  # the customer's own wish overrides the ten minutes
    Column("contacted_at", Moment),  # the first attempt, by which rule O2 is judged
    Column("late", Integer, nullable=False),
    Column("reminded", Integer, nullable=False),
    Column("claimed_by", Id),
    Column("last_seq", Id, nullable=False),
    UniqueConstraint("number"),
    UniqueConstraint("source", "source_number"),
)
Index("ix_orders_state_clock", orders.c.state, orders.c.clock_from)
Index("ix_orders_accepted_at", orders.c.accepted_at)
Index("ix_orders_customer", orders.c.customer)
Index("ix_orders_held", orders.c.held, sqlite_where=orders.c.held != 0)  # on PostgreSQL too, by the migration

# What an import last saw of an order, as a keyed hash: equal means unchanged. Not a fact, not in the ledger.
order_digests = Table(
    "order_digests",
    metadata,
    Column("order", Id, primary_key=True, autoincrement=False),
    Column("digest", Bytes, nullable=False),
)

order_counts = Table(
    "order_counts",
    metadata,
    Column("state", Words, primary_key=True),
    Column("held", Integer, primary_key=True, autoincrement=False),
    Column("count", Integer, nullable=False),
)
