"""What stands beside the roster: who had how many weekends and evenings, who is away, where the hotline goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.clock import office_day
from app.models.leave import HandoverState, LeaveKind, LeaveState, actings, handovers, leaves
from app.models.people import Post, people
from app.services.access import Context, Permission, requires
from app.services.duty.now import Now, now_at
from app.services.duty.planning import Span
from app.services.duty.shares import EVENINGS, SHOWN_WEEKS, TURNS, WEEKENDS, carried
from app.services.duty.weeks import line_key

LOOK_AHEAD_DAYS = 30
_STANDS = (LeaveState.ASKED.value, LeaveState.PROPOSED.value, LeaveState.APPROVED.value, LeaveState.RUNNING.value)
_TAKEN = frozenset(
    {HandoverState.ACCEPTED.value, HandoverState.GIVEN.value, HandoverState.GONE.value, HandoverState.BACK.value}
)


@dataclass(frozen=True, slots=True)
class Share:
    """What somebody had in the last weeks, and in the weeks looked at."""

    name: str
    weekends: int
    evenings: int
    on_call: int


@dataclass(frozen=True, slots=True)
class LeaveNote:
    """A leave that is near; `taken` where everything has a receiver who accepted."""

    name: str
    kind: LeaveKind
    first_day: date
    last_day: date
    receiver: str
    state: LeaveState
    taken: bool


@dataclass(frozen=True, slots=True)
class ActingNote:
    """Somebody in another's post."""

    name: str
    post: Post
    instead_of: str
    last_day: date


@dataclass(frozen=True, slots=True)
class DutyNotes:
    """All of it."""

    weeks: int
    shares: tuple[Share, ...]
    leaves: tuple[LeaveNote, ...]
    actings: tuple[ActingNote, ...]
    now: Now
    unpublished: tuple[int, ...]


@requires(Permission.DUTY_READ)
def duty_notes(ctx: Context, span: Span) -> DutyNotes:
    """The notes to some weeks of the roster."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        names = {row.id: row.name for row in conn.execute(select(people.c.id, people.c.name))}
        return DutyNotes(
            SHOWN_WEEKS,
            _shares(conn, span),
            _leaves(conn, names, today),
            _actings(conn, names, today),
            now_at(conn, ctx.clock.now()),
            tuple(span.holidays.unpublished(span.days[0], span.days[-1])),
        )


def _shares(conn: Connection, span: Span) -> tuple[Share, ...]:
    keys = [line.key for line in span.lines]
    past = carried(conn, span.rules, span.holidays, span.first, keys, SHOWN_WEEKS).counts
    turns = {line.person: past[line.key].get(TURNS, 0) for line in span.lines if line.on_call}
    people = {line.person: line.name for line in span.lines}  # some have no shifts and are on call all the same
    none: dict[str, int] = {}
    had = {person: past.get(line_key(person), none) for person in people}
    told = [
        Share(name, had[person].get(WEEKENDS, 0), had[person].get(EVENINGS, 0), turns.get(person, 0))
        for person, name in people.items()
    ]
    return tuple(share for share in told if share.weekends or share.evenings or share.on_call)


def _leaves(conn: Connection, names: Mapping[int, str], today: date) -> tuple[LeaveNote, ...]:
    c = leaves.c
    near = (c.last_day >= today.isoformat()) & (c.first_day <= (today + timedelta(days=LOOK_AHEAD_DAYS)).isoformat())
    rows = conn.execute(select(leaves).where(near, c.state.in_(_STANDS)).order_by(c.first_day, c.id)).all()
    open_ones = set(
        conn.execute(
            select(handovers.c.leave).where(
                handovers.c.leave.in_([row.id for row in rows]), handovers.c.state.not_in(sorted(_TAKEN))
            )
        ).scalars()
    )
    return tuple(
        LeaveNote(
            names[row.person], LeaveKind(row.kind), date.fromisoformat(row.first_day), date.fromisoformat(row.last_day),
            names.get(row.receiver, ""), LeaveState(row.state), row.id not in open_ones,
        )
        for row in rows
    )  # fmt: skip


def _actings(conn: Connection, names: Mapping[int, str], today: date) -> tuple[ActingNote, ...]:
    c, day = actings.c, today.isoformat()
    rows = conn.execute(select(actings).where(c.first_day <= day, c.last_day >= day, c.ended == "").order_by(c.id))
    return tuple(
        ActingNote(names[row.person], Post(row.post), names.get(row.instead_of, ""), date.fromisoformat(row.last_day))
        for row in rows
    )
