"""What several papers are put together from: the head stands in full on paper of any width."""

from pathlib import Path

import pytest

from app.services.papers.duty_look import A3_WIDE, A4_WIDE
from app.services.papers.look import A4, A5, SMALL_INK, Format
from app.services.papers.parts import title_block
from app.services.papers.press import Front
from app.services.papers.sheet import ELLIPSIS, Sheet, width_of, write_paper
from tests.services.papers.reading import text_of, words_of

FRONT = Front("值班表", "云岭商城", "第48周")
MINUTES = [f"2026-11-{day:02} {day % 24:02}:{day * 7 % 60:02}" for day in range(1, 31)]


def heads(path: Path, form: Format, values: list[str]) -> None:
    """A page for each value, which is the widest in its head."""

    def draw(sheet: Sheet) -> None:
        for value in values:
            sheet.start()
            title_block(sheet, FRONT.subject, (("Sealed at", value), ("By", "赵倩")))

    write_paper(path, form, FRONT, draw)


@pytest.mark.parametrize("form", [A5, A4, A4_WIDE, A3_WIDE])
def test_the_widest_fact_stands_in_full_at_the_margin(tmp_path: Path, form: Format) -> None:
    path = tmp_path / "heads.pdf"
    heads(path, form, MINUTES)
    text = text_of(path)
    assert ELLIPSIS not in text
    assert all(value.replace(" ", "") in text for value in MINUTES)
    for page in words_of(path):
        assert max(word.right for word in page if ":" in word.text) == pytest.approx(form.width - form.right, abs=0.5)


def test_a_fact_that_is_too_wide_is_shortened_within_the_margins(tmp_path: Path) -> None:
    path = tmp_path / "heads.pdf"
    heads(path, A4, ["云岭酒食商城网络营销部" * 8])
    assert width_of("云岭酒食商城网络营销部" * 8, SMALL_INK) > A4.inner * 0.45
    assert ELLIPSIS in text_of(path)
    assert max(word.right for page in words_of(path) for word in page) <= A4.width - A4.right + 0.5
