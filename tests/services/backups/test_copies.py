"""Copies of encrypted offices stay encrypted; a full disk leaves no copy."""

import subprocess
import sys
from pathlib import Path

import pytest

from app.services.access import program
from app.services.backups.backup import backup, drill, restore
from app.services.backups.manifest import read_manifest
from app.services.db import Database
from app.services.opening import open_database
from app.services.verify import verify, verify_database
from tests.factories import FixedClock
from tests.services.keyrings import locked, memory
from tests.services.orders.making import Crew, accept, draft

__all__ = ["locked", "memory"]

FULL = """
import resource, sys
from pathlib import Path
from app.clock import SystemClock
from app.services.access import program
from app.services.backups.backup import backup
from app.services.db import DiskError, DiskFullError
from app.services.opening import open_database

ctx = program(open_database(sys.argv[1]), SystemClock())
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    backup(ctx, Path(sys.argv[2]))
except (DiskError, DiskFullError):
    sys.exit(77)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit on file sizes stands for a full disk")
def test_a_full_disk_leaves_nothing(crew: Crew, tmp_path: Path) -> None:
    accept(crew, [draft(number) for number in range(200)])
    done = subprocess.run([sys.executable, "-c", FULL, crew.db.place, str(tmp_path / "backups")])
    assert done.returncode == 77
    assert list((tmp_path / "backups").iterdir()) == []
    assert verify(crew.clerk).ok


def test_the_kept_key_opens_the_backup_of_an_encrypted_office(
    locked: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ctx = program(locked, FixedClock())
    made = backup(ctx, tmp_path / "backups")
    raw = made.path.read_bytes()
    assert read_manifest(made.manifest_path).encrypted
    assert b"SQLite format 3" not in raw
    assert "周凯".encode() not in raw
    where = str(tmp_path / "new.zhanggui")
    assert restore(made.path, where).ok
    db = open_database(where)
    assert db.encrypted
    monkeypatch.setattr("app.services.proof.workers.WORTH_PROCESSES", 1)
    assert verify_database(db).ok
    db.close()
    assert drill(ctx).ok
