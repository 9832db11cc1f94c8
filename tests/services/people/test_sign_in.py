"""Who is let in with which post, and how wrong tries are slowed down."""

import threading
from typing import Any

import argon2
import pytest
from sqlalchemy import select, update

from app.clock import to_ms
from app.models.people import Level, Post, credentials, people
from app.services.access import Permission, permissions_of
from app.services.people.accounts import (
    change_person,
)
from app.services.people.password_change import change_own_password
from app.services.people.sign_in import (
    NotYourPostError,
    SignInError,
    SlowDownError,
    _let_in,
    people_to_sign_in,
    sign_in,
    sign_in_person,
)
from tests.factories import PASSWORD, Office
from tests.services.people.making import OTHER, WRONG, fail, kept, said


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
