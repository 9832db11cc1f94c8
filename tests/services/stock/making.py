"""Stock for tests: orders of given goods, and a sum that takes the long way."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.models.ledger import entries
from app.models.orders import orders
from app.models.stock import stock
from app.services.intake.draft import LineDraft, OrderDraft
from app.services.orders.delivery import check_out_order, pick_order, ship_order
from app.services.orders.steps import confirm_order, log_contact
from tests.services.orders.making import REACHED, Crew, accept, draft

A, B = "BJ-1001", "BJ-1002"


def wanting(number: int, goods: Mapping[str, int], **changes: Any) -> OrderDraft:
    """An order of these codes and quantities."""
    lines = tuple(LineDraft(code, f"酒 {code}", "", pieces, 100, 100 * pieces) for code, pieces in goods.items())
    total = sum(line.amount for line in lines)
    return replace(draft(number, **changes), lines=lines, payable=total, paid=total)


def order(crew: Crew, number: int, goods: Mapping[str, int], **changes: Any) -> int:
    """Accept one."""
    return accept(crew, [wanting(number, goods, **changes)])[0]


def ship(crew: Crew, number: int) -> None:
    """Take an order from acceptance out of the shop."""
    log_contact(crew.clerk, number, REACHED)
    confirm_order(crew.clerk, number)
    pick_order(crew.packer, number)
    check_out_order(crew.packer, number)
    ship_order(crew.packer, number, "顺丰", "SF1")


def table(crew: Crew) -> dict[str, tuple[int, int]]:
    """The running sums: code → on hand, reserved."""
    with crew.db.reading() as conn:
        return {row.code: (row.on_hand, row.reserved) for row in conn.execute(select(stock))}


def added_up(crew: Crew) -> dict[str, tuple[int, int]]:
    """The same the long way: each order as its lines stand, where it stands, and whether it ever left."""
    on_hand: Counter[str] = Counter()
    reserved: Counter[str] = Counter()
    codes: set[str] = set()
    with crew.db.reading() as conn:
        told = conn.execute(select(entries.c.kind, entries.c.content).where(entries.c.kind == "stock.moved"))
        for row in told:
            for code, quantity in json.loads(row.content)["lines"]:
                on_hand[code] += quantity
                codes.add(code)
        for one in conn.execute(select(orders.c.id)).scalars():
            its = conn.execute(
                select(entries).where((entries.c.seq == one) | (entries.c.subject == one)).order_by(entries.c.seq)
            ).all()
            facts = json.loads(its[0].content)["facts"]
            if facts["platform_state"] in {"shipped", "completed", "cancelled"}:
                continue
            lines, here, left = facts["lines"], True, False
            codes |= {line[0] for line in lines}
            for entry in its[1:]:
                content = json.loads(entry.content)
                if entry.kind == "order.amended" and here and "lines" in content["changes"]:
                    lines = content["changes"]["lines"][1]
                    codes |= {line[0] for line in lines}
                moves = entry.kind in {"order.shipped", "order.cancelled", "order.platform_moved"}
                left |= moves and here and entry.kind != "order.cancelled" and content.get("state") != "cancelled"
                here &= not moves
            for line in lines:
                reserved[line[0]] += line[3] * here
                on_hand[line[0]] -= line[3] * left
    return {code: (on_hand[code], reserved[code]) for code in codes if code}
