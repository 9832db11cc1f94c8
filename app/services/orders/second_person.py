"""Rule O3's second person: who has had a hand in an order, and who has set a held one free."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.orders import OrderEvent
from app.models.people import SYSTEM

_HANDS = frozenset({OrderEvent.ATTEMPTED, OrderEvent.CONTACTED, OrderEvent.CONCEDED, OrderEvent.HELD})
_MONEY = frozenset({"payable", "paid", "freight", "discount", "lines"})


class SecondPersonError(RuleError):
    """Rule O3: four eyes."""

    message = N_("A second person has to do this, not the one who works on the order.")


def who_had_a_hand(conn: Connection, order: int) -> set[int]:
    """Who called, conceded, held, amended, or brought in a file with other sums: they do not release."""
    told = _told(conn, order, _HANDS | {OrderEvent.AMENDED})
    hands = {person for kind, person, facts in told if kind in _HANDS or _by_hand(facts)}
    return hands - {SYSTEM}


def who_set_it_free(conn: Connection, order: int) -> set[int]:
    """Who released the order, or lifted the checks' hold by a file with other sums: they do not confirm it."""
    free: set[int] = set()
    held = False
    for kind, person, facts in _told(conn, order, {OrderEvent.CHECKED, OrderEvent.RELEASED}):
        holds = kind == OrderEvent.CHECKED and facts["holds"]
        if kind == OrderEvent.RELEASED or (held and not holds):
            free.add(person)
        held = holds
    return free - {SYSTEM}


def _by_hand(amendment: dict[str, Any]) -> bool:
    return amendment["by"] == "desk" or not _MONEY.isdisjoint(amendment["changes"])


def _told(conn: Connection, order: int, kinds: Collection[OrderEvent]) -> Sequence[tuple[str, int, dict[str, Any]]]:
    e = entries.c
    wanted = select(e.kind, e.person, e.content).where(e.subject == order, e.kind.in_(kinds)).order_by(e.seq)
    return [(kind, person, json.loads(content)) for kind, person, content in conn.execute(wanted)]
