"""The sealing entry of a day, and the row that finds it (rule O5)."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, insert

from app.models.office import seals
from app.services.ledger import Pen
from app.services.proof.seal_text import write_seal
from app.services.records.figures import Day
from app.services.records.window import SEALED, Sealed


def seal(conn: Connection, pen: Pen, day: Day, by: str) -> Sealed:
    """Close a gathered day with the pen's next entry; `by` is the name of whose pen it is."""
    window = day.window
    seq = pen.write(SEALED, None, _content(day, pen.hash))
    text = write_seal(window.day, seq, pen.hash)
    named = window.day.isoformat()
    conn.execute(delete(seals).where(seals.c.day == named))
    conn.execute(insert(seals).values(day=named, entry=seq, at=pen.at, seal=text))
    return Sealed(seq, pen.at, text, pen.hash, by, window, finished=False)


def _content(day: Day, before: bytes) -> Mapping[str, object]:
    """What the sealing entry says; `head` is the hash of the entry before it."""
    window = day.window
    return {
        "day": window.day.isoformat(),
        "first": window.first,
        "last": window.last,
        "as_of": window.as_of,
        "supplement": window.supplement,
        "head": before.hex(),
        "counts": day.counts(),
        "sums": dict(day.all.payable),
    }
