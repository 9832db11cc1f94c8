"""The count sheet: every article with an empty box, codes that scan, shelves told apart."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.services.papers.codes import code128_width
from app.services.papers.content import CountLine, CountSheet
from app.services.papers.count_sheet import MODULE, write_count_sheet
from app.services.papers.look import A4
from tests.services.papers.reading import codes_of, facts_of, pages_of, text_of, words_of
from tests.services.papers.samples import IMPRINT, OFFICE, at, title

LINES = tuple(CountLine(f"ZG-{place:04d}", f"{title(place)} 单瓶", f"A-{place // 4 + 1:02d}") for place in range(60))
COUNT = CountSheet(20_481, at(20), "吴迪", "白酒区，两人一组", LINES)


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("count") / "count.pdf"
    write_count_sheet(COUNT, path, IMPRINT)
    return path


def test_every_article_is_there_with_its_shelf(paper: Path) -> None:
    text = text_of(paper)
    for line in LINES:
        assert line.code in text
        assert "".join(line.name.split()) in text
        assert line.shelf in text
    assert "Count20481·60articles" in text
    assert "白酒区，两人一组" in text
    for who in ("吴迪", IMPRINT.printed_by, "Countedby", "Checkedby", "Dateandtime"):
        assert who in text


def test_pages_are_headed_and_numbered(paper: Path) -> None:
    pages = pages_of(paper)
    assert len(pages) > 2
    for place, page in enumerate(pages, 1):
        assert OFFICE in page
        assert "Counted again" in page
        assert f"Page {place} of {len(pages)}" in page
    assert facts_of(paper)["Subject"] == "Count 20481"


def test_a_shelf_is_named_once_and_again_on_the_next_page(paper: Path) -> None:
    for page in words_of(paper):
        shelves = [word.text for word in page if word.text.startswith("A-")]
        assert len(shelves) == len(set(shelves))
        first = min((word for word in page if word.text.startswith("ZG-")), key=lambda word: word.top)
        assert any(abs(word.top - first.top) < 8 for word in page if word.text.startswith("A-"))


def test_codes_read_back(paper: Path, tmp_path: Path) -> None:
    on_page = [line.code for line in LINES if line.code in pages_of(paper)[0]]
    assert sorted(codes_of(paper, tmp_path)) == [("CODE-128", code) for code in on_page]


def test_boxes_are_empty(paper: Path) -> None:
    for page in words_of(paper):
        head = min((word for word in page if word.text == "Counted"), key=lambda word: word.top)
        last = max(word.bottom for word in page if word.text.startswith("ZG-"))
        assert [word for word in page if word.left > head.left - 2 and head.bottom < word.top < last] == []
        assert last < A4.height - A4.bottom


def test_codes_that_do_not_fit_have_no_bars(tmp_path: Path) -> None:
    path = tmp_path / "count.pdf"
    lines = (
        CountLine("A-VERY-LONG-CODE-OF-2026-XL", "甲", "A-01"),
        CountLine("酒-001", "乙", "A-01"),
        CountLine("SHORT", "丙", ""),
        CountLine("X" * 100, "货" * 400, "很长的货位名称-0001"),
    )
    write_count_sheet(replace(COUNT, lines=lines), path, IMPRINT)
    assert codes_of(path, tmp_path) == [("CODE-128", "SHORT")]
    assert text_of(path).count("货") >= 400
    assert code128_width("酒-001", MODULE) is None


def test_who_stops_it_leaves_nothing(tmp_path: Path) -> None:
    def stop(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_count_sheet(COUNT, tmp_path / "count.pdf", IMPRINT, stop)
    assert list(tmp_path.iterdir()) == []
