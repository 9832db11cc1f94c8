"""Keys in a real keyring: gnome-keyring in a D-Bus session of its own."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.factories import ROOT

SESSION = f"""
printf 'pass' | gnome-keyring-daemon --unlock --components=secrets >/dev/null
exec '{sys.executable}' -m tests.services.in_keyring "$1"
"""
NO_KEYRING = """
from app.services import secrets
try:
    secrets.new_key()
except secrets.KeyringError as error:
    print(error)
"""


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    """A short path, for the session's sockets."""
    folder = Path(tempfile.mkdtemp(prefix="zg-"))
    for name in ("data", "run", "office"):
        (folder / name).mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


def environment(home: Path) -> dict[str, str]:
    """No trace of the desktop that the tests may run on."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DBUS_", "XDG_", "DISPLAY"))}
    return kept | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "XDG_RUNTIME_DIR": str(home / "run")}


@pytest.fixture(scope="module")
def said(home: Path) -> dict[str, Any]:
    """What a program with a real keyring found."""
    for command in ("dbus-run-session", "gnome-keyring-daemon"):
        if shutil.which(command) is None:
            pytest.skip(f"no real keyring here: {command} is not installed")
    done = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", SESSION, "sh", str(home / "office")],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_it_was_a_real_keyring(said: dict[str, Any]) -> None:
    assert said["backend"] == "keyring.backends.SecretService"


def test_the_key_of_a_new_office_is_kept_under_the_files_salt(said: dict[str, Any]) -> None:
    assert said["key"]
    assert not said["key_in_file"]
    assert said["unknown"] is None


def test_an_encrypted_office_opens_and_its_file_says_nothing(said: dict[str, Any]) -> None:
    assert (said["name"], said["encrypted"]) == ("五粮液专卖", True)
    assert not said["plain"]


def test_a_wrong_a_forgotten_and_a_locked_away_key_do_not_open_it(said: dict[str, Any]) -> None:
    assert (said["wrong"], said["forgotten"], said["locked"]) == (True, True, True)


def test_an_office_whose_key_cannot_be_kept_is_not_made(said: dict[str, Any]) -> None:
    assert said["left"] == ["office", "other"]


def test_the_key_is_in_no_file_of_the_program(said: dict[str, Any], home: Path) -> None:
    assert (home / "data" / "keyrings" / "login.keyring").exists()
    assert not [
        path
        for path in home.rglob("*")
        if path.is_file() and "keyrings" not in path.parts and b"zhanggui" in path.read_bytes()
    ]


def test_without_a_keyring_it_says_so(home: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", NO_KEYRING],
        cwd=ROOT, env=environment(home), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert "keyring does not work" in done.stdout
