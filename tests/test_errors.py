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


def test_an_error_without_a_number_says_itself() -> None:
    assert system_reason(OSError("odd")) == "odd"
