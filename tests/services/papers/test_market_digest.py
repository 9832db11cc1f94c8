"""The market digest on paper: every offer under its article, red where it is cheaper, no row lost over a page."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from app.clock import to_ms
from app.i18n import set_language
from app.services.papers.content import (
    ComparedArticle,
    ComparedOffer,
    Finding,
    MarketDigest,
    Money,
    SoldArticle,
)
from app.services.papers.look import A4
from app.services.papers.market_digest import write_market_digest
from tests.services.papers.reading import fonts_of, pages_of, text_of, words_of
from tests.services.papers.samples import IMPRINT, OFFICE

MONDAY, SUNDAY = date(2026, 11, 23), date(2026, 11, 29)
UNTIL = to_ms(datetime(2026, 11, 29, 16, 0, tzinfo=UTC))


def offer(competitor: str, price: int, ours: int = 409_00, note: str = "") -> ComparedOffer:
    return ComparedOffer(competitor, "剑南春 水晶剑", note, Money(price), (price - ours) / ours)


COMPARED = ComparedArticle(
    "BJ-1003",
    "剑南春 水晶剑 52度 500ml",
    Money(409_00),
    False,
    (offer("酒仙", 379_00, note="券后"), offer("1919", 419_00)),
)
DIGEST = MarketDigest(
    MONDAY, SUNDAY, (COMPARED,),
    (Finding(MONDAY, "1919", "钓鱼台", "", Money(899_00)),),
    (SoldArticle("PJ-3001", "青岛 经典1903", 148, 120), SoldArticle("X-1", "", 37, 37)), UNTIL,
    (Finding(MONDAY, "京东", "习酒", "榜单第 1", Money(549_00)),),
    (Finding(SUNDAY, "也买酒", "预售提前", "比去年早 4 天"),),
)  # fmt: skip
EMPTY = MarketDigest(MONDAY, SUNDAY, (), (), (), UNTIL, (), ())


def write(path: Path, digest: MarketDigest = DIGEST) -> Path:
    write_market_digest(digest, path / "digest.pdf", IMPRINT)
    return path / "digest.pdf"


def test_everything_that_was_found_is_there(tmp_path: Path) -> None:
    paper = write(tmp_path)
    text = text_of(paper)
    for part in ("BJ-1003", "409.00", "酒仙", "379.00", "−7.3%", "券后", "419.00", "+2.4%", "钓鱼台", "899.00"):
        assert part in text, part
    for part in ("PJ-3001", "148", "+28", "X-1", "习酒", "榜单第1", "预售提前", "比去年早4天", "2026-11-23"):
        assert part in text, part
    assert OFFICE in pages_of(paper)[0]
    assert all(embedded for _name, embedded in fonts_of(paper))


def test_an_equal_price_is_neither_above_nor_below(tmp_path: Path) -> None:
    equal = replace(COMPARED, offers=(offer("酒仙", 409_00),))
    page = pages_of(write(tmp_path, replace(DIGEST, compared=(equal,))))[0]
    figures = next(line for line in page.splitlines() if re.fullmatch(r"[\d ,]+", line.strip()) and line.strip())
    assert figures.split()[1:4] == ["1", "0", "0"]  # compared, cheaper, dearer
    assert "0.0%" not in page


def test_without_a_price_of_ours_nothing_is_compared(tmp_path: Path) -> None:
    theirs = replace(offer("酒仙", 1_00), difference=None)
    ours = replace(COMPARED, price=None, offers=(theirs,))
    text = text_of(write(tmp_path, replace(DIGEST, compared=(ours,))))
    assert "%" not in text.split("Otherprices")[0]


@pytest.mark.parametrize(("language", "none", "title"), [("en", "None.", "Market digest"), ("zh_CN", "无", "市场周报")])
def test_an_empty_week_says_so(tmp_path: Path, language: str, none: str, title: str) -> None:
    set_language(language)
    [page] = pages_of(write(tmp_path, EMPTY))
    assert page.count(none) == 4
    assert title in page


def test_a_long_week_runs_on_and_loses_nothing(tmp_path: Path) -> None:
    offers = tuple(offer(f"店铺{number:03d}", 300_00 + number) for number in range(90))
    found = tuple(Finding(MONDAY, f"店{number:03d}", "很长的发现" * 20, "字" * 400) for number in range(12))
    paper = write(tmp_path, replace(DIGEST, compared=(replace(COMPARED, offers=offers),), trends=found))
    pages = pages_of(paper)
    text = text_of(paper)
    assert len(pages) > 3
    assert all(f"店铺{number:03d}" in text for number in range(90))
    assert text.count("字") == 12 * 400
    assert "BJ-1003, continued" in pages[1]
    for place, page in enumerate(pages, 1):
        assert f"Page {place} of {len(pages)}" in page
    for words in words_of(paper):
        assert all(word.bottom < A4.height - A4.bottom + 26 and word.right < A4.width - A4.right + 1 for word in words)


def test_what_others_wrote_does_not_break_it(tmp_path: Path) -> None:
    odd = Finding(MONDAY, "店\x00(\\)\u202e", "A" * 300, "🍷\n\n第二行", Money(-1, "JPY"))
    assert "第二行" in text_of(write(tmp_path, replace(EMPTY, best_sellers=(odd,))))
