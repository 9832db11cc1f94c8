"""What can be wrong with the place of an office: each is refused with its own reason, and nothing is damaged."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from app.errors import AppError, NotFoundError, OutsideError
from app.models.office import settings
from app.services import db as db_module
from app.services import opening
from app.services.db import BusyError, DamagedError, Database, DiskError, DiskFullError, ReadOnlyError, sqlite_engine
from app.services.office import create_office
from app.services.opening import (
    NETWORK_FILE_SYSTEMS,
    NetworkShareError,
    NoKeyError,
    NotAnOfficeError,
    create_database,
    file_system_of,
    open_database,
)
from tests.factories import ADMIN, PASSWORD, Office, start_python, unbroken
from tests.services.keyrings import Memory, memory

__all__ = ["memory"]

NOBODY = 65_534
HEADER = b"SQLite format 3\x00"
PAGE = insert(settings)
EXCLUSIVE = """
import sys
import sqlcipher3.dbapi2 as driver
other = driver.connect(sys.argv[1], isolation_level=None)
other.execute("PRAGMA locking_mode = EXCLUSIVE")
other.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
other.close()
"""
LIMITED = """
import resource, signal, sys
from tests.services.test_opening_faults import fill_up
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]),) * 2)
kept, error = fill_up(sys.argv[1])
print(kept, type(error).__name__)
"""


@pytest.fixture
def open_folder(prepared_file: tuple[str, dict[str, int]]) -> Iterator[Path]:
    """A folder with an office in it that somebody without rights can reach."""
    folder = Path(tempfile.mkdtemp(prefix="zhanggui-"))
    shutil.copy(prepared_file[0], folder / "office.zhanggui")
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


@contextmanager
def without_rights() -> Iterator[None]:
    """As somebody whom the file system may refuse; root is refused nothing, so root becomes nobody for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def fill_up(where: str) -> tuple[int, AppError]:
    """Write until the disk refuses; returns how many blocks were acknowledged, and the refusal."""
    db = open_database(where)
    try:
        for n in range(10_000):
            with db.writing() as conn:
                conn.execute(PAGE.values(key=f"page {n}", value="x" * 20_000))
    except AppError as error:
        return n, error
    finally:
        db.close()
    raise AssertionError("the disk took everything")


def pages(db: Database) -> int:
    with db.reading() as conn:
        assert conn.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
        unbroken(conn)
        return int(conn.execute(text("SELECT count(*) FROM settings WHERE key LIKE 'page %'")).scalar_one())


# --- rights


def test_a_file_that_may_not_be_written_can_be_looked_at(open_folder: Path) -> None:
    (open_folder / "office.zhanggui").chmod(0o444)
    open_folder.chmod(0o777)
    with without_rights():
        db = open_database(str(open_folder / "office.zhanggui"))
        with pytest.raises(ReadOnlyError, match="Check the rights"), db.writing() as conn:
            conn.execute(PAGE.values(key="k", value="1"))
        with db.reading() as conn:
            unbroken(conn)
        db.close()


def test_a_folder_that_may_not_be_written_is_said(open_folder: Path) -> None:
    (open_folder / "office.zhanggui").chmod(0o666)
    open_folder.chmod(0o555)
    with without_rights(), pytest.raises(ReadOnlyError, match="Check the rights"):
        open_database(str(open_folder / "office.zhanggui"))
    assert [path.name for path in open_folder.iterdir()] == ["office.zhanggui"]


def test_a_file_that_may_not_be_read_is_said(open_folder: Path) -> None:
    (open_folder / "office.zhanggui").chmod(0)
    with without_rights(), pytest.raises(OutsideError, match="your account on this computer may not do that"):
        open_database(str(open_folder / "office.zhanggui"))


def test_a_new_office_where_nothing_may_be_written_is_refused(open_folder: Path) -> None:
    open_folder.chmod(0o555)
    with without_rights(), pytest.raises(OutsideError, match="your account on this computer may not do that"):
        create_database(str(open_folder / "second.zhanggui"), lambda _conn: None)


