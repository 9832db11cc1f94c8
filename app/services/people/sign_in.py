"""Signing in with a post: who may be chosen, who is let in, and how wrong tries make an account wait (rule A3)."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, select, update

from app.clock import Clock, SystemClock, office_day, to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.people import SYSTEM, Level, Post, credentials, people
from app.services.access import Context, permissions_of
from app.services.db import Database
from app.services.leave.posts import acting_posts, posts_now, together
from app.services.ledger import fingerprint, open_ledger
from app.services.people.names import tidy
from app.services.people.passwords import EXPIRE_DAYS, hash_is_old, hash_password, password_fits, wait_after

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


@dataclass(frozen=True, slots=True)
class SignedIn:
    """What a sign-in gives."""

    ctx: Context
    must_change: bool


def people_to_sign_in(db: Database, clock: Clock | None = None) -> list[tuple[str, tuple[Post, ...]]]:
    """Names and posts for the sign-in screen: their own, and those they act in today (rule D4)."""
    wanted = select(people.c.id, people.c.name, people.c.posts).where(people.c.active == 1).order_by(people.c.id)
    with db.reading() as conn:
        acted = acting_posts(conn, office_day(clock or SystemClock()))
        return [(row.name, together(row.posts, acted.get(row.id, ()))) for row in conn.execute(wanted)]


def sign_in(db: Database, clock: Clock, name: str, post: Post | None, password: str) -> Context:
    """Let somebody in with one of their posts, own or acted in (the first without `post`); raises SignInError."""
    return sign_in_person(db, clock, name, post, password).ctx


def sign_in_person(db: Database, clock: Clock, name: str, post: Post | None, password: str) -> SignedIn:
    """As `sign_in`, and says whether the password must be changed now."""
    now = to_ms(clock.now())
    with db.reading() as conn:
        found = credentials_of(conn, people.c.name == tidy(name))
        posts = () if found is None else posts_now(conn, found.id, office_day(clock))
    if found is None:
        hash_password(password)  # as long as a real try takes, so that names cannot be told apart
        raise SignInError
    try_password(db, found, password, now)
    chosen = posts[0] if post is None else post
    if chosen not in posts:
        raise NotYourPostError
    level = Level(found.level)
    _let_in(db, found, now, chosen, hash_password(password) if hash_is_old(found.password_hash) else None)
    expired = now - found.changed_at > EXPIRE_DAYS * DAY_MS
    ctx = Context(db, clock, found.id, found.name, chosen, level, permissions_of(chosen, level))
    return SignedIn(ctx, bool(found.must_change) or expired)


def credentials_of(conn: Connection, who: ColumnElement[bool]) -> Any:
    """The row of somebody who may sign in, with what is kept of their password; None for anybody else."""
    joined = people.join(credentials, credentials.c.person == people.c.id)
    wanted = select(people, credentials).select_from(joined).where(who, people.c.active == 1)
    return conn.execute(wanted).one_or_none()


def try_password(db: Database, found: Any, password: str, now: int) -> None:
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
        still = credentials_of(conn, people.c.id == found.id)
        if still is None:
            raise SignInError
        _refuse_while_waiting(still.locked_until, now)  # wrong tries made at the same time have closed the account
        conn.execute(update(credentials).where(mine).values(failed=0, locked_until=0))
        if new_hash is not None:
            same = mine & (credentials.c.password_hash == found.password_hash)
            if conn.execute(update(credentials).where(same).values(password_hash=new_hash)).rowcount:
                pen.write("password.rehashed", found.id, {"password": fingerprint(new_hash)})
        pen.write("person.signed_in", found.id, {"post": post.value})
