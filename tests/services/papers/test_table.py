"""Tables run on over pages under the same titles and stay inside their columns, whatever stands in a cell."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from app.services.papers.look import A4, BODY, BODY_BOLD, QUANTITY
from app.services.papers.press import Front
from app.services.papers.sheet import Sheet, width_of, write_paper
from app.services.papers.table import Cell, Column, Content, Table
from tests.services.papers.reading import pages_of, text_of, words_of

COLUMNS = (Column("单号", 120), Column("说明", 220), Column("金额", 60, number=True))


def write_rows(path: Path, rows: list[tuple[Content, ...]]) -> None:
    def draw(sheet: Sheet) -> None:
        sheet.start()
        table = Table(sheet, COLUMNS)
        table.titles()
        for row in rows:
            table.row(*row)

    write_paper(path, A4, Front("表", "云岭"), draw)


def test_titles_stand_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    write_rows(path, [(f"第{number}号", "很好" * 30, "1.00") for number in range(100)])
    pages = pages_of(path)
    assert len(pages) > 3
    assert all(page.split()[:3] == ["单号", "说明", "金额"] for page in pages)
    text = text_of(path)
    assert all(f"第{number}号" in text for number in range(100))


def test_a_row_higher_than_a_page_runs_on(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    write_rows(path, [("甲", "长" * 9_000, "1.00"), ("乙", "短", "2.00")])
    pages = pages_of(path)
    assert len(pages) > 4
    assert all("说明" in page for page in pages)
    assert text_of(path).count("长") == 9_000
    assert "乙" in pages[-1]


def test_nothing_stands_beyond_the_margins(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    write_rows(path, [("W" * 90, "i" * 300 + "汉" * 90, "9,999,999,999,999,999.00"), ("a\nb", "，" * 99, "-1")] * 20)
    for page in words_of(path):
        assert all(A4.left - 1 <= word.left and word.right <= A4.width - A4.right + 1 for word in page)
        assert all(word.bottom <= A4.height - 20 for word in page)


def test_a_number_shrinks_rather_than_breaks(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    write_rows(path, [("甲", "", "1.00"), ("乙", "", "9,999,999,999,999.00")])
    (page,) = words_of(path)
    usual, wide = (next(word for word in page if word.text == text) for text in ("1.00", "9,999,999,999,999.00"))
    assert abs(usual.right - wide.right) < 0.5
    assert wide.bottom - wide.top < usual.bottom - usual.top


def test_one_line_of_text_whatever_its_size(tmp_path: Path) -> None:
    path = tmp_path / "table.pdf"
    write_rows(path, [("小", Cell("大", QUANTITY), (Cell("上", BODY_BOLD), Cell("下", BODY)))])
    (page,) = words_of(path)
    boxes = {word.text: word for word in page}
    small, large = (boxes[text] for text in "小大")
    assert abs((small.bottom - 0.12 * BODY.size) - (large.bottom - 0.12 * QUANTITY.size)) < 1.5
    assert boxes["下"].top > boxes["上"].top


@settings(max_examples=60)
@given(st.lists(st.text("汉字，。（）“”ab 1-\n", max_size=60), min_size=3, max_size=3))
def test_laid_lines_fit_and_keep_every_character(cells: list[str]) -> None:
    sheet = Sheet(A4, Front("", ""))
    row = Table(sheet, (*COLUMNS[:2], Column("注", 40))).lay(*cells)
    for column, text, lines in zip((112.0, 212.0, 32.0), cells, row.cells, strict=True):
        assert all(width_of(line, style) <= column for line, style in lines)
        assert "".join("".join(line for line, _style in lines).split()) == "".join(text.split())
