"""What an approval of a promotion does: it starts and ends by itself from then on (rule P4)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.clock import full_period
from app.i18n import _, ngettext
from app.models.publishing import PromotionState, PromotionStateError
from app.money import format_money
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.ledger import Pen
from app.services.promotions.prices import check_promotion, prices_of


class PromotionEffect:
    """A planned promotion becomes an approved one; its prices are checked against the floor once more."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What the approval rests on: the promotion, and the usual and floor prices of its articles."""
        row = subjects.load(conn, "promotions", subject)
        facts = {name: row[name] for name in ("name", "terms", "starts", "ends", "cost", "currency", "state")}
        goods = [[one.code, one.price, one.usual, one.floor] for one in prices_of(conn, subject)]
        return facts | {"prices": goods}

    def check(self, conn: Connection, subject: int, before: Facts, _after: Facts) -> None:
        """Raise where it is not planned any more, or a price does not do."""
        if before["state"] != PromotionState.PLANNED:
            raise PromotionStateError(before["state"])
        check_promotion(conn, subject)

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """Let it start when its time comes."""
        subjects.advance(conn, pen, subject, "promotion.approved", {"proposal": proposal})

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """The promotion as a person reads it."""
        count = len(before["prices"])
        goods = ngettext("{count} article", "{count} articles", count).format(count=count)
        return [
            (_("Period"), "", full_period(before["starts"], before["ends"])),
            (_("Terms"), "", before["terms"]),
            (_("Articles"), "", goods),
            (_("Expected cost"), "", format_money(before["cost"], before["currency"])),
        ]

    def amount(self, before: Facts, _after: Facts) -> tuple[int, str] | None:
        """What it is expected to cost."""
        return before["cost"], before["currency"]


PROMOTION = PromotionEffect()
