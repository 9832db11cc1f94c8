"""Reading in a second process gives what reading here gives, ends when told to, and says when it has died."""

import csv
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from app import i18n
from app.errors import CancelledError
from app.services.ahead import ReaderLostError
from app.services.intake import pipeline
from app.services.intake.draft import Reject
from app.services.intake.errors import ChangedFileError
from app.services.intake.mapping import Mapping
from app.services.intake.pipeline import Batch, prepared_batches
from app.services.intake.read import Source, Tally, detect
from app.services.orders.prepared import Prepared, prepare

PEPPER = b"p" * 32
COLUMNS = ("no", "goods", "qty", "price", "name", "phone")
MAPPING = Mapping(
    "shop",
    "shop",
    {
        "source_number": ("no",),
        "line.title": ("goods",),
        "line.quantity": ("qty",),
        "line.price": ("price",),
        "person.name": ("name",),
        "person.phone": ("phone",),
    },
)


def made_file(path: Path, count: int = 6_000) -> Source:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(count):
            quantity = "two" if number % 1_000 == 7 else "2"
            writer.writerow((f"N{number}", "剑南春 水晶剑", quantity, "409.00", "何晓梅", f"139{number:08d}"))
    return detect([path], MAPPING)


@pytest.fixture
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def read(source: Source) -> tuple[list[Batch], Tally]:
    tally = Tally()
    return list(prepared_batches(source, PEPPER, "north", None, tally)), tally


def test_both_ways_give_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, always_apart: None) -> None:
    source = made_file(tmp_path / "a.csv")
    i18n.set_language("zh_CN")
    apart, there = read(source)
    monkeypatch.setattr(pipeline, "WORTH_A_PROCESS", 1 << 60)
    together, here = read(source)

    def flat(batches: list[Batch], kind: type) -> list[Prepared | Reject]:
        return [one for batch in batches for one in batch if isinstance(one, kind)]

    assert flat(apart, Prepared) == flat(together, Prepared)
    assert flat(apart, Reject) == flat(together, Reject)
    assert len(flat(apart, Reject)) == 6
    assert (there.lines, there.rejected) == (here.lines, here.rejected) == (6_000, 6)
    assert not multiprocessing.active_children()


def test_a_draft_comes_back_as_it_was(tmp_path: Path) -> None:
    [first, *_rest] = read(made_file(tmp_path / "a.csv", 3))[0][0]
    assert isinstance(first, Prepared)
    draft = first.draft()
    assert (draft.source_number, draft.person.name, draft.lines[0].title) == ("N0", "何晓梅", "剑南春 水晶剑")
    assert draft.row == 2
    assert prepare(PEPPER, draft, "north") == first


def test_what_the_reader_refuses_is_raised_here(tmp_path: Path, always_apart: None) -> None:
    source = made_file(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text("other\n")

    with pytest.raises(ChangedFileError, match=r"a\.csv"):
        read(source)
    assert not multiprocessing.active_children()


def test_a_reading_that_is_stopped_leaves_no_process(tmp_path: Path, always_apart: None) -> None:
    def stop(_share: float) -> None:
        raise CancelledError

    with pytest.raises(CancelledError):
        list(prepared_batches(made_file(tmp_path / "a.csv"), PEPPER, "", stop, Tally()))
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("seconds", [0.0, 1.0])  # at once, or when the next message has filled the pipe
def test_a_reader_that_dies_is_told(tmp_path: Path, always_apart: None, seconds: float) -> None:
    batches = prepared_batches(made_file(tmp_path / "a.csv", 60_000), PEPPER, "", None, Tally())
    next(batches)
    [reader] = multiprocessing.active_children()
    assert reader.pid is not None
    time.sleep(seconds)
    os.kill(reader.pid, signal.SIGKILL)

    with pytest.raises(ReaderLostError):
        list(batches)
