"""What both are told of their swap of shifts (换班): that it is done, or who asked that it is refused (rule D2)."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from app.clock import to_ms
from app.i18n import _
from app.models.duty import SwapState, swaps
from app.models.ledger import entries
from app.services.access import Context, Permission, requires
from app.services.folds import Row
from app.services.people.names import names_of
from app.services.reminder import SOON, Reminder, What

DAY_MS = 86_400_000
_WHAT = {SwapState.DONE.value: What.SWAP_DONE, SwapState.REFUSED.value: What.SWAP_REFUSED}


@requires(Permission.DUTY_OWN)
def swap_reminders(ctx: Context) -> list[Reminder]:
    """The person's own, for a day from the answer on; what they did themselves, as a lead may, is no news."""
    now, first, last, s = to_ms(ctx.clock.now()), entries.alias("first"), entries.alias("last"), swaps.c
    done = s.state == SwapState.DONE.value
    asked_for = first.c.person == ctx.person  # by the lead, in somebody's name
    concerned = (s.asker == ctx.person) | ((s.colleague == ctx.person) & done) | (asked_for & ~done)
    wanted = (
        select(swaps, first.c.person.label("by"))
        .join(first, first.c.seq == s.id)
        .join(last, last.c.seq == s.last_seq)
        .where(concerned, s.state.in_(_WHAT), last.c.at > now - DAY_MS, last.c.person != ctx.person)
        .order_by(s.id)
    )
    with ctx.reading() as conn:
        rows = [dict(row) for row in conn.execute(wanted).mappings()]
        names = names_of(conn, [row[who] for row in rows for who in ("asker", "colleague", "by")])
    return [
        Reminder(row["id"], _WHAT[row["state"]], _title(row, ctx.person, names), SOON, row["last_seq"]) for row in rows
    ]


def _title(row: Row, person: int, names: Mapping[int, str]) -> str:
    """One's own day first; who asked is said where it was neither of the two."""
    told = _swapped(row, person, names)
    if row["by"] in (row["asker"], row["colleague"], person):
        return told
    return _("{swap} (asked for by {name})").format(swap=told, name=names[row["by"]])


def _swapped(row: Row, person: int, names: Mapping[int, str]) -> str:
    days = (_day(row["day"]), _day(row["their_day"]))
    if row["asker"] == person:
        return f"{days[0]} ⇄ {names[row['colleague']]} {days[1]}"
    if row["colleague"] == person:
        return f"{days[1]} ⇄ {names[row['asker']]} {days[0]}"
    return f"{names[row['asker']]} {days[0]} ⇄ {names[row['colleague']]} {days[1]}"


def _day(day: str) -> str:
    return f"{date.fromisoformat(day):%m-%d}"
