"""A SQLite file that was edited by hand or damaged by a disk ends in a verdict, never in a traceback."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.models.base import metadata
from app.services.customers.erasing import erase_customer
from app.services.db import DamagedError, Database, sqlite_engine
from app.services.orders.rebuild import rebuild
from app.services.proof.verdict import Verdict
from app.services.verify import verify, verify_database
from tests.services.orders.making import Crew, accept, draft
from tests.services.proof.working import deliver, vandal

Facts = dict[str, Sequence[Any]]

TEXTS = [
    (table, column.name)
    for table in ("entries", "personal", "orders")
    for column in metadata.tables[table].columns
    if str(column.type) == "TEXT"
]


@pytest.mark.parametrize(("table", "column"), TEXTS)
@pytest.mark.parametrize("broken", ["CAST(x'E4B8' AS TEXT)", "CAST({column} AS BLOB)"])
def test_text_that_is_none_is_named(worked: tuple[Crew, list[int]], table: str, column: str, broken: str) -> None:
    crew, ids = worked
    key = "seq" if table == "entries" else "id"
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE {table} SET {column} = {broken.format(column=column)} WHERE {key} = {ids[2]}"))
    found = verify(crew.clerk)
    assert not found.ok
    assert found.first_bad == ids[2]


def test_text_that_is_none_in_a_later_entry_is_named(worked: tuple[Crew, list[int]]) -> None:
    crew, _ = worked
    with vandal(crew) as conn:
        seq = conn.execute(text("SELECT seq FROM entries WHERE kind = 'order.conceded'")).scalar_one()
        conn.execute(text(f"UPDATE entries SET content = CAST(x'E4B8' AS TEXT) WHERE seq = {seq}"))
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (seq, "unreadable")


@pytest.mark.parametrize(
    ("column", "value"),
    [("subject", "''"), ("at", "at + 0.5"), ("person", "'x'"), ("hash", "1000000000000"), ("hash", "'text'")],
)
def test_a_value_of_another_type_is_named(worked: tuple[Crew, list[int]], column: str, value: str) -> None:
    crew, ids = worked
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE entries SET {column} = {value} WHERE seq = {ids[2]}"))
    assert verify(crew.clerk).first_bad == ids[2]


def test_a_forgotten_person_put_back_from_an_old_copy_is_found(crew: Crew) -> None:
    (order,) = accept(crew, [draft()])
    deliver(crew, order)
    with crew.db.reading() as conn:
        row = conn.execute(text("SELECT * FROM personal")).one()
    erase_customer(crew.program, order, "客户要求删除")
    assert verify(crew.clerk).ok
    with vandal(crew) as conn:
        conn.execute(metadata.tables["personal"].insert().values(dict(row._mapping)))
    found = verify(crew.clerk)
    assert (found.code, found.ok) == ("erased_back", False)


@pytest.mark.parametrize("table", ["entries", "personal", "orders", "order_counts", "people", "seals", "ledger_head"])
def test_a_dropped_table_is_told(worked: tuple[Crew, list[int]], table: str) -> None:
    crew, _ = worked
    with vandal(crew) as conn:
        conn.execute(text(f"DROP TABLE {table}"))
    found = verify(crew.clerk)
    assert (found.ok, found.code in {"damaged", "unreadable"}) == (False, True)


def facts(db: Database) -> Facts:
    """Every row of what verify proves."""
    tables = ("entries", "personal", "orders", "order_counts", "people", "customers", "seals", "ledger_head")
    with db.reading() as conn:
        return {name: conn.execute(text(f"SELECT * FROM {name} NOT INDEXED ORDER BY 1, 2")).all() for name in tables}


@pytest.fixture
def closed(worked: tuple[Crew, list[int]]) -> tuple[Path, Facts]:
    """A closed office's file, with more orders so that damage has something to hit, and what it holds."""
    crew, _ = worked
    accept(crew, [draft(number) for number in range(20, 220)])
    with crew.db.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    known = facts(crew.db)
    crew.db.close()
    return Path(crew.db.place), known


def proved(path: Path) -> Verdict:
    db = Database(sqlite_engine(path), str(path))
    try:
        return verify_database(db)
    except DamagedError:
        pytest.fail("not a verdict")
    finally:
        db.close()


def test_bytes_flipped_anywhere_in_the_file_end_in_a_verdict(closed: tuple[Path, Facts], tmp_path: Path) -> None:
    path, known = closed
    chance = random.Random(20261123)
    whole = path.read_bytes()
    found = 0
    for attempt in range(150):
        raw = bytearray(whole)
        for _ in range(chance.choice((1, 1, 40))):
            raw[chance.randrange(100, len(raw))] ^= 1 << chance.randrange(8)
        copy = tmp_path / f"damaged-{attempt}.zhanggui"
        copy.write_bytes(raw)
        if proved(copy).ok:
            db = Database(sqlite_engine(copy), str(copy))
            assert facts(db) == known  # the damage hit nothing that is a fact
            db.close()
        else:
            found += 1
        copy.unlink()
    assert found > 50


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.9, 0.99])
def test_a_truncated_file_ends_in_a_verdict(closed: tuple[Path, Facts], kept: float) -> None:
    path, _ = closed
    with path.open("rb+") as file:
        file.truncate(int(path.stat().st_size * kept) // 4096 * 4096)
    assert not proved(path).ok


def test_zeroed_pages_end_in_a_verdict(closed: tuple[Path, Facts]) -> None:
    path, _ = closed
    pages = path.stat().st_size // 4096
    with path.open("rb+") as file:
        file.seek(pages // 3 * 4096)
        file.write(bytes(4096 * (pages // 2)))
    assert not proved(path).ok


def test_a_file_that_is_no_database_ends_in_a_verdict(tmp_path: Path) -> None:
    path = tmp_path / "no.zhanggui"
    path.write_bytes(b"this was an office once" * 1000)
    assert proved(path).code == "damaged"


def redefine(path: Path, old: str, new: str, *, reindex: bool) -> None:
    """Change the words that define the index by subject, behind SQLite's back."""
    db = Database(sqlite_engine(path), str(path))
    with db.engine.connect() as conn:
        conn.exec_driver_sql("PRAGMA writable_schema = ON")
        conn.exec_driver_sql(
            f"UPDATE sqlite_schema SET sql = replace(sql, '{old}', '{new}') WHERE name = 'ix_entries_subject'"
        )
        conn.exec_driver_sql("PRAGMA writable_schema = RESET")
        if reindex:
            conn.exec_driver_sql("REINDEX ix_entries_subject")
        conn.commit()
    db.close()


def test_an_index_that_hides_entries_is_told_and_not_built_on(crew: Crew) -> None:
    (order,) = accept(crew, [draft()])
    deliver(crew, order)
    crew.db.close()
    path = Path(crew.db.place)
    everything, few = "subject IS NOT NULL", "subject > 1000"
    redefine(path, everything, few, reindex=True)
    redefine(path, few, everything, reindex=False)
    found = proved(path)
    assert (found.ok, found.code) == (False, "index")
    with pytest.raises(DamagedError):
        rebuild(crew.program)
