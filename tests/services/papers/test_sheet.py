"""Pages, feet, and a paper that is there whole or not at all."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from app.errors import CancelledError, OutsideError
from app.services.papers.look import A4, BODY, SMALL
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, shorten, width_of, wrap, write_paper
from tests.services.papers.reading import facts_of, fonts_of, pages_of, text_of

FRONT = Front("试纸", "云岭商城", "第一稿")


def three_pages(sheet: Sheet) -> None:
    sheet.on_page = lambda: sheet.text(60, 800, "续页", SMALL)
    sheet.start("页脚")
    sheet.paragraph(60, 300, "字" * 37 * 140, BODY)


def test_pages_are_counted_and_named(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_paper(path, A4, FRONT, three_pages)
    pages = pages_of(path)
    assert len(pages) == 3
    assert ["Page 1 of 3" in pages[0], "Page 2 of 3" in pages[1], "Page 3 of 3" in pages[2]] == [True] * 3
    assert ["续页" in page for page in pages] == [False, True, True]
    assert all("页脚" in page for page in pages)
    assert text_of(path).count("字") == 37 * 140


def test_each_run_has_its_own_count(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.start("甲")
        sheet.new_page()
        sheet.start("乙")

    path = tmp_path / "paper.pdf"
    write_paper(path, A4, FRONT, draw)
    feet = [" ".join(page.split()) for page in pages_of(path)]
    assert feet == ["甲 Page 1 of 2", "甲 Page 2 of 2", "乙 Page 1 of 1"]


def test_metadata_and_fonts(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    write_paper(path, A4, FRONT, three_pages)
    facts = facts_of(path)
    assert (facts["Title"], facts["Author"], facts["Subject"]) == ("试纸", "云岭商城", "第一稿")
    assert fonts_of(path)
    assert all("NotoSansSC" in name and embedded for name, embedded in fonts_of(path))


def test_the_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.pdf", "two.pdf"):
        write_paper(tmp_path / name, A4, FRONT, three_pages)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()


def test_papers_asked_for_at_once_do_not_mix(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.pdf" for number in range(4)]
    with ThreadPoolExecutor(4) as workers:
        list(workers.map(lambda path: write_paper(path, A4, FRONT, three_pages), paths))
    write_paper(tmp_path / "alone.pdf", A4, FRONT, three_pages)
    assert {path.read_bytes() for path in paths} == {(tmp_path / "alone.pdf").read_bytes()}


def test_importing_the_papers_does_not_load_reportlab() -> None:
    modules = "app.services.papers.daily_record, app.services.papers.pick_list, app.services.papers.delivery_note"
    code = f"import sys, {modules}; sys.exit('reportlab' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], check=False, cwd=Path(__file__).parents[3])
    assert told.returncode == 0


def test_a_paper_replaces_an_older_one(tmp_path: Path) -> None:
    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    write_paper(path, A4, FRONT, three_pages)
    assert path.read_bytes().startswith(b"%PDF")
    assert list(tmp_path.iterdir()) == [path]


def test_what_stops_a_paper_leaves_the_old_one(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        three_pages(sheet)
        raise CancelledError

    path = tmp_path / "paper.pdf"
    path.write_bytes(b"old")
    with pytest.raises(CancelledError):
        write_paper(path, A4, FRONT, draw)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    write_paper(path, A4, FRONT, three_pages)  # and the next one can be made


@pytest.mark.parametrize("place", ["missing/paper.pdf", "folder"])
def test_where_no_paper_can_be_written_it_says_so(tmp_path: Path, place: str) -> None:
    (tmp_path / "folder").mkdir()
    with pytest.raises(OutsideError, match=place):
        write_paper(tmp_path / place, A4, FRONT, three_pages)
    assert [path.name for path in tmp_path.iterdir()] == ["folder"]


def test_wrap_and_shorten() -> None:
    text = "云岭酒食商城网络营销部客户服务组"
    assert "".join(wrap(text, 50, BODY)) == text
    assert all(width_of(line, BODY) <= 50 for line in wrap(text, 50, BODY))
    short = shorten(text + "\n第二行", 50, BODY)
    assert short.endswith("…")
    assert width_of(short, BODY) <= 50
    assert shorten("云岭", 50, BODY) == "云岭"
    assert shorten("Anna Featherstonehaugh", 80, BODY).startswith("Anna Feath")  # not “Anna…”


def test_rare_characters_are_copied_as_they_are(tmp_path: Path) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.start()
        sheet.text(60, 700, "张𠂇明🍷", BODY)

    path = tmp_path / "paper.pdf"
    write_paper(path, A4, FRONT, draw)
    assert "张𠂇明□" in text_of(path)
