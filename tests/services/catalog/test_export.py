"""Taking the catalog out and bringing it back: nothing changes, nothing runs, and every export is on record (A6)."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.errors import PermissionDeniedError
from app.models.ledger import entries
from app.models.stock import Movement
from app.services.catalog.commit import Takeover, import_products, preview_products
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.export import HEADER, export_products
from app.services.catalog.files.read import detect_products, read_products
from app.services.catalog.queue import product_ids, shelf_counts
from app.services.catalog.rows import ProductFilter, Shelf
from app.services.intake.draft import Reject
from app.services.orders.steps import release_order
from app.services.spreadsheet import EndingError, UnwritableFileError
from app.services.stock.movements import move_stock, stock_rows
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, CASE, add, product
from tests.services.orders.making import Crew
from tests.services.stock.making import order, ship


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


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".xls"])
def test_prices_in_other_currencies_come_back_as_they_are(any_crew: Crew, tmp_path: Path, ending: str) -> None:
    crew = any_crew
    add(crew)
    for currency in ("USD", "JPY", "KWD"):
        one = VariantDraft(f"{currency}-1", cost=1_200, price=1_505, floor=1_300)
        add(crew, name=f"进口 {currency}", variants=(one,), currency=currency)
    path = tmp_path / f"商品{ending}"
    export_products(crew.planner, path, ProductFilter())
    found = import_products(crew.planner, _read(path), path.name)
    assert (dict(found.kinds), found.proposed, found.rejects) == ({"unchanged": 4}, 0, [])
    drafts = [one for one in _read(path) if isinstance(one, ProductDraft)]
    said = [(one.currency, one.cost, one.price, one.floor) for draft in drafts for one in draft.variants[:1]]
    assert said[1:] == [(currency, 1_200, 1_505, 1_300) for currency in ("USD", "JPY", "KWD")]
    assert verify(crew.lead).ok


def test_a_price_in_another_currency_is_not_taken_for_the_same(crew: Crew, tmp_path: Path) -> None:
    add(crew)
    path = tmp_path / "商品.csv"
    export_products(crew.planner, path, ProductFilter())
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace(",CNY,", ",USD,"), encoding="utf-8-sig")
    found = import_products(crew.planner, _read(path), path.name)
    [reject] = found.rejects
    assert "CNY" in reject.reason
    assert "USD" in reject.reason
    path.write_text(text.replace(",CNY,", ",人民币,"), encoding="utf-8-sig")
    [reject] = import_products(crew.planner, _read(path), path.name).rejects
    assert "人民币" in reject.reason
    path.write_text(text.replace(",CNY,", ",,"), encoding="utf-8-sig")  # as exports of before had it
    assert dict(import_products(crew.planner, _read(path), path.name).kinds) == {"unchanged": 1}


def written_elsewhere(folder: Path, *, price: str, currency: str = "", stock: str = "") -> Path:
    """What another office took out: one product that is on sale."""
    path, sold = folder / "别处.csv", ["在售", "否", ""]
    row = ["1", "甲", "", "A-1", *[""] * 4, "白酒", *[""] * 4, price, "", currency, "", "", stock, *sold]
    path.write_text("\n".join(map(",".join, (HEADER, row))) + "\n", encoding="utf-8-sig")
    return path


def test_what_was_taken_out_is_entered_elsewhere_in_its_currency(crew: Crew, tmp_path: Path) -> None:
    path = written_elsewhere(tmp_path, price="1500", currency="JPY")
    assert dict(import_products(crew.planner, _read(path), path.name).kinds) == {"new": 1}
    [number] = product_ids(crew.planner, ProductFilter())
    [article] = product_detail(crew.planner, number).articles
    assert (article.price, article.currency) == (1_500, "JPY")
    again = import_products(crew.planner, _read(path), path.name)
    assert (dict(again.kinds), again.rejects) == ({"unchanged": 1}, [])


SAYS_LITTLE = ("五粮液 第八代 52度 500ml", "飞天茅台 53%vol 500ml*6", "Penfolds/奔富 407 750ml", "龙井 （明前） ")


@pytest.mark.parametrize("ending", [".csv", ".xlsx", ".xls"])
def test_an_own_export_says_what_is_also_where_it_is_empty(any_crew: Crew, tmp_path: Path, ending: str) -> None:
    crew = any_crew
    bare = {"brand": "", "kind": "", "origin": "", "degree": None, "volume": None, "supplier": ""}
    for number, name in enumerate(SAYS_LITTLE):
        add(crew, name=name, variants=(VariantDraft(f"L-{number}", " 单瓶", price=88_00),), **bare)
    scanned = (BarcodeDraft("6901234567892"), BarcodeDraft("16901234567899"), BarcodeDraft("26901234567896", 6))
    add(crew, variants=(replace(BOTTLE, barcodes=scanned), CASE), texts={"": " 送礼佳品 \n\n 整箱 "})
    move_stock(crew.specialist, Movement.OPENING, [("BJ-1003", 12)])
    oversold = order(crew, 1, {"BJ-1003": 20})
    release_order(crew.manager, oversold, "仓库有货")
    ship(crew, oversold)
    path = tmp_path / f"商品{ending}"
    export_products(crew.planner, path, ProductFilter())
    for result in (preview_products(crew.planner, _read(path)), import_products(crew.planner, _read(path), path.name)):
        assert (dict(result.kinds), result.proposed, result.rejects) == ({"unchanged": 5}, 0, [])
    [row] = stock_rows(crew.specialist, ["BJ-1003"])
    assert row.on_hand == -8
    assert verify(crew.lead).ok


def test_what_was_oversold_elsewhere_comes_in_with_nothing_there_and_off_sale(crew: Crew, tmp_path: Path) -> None:
    path = written_elsewhere(tmp_path, price="9.00", stock="-18")
    result = import_products(crew.manager, _read(path), path.name, Takeover.MARKED)
    assert (dict(result.kinds), result.opened, result.rejects) == ({"new": 1}, 1, [])
    [stock] = stock_rows(crew.specialist, ["A-1"])
    assert (stock.on_hand, stock.kept) == (0, True)
    assert shelf_counts(crew.clerk)[Shelf.LISTED] == 0


def _read(path: Path) -> Iterator[ProductDraft | Reject]:
    return read_products(detect_products(path))


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
