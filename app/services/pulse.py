"""The office's pulse: how one process hears that another has written."""

from dataclasses import dataclass

from sqlalchemy import select

from app.errors import OutsideError
from app.models.base import metadata
from app.models.ledger import ledger_head
from app.services.db import Database


@dataclass(slots=True)
class Pulse:
    """Remembers where the ledger ended; every fact of every subject ends in it, so it moves with each change."""

    db: Database
    seen: int = 0
    lost: bool = False  # whether the database did not answer the last time

    def feel(self) -> bool:
        """Whether anything was written since the last call, here or elsewhere; announces it to the listeners.

        A database that answers again counts as changed: what was asked of it meanwhile was not answered.
        """
        try:
            with self.db.reading() as conn:
                seq: int = conn.execute(select(ledger_head.c.seq)).scalar_one()
        except OutsideError:
            self.lost = True
            raise
        moved = seq != self.seen or self.lost
        first, self.seen, self.lost = self.seen == 0, seq, False
        if moved and not first:
            self.db.announce(frozenset(metadata.tables))  # who shows a table has loaded its model
        return moved
