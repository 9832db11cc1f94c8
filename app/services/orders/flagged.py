"""Orders that are still to be confirmed say at once when their customer is marked, or no longer is (rules C3, O3)."""

import json
from dataclasses import replace

from sqlalchemy import Connection, select

from app.models.orders import BEFORE_CONFIRMING, HELD_BY_CHECKS, OrderEvent, orders
from app.models.people import SYSTEM
from app.services.ledger import Pen
from app.services.orders import projection
from app.services.orders.checks import CHECKS
from app.services.orders.steps import load

CODE = "flagged"


def check_customer_anew(conn: Connection, pen: Pen, customer: int, reason: str) -> None:
    """Put the mark among the findings of the customer's orders, or take it away where `reason` is ""; holds stay."""
    c = orders.c
    states = [state.value for state in BEFORE_CONFIRMING]
    wanted = select(c.id).where(c.customer == customer, c.state.in_(states)).order_by(c.id)
    for number in list(conn.execute(wanted).scalars()):
        order = load(conn, number)
        before, found = replace(order), dict(json.loads(order.hint))
        others = {code: facts for code, facts in found.items() if code != CODE}
        fresh = others | ({CODE: {"reason": reason}} if reason else {})
        if fresh == found:
            continue
        findings = [[code, fresh[code]] for code in CHECKS if code in fresh]
        content = {"findings": findings, "holds": bool(order.held & HELD_BY_CHECKS)}
        seq = pen.write(OrderEvent.CHECKED.value, number, content, person=SYSTEM)
        projection.advance(order, seq, pen.at, SYSTEM, OrderEvent.CHECKED.value, content)
        projection.store(conn, before, order)
