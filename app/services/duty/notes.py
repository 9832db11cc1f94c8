"""What stands beside the roster: who had how many weekends and evenings, who is away, where the hotline goes."""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection

from app.clock import office_day
from app.services.access import Context, Permission, requires
from app.services.duty.news import not_seen_by
from app.services.duty.now import Now, now_at
from app.services.duty.shares import EVENINGS, SHOWN_WEEKS, TURNS, WEEKENDS, carried
from app.services.duty.span import Span
from app.services.duty.weeks import line_key
from app.services.leave.acting import ActingRow, acting_on
from app.services.leave.reading import NearLeave, near_leaves

LOOK_AHEAD_DAYS = 30


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody had in the last weeks, and in the weeks looked at."""

    name: str
    weekends: int
    evenings: int
    on_call: int


@dataclass(frozen=True, slots=True)
class DutyNotes:
    """All of it."""

    weeks: int
    shares: tuple[Share, ...]
    leaves: tuple[NearLeave, ...]
    actings: tuple[ActingRow, ...]
    now: Now
    unpublished: tuple[int, ...]
    unseen: tuple[str, ...]  # who has not looked yet at what was published for them; for who plans


@requires(Permission.DUTY_READ)
def duty_notes(ctx: Context, span: Span) -> DutyNotes:
    """The notes to some weeks of the roster."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        return DutyNotes(
            SHOWN_WEEKS,
            _shares(conn, span),
            tuple(near_leaves(conn, ctx, today, today + timedelta(days=LOOK_AHEAD_DAYS))),
            tuple(acting_on(conn, today)),
            now_at(conn, ctx.clock.now()),
            tuple(span.holidays.unpublished(span.days[0], span.days[-1])),
            _unseen(ctx, conn, span),
        )


def _unseen(ctx: Context, conn: Connection, span: Span) -> tuple[str, ...]:
    if not ctx.may(Permission.DUTY_PLAN):
        return ()
    names = {line.person: line.name for line in span.lines}
    weeks = [week for monday, week in span.weeks.items() if monday >= span.first]
    return tuple(names[person] for person in not_seen_by(conn, weeks, list(names), office_day(ctx.clock)))


def _shares(conn: Connection, span: Span) -> tuple[Share, ...]:
    keys = [line.key for line in span.lines]
    past = carried(conn, span.rules, span.holidays, span.first, keys, SHOWN_WEEKS, drafts=span.drafts).counts
    turns = {line.person: past[line.key].get(TURNS, 0) for line in span.lines if line.on_call}
    people = {line.person: line.name for line in span.lines}  # some have no shifts and are on call all the same
    none: dict[str, int] = {}
    had = {person: past.get(line_key(person), none) for person in people}
    told = [
        Share(name, had[person].get(WEEKENDS, 0), had[person].get(EVENINGS, 0), turns.get(person, 0))
        for person, name in people.items()
    ]
    return tuple(share for share in told if share.weekends or share.evenings or share.on_call)
