"""Orders as plain data for the command line; money as decimal text, times as ISO 8601 in the office's zone."""

from dataclasses import asdict
from typing import Any

from app.clock import office_time
from app.errors import InputError
from app.i18n import N_
from app.models.orders import OrderState
from app.money import to_decimal
from app.services.access import Context, Permission, requires
from app.services.orders.detail import find_order
from app.services.orders.queue import queue_ids, queue_rows
from app.services.orders.rows import Amounts, Line, OrderFilter, OrderRow, Person, Queue, Sort
from app.services.orders.words import happening_sentence


class UnknownStateError(InputError):
    """Neither a state nor a queue."""

    message = N_("There is no state “{state}”. States: {known}.")


@requires(Permission.ORDER_READ)
def list_as_data(ctx: Context, search: str, state: str | None, limit: int) -> dict[str, Any]:
    """Orders that match, newest first: how many there are, and the first `limit`."""
    wanted = OrderFilter(queue=Queue.ALL, text=search, states=_states(state), held=state == Queue.HELD)
    ids = queue_ids(ctx, wanted, Sort.NUMBER, descending=True)
    rows = queue_rows(ctx, ids[: max(limit, 0)])
    return {"count": len(ids), "orders": [_row(row) for row in rows]}


@requires(Permission.ORDER_READ)
def show_as_data(ctx: Context, number: str) -> dict[str, Any]:
    """One order with lines and events, as ordered and as it stands; raises NotFoundError."""
    detail = find_order(ctx, number)
    currency = detail.row.currency
    return {
        **_row(detail.row),
        "lines": [_line(line, currency) for line in detail.lines],
        "events": [
            {
                "seq": happening.seq,
                "at": _time(happening.at),
                "person": happening.person,
                "kind": happening.kind.value,
                "text": happening_sentence(happening, currency),
            }
            for happening in detail.happenings
        ],
        "as_ordered": _side(detail.person_as_ordered, detail.amounts_as_ordered, detail.lines_as_ordered),
        "as_it_stands": _side(detail.person, detail.amounts, detail.lines)
        | {"office_remark": detail.office_remark, "waybill": detail.waybill, "carrier": detail.carrier},
        "changes": [asdict(change) | {"at": _time(change.at)} for change in detail.changes],
    }


def _states(state: str | None) -> tuple[OrderState, ...]:
    if state is None or state == Queue.HELD:
        return ()
    if state not in set(OrderState):
        raise UnknownStateError(state=state, known=", ".join([*OrderState, Queue.HELD.value]))
    return (OrderState(state),)


def _row(row: OrderRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "channel": row.channel,
        "source_number": row.source_number,
        "state": row.state.value,
        "held": row.held,
        "late": row.late,
        "total": _money(row.payable, row.currency),
        "paid": _money(row.paid, row.currency),
        "currency": row.currency,
        "accepted_at": _time(row.accepted_at),
        "placed_at": _time(row.placed_at),
        "name": row.name,
        "phone": row.phone,
        "goods": row.goods,
        "findings": [finding.code for finding in row.findings],
    }


def _side(person: Person, amounts: Amounts, lines: tuple[Line, ...]) -> dict[str, Any]:
    money = {
        name: _money(getattr(amounts, name), amounts.currency) for name in ("payable", "paid", "freight", "discount")
    }
    return asdict(person) | money | {"lines": [_line(line, amounts.currency) for line in lines]}


def _line(line: Line, currency: str) -> dict[str, Any]:
    return asdict(line) | {"price": _money(line.price, currency), "amount": _money(line.amount, currency)}


def _money(minor: int | None, currency: str) -> str | None:
    return None if minor is None else str(to_decimal(minor, currency))


def _time(ms: int | None) -> str | None:
    return None if ms is None else office_time(ms).isoformat()
