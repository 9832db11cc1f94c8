"""The pick list: every line with a box to tick, every remark, no order torn from its first line."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.services.papers.content import PickLine, Remarks
from app.services.papers.look import A4
from app.services.papers.pick_list import write_pick_list
from app.services.papers.press import NothingToPrintError
from tests.services.papers.reading import codes_of, fonts_of, pages_of, text_of, words_of
from tests.services.papers.samples import IMPRINT, OFFICE, pick_order

ORDERS = [pick_order(index) for index in range(40)]


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("list") / "list.pdf"
    write_pick_list(ORDERS, path, IMPRINT)
    return path


def test_everything_to_pick_is_there(paper: Path) -> None:
    text = text_of(paper)
    assert text.count("□") == sum(len(order.lines) for order in ORDERS)
    for order in ORDERS:
        assert all(part in text for part in (order.number, order.source_number, order.phone, order.region))
        assert all(line.sku in text for line in order.lines)
        for remark in (order.remarks.buyer, order.remarks.seller, order.remarks.office):
            assert "".join(remark.split()) in text
    assert "40orders·" in text


def test_pages_are_headed_and_numbered(paper: Path) -> None:
    pages = pages_of(paper)
    assert len(pages) > 3
    for at, page in enumerate(pages, 1):
        assert "Item number" in page
        assert f"Page {at} of {len(pages)}" in page
        assert OFFICE in page


def test_quantities_are_large_and_stand_right(paper: Path) -> None:
    page = [word for word in words_of(paper)[1] if word.bottom < A4.height - A4.bottom]
    edge = A4.width - A4.right
    quantities = [word for word in page if abs(word.right - edge) < 1 and word.text.isdigit()]
    small = min(word.bottom - word.top for word in page)
    assert len(quantities) >= 5
    assert all(word.bottom - word.top > 1.8 * small for word in quantities)


def test_codes_read_back(paper: Path, tmp_path: Path) -> None:
    on_page = [order.number for order in ORDERS if order.number in pages_of(paper)[0]]
    assert sorted(codes_of(paper, tmp_path)) == [("CODE-128", one) for one in on_page]


def test_an_order_is_never_torn_from_its_first_line(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    lines = tuple(PickLine(f"SKU-{k:02d}", "汾酒 青花20", "单瓶", 1) for k in range(40))
    for filler in range(1, 24):  # so that the long order begins at every height of the page
        first = replace(pick_order(0), lines=lines[:filler])
        write_pick_list([first, replace(pick_order(1), number="20261123-9999", lines=lines)], path, IMPRINT)
        pages = pages_of(path)
        begins = next(at for at, page in enumerate(pages) if "20261123-9999" in page)
        after = pages[begins].split("20261123-9999", 1)[1]
        assert "SKU-00" in after
        for later in pages[begins + 1 :]:
            assert "20261123-9999, continued" in later


def test_a_short_order_stays_on_one_page(paper: Path) -> None:
    assert "continued" not in text_of(paper)


def test_an_endless_remark_runs_on(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    order = replace(pick_order(1), remarks=Remarks(buyer="急" * 6_000, office="小心轻放"))
    write_pick_list([pick_order(0), order, pick_order(2)], path, IMPRINT)
    text = text_of(path)
    assert text.count("急") == 6_000
    assert "小心轻放" in text
    assert all(one.number in text for one in (pick_order(0), order, pick_order(2)))
    for page in words_of(path):
        assert all(word.bottom < A4.height - A4.bottom + 26 for word in page)


def test_without_orders_there_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(NothingToPrintError):
        write_pick_list([], tmp_path / "list.pdf", IMPRINT)
    assert list(tmp_path.iterdir()) == []


def test_one_order_is_one_order(tmp_path: Path) -> None:
    path = tmp_path / "list.pdf"
    write_pick_list([pick_order(0)], path, IMPRINT)
    assert "1 order · 1 piece" in " ".join(pages_of(path)[0].split())
    assert all(embedded for _name, embedded in fonts_of(path))
