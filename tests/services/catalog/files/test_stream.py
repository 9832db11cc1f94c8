"""A large list of products is read in a second process and comes back as if it were read here."""

import multiprocessing
import os
from pathlib import Path

import pytest

from app.errors import CancelledError
from app.services.catalog.files import stream
from app.services.catalog.files.mapping import Mapping
from app.services.catalog.files.read import detect_products, read_products
from app.services.catalog.index import words_of_draft
from app.services.intake.draft import Reject
from app.services.intake.errors import ChangedFileError
from tests.services.catalog.files.making import BOTTLE, LIST, write_xlsx
from tests.services.intake.making import rows_of


@pytest.fixture
def always_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "WORTH_A_PROCESS", 0)
    monkeypatch.setattr(os, "cpu_count", lambda: 2)


def listed(path: Path, count: int) -> Path:
    cells = [
        {"商品编码": f"A-{n}", "条形码": "", "商品名称": "" if n % 500 == 7 else f"云岭特酿 {n}"} for n in range(count)
    ]
    rows = rows_of(LIST, *({**BOTTLE, **one} for one in cells))
    return write_xlsx(path, [["说明"]], [[*LIST], *rows])


def test_both_ways_give_the_same(tmp_path: Path, always_apart: None) -> None:
    source = detect_products(listed(tmp_path / "a.xlsx", 2_300))
    apart, here = list(stream.stream_products(source)), list(read_products(source))
    rejects = [one for one in here if isinstance(one, Reject)]
    drafts = [one for one in here if not isinstance(one, Reject)]
    assert [one for one in apart if isinstance(one, Reject)] == rejects
    made = [one for one in apart if not isinstance(one, Reject)]
    assert (made, len(rejects)) == (drafts, 5)
    assert [one.words for one in made] == [words_of_draft(one) for one in drafts]
    assert not multiprocessing.active_children()


def test_a_mapped_file_is_read_apart_too(tmp_path: Path, always_apart: None) -> None:
    path = tmp_path / "grocer.csv"
    path.write_text("Ref,Wording\nG-1,Rice\nG-2,Oil\n", encoding="utf-8")
    source = detect_products(path, Mapping("grocer", {"code": ("Ref",), "name": ("Wording",)}))
    assert list(stream.stream_products(source)) == list(read_products(source))


def test_a_cancelled_reading_leaves_nothing_behind(tmp_path: Path, always_apart: None) -> None:
    def stop(_share: float) -> None:
        raise CancelledError

    source = detect_products(listed(tmp_path / "a.xlsx", 1_200))
    with pytest.raises(CancelledError):
        list(stream.stream_products(source, stop))
    assert not multiprocessing.active_children()


def test_a_file_that_changed_since_it_was_looked_at_is_refused(tmp_path: Path, always_apart: None) -> None:
    source = detect_products(listed(tmp_path / "a.xlsx", 10))
    listed(tmp_path / "a.xlsx", 11)
    with pytest.raises(ChangedFileError):
        list(stream.stream_products(source))
