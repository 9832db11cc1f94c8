"""Temporary passwords, own passwords, and that none is told (rule A3)."""

import pytest
from sqlalchemy import select

from app.models.ledger import entries
from app.models.people import Level, Post, credentials
from app.services.ledger import fingerprint
from app.services.people.accounts import (
    add_person,
)
from app.services.people.password_change import SamePasswordError, change_own_password, reset_password
from app.services.people.passwords import WeakPasswordError
from app.services.people.sign_in import (
    SignInError,
    SlowDownError,
    sign_in,
    sign_in_person,
)
from tests.factories import PASSWORD, Office
from tests.services.people.making import OTHER, WRONG, fail, kept, said


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
