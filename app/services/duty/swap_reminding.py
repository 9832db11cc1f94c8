"""What who asked for a swap of shifts (换班) is told of it: that it is done, or that somebody said no (rule D2)."""

from datetime import date

from sqlalchemy import select

from app.clock import to_ms
from app.models.duty import SwapState, swaps
from app.models.ledger import entries
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.reminder import SOON, Reminder, What

DAY_MS = 86_400_000
_WHAT = {SwapState.DONE.value: What.SWAP_DONE, SwapState.REFUSED.value: What.SWAP_REFUSED}


@requires(Permission.DUTY_OWN)
def swap_reminders(ctx: Context) -> list[Reminder]:
    """The person's own, for a day from the answer on; what they did themselves, as a lead may, is no news."""
    now, last = to_ms(ctx.clock.now()), entries.alias("last")
    wanted = (
        select(swaps, people.c.name)
        .join(people, people.c.id == swaps.c.colleague)
        .join(last, last.c.seq == swaps.c.last_seq)
        .where(
            swaps.c.asker == ctx.person, swaps.c.state.in_(_WHAT), last.c.at > now - DAY_MS,
            last.c.person != ctx.person,
        )
        .order_by(swaps.c.id)
    )  # fmt: skip
    with ctx.reading() as conn:
        return [
            Reminder(
                row.id, _WHAT[row.state], f"{_day(row.day)} ⇄ {row.name} {_day(row.their_day)}", SOON, row.last_seq
            )
            for row in conn.execute(wanted)
        ]


def _day(day: str) -> str:
    return f"{date.fromisoformat(day):%m-%d}"
