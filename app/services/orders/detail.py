"""One order, complete: as ordered, as it stands, what changed, what happened, what may happen next."""

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, select

from app.errors import NotFoundError
from app.models.customers import customers
from app.models.ledger import Entry
from app.models.orders import TRANSITIONS, OrderEvent, OrderState, WrongStateError, next_state, orders
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.approvals.standing import waiting_about
from app.services.ledger import order_entries
from app.services.office import load_settings
from app.services.orders.checks import CHECKS, Known, checks_made
from app.services.orders.deadline import due_at
from app.services.orders.facts import AMOUNT_FIELDS, History, person_of, read_history
from app.services.orders.queue import rows_of
from app.services.orders.rows import (
    Change,
    CheckResult,
    CustomerSummary,
    Happening,
    OrderDetail,
    OrderRow,
    Person,
)
from app.services.orders.settings import desk_clock_of

PROGRAM = "掌柜"


@requires(Permission.ORDER_READ)
def order_detail(ctx: Context, order_id: int) -> OrderDetail:
    """Everything about one order; raises NotFoundError."""
    with ctx.reading() as conn:
        return detail_of(conn, order_id)


@requires(Permission.ORDER_READ)
def find_order(ctx: Context, number: str) -> OrderDetail:
    """The order with this number of ours or of its platform; raises NotFoundError."""
    with ctx.reading() as conn:
        c = orders.c
        wanted = select(c.id).where((c.number == number) | (c.source_number == number)).order_by(c.id.desc()).limit(1)
        order_id = conn.execute(wanted).scalar()
        if order_id is None:
            raise NotFoundError(what=number)
        return detail_of(conn, order_id)


def detail_of(conn: Connection, order_id: int) -> OrderDetail:
    """Everything about one order, within an open block."""
    rows = rows_of(conn, [order_id])
    if not rows:
        raise NotFoundError(what=order_id)
    row = rows[0]
    told = order_entries(conn, [order_id])
    names = _names(conn, told)
    history = read_history(told)
    ordered, stands = history.ordered, history.stands
    person = person_of(conn, stands.personal)
    customer = _customer(conn, order_id)
    person_as_ordered = person if stands.personal == ordered.personal else person_of(conn, ordered.personal)
    return OrderDetail(
        row=row,
        person=person,
        lines=stands.lines,
        amounts=stands.amounts,
        person_as_ordered=person_as_ordered,
        lines_as_ordered=ordered.lines,
        amounts_as_ordered=ordered.amounts,
        changes=tuple(_changes(conn, history, names)),
        happenings=tuple(_happening(entry, names) for entry in told),
        checks=tuple(_checks(row, history, customer)),
        customer=customer,
        steps=steps_of(row),
        due=due_at(row, desk_clock_of(load_settings(conn))),
        asked=tuple(waiting_about(conn, {order_id, customer.id})),
        office_remark=stands.office_remark,
        waybill=stands.waybill,
        carrier=stands.carrier,
    )


def steps_of(row: OrderRow) -> frozenset[OrderEvent]:
    """What the order's state allows next."""
    allowed = set()
    staying = {OrderEvent.CLAIMED, OrderEvent.HELD, OrderEvent.CONCEDED, OrderEvent.REFUNDED}
    for event in {event for _, event in TRANSITIONS} | staying:
        try:
            next_state(row.state, event, held=False)
        except WrongStateError:
            continue
        allowed.add(event)
    if row.held:
        allowed = allowed - {
            OrderEvent.CONFIRMED,
            OrderEvent.PICKED,
            OrderEvent.CHECKED_OUT,
            OrderEvent.SHIPPED,
        }
        allowed = (allowed - {OrderEvent.HELD}) | {OrderEvent.RELEASED}
    if row.state in {OrderState.ACCEPTED, OrderState.CONTACTED, OrderState.CONFIRMED, OrderState.PICKED}:
        allowed.add(OrderEvent.AMENDED)
    return frozenset(allowed)


def _names(conn: Connection, told: Iterable[Entry]) -> dict[int, str]:
    wanted = {entry.person for entry in told}
    rows = conn.execute(select(people.c.id, people.c.name).where(people.c.id.in_(wanted)))
    return {0: PROGRAM} | {row.id: row.name for row in rows}


def _happening(entry: Entry, names: dict[int, str]) -> Happening:
    facts = json.loads(entry.content)
    return Happening(entry.seq, entry.at, names.get(entry.person, ""), OrderEvent(entry.kind), facts)


def _checks(row: OrderRow, history: History, customer: CustomerSummary) -> Iterable[CheckResult]:
    """What was found when the order was last checked; of the customer what is known today."""
    fired = {finding.code: finding.facts for finding in row.findings if finding.code != "flagged"}
    if customer.flagged:
        fired["flagged"] = {"reason": customer.flagged}
    made = checks_made(Known())
    for code in CHECKS:
        if code not in made and code not in fired:
            continue  # the catalog may have known nothing of these goods then: it is not said that they passed
        if code == "payment" and history.stands.amounts.paid is None:
            continue  # the platform does not say what was paid: nothing was compared
        yield CheckResult(code, code in fired, fired.get(code, {}))


def _customer(conn: Connection, order_id: int) -> CustomerSummary:
    c = orders.c
    number, currency = conn.execute(select(c.customer, c.currency).where(c.id == order_id)).one()
    mine = (c.customer == number) & (c.state != OrderState.CANCELLED)
    count = conn.execute(select(func.count()).where(mine)).scalar_one()
    spent = conn.execute(select(func.sum(c.payable)).where(mine, c.currency == currency)).scalar()
    mark = conn.execute(select(customers.c.reason).where(customers.c.id == number, customers.c.flagged == 1)).scalar()
    return CustomerSummary(number, count, int(spent or 0), currency, mark or "")


def _changes(conn: Connection, history: History, names: dict[int, str]) -> Iterable[Change]:
    person = person_of(conn, history.ordered.personal)
    payable = history.ordered.amounts.payable
    for entry, content in history.amendments:
        told = (entry.at, names.get(entry.person, ""), content["reason"])
        if entry.kind == OrderEvent.CONCEDED:
            yield Change("payable", _text("payable", payable), _text("payable", payable - content["amount"]), *told)
            payable -= content["amount"]
            continue
        for name, (before, after) in content["changes"].items():
            payable = after if name == "payable" else payable
            yield Change(name, _text(name, before), _text(name, after), *told)
        if "person" in content:
            after_person = person_of(conn, entry.seq)
            yield from (Change(n, b, a, *told) for n, b, a in _personal(person, after_person, content["fields"]))
            person = after_person


def _personal(before: Person, after: Person, names: list[str]) -> Iterable[tuple[str, str, str]]:
    if before.erased or after.erased:
        before = after = replace(Person(erased=True))
    for name in names:
        yield name, getattr(before, name), getattr(after, name)


def _text(name: str, value: Any) -> str:
    if value is None:
        return ""
    if name in AMOUNT_FIELDS:
        return f"{value / 100:,.2f}"
    if name == "lines":
        return "；".join(f"{line[1]} {line[2]} ×{line[3]}".replace("  ", " ") for line in value)
    return str(value)
