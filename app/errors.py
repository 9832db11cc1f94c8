"""What can go wrong, as facts with a sentence for the person.

A class names the fact; its `message` is the English sentence with {named} holes; `str(error)` is that sentence in the
language in use. Anything that is not an AppError is a bug and is reported as one.
"""

import errno
from typing import ClassVar

from app.i18n import N_, _

_GONE = N_("the file or its folder is not there.")
_BUSY = N_("another program has it open.")
_DENIED = N_("your account on this computer may not do that, or another program has it open.")
_FULL = N_("the disk is full.")
_SILENT = N_("the disk or the network drive does not answer.")
_READ_ONLY = N_("the disk can only be read.")
_LONG = N_("its name is too long.")
_SYSTEM_WORDS = {
    errno.ENOENT: _GONE,
    errno.ENOTDIR: _GONE,
    errno.EISDIR: N_("it is a folder."),
    errno.EACCES: _DENIED,
    errno.EPERM: _DENIED,
    errno.EBUSY: _BUSY,
    errno.ETXTBSY: _BUSY,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: N_("it is too large for this disk."),
    errno.EROFS: _READ_ONLY,
    errno.ENAMETOOLONG: _LONG,
    errno.EIO: _SILENT,
    errno.ETIMEDOUT: _SILENT,
    errno.EHOSTUNREACH: _SILENT,
}
# Windows' own numbers, where Python makes "may not" or "invalid" of them: write protection, drives and shares, locks.
_WINDOWS_WORDS = {
    19: _READ_ONLY,
    **dict.fromkeys((21, 53, 55, 59, 64, 67, 121, 1231), _SILENT),
    **dict.fromkeys((32, 33), _BUSY),
    206: _LONG,
}


def system_reason(error: OSError) -> str:
    """Why the computer refused, as the end of a sentence in the language in use: the system's words are English."""
    if error.errno is None:  # a library's own
        return str(error)
    of_windows = _WINDOWS_WORDS.get(getattr(error, "winerror", None) or 0)
    known = of_windows or _SYSTEM_WORDS.get(error.errno)
    return _("the computer reports error {number}.").format(number=error.errno) if known is None else _(known)


class AppError(Exception):
    """The root of everything the program says no with."""

    message: ClassVar[str] = N_("Something did not work.")

    def __init__(self, **params: object) -> None:
        super().__init__()
        self.params = params

    def __str__(self) -> str:
        return _(self.message).format(**self.params)


class RuleError(AppError):
    """A rule of the office forbids the step."""

    message = N_("The office's rules do not allow this.")


class ConflictError(AppError):
    """Somebody else was faster, or the thing exists already."""

    message = N_("Somebody else has changed this meanwhile.")


class PermissionDeniedError(AppError):
    """Rule A2: the person's post and level do not allow the step."""

    message = N_("Your post does not allow this.")


class NotFoundError(AppError):
    """The thing asked for is not there."""

    message = N_("{what} was not found.")


class OutsideError(AppError):
    """The surroundings failed: a file, a disk, a printer, a keyring, a server.

    `said` is what they said themselves, in their own language, for who looks after them.
    """

    message = N_("The computer could not do this: {detail}")
    said = ""


class InputError(AppError):
    """What came in cannot be read."""

    message = N_("This cannot be read: {detail}")


class CancelledError(AppError):
    """The person pressed cancel; nothing was written."""

    message = N_("Cancelled. Nothing was changed.")
