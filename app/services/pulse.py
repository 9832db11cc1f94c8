"""The office's pulse: how one process hears that another has written."""

from dataclasses import dataclass

from sqlalchemy import select

from app.models.base import metadata
from app.models.ledger import ledger_head
from app.services.db import Database


@dataclass(slots=True)
class Pulse:
    """Remembers where the ledger ended; every fact of every subject ends in it, so it moves with each change."""

    db: Database
    seen: int = 0

    def feel(self) -> bool:
        """Whether anything was written since the last call, here or elsewhere; announces it to the listeners."""
        with self.db.reading() as conn:
            seq: int = conn.execute(select(ledger_head.c.seq)).scalar_one()
        moved = seq != self.seen
        first, self.seen = self.seen == 0, seq
        if moved and not first:
            self.db.announce(frozenset(metadata.tables))  # who shows a table has loaded its model
        return moved
