"""Who may do what: one table, one door (rule A2), and the context every service function acts in."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Select, bindparam, select

from app.clock import Clock, office_day
from app.errors import PermissionDeniedError
from app.i18n import N_, _
from app.models.people import LEVEL_WORDS, POST_WORDS, SYSTEM, Level, Post, people
from app.services.db import Database
from app.services.leave.posts import ACTED_IN, ACTING_IN, RESIGNED

P = ParamSpec("P")
R = TypeVar("R")


class Permission(StrEnum):
    """What a service function may demand."""

    ORDER_READ = "order:read"
    ORDER_IMPORT = "order:import"
    ORDER_CONTACT = "order:contact"
    ORDER_AMEND = "order:amend"
    ORDER_CONFIRM = "order:confirm"
    ORDER_RELEASE = "order:release"
    ORDER_CANCEL = "order:cancel"
    ORDER_PACK = "order:pack"
    ORDER_EXPORT = "order:export"
    ORDER_TAKE_OVER = "order:take_over"
    CUSTOMER_FLAG = "customer:flag"
    CUSTOMER_ERASE = "customer:erase"
    VIEW_SHARE = "view:share"
    RECORD_WRITE = "record:write"
    LEDGER_VERIFY = "ledger:verify"
    DATABASE_BACKUP = "database:backup"
    OFFICE_SET = "office:set"
    PEOPLE_MANAGE = "people:manage"
    CATALOG_READ = "catalog:read"
    CATALOG_EDIT = "catalog:edit"
    CATALOG_IMPORT = "catalog:import"
    CATALOG_EXPORT = "catalog:export"
    STOCK_READ = "stock:read"
    STOCK_MOVE = "stock:move"
    STOCK_COUNT = "stock:count"
    PROPOSE = "proposal:make"
    DECIDE = "proposal:decide"
    DELEGATE = "proposal:delegate"
    CONTENT_PLAN = "content:plan"
    PUBLISH = "content:publish"
    MARKET_NOTE = "market:note"
    DUTY_READ = "duty:read"
    DUTY_OWN = "duty:own"
    DUTY_PLAN = "duty:plan"
    LEAVE_SEE = "leave:see"
    ACTING_SET = "acting:set"
    TASK_GIVE = "task:give"
    NOTICE_POST = "notice:post"
    FILE_KEEP = "file:keep"


_P = Permission
_DEEDS = {
    _P.ORDER_READ: N_("look at orders"),
    _P.ORDER_IMPORT: N_("import orders"),
    _P.ORDER_CONTACT: N_("contact customers"),
    _P.ORDER_AMEND: N_("amend orders"),
    _P.ORDER_CONFIRM: N_("confirm orders"),
    _P.ORDER_RELEASE: N_("release held orders"),
    _P.ORDER_CANCEL: N_("cancel orders"),
    _P.ORDER_PACK: N_("pick and ship goods"),
    _P.ORDER_EXPORT: N_("take orders out of the program"),
    _P.ORDER_TAKE_OVER: N_("take over an order that somebody else has"),
    _P.CUSTOMER_FLAG: N_("mark a bad customer"),
    _P.CUSTOMER_ERASE: N_("erase a customer's data"),
    _P.VIEW_SHARE: N_("share a view"),
    _P.RECORD_WRITE: N_("seal the record of a day"),
    _P.LEDGER_VERIFY: N_("prove the ledger"),
    _P.DATABASE_BACKUP: N_("back up and restore the office"),
    _P.OFFICE_SET: N_("change the office's settings"),
    _P.PEOPLE_MANAGE: N_("change people and their rights"),
    _P.CATALOG_READ: N_("look at the catalog"),
    _P.CATALOG_EDIT: N_("change the catalog"),
    _P.CATALOG_IMPORT: N_("import products"),
    _P.CATALOG_EXPORT: N_("take products out of the program"),
    _P.STOCK_READ: N_("look at the stock"),
    _P.STOCK_MOVE: N_("move stock"),
    _P.STOCK_COUNT: N_("count stock"),
    _P.PROPOSE: N_("propose changes"),
    _P.DECIDE: N_("decide proposals"),
    _P.DELEGATE: N_("let somebody decide in your place"),
    _P.CONTENT_PLAN: N_("plan content"),
    _P.PUBLISH: N_("publish content"),
    _P.MARKET_NOTE: N_("note what competitors do"),
    _P.DUTY_READ: N_("look at the roster"),
    _P.DUTY_OWN: N_("ask for leave, swaps and shifts of your own"),
    _P.DUTY_PLAN: N_("plan the roster"),
    _P.LEAVE_SEE: N_("see everybody's leave and handovers"),
    _P.ACTING_SET: N_("let somebody act in a post"),
    _P.TASK_GIVE: N_("give tasks to posts"),
    _P.NOTICE_POST: N_("post notices"),
    _P.FILE_KEEP: N_("keep people's files"),
}
# What everybody may: read what is public in the office, and see to what is their own.
_READS = frozenset({_P.ORDER_READ, _P.LEDGER_VERIFY, _P.CATALOG_READ, _P.STOCK_READ, _P.DUTY_READ, _P.DUTY_OWN})
_OFFICE = _READS | {_P.PROPOSE}  # what everybody at the back-office level may
_CATALOG = frozenset({_P.CATALOG_EDIT, _P.CATALOG_IMPORT, _P.CATALOG_EXPORT})
_CONTENT = frozenset({_P.CONTENT_PLAN, _P.PUBLISH})
_DECIDES = frozenset({_P.DECIDE, _P.DELEGATE})
_DESK = _OFFICE | {_P.ORDER_IMPORT, _P.ORDER_CONTACT, _P.ORDER_AMEND, _P.ORDER_CONFIRM, _P.ORDER_CANCEL}
_LEADS = (
    _DESK
    | _DECIDES
    | {_P.ORDER_RELEASE, _P.ORDER_TAKE_OVER, _P.ORDER_EXPORT, _P.VIEW_SHARE, _P.RECORD_WRITE, _P.STOCK_COUNT}
    | {_P.DUTY_PLAN, _P.LEAVE_SEE, _P.TASK_GIVE, _P.NOTICE_POST}
)
_MANAGES = (
    _LEADS
    | _CATALOG
    | _CONTENT
    | {_P.CUSTOMER_FLAG, _P.ORDER_PACK, _P.OFFICE_SET, _P.STOCK_MOVE, _P.MARKET_NOTE}
    | {_P.ACTING_SET, _P.FILE_KEEP}
)

# What a post may at the back-office level. At the ordinary level every post only reads.
POSTS: dict[Post, frozenset[Permission]] = {
    Post.SERVICE: _DESK | {_P.ORDER_RELEASE},
    Post.LEAD: _LEADS,
    Post.PLANNER: _OFFICE | _CATALOG | {_P.CONTENT_PLAN, _P.MARKET_NOTE, _P.NOTICE_POST},
    Post.LISTING: _OFFICE | _CATALOG | _CONTENT | {_P.STOCK_MOVE, _P.STOCK_COUNT},
    Post.DESIGN: _OFFICE | _CONTENT,
    Post.DELIVERY: _OFFICE | {_P.ORDER_PACK, _P.STOCK_MOVE, _P.STOCK_COUNT},
    Post.IT: _OFFICE,
    Post.FINANCE: _OFFICE | {_P.ORDER_RELEASE, _P.ORDER_EXPORT},
    Post.MARKETING: _OFFICE | {_P.CONTENT_PLAN, _P.MARKET_NOTE},
    Post.MANAGER: _MANAGES,
    Post.DIRECTOR: _MANAGES | {_P.CUSTOMER_ERASE},
}

# What the database administrator's level adds to the post's own.
DATABASE_LEVEL = frozenset(
    {_P.DATABASE_BACKUP, _P.RECORD_WRITE, _P.PEOPLE_MANAGE, _P.OFFICE_SET, _P.CUSTOMER_ERASE, _P.ORDER_IMPORT}
)


def permissions_of(post: Post, level: Level) -> frozenset[Permission]:
    """What a person signed in with `post` at `level` may do."""
    if level is Level.ORDINARY:
        return _READS
    if level is Level.DATABASE:
        return POSTS[post] | DATABASE_LEVEL
    return POSTS[post]


class NotAllowedError(PermissionDeniedError):
    """Says which post and level were not enough, and for what."""

    message = N_("You are signed in as “{post}” at the level “{level}” and may not {deed}.")


class RightsChangedError(PermissionDeniedError):
    """The person was sent away, or has other posts or another level, since the sign-in."""

    message = N_("Your account, your posts or your level have been changed. Sign in again.")


class ResignedError(RightsChangedError):
    """The person's resignation has ended, and the account with it (rule D3)."""

    message = N_("Your resignation is complete: everything is handed over, and your account was closed.")


