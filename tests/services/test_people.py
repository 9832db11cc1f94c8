"""Signing in, posts and levels, passwords; what of it goes on record (rules A2, A3)."""

import json
import threading
from typing import Any

import argon2
import pytest
from sqlalchemy import select, update

from app.clock import to_ms
from app.errors import NotFoundError, PermissionDeniedError
from app.models.ledger import entries
from app.models.people import Level, Post, credentials, people
from app.services.access import Permission, permissions_of, program
from app.services.db import Database, DuplicateError
from app.services.ledger import fingerprint, open_ledger
from app.services.passwords import WeakPasswordError
from app.services.people import (
    LastAdministratorError,
    NamelessError,
    NoPostError,
    NotYourPostError,
    OwnLevelError,
    PersonRow,
    SamePasswordError,
    SignInError,
    SlowDownError,
    _let_in,
    add_person,
    add_person_to,
    change_own_password,
    change_person,
    level_word,
    list_people,
    people_to_sign_in,
    post_word,
    reset_password,
    sign_in,
    sign_in_person,
    sole_administrator,
)
from app.services.reasons import ReasonNeededError
from tests.factories import ADMIN, PASSWORD, PEOPLE, FixedClock, Office, kinds, unbroken

WRONG = "Wrong#11"
OTHER = "Another#1"


def said(db: Database) -> list[tuple[str, int, int | None, Any]]:
    """Kind, person, subject and content of every entry."""
    c = entries.c
    with db.reading() as conn:
        rows = conn.execute(select(c.kind, c.person, c.subject, c.content).order_by(c.seq)).all()
    return [(row.kind, row.person, row.subject, json.loads(row.content)) for row in rows]


def kept(db: Database, person: int) -> Any:
    with db.reading() as conn:
        return conn.execute(select(credentials).where(credentials.c.person == person)).one()


def fail(office: Office, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInError) as caught:
            sign_in(office.db, office.clock, "王敏", None, WRONG)
        assert type(caught.value) is SignInError


def test_signing_in_gives_what_the_post_and_level_may(office: Office) -> None:
    ctx = sign_in(office.db, office.clock, "李娜", Post.PLANNER, PASSWORD)
    assert (ctx.person, ctx.name, ctx.post) == (office.numbers["colleague"], "李娜", Post.PLANNER)
    assert ctx.permissions == permissions_of(Post.PLANNER, Level.BACK_OFFICE)
    assert not ctx.may(Permission.ORDER_CONFIRM)
    assert said(office.db)[-1] == ("person.signed_in", ctx.person, ctx.person, {"post": "planner"})
    first = sign_in(office.db, office.clock, " 李娜 ", None, PASSWORD)
    assert first.post is Post.SERVICE
    assert first.may(Permission.ORDER_CONFIRM)


def test_a_post_that_is_not_held_is_refused(office: Office) -> None:
    with pytest.raises(NotYourPostError):
        sign_in(office.db, office.clock, "王敏", Post.DIRECTOR, PASSWORD)
    assert "person.signed_in" not in [kind for kind, *_ in said(office.db)]


