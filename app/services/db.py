"""The database behind the office: one engine, reading and writing blocks, and who hears of a change.

A function that takes `ctx` opens one block and is one transaction; a function that takes `conn` never opens, commits
or rolls back.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, select
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.sql.dml import UpdateBase

from app.errors import AppError, ConflictError, OutsideError
from app.i18n import N_, _
from app.models.ledger import ledger_head
from app.services.server_line import Lines, gone_reason

BUSY_TIMEOUT_MS = 15_000
CACHE_KIB = 4_096
# How long a server is waited for, and a line that went dead is held; an address may say otherwise.
SERVER_PATIENCE = {
    "connect_timeout": 10,  # seconds for each of its hosts
    "keepalives_idle": 30,  # seconds, as the next one
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,  # milliseconds
}

Listener = Callable[[frozenset[str]], None]

_END_OF_CHAIN = select(ledger_head.c.seq).with_for_update()


class DuplicateError(ConflictError):
    """A value that must be unique is there already."""

    message = N_("This exists already.")


class BusyError(OutsideError):
    """Another program holds the database."""

    message = N_("The database is busy; another program is writing to it. Try again in a moment.")


class ReadOnlyError(OutsideError):
    """The file or its folder may not be written."""

    message = N_("The office's file cannot be written. Check the rights on the file and its folder.")


class DiskFullError(OutsideError):
    """No room left; the transaction was rolled back."""

    message = N_("The disk is full. Nothing was saved; free some space and try again.")


class DiskError(OutsideError):
    """The disk gave an error; the transaction was rolled back."""

    message = N_(
        "The disk gave an error: it may be full or failing. Nothing was saved; make room and look after the disk."
    )


class DamagedError(OutsideError):
    """The file is not a database, its key is wrong, or its pages are broken."""

    message = N_("The office's file is damaged, or its key is wrong. Restore the last backup.")


class ServerGoneError(OutsideError):
    """PostgreSQL does not answer, or does not let us in."""

    message = N_("The database server does not answer: {reason}")

    def __init__(self, detail: str = "", state: str = "") -> None:
        super().__init__(reason=_(gone_reason(detail, state)))
        self.said = detail


_SQLITE_ERRORS: tuple[tuple[str, type[OutsideError]], ...] = (
    ("database is locked", BusyError),
    ("database table is locked", BusyError),
    ("readonly database", ReadOnlyError),
    ("unable to open database file", ReadOnlyError),
    ("disk is full", DiskFullError),
    ("disk I/O error", DiskError),
    ("malformed", DamagedError),
    ("not a database", DamagedError),
)

# By SQLSTATE, or its class where only the first two characters stand here.
_SERVER_ERRORS: dict[str, type[OutsideError]] = {
    "40001": BusyError,
    "40P01": BusyError,
    "55P03": BusyError,
    "25006": ReadOnlyError,
    "53100": DiskFullError,
    "58030": DiskError,
    "XX001": DamagedError,
    "XX002": DamagedError,
}
_SERVER_GONE = ("08", "28", "3D", "53", "57P")


def translate(error: DBAPIError) -> AppError | None:
    """The application's word for a database error, or None where it is a bug of ours."""
    if isinstance(error, IntegrityError):
        text = str(error.orig)
        return DuplicateError() if "UNIQUE" in text.upper() or "duplicate key" in text else None
    if error.orig is not None and hasattr(error.orig, "sqlstate"):
        return _translate_server(error, error.orig.sqlstate)
    text = str(error.orig)
    return next((kind() for sign, kind in _SQLITE_ERRORS if sign in text), None)


def _translate_server(error: DBAPIError, state: str | None) -> AppError | None:
    """PostgreSQL's errors bear a state; without one it is the connection itself that failed."""
    if state in _SERVER_ERRORS:
        return _SERVER_ERRORS[state]()
    broken = state is None and isinstance(error, OperationalError)  # its kinds too: a connection that timed out
    if broken or error.connection_invalidated or (state or "").startswith(_SERVER_GONE):
        return ServerGoneError(next(iter(str(error.orig).splitlines()), ""), state or "")
    return None


