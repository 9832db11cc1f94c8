"""One chain: entries are added at its end, by one pen at a time, and never changed."""

import threading
from typing import Any

import pytest
from sqlalchemy import Connection, select, text
from sqlalchemy.exc import DBAPIError

from app.errors import AppError
from app.models.canonical import canonical
from app.models.customers import personal
from app.models.ledger import entries
from app.services.db import Database, insert_many
from app.services.ledger import ReadsOnlyError, head, open_ledger, order_entries
from app.services.opening import open_database
from tests.factories import Office, kinds, start_python, unbroken, where_of

CHANGES = [
    "UPDATE entries SET content = '{}' WHERE seq = 1",
    "DELETE FROM entries WHERE seq = 1",
    "DELETE FROM entries WHERE seq = (SELECT max(seq) FROM entries)",
    "INSERT INTO entries SELECT * FROM entries WHERE seq = 1 ON CONFLICT (seq) DO UPDATE SET content = '{}'",
    "UPDATE personal SET name = '别人'",
]
APPEND = """
import sys
from app.services.ledger import open_ledger
from app.services.opening import open_database
db = open_database(sys.argv[1])
print("ready", flush=True)
sys.stdin.readline()
for n in range(40):
    with db.writing() as conn:
        pen = open_ledger(conn, n, 0)
        pen.write("test.added", None, {"n": n})
        pen.flush()
db.close()
"""


def rows(conn: Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in conn.execute(select(entries).order_by(entries.c.seq))]


def test_an_entry_is_numbered_when_written_and_stored_when_flushed(db: Database) -> None:
    with db.writing() as conn:
        before, _ = head(conn)
        pen = open_ledger(conn, 5_000, 7)
        first = pen.write("test.begun", None, {"b": 1, "a": "酒"})
        second = pen.write("test.gone_on", first, '{"n":1}', person=8)
        assert (first, second) == (before + 1, before + 2)
        assert unbroken(conn) == before
        pen.flush()
        pen.flush()
        written = rows(conn)[-2:]
        assert [row[:6] for row in written] == [
            (first, 5_000, 7, "test.begun", None, canonical({"a": "酒", "b": 1})),
            (second, 5_000, 8, "test.gone_on", first, '{"n":1}'),
        ]
        assert unbroken(conn) == second
        assert head(conn) == (second, bytes(written[-1][6]))


def test_what_nobody_flushed_is_stored_by_the_commit(db: Database) -> None:
    heard: list[frozenset[str]] = []
    db.listen(heard.append)
    with db.writing() as conn:
        before, _ = head(conn)
        pen = open_ledger(conn, 5_000, 7)
        pen.write("test.begun", None, {})
        pen.flush()
        pen.write("test.gone_on", before + 1, {})
    with db.reading() as conn:
        assert unbroken(conn) == before + 2 == head(conn)[0]
        assert kinds(conn)[-2:] == ["test.begun", "test.gone_on"]
    assert "entries" in heard[-1]


def write_and_fail(db: Database) -> None:
    with db.writing() as conn:
        open_ledger(conn, 0, 0).write("test.lost", None, {})
        raise ZeroDivisionError


def test_a_pen_of_a_transaction_that_failed_writes_nothing_in_the_next(db: Database) -> None:
    with pytest.raises(ZeroDivisionError):
        write_and_fail(db)
    with db.writing() as conn:
        open_ledger(conn, 0, 0).write("test.kept", None, {})
    with db.reading() as conn:
        assert unbroken(conn) == head(conn)[0]
        assert kinds(conn)[-1] == "test.kept"
        assert "test.lost" not in kinds(conn)


def test_there_is_no_pen_where_nothing_can_be_kept(db: Database) -> None:
    with db.reading() as conn, pytest.raises(ReadsOnlyError):
        open_ledger(conn, 0, 0)


def add_and_fail(db: Database) -> None:
    with db.writing() as conn:
        pen = open_ledger(conn, 0, 0)
        pen.write("test.added", None, {})
        pen.flush()
        raise ZeroDivisionError