@pytest.mark.parametrize(("name", "password"), [("王敏", WRONG), ("没有此人", PASSWORD), ("", ""), ("王敏", "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(office: Office, name: str, password: str) -> None:
    with pytest.raises(SignInError) as caught:
        sign_in(office.db, office.clock, name, None, password)
    assert type(caught.value) is SignInError
    assert str(caught.value) == "Name or password is wrong."


def test_an_unknown_name_costs_as_much_as_a_known_one(file_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the watch, which would quiver: an argon2 computation is made for either."""
    made: list[str] = []
    real_hash, real_verify = argon2.low_level.hash_secret, argon2.low_level.verify_secret

    def hash_secret(*args: Any, **named: Any) -> bytes:
        made.append("hash")
        return real_hash(*args, **named)

    def verify_secret(*args: Any, **named: Any) -> bool:
        made.append("verify")
        return real_verify(*args, **named)

    monkeypatch.setattr("argon2._password_hasher.hash_secret", hash_secret)
    monkeypatch.setattr("argon2._password_hasher.verify_secret", verify_secret)
    for name in ("没有此人", "王敏"):
        with pytest.raises(SignInError):
            sign_in(file_office.db, file_office.clock, name, None, WRONG)
    assert made == ["hash", "verify"]


def test_five_wrong_tries_make_the_account_wait_longer_and_longer(office: Office) -> None:
    fail(office, 5)
    with pytest.raises(SlowDownError) as caught:
        sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert caught.value.params == {"seconds": 30}
    assert "30 seconds" in str(caught.value)
    office.clock.advance(seconds=29, milliseconds=500)
    with pytest.raises(SlowDownError, match="Wait 1 seconds"):
        sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    office.clock.advance(milliseconds=500)
    fail(office, 1)
    with pytest.raises(SlowDownError) as caught:
        sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert caught.value.params == {"seconds": 60}
    number = office.numbers["service"]
    locked = [one for one in said(office.db) if one[0] == "person.locked"]
    assert locked == [("person.locked", 0, number, {"seconds": s}) for s in (30, 60)]
    sign_in(office.db, office.clock, "李娜", None, PASSWORD)  # nobody else waits


def test_the_right_password_after_the_wait_starts_the_count_anew(office: Office) -> None:
    fail(office, 5)
    office.clock.advance(seconds=30)
    sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert kept(office.db, office.numbers["service"]).failed == 0
    fail(office, 4)
    sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert [kind for kind, *_ in said(office.db)].count("person.locked") == 1


def test_wrong_tries_at_the_same_time_are_all_counted(office: Office) -> None:
    refused: list[SignInError] = []

    def knock() -> None:
        try:
            sign_in(office.db, office.clock, "王敏", None, WRONG)
        except SignInError as error:
            refused.append(error)

    threads = [threading.Thread(target=knock) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(refused) == 4
    assert kept(office.db, office.numbers["service"]).failed == 4


def test_a_right_guess_amid_many_wrong_ones_does_not_open_a_closed_account(office: Office) -> None:
    number, now = office.numbers["service"], to_ms(office.clock.now())
    joined = people.join(credentials, credentials.c.person == people.c.id)
    with office.db.reading() as conn:
        seen = conn.execute(select(people, credentials).select_from(joined).where(people.c.id == number)).one()
    fail(office, 5)
    with pytest.raises(SlowDownError):
        _let_in(office.db, seen, now, Post.SERVICE, None)  # its password was compared before the fifth failed
    assert kept(office.db, number).failed == 5


def test_who_has_left_is_not_let_in(office: Office) -> None:
    change_person(
        office.ctx("admin"), office.numbers["service"], posts=[Post.SERVICE], level=Level.BACK_OFFICE, active=False,
        reason="离职",
    )  # fmt: skip
    with pytest.raises(SignInError):
        sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert "王敏" not in [name for name, _ in people_to_sign_in(office.db)]


def test_a_password_older_than_ninety_days_must_be_changed(office: Office) -> None:
    office.clock.advance(days=90)
    assert not sign_in_person(office.db, office.clock, "王敏", None, PASSWORD).must_change
    office.clock.advance(seconds=1)
    signed = sign_in_person(office.db, office.clock, "王敏", None, PASSWORD)
    assert signed.must_change
    change_own_password(signed.ctx, PASSWORD, OTHER)
    assert not sign_in_person(office.db, office.clock, "王敏", None, OTHER).must_change


def test_a_hash_with_old_parameters_is_made_anew_at_the_next_sign_in(office: Office) -> None:
    number = office.numbers["service"]
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash(PASSWORD)
    with office.db.writing() as conn:
        conn.execute(update(credentials).where(credentials.c.person == number).values(password_hash=weak))
    changed = kept(office.db, number).changed_at
    office.clock.advance(days=3)
    sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    row = kept(office.db, number)
    assert "m=65536,t=3,p=4" in row.password_hash
    assert row.changed_at == changed
    sign_in(office.db, office.clock, "王敏", None, PASSWORD)
    assert kept(office.db, number).password_hash == row.password_hash


def test_everybody_is_listed_in_the_order_of_joining(office: Office) -> None:
    listed = list_people(office.ctx("trainee"))
    assert [row.name for row in listed] == [ADMIN, *(name for name, _, _ in PEOPLE.values())]
    number = office.numbers["colleague"]
    assert PersonRow(number, "李娜", (Post.SERVICE, Post.PLANNER), Level.BACK_OFFICE, True) in listed
    assert people_to_sign_in(office.db)[0] == (ADMIN, (Post.MANAGER, Post.IT))


def test_a_new_person_is_an_entry_and_must_change_the_first_password(office: Office) -> None:
    admin = office.ctx("admin")
    number = add_person(admin, " 冯  磊 ", [Post.FINANCE, Post.MARKETING], Level.ORDINARY, OTHER)
    facts = {"name": "冯 磊", "posts": ["finance", "marketing"], "level": "ordinary"}
    first = {"password": fingerprint(kept(office.db, number).password_hash), "must_change": True}
    assert said(office.db)[-1] == ("person.added", admin.person, None, facts | first)
    with office.db.reading() as conn:
        assert unbroken(conn) == number
    signed = sign_in_person(office.db, office.clock, "冯 磊", Post.MARKETING, OTHER)
    assert (signed.ctx.person, signed.must_change) == (number, True)


@pytest.mark.parametrize(
    ("name", "posts", "password", "error"),
    [("王敏", [Post.IT], OTHER, DuplicateError), ("  ", [Post.IT], OTHER, NamelessError),
     ("冯磊", [], OTHER, NoPostError), ("冯磊", [Post.IT], "123456", WeakPasswordError),
     ("冯磊", [Post.IT], "冯磊abc#1", WeakPasswordError)],
)  # fmt: skip
def test_nobody_is_added_badly(
    office: Office, name: str, posts: list[Post], password: str, error: type[Exception]
) -> None:
    before = said(office.db)
    with pytest.raises(error):
        add_person(office.ctx("admin"), name, posts, Level.ORDINARY, password)
    assert said(office.db) == before
    assert len(list_people(office.ctx("admin"))) == len(PEOPLE) + 1


def test_a_change_of_rights_is_on_record_with_before_after_and_reason(office: Office) -> None:
    admin, number = office.ctx("admin"), office.numbers["trainee"]
    change_person(
        admin, number, posts=[Post.SERVICE, Post.LEAD], level=Level.BACK_OFFICE, active=True, reason="转正，王总批准"
    )
    changes = {
        "posts": ["service", "service,lead"],
        "level": ["ordinary", "back_office"],
        "active": [1, 1],
    }
    assert said(office.db)[-1] == (
        "person.changed", admin.person, number, {"changes": changes, "reason": "转正，王总批准"},
    )  # fmt: skip
    assert sign_in(office.db, office.clock, "孙可", Post.LEAD, PASSWORD).may(Permission.ORDER_TAKE_OVER)


def test_a_change_of_rights_without_a_reason_is_not_made(office: Office) -> None:
    with pytest.raises(ReasonNeededError):
        change_person(
            office.ctx("admin"), office.numbers["trainee"], posts=[Post.LEAD], level=Level.ORDINARY, active=True,
            reason="  ",
        )  # fmt: skip
    assert said(office.db)[-1][0] != "person.changed"


@pytest.mark.parametrize("role", ["trainee", "service", "lead", "manager", "delivery"])
def test_only_the_administrator_looks_after_people(file_office: Office, role: str) -> None:
    ctx, number = file_office.ctx(role), file_office.numbers["trainee"]
    with pytest.raises(PermissionDeniedError):
        add_person(ctx, "冯磊", [Post.IT], Level.DATABASE, OTHER)
    with pytest.raises(PermissionDeniedError):
        change_person(ctx, number, posts=[Post.DIRECTOR], level=Level.DATABASE, active=True, reason="离职")
    with pytest.raises(PermissionDeniedError):
        reset_password(ctx, number, OTHER)


def test_nobody_changes_their_own_rights(office: Office) -> None:
    admin = office.ctx("admin")
    with pytest.raises(OwnLevelError):
        change_person(admin, admin.person, posts=[Post.DIRECTOR], level=Level.DATABASE, active=True, reason="离职")
    assert list_people(admin)[0].posts == (Post.MANAGER, Post.IT)


@pytest.mark.parametrize("change", [{"active": False}, {"level": Level.BACK_OFFICE}])
def test_the_last_administrator_stays(office: Office, change: dict[str, Any]) -> None:
    number = office.numbers["admin"]
    same: dict[str, Any] = {"posts": [Post.IT], "level": Level.DATABASE, "active": True}
    before = said(office.db)
    with pytest.raises(LastAdministratorError):
        change_person(program(office.db, office.clock), number, **(same | change), reason="离职")
    assert said(office.db) == before
    assert list_people(office.ctx("admin"))[0].active


def test_one_administrator_of_two_may_go(office: Office) -> None:
    change_person(
        office.ctx("admin"), office.numbers["manager"], posts=[Post.MANAGER], level=Level.DATABASE, active=True,
        reason="离职",
    )  # fmt: skip
    assert sole_administrator(office.db) is None
    second = sign_in(office.db, office.clock, "刘衡", None, PASSWORD)
    change_person(second, office.numbers["admin"], posts=[Post.IT], level=Level.ORDINARY, active=True, reason="离职")
    assert sole_administrator(office.db) == "刘衡"


def test_a_person_who_is_not_there_is_not_changed(office: Office) -> None:
    with pytest.raises(NotFoundError):
        change_person(office.ctx("admin"), 999, posts=[Post.IT], level=Level.ORDINARY, active=True, reason="离职")
    with pytest.raises(NotFoundError):
        reset_password(office.ctx("admin"), 999, OTHER)
    with pytest.raises(NoPostError):
        change_person(
            office.ctx("admin"), office.numbers["lead"], posts=[], level=Level.ORDINARY, active=True, reason="离职"
        )


def test_a_reset_password_is_temporary_and_opens_a_closed_account(office: Office) -> None:
    fail(office, 5)
    reset_password(office.ctx("admin"), office.numbers["service"], OTHER)
    number = office.numbers["service"]
    content = {"password": fingerprint(kept(office.db, number).password_hash)}
    assert said(office.db)[-1] == ("password.reset", office.numbers["admin"], number, content)
    assert sign_in_person(office.db, office.clock, "王敏", None, OTHER).must_change
    with pytest.raises(SignInError):
        sign_in(office.db, office.clock, "王敏", None, PASSWORD)


def test_one_changes_ones_own_password(office: Office) -> None:
    ctx = office.ctx("service")
    change_own_password(ctx, PASSWORD, OTHER)
    content = {"password": fingerprint(kept(office.db, ctx.person).password_hash)}
    assert said(office.db)[-1] == ("password.changed", ctx.person, ctx.person, content)
    assert not sign_in_person(office.db, office.clock, "王敏", None, OTHER).must_change


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [(WRONG, OTHER, SignInError), (PASSWORD, PASSWORD, SamePasswordError), (PASSWORD, "abc", WeakPasswordError),
     (PASSWORD, "1Another#", WeakPasswordError)],
)  # fmt: skip
def test_a_password_is_not_changed_badly(office: Office, old: str, new: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        change_own_password(office.ctx("service"), old, new)
    sign_in(office.db, office.clock, "王敏", None, PASSWORD)


def test_at_an_unattended_desk_the_old_password_is_not_guessed_for_ever(office: Office) -> None:
    ctx = office.ctx("service")
    for _ in range(5):
        with pytest.raises(SignInError):
            change_own_password(ctx, WRONG, OTHER)
    with pytest.raises(SlowDownError):
        change_own_password(ctx, PASSWORD, OTHER)


def test_no_password_and_no_hash_is_in_the_ledger(office: Office) -> None:
    add_person(office.ctx("admin"), "冯磊", [Post.IT], Level.ORDINARY, OTHER)
    reset_password(office.ctx("admin"), office.numbers["service"], OTHER)
    change_own_password(office.ctx("lead"), PASSWORD, OTHER)
    with office.db.reading() as conn:
        everything = "".join(conn.execute(select(entries.c.content)).scalars())
        secrets = [PASSWORD, OTHER, "argon2", *conn.execute(select(credentials.c.password_hash)).scalars()]
    assert not [secret for secret in secrets if secret in everything]


def test_a_persons_number_is_that_of_their_entry(db: Database, clock: FixedClock) -> None:
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), 0)
        numbers = [add_person_to(conn, pen, f"新人{n}", [Post.IT], Level.ORDINARY, OTHER) for n in range(2)]
        pen.flush()
        assert kinds(conn)[-2:] == ["person.added", "person.added"]
        assert numbers == [unbroken(conn) - 1, unbroken(conn)]
        assert list(conn.execute(select(people.c.id).order_by(people.c.id)).scalars())[-2:] == numbers


def test_every_post_and_level_has_its_own_word() -> None:
    assert len({post_word(post) for post in Post}) == len(Post)
    assert len({level_word(level) for level in Level}) == len(Level)
