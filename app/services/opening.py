"""Opening an office: where it lies, whether it may be used there, and bringing an older one up to date (rule A5)."""

import logging
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from app import models
from app.errors import NotFoundError, OutsideError, RuleError, system_reason
from app.i18n import N_
from app.services import secrets
from app.services.db import Database, finish, postgresql_engine, sqlite_engine, translate

log = logging.getLogger(__name__)

MIGRATIONS = Path(models.__file__).parent / "migrations"
STOCK_SINCE = "0004"  # the migration that brought the stock
MOUNTS = Path("/proc/mounts")  # the mount table, on systems that have one
SQLITE_HEADER = b"SQLite format 3\x00"
SMALLEST_ENCRYPTED = 4096  # bytes: one page
SQLITE_FILES = ("", "-wal", "-shm")  # endings of the files that one database is
NETWORK_FILE_SYSTEMS = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afs", "ncpfs", "davfs"})


class NewerOfficeError(OutsideError):
    """The office was last opened by a newer version of the program."""

    message = N_("This office belongs to a newer version of the program ({revision}). Update the program first.")


class NetworkShareError(OutsideError):
    """SQLite's locks do not hold on a network share."""

    message = N_(
        "An office's file may not lie on a network share ({place}): two computers would damage it. "
        "Keep it on this computer's own disk, or use a PostgreSQL server for several computers."
    )


class NotAnOfficeError(OutsideError):
    """A database, but not one of ours, or no database at all."""

    message = N_("{place} is not an office of this program.")


class NoKeyError(OutsideError):
    """An encrypted office whose key is not here, or no office at all: without the key nobody can tell."""

    message = N_(
        "{place} is not an office of this program, or its key is not in this computer's keyring. "
        "Then its recovery key opens it."
    )


class ServerEncryptionError(RuleError):
    """Only a file is encrypted by the program."""

    message = N_("An office on a server is encrypted by the server, not by this program.")


class OfficeExistsError(RuleError):
    """A new office is never written over an old one."""

    message = N_("There is an office at {place} already.")


def is_server(where: str) -> bool:
    """Whether `where` names a PostgreSQL server rather than a file."""
    return where.startswith(("postgresql://", "postgres://"))


def open_database(where: str) -> Database:
    """Open the office at `where`, migrating an older one; raises OutsideError or NotFoundError."""
    db = _server(where) if is_server(where) else _file(Path(where))
    try:
        _bring_up_to_date(db)
    except BaseException:
        db.close()
        raise
    return db


def create_database(where: str, fill: Callable[[Connection], None], encrypt: bool = False) -> Database:
    """Make a database with the newest schema at `where` and `fill` it, in one transaction.

    Leaves no file and no table where it fails; raises OfficeExistsError.
    """
    if is_server(where):
        return _create_on_server(where, fill, encrypt)
    path = Path(where)
    refuse_network_share(path)
    _take(path)
    try:
        key = secrets.new_key() if encrypt else None
        return _created(Database(sqlite_engine(path, key), str(path), encrypted=encrypt), fill)
    except BaseException:
        for ending in SQLITE_FILES:
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


def _take(path: Path) -> None:
    """Make an empty file; of two programs that make the same office only one gets it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.open("xb").close()
    except OSError as error:
        if path.exists():
            raise OfficeExistsError(place=path) from error
        raise OutsideError(detail=system_reason(error)) from error


def _create_on_server(where: str, fill: Callable[[Connection], None], encrypt: bool) -> Database:
    if encrypt:
        raise ServerEncryptionError
    db = _server(where)
    try:
        with db.reading() as conn:
            if inspect(conn).has_table("alembic_version"):
                raise OfficeExistsError(place=db.place)
    except BaseException:
        db.close()
        raise
    return _created(db, fill)


def _created(db: Database, fill: Callable[[Connection], None]) -> Database:
    try:
        _migrate(db, fill)
    except BaseException:
        db.close()
        raise
    return db


def _server(where: str) -> Database:
    return Database(postgresql_engine(where.replace("postgres://", "postgresql://", 1)), _shown(where))


def _file(path: Path) -> Database:
    if not path.is_file():
        raise NotFoundError(what=path)
    refuse_network_share(path)
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE_HEADER))
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error
    encrypted = start != SQLITE_HEADER
    if encrypted and path.stat().st_size < SMALLEST_ENCRYPTED:
        raise NotAnOfficeError(place=path)
    key = secrets.key_of(start) if encrypted else None
    if encrypted and key is None:
        raise NoKeyError(place=path)
    return Database(sqlite_engine(path, key), str(path), encrypted)


def _shown(where: str) -> str:
    """The server's address without the password."""
    scheme, _, rest = where.partition("://")
    account, at, host = rest.rpartition("@")
    return f"{scheme}://{account.partition(':')[0]}{at}{host}"


def revision_of(conn: Connection) -> str | None:
    """The schema revision the database says it has; None where it has no such table."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    revision: str | None = conn.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return revision


def _bring_up_to_date(db: Database) -> None:
    with db.reading() as conn:
        revision = revision_of(conn)
    if revision is None:
        raise NotAnOfficeError(place=db.place)
    if revision == models.REVISION:
        return
    if revision > models.REVISION:
        raise NewerOfficeError(revision=revision)
    log.info("migrating the office from %s to %s", revision, models.REVISION)
    if db.is_sqlite:
        _copy_before_migration(Path(db.place), revision, db)
    _migrate(db, _fill_stock if revision < STOCK_SINCE else None)


def _fill_stock(conn: Connection) -> None:
    """The orders of an office from before there was stock have reserved and moved goods as well."""
    from app.services.stock.rebuild import rebuild_stock

    rebuild_stock(conn)


def _copy_before_migration(path: Path, revision: str, db: Database) -> None:
    with db.reading() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    try:
        shutil.copy2(path, path.with_name(f"{path.name}.before-{models.REVISION}-was-{revision}"))
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error


def _migrate(db: Database, fill: Callable[[Connection], None] | None = None) -> None:
    """Run every migration the database has not had, and `fill` a new one, in one transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    try:
        with db.engine.connect() as plain:
            conn = plain.execution_options(writes=True)
            with conn.begin():
                config.attributes["connection"] = conn
                command.upgrade(config, "head")
                if fill is not None:
                    fill(conn)
                    finish(conn)
    except DBAPIError as error:
        known = translate(error)
        if known is None:
            raise
        raise known from error


def refuse_network_share(path: Path) -> None:
    """Raise NetworkShareError where `path` lies on a network file system."""
    folder = path.resolve().parent
    if sys.platform == "win32":
        remote = _windows_is_remote(folder)
    else:
        remote = file_system_of(folder, MOUNTS) in NETWORK_FILE_SYSTEMS
    if remote:
        raise NetworkShareError(place=path)


def file_system_of(folder: Path, mounts: Path) -> str:
    """The type of the file system `folder` lies on, after a mount table in the form of /proc/mounts."""
    if not mounts.exists():
        return ""
    best, kind = "", ""
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ")
        inside = point == "/" or str(folder) == point or str(folder).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind


if sys.platform == "win32":

    def _windows_is_remote(folder: Path) -> bool:
        import ctypes

        drive = os.path.splitdrive(folder)[0]
        remote = 4  # DRIVE_REMOTE
        return drive.startswith("\\\\") or ctypes.windll.kernel32.GetDriveTypeW(drive + "\\") == remote
