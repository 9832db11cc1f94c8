"""Telling what took effect later than it was approved for, as where no computer ran the program then (rules P2, P3)."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from app.clock import exact_moment, office_time
from app.i18n import _
from app.models.approvals import proposals

LATE_MS = 2 * 60_000  # what is due is looked for each minute


def dues_of(conn: Connection, wanted: Collection[int]) -> dict[int, int]:
    """For when these proposals were approved, in milliseconds UTC; without those in force from their approval on."""
    if not wanted:
        return {}
    c = proposals.c
    return {
        row.id: row.effect_at
        for row in conn.execute(
            select(c.id, c.effect_at).where(c.id.in_(wanted), c.effect_at.is_not(None), c.effect_at > c.decided_at)
        )
    }


def late_words(due: int | None, at: int) -> str:
    """ "due 11-23 09:00, in force since 11-24 08:31"; "" where it came in time."""
    if due is None or at - due < LATE_MS:
        return ""
    day = office_time(at).date()  # told beside the sentence, with its year where that is another one
    return _("due {due}, in force since {time}").format(due=exact_moment(due, day), time=exact_moment(at, day))
