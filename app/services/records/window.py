"""Which entries a day's record covers: those of the office's day, and in a supplement those since the record before."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from app.clock import day_bounds
from app.models.ledger import entries
from app.models.office import seals
from app.models.people import people
from app.services.ledger import head

SEALED = "day.sealed"
RECORDED = "day.recorded"
PROGRAM = "掌柜"
SLACK_MS = 2 * 86_400_000  # by how much a clock may have been wrong


@dataclass(frozen=True, slots=True)
class Window:
    """Entries `first` to `last` (none where `last` is before `first`), as they stood at `as_of`, in ms UTC."""

    day: date
    first: int
    last: int
    as_of: int
    supplement: int = 0  # how many records of the day were sealed before


@dataclass(frozen=True, slots=True)
class Sealed:
    """A day's last seal."""

    entry: int
    at: int
    text: str
    hash: bytes
    by: str
    window: Window
    finished: bool  # whether its backup and its paper were made


def window_of(conn: Connection, day: date, now: int, before: Sealed | None) -> Window:
    """What a record of `day` made `now` covers; `before` is the day's last seal.

    Clocks differ between computers and are put right, so the times along the chain may step back. The window reaches
    from the day's first entry to its last, beginning after what an earlier day's record holds: no entry is left out.
    """
    start, end = day_bounds(day)
    reached = head(conn)[0]
    near = entries.c.seq.between(first_at(conn, start - SLACK_MS, reached), first_at(conn, end + SLACK_MS, reached))
    first = conn.execute(select(func.min(entries.c.seq)).where(near, entries.c.at >= start)).scalar()
    last = conn.execute(select(func.max(entries.c.seq)).where(near, entries.c.at < end)).scalar() or 0
    first = max(reached + 1 if first is None else first, _covered(conn, day) + 1)
    if before is None:
        return Window(day, first, max(last, first - 1), min(now, end))
    first = max(first, before.window.last + 1)
    return Window(day, first, max(last, first - 1), min(now, end), before.window.supplement + 1)


def _covered(conn: Connection, day: date) -> int:
    """The last entry that the record of the day sealed before this one holds."""
    earlier = select(seals.c.entry).where(seals.c.day < day.isoformat()).order_by(seals.c.day.desc()).limit(1)
    content = conn.execute(select(entries.c.content).where(entries.c.seq == earlier.scalar_subquery())).scalar()
    return 0 if content is None else int(json.loads(content)["last"])


def worked(conn: Connection, day: date) -> bool:
    """Whether anything happened to an order on a day."""
    start, end = day_bounds(day)
    return has_more(conn, first_at(conn, start, head(conn)[0]) - 1, end)


def first_at(conn: Connection, moment: int, reached: int) -> int:
    """The first entry not before `moment`; the entry after the end where there is none."""
    low, high = 1, reached + 1
    while low < high:
        middle = (low + high) // 2
        at = conn.execute(select(entries.c.at).where(entries.c.seq == middle)).scalar_one()
        low, high = (middle + 1, high) if at < moment else (low, middle)
    return low


def last_seal(conn: Connection, day: date) -> Sealed | None:
    """The last seal of a day."""
    e = entries.c
    columns = (e.seq, e.at, e.content, e.hash, seals.c.seal, people.c.name)
    joined = seals.join(entries, e.seq == seals.c.entry).outerjoin(people, people.c.id == e.person)
    row = conn.execute(select(*columns).select_from(joined).where(seals.c.day == day.isoformat())).one_or_none()
    if row is None:
        return None
    content = json.loads(row.content)
    window = Window(day, content["first"], content["last"], content["as_of"], content["supplement"])
    finished = bool(recorded(conn, [row.seq]))
    return Sealed(row.seq, row.at, row.seal, bytes(row.hash), row.name or PROGRAM, window, finished)


def recorded(conn: Connection, sealing: Sequence[int]) -> set[int]:
    """Those of the sealing entries whose backup and paper were made."""
    e = entries.c
    return set(conn.execute(select(e.subject).where(e.subject.in_(sealing), e.kind == RECORDED)).scalars())


def has_more(conn: Connection, last: int, end: int) -> bool:
    """Whether anything happened to an order after entry `last` and before `end`, in milliseconds UTC."""
    e = entries.c
    following = select(e.at).where(e.seq > last, e.kind.like("order.%")).order_by(e.seq).limit(1)
    at: int | None = conn.execute(following).scalar()
    return at is not None and at < end
