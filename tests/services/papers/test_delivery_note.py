"""Delivery notes: A5, with what was asked for and nothing that was not, sums that add up."""

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from app.services.papers.capitals import AmountTooLargeError
from app.services.papers.content import DeliveryNote, Money, Remarks
from app.services.papers.delivery_note import write_delivery_note
from app.services.papers.look import A5
from app.services.papers.press import NothingToPrintError
from tests.services.papers.reading import codes_of, facts_of, pages_of, text_of, words_of
from tests.services.papers.samples import IMPRINT, OFFICE, delivery_note


def written(folder: Path, *notes: DeliveryNote) -> Path:
    path = folder / "notes.pdf"
    write_delivery_note(notes, path, IMPRINT)
    return path


def test_a_note_with_everything(tmp_path: Path) -> None:
    path = written(tmp_path, delivery_note(0))
    text = text_of(path)
    note = delivery_note(0)
    for part in (note.number, note.source_number, note.recipient, note.phone, note.address, note.remarks.buyer):
        assert "".join(part.split()) in text
    for part in (
        "106.90",
        "338.70",
        "¥652.40",
        "陆佰伍拾贰元肆角整",
        "Pieces:6",
        "Receivedby",
        OFFICE[:6],
    ):
        assert part in text
    assert "Seller'sremark" not in text
    assert facts_of(path)["Page size"] == "419.528 x 595.276 pts"


def test_the_sums_on_paper_add_up(tmp_path: Path) -> None:
    page = pages_of(written(tmp_path, delivery_note(0)))[0]
    found = re.findall(
        r"(Goods total|Freight|Discount|Other adjustments|Payable) +(?:¥ )?(-?[\d.]+)$", page, re.MULTILINE
    )
    sums = {label: Decimal(amount) for label, amount in found}
    assert len(sums) == 5
    assert sums.pop("Payable") == sum(sums.values()) == Decimal("652.40")


def test_without_prices_no_money_is_named(tmp_path: Path) -> None:
    text = text_of(written(tmp_path, delivery_note(0, prices=False, capitals=False)))
    assert not any(part in text for part in ("¥", "106.90", "Price", "Amount", "Payable", "Freight", "renminbi"))
    assert "Pieces:6" in text


def test_without_prices_the_sum_may_still_be_asked_for(tmp_path: Path) -> None:
    text = text_of(written(tmp_path, delivery_note(0, prices=False, capitals=True)))
    assert "陆佰伍拾贰元肆角整" in text
    assert "¥652.40" in text
    assert "106.90" not in text


def test_other_money_has_no_capital_numerals(tmp_path: Path) -> None:
    note = replace(delivery_note(0), payable=Money(652_40, "USD"))
    text = text_of(written(tmp_path, note))
    assert "US$652.40" in text
    assert "renminbi" not in text


def test_a_long_note_goes_on_under_the_same_titles(tmp_path: Path) -> None:
    path = written(tmp_path, delivery_note(0, lines=40), delivery_note(1))
    pages = pages_of(path)
    assert len(pages) > 3
    for at, page in enumerate(pages[:-1], 1):
        assert f"Page {at} of {len(pages) - 1}" in page
        assert delivery_note(0).number in page
    assert all("Quantity" in page for page in pages[: len(pages) - 2])
    assert "Page 1 of 1" in pages[-1]
    assert "Received by" in pages[-2]
    assert "Received by" not in pages[0]


def test_the_code_reads_back(tmp_path: Path) -> None:
    path = written(tmp_path, delivery_note(0))
    assert codes_of(path, tmp_path) == [("CODE-128", delivery_note(0).number)]


def test_long_text_stays_inside_the_margins(tmp_path: Path) -> None:
    note = replace(
        delivery_note(0, lines=2),
        address="广西壮族自治区柳州市三江侗族自治县" * 60,
        recipient="Maximiliana-Alexandrina" * 8,
        remarks=Remarks("请" * 900, "https://example.com/" + "x" * 300, "！" * 99),
        payable=Money(10**17),
    )
    path = written(tmp_path, note)
    assert text_of(path).count("请") == 900
    for page in words_of(path):
        assert all(A5.left - 1 <= word.left and word.right <= A5.width - A5.right + 1 for word in page)


def test_without_notes_there_is_no_paper(tmp_path: Path) -> None:
    with pytest.raises(NothingToPrintError):
        written(tmp_path)


def test_an_amount_without_numerals_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AmountTooLargeError):
        written(tmp_path, replace(delivery_note(0), payable=Money(10**18)))
    assert list(tmp_path.iterdir()) == []
