"""Who holds which post today: their own posts, and those they act in (rule D4)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from app.clock import office_day
from app.models.leave import actings
from app.models.people import Post, people
from app.services.access import Context, Permission, requires

MANAGERS = frozenset({Post.MANAGER, Post.DIRECTOR})


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody at work, with every post that is theirs today."""

    id: int
    name: str
    posts: frozenset[Post]


@requires(Permission.DUTY_READ)
def list_holders(ctx: Context) -> list[Holder]:
    """Everybody at work, in the order of joining."""
    with ctx.reading() as conn:
        return list(holders(conn, office_day(ctx.clock)).values())


def holders(conn: Connection, today: date) -> dict[int, Holder]:
    """Everybody at work by number, in the order of joining."""
    a, day = actings.c, today.isoformat()
    acted: dict[int, set[Post]] = {}
    in_force = select(a.person, a.post).where(a.first_day <= day, a.last_day >= day, a.ended == "")
    for row in conn.execute(in_force):
        acted.setdefault(row.person, set()).add(Post(row.post))
    found = conn.execute(select(people).where(people.c.active == 1).order_by(people.c.id)).all()
    return {row.id: Holder(row.id, row.name, posts_of(row.posts) | acted.get(row.id, set())) for row in found}


def posts_of(text: str) -> frozenset[Post]:
    """Posts that are stored parted by commas; none where there is no text."""
    return frozenset(Post(value) for value in text.split(",") if value)
