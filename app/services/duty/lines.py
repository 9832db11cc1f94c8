"""The lines of the roster: who has shifts to do, who is on call, and who is away."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.models.leave import LeaveKind, LeaveState
from app.models.people import Post, people, stored_posts
from app.services.duty.rules import DutyRules
from app.services.duty.weeks import Week, line_key
from app.services.leave.posts import Acted, acted_between
from app.services.leave.reading import away_days
from app.services.people.accounts import left_on

AGREED = frozenset({LeaveState.APPROVED, LeaveState.RUNNING, LeaveState.ENDED})


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the roster: somebody's shifts, or their days on call.

    `acted` are posts beside one's own that are in force on some days only (rule D4); the contract stays one's own.
    """

    key: str
    person: int
    name: str
    posts: tuple[Post, ...]
    on_call: bool
    acted: tuple[Acted, ...] = ()

    def posts_on(self, day: date) -> tuple[Post, ...]:
        """One's own posts, then those that are acted in on a day."""
        if not self.acted:
            return self.posts
        return (*self.posts, *(one.post for one in self.acted if one.first_day <= day <= one.last_day))


def lines_of(conn: Connection, rules: DutyRules, weeks: Sequence[Week], days: Sequence[date]) -> tuple[Line, ...]:
    """Everybody who has a shift to do on some of these days, then those who are on call.

    Who left stays in the weeks that name them.
    """
    named = {key for week in weeks for key, codes in week.in_force().items() if any(codes)}
    acting, told, on_call = acted_between(conn, days[0], days[-1]), [], []
    for row in conn.execute(select(people).order_by(people.c.id)):
        posts = stored_posts(row.posts)
        key, call = line_key(row.id), line_key(row.id, on_call=True)
        acted = acting.get(row.id, ())
        held = {*posts, *(one.post for one in acted)}
        works = any(held & set(kind.posts) for kind in rules.shifts)
        if (row.active and works) or key in named:
            told.append(Line(key, row.id, row.name, posts, False, acted))
        if (row.active and held & set(rules.on_call_posts)) or call in named:
            on_call.append(Line(call, row.id, row.name, posts, True, acted))
    return (*sorted(told, key=lambda line: list(Post).index(line.posts[0])), *on_call)


def away_of(conn: Connection, days: Sequence[date]) -> dict[int, frozenset[date]]:
    """On which of these days, in their order, somebody is not there: by an agreed leave, also a past one, or gone."""
    away = {
        person: frozenset(
            day for first, last, _kind, state in spans if state in AGREED for day in days if first <= day <= last
        )
        for person, spans in away_days(conn, days[0], days[-1]).items()
    }
    for person, since in left_on(conn).items():
        away[person] = away.get(person, frozenset()).union(day for day in days if day >= since)
    return away


def gone_of(conn: Connection, days: Sequence[date]) -> dict[int, date]:
    """From which day on who is away on some of these days is no longer here: by an approved resignation, or let out."""
    gone = left_on(conn)
    for person, spans in away_days(conn, days[0], days[-1]).items():
        for first, _last, kind, state in spans:
            if kind is LeaveKind.RESIGNATION and state in AGREED:
                gone[person] = min(first, gone.get(person, first))
    return gone
