"""The computer with the keyring is gone: the recovery key opens the office and its backups on another one."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.errors import PermissionDeniedError
from app.models.ledger import entries
from app.models.people import Level, Post
from app.services import secrets
from app.services.access import Context, program
from app.services.backups.backup import backup, restore
from app.services.backups.manifest import check_backup
from app.services.db import Database
from app.services.office import office_name
from app.services.opening import NoKeyError, open_database
from app.services.people.accounts import add_person
from app.services.people.sign_in import sign_in
from app.services.recovery import (
    NotEncryptedError,
    OtherKeyError,
    RecoveryKeyError,
    learn_key,
    read_recovery_key,
    recovery_key_unseen,
    show_recovery_key,
    write_recovery_key,
)
from tests.factories import FixedClock, Office, kinds
from tests.services.keyrings import Memory, locked, memory

__all__ = ["locked", "memory"]

KEY = bytes(range(32)).hex()


@pytest.fixture
def admin(locked: Database) -> Context:
    return sign_in(locked, FixedClock(), "周凯", None, "kaimen#88")


def test_the_office_is_opened_on_another_computer(admin: Context, memory: Memory) -> None:
    key = show_recovery_key(admin)
    place = Path(admin.db.place)
    admin.db.close()
    memory.kept.clear()
    with pytest.raises(NoKeyError):
        open_database(str(place))
    learn_key(place, f"  {key.lower().replace('-', ' ')} ")
    db = open_database(str(place))
    assert (office_name(db), db.encrypted) == ("云酒商行", True)
    db.close()


def test_a_backup_is_restored_on_another_computer(admin: Context, memory: Memory, tmp_path: Path) -> None:
    key = show_recovery_key(admin)
    made = backup(program(admin.db, FixedClock()), tmp_path / "backups")
    memory.kept.clear()
    into = tmp_path / "new.zhanggui"
    with pytest.raises(NoKeyError):
        restore(made.path, str(into))
    with pytest.raises(RecoveryKeyError):
        restore(made.path, str(into), recovery=lambda: key[:-1])
    with pytest.raises(OtherKeyError):
        restore(made.path, str(into), recovery=lambda: write_recovery_key(KEY))
    assert not into.exists()
    assert memory.kept == {}
    assert check_backup(made.path).encrypted  # trying keys has not changed a byte of it
    assert restore(made.path, str(into), recovery=lambda: key).ok
    db = open_database(str(into))
    assert db.encrypted
    db.close()
    assert b"SQLite format 3" not in into.read_bytes()


def test_nobody_is_asked_where_the_key_is_known(admin: Context, tmp_path: Path) -> None:
    made = backup(program(admin.db, FixedClock()), tmp_path / "backups")

    def ask() -> str:
        pytest.fail("asked for a key that is here")

    assert restore(made.path, str(tmp_path / "new.zhanggui"), recovery=ask).ok


def test_showing_it_is_on_record_and_says_nothing_of_it(admin: Context) -> None:
    assert recovery_key_unseen(admin)
    key = show_recovery_key(admin)
    assert not recovery_key_unseen(admin)
    assert show_recovery_key(admin) == key
    with admin.db.reading() as conn:
        assert kinds(conn)[-2:] == ["key.shown", "key.shown"]
        told = "".join(conn.execute(select(entries.c.content)).scalars())
    assert not [group for group in key.split("-")[1:] if group in told]


def test_only_the_administrator_sees_it(admin: Context) -> None:
    add_person(admin, "王敏", [Post.SERVICE], Level.BACK_OFFICE, "ninhao#01")
    clerk = sign_in(admin.db, FixedClock(), "王敏", None, "ninhao#01")
    for action in (show_recovery_key, recovery_key_unseen):
        with pytest.raises(PermissionDeniedError):
            action(clerk)


def test_an_office_that_is_not_encrypted_has_none(office: Office) -> None:
    assert not recovery_key_unseen(office.ctx("admin"))
    with pytest.raises(NotEncryptedError):
        show_recovery_key(office.ctx("admin"))


@given(st.binary(min_size=32, max_size=32))
def test_a_key_written_is_read_again(raw: bytes) -> None:
    written = write_recovery_key(raw.hex() + "00" * secrets.SALT_BYTES)
    assert read_recovery_key(written) == raw.hex()
    misread = written[4:].replace("O", "0").replace("I", "1").replace("B", "8")
    assert read_recovery_key(written[:4] + misread.lower()) == raw.hex()


@given(st.integers(min_value=5, max_value=74), st.sampled_from("ABCDEFGHJKLMNPQRSTUVWXYZ234567"))
def test_a_slip_of_one_letter_is_told(place: int, letter: str) -> None:
    written = write_recovery_key(KEY)
    place %= len(written)
    if place > 4 and written[place] not in (letter, "-"):
        with pytest.raises(RecoveryKeyError):
            read_recovery_key(written[:place] + letter + written[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "ZGK1", "ZG1-20261123-0000000012-00", "恢复密钥", "ZGK1-" + "A" * 300, "ZGK1-!!!!"]
)
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(RecoveryKeyError):
        read_recovery_key(text)


def test_a_file_that_is_no_office_is_not_opened_by_any_key(tmp_path: Path, memory: Memory) -> None:
    path = tmp_path / "no.zhanggui"
    path.write_bytes(b"this was never an office" * 500)
    with pytest.raises(OtherKeyError):
        learn_key(path, write_recovery_key(KEY))
    assert memory.kept == {}
