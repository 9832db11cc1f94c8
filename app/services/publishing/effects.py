"""What an approval of a content item does: the item may be published from then on (rules P9–P11)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from app.i18n import _
from app.models.publishing import CONTENT_STATE_WORDS, ContentState, ContentStateError
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.ledger import Pen


class ContentEffect:
    """An item that is made becomes one that is to be published; a confidential one has a kind of its own."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """What the approval rests on."""
        row = subjects.load(conn, "contents", subject)
        return {name: row[name] for name in ("state", "title", "owner", "confidential")}

    def check(self, _conn: Connection, _subject: int, before: Facts, _after: Facts) -> None:
        """Only what is made can be approved."""
        if before["state"] != ContentState.MADE:
            raise ContentStateError(before["state"])

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """Let the 48 hours begin."""
        subjects.advance(conn, pen, subject, "content.approved", {"proposal": proposal})

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """The change as a person reads it."""
        word = _(CONTENT_STATE_WORDS[ContentState(before["state"])])
        return [(_("State"), word, _(CONTENT_STATE_WORDS[ContentState.APPROVED]))]

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No money is in it."""
        return None


CONTENT = ContentEffect()
