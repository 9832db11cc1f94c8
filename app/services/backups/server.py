"""PostgreSQL's own programs: dumping an office and restoring it, also into a scratch database."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from app.errors import OutsideError
from app.i18n import N_, _
from app.services.db import SERVER_PATIENCE, Database, patience, postgresql_engine, translate
from app.services.progress import Progress, silent

LOOK_SECONDS = 0.2
SCRATCH = "zhanggui_scratch_"  # and when it was made, in seconds
STALE_SECONDS = 86_400
MAY_NOT = "42501"  # SQLSTATE: the account lacks a right


class NoToolError(OutsideError):
    """PostgreSQL's own programs do the copying."""

    message = N_(
        "The program {tool} was not found on this computer. It comes with PostgreSQL: install PostgreSQL's client "
        "programs in the server's version."
    )


_OLDER = N_("it is older than the server; install PostgreSQL's client programs in the server's version.")
_DENIED = N_("this account may not read or write everything in the database.")
_FULL = N_("the disk is full.")
_LOST = N_("the connection to the database server failed.")
_STOPPED = N_("it stopped with the error {code}.")
_WHY = (
    (("server version mismatch", "unsupported version"), _OLDER),
    (("permission denied", "must be owner"), _DENIED),
    (("No space left",), _FULL),
    (("connection to server", "server closed the connection", "could not connect"), _LOST),
)
MOST_SAID = 500


class ToolFailedError(OutsideError):
    """PostgreSQL's own program said no; its words are English, whatever the language in use is."""

    message = N_("{tool} did not work: {reason}")

    def __init__(self, tool: str, said: str, code: int) -> None:
        why = next((why for words, why in _WHY if any(word in said for word in words)), _STOPPED)
        super().__init__(tool=tool, reason=_(why).format(code=code))
        self.said = said[:MOST_SAID]


class NoScratchError(OutsideError):
    """Without a scratch database a server's backup cannot be proved."""

    message = N_(
        "A backup is checked by restoring it into a scratch database, which this account may not create. "
        "Give the account the right CREATEDB."
    )

    def __init__(self, said: str) -> None:
        super().__init__()
        self.said = said


def dump(url: URL, target: Path, snapshot: str, progress: Progress) -> None:
    """Write the view of the database that `snapshot` names to `target`."""
    arguments = ("--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}", f"--file={target}")
    _run("pg_dump", url, arguments, progress)


def restore_into(url: URL, source: Path, progress: Progress) -> None:
    """Restore a dump into an empty database, all or nothing."""
    arguments = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction", str(source))
    _run("pg_restore", url, arguments, progress)
    # A dump brings no statistics, and without them the planner reads whole tables for a few rows.
    with _server(url) as conn:
        conn.execute(text("ANALYZE"))


@contextmanager
def restored_scratch(url: URL, source: Path, progress: Progress = silent) -> Iterator[Database]:
    """A dump restored into a database that is dropped again; raises NoScratchError, ServerGoneError."""
    name = f"{SCRATCH}{int(time.time())}_{token_hex(4)}"
    with _server(url) as conn:
        _drop_stale(conn)
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    scratch = url.set(database=name)
    db = Database(postgresql_engine(scratch.render_as_string(hide_password=False)), name)
    try:
        restore_into(scratch, source, progress)
        yield db
    finally:
        db.close()
        with _server(url) as conn:
            conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))


@contextmanager
def _server(url: URL) -> Iterator[Connection]:
    """A connection for what PostgreSQL does in no transaction; its errors in our own words."""
    engine = create_engine(url, isolation_level="AUTOCOMMIT", connect_args=patience(url))
    try:
        with engine.connect() as conn:
            yield conn
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == MAY_NOT:
            raise NoScratchError(str(error.orig).strip()) from error
        known = translate(error)
        if known is None:
            raise
        raise known from error
    finally:
        engine.dispose()


def _drop_stale(conn: Connection) -> None:
    """Drop what a backup that was killed left on the server long ago."""
    names = conn.execute(
        text("SELECT datname FROM pg_database WHERE starts_with(datname, :scratch)"), {"scratch": SCRATCH}
    )
    for name in names.scalars().all():
        made = name.removeprefix(SCRATCH).partition("_")[0]
        if made.isdigit() and time.time() - int(made) > STALE_SECONDS:
            conn.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))


def _run(tool: str, url: URL, arguments: Sequence[str], progress: Progress) -> None:
    """Run one of PostgreSQL's programs; `progress` is asked now and then whether to go on."""
    program = shutil.which(tool)
    if program is None:
        raise NoToolError(tool=tool)
    address = url.set(drivername="postgresql", password=None).render_as_string(hide_password=False)
    # The password goes through the environment: a command line can be read by everybody on the machine.
    environment = os.environ | ({"PGPASSWORD": str(url.password)} if url.password else {})
    environment.setdefault("PGCONNECT_TIMEOUT", str(SERVER_PATIENCE["connect_timeout"]))  # the address goes before it
    process = subprocess.Popen(  # noqa: S603 (PostgreSQL's program with arguments of ours)
        [program, f"--dbname={address}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    try:
        said = _wait(process, progress)
    except BaseException:
        process.kill()
        process.communicate()
        raise
    if process.returncode != 0:
        raise ToolFailedError(tool, said.decode("utf-8", "replace").strip(), process.returncode)


def _wait(process: "subprocess.Popen[bytes]", progress: Progress) -> bytes:
    while True:
        try:
            return process.communicate(timeout=LOOK_SECONDS)[1]
        except subprocess.TimeoutExpired:
            progress(0.0)