class ActingOverError(RightsChangedError):
    """Somebody works in a post in which they acted until yesterday, or until it was ended (rule D4)."""

    message = N_("Your acting as “{post}” is over. Sign in with a post of your own.")


_STANDS = select(people.c.posts, people.c.level, people.c.active).where(people.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class Context:
    """One person at work: the database, the clock, and what the person may.

    A guarded function opens its block through the context, so that in the same view or transaction the person still is
    who signed in: nothing is shown to, or signed by, somebody whose right was withdrawn an entry before.
    """

    db: Database
    clock: Clock
    person: int = SYSTEM
    name: str = ""
    post: Post = Post.SERVICE
    level: Level = Level.ORDINARY
    permissions: frozenset[Permission] = field(default_factory=frozenset)

    def may(self, permission: Permission) -> bool:
        """Whether the person may; views ask this to grey out what the door would refuse."""
        return permission in self.permissions

    def demand(self, permission: Permission) -> None:
        """Raise NotAllowedError where the person may not."""
        if permission not in self.permissions:
            post, level = _(POST_WORDS[self.post]), _(LEVEL_WORDS[self.level])
            raise NotAllowedError(post=post, level=level, deed=_(_DEEDS[permission]))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A block that reads in the person's name; raises RightsChangedError."""
        with self.db.reading() as conn:
            self._refuse_if_changed(conn)
            yield conn

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in the person's name; raises RightsChangedError."""
        with self.db.writing() as conn:
            self._refuse_if_changed(conn)
            yield conn

    def ask_again(self) -> None:
        """Raise RightsChangedError; for work that opens its blocks without the context."""
        with self.reading():
            return

    def _refuse_if_changed(self, conn: Connection) -> None:
        if self.person == SYSTEM:
            return
        row = conn.execute(_STANDS, {"person": self.person}).one_or_none()
        if row is not None and not row.active and conn.execute(RESIGNED, {"person": self.person}).first() is not None:
            raise ResignedError
        if row is None or not row.active or row.level != self.level:
            raise RightsChangedError
        if self.post not in row.posts.split(",") and not self._found(conn, ACTING_IN):
            if self._found(conn, ACTED_IN):
                raise ActingOverError(post=_(POST_WORDS[self.post]))
            raise RightsChangedError

    def _found(self, conn: Connection, wanted: Select[Any]) -> bool:
        """Whether there is such an acting of the person in the post (rule D4); asked only of who does not hold it."""
        day = office_day(self.clock).isoformat()
        return conn.execute(wanted, {"person": self.person, "post": self.post, "day": day}).first() is not None


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Context, P], R]], Callable[Concatenate[Context, P], R]]:
    """The door: the decorated service function raises PermissionDeniedError without `permission`."""

    def guard(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
        @functools.wraps(function)
        def guarded(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
            ctx.demand(permission)
            return function(ctx, *args, **kwargs)

        _mark(guarded, permission)
        return guarded

    return guard


def _mark(function: Any, permission: Permission) -> None:
    function.required_permission = permission


def program(db: Database, clock: Clock) -> Context:
    """The program itself at work (clock, watched folder, nightly record): may everything, signs as nobody."""
    return Context(db, clock, SYSTEM, "掌柜", Post.DIRECTOR, Level.DATABASE, frozenset(Permission))