# --- other programs


def test_an_office_held_whole_by_another_program_is_busy(file_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_module, "BUSY_TIMEOUT_MS", 50)
    place = file_office.db.place
    file_office.db.close()
    with start_python(EXCLUSIVE, place) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match="another program"):
            open_database(place)
        other.communicate()
    open_database(place).close()


# --- no room


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode != 0:
        pytest.skip("a small disk of its own needs the right to mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_on_a_full_disk_nothing_acknowledged_is_lost(
    small_disk: Path, prepared_file: tuple[str, dict[str, int]]
) -> None:
    where = str(shutil.copy(prepared_file[0], small_disk))
    acknowledged, error = fill_up(where)
    assert isinstance(error, DiskFullError)
    assert acknowledged > 10
    db = open_database(where)
    assert pages(db) == acknowledged
    db.close()


def test_a_new_office_on_a_full_disk_leaves_nothing(small_disk: Path) -> None:
    (small_disk / "films").write_bytes(bytes(1_990_000))
    with pytest.raises((DiskFullError, DiskError)):
        create_office(str(small_disk / "office.zhanggui"), "店", ADMIN, PASSWORD)
    assert [path.name for path in small_disk.iterdir()] == ["films"]


def test_a_disk_that_refuses_is_not_said_to_be_full(file_office: Office) -> None:
    place = file_office.db.place
    file_office.db.close()
    limit = Path(place).stat().st_size + 200_000
    with start_python(LIMITED, place, str(limit)) as other:
        out, errors = other.communicate(timeout=60)
    assert errors == ""
    acknowledged, kind = out.split()
    assert kind == DiskError.__name__
    db = open_database(place)
    assert pages(db) == int(acknowledged) > 0
    db.close()


# --- what is no office


@pytest.mark.parametrize("content", [b"", b"x", b"number,goods\n1,wine\n" * 20, HEADER[:8]])
def test_a_small_file_that_is_no_office_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "file").write_bytes(content)
    with pytest.raises(NotAnOfficeError, match="not an office of this program"):
        open_database(str(tmp_path / "file"))
    assert (tmp_path / "file").read_bytes() == content


def test_a_large_file_may_be_an_office_without_its_key(tmp_path: Path, memory: Memory) -> None:
    (tmp_path / "file").write_bytes(os.urandom(100_000))
    with pytest.raises(NoKeyError, match="or its key is not"):
        open_database(str(tmp_path / "file"))


@pytest.mark.parametrize("rest", [b"", b"\x00" * 84, bytes(range(256)) * 32], ids=["end", "zeros", "noise"])
def test_a_file_that_only_begins_like_a_database_is_damaged(tmp_path: Path, rest: bytes) -> None:
    (tmp_path / "file").write_bytes(HEADER + rest)
    with pytest.raises(DamagedError, match="Restore the last backup"):
        open_database(str(tmp_path / "file"))


