"""Runs inside a desktop session of its own with a real keyring, see test_secrets; prints what it found as JSON.

Usage: python -m tests.services.in_keyring FOLDER
"""

import contextlib
import json
import sys
from pathlib import Path
from typing import Any

import keyring
import secretstorage

from app.services import secrets
from app.services.db import DamagedError
from app.services.office import create_office, office_name
from app.services.opening import NoKeyError, open_database

WORD = "五粮液专卖"


def main(folder: Path) -> dict[str, Any]:
    """Make, read, mix up, forget and lock."""
    said: dict[str, Any] = {"backend": type(keyring.get_keyring()).__module__}
    place, other = folder / "office", folder / "other"
    for path in (place, other):
        create_office(str(path), WORD, "周凯", "Kaimen#88", encrypt=True).close()
    said["plain"] = WORD.encode() in place.read_bytes() or b"entries" in place.read_bytes()
    db = open_database(str(place))
    said["name"], said["encrypted"] = office_name(db), db.encrypted
    db.close()
    start, kept = (
        place.read_bytes()[:16],
        keyring.get_password(secrets.SERVICE, f"office {place.read_bytes()[:16].hex()}"),
    )
    said["key"] = kept == secrets.key_of(start) == secrets.key_of_file(place)
    said["key_in_file"] = bytes.fromhex(str(kept)[:64]) in place.read_bytes()
    said["unknown"] = secrets.key_of(b"x" * 16)
    secrets.put(f"office {start.hex()}", str(secrets.key_of_file(other))[:64] + start.hex())
    said["wrong"] = refused(place, DamagedError)
    keyring.delete_password(secrets.SERVICE, f"office {start.hex()}")
    said["forgotten"] = refused(place, NoKeyError)
    bus = secretstorage.dbus_init()
    secretstorage.get_default_collection(bus).lock()
    bus.close()
    said["locked"] = refused(other, secrets.KeyringError)
    with contextlib.suppress(secrets.KeyringError):
        create_office(str(folder / "third"), WORD, "周凯", "Kaimen#88", encrypt=True)
    said["left"] = sorted(path.name for path in folder.iterdir())
    return said


def refused(place: Path, error: type[Exception]) -> bool:
    """Whether the office is refused with exactly this error."""
    try:
        open_database(str(place)).close()
    except error:
        return True
    return False


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))  # noqa: T201
