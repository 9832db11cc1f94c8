"""Who may do what: one table, one door (rule A2), and the context every service function acts in."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar

from app.clock import Clock
from app.errors import PermissionDeniedError
from app.models.people import SYSTEM, Level, Post
from app.services.db import Database

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


_P = Permission
_READS = frozenset({_P.ORDER_READ, _P.LEDGER_VERIFY})
_DESK = _READS | {_P.ORDER_IMPORT, _P.ORDER_CONTACT, _P.ORDER_AMEND, _P.ORDER_CONFIRM, _P.ORDER_CANCEL}
_LEADS = _DESK | {_P.ORDER_RELEASE, _P.ORDER_TAKE_OVER, _P.VIEW_SHARE, _P.RECORD_WRITE, _P.ORDER_EXPORT}
_MANAGES = _LEADS | {_P.CUSTOMER_FLAG, _P.ORDER_PACK, _P.OFFICE_SET}

# What a post may at the back-office level. At the ordinary level every post only reads.
POSTS: dict[Post, frozenset[Permission]] = {
    Post.SERVICE: _DESK | {_P.ORDER_RELEASE},
    Post.LEAD: _LEADS,
    Post.PLANNER: _READS,
    Post.LISTING: _READS,
    Post.DESIGN: _READS,
    Post.DELIVERY: _READS | {_P.ORDER_PACK},
    Post.IT: _READS,
    Post.FINANCE: _READS | {_P.ORDER_RELEASE, _P.ORDER_EXPORT},
    Post.MARKETING: _READS,
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


@dataclass(frozen=True, slots=True)
class Context:
    """One person at work: the database, the clock, and what the person may."""

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


def requires(
    permission: Permission,
) -> Callable[[Callable[Concatenate[Context, P], R]], Callable[Concatenate[Context, P], R]]:
    """The door: the decorated service function raises PermissionDeniedError without `permission`."""

    def guard(function: Callable[Concatenate[Context, P], R]) -> Callable[Concatenate[Context, P], R]:
        @functools.wraps(function)
        def guarded(ctx: Context, /, *args: P.args, **kwargs: P.kwargs) -> R:
            if permission not in ctx.permissions:
                raise PermissionDeniedError(permission=permission.value)
            return function(ctx, *args, **kwargs)

        _mark(guarded, permission)
        return guarded

    return guard


def _mark(function: Any, permission: Permission) -> None:
    function.required_permission = permission


def program(db: Database, clock: Clock) -> Context:
    """The program itself at work (clock, watched folder, nightly record): may everything, signs as nobody."""
    return Context(db, clock, SYSTEM, "掌柜", Post.DIRECTOR, Level.DATABASE, frozenset(Permission))
