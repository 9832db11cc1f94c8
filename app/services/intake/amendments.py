"""A platform's file that says something new of an order the office has: added as an amendment, never written over."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.models.customers import PERSONAL_FIELDS
from app.models.orders import PLATFORM_RANK, OrderEvent, OrderState
from app.services.intake.draft import OrderDraft, PlatformState, line_values
from app.services.ledger import order_entries
from app.services.orders import projection
from app.services.orders.accept import Desk
from app.services.orders.amend import write_amendment
from app.services.orders.facts import AMOUNT_FIELDS, OrderFacts, person_of, read_history, rows_of_lines
from app.services.orders.rows import Person
from app.services.orders.steps import Step, load
from app.services.orders.words import field_word

_MOVES = {
    PlatformState.SHIPPED: OrderState.SHIPPED,
    PlatformState.COMPLETED: OrderState.CLOSED,
    PlatformState.CANCELLED: OrderState.CANCELLED,
}


def amend_from_draft(desk: Desk, order_id: int, draft: OrderDraft) -> None:
    """Add what the draft says differently: an amendment, a move that the platform reports, or both."""
    desk.pen.flush()
    order = load(desk.conn, order_id)
    before = replace(order)
    ordered, stands = _both(desk.conn, order_id)
    person = person_of(desk.conn, stands.personal)
    changes = _changes(stands, ordered, draft)
    new_person = person if person.erased else _new_person(person, person_of(desk.conn, ordered.personal), draft)
    step = Step(desk.conn, desk.pen, order, before)
    if changes or new_person != person:
        write_amendment(step, stands, (person, new_person), changes, "platform", by="import")
    _move(step, draft)
    desk.pen.flush()
    projection.store(desk.conn, before, order)
    desk.forget_goods()


def describe_changes(conn: Connection, order_id: int, draft: OrderDraft) -> tuple[str, ...]:
    """The names of what the draft says differently, for the preview."""
    ordered, stands = _both(conn, order_id)
    names = list(_changes(stands, ordered, draft))
    person = person_of(conn, stands.personal)
    if not person.erased:
        new_person = _new_person(person, person_of(conn, ordered.personal), draft)
        names += [name for name in PERSONAL_FIELDS if getattr(person, name) != getattr(new_person, name)]
    return tuple(field_word(name) for name in names)


def _both(conn: Connection, order_id: int) -> tuple[OrderFacts, OrderFacts]:
    history = read_history(order_entries(conn, [order_id]))
    return history.ordered, history.stands


def _changes(stands: OrderFacts, ordered: OrderFacts, draft: OrderDraft) -> Mapping[str, list[Any]]:
    """Facts where the draft differs both from the order as it stands and from what the platform said first.

    A concession made at the desk must not be undone by a file that repeats the old sum.
    """
    said: dict[str, tuple[Any, Any, Any]] = {
        name: (getattr(stands.amounts, name), getattr(ordered.amounts, name), getattr(draft, name))
        for name in AMOUNT_FIELDS
    }
    for name in ("waybill", "carrier", "shop", "placed_at", "paid_at", "platform_state"):
        said[name] = (getattr(stands, name), getattr(ordered, name), getattr(draft, name))
    changes = {name: [now, new] for name, (now, first, new) in said.items() if new not in (now, first)}
    lines = [list(line_values(line)) for line in draft.lines]
    now, first = rows_of_lines(stands.lines), rows_of_lines(ordered.lines)
    if lines not in (now, first):
        changes["lines"] = [now, lines]
    return changes


def _new_person(now: Person, first: Person, draft: OrderDraft) -> Person:
    """The personal fields the draft says anew; what it repeats from the beginning leaves the desk's amendment be."""
    said = {name: getattr(draft.person, name) for name in PERSONAL_FIELDS}
    return replace(now, **{name: value for name, value in said.items() if value != getattr(first, name)})


def _move(step: Step, draft: OrderDraft) -> None:
    target = _MOVES.get(draft.platform_state) if draft.platform_state is not None else None
    if target is not None and PLATFORM_RANK[target] > PLATFORM_RANK[OrderState(step.order.state)]:
        step.write(OrderEvent.PLATFORM_MOVED, {"state": target.value})
