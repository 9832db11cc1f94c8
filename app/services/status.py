"""What the window's foot says of the office: where it is, how long the ledger, when it was last backed up."""

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select, update

from app.models.ledger import entries
from app.models.office import counters
from app.services.access import Context, Permission, requires
from app.services.ledger import head

LAST_BACKUP = "last backup"  # a counter that holds the number of the entry, as no index leads to entries by kind


@dataclass(frozen=True, slots=True)
class OfficeStatus:
    """Times in milliseconds UTC, None for never."""

    local: bool
    encrypted: bool
    entries: int
    backup_at: int | None


@requires(Permission.ORDER_READ)
def office_status(ctx: Context) -> OfficeStatus:
    """How the office stands."""
    with ctx.reading() as conn:
        entry = select(counters.c.value).where(counters.c.name == LAST_BACKUP).scalar_subquery()
        last = conn.execute(select(entries.c.at).where(entries.c.seq == entry)).scalar()
        return OfficeStatus(ctx.db.is_sqlite, ctx.db.encrypted, head(conn)[0], last)


def remember_backup(conn: Connection, entry: int) -> None:
    """Keep which entry tells of the newest backup."""
    if not conn.execute(update(counters).where(counters.c.name == LAST_BACKUP).values(value=entry)).rowcount:
        conn.execute(insert(counters).values(name=LAST_BACKUP, value=entry))