def sqlite_engine(path: Path, key: str | None = None) -> Engine:
    """An engine over a SQLite file through SQLCipher's driver; `key` opens an encrypted one."""
    import sqlcipher3.dbapi2 as driver

    place = URL.create("sqlite", database=str(path))  # a path may hold "?", "#" and "%"
    engine = create_engine(place, module=driver, connect_args={"check_same_thread": False}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _set_up(raw: Any, _record: object) -> None:
        raw.isolation_level = None
        if key is not None:
            raw.execute(f"PRAGMA key = \"x'{bytes.fromhex(key).hex()}'\"")
        raw.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        try:
            raw.execute("PRAGMA journal_mode = WAL")
        except UnicodeDecodeError as error:  # what SQLite says quotes a schema that is damaged
            raise driver.DatabaseError("malformed database schema") from error
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("PRAGMA foreign_keys = ON")
        raw.execute("PRAGMA recursive_triggers = ON")  # else INSERT OR REPLACE passes by the guards of facts
        raw.execute("PRAGMA secure_delete = ON")  # who was erased shall not lie in free pages, and in later backups
        raw.execute(f"PRAGMA cache_size = -{CACHE_KIB}")

    @event.listens_for(engine, "begin")
    def _begin(conn: Connection) -> None:
        conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("writes") else "BEGIN")

    return engine


def key_opens(path: Path, key: str) -> bool:
    """Whether `key` opens the encrypted file; nothing is written to it, as it may be a backup with its checksum."""
    import sqlcipher3.dbapi2 as driver

    raw = driver.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        raw.execute(f"PRAGMA key = \"x'{bytes.fromhex(key).hex()}'\"")
        raw.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except driver.DatabaseError:
        return False
    finally:
        raw.close()
    return True


def postgresql_engine(url: str) -> Engine:
    """An engine over a PostgreSQL server, through psycopg; a server that hangs is not waited for without an end."""
    address = make_url(url.replace("postgresql://", "postgresql+psycopg://", 1))
    return create_engine(address, connect_args=patience(address), pool_pre_ping=True, hide_parameters=True)


def patience(address: URL) -> dict[str, int]:
    """How long a server is waited for, as far as its address does not say so itself."""
    return {name: value for name, value in SERVER_PATIENCE.items() if name not in address.query}


def insert_many(conn: Connection, table: Table, rows: Sequence[tuple[object, ...]]) -> None:
    """Insert whole rows (in the table's column order) at the driver's own speed."""
    if not rows:
        return
    conn.exec_driver_sql(_insert_sql(table, conn.dialect), list(rows))
    conn.info.setdefault("touched", set()).add(table.name)


def _insert_sql(table: Table, dialect: Dialect) -> str:
    quote = dialect.identifier_preparer.quote
    mark = "?" if dialect.name == "sqlite" else "%s"
    names = ", ".join(quote(c.name) for c in table.columns)
    marks = ", ".join(mark for _ in table.columns)
    return f"INSERT INTO {quote(table.name)} ({names}) VALUES ({marks})"  # noqa: S608 (names of our own tables)


def select_in(conn: Connection, table: Table, keys: Sequence[object]) -> Sequence[tuple[Any, ...]]:
    """The whole rows whose first column is one of `keys`, at the driver's own speed: a batch has thousands."""
    quote = conn.dialect.identifier_preparer.quote
    names = ", ".join(quote(c.name) for c in table.columns)
    where = f"{quote(table.name)} WHERE {quote(table.columns[0].name)}"
    return fetch_in(conn, f"SELECT {names} FROM {where} {{among}}", keys)  # noqa: S608 (names of our own tables)


def fetch_in(conn: Connection, sql: str, keys: Sequence[object]) -> Sequence[tuple[Any, ...]]:
    """The rows of a question of our own, in which `{among}` stands for being one of `keys`; as fast as `select_in`."""
    sqlite = conn.dialect.name == "sqlite"
    among = f"IN ({', '.join([f'?{place}' for place in range(1, len(keys) + 1)])})" if sqlite else "= ANY(%s)"
    values = tuple(keys) if sqlite else (list(keys),) * sql.count("{among}")
    cursor = conn.connection.cursor()
    try:
        asked = cursor.execute(sql.format(among=among), values)
        found: list[tuple[Any, ...]] = asked.fetchall()
        return found
    finally:
        cursor.close()


