"""An order's facts read back from its entries: as ordered, as it stands, and what changed on the way (rule O6)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, select

from app.models.customers import PERSONAL_FIELDS, personal
from app.models.ledger import Entry
from app.models.orders import OrderEvent
from app.services.orders.rows import Amounts, Line, Person

AMOUNT_FIELDS = ("payable", "paid", "freight", "discount")


@dataclass(frozen=True, slots=True)
class OrderFacts:
    """An order's facts at one time; money in minor units."""

    lines: tuple[Line, ...]
    amounts: Amounts
    personal: int  # the entry whose personal fields are meant
    platform_state: str | None
    placed_at: int | None
    paid_at: int | None
    shop: str = ""
    waybill: str = ""
    carrier: str = ""
    office_remark: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """The two ends of an order's facts and the amendments between them."""

    ordered: OrderFacts
    stands: OrderFacts
    amendments: tuple[tuple[Entry, dict[str, Any]], ...] = field(default=())


def read_history(told: Iterable[Entry]) -> History:
    """The facts of one order from all its entries, the order.accepted one first."""
    iterator = iter(told)
    first = next(iterator)
    ordered = _accepted(first.seq, json.loads(first.content)["facts"])
    stands = ordered
    amendments: list[tuple[Entry, dict[str, Any]]] = []
    for entry in iterator:
        content = json.loads(entry.content)
        if entry.kind == OrderEvent.AMENDED:
            stands = _amended(stands, entry.seq, content)
            amendments.append((entry, content))
        elif entry.kind == OrderEvent.CONCEDED:
            amounts = replace(stands.amounts, payable=stands.amounts.payable - content["amount"])
            stands = replace(stands, amounts=amounts)
            amendments.append((entry, content))
        elif entry.kind == OrderEvent.SHIPPED:
            stands = replace(stands, waybill=content["waybill"], carrier=content["carrier"])
    return History(ordered, stands, tuple(amendments))


def lines_of(rows: Sequence[Sequence[Any]]) -> tuple[Line, ...]:
    """Lines as the entries hold them, as objects."""
    return tuple(Line(*row) for row in rows)


def rows_of_lines(lines: Iterable[Line]) -> list[list[Any]]:
    """Lines as entries hold them."""
    return [list(astuple(line)) for line in lines]


def _accepted(seq: int, facts: dict[str, Any]) -> OrderFacts:
    amounts = Amounts(facts["payable"], facts["paid"], facts["freight"], facts["discount"], facts["currency"])
    return OrderFacts(
        lines_of(facts["lines"]),
        amounts,
        seq,
        facts["platform_state"],
        facts["placed_at"],
        facts["paid_at"],
        facts["shop"],
        facts["waybill"],
        facts["carrier"],
    )


def _amended(facts: OrderFacts, seq: int, content: dict[str, Any]) -> OrderFacts:
    new = {name: values[1] for name, values in content["changes"].items()}
    amounts = replace(facts.amounts, **{name: new.pop(name) for name in AMOUNT_FIELDS if name in new})
    if "lines" in new:
        new["lines"] = lines_of(new["lines"])
    return replace(facts, amounts=amounts, personal=seq if "person" in content else facts.personal, **new)


def person_of(conn: Connection, entry: int) -> Person:
    """The personal fields that an entry committed to; erased ones come back empty and say so."""
    row = conn.execute(select(*(personal.c[name] for name in PERSONAL_FIELDS)).where(personal.c.id == entry)).first()
    return Person(erased=True) if row is None else Person(*row)
