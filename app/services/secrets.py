"""Secrets in the operating system's keyring: the one place that imports it."""

import secrets as _random
from pathlib import Path

from app.errors import OutsideError, system_reason
from app.i18n import N_

SERVICE = "zhanggui"
SALT_BYTES = 16


class KeyringError(OutsideError):
    """The keyring is locked or there is none."""

    message = N_("The computer's keyring does not work: {detail}. Without it an encrypted office cannot be opened.")


def new_key() -> str:
    """Make and keep the key of a new encrypted office: 64 hex digits of key and 32 of salt.

    SQLCipher writes the salt as the file's first 16 bytes, so a copy of the file finds the same key again.
    """
    return keep_key(_random.token_hex(32), _random.token_bytes(SALT_BYTES))


def keep_key(key: str, salt: bytes) -> str:
    """Keep the key (64 hex digits) of the files that begin with `salt`; returns both as one."""
    put(_name(salt), key + salt.hex())
    return key + salt.hex()


def salt_of(path: Path) -> bytes:
    """The salt that an encrypted file begins with; raises OutsideError."""
    try:
        with path.open("rb") as file:
            return file.read(SALT_BYTES)
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error


def key_of(start: bytes) -> str | None:
    """The key kept for the encrypted file that begins with these 16 bytes, or None."""
    return get(_name(start))


def key_of_file(path: Path) -> str | None:
    """The key kept for an encrypted file; the salt it begins with names it."""
    return key_of(salt_of(path))


def put(name: str, value: str) -> None:
    """Keep a secret; raises KeyringError."""
    import keyring
    import keyring.errors

    try:
        keyring.set_password(SERVICE, name, value)
    except keyring.errors.KeyringError as error:
        raise KeyringError(detail=error) from error


def get(name: str) -> str | None:
    """A kept secret, or None; raises KeyringError."""
    import keyring
    import keyring.errors

    try:
        return keyring.get_password(SERVICE, name)
    except keyring.errors.KeyringError as error:
        raise KeyringError(detail=error) from error


def _name(salt: bytes) -> str:
    return "office " + salt.hex()
