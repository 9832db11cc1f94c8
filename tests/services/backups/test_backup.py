"""A backup holds what the office holds, is proved, restored and drilled, and is never half there."""

import json
import os
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import CancelledError, NotFoundError, OutsideError, PermissionDeniedError
from app.models import REVISION
from app.models.base import metadata
from app.services.backups.backup import backup, drill, restore
from app.services.backups.manifest import (
    ChangedBackupError,
    NoManifestError,
    check_backup,
    read_manifest,
)
from app.services.backups.return_trip import OtherKindError
from app.services.backups.server import SCRATCH
from app.services.db import Database
from app.services.opening import OfficeExistsError, open_database
from app.services.verify import verify, verify_database
from tests.postgresql import server
from tests.services.orders.making import Crew, accept, draft
from tests.services.proof.working import vandal, work


def rows_of(db: Database) -> dict[str, list[Any]]:
    with db.reading() as conn:
        return {
            name: [tuple(row) for row in conn.execute(table.select().order_by(*table.primary_key.columns))]
            for name, table in metadata.tables.items()
        }


@pytest.fixture
def empty_place(any_crew: Crew, tmp_path: Path) -> Iterator[str]:
    """Where an office of the crew's kind can be restored."""
    if any_crew.db.is_sqlite:
        yield str(tmp_path / "new" / "office.zhanggui")
        return
    name = server().create()
    yield server().url(name)
    server().drop(name)


def test_a_backup_restored_is_the_office(any_crew: Crew, tmp_path: Path, empty_place: str) -> None:
    crew = any_crew
    work(crew, tmp_path / "papers")
    before, proof = rows_of(crew.db), verify(crew.clerk)
    made = backup(crew.program, tmp_path / "backups")
    assert made.verdict == proof
    assert (made.entries, made.head) == (proof.entries, proof.head)
    assert made.rows["orders"] == 7
    restored = restore(made.path, empty_place, clock=crew.clock)
    assert (restored.ok, restored.entries, restored.head) == (True, proof.entries, proof.head)
    db = open_database(empty_place)
    after = rows_of(db)
    assert verify_database(db).ok
    kind, content = after["entries"][-1][3], json.loads(after["entries"][-1][5])
    assert (kind, content["sha256"], content["head"]) == ("office.restored", made.sha256, proof.head)
    assert after["entries"][:-1] == before["entries"]
    differ = {name for name in before if before[name] != after[name]}
    assert differ == {"entries", "ledger_head"}
    db.close()


def test_the_manifest_says_what_the_copy_holds(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1), draft(2)])
    made = backup(crew.program, tmp_path)
    manifest = check_backup(made.path)
    assert manifest == read_manifest(made.manifest_path)
    assert manifest.rows == made.rows
    assert manifest.rows["personal"] == 2
    assert (manifest.revision, manifest.proof, manifest.encrypted) == (REVISION, "ok", False)
    assert manifest.kind == ("sqlite" if crew.db.is_sqlite else "postgresql")
    assert sorted(path.name for path in tmp_path.glob("zhanggui-*")) == [made.path.name, made.manifest_path.name]
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_a_backup_is_on_record(crew: Crew, tmp_path: Path) -> None:
    made = backup(crew.program, tmp_path)
    with crew.db.reading() as conn:
        row = conn.execute(text("SELECT kind, content FROM entries ORDER BY seq DESC LIMIT 1")).one()
    assert row.kind == "backup.made"
    assert json.loads(row.content)["sha256"] == made.sha256


def test_only_the_administrator_backs_up(crew: Crew, tmp_path: Path) -> None:
    for action in (lambda: backup(crew.manager, tmp_path), lambda: drill(crew.manager)):
        with pytest.raises(PermissionDeniedError):
            action()
    assert list(tmp_path.glob("*.json")) == []


def test_people_work_while_the_office_is_copied(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(number) for number in range(300)])
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        for number in range(1_000, 100_000):
            written.extend(accept(crew, [draft(number)]))
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [backup(crew.program, tmp_path / "backups") for _ in range(3)]
        during = len(written)
    finally:
        stop.set()
        writer.join()
    assert during > 3
    assert [one.verdict.reason for one in made if not one.verdict.ok] == []
    assert made[0].entries < made[1].entries < made[2].entries
    assert all(one.rows["orders"] == one.rows["personal"] for one in made)


