"""Delegations (授权代审): somebody decides in another's place, for certain days and, if wished, one kind only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, from_ms, to_ms
from app.models.approvals import delegations
from app.models.people import Post, people
from app.services import subjects
from app.services.access import Context, Permission, permissions_of, requires
from app.services.approvals.errors import DelegationError
from app.services.approvals.rules import may_decide
from app.services.ledger import open_ledger
from app.services.people import name_of


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
    today = ctx.clock.now().astimezone(OFFICE_ZONE).date()
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


def chain_to(conn: Connection, person: int, kind: str, post: Post, at: int, but: int) -> list[int] | None:
    """The people through whom `person` may decide for a holder of `post`: from the holder to whoever gave it on.

    None where there is no such chain; one that passes through `but`, the proposer, does not count.
    """
    day = from_ms(at).astimezone(OFFICE_ZONE).date().isoformat()
    c = delegations.c
    given: dict[int, list[int]] = {}
    for row in conn.execute(
        select(c.giver, c.taker).where(
            c.ended == 0, c.first_day <= day, c.last_day >= day, c.kind.in_(("", kind)), c.giver != but, c.taker != but
        )
    ):
        given.setdefault(row.taker, []).append(row.giver)
    holders = _holders(conn, post)
    ways = [[giver] for giver in given.get(person, [])]
    seen = {person}
    while ways:
        way = ways.pop(0)
        if way[0] in holders:
            return way
        if way[0] not in seen:
            seen.add(way[0])
            ways += [[giver, *way] for giver in given.get(way[0], [])]
    return None


def givers_of(conn: Connection, person: int, at: int) -> Iterable[tuple[int, str]]:
    """Who lets `person` decide today, directly or through others, and for which kind ("" is every kind)."""
    day = from_ms(at).astimezone(OFFICE_ZONE).date().isoformat()
    c = delegations.c
    rows = conn.execute(
        select(c.giver, c.taker, c.kind).where(c.ended == 0, c.first_day <= day, c.last_day >= day)
    ).all()
    found: set[tuple[int, str]] = set()
    open_ends = {(person, "")}
    while open_ends:
        taker, limit = open_ends.pop()
        for row in rows:
            kind = row.kind or limit
            if row.taker == taker and (not limit or row.kind in {"", limit}) and (row.giver, kind) not in found:
                found.add((row.giver, kind))
                open_ends.add((row.giver, kind))
    return found


def _holders(conn: Connection, post: Post) -> set[int]:
    """The people who may decide what waits for `post` by their own posts."""
    rows = conn.execute(select(people.c.id, people.c.posts, people.c.level).where(people.c.active == 1)).all()
    return {
        row.id
        for row in rows
        if any(
            may_decide(held, post) and Permission.DECIDE in permissions_of(held, row.level)
            for held in map(Post, row.posts.split(","))
        )
    }
