"""Why the computer refused a file, in words of our own and in the person's language."""

import errno
import os
import re

import pytest

from app.errors import system_reason
from app.i18n import set_language


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOENT, "not there"),
        (errno.EACCES, "may not do that"),
        (errno.EISDIR, "folder"),
        (errno.ENOSPC, "disk is full"),
        (errno.EROFS, "only be read"),
        (errno.ENAMETOOLONG, "too long"),
        (errno.ESTALE, f"error {errno.ESTALE}"),
    ],
)
def test_each_reason_has_words(number: int, said: str) -> None:
    error = OSError(number, os.strerror(number))
    assert said in system_reason(error)
    set_language("zh_CN")
    assert not re.search("[A-Za-z]", system_reason(error))


@pytest.mark.parametrize(
    ("number", "said"),
    [(19, "only be read"), (32, "another program"), (64, "does not answer"), (206, "too long"), (5, "may not")],
)
def test_windows_own_numbers_tell_more_than_what_becomes_of_them(number: int, said: str) -> None:
    class OfWindowsError(OSError):
        winerror = number

    assert said in system_reason(OfWindowsError(errno.EACCES, "Access is denied"))


def test_an_error_without_a_number_says_itself() -> None:
    assert system_reason(OSError("odd")) == "odd"