def test_a_drill_leaves_nothing_but_its_entry(any_crew: Crew, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    crew = any_crew
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    ids = work(crew, tmp_path / "papers")
    entries = verify(crew.clerk).entries
    before = set(tmp_path.iterdir())
    done = drill(crew.program)
    assert (done.ok, done.entries) == (True, entries)
    assert done.seconds > 0
    assert set(tmp_path.iterdir()) == before
    assert verify(crew.clerk).entries == entries + 1
    assert ids
    if not crew.db.is_sqlite:
        assert not [name for name in server().databases() if name.startswith(SCRATCH)]


def test_a_tampered_office_is_backed_up_and_the_manifest_says_so(crew: Crew, tmp_path: Path) -> None:
    ids = work(crew, tmp_path / "papers")
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE personal SET name = 'x' WHERE id = {ids[2]}"))
    made = backup(crew.program, tmp_path / "backups")
    manifest = read_manifest(made.manifest_path)
    assert (made.verdict.ok, manifest.proof, manifest.first_bad) == (False, "personal_changed", ids[2])
    assert restore(made.path, str(tmp_path / "again.zhanggui")).ok is False


@pytest.mark.parametrize("stop_at", [0.0, 0.2, 0.5, 0.85])
def test_a_cancelled_backup_leaves_nothing(any_crew: Crew, tmp_path: Path, stop_at: float) -> None:
    accept(any_crew, [draft(number) for number in range(50)])

    def cancel(share: float) -> None:
        if share >= stop_at:
            raise CancelledError

    with pytest.raises(CancelledError):
        backup(any_crew.program, tmp_path / "backups", cancel)
    assert list((tmp_path / "backups").iterdir()) == []
    if not any_crew.db.is_sqlite:
        assert not [name for name in server().databases() if name.startswith(SCRATCH)]
    assert verify(any_crew.clerk).ok


def test_a_folder_that_cannot_be_made_is_told(crew: Crew, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutsideError):
        backup(crew.program, tmp_path / "file" / "backups")


def test_old_backups_are_thinned_out_and_stale_parts_swept(crew: Crew, tmp_path: Path) -> None:
    stale, fresh = tmp_path / ".zhanggui-1.zhanggui.1.part", tmp_path / ".zhanggui-2.zhanggui.2.part"
    for part in (stale, fresh):
        part.write_bytes(b"half")
    os.utime(stale, (1_000_000, 1_000_000))
    early = backup(crew.program, tmp_path)
    crew.clock.advance(minutes=60)
    late = backup(crew.program, tmp_path)
    crew.clock.time += timedelta(days=1)
    today = backup(crew.program, tmp_path)
    assert [one.path.exists() for one in (early, late, today)] == [False, True, True]
    assert [stale.exists(), fresh.exists()] == [False, True]


def test_an_office_is_never_restored_over(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    made = backup(crew.program, tmp_path)
    before = rows_of(crew.db)
    where = crew.db.place if crew.db.is_sqlite else crew.db.engine.url.set(drivername="postgresql")
    with pytest.raises(OfficeExistsError):
        restore(made.path, where if isinstance(where, str) else where.render_as_string(hide_password=False))
    assert rows_of(crew.db) == before


def test_a_changed_backup_is_refused(any_crew: Crew, tmp_path: Path, empty_place: str) -> None:
    made = backup(any_crew.program, tmp_path)
    raw = bytearray(made.path.read_bytes())
    raw[len(raw) // 2] ^= 1
    made.path.write_bytes(raw)
    with pytest.raises(ChangedBackupError):
        restore(made.path, empty_place)
    made.path.write_bytes(raw[:-1])
    with pytest.raises(ChangedBackupError):
        restore(made.path, empty_place)


@pytest.mark.parametrize("manifest", [None, "", "{}", "[]", '{"format": "zhanggui-backup-1"}', "\ud800"])
def test_a_backup_without_its_manifest_is_refused(crew: Crew, tmp_path: Path, manifest: str | None) -> None:
    made = backup(crew.program, tmp_path)
    made.manifest_path.unlink()
    if manifest is not None:
        made.manifest_path.write_bytes(manifest.encode("utf-8", "surrogatepass"))
    with pytest.raises(NoManifestError):
        restore(made.path, str(tmp_path / "new.zhanggui"))
    assert not (tmp_path / "new.zhanggui").exists()


def test_a_backup_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotFoundError):
        restore(tmp_path / "none.zhanggui", str(tmp_path / "new.zhanggui"))


def test_a_file_is_not_restored_into_a_server_nor_the_other_way(crew: Crew, server_crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(OtherKindError):
        restore(backup(crew.program, tmp_path).path, "postgresql://localhost/nothing")
    with pytest.raises(OtherKindError):
        restore(backup(server_crew.program, tmp_path).path, str(tmp_path / "new.zhanggui"))
