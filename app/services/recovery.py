"""The recovery key of an encrypted office: the one way in when the computer with the keyring is gone (rule A4)."""

import base64
import hashlib
import re
from pathlib import Path

from sqlalchemy import delete, insert, select

from app.clock import to_ms
from app.errors import InputError, RuleError
from app.i18n import N_
from app.models.office import counters
from app.services import secrets
from app.services.access import Context, Permission, requires
from app.services.db import key_opens
from app.services.ledger import open_ledger

PREFIX = "ZGK1"
KEY_BYTES, CHECK_BYTES = 32, 3
GROUP = 4
SHOWN = "recovery key shown"  # a counter that holds the number of the entry
_FOR_THE_EYE = re.compile(r"[\s\-\u2010-\u2015\uff0d]+")
_MISREAD = str.maketrans("018", "OIB")  # base32 has none of these digits


class NotEncryptedError(RuleError):
    """Nothing to recover."""

    message = N_("This office is not encrypted; it needs no recovery key.")


class RecoveryKeyError(InputError):
    """Mistyped, or something else."""

    message = N_("This is not a recovery key, or a letter of it is wrong. It begins with ZGK1.")


class OtherKeyError(InputError):
    """A recovery key, but of another office."""

    message = N_("This recovery key does not open {place}.")


@requires(Permission.DATABASE_BACKUP)
def show_recovery_key(ctx: Context) -> str:
    """The office's recovery key, to be written down and kept elsewhere; that it was shown is on record."""
    key = secrets.key_of_file(Path(ctx.db.place)) if ctx.db.encrypted else None
    if key is None:
        raise NotEncryptedError
    with ctx.writing() as conn:
        seq = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person).write("key.shown", None, {})
        conn.execute(delete(counters).where(counters.c.name == SHOWN))
        conn.execute(insert(counters).values(name=SHOWN, value=seq))
    return write_recovery_key(key)


@requires(Permission.DATABASE_BACKUP)
def recovery_key_unseen(ctx: Context) -> bool:
    """Whether the office is encrypted and nobody has seen its recovery key yet."""
    with ctx.reading() as conn:
        shown = conn.execute(select(counters.c.value).where(counters.c.name == SHOWN)).scalar()
    return ctx.db.encrypted and shown is None


def learn_key(file: Path, recovery: str) -> None:
    """Keep the key of an encrypted office or backup in this computer's keyring, after it has opened the file.

    Who has the key may have it: nobody has signed in. Raises RecoveryKeyError, OtherKeyError or KeyringError.
    """
    key = read_recovery_key(recovery)
    salt = secrets.salt_of(file)
    if not key_opens(file, key + salt.hex()):
        raise OtherKeyError(place=file)
    secrets.keep_key(key, salt)


def write_recovery_key(key: str) -> str:
    """The key part of what the keyring keeps as letters and digits in groups, with a checksum against slips."""
    raw = bytes.fromhex(key)[:KEY_BYTES]
    letters = PREFIX + base64.b32encode(raw + _check(raw)).decode().rstrip("=")
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def read_recovery_key(text: str) -> str:
    """The key as hex; raises RecoveryKeyError. Case, blanks and dashes do not matter, nor 0 for O, 1 for I, 8 for B."""
    letters = _FOR_THE_EYE.sub("", text).upper()
    body = letters.removeprefix(PREFIX).translate(_MISREAD)
    try:
        raw = base64.b32decode(body + "=" * (-len(body) % 8))
    except ValueError as error:
        raise RecoveryKeyError from error
    key, check = raw[:KEY_BYTES], raw[KEY_BYTES:]
    if not letters.startswith(PREFIX) or len(raw) != KEY_BYTES + CHECK_BYTES or check != _check(key):
        raise RecoveryKeyError
    return key.hex()


def _check(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:CHECK_BYTES]
