"""Rule A2 as a table, and the one door."""

from dataclasses import replace

import pytest

from app.errors import PermissionDeniedError
from app.i18n import set_language
from app.models.people import SYSTEM, Level, Post
from app.services.access import Context, Permission, permissions_of, program, requires
from app.services.db import Database
from tests.factories import FixedClock, Office

P = Permission
EVERYBODY = frozenset(Post)
DESK = {Post.SERVICE, Post.LEAD, Post.MANAGER, Post.DIRECTOR}
LEADS = {Post.LEAD, Post.MANAGER, Post.DIRECTOR}
CATALOG = {Post.PLANNER, Post.LISTING, Post.MANAGER, Post.DIRECTOR}

# Who may what at the back-office level; the rule as the office reads it, not as the code writes it.
WHO = {
    P.ORDER_READ: EVERYBODY,
    P.LEDGER_VERIFY: EVERYBODY,
    P.ORDER_IMPORT: DESK,
    P.ORDER_CONTACT: DESK,
    P.ORDER_AMEND: DESK,
    P.ORDER_CONFIRM: DESK,
    P.ORDER_CANCEL: DESK,
    P.ORDER_RELEASE: DESK | {Post.FINANCE},
    P.ORDER_PACK: {Post.DELIVERY, Post.MANAGER, Post.DIRECTOR},
    P.ORDER_EXPORT: LEADS | {Post.FINANCE},
    P.ORDER_TAKE_OVER: LEADS,
    P.VIEW_SHARE: LEADS,
    P.RECORD_WRITE: LEADS,
    P.CUSTOMER_FLAG: {Post.MANAGER, Post.DIRECTOR},
    P.OFFICE_SET: {Post.MANAGER, Post.DIRECTOR},
    P.CUSTOMER_ERASE: {Post.DIRECTOR},
    P.CATALOG_READ: EVERYBODY,
    P.CATALOG_EDIT: CATALOG,
    P.CATALOG_IMPORT: CATALOG,
    P.CATALOG_EXPORT: CATALOG,
    P.STOCK_READ: EVERYBODY,
    P.STOCK_MOVE: {Post.DELIVERY, Post.LISTING, Post.MANAGER, Post.DIRECTOR},
    P.STOCK_COUNT: LEADS | {Post.DELIVERY, Post.LISTING},
    P.PROPOSE: EVERYBODY,
    P.DECIDE: LEADS,
    P.DELEGATE: LEADS,
    P.CONTENT_PLAN: CATALOG | {Post.DESIGN, Post.MARKETING},
    P.PUBLISH: {Post.LISTING, Post.DESIGN, Post.MANAGER, Post.DIRECTOR},
    P.MARKET_NOTE: {Post.PLANNER, Post.MARKETING, Post.MANAGER, Post.DIRECTOR},
    P.DUTY_READ: EVERYBODY,
    P.DUTY_OWN: EVERYBODY,
    P.DUTY_PLAN: LEADS,
    P.LEAVE_SEE: LEADS,
    P.ACTING_SET: {Post.MANAGER, Post.DIRECTOR},
    P.TASK_GIVE: LEADS,
    P.NOTICE_POST: LEADS | {Post.PLANNER},
    P.FILE_KEEP: {Post.MANAGER, Post.DIRECTOR},
    P.DATABASE_BACKUP: set(),
    P.PEOPLE_MANAGE: set(),
}


@requires(P.ORDER_CONFIRM)
def stamp(ctx: Context, orders: list[int], *, twice: bool = False) -> str:
    """Stamp."""
    orders.append(2 if twice else 1)
    return ctx.name


@pytest.mark.parametrize("permission", Permission)
def test_the_back_office_may_what_the_post_may(permission: Permission) -> None:
    assert {post for post in Post if permission in permissions_of(post, Level.BACK_OFFICE)} == WHO[permission]


@pytest.mark.parametrize("post", Post)
def test_the_ordinary_level_only_reads_and_sees_to_its_own_duty(post: Post) -> None:
    reads = {P.ORDER_READ, P.LEDGER_VERIFY, P.CATALOG_READ, P.STOCK_READ, P.DUTY_READ}
    assert permissions_of(post, Level.ORDINARY) == reads | {P.DUTY_OWN}


@pytest.mark.parametrize("post", Post)
def test_the_database_level_adds_and_takes_nothing_away(post: Post) -> None:
    added = permissions_of(post, Level.DATABASE) - permissions_of(post, Level.BACK_OFFICE)
    assert permissions_of(post, Level.DATABASE) > permissions_of(post, Level.BACK_OFFICE)
    assert {P.DATABASE_BACKUP, P.PEOPLE_MANAGE} <= added
    assert not added & {P.ORDER_CONTACT, P.ORDER_AMEND, P.ORDER_CONFIRM, P.ORDER_RELEASE, P.ORDER_CANCEL, P.ORDER_PACK}


def test_the_door_lets_in_who_may(file_office: Office) -> None:
    stamped: list[int] = []
    assert stamp(file_office.ctx("service"), stamped, twice=True) == "王敏"
    assert stamped == [2]


@pytest.mark.parametrize("role", ["trainee", "delivery"])
def test_the_door_refuses_before_anything_is_done(file_office: Office, role: str) -> None:
    stamped: list[int] = []
    with pytest.raises(PermissionDeniedError, match="may not confirm orders"):
        stamp(file_office.ctx(role), stamped)
    assert stamped == []


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_refusal_names_post_level_and_deed_in_words(file_office: Office, language: str) -> None:
    set_language(language)
    nobody = replace(file_office.ctx("delivery"), permissions=frozenset())
    said = {str(refusal(nobody, permission)) for permission in Permission}
    assert len(said) == len(Permission)
    names = {value for kind in (Permission, Post, Level) for value in kind if "_" in value or ":" in value}
    assert not [(name, one) for name in names for one in said if name in one]
    words = ("Picking and delivery", "Back office") if language == "en" else ("领货送货", "后台")
    assert all(word in one for word in words for one in said)


def refusal(ctx: Context, permission: Permission) -> PermissionDeniedError:
    with pytest.raises(PermissionDeniedError) as caught:
        ctx.demand(permission)
    return caught.value


def test_a_context_of_nobody_may_nothing(file_office: Office) -> None:
    with pytest.raises(PermissionDeniedError):
        stamp(Context(file_office.db, file_office.clock), [])


def test_the_door_keeps_the_functions_name_and_says_what_it_asks() -> None:
    assert (stamp.__name__, stamp.__doc__) == ("stamp", "Stamp.")
    assert vars(stamp)["required_permission"] is P.ORDER_CONFIRM


def test_views_ask_what_the_door_would_say(file_office: Office) -> None:
    assert file_office.ctx("lead").may(P.ORDER_TAKE_OVER)
    assert not file_office.ctx("service").may(P.ORDER_TAKE_OVER)


def test_the_program_may_everything_and_signs_as_nobody(file_office: Office, clock: FixedClock) -> None:
    db: Database = file_office.db
    ctx = program(db, clock)
    assert ctx.permissions == set(Permission)
    assert ctx.person == SYSTEM == 0
