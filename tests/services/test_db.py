"""Blocks, announcements and errors of the database, on SQLite and on PostgreSQL."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import event, insert, select, text, update
from sqlalchemy.exc import DBAPIError

from app.errors import AppError
from app.models.office import counters, settings
from app.services import db as db_module
from app.services.db import (
    SERVER_PATIENCE,
    BusyError,
    DamagedError,
    Database,
    DiskError,
    DiskFullError,
    DuplicateError,
    ReadOnlyError,
    ServerGoneError,
    insert_many,
    postgresql_engine,
    sqlite_engine,
)
from app.services.office import create_office
from app.services.opening import open_database
from tests.factories import ADMIN, PASSWORD, Office, start_python, where_of

ONE = insert(counters).values(name="one", value=1)
HELD = """
import sys
import sqlcipher3.dbapi2 as driver
other = driver.connect(sys.argv[1], isolation_level=None)
other.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
other.close()
"""


def fail_midway(db: Database) -> None:
    with db.writing() as conn:
        conn.execute(ONE)
        raise ZeroDivisionError


def names(db: Database) -> list[str]:
    with db.reading() as conn:
        return list(conn.execute(select(counters.c.name).order_by(counters.c.name)).scalars())


@pytest.fixture
def second(db: Database) -> Iterator[Database]:
    """The same office, opened once more."""
    other = open_database(where_of(db))
    yield other
    other.close()


def test_a_block_that_ends_well_is_kept(db: Database, second: Database) -> None:
    with db.writing() as conn:
        conn.execute(ONE)
    assert names(second) == ["one"]


def test_a_block_that_fails_leaves_nothing(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        fail_midway(db)
    assert names(db) == []


def test_what_a_reading_block_writes_is_not_kept(db: Database) -> None:
    with db.reading() as conn:
        conn.execute(ONE)
    assert names(db) == []


def test_a_reading_block_sees_one_state(db: Database, second: Database) -> None:
    counted = select(counters.c.name)
    with db.reading() as conn:
        assert conn.execute(counted).all() == []
        with second.writing() as other:
            other.execute(ONE)
        assert conn.execute(counted).all() == []
    assert names(db) == ["one"]


def test_listeners_hear_the_tables_after_the_commit(db: Database) -> None:
    heard: list[tuple[frozenset[str], list[str]]] = []

    def listen(touched: frozenset[str]) -> None:
        heard.append((touched, names(db)))

    db.listen(listen)
    with db.writing() as conn:
        insert_many(conn, counters, [("one", 1)])
        conn.execute(insert(settings).values(key="k", value="1"))
        assert heard == []
    assert heard == [(frozenset({"counters", "settings"}), ["one"])]
    with db.writing() as conn:
        conn.execute(counters.delete())
    with pytest.raises(ZeroDivisionError):
        fail_midway(db)
    with db.writing() as conn:
        conn.execute(select(counters))
    assert [touched for touched, _ in heard[1:]] == [{"counters"}]
    db.unlisten(listen)
    with db.writing() as conn:
        conn.execute(ONE)
    assert len(heard) == 2


def test_many_rows_go_in_the_order_of_the_columns(db: Database) -> None:
    with db.writing() as conn:
        insert_many(conn, counters, [(f"n{n:03}", n) for n in range(500)])
        insert_many(conn, counters, [])
    with db.reading() as conn:
        assert conn.execute(select(counters).order_by(counters.c.name)).all() == [(f"n{n:03}", n) for n in range(500)]


def test_the_same_value_twice_is_a_duplicate(db: Database) -> None:
    with db.writing() as conn:
        conn.execute(ONE)
    with pytest.raises(DuplicateError), db.writing() as conn:
        conn.execute(ONE)
    assert names(db) == ["one"]


@pytest.mark.parametrize("statement", ["SELECT * FROM nowhere", "SELEC", "INSERT INTO counters VALUES (NULL, NULL)"])
def test_a_bug_of_ours_is_not_dressed_as_an_error_of_the_computer(db: Database, statement: str) -> None:
    with pytest.raises(DBAPIError), db.writing() as conn:
        conn.execute(text(statement))


def test_writers_of_several_threads_wait_for_each_other(db: Database) -> None:
    with db.writing() as conn:
        conn.execute(insert(counters).values(name="n", value=0))
    failures: list[BaseException] = []

    def work() -> None:
        try:
            for _ in range(20):
                with db.writing() as conn:
                    value = conn.execute(select(counters.c.value)).scalar_one()
                    conn.execute(update(counters).values(value=value + 1))
        except AppError as error:
            failures.append(error)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with db.reading() as conn:
        assert conn.execute(select(counters.c.value)).scalar_one() == 80


def test_sqlite_is_set_up_to_be_durable(file_office: Office) -> None:
    with file_office.db.reading() as conn:
        told = {
            name: conn.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "recursive_triggers")
        }
    assert told == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "recursive_triggers": 1}


@pytest.mark.parametrize("name", ["a?b=c.zg", "a#b.zg", "a%41.zg", '掌 柜\'s "店".zg'])
def test_any_file_name_is_that_file(tmp_path: Path, name: str) -> None:
    create_office(str(tmp_path / name), "店", ADMIN, PASSWORD).close()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    open_database(str(tmp_path / name)).close()


def test_a_file_held_by_another_program_is_busy(file_office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(db_module, "BUSY_TIMEOUT_MS", 50)
    db = Database(sqlite_engine(Path(file_office.db.place)), file_office.db.place)
    with start_python(HELD, db.place) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(BusyError), db.writing() as conn:
            conn.execute(ONE)
        assert names(db) == []
        other.communicate()
    with db.writing() as conn:
        conn.execute(ONE)
    assert names(db) == ["one"]
    db.close()


@pytest.mark.postgresql
def test_a_server_whose_chain_is_held_too_long_is_busy(server_office: Office) -> None:
    db = server_office.db
    with db.writing() as conn:
        conn.execute(text(f"ALTER DATABASE {db.engine.url.database} SET lock_timeout = '50ms'"))
    second = open_database(where_of(db))  # a new connection goes by it
    with db.writing(), pytest.raises(BusyError), second.writing():
        pytest.fail("two pens at once")
    second.close()


@pytest.mark.postgresql
@pytest.mark.parametrize(
    ("state", "kind"),
    [("53100", DiskFullError), ("58030", DiskError), ("25006", ReadOnlyError), ("40P01", BusyError),
     ("40001", BusyError), ("XX001", DamagedError), ("53300", ServerGoneError), ("57P03", ServerGoneError)],
)  # fmt: skip
def test_what_a_server_says_is_told_by_its_state(server_office: Office, state: str, kind: type[AppError]) -> None:
    say = text(f"DO $$ BEGIN RAISE EXCEPTION 'so it is' USING ERRCODE = '{state}'; END $$")
    with pytest.raises(kind), server_office.db.writing() as conn:
        conn.execute(say)


def lose_the_connection(db: Database) -> None:
    with db.writing() as conn:
        mine = conn.execute(text("SELECT pg_backend_pid()")).scalar_one()
        with db.reading() as other:
            other.execute(text("SELECT pg_terminate_backend(:mine)"), {"mine": mine})
        conn.execute(ONE)


@pytest.mark.postgresql
def test_a_lost_connection_is_said_and_the_next_block_works(server_office: Office) -> None:
    db = server_office.db
    with pytest.raises(ServerGoneError):
        lose_the_connection(db)
    assert names(db) == []
    with db.writing() as conn:
        conn.execute(ONE)
    assert names(db) == ["one"]


def test_a_server_that_is_not_there_is_said() -> None:
    with pytest.raises(ServerGoneError, match="does not answer"):
        open_database("postgresql://nobody:secret@127.0.0.1:1/nothing")


def test_a_server_that_takes_the_call_and_says_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(SERVER_PATIENCE, "connect_timeout", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = Database(postgresql_engine(f"postgresql://office@127.0.0.1:{silent.getsockname()[1]}/office"), "")
        begin = time.monotonic()
        with pytest.raises(ServerGoneError, match="in time") as told, hanging.reading():
            pass
        assert "timeout" in told.value.said
        assert not hanging.answers(2)
        assert time.monotonic() - begin < 20
        hanging.close()


def test_an_address_says_itself_how_long_a_server_is_waited_for() -> None:
    told: list[str] = []
    for words in ("?connect_timeout=3", ""):
        engine = postgresql_engine(f"postgresql://office@127.0.0.1:9/office{words}")

        @event.listens_for(engine, "do_connect")
        def _listen(_dialect: object, _record: object, _names: object, options: dict[str, object]) -> None:
            told.append(str(options["connect_timeout"]))

        with pytest.raises(DBAPIError):
            engine.connect()
    assert told == ["3", "10"]
