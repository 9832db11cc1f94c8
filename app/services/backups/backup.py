"""Backups of the office: made while people work, proved by reopening, restored, drilled (rules O5, A4)."""

import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import app
from app.clock import Clock, office_time, to_ms
from app.errors import OutsideError, system_reason
from app.services.access import Context, Permission, requires
from app.services.backups.copies import copy_database, prove_copy, sync, sync_folder
from app.services.backups.manifest import FORMAT, Contents, Manifest, digest, manifest_path, write_manifest
from app.services.backups.retention import Keeping, drop_old
from app.services.backups.return_trip import Restored, restore, restore_to_scratch
from app.services.db import Database
from app.services.ledger import open_ledger
from app.services.progress import Progress, part_of, silent
from app.services.proof.verdict import Verdict
from app.services.settings.values import load_settings
from app.services.status import remember_backup

__all__ = ["BackupResult", "DrillResult", "Restored", "backup", "drill", "make_backup", "restore"]

MADE = "backup.made"
STALE_SECONDS = 86_400
ENDINGS = {True: "zhanggui", False: "dump"}  # SQLite, PostgreSQL


@dataclass(frozen=True, slots=True)
class BackupResult:
    """A backup that was made, reopened and proved; `verdict` says whether what it holds is as it was written."""

    path: Path
    manifest_path: Path
    sha256: str
    rows: Mapping[str, int]
    entries: int
    head: str
    revision: str
    seconds: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class DrillResult:
    """A backup made, restored into scratch and proved: that it can be done, and how long it takes."""

    ok: bool
    entries: int
    head: str
    seconds: float
    verdict: Verdict


@requires(Permission.DATABASE_BACKUP)
def backup(ctx: Context, out: Path, progress: Progress | None = None) -> BackupResult:
    """Back up the office into the folder `out` and put it on record; raises OutsideError and leaves nothing half."""
    ctx.ask_again()
    done = make_backup(ctx.db, ctx.clock, out, progress)
    facts = {"file": done.path.name, "sha256": done.sha256, "entries": done.entries, "proof": done.verdict.code}
    _put_on_record(ctx, MADE, facts)
    return done


@requires(Permission.DATABASE_BACKUP)
def drill(ctx: Context, progress: Progress | None = None) -> DrillResult:
    """Back up, restore into scratch and prove, so that nobody finds out on a bad day that it does not work (A4)."""
    ctx.ask_again()
    tell = progress or silent
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="zhanggui-drill-") as scratch:
        made = make_backup(ctx.db, ctx.clock, Path(scratch) / "backup", part_of(tell, 0.0, 0.5))
        verdict = restore_to_scratch(ctx.db, made.path, Path(scratch) / "office.zhanggui", part_of(tell, 0.5, 1.0))
    seconds = time.monotonic() - started
    facts = {"proof": verdict.code, "entries": verdict.entries, "milliseconds": round(seconds * 1000)}
    _put_on_record(ctx, "backup.drilled", facts)
    return DrillResult(verdict.ok, verdict.entries, verdict.head, seconds, verdict)


def make_backup(db: Database, clock: Clock, folder: Path, progress: Progress | None = None) -> BackupResult:
    """The backup itself, without asking who wants it; what the office no longer keeps (rule A4) is deleted then."""
    tell = progress or silent
    started = time.monotonic()
    now = to_ms(clock.now())
    local = office_time(now)
    _prepare(folder)
    final = folder / f"zhanggui-{local:%Y%m%d-%H%M%S}-{now % 1000:03d}.{ENDINGS[db.is_sqlite]}"
    part = folder / f".{final.name}.{os.getpid()}.part"
    try:
        contents = copy_database(db, part, part_of(tell, 0.0, 0.3))
        verdict = prove_copy(db, part, contents, part_of(tell, 0.3, 0.9))
        manifest = _manifest(db, final, part, now, contents, verdict)
        _put_in_place(part, final, manifest)
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error
    finally:
        for ending in ("", "-wal", "-shm", "-journal", ".json"):
            part.with_name(part.name + ending).unlink(missing_ok=True)
    drop_old(folder, contents.office, local.date(), _keeping(db))
    tell(1.0)
    return BackupResult(
        final,
        manifest_path(final),
        manifest.sha256,
        contents.rows,
        contents.entries,
        contents.head,
        contents.revision,
        time.monotonic() - started,
        verdict,
    )


def _keeping(db: Database) -> Keeping:
    with db.reading() as conn:
        chosen = load_settings(conn)
    return Keeping(chosen.keep_days, chosen.keep_weeks)


def _prepare(folder: Path) -> None:
    """Make the folder; take away what a backup that was killed left there long ago."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob(".zhanggui-*.part*"):
            if time.time() - left.stat().st_mtime > STALE_SECONDS:
                left.unlink(missing_ok=True)
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error


def _manifest(db: Database, final: Path, part: Path, now: int, contents: Contents, verdict: Verdict) -> Manifest:
    return Manifest(
        FORMAT,
        final.name,
        "sqlite" if db.is_sqlite else "postgresql",
        db.encrypted,
        digest(part),
        part.stat().st_size,
        contents.office,
        contents.rows,
        contents.entries,
        contents.head,
        contents.revision,
        app.__version__,
        now,
        verdict.code,
        verdict.first_bad,
    )


def _put_in_place(part: Path, final: Path, manifest: Manifest) -> None:
    """Give copy and manifest their names; the manifest last, as it is what makes the copy a backup."""
    sync(part)
    manifest_part = manifest_path(part)
    write_manifest(manifest, manifest_part)
    part.replace(final)
    manifest_part.replace(manifest_path(final))
    sync_folder(final.parent)


def _put_on_record(ctx: Context, kind: str, facts: Mapping[str, object]) -> None:
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        entry = pen.write(kind, None, facts)
        if kind == MADE:
            remember_backup(conn, entry)
