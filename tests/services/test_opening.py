"""Making, opening and migrating an office."""

from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text

from app import models
from app.errors import NotFoundError, OutsideError
from app.services.db import Database, sqlite_engine
from app.services.opening import (
    MIGRATIONS,
    NewerOfficeError,
    OfficeExistsError,
    create_database,
    is_server,
    open_database,
    revision_of,
)
from tests.factories import Office, unbroken, where_of

ROW = "INSERT INTO counters VALUES ('x', 1)"


def nothing(_conn: Connection) -> None:
    """Fill in nothing."""


def put_a_row(conn: Connection) -> None:
    conn.execute(text(ROW))


def break_off(conn: Connection) -> None:
    put_a_row(conn)
    raise ZeroDivisionError


def migrate_to(db: Database, revision: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with db.engine.begin() as conn:
        config.attributes["connection"] = conn
        command.upgrade(config, revision)


def put_revision(db: Database, revision: str) -> None:
    with db.writing() as conn:
        conn.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


def test_a_new_database_has_the_newest_schema_and_opens_again(empty_place: str) -> None:
    db = create_database(empty_place, put_a_row)
    with db.reading() as conn:
        assert revision_of(conn) == models.REVISION
        assert conn.execute(text("SELECT value FROM counters")).scalar_one() == 1
    db.close()
    again = open_database(empty_place)
    with again.reading() as conn:
        assert conn.execute(text("SELECT value FROM counters")).scalar_one() == 1
    again.close()


def test_a_database_that_cannot_be_filled_leaves_nothing(empty_place: str) -> None:
    with pytest.raises(ZeroDivisionError):
        create_database(empty_place, break_off)
    with pytest.raises((NotFoundError, OutsideError)):
        open_database(empty_place)
    if not is_server(empty_place):
        assert list(Path(empty_place).parent.iterdir()) == []
    create_database(empty_place, nothing).close()


def test_there_is_never_a_second_office_in_one_place(empty_place: str) -> None:
    create_database(empty_place, nothing).close()
    with pytest.raises(OfficeExistsError):
        create_database(empty_place, break_off)
    open_database(empty_place).close()


def test_a_file_of_somebody_else_is_not_touched(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(OfficeExistsError):
        create_database(str(tmp_path / "notes.txt"), nothing)
    assert (tmp_path / "notes.txt").read_text() == "mine"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutsideError):
        create_database(str(tmp_path / "file" / "office.zhanggui"), nothing)


@pytest.mark.parametrize(
    ("where", "server"),
    [("postgresql://h/d", True), ("postgres://u:p@h/d", True), ("/home/a/office", False), ("C:\\office.zg", False)],
)
def test_what_names_a_server(where: str, server: bool) -> None:
    assert is_server(where) is server


@pytest.mark.postgresql
def test_both_spellings_of_a_servers_address_open_it(server_office: Office) -> None:
    where = where_of(server_office.db)
    db = open_database(where.replace("postgresql://", "postgres://"))
    with db.reading() as conn:
        assert unbroken(conn) == len(server_office.numbers) + 1
    db.close()


def test_opening_a_current_office_changes_nothing(office: Office) -> None:
    db = open_database(where_of(office.db))
    with db.reading() as conn:
        assert unbroken(conn) == len(office.numbers) + 1
    db.close()
    if db.is_sqlite:
        assert not list(Path(db.place).parent.glob("*before*"))


def test_an_older_office_is_copied_and_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "office.zhanggui"
    old = Database(sqlite_engine(path), str(path))
    migrate_to(old, "0001")
    with old.writing() as conn:
        conn.execute(text("INSERT INTO counters VALUES ('orders', 7)"))
    old.close()
    db = open_database(str(path))
    with db.reading() as conn:
        assert revision_of(conn) == models.REVISION
        assert conn.execute(text("SELECT value FROM counters")).scalar_one() == 7
        assert "order_search" in inspect(conn).get_table_names()
    db.close()
    [copy] = tmp_path.glob("*before*")
    assert copy.name == f"office.zhanggui.before-{models.REVISION}-was-0001"
    kept = Database(sqlite_engine(copy), str(copy))
    with kept.reading() as conn:
        assert revision_of(conn) == "0001"
        assert conn.execute(text("SELECT value FROM counters")).scalar_one() == 7
    kept.close()


@pytest.mark.postgresql
@pytest.mark.parametrize("empty_place", ["postgresql"], indirect=True)
def test_an_older_office_on_a_server_is_brought_up_to_date(empty_place: str) -> None:
    from app.services.db import postgresql_engine

    old = Database(postgresql_engine(empty_place), "")
    migrate_to(old, "0001")
    old.close()
    db = open_database(empty_place)
    with db.reading() as conn:
        assert revision_of(conn) == models.REVISION
    db.close()


def test_a_newer_office_is_refused_and_left_as_it_is(db: Database) -> None:
    put_revision(db, "9999")
    with pytest.raises(NewerOfficeError, match="newer version of the program"):
        open_database(where_of(db))
    with db.reading() as conn:
        assert revision_of(conn) == "9999"


def test_a_migration_that_fails_leaves_the_older_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "office.zhanggui"
    old = Database(sqlite_engine(path), str(path))
    migrate_to(old, "0001")
    with old.writing() as conn:  # in the way of the migration's own table of that name
        conn.execute(text("CREATE TABLE order_search (x)"))
    with pytest.raises(Exception, match="order_search already exists"):
        open_database(str(path))
    with old.reading() as conn:
        assert revision_of(conn) == "0001"
        triggers: Any = conn.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all()
        assert triggers == []
    old.close()
