"""One scanned item, one article: 8, 12, 13 and 14 digits are spellings of the same number (rule P1)."""

import pytest

from app.clock import to_ms
from app.services.catalog import store
from app.services.catalog.check import BarcodeTakenError
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, VariantDraft
from app.services.catalog.gtin import spellings
from app.services.catalog.products import add_product
from app.services.catalog.queue import product_ids
from app.services.catalog.rows import ProductFilter
from app.services.ledger import open_ledger
from app.services.stock.articles import article_of
from app.services.stock.counts import begin_count, count_scan
from app.services.verify import verify
from tests.services.catalog.making import add, add_article, article, change_article, product
from tests.services.orders.making import Crew

UPC, CASE_CODE = "012345678905", "10012345678902"


@pytest.mark.parametrize(
    ("known", "added"),
    [(UPC, "0" + UPC), ("0" + UPC, UPC), (UPC, "00" + UPC), ("00" + UPC, "0" + UPC), ("96385074", "0000096385074")],
)
def test_one_item_has_one_article_however_it_is_scanned(any_crew: Crew, known: str, added: str) -> None:
    crew = any_crew
    first = add(crew, variants=(VariantDraft("A-1", barcodes=(BarcodeDraft(known),)),))
    other = product(name="另一款", variants=(VariantDraft("A-2", barcodes=(BarcodeDraft(added, 6),)),))
    with pytest.raises(BarcodeTakenError):
        add_product(crew.specialist, other)
    with pytest.raises(BarcodeTakenError):
        add_article(crew.specialist, first, VariantDraft("A-3", barcodes=(BarcodeDraft(added),)))
    both = (BarcodeDraft(known), BarcodeDraft(added, 6))
    with pytest.raises(BarcodeTakenError):
        add(crew, name="两个", variants=(VariantDraft("A-4", barcodes=both),))
    second = add(crew, name="另一款", variants=(VariantDraft("A-2"),))
    [one] = product_detail(crew.clerk, second).articles
    with pytest.raises(BarcodeTakenError):
        change_article(crew.specialist, second, one, {"barcodes": [[added, 1]]})
    assert article_of(crew.packer, added).code == "A-1"
    assert verify(crew.lead).ok


def test_a_case_code_is_another_item_than_its_unit_and_is_itself_however_it_is_scanned(crew: Crew) -> None:
    add(crew, variants=(VariantDraft("A-1", barcodes=(BarcodeDraft(UPC), BarcodeDraft(CASE_CODE, 6))),))
    with pytest.raises(BarcodeTakenError):
        add(crew, name="箱", variants=(VariantDraft("A-2", barcodes=(BarcodeDraft(CASE_CODE, 12),)),))
    add(crew, name="箱", variants=(VariantDraft("A-2", barcodes=(BarcodeDraft("20012345678909", 12),)),))


def test_what_was_entered_twice_before_can_still_be_changed(crew: Crew) -> None:
    number = add(crew, variants=(VariantDraft("A-1", barcodes=(BarcodeDraft(UPC),)),))
    add(crew, name="乙", variants=(VariantDraft("A-2"),))
    with crew.db.writing() as conn:
        pen = open_ledger(conn, to_ms(crew.clock.now()), crew.specialist.person)
        store.change_article(conn, pen, article(crew, "A-2"), {"barcodes": [[], [["0" + UPC, 1]]]})
    [one] = product_detail(crew.clerk, number).articles
    change_article(crew.specialist, number, one, {"shelf": "B-01"})
    assert [article_of(crew.packer, code).code for code in (UPC, "0" + UPC)] == ["A-1", "A-2"]


def test_what_is_scanned_in_another_spelling_is_counted(crew: Crew) -> None:
    add(crew, variants=(VariantDraft("A-1", barcodes=(BarcodeDraft(UPC), BarcodeDraft(CASE_CODE, 6))),))
    count = begin_count(crew.packer, ["A-1"])
    assert count_scan(crew.packer, count, "0" + UPC) == ("A-1", 1)
    assert count_scan(crew.packer, count, CASE_CODE) == ("A-1", 7)


@pytest.mark.parametrize("known", [UPC, "0" + UPC, "00" + UPC, "96385074", "0000096385074"])
def test_a_barcode_is_searched_for_in_any_of_its_spellings(any_crew: Crew, known: str) -> None:
    crew = any_crew
    wanted = add(crew, variants=(VariantDraft("A-1", barcodes=(BarcodeDraft(known),)),))
    add(crew, name="另一款", variants=(VariantDraft("A-2", barcodes=(BarcodeDraft("6901234567892"),)),))
    for asked in spellings(known):
        assert list(product_ids(crew.clerk, ProductFilter(text=asked))) == [wanted]
        assert list(product_ids(crew.clerk, ProductFilter(text=f"剑南春 {asked}"))) == [wanted]
        assert list(product_ids(crew.clerk, ProductFilter(text=f"另一款 {asked}"))) == []
    assert list(product_ids(crew.clerk, ProductFilter(text=f"9{UPC}"))) == []
