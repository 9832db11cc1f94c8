"""What the order list shows: which orders, in which order."""

from array import array
from dataclasses import dataclass, field

from app.services.access import Context
from app.services.orders.queue import queue_ids
from app.services.orders.rows import OrderFilter, Sort


@dataclass(frozen=True, slots=True)
class Query:
    """Which orders, in which order."""

    wanted: OrderFilter = field(default_factory=OrderFilter)
    sort: Sort = Sort.CLOCK
    descending: bool = False


def ids_of(ctx: Context, query: Query, limit: int | None) -> "array[int]":
    """The ids of a query's orders in list order."""
    return queue_ids(ctx, query.wanted, query.sort, query.descending, limit)
