"""What the approval of a concession above a post's authority does (rules O8, O9): an added fact on the order."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from app.errors import RuleError
from app.i18n import N_, _
from app.models.orders import BEFORE_CONFIRMING, OrderEvent
from app.money import format_money
from app.services.ledger import Pen
from app.services.orders import projection
from app.services.orders.steps import Step, conceded_on, load

Facts = Mapping[str, Any]


class ConcessionError(RuleError):
    """A concession leaves something to pay, and comes before the order is confirmed."""

    message = N_("A concession is more than nothing and at most what is payable, before the order is confirmed.")


class ConcessionEffect:
    """A larger price concession than the post may give by itself."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What is payable and was conceded; raises NotFoundError."""
        order = load(conn, subject)
        return {
            "number": order.number,
            "payable": order.payable,
            "conceded": conceded_on(conn, subject),
            "currency": order.currency,
            "open": int(order.state in BEFORE_CONFIRMING),
        }

    def check(self, _conn: Connection, _subject: int, before: Facts, after: Facts) -> None:
        """Raise ConcessionError where it is too much or too late."""
        if not before["open"] or not 0 < after["amount"] <= before["payable"] - before["conceded"]:
            raise ConcessionError

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, proposal: int) -> None:
        """Add the concession to the order."""
        order = load(conn, subject)
        step = Step(conn, pen, order, replace(order))
        content = {"amount": after["amount"], "reason": after["reason"], "proposal": proposal}
        step.write(OrderEvent.CONCEDED, content)
        projection.store(conn, step.before, step.order)

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """The change as a person reads it."""
        money, given = before["currency"], before["conceded"]
        return [
            (_("Payable"), format_money(before["payable"], money), ""),
            (_("Conceded"), format_money(given, money), format_money(given + after["amount"], money)),
        ]

    def amount(self, before: Facts, after: Facts) -> tuple[int, str] | None:
        """What is conceded on the order altogether."""
        return before["conceded"] + after["amount"], before["currency"]


CONCESSION = ConcessionEffect()
