"""Delegations (授权代审): somebody decides in another's place, for certain days and, if wished, one kind only."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.clock import office_day, to_ms
from app.models.approvals import delegations
from app.models.people import people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.errors import DelegationError
from app.services.ledger import open_ledger
from app.services.people.names import name_of


@dataclass(frozen=True, slots=True)
class DelegationRow:
    """A delegation as lists show it."""

    id: int
    giver: str
    taker: str
    kind: str  # "" is every kind
    first_day: date
    last_day: date
    ended: bool


@requires(Permission.DELEGATE)
def delegate(ctx: Context, taker: int, first_day: date, last_day: date, kind: str = "") -> int:
    """Let somebody decide in one's place; returns the delegation's number."""
    today = office_day(ctx.clock)
    if taker == ctx.person or last_day < max(first_day, today):
        raise DelegationError
    with ctx.writing() as conn:
        if conn.execute(select(people.c.id).where(people.c.id == taker, people.c.active == 1)).first() is None:
            raise DelegationError
        content = {
            "giver": ctx.person,
            "taker": taker,
            "kind": kind,
            "first_day": first_day.isoformat(),
            "last_day": last_day.isoformat(),
        }
        return subjects.begin(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), "delegation.made", content)


@requires(Permission.DELEGATE)
def end_delegation(ctx: Context, delegation: int) -> None:
    """Take a delegation of one's own back before its last day."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "delegations", delegation)
        if row["giver"] != ctx.person:
            raise DelegationError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, delegation, "delegation.ended", {})


@requires(Permission.PROPOSE)
def my_delegations(ctx: Context) -> list[DelegationRow]:
    """What one has given or taken, the newest first."""
    c = delegations.c
    with ctx.reading() as conn:
        rows = conn.execute(
            select(delegations).where((c.giver == ctx.person) | (c.taker == ctx.person)).order_by(c.id.desc())
        ).all()
        return [
            DelegationRow(
                row.id, name_of(conn, row.giver), name_of(conn, row.taker), row.kind,
                date.fromisoformat(row.first_day), date.fromisoformat(row.last_day), bool(row.ended),
            )
            for row in rows
        ]  # fmt: skip