def test_a_transaction_that_fails_leaves_the_chain_as_it_was(db: Database) -> None:
    with db.reading() as conn:
        before = head(conn)
    with pytest.raises(ZeroDivisionError):
        add_and_fail(db)
    with db.reading() as conn:
        assert head(conn) == before
        assert unbroken(conn) == before[0]


@pytest.mark.parametrize("change", CHANGES)
def test_the_database_refuses_to_change_a_fact(db: Database, change: str) -> None:
    with db.writing() as conn:
        insert_many(conn, personal, [(1, 1, b"salt", *["x"] * 10)])
    with db.reading() as conn:
        before = rows(conn)
    with pytest.raises(DBAPIError, match="facts are added, never changed"), db.writing() as conn:
        conn.execute(text(change))
    with db.reading() as conn:
        assert rows(conn) == before
        assert conn.execute(select(personal.c.name)).scalars().all() == ["x"]


@pytest.mark.parametrize("change", ["REPLACE INTO", "INSERT OR REPLACE INTO"])
def test_sqlite_does_not_replace_a_fact(file_office: Office, change: str) -> None:
    statement = f"{change} entries SELECT seq, at, person, kind, subject, '{{}}', hash FROM entries WHERE seq = 1"
    with pytest.raises(DBAPIError, match="never changed"), file_office.db.writing() as conn:
        conn.execute(text(statement))
    with file_office.db.reading() as conn:
        unbroken(conn)


@pytest.mark.postgresql
def test_a_server_does_not_empty_the_ledger(server_office: Office) -> None:
    with pytest.raises(DBAPIError, match="never changed"), server_office.db.writing() as conn:
        conn.execute(text("TRUNCATE entries"))


def test_personal_fields_may_be_erased(db: Database) -> None:
    with db.writing() as conn:
        insert_many(conn, personal, [(1, 1, b"salt", *["x"] * 10)])
        conn.execute(personal.delete())
    with db.reading() as conn:
        assert conn.execute(select(personal)).all() == []


def test_threads_with_their_own_connections_keep_one_chain(db: Database) -> None:
    with db.reading() as conn:
        before = unbroken(conn)
    failures: list[BaseException] = []

    def work() -> None:
        mine = open_database(where_of(db))
        try:
            for n in range(25):
                with mine.writing() as conn:
                    pen = open_ledger(conn, n, 0)
                    pen.write("test.added", None, {"n": n})
                    pen.flush()
        except (AppError, DBAPIError) as error:
            failures.append(error)
        finally:
            mine.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    with db.reading() as conn:
        assert unbroken(conn) == before + 50


def test_processes_keep_one_chain(db: Database) -> None:
    with db.reading() as conn:
        before = unbroken(conn)
    others = [start_python(APPEND, where_of(db)) for _ in range(2)]
    for other in others:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
    for other in others:
        assert other.stdin is not None
        other.stdin.write("go\n")
        other.stdin.flush()
    for other in others:
        _, errors = other.communicate(timeout=60)
        assert (other.returncode, errors) == (0, "")
    with db.reading() as conn:
        assert unbroken(conn) == before + 80
        assert head(conn)[0] == before + 80


def test_the_entries_of_orders_come_in_order_and_without_a_customers(db: Database) -> None:
    with db.writing() as conn:
        pen = open_ledger(conn, 0, 0)
        one = pen.write("order.accepted", None, {})
        two = pen.write("order.accepted", None, {})
        pen.write("customer.flagged", one, {})  # a customer bears the number of the first order
        later = [pen.write("order.claimed", two, {}), pen.write("order.held", one, {})]
        pen.flush()
        assert [entry.seq for entry in order_entries(conn, [two, one])] == [one, two, *later]
        assert [entry.kind for entry in order_entries(conn, [one])] == ["order.accepted", "order.held"]
        assert order_entries(conn, []) == []
