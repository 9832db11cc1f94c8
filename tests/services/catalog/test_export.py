"""Taking the catalog out and bringing it back: nothing changes, nothing runs, and every export is on record (A6)."""

from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import PermissionDeniedError
from app.models.ledger import entries
from app.models.stock import Movement
from app.services.catalog.commit import import_products, preview_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, VariantDraft
from app.services.catalog.export import export_products
from app.services.catalog.files.read import detect_products, read_products
from app.services.catalog.rows import ProductFilter
from app.services.spreadsheet import EndingError, UnwritableFileError
from app.services.stock.movements import move_stock
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, add, product
from tests.services.orders.making import Crew


def exports(crew: Crew) -> int:
    with crew.db.reading() as conn:
        wanted = select(func.count()).where(entries.c.kind == "products.exported")
        return int(conn.execute(wanted).scalar_one())


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".xls"])
def test_what_was_taken_out_comes_back_unchanged(any_crew: Crew, tmp_path: Path, ending: str) -> None:
    crew = any_crew
    add(crew, variants=(BOTTLE, CASE), texts={"": "送礼佳品，\n整箱包邮"}, lead=True)
    hostile = VariantDraft("=1+1", "@规格", (BarcodeDraft("0012"), BarcodeDraft("6909999999996", 6)), price=1_50)
    add(crew, name="-2+3 散装", variants=(hostile,), degree=None, volume=None)
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 12)])
    path = tmp_path / f"商品{ending}"
    assert export_products(crew.planner, path, ProductFilter()) == 2
    found = preview_products(crew.planner, read_products(detect_products(path)))
    assert (dict(found.kinds), found.rejects) == ({"unchanged": 2}, [])
    assert exports(crew) == 1
    assert verify(crew.lead).ok


def test_an_export_needs_the_right_and_a_file_that_can_be_written(crew: Crew, tmp_path: Path) -> None:
    add(crew)
    with pytest.raises(PermissionDeniedError):
        export_products(crew.packer, tmp_path / "a.csv", ProductFilter())
    assert exports(crew) == 0
    with pytest.raises(EndingError):
        export_products(crew.planner, tmp_path / "a.doc", ProductFilter())
    with pytest.raises(UnwritableFileError):
        export_products(crew.planner, tmp_path / "no folder" / "a.xlsx", ProductFilter())


def test_what_a_spreadsheet_would_run_is_held_back(crew: Crew, tmp_path: Path) -> None:
    add(crew, name="=HYPERLINK(0)", variants=(VariantDraft("+1", "@x"),))
    export_products(crew.planner, tmp_path / "a.csv", ProductFilter())
    assert ",'=HYPERLINK(0),'@x,'+1," in (tmp_path / "a.csv").read_text(encoding="utf-8-sig")


def test_a_file_that_tells_one_text_leaves_those_of_the_channels(crew: Crew, tmp_path: Path) -> None:
    number = add(crew, texts={"": "旧", "tmall": "天猫文案"})
    import_products(crew.planner, [product(texts={"": "新"})], "a.csv")
    assert product_detail(crew.clerk, number).texts == {"": "新", "tmall": "天猫文案"}
