"""What the window's foot says of the office: where it is, how long the ledger, when it was last backed up."""

from dataclasses import dataclass

from sqlalchemy import func, select

from app.models.ledger import entries
from app.services.access import Context, Permission, requires
from app.services.ledger import head

BACKUPS = ("backup.made", "day.recorded")


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
    with ctx.db.reading() as conn:
        last = conn.execute(
            select(func.max(entries.c.at)).where(entries.c.kind.in_(BACKUPS), entries.c.subject.is_(None))
        ).scalar()
        return OfficeStatus(ctx.db.is_sqlite, ctx.db.encrypted, head(conn)[0], last)
