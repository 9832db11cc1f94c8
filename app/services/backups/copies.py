"""Copying a whole office while people work in it: SQLite's online backup, pg_dump for a server."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from app.errors import OutsideError
from app.i18n import N_
from app.services import secrets
from app.services.backups.manifest import Contents, contents_of
from app.services.backups.server import dump, restored_scratch
from app.services.db import Database, sqlite_engine, translate
from app.services.progress import Progress
from app.services.proof.verdict import Verdict
from app.services.verify import verify_database

PAGES = 2_000  # copied at a time: 8 MB, after which the caller is asked whether to go on


class CopyDiffersError(OutsideError):
    """The reopened copy is not what was copied."""

    message = N_("The backup was written, but reading it back gave something else. The disk may be failing.")


def copy_database(db: Database, target: Path, progress: Progress) -> Contents:
    """Copy the office into the file `target`; returns what one view of it held, which is what was copied."""
    with db.reading() as conn:
        contents = contents_of(conn)  # the view that is copied begins here
        if db.is_sqlite:
            key = secrets.key_of_file(Path(db.place)) if db.encrypted else None
            _copy_sqlite(conn.connection.driver_connection, target, key, progress)
        else:
            snapshot: str = conn.execute(text("SELECT pg_export_snapshot()")).scalar_one()
            dump(db.engine.url, target, snapshot, progress)
    return contents


def _copy_sqlite(source: Any, target: Path, key: str | None, progress: Progress) -> None:
    """Copy by SQLite's online backup; the reading block holds one view, so nobody waits and nothing starts over."""
    import sqlcipher3.dbapi2 as driver

    def tell(_status: int, left: int, total: int) -> None:
        progress(1 - left / max(total, 1))

    try:
        copy = driver.connect(str(target), isolation_level=None)
        try:
            if key is not None:
                copy.execute(f"PRAGMA key = \"x'{bytes.fromhex(key).hex()}'\"")
            copy.execute("PRAGMA journal_mode = OFF")  # half a copy is thrown away
            copy.execute("PRAGMA synchronous = OFF")  # the whole file is synced at the end
            source.backup(copy, pages=PAGES, progress=tell, sleep=0)
        finally:
            copy.close()
    except driver.Error as error:
        raise translate(DBAPIError(None, None, error)) or OutsideError(detail=error) from error


def prove_copy(db: Database, copy: Path, contents: Contents, progress: Progress) -> Verdict:
    """Reopen the copy of `db`, count and prove it; raises CopyDiffersError where it is not what was copied."""
    with _reopened(db, copy) as copied:
        with copied.reading() as conn:
            if contents_of(conn) != contents:
                raise CopyDiffersError
        return verify_database(copied, progress=progress)


@contextmanager
def _reopened(db: Database, copy: Path) -> Iterator[Database]:
    if not db.is_sqlite:
        with restored_scratch(db.engine.url, copy) as copied:
            yield copied
        return
    key = secrets.key_of_file(copy) if db.encrypted else None
    copied = Database(sqlite_engine(copy, key), str(copy), db.encrypted)
    try:
        yield copied
    finally:
        copied.close()


def sync(path: Path) -> None:
    """Make a finished file durable."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make names in a folder durable, where the system knows how."""
    with suppress(PermissionError):  # Windows opens no folders
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
