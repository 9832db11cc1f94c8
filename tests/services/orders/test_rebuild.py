"""The lists built anew from the entries are what they were before somebody spoilt them."""

from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import CancelledError, PermissionDeniedError
from app.services.orders.queue import queue_counts, queue_ids
from app.services.orders.rebuild import SenselessEntryError, rebuild
from app.services.orders.rows import OrderFilter, Queue, Sort
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.proof.working import vandal, work


def found(crew: Crew, words: str) -> list[int]:
    return list(queue_ids(crew.clerk, OrderFilter(queue=Queue.ALL, text=words), Sort.NUMBER, descending=False))


def test_spoilt_lists_are_put_right(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    ids = work(crew, tmp_path / "papers")
    counts = queue_counts(crew.clerk)
    words = ("五粮液", "人民南路", "0003", "chl", "20261123-0004")
    before = [found(crew, word) for word in words]
    assert any(before)
    with vandal(crew) as conn:
        conn.execute(text(f"DELETE FROM orders WHERE id = {ids[1]}"))
        conn.execute(text(f"UPDATE orders SET state = 'closed', payable = 1, goods = 'x' WHERE id = {ids[2]}"))
        conn.execute(text("UPDATE order_counts SET count = 77"))
        conn.execute(text("DELETE FROM order_search" + (" WHERE rowid > 0" if crew.db.is_sqlite else "")))
    assert not verify(crew.clerk).ok
    assert rebuild(crew.program) == len(ids)
    assert verify(crew.clerk).ok
    assert queue_counts(crew.clerk) == counts
    assert [found(crew, word) for word in words] == before


def test_an_erased_customer_is_not_found_again(crew: Crew, tmp_path: Path) -> None:
    ids = work(crew, tmp_path / "papers")
    rebuild(crew.program)
    assert ids[0] not in found(crew, "五粮液")
    assert ids[2] in found(crew, "五粮液")


def test_a_rebuild_is_on_record(crew: Crew, tmp_path: Path) -> None:
    ids = work(crew, tmp_path / "papers")
    rebuild(crew.program)
    with crew.db.reading() as conn:
        row = conn.execute(text("SELECT kind, content FROM entries ORDER BY seq DESC LIMIT 1")).one()
    assert tuple(row) == ("projection.rebuilt", f'{{"orders":{len(ids)}}}')


def test_only_the_administrator_rebuilds(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        rebuild(crew.clerk)


def test_a_rebuild_that_is_cancelled_changes_nothing(crew: Crew, tmp_path: Path) -> None:
    work(crew, tmp_path / "papers")

    def cancel(_share: float) -> None:
        raise CancelledError

    before = verify(crew.clerk)
    with pytest.raises(CancelledError):
        rebuild(crew.program, cancel)
    assert verify(crew.clerk) == before


def test_nothing_is_built_on_an_entry_that_makes_no_sense(crew: Crew, tmp_path: Path) -> None:
    ids = work(crew, tmp_path / "papers")
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE entries SET content = '{{}}' WHERE seq = {ids[2]}"))
    before = verify(crew.clerk)
    with pytest.raises(SenselessEntryError):
        rebuild(crew.program)
    assert verify(crew.clerk) == before
