"""People: signing in, posts and levels, passwords; every change of a right is on record (rules A2, A3)."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from app.clock import OFFICE_ZONE, Clock, SystemClock, from_ms, office_day, to_ms
from app.errors import NotFoundError, RuleError
from app.i18n import N_, _
from app.models.ledger import entries
from app.models.people import LEVEL_WORDS, POST_WORDS, SYSTEM, Level, Post, credentials, people
from app.services.access import Context, Permission, permissions_of, requires
from app.services.db import Database
from app.services.leave.posts import acting_posts, posts_now, together
from app.services.ledger import Pen, fingerprint, open_ledger
from app.services.passwords import EXPIRE_DAYS, check_password, hash_is_old, hash_password, password_fits, wait_after
from app.services.reasons import need_reason

DAY_MS = 86_400_000


class SignInError(RuleError):
    """Why somebody was not let in; never which of name and password was wrong."""

    message = N_("Name or password is wrong.")


class SlowDownError(SignInError):
    """Five wrong tries."""

    message = N_("Too many wrong tries. Wait {seconds} seconds.")


class NotYourPostError(SignInError):
    """Signed in with a post that is not held."""

    message = N_("You do not hold this post.")


class LastAdministratorError(RuleError):
    """Somebody must be able to look after the database."""

    message = N_("The office needs at least one active database administrator.")


class OwnLevelError(RuleError):
    """Nobody raises their own rights."""

    message = N_("Somebody else has to change your own posts and level.")


class SamePasswordError(RuleError):
    """A changed password is another one."""

    message = N_("Choose a password that is not the one you have.")


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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in gives."""

    ctx: Context
    must_change: bool


def sign_in(db: Database, clock: Clock, name: str, post: Post | None, password: str) -> Context:
    """Let somebody in with one of their posts, own or acted in (the first without `post`); raises SignInError."""
    return sign_in_person(db, clock, name, post, password).ctx


def sign_in_person(db: Database, clock: Clock, name: str, post: Post | None, password: str) -> SignedIn:
    """As `sign_in`, and says whether the password must be changed now."""
    now = to_ms(clock.now())
    with db.reading() as conn:
        found = _credentials(conn, people.c.name == _tidy(name))
        posts = () if found is None else posts_now(conn, found.id, office_day(clock))
    if found is None:
        hash_password(password)  # as long as a real try takes, so that names cannot be told apart
        raise SignInError
    _try_password(db, found, password, now)
    chosen = posts[0] if post is None else post
    if chosen not in posts:
        raise NotYourPostError
    level = Level(found.level)
    _let_in(db, found, now, chosen, hash_password(password) if hash_is_old(found.password_hash) else None)
    expired = now - found.changed_at > EXPIRE_DAYS * DAY_MS
    ctx = Context(db, clock, found.id, found.name, chosen, level, permissions_of(chosen, level))
    return SignedIn(ctx, bool(found.must_change) or expired)


def _credentials(conn: Connection, who: ColumnElement[bool]) -> Any:
    joined = people.join(credentials, credentials.c.person == people.c.id)
    wanted = select(people, credentials).select_from(joined).where(who, people.c.active == 1)
    return conn.execute(wanted).one_or_none()


def _try_password(db: Database, found: Any, password: str, now: int) -> None:
    """Raise SignInError for a wrong password, which is counted, and SlowDownError while the account waits."""
    _refuse_while_waiting(found.locked_until, now)
    if not password_fits(found.password_hash, password):
        _count_failure(db, found.id, now)
        raise SignInError


