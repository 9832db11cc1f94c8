"""A keyring in memory, an encrypted office whose key it keeps, and another computer that has neither."""

from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest

from app.services.db import Database
from app.services.office import create_office
from tests.factories import FixedClock


class Memory(keyring.backend.KeyringBackend):
    """A keyring for one test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def memory() -> Iterator[Memory]:
    """This computer's keyring."""
    before = keyring.get_keyring()
    mine = Memory()
    keyring.set_keyring(mine)
    yield mine
    keyring.set_keyring(before)


@pytest.fixture
def locked(tmp_path: Path, memory: Memory) -> Iterator[Database]:
    """An encrypted office."""
    db = create_office(str(tmp_path / "locked.zhanggui"), "云酒商行", "周凯", "kaimen#88", True, FixedClock())
    yield db
    db.close()
