"""Putting a backup back: never over an office, checked before and proved after (rule A4)."""

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect

from app.clock import Clock, SystemClock, to_ms
from app.errors import InputError, OutsideError, system_reason
from app.i18n import N_, _
from app.models.people import SYSTEM
from app.services import secrets
from app.services.backups.copies import sync, sync_folder
from app.services.backups.manifest import Manifest, check_backup
from app.services.backups.server import restore_into, restored_scratch
from app.services.db import Database, postgresql_engine
from app.services.ledger import open_ledger
from app.services.opening import NoKeyError, OfficeExistsError, is_server, open_database, refuse_network_share
from app.services.progress import Progress, part_of, silent
from app.services.proof.verdict import Verdict
from app.services.recovery import learn_key
from app.services.verify import verify_database


class OtherKindError(InputError):
    """A file is no server."""

    message = N_("This backup can only be restored into {wanted}.")


@dataclass(frozen=True, slots=True)
class Restored:
    """An office put back; `ok` where everything in it is as it was written."""

    ok: bool
    entries: int
    head: str
    revision: str
    verdict: Verdict


def restore(
    file: Path,
    into: str,
    progress: Progress | None = None,
    clock: Clock | None = None,
    recovery: Callable[[], str] | None = None,
) -> Restored:
    """Put the backup `file` back as a new office at `into` and prove it; raises where an office is there already.

    The manifest is checked first; that the office was restored goes on record in it. Nobody has signed in yet: who may
    write to `into` may restore there. `recovery` is asked for the recovery key where this computer does not have the
    key of an encrypted backup; raises NoKeyError without.
    """
    tell = progress or silent
    manifest = check_backup(file, part_of(tell, 0.0, 0.2))
    _refuse_other_kind(manifest, into)
    if manifest.encrypted and secrets.key_of_file(file) is None:
        if recovery is None:
            raise NoKeyError(place=file)
        learn_key(file, recovery())
    if is_server(into):
        _into_server(file, into, part_of(tell, 0.2, 0.5))
    else:
        copy_into_place(file, Path(into))
    db = open_database(into)
    try:
        verdict = verify_database(db, progress=part_of(tell, 0.5, 1.0))
        _put_on_record(db, manifest, clock or SystemClock())
    finally:
        db.close()
    return Restored(verdict.ok, verdict.entries, verdict.head, manifest.revision, verdict)


def restore_to_scratch(db: Database, file: Path, scratch: Path, progress: Progress) -> Verdict:
    """Put a backup of `db` back where it is thrown away afterwards, and prove it there."""
    check_backup(file)
    if not db.is_sqlite:
        with restored_scratch(db.engine.url, file) as restored:
            return verify_database(restored, progress=progress)
    copy_into_place(file, scratch)
    restored = open_database(str(scratch))
    try:
        return verify_database(restored, progress=progress)
    finally:
        restored.close()


def _refuse_other_kind(manifest: Manifest, into: str) -> None:
    if is_server(into) and manifest.kind == "sqlite":
        raise OtherKindError(wanted=_("a file"))
    if not is_server(into) and manifest.kind != "sqlite":
        raise OtherKindError(wanted=_("a PostgreSQL database (postgresql://…)"))


def copy_into_place(file: Path, into: Path) -> None:
    """Copy a backup to where an office shall be; raises OfficeExistsError and never leaves half a file there."""
    if into.exists():
        raise OfficeExistsError(place=into)
    refuse_network_share(into)
    part = into.with_name(f".{into.name}.{os.getpid()}.part")
    try:
        into.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(file, part)
            sync(part)
            if into.exists():
                raise OfficeExistsError(place=into)
            part.rename(into)
        finally:
            part.unlink(missing_ok=True)
        sync_folder(into.parent)
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error


def _into_server(file: Path, into: str, progress: Progress) -> None:
    engine = postgresql_engine(into.replace("postgres://", "postgresql://", 1))
    db = Database(engine, engine.url.render_as_string())
    try:
        with db.reading() as conn:
            if inspect(conn).get_table_names():
                raise OfficeExistsError(place=db.place)
        restore_into(engine.url, file, progress)
    finally:
        db.close()


def _put_on_record(db: Database, manifest: Manifest, clock: Clock) -> None:
    facts = {"file": manifest.file, "sha256": manifest.sha256, "entries": manifest.entries, "head": manifest.head}
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), SYSTEM)
        pen.write("office.restored", None, facts)
