"""The manifest beside a backup: what the copy holds and how to tell that it is still the same (rules O5, A4)."""

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from sqlalchemy import Connection, Table, func, select

from app.errors import InputError, NotFoundError, OutsideError, system_reason
from app.i18n import N_
from app.models.base import metadata
from app.models.ledger import entries
from app.services.ledger import head
from app.services.opening import revision_of
from app.services.progress import Progress

FORMAT = "zhanggui-backup-1"
BLOCK = 1 << 20


class NoManifestError(InputError):
    """A backup without its manifest cannot be trusted."""

    message = N_("{path} has no readable manifest beside it; it cannot be told whether it is whole.")


class ChangedBackupError(InputError):
    """The file is not the one that was written."""

    message = N_("{path} is not what its manifest says: it was damaged or changed since it was made. Take another one.")


@dataclass(frozen=True, slots=True)
class Contents:
    """What one view of an office holds."""

    office: str  # hash of the first entry, the same in every copy of one office
    rows: Mapping[str, int]
    entries: int
    head: str
    revision: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What stands in the manifest; `made_at` in milliseconds UTC."""

    format: str
    file: str
    kind: str  # "sqlite" or "postgresql"
    encrypted: bool
    sha256: str
    size: int
    office: str
    rows: Mapping[str, int]
    entries: int
    head: str
    revision: str
    program: str
    made_at: int
    proof: str  # the verdict's code when the copy was proved; "ok" where all was well
    first_bad: int | None = None


def contents_of(conn: Connection) -> Contents:
    """Count the rows of every table and read the head of the chain, in one view of the database."""
    seq, last = head(conn)
    first = conn.execute(select(entries.c.hash).order_by(entries.c.seq).limit(1)).scalar()
    rows = {name: _count(conn, table) for name, table in sorted(metadata.tables.items())}
    return Contents(bytes(first or b"").hex(), rows, seq, last.hex(), revision_of(conn) or "")


def _count(conn: Connection, table: Table) -> int:
    return conn.execute(select(func.count()).select_from(table)).scalar_one()


def manifest_path(backup: Path) -> Path:
    """Where the manifest of a backup stands."""
    return backup.with_name(f"{backup.name}.json")


def write_manifest(manifest: Manifest, path: Path) -> None:
    """Write a manifest durably to a file that is not there yet."""
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    with path.open("x", encoding="utf-8") as file:
        file.write(text + "\n")
        file.flush()
        os.fsync(file.fileno())


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises NoManifestError for anything else."""
    names = {field.name for field in fields(Manifest)}
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT or not names >= content.keys():
            raise NoManifestError(path=path)
        return Manifest(**content)
    except (OSError, ValueError, TypeError, LookupError, RecursionError) as error:
        raise NoManifestError(path=path) from error


def check_backup(backup: Path, progress: Progress | None = None) -> Manifest:
    """The manifest of a backup that is whole; raises NotFoundError, NoManifestError or ChangedBackupError."""
    if not backup.is_file():
        raise NotFoundError(what=backup)
    manifest = read_manifest(manifest_path(backup))
    if backup.stat().st_size != manifest.size or digest(backup, progress) != manifest.sha256:
        raise ChangedBackupError(path=backup)
    return manifest


def digest(path: Path, progress: Progress | None = None) -> str:
    """Hex SHA-256 of a file; `progress` is told the share read."""
    size = max(path.stat().st_size, 1)
    said = hashlib.sha256()
    done = 0
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                said.update(block)
                done += len(block)
                if progress is not None:
                    progress(min(done / size, 1.0))
    except OSError as error:
        raise OutsideError(detail=system_reason(error)) from error
    return said.hexdigest()
