"""The proof finds what was changed behind the program's back, and names the first bad entry."""

import os
import select
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.errors import CancelledError
from app.models.base import metadata
from app.services.proof import workers
from app.services.proof.seal_text import SealUnreadableError
from app.services.verify import verify
from tests.services.orders.making import Crew, accept, draft
from tests.services.proof.conftest import office, worked, worked_database, worked_file, worked_on_server
from tests.services.proof.working import change, vandal

__all__ = ["office", "worked", "worked_database", "worked_file", "worked_on_server"]

PROVED = ("entries", "ledger_head", "personal", "orders", "order_counts")
SMALL = ("people", "credentials", "settings", "customers", "seals")
PASSING = {"failed", "locked_until"}  # wrong tries at signing in: no facts
COLUMNS = [
    (table, column.name)
    for table in PROVED + SMALL
    for column in metadata.tables[table].columns
    if column.name not in PASSING
]


def test_a_worked_office_is_as_it_was_written(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    found = verify(crew.clerk)
    assert (found.ok, found.first_bad, found.code) == (True, None, "ok")
    with crew.db.reading() as conn:
        seq, last = conn.execute(text("SELECT seq, hash FROM ledger_head")).one()
    assert (found.entries, found.head) == (seq, bytes(last).hex())


def flipped(value: Any) -> Any:
    """A value with one bit of one byte turned."""
    if isinstance(value, int):
        return value ^ 1
    if isinstance(value, str):
        raw = value.encode()
        return (bytes([raw[0] ^ 1]) + raw[1:]).decode() if raw else "x"
    return bytes([bytes(value)[0] ^ 1]) + bytes(value)[1:] if value is not None else 7


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_a_flipped_byte_in_any_column_is_named(office: tuple[Crew, list[int]], table: str, column: str) -> None:
    crew, _ = office
    own = metadata.tables[table]
    key = list(own.primary_key.columns)
    with vandal(crew) as conn:
        rows = conn.execute(own.select().order_by(*key)).all()
        rows = [row for row in rows if table != "order_counts" or row[2]]
        row = rows[len(rows) // 2]
        value = row._mapping[own.c[column]]
        moved = column in {k.name for k in key} and isinstance(value, int) and table != "order_counts"
        wanted = (1_000_000 if moved else flipped(value)) if table != "ledger_head" else flipped(value)
        this = [k == row._mapping[k] for k in key]
        conn.execute(own.update().where(*this).values({column: wanted}))
    found = verify(crew.clerk)
    assert not found.ok
    if table in {"entries", "personal", "orders"}:
        assert found.first_bad == row[0]
    elif table == "order_counts":
        assert (found.first_bad, found.code) == (None, "counts")
    else:
        assert found.first_bad is not None
        assert found.code in {"head", "missing", "beyond", table}


@pytest.mark.parametrize("statement", ["DELETE FROM ledger_head", "UPDATE ledger_head SET seq = 3"])
def test_an_end_of_the_chain_that_was_tampered_with_is_found(any_crew: Crew, statement: str) -> None:
    accept(any_crew, [draft()])
    change(any_crew, statement)
    found = verify(any_crew.clerk)
    assert (found.ok, found.code in {"head", "beyond"}) == (False, True)
    assert found.first_bad is not None


def last_entry(crew: Crew) -> int:
    with crew.db.reading() as conn:
        return int(conn.execute(text("SELECT max(seq) FROM entries")).scalar_one())


def test_a_deleted_last_entry_is_missed(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    last = last_entry(crew)
    change(crew, f"DELETE FROM entries WHERE seq = {last}")
    found = verify(crew.clerk)
    assert (found.ok, found.first_bad, found.code) == (False, last, "missing")


def test_a_tail_cut_off_with_its_head_is_found_by_the_lists_and_by_the_seal(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    before = last_entry(crew)
    seal = sealed(crew)
    kept = ids[2]
    change(
        crew,
        f"DELETE FROM entries WHERE seq > {kept}",
        f"UPDATE ledger_head SET seq = {kept}, hash = (SELECT hash FROM entries WHERE seq = {kept})",
    )
    found = verify(crew.clerk)
    assert (found.ok, found.entries) == (False, kept)
    assert before > kept
    change(crew, f"DELETE FROM personal WHERE id > {kept}", f"DELETE FROM orders WHERE id > {kept}")
    found = verify(crew.clerk, seal)
    assert not found.ok


def test_an_entry_taken_out_of_the_middle_is_missed(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    change(crew, f"DELETE FROM entries WHERE seq = {ids[2]}")
    assert verify(crew.clerk).first_bad == ids[2]


def test_an_entry_written_behind_the_end_is_found(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    last = last_entry(crew)
    change(
        crew,
        f"INSERT INTO entries SELECT {last} + 1, at, person, kind, subject, content, hash "
        f"FROM entries WHERE seq = {last}",
    )
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (last + 1, "beyond")


def test_two_swapped_entries_are_found(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    one, other = ids[1], ids[3]
    change(
        crew,
        f"UPDATE entries SET seq = -1 WHERE seq = {one}",
        f"UPDATE entries SET seq = {one} WHERE seq = {other}",
        f"UPDATE entries SET seq = {other} WHERE seq = -1",
    )
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (one, "changed")


def test_two_swapped_people_are_found(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    one, other = ids[1], ids[3]
    change(
        crew,
        f"UPDATE personal SET id = -1 WHERE id = {one}",
        f"UPDATE personal SET id = {one} WHERE id = {other}",
        f"UPDATE personal SET id = {other} WHERE id = -1",
    )
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (one, "personal_changed")


def test_a_person_deleted_without_an_entry_is_missed(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    change(crew, f"DELETE FROM personal WHERE id = {ids[3]}")
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (ids[3], "personal_gone")


def test_a_forgotten_person_who_is_there_again_is_found(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    with vandal(crew) as conn:
        row = conn.execute(text(f"SELECT * FROM personal WHERE id = {ids[1]}")).one()
        fields = {**row._mapping, "id": ids[0], "order": ids[0]}
        conn.execute(metadata.tables["personal"].insert().values(fields))
    found = verify(crew.clerk)
    assert not found.ok
    assert found.first_bad == ids[0]


def test_personal_fields_nobody_committed_to_are_found(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    with vandal(crew) as conn:
        row = conn.execute(text(f"SELECT * FROM personal WHERE id = {ids[1]}")).one()
        fields = {**row._mapping, "id": ids[4] + 1}
        conn.execute(metadata.tables["personal"].insert().values(fields))
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (ids[4] + 1, "personal_extra")


@pytest.mark.parametrize("number", [-3, 2, 5_000])
def test_an_order_that_no_entry_began_is_found(office: tuple[Crew, list[int]], number: int) -> None:
    crew, ids = office
    with vandal(crew) as conn:
        row = conn.execute(text(f"SELECT * FROM orders WHERE id = {ids[1]}")).one()
        fields = {**row._mapping, "id": number, "number": "x", "source_number": "x"}
        conn.execute(metadata.tables["orders"].insert().values(fields))
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (number, "order_extra")


def test_an_order_missing_from_the_lists_is_found(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    change(crew, f"DELETE FROM orders WHERE id = {ids[2]}")
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (ids[2], "order")


def test_a_chain_without_its_head_is_bad(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    change(crew, "DELETE FROM ledger_head")
    found = verify(crew.clerk)
    assert (found.ok, found.code) == (False, "head")


def test_the_first_of_two_bad_entries_is_named(office: tuple[Crew, list[int]]) -> None:
    crew, ids = office
    change(
        crew,
        f"UPDATE entries SET at = at + 1 WHERE seq = {ids[4]}",
        f"UPDATE personal SET name = 'x' WHERE id = {ids[2]}",
    )
    assert verify(crew.clerk).first_bad == ids[2]


def test_a_later_entry_that_was_changed_is_named_and_not_its_order(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    with vandal(crew) as conn:
        seq = conn.execute(text("SELECT seq FROM entries WHERE kind = 'order.conceded'")).scalar_one()
        conn.execute(text(f"UPDATE entries SET content = replace(content, '500', '400') WHERE seq = {seq}"))
    found = verify(crew.clerk)
    assert (found.first_bad, found.code) == (seq, "changed")


def test_a_whole_chain_made_anew_is_found_by_the_paper(office: tuple[Crew, list[int]]) -> None:
    """Who rewrites every hash after a change fools the chain, but not the seal in the folder."""
    from app.models.ledger import GENESIS, entries, entry_hash

    crew, ids = office
    seal = sealed(crew)
    assert verify(crew.clerk, seal).ok
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE entries SET at = at + 60000 WHERE seq = {ids[2]}"))
        conn.execute(text(f"UPDATE orders SET accepted_at = accepted_at + 60000 WHERE id = {ids[2]}"))
        before = GENESIS
        for row in conn.execute(entries.select().order_by(entries.c.seq)).all():
            before = entry_hash(before, *row[:6])
            conn.execute(entries.update().where(entries.c.seq == row.seq).values(hash=before))
        conn.execute(metadata.tables["ledger_head"].update().values(hash=before))
    assert verify(crew.clerk, seal).code in {"seal_differs", "seals"}
    assert not verify(crew.clerk, seal).ok


def sealed(crew: Crew) -> str:
    with crew.db.reading() as conn:
        return str(conn.execute(text("SELECT seal FROM seals")).scalar_one())


def test_a_seal_of_another_office_or_day_is_refused(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    seal = sealed(crew)
    other = seal[:-1] + ("0" if seal[-1] != "0" else "1")
    found = verify(crew.clerk, other)
    assert (found.code, found.first_bad) == ("seal_differs", int(seal.split("-")[2]))
    assert verify(crew.clerk, seal.replace("20261123", "20261122")).code == "seal_unknown"
    assert verify(crew.clerk, seal.replace("-00000000", "-00000009")).code == "seal_unknown"


def test_a_seal_may_be_typed_as_it_stands_on_paper(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office
    seal = sealed(crew)
    typed = " ".join(seal[at : at + 4] for at in range(0, len(seal), 4)).upper()
    assert verify(crew.clerk, f"  {typed}\n").ok
    with pytest.raises(SealUnreadableError):
        verify(crew.clerk, seal[:-2])


def test_cancelling_stops_it(office: tuple[Crew, list[int]]) -> None:
    crew, _ = office

    def cancel(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        verify(crew.clerk, progress=cancel)


def test_the_proof_holds_while_others_write(any_crew: Crew) -> None:
    crew = any_crew
    accept(crew, [draft(number) for number in range(20)])
    failed: list[object] = []
    stop = threading.Event()

    def write() -> None:
        for number in range(1_000, 100_000):
            if stop.is_set():
                return
            deliver_some(number)

    def deliver_some(number: int) -> None:
        from tests.services.proof.working import deliver

        try:
            deliver(crew, accept(crew, [draft(number)])[0])
        except Exception as error:
            failed.append(error)
            raise

    writer = threading.Thread(target=write)
    writer.start()
    try:
        found = [verify(crew.clerk) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    assert not failed
    assert [verdict.reason for verdict in found if not verdict.ok] == []
    assert found[-1].entries > found[0].entries


HELPED = """
import multiprocessing, sys
from pathlib import Path
from app.clock import SystemClock
from app.services.access import program
from app.services.opening import open_database
from app.services.proof import workers
from app.services.verify import verify

def tell(share):
    print(*(child.pid for child in multiprocessing.active_children()), flush=True)
    sys.stdin.read()

if __name__ == "__main__":
    workers.WORTH_PROCESSES, workers.STRETCH = 1, 5
    verify(program(open_database(sys.argv[1]), SystemClock()), progress=tell)
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs a way to wait for somebody else's process")
def test_helpers_end_with_a_window_that_was_killed(crew: Crew, tmp_path: Path) -> None:
    accept(crew, [draft(number) for number in range(50)])
    script = tmp_path / "helped.py"
    script.write_text(HELPED)
    command = [sys.executable, str(script), crew.db.place]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    with subprocess.Popen(
        command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdout is not None
        helpers = [os.pidfd_open(int(pid)) for pid in process.stdout.readline().split()]
        process.kill()
    assert len(helpers) > 1
    for helper in helpers:
        assert select.select([helper], [], [], 30)[0]
        os.close(helper)


def test_several_processes_find_the_same(office: tuple[Crew, list[int]], monkeypatch: pytest.MonkeyPatch) -> None:
    crew, ids = office
    alone = verify(crew.clerk)
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 1)
    monkeypatch.setattr(workers, "STRETCH", 5)
    shares: list[float] = []
    assert verify(crew.clerk, progress=shares.append) == alone
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    change(crew, f"UPDATE entries SET at = at + 1 WHERE seq = {ids[4]}")
    assert verify(crew.clerk).first_bad == ids[4]
