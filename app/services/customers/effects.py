"""What the approval of a bad customer does (rule C3): the mark is set, the checks flag open and later orders."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.errors import NotFoundError, RuleError
from app.i18n import N_, _
from app.models.customers import customers
from app.models.orders import orders
from app.services.approvals.effect import Facts
from app.services.customers.marks import mark
from app.services.ledger import Pen


class FlaggedAlreadyError(RuleError):
    """A mark is set once."""

    message = N_("This customer is marked already.")


class BadCustomerEffect:
    """An ordinary customer becomes a bad one."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """Whether the customer is marked; raises NotFoundError for nobody."""
        if conn.execute(select(orders.c.id).where(orders.c.customer == subject).limit(1)).scalar() is None:
            raise NotFoundError(what=subject)
        flagged = conn.execute(select(customers.c.flagged).where(customers.c.id == subject)).scalar()
        return {"flagged": flagged or 0}

    def check(self, _conn: Connection, _subject: int, before: Facts, _after: Facts) -> None:
        """Nobody is marked twice."""
        if before["flagged"]:
            raise FlaggedAlreadyError

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, _proposal: int) -> None:
        """Set the mark with the reason that was given."""
        mark(conn, pen, subject, "customer.flagged", after["reason"], flagged=1)

    def words(self, _before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """The change as a person reads it."""
        return [(_("Customer"), _("ordinary"), _("bad customer"))]

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No money is in it."""
        return None


BAD_CUSTOMER = BadCustomerEffect()