def test_a_cut_off_office_is_damaged(file_office: Office) -> None:
    place = Path(file_office.db.place)
    file_office.db.close()
    with place.open("r+b") as file:
        file.truncate(place.stat().st_size // 2)
    with pytest.raises(DamagedError):
        open_database(str(place))


def test_the_database_of_another_program_is_no_office(tmp_path: Path) -> None:
    other = Database(sqlite_engine(tmp_path / "other.db"), "")
    with other.writing() as conn:
        conn.execute(text("CREATE TABLE wines (name TEXT)"))
    other.close()
    with pytest.raises(NotAnOfficeError):
        open_database(str(tmp_path / "other.db"))


@pytest.mark.parametrize("name", ["nothing.zhanggui", ".", "no/such/folder/office.zhanggui"])
def test_a_place_without_a_file_is_not_found(tmp_path: Path, name: str) -> None:
    with pytest.raises(NotFoundError):
        open_database(str(tmp_path / name))
    assert list(tmp_path.iterdir()) == []


# --- keys


def test_an_encrypted_office_opens_with_its_own_key_only(tmp_path: Path, memory: Memory) -> None:
    one, two = str(tmp_path / "one"), str(tmp_path / "two")
    create_office(one, "一号店", ADMIN, PASSWORD, encrypt=True).close()
    create_office(two, "二号店", ADMIN, PASSWORD, encrypt=True).close()
    db = open_database(one)
    assert db.encrypted
    with db.reading() as conn:
        unbroken(conn)
    db.close()
    first, second = memory.kept
    memory.kept[first], memory.kept[second] = memory.kept[second], memory.kept[first]
    with pytest.raises(DamagedError, match="its key is wrong"):
        open_database(one)
    memory.kept.clear()
    with pytest.raises(NoKeyError):
        open_database(one)


def test_a_copied_office_finds_its_key(tmp_path: Path, memory: Memory) -> None:
    create_office(str(tmp_path / "one"), "店", ADMIN, PASSWORD, encrypt=True).close()
    shutil.copy(tmp_path / "one", tmp_path / "copy")
    db = open_database(str(tmp_path / "copy"))
    with db.reading() as conn:
        assert unbroken(conn) > 0
    db.close()


# --- network shares

MOUNTS = """\
/dev/sda1 / ext4 rw 0 0
tmpfs /ram tmpfs rw 0 0
//server/shop /mnt/shop cifs rw 0 0
server:/export /mnt/shop\\040two nfs4 rw 0 0
/dev/sdb1 /mnt/shop/disk ext4 rw 0 0
broken line
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [("/", "ext4"), ("/home/zhang", "ext4"), ("/ram", "tmpfs"), ("/ramparts", "ext4"), ("/mnt/shop", "cifs"),
     ("/mnt/shop/a/b", "cifs"), ("/mnt/shop two/a", "nfs4"), ("/mnt/shop/disk/a", "ext4"), ("/mnt/shopping", "ext4")],
)  # fmt: skip
def test_the_deepest_mount_tells_the_file_system(tmp_path: Path, folder: str, kind: str) -> None:
    (tmp_path / "mounts").write_text(MOUNTS)
    assert file_system_of(Path(folder), tmp_path / "mounts") == kind


def test_without_a_mount_table_nothing_is_claimed(tmp_path: Path) -> None:
    assert file_system_of(Path("/"), tmp_path / "mounts") == ""


@pytest.mark.parametrize("kind", sorted(NETWORK_FILE_SYSTEMS))
def test_an_office_on_a_network_share_is_refused_with_advice(
    tmp_path: Path, file_office: Office, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    (tmp_path / "mounts").write_text(f"/dev/sda1 / ext4 rw 0 0\nserver {tmp_path.resolve()} {kind} rw 0 0\n")
    monkeypatch.setattr(opening, "MOUNTS", tmp_path / "mounts")
    with pytest.raises(NetworkShareError, match="use a PostgreSQL server"):
        open_database(file_office.db.place)
    with pytest.raises(NetworkShareError):
        create_database(str(tmp_path / "new.zhanggui"), lambda _conn: None)
    assert not (tmp_path / "new.zhanggui").exists()


def test_a_link_onto_a_share_is_seen_through(
    tmp_path: Path, file_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "share").mkdir()
    shutil.copy(file_office.db.place, tmp_path / "share" / "office")
    (tmp_path / "link").symlink_to(tmp_path / "share" / "office")
    mounts = f"/dev/sda1 / ext4 rw 0 0\nserver {(tmp_path / 'share').resolve()} cifs rw 0 0\n"
    (tmp_path / "mounts").write_text(mounts)
    monkeypatch.setattr(opening, "MOUNTS", tmp_path / "mounts")
    with pytest.raises(NetworkShareError):
        open_database(str(tmp_path / "link"))
