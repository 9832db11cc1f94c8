"""What the approval of a count's large differences does: they are booked (rule P5)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.stock import CountState, count_lines, counts
from app.money import format_money
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.ledger import Pen
from app.services.stock.differences import book_differences
from app.services.stock.errors import NotWaitingError, RecountedError
from app.services.stock.values import values_of

_l = count_lines.c


class CountDifferenceEffect:
    """The differences of a count that were too large to be booked by who counted; the subject is the count."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """The differences, and which of them a later count has overtaken; raises NotFoundError."""
        row = subjects.load(conn, "stock_counts", subject)
        wanted = select(count_lines).where(_l.count == subject, _l.waits > 0).order_by(_l.shelf, _l.code)
        lines = conn.execute(wanted).all()
        values = values_of(conn, [line.code for line in lines])
        currencies = sorted({values[line.code].currency for line in lines})
        return {
            "state": row["state"],
            "lines": [[line.code, line.expected, line.counted, line.reason] for line in lines],
            "worth": sum(line.waits for line in lines),
            "currency": currencies[0] if currencies else "CNY",
            "recounted": _recounted(conn, subject, [line.code for line in lines]),
        }

    def check(self, _conn: Connection, _subject: int, before: Facts, _after: Facts) -> None:
        """Raise where nothing waits any more, or something was counted again."""
        if before["state"] != CountState.WAITING:
            raise NotWaitingError
        if before["recounted"]:
            raise RecountedError(code=before["recounted"][0])

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """Book the differences."""
        lines = self.before(conn, subject)["lines"]
        subjects.advance(conn, pen, subject, "count.settled", {"proposal": proposal})
        book_differences(conn, pen, subject, [(code, counted - expected) for code, expected, counted, _why in lines])

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """Each article as the books had it and as it was counted, and what the difference is worth."""
        told = [(code, str(expected), str(counted)) for code, expected, counted, _why in before["lines"]]
        return [*told, (_("Value of the differences"), "", format_money(before["worth"], before["currency"]))]

    def amount(self, before: Facts, _after: Facts) -> tuple[int, str] | None:
        """What the differences are worth, missing and surplus alike."""
        return before["worth"], before["currency"]


def _recounted(conn: Connection, count: int, codes: Sequence[str]) -> list[str]:
    """Which of the codes a later count has closed with."""
    later = (
        select(_l.code)
        .join(counts, counts.c.id == _l.count)
        .where(_l.code.in_(codes), _l.count > count, _l.counted.is_not(None), counts.c.closed_at.is_not(None))
        .distinct()
        .order_by(_l.code)
    )
    return list(conn.execute(later).scalars())


COUNT_DIFFERENCE = CountDifferenceEffect()