def upsert_many(conn: Connection, table: Table, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows by a statement of our own with `?` for each value, at the driver's own speed."""
    if not rows:
        return
    cursor = conn.connection.cursor()
    try:
        cursor.executemany(sql if conn.dialect.name == "sqlite" else sql.replace("?", "%s"), rows)
    finally:
        cursor.close()
    conn.info.setdefault("touched", set()).add(table.name)


class Database:
    """One office's database."""

    def __init__(self, engine: Engine, place: str, encrypted: bool = False) -> None:
        self.engine = engine
        self.place = place
        self.encrypted = encrypted
        self._listeners: list[Listener] = []
        self._writing = threading.Lock()
        self._lines = None if self.is_sqlite else Lines(engine)
        event.listen(engine, "before_execute", _note_touched)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is the embedded database (a file)."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A block that sees one state of the database and changes nothing."""
        with self._errors(), self.engine.connect() as conn:
            if not self.is_sqlite:
                conn.execution_options(isolation_level="REPEATABLE READ")  # else each statement sees another state
            yield conn
            conn.rollback()

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction: committed at the end, rolled back on any exception, then announced.

        One at a time, from the first statement on: BEGIN IMMEDIATE on SQLite, the end of the chain on PostgreSQL.
        """
        with self._errors(), self._writing, self.engine.connect() as plain:
            conn = plain.execution_options(writes=True)
            conn.info["touched"], conn.info["last"] = set(), []
            with conn.begin():
                if not self.is_sqlite:
                    conn.execute(_END_OF_CHAIN)
                yield conn
                finish(conn)
            touched = frozenset(conn.info.pop("touched"))
        self.announce(touched)

    def listen(self, listener: Listener) -> None:
        """Call `listener` with the names of the tables touched, after each commit, in the committing thread."""
        self._listeners.append(listener)

    def unlisten(self, listener: Listener) -> None:
        """Stop calling `listener`."""
        with suppress(ValueError):
            self._listeners.remove(listener)

    def announce(self, touched: frozenset[str]) -> None:
        """Tell the listeners that these tables have changed, here or in another process."""
        if touched:
            for listener in tuple(self._listeners):
                listener(touched)

    def drop_old_pages(self, *tables: str) -> None:
        """See that what was deleted is nowhere in the database's files: empty SQLite's log, vacuum on PostgreSQL.

        Somebody who is reading meanwhile delays it until the log is next emptied.
        """
        with self._errors(), self.engine.connect() as plain:
            conn = plain.execution_options(isolation_level="AUTOCOMMIT")
            if self.is_sqlite:
                conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                return
            for table in tables:
                conn.exec_driver_sql(f"VACUUM {conn.dialect.identifier_preparer.quote(table)}")

    def answers(self, seconds: int) -> bool:
        """Whether a server lets somebody in within so many seconds (at least 2); a file always does."""
        return self._lines is None or self._lines.answers(seconds)

    def cut(self) -> None:
        """Wait for a server no longer: whoever does gets ServerGoneError, now and from here on."""
        if self._lines is not None:
            self._lines.cut()

    def close(self) -> None:
        """Close every connection."""
        self.engine.dispose()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            known = translate(error)
            if known is None:
                raise
            raise known from error


def before_commit(conn: Connection, last: Callable[[], None]) -> None:
    """Have `last` called when the transaction has gone well and is about to be committed."""
    conn.info.setdefault("last", []).append(last)


def finish(conn: Connection) -> None:
    """Do what is left to do before a commit."""
    for last in conn.info.pop("last", ()):
        last()


def _note_touched(conn: Connection, statement: object, *_rest: object) -> None:
    if isinstance(statement, UpdateBase) and isinstance(statement.table, Table):
        conn.info.setdefault("touched", set()).add(statement.table.name)