def _refuse_while_waiting(locked_until: int, now: int) -> None:
    if locked_until > now:
        raise SlowDownError(seconds=-(-(locked_until - now) // 1000))


def _count_failure(db: Database, person: int, now: int) -> None:
    mine = credentials.c.person == person
    with db.writing() as conn:
        pen = open_ledger(conn, now, SYSTEM)  # first, so that of two tries at once both are counted
        failed = conn.execute(select(credentials.c.failed).where(mine)).scalar_one() + 1
        wait = wait_after(failed)
        until = now + wait * 1000 if wait else 0
        conn.execute(update(credentials).where(mine).values(failed=failed, locked_until=until))
        if wait:
            pen.write("person.locked", person, {"seconds": wait})


def _let_in(db: Database, found: Any, now: int, post: Post, new_hash: str | None) -> None:
    mine = credentials.c.person == found.id
    with db.writing() as conn:
        pen = open_ledger(conn, now, found.id)
        still = _credentials(conn, people.c.id == found.id)
        if still is None:
            raise SignInError
        _refuse_while_waiting(still.locked_until, now)  # wrong tries made at the same time have closed the account
        conn.execute(update(credentials).where(mine).values(failed=0, locked_until=0))
        if new_hash is not None:
            same = mine & (credentials.c.password_hash == found.password_hash)
            if conn.execute(update(credentials).where(same).values(password_hash=new_hash)).rowcount:
                pen.write("password.rehashed", found.id, {"password": fingerprint(new_hash)})
        pen.write("person.signed_in", found.id, {"post": post.value})


def sole_administrator(db: Database) -> str | None:
    """The name of the database administrator where there is exactly one: in whose name scheduled jobs run."""
    with db.reading() as conn:
        wanted = select(people.c.name).where(people.c.active == 1, people.c.level == Level.DATABASE)
        names = list(conn.execute(wanted).scalars())
    return names[0] if len(names) == 1 else None


def people_to_sign_in(db: Database, clock: Clock | None = None) -> list[tuple[str, tuple[Post, ...]]]:
    """Names and posts for the sign-in screen: their own, and those they act in today (rule D4)."""
    wanted = select(people.c.id, people.c.name, people.c.posts).where(people.c.active == 1).order_by(people.c.id)
    with db.reading() as conn:
        acted = acting_posts(conn, office_day(clock or SystemClock()))
        return [(row.name, together(row.posts, acted.get(row.id, ()))) for row in conn.execute(wanted)]


@requires(Permission.ORDER_READ)
def list_people(ctx: Context) -> list[PersonRow]:
    """Everybody, in the order of joining."""
    with ctx.reading() as conn:
        rows = conn.execute(select(people).order_by(people.c.id))
        return [PersonRow(r.id, r.name, _posts(r.posts), Level(r.level), bool(r.active)) for r in rows]


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
    name = _tidy(name)
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


def name_of(conn: Connection, person: int) -> str:
    """A person's name; the program's own for 0."""
    name: str | None = conn.execute(select(people.c.name).where(people.c.id == person)).scalar()
    return name or "掌柜"


def names_of(conn: Connection, persons: Iterable[int]) -> dict[int, str]:
    """Several people's names at once; each that is asked for has one, as with `name_of`."""
    numbers = set(persons)
    named = conn.execute(select(people.c.id, people.c.name).where(people.c.id.in_(numbers))) if numbers else ()
    return dict.fromkeys(numbers, "掌柜") | {row.id: row.name for row in named}


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
        row.subject: from_ms(row.at).astimezone(OFFICE_ZONE).date()
        for row in conn.execute(changed.order_by(e.seq))
        if json.loads(row.content)["changes"].get("active") == [1, 0]
    }


def is_last_administrator(conn: Connection, person: int) -> bool:
    """Whether nobody else could look after the database."""
    wanted = select(people.c.id).where(people.c.active == 1, people.c.level == Level.DATABASE)
    return list(conn.execute(wanted).scalars()) == [person]


@requires(Permission.PEOPLE_MANAGE)
def reset_password(ctx: Context, person: int, temporary: str) -> None:
    """Give somebody a temporary password that must be changed at the next sign-in."""
    _set_password(ctx, person, temporary, must_change=True)


@requires(Permission.ORDER_READ)
def change_own_password(ctx: Context, old: str, new: str) -> None:
    """Change one's own password; a wrong old one counts as a wrong try at signing in."""
    with ctx.reading() as conn:
        found = _credentials(conn, people.c.id == ctx.person)
    if found is None:
        raise NotFoundError(what=ctx.name)
    _try_password(ctx.db, found, old, to_ms(ctx.clock.now()))
    if old == new:
        raise SamePasswordError
    _set_password(ctx, ctx.person, new, must_change=False)


def _set_password(ctx: Context, person: int, password: str, *, must_change: bool) -> None:
    hashed = hash_password(password)  # before the transaction: it takes its time on purpose
    with ctx.writing() as conn:
        name = conn.execute(select(people.c.name).where(people.c.id == person)).scalar()
        if name is None:
            raise NotFoundError(what=person)
        check_password(password, name)
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        pen.write("password.reset" if must_change else "password.changed", person, {"password": fingerprint(hashed)})
        conn.execute(
            update(credentials)
            .where(credentials.c.person == person)
            .values(
                password_hash=hashed,
                changed_at=pen.at,
                must_change=int(must_change),
                failed=0,
                locked_until=0,
            )
        )


def post_word(post: Post) -> str:
    """A post's name in the language in use."""
    return _(POST_WORDS[post])


def level_word(level: Level) -> str:
    """A level's name in the language in use."""
    return _(LEVEL_WORDS[level])


def _tidy(name: str) -> str:
    """The name without blanks at its ends and with single ones inside, so that two people never look the same."""
    return " ".join(name.split())


def _posts(text: str) -> tuple[Post, ...]:
    return tuple(Post(value) for value in text.split(","))


def _keep_an_administrator(conn: Connection) -> None:
    wanted = select(func.count()).where(people.c.active == 1, people.c.level == Level.DATABASE)
    if conn.execute(wanted).scalar_one() == 0:
        raise LastAdministratorError
