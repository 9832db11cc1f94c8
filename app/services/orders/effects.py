"""What the approval of money above a post's authority does (rules O8, O9): an added fact on the order."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from app.errors import RuleError
from app.i18n import N_, _
from app.models.orders import OrderEvent
from app.money import format_money
from app.services.approvals.effect import Facts
from app.services.ledger import Pen
from app.services.orders import projection
from app.services.orders.giving import WHEN, given_on, still_paid
from app.services.orders.steps import Step, load


class GivingError(RuleError):
    """Money that is given is more than nothing, there, and given at its time."""

    message = N_(
        "A concession comes before the order is confirmed, a refund after it; "
        "both are more than nothing and at most what is payable or paid."
    )


@dataclass(frozen=True, slots=True)
class GivingEffect:
    """A larger concession or refund than the post may give by itself; `most` of an order is what there is to give."""

    event: OrderEvent
    base: str  # what it is taken from
    word: str
    most: Callable[[Connection, projection.Standing], int]

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What there is to give and what was given; raises NotFoundError."""
        order = load(conn, subject)
        return {
            "number": order.number,
            "most": self.most(conn, order),
            "given": given_on(conn, subject, [self.event]),
            "currency": order.currency,
            "open": int(order.state in WHEN[self.event]),
        }

    def check(self, _conn: Connection, _subject: int, before: Facts, after: Facts) -> None:
        """Raise GivingError where it is too much, too early or too late."""
        if not before["open"] or not 0 < after["amount"] <= before["most"]:
            raise GivingError

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, proposal: int) -> None:
        """Add the fact to the order."""
        order = load(conn, subject)
        step = Step(conn, pen, order, replace(order))
        step.write(self.event, {"amount": after["amount"], "reason": after["reason"], "proposal": proposal})
        projection.store(conn, step.before, step.order)

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """The change as a person reads it."""
        money, given = before["currency"], before["given"]
        return [
            (_(self.base), format_money(before["most"], money), format_money(before["most"] - after["amount"], money)),
            (_(self.word), format_money(given, money), format_money(given + after["amount"], money)),
        ]

    def amount(self, before: Facts, after: Facts) -> tuple[int, str] | None:
        """What is given of this kind on the order altogether."""
        return before["given"] + after["amount"], before["currency"]


CONCESSION = GivingEffect(OrderEvent.CONCEDED, N_("Payable"), N_("Conceded"), lambda _conn, order: order.payable)
REFUND = GivingEffect(OrderEvent.REFUNDED, N_("Paid and not refunded"), N_("Refunded"), still_paid)
