"""Who works here with which posts and level: who comes, changes or goes, each on record (rule A2)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, insert, select, update

from app.clock import office_time, to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.people import Level, Post, credentials, people, stored_posts
from app.services.access import Context, Permission, requires
from app.services.db import Database
from app.services.ledger import Pen, fingerprint, open_ledger
from app.services.people.names import tidy
from app.services.people.passwords import check_password, hash_password
from app.services.reasons import need_reason


class LastAdministratorError(RuleError):
    """Somebody must be able to look after the database."""

    message = N_("The office needs at least one active database administrator.")


class OwnLevelError(RuleError):
    """Nobody raises their own rights."""

    message = N_("Somebody else has to change your own posts and level.")


class NoPostError(RuleError):
    """A person without a post cannot sign in."""

    message = N_("Choose at least one post.")


class NamelessError(RuleError):
    """A person is chosen by name at sign-in."""

    message = N_("Give the person a name.")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody of the office."""

    id: int
    name: str
    posts: tuple[Post, ...]
    level: Level
    active: bool


@requires(Permission.ORDER_READ)
def list_people(ctx: Context) -> list[PersonRow]:
    """Everybody, in the order of joining."""
    with ctx.reading() as conn:
        rows = conn.execute(select(people).order_by(people.c.id))
        return [PersonRow(r.id, r.name, stored_posts(r.posts), Level(r.level), bool(r.active)) for r in rows]


@requires(Permission.PEOPLE_MANAGE)
def add_person(ctx: Context, name: str, posts: Sequence[Post], level: Level, password: str) -> int:
    """Add somebody with a first password that must be changed; returns their number."""
    check_password(password, name)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        return add_person_to(conn, pen, name, posts, level, password, must_change=True)


def add_person_to(
    conn: Connection,
    pen: Pen,
    name: str,
    posts: Sequence[Post],
    level: Level,
    password: str,
    *,
    must_change: bool = False,
) -> int:
    """Add somebody within an open transaction; the caller has checked the password."""
    if not posts:
        raise NoPostError
    name = tidy(name)
    if not name:
        raise NamelessError
    named = [post.value for post in posts]
    hashed = hash_password(password)
    facts = {"name": name, "posts": named, "level": level.value}
    first = {"password": fingerprint(hashed), "must_change": must_change}
    person = pen.write("person.added", None, facts | first)
    conn.execute(insert(people).values(id=person, name=name, posts=",".join(named), level=level.value, active=1))
    conn.execute(
        insert(credentials).values(
            person=person,
            password_hash=hashed,
            changed_at=pen.at,
            must_change=int(must_change),
            failed=0,
            locked_until=0,
        )
    )
    return person


@requires(Permission.PEOPLE_MANAGE)
def change_person(ctx: Context, person: int, *, posts: Sequence[Post], level: Level, active: bool, reason: str) -> None:
    """Change somebody's posts, level or whether they may sign in at all; on record with before and after."""
    if person == ctx.person:
        raise OwnLevelError
    if not posts:
        raise NoPostError
    why = need_reason(reason)
    after = {"posts": ",".join(post.value for post in posts), "level": level.value, "active": int(active)}
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        before = conn.execute(select(people).where(people.c.id == person)).one_or_none()
        if before is None:
            raise NotFoundError(what=person)
        changes = {name: [getattr(before, name), value] for name, value in after.items()}
        pen.write("person.changed", person, {"changes": changes, "reason": why})
        conn.execute(update(people).where(people.c.id == person).values(after))
        _keep_an_administrator(conn)


def close_account(conn: Connection, pen: Pen, person: int, reason: str) -> None:
    """Let somebody in no more, within somebody else's transaction: what a resignation ends with (rule D3)."""
    pen.write("person.changed", person, {"changes": {"active": [1, 0]}, "reason": reason})
    conn.execute(update(people).where(people.c.id == person).values(active=0))
    _keep_an_administrator(conn)


def left_on(conn: Connection) -> dict[int, date]:
    """On which day the accounts were closed of those who are let in no more: from it on they do not work here."""
    e = entries.c
    gone = select(people.c.id).where(people.c.active == 0)
    changed = select(e.subject, e.at, e.content).where(e.subject.in_(gone), e.kind == "person.changed")
    return {
        row.subject: office_time(row.at).date()
        for row in conn.execute(changed.order_by(e.seq))
        if json.loads(row.content)["changes"].get("active") == [1, 0]
    }


def sole_administrator(db: Database) -> str | None:
    """The name of the database administrator where there is exactly one: in whose name scheduled jobs run."""
    with db.reading() as conn:
        names = list(_administrators(conn).values())
    return names[0] if len(names) == 1 else None


def is_last_administrator(conn: Connection, person: int) -> bool:
    """Whether nobody else could look after the database."""
    return list(_administrators(conn)) == [person]


def _keep_an_administrator(conn: Connection) -> None:
    if not _administrators(conn):
        raise LastAdministratorError


def _administrators(conn: Connection) -> dict[int, str]:
    """The numbers and names of those who can look after the database."""
    wanted = select(people.c.id, people.c.name).where(people.c.active == 1, people.c.level == Level.DATABASE)
    return {row.id: row.name for row in conn.execute(wanted)}
