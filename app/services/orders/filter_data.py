"""A filter as plain data and back, for saved views."""

from dataclasses import asdict
from datetime import date
from typing import Any

from app.models.orders import OrderState
from app.services.orders.rows import OrderFilter, Queue


def filter_as_data(wanted: OrderFilter) -> dict[str, Any]:
    """JSON-ready."""
    data = asdict(wanted)
    for name in ("accepted_from", "accepted_to"):
        data[name] = None if data[name] is None else data[name].isoformat()
    return data


def filter_from_data(data: dict[str, Any]) -> OrderFilter:
    """The filter that was kept; what a later version added has its default."""
    known = {name: value for name, value in data.items() if name in OrderFilter.__dataclass_fields__}
    for name in ("accepted_from", "accepted_to"):
        if known.get(name):
            known[name] = date.fromisoformat(known[name])
    known["queue"] = Queue(known.get("queue", Queue.ALL))
    known["states"] = tuple(OrderState(state) for state in known.get("states", ()))
    return OrderFilter(**known)
