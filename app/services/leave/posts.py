"""Which posts somebody holds on a day: their own, and those they act in (rule D4)."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, bindparam, select

from app.models.leave import LeaveKind, LeaveState, actings, leaves
from app.models.people import Post, people, stored_posts

_a = actings.c
_IN_FORCE = (_a.first_day <= bindparam("day")) & (_a.last_day >= bindparam("day")) & (_a.ended == "")

# Put together once: the door asks the second one at each press of somebody who acts.
ACTING = select(_a.person, _a.post).where(_IN_FORCE).order_by(_a.id)
ACTING_IN = select(_a.id).where(_a.person == bindparam("person"), _a.post == bindparam("post"), _IN_FORCE)

# Asked by the door of who is let in no more.
ACTED_IN = select(_a.id).where(
    _a.person == bindparam("person"), _a.post == bindparam("post"), _a.first_day <= bindparam("day")
)
RESIGNED = select(leaves.c.id).where(
    leaves.c.person == bindparam("person"),
    leaves.c.kind == LeaveKind.RESIGNATION.value,
    leaves.c.state == LeaveState.ENDED.value,
)


@dataclass(frozen=True, slots=True)
class Acted:
    """A post that somebody acts in, and from when to when."""

    post: Post
    first_day: date
    last_day: date


def posts_now(conn: Connection, person: int, day: date) -> tuple[Post, ...]:
    """Somebody's own posts, then those they act in on a day; nothing for who is not at work here."""
    text = conn.execute(select(people.c.posts).where(people.c.id == person, people.c.active == 1)).scalar()
    return () if text is None else together(text, acting_posts(conn, day).get(person, ()))


def held_on(conn: Connection, day: date) -> dict[int, tuple[Post, ...]]:
    """As `posts_now` for everybody who is at work here, read at once."""
    acted = acting_posts(conn, day)
    rows = conn.execute(select(people.c.id, people.c.posts).where(people.c.active == 1))
    return {row.id: together(row.posts, acted.get(row.id, ())) for row in rows}


def acting_posts(conn: Connection, day: date) -> dict[int, tuple[Post, ...]]:
    """Who acts in which posts on a day."""
    found: dict[int, tuple[Post, ...]] = {}
    for row in conn.execute(ACTING, {"day": day.isoformat()}):
        found[row.person] = (*found.get(row.person, ()), Post(row.post))
    return found


def acted_between(conn: Connection, first: date, last: date) -> dict[int, tuple[Acted, ...]]:
    """Who acts in which posts on some of these days; what was ended early is told up to the day before its end."""
    near = (_a.first_day <= last.isoformat()) & (_a.last_day >= first.isoformat())
    found: dict[int, tuple[Acted, ...]] = {}
    for row in conn.execute(select(actings).where(near).order_by(_a.id)):
        ended = date.fromisoformat(row.ended) - timedelta(days=1) if row.ended else date.max
        acted = Acted(Post(row.post), date.fromisoformat(row.first_day), min(date.fromisoformat(row.last_day), ended))
        if max(acted.first_day, first) <= acted.last_day:
            found[row.person] = (*found.get(row.person, ()), acted)
    return found


def together(own: str, acted: tuple[Post, ...]) -> tuple[Post, ...]:
    """The posts of a row of `people` and those acted in, each once."""
    return tuple(dict.fromkeys((*stored_posts(own), *acted)))
