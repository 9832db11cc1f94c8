"""Rule A3: what a password must be, how it is kept, how a wrong one slows down."""

import argon2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.people.passwords import (
    WeakPasswordError,
    check_password,
    hash_is_old,
    hash_password,
    password_fits,
    password_problems,
    wait_after,
)

SHORT = "at least 6 characters"
DIGIT_FIRST = "not beginning with a digit"
KINDS = "letters together with digits or signs"
FEW = "more than three different characters"
NAME = "without your name in it"


@pytest.mark.parametrize(
    "password", ["Kaimen#88", "secret1", "a1b2c3", "酒香不怕巷子深1", "correct horse", "x" + "-y1z" * 9]
)
def test_these_will_do(password: str) -> None:
    assert password_problems(password, "王敏") == []
    check_password(password, "王敏")


@pytest.mark.parametrize(
    ("password", "problems"),
    [
        ("ab#12", [SHORT]),
        ("8kaimen#", [DIGIT_FIRST]),
        ("kaimenkaimen", [KINDS]),
        ("#12345!", [KINDS]),
        ("######", [KINDS, FEW]),
        ("a1a1a1a1", [FEW]),
        ("Wangmin#1", [NAME]),
        ("我叫wangmin1", [NAME]),
        ("1", [SHORT, DIGIT_FIRST, KINDS, FEW]),
        ("", [SHORT, KINDS, FEW]),
    ],
)
def test_these_will_not_and_say_why(password: str, problems: list[str]) -> None:
    assert password_problems(password, "WangMin") == problems
    with pytest.raises(WeakPasswordError) as caught:
        check_password(password, "WangMin")
    assert all(problem in str(caught.value) for problem in problems)


@given(st.text(max_size=20), st.text(max_size=5))
def test_whatever_will_do_keeps_the_rule(password: str, name: str) -> None:
    if not password_problems(password, name):
        assert len(password) >= 6
        assert not password[0].isdigit()
        assert any(c.isalpha() for c in password)
        assert not all(c.isalpha() for c in password)
        assert not name or name not in password


def test_a_kept_password_is_argon2id_with_its_parameters_and_its_own_salt() -> None:
    one, two = hash_password("Kaimen#88"), hash_password("Kaimen#88")
    assert one.startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    assert one != two
    assert "Kaimen" not in one
    assert password_fits(one, "Kaimen#88")
    assert not password_fits(one, "kaimen#88")
    assert not password_fits(one, "")


def test_a_hash_of_weaker_parameters_is_old() -> None:
    weak = argon2.PasswordHasher(time_cost=1, memory_cost=8_192, parallelism=1).hash("Kaimen#88")
    assert password_fits(weak, "Kaimen#88")
    assert hash_is_old(weak)
    assert not hash_is_old(hash_password("Kaimen#88"))


def test_waiting_begins_with_the_fifth_wrong_try_and_ends_growing_at_a_quarter_of_an_hour() -> None:
    assert [wait_after(n) for n in range(12)] == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480, 900, 900]
    assert wait_after(10_000) == 900
