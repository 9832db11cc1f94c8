"""Passwords by rule A3: what is asked of them, how they are kept (argon2id), how a wrong one slows down."""

from typing import TYPE_CHECKING

from app.errors import RuleError
from app.i18n import N_, _

if TYPE_CHECKING:
    from argon2 import PasswordHasher

LEAST = 6
EXPIRE_DAYS = 90
FREE_TRIES = 5
FIRST_WAIT_S = 30
LONGEST_WAIT_S = 900


class WeakPasswordError(RuleError):
    """Rule A3."""

    message = N_("This password will not do: {problems}.")


def password_problems(password: str, name: str) -> list[str]:
    """What rule A3 finds wrong with a password; empty when it will do."""
    kinds = [any(map(test, password)) for test in (str.isalpha, str.isdigit, lambda c: not c.isalnum())]
    problems = [
        (len(password) < LEAST, _("at least {count} characters").format(count=LEAST)),
        (password[:1].isdigit(), _("not beginning with a digit")),
        (not kinds[0] or sum(kinds) < 2, _("letters together with digits or signs")),
        (len(set(password)) < 4, _("more than three different characters")),
        (bool(name) and name.casefold() in password.casefold(), _("without your name in it")),
    ]
    return [problem for found, problem in problems if found]


def check_password(password: str, name: str) -> None:
    """Raise WeakPasswordError where rule A3 is not met."""
    problems = password_problems(password, name)
    if problems:
        raise WeakPasswordError(problems=_(", ").join(problems))


def _hasher() -> "PasswordHasher":
    """RFC 9106's second recommendation: argon2id, 64 MiB, 3 passes, 4 lanes."""
    from argon2 import PasswordHasher

    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)


def hash_password(password: str) -> str:
    """The argon2id hash to keep, with its parameters."""
    return _hasher().hash(password)


def hash_is_old(kept: str) -> bool:
    """Whether the kept hash was made with other parameters than those in force."""
    return _hasher().check_needs_rehash(kept)


def password_fits(kept: str, password: str) -> bool:
    """Whether `password` is the one that was kept."""
    from argon2.exceptions import VerifyMismatchError

    try:
        return _hasher().verify(kept, password)
    except VerifyMismatchError:
        return False


def wait_after(failed: int) -> int:
    """Seconds to wait after so many wrong tries: none up to four, then 30 doubling up to 900."""
    if failed < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT_S * 2 ** (failed - FREE_TRIES), LONGEST_WAIT_S))
