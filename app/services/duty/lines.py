"""The lines of the roster: who has shifts to do, who is on call, and who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.models.leave import LeaveState, leaves
from app.models.people import Post, people
from app.services.duty.rules import DutyRules
from app.services.duty.weeks import Week, line_key

AGREED = (LeaveState.APPROVED.value, LeaveState.RUNNING.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the roster: somebody's shifts, or their days on call."""

    key: str
    person: int
    name: str
    posts: tuple[Post, ...]
    on_call: bool


def lines_of(conn: Connection, rules: DutyRules, weeks: Sequence[Week]) -> tuple[Line, ...]:
    """Everybody who has a shift to do, then those who are on call; who left stays in the weeks that name them."""
    named = {key for week in weeks for key, codes in week.in_force().items() if any(codes)}
    told, on_call = [], []
    for row in conn.execute(select(people).order_by(people.c.id)):
        posts = tuple(map(Post, row.posts.split(",")))
        key, call = line_key(row.id), line_key(row.id, on_call=True)
        works = any(set(kind.posts) & set(posts) for kind in rules.shifts)
        if (row.active and works) or key in named:
            told.append(Line(key, row.id, row.name, posts, on_call=False))
        if (row.active and set(posts) & set(rules.on_call_posts)) or call in named:
            on_call.append(Line(call, row.id, row.name, posts, on_call=True))
    return (*sorted(told, key=lambda line: list(Post).index(line.posts[0])), *on_call)


def away_of(conn: Connection, days: Sequence[date]) -> dict[int, frozenset[date]]:
    """On which of these days somebody's leave was agreed to."""
    c = leaves.c
    touches = (c.first_day <= days[-1].isoformat()) & (c.last_day >= days[0].isoformat())
    found: dict[int, frozenset[date]] = {}
    for row in conn.execute(select(c.person, c.first_day, c.last_day).where(touches, c.state.in_(AGREED))):
        gone = frozenset(day for day in days if row.first_day <= day.isoformat() <= row.last_day)
        found[row.person] = found.get(row.person, frozenset()) | gone
    return found
