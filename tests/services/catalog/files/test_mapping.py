"""Mappings: an unknown file is read once somebody has said which column is which."""

import json
from pathlib import Path

import pytest

from app.services.catalog.draft import VariantDraft
from app.services.catalog.files.errors import ProductMappingError, UnknownProductsError
from app.services.catalog.files.mapping import (
    Mapping,
    check_mapping,
    format_of,
    load_mapping,
    save_mapping,
    suggest_mapping,
)
from app.services.catalog.files.read import detect_products
from app.services.intake.errors import FileUnreadableError
from tests.services.catalog.files.making import read_all, read_one
from tests.services.intake.making import write_csv
from tests.shared import shared_path

HEADER = ["ref", "what", "how much", "scan", "more scans"]
WINES = Mapping(
    "cellar",
    {"code": ("ref",), "name": ("what",), "price": ("how much",), "barcode": ("scan", "more scans")},
    currency="EUR",
    channel="web",
)


def suggested(path: Path) -> Mapping:
    """What the dialog would propose for an unknown file."""
    with pytest.raises(UnknownProductsError) as caught:
        detect_products(path)
    return suggest_mapping(caught.value.headers, caught.value.rows, path.stem)


def test_an_unknown_file_is_read_through_a_mapping(tmp_path: Path) -> None:
    row = ["007", "Merlot 0.75L 13%vol", "1.299,00", "4006381333931", "96385074"]
    made = read_one(write_csv(tmp_path / "a.csv", HEADER, [row], delimiter=";"), WINES)
    assert (made.name, made.degree, made.volume, made.currency) == ("Merlot 0.75L 13%vol", 130, 750, "EUR")
    assert (made.variants[0].code, made.variants[0].price) == ("007", 1299_00)
    assert [one.code for one in made.variants[0].barcodes] == ["4006381333931", "96385074"]


def test_several_rows_are_one_product_where_a_column_says_so(tmp_path: Path) -> None:
    mapping = Mapping("m", {"product": ("p",), "code": ("c",), "name": ("n",), "variant": ("v",)})
    rows = [["1", "A1", "Tea", "small"], ["1", "A2", "", "large"], ["2", "B", "Cup", ""]]
    products, rejects = read_all(write_csv(tmp_path / "a.csv", ["p", "c", "n", "v"], rows), mapping)
    assert not rejects
    assert [one.variants for one in products] == [
        (VariantDraft("A1", "small"), VariantDraft("A2", "large")),
        (VariantDraft("B"),),
    ]


def test_a_file_without_a_mapped_column_is_another_file(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", HEADER[:3], [["1", "Merlot", "2"]])
    with pytest.raises(UnknownProductsError):
        detect_products(path, WINES)


@pytest.mark.parametrize(
    ("mapping", "detail"),
    [
        (Mapping(" ", WINES.columns), "it has no name."),
        (Mapping("m", {"code": ("a",)}), "no column holds the product's name."),
        (Mapping("m", {"name": ("a",)}), "no column holds the code or the barcode."),
        (Mapping("m", {"name": ("a",), "code": ()}), "“code” names no column."),
        (Mapping("m", {"name": ("a",), "code": (" ",)}), "“code” names no column."),
        (Mapping("m", {**WINES.columns, "colour": ("a",)}), "“colour” is no field of a product."),
        (Mapping("m", {**WINES.columns, "type": ("a",)}), "“type” is no field of a product."),
        (Mapping("m", WINES.columns, currency="yuan"), "“yuan” is no currency code."),
    ],
)
def test_a_mapping_that_cannot_work_says_why(mapping: Mapping, detail: str) -> None:
    with pytest.raises(ProductMappingError) as caught:
        check_mapping(mapping)
    assert caught.value.params["detail"] == detail


def test_a_mapping_is_saved_and_read_again(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    save_mapping(path, WINES)
    assert load_mapping(path) == WINES
    assert format_of(load_mapping(path)) == format_of(WINES)


@pytest.mark.parametrize(
    "content",
    ["", "[", "[]", "{}", '{"name": 1, "columns": {}}', '{"name": "m", "columns": {"name": [1]}}', "[" * 10_000],
)
def test_a_spoiled_mapping_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "m.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ProductMappingError):
        load_mapping(path)


def test_a_mapping_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileUnreadableError):
        load_mapping(tmp_path / "m.json")


def test_a_single_column_may_be_written_plainly(tmp_path: Path) -> None:
    path = tmp_path / "m.json"
    path.write_text(json.dumps({"name": "m", "columns": {"name": "a", "code": "b"}}), encoding="utf-8")
    assert load_mapping(path) == Mapping("m", {"name": ("a",), "code": ("b",)})


def test_a_suggestion_goes_by_names_and_by_what_stands_below(tmp_path: Path) -> None:
    header = ["Item code", "Product name", "Selling price", "Unit cost", "EAN", "On hand", "Alcohol", "Maker"]
    rows = [["A", "Merlot", "12.50", "on request", "4006381333931", "3", "13.0", "Yun"]]
    assert suggested(write_csv(tmp_path / "a.csv", header, rows)).columns == {
        "name": ("Product name",),
        "brand": ("Maker",),
        "code": ("Item code",),
        "barcode": ("EAN",),
        "price": ("Selling price",),
        "stock": ("On hand",),
        "degree": ("Alcohol",),
    }


@pytest.mark.parametrize(("header", "taken"), [("Body", False), ("Body (HTML)", True), ("Product Body HTML", True)])
def test_the_body_of_a_wine_is_no_text_about_it(tmp_path: Path, header: str, taken: bool) -> None:
    rows = [["1", "Merlot", "Full-bodied"], ["2", "Riesling", "Light-bodied"]]
    columns = suggested(write_csv(tmp_path / "a.csv", ["Wine ID", "Wine name", header], rows)).columns
    assert columns == {"name": ("Wine name",), "code": ("Wine ID",)} | ({"text": (header,)} if taken else {})


def test_eight_hundred_groceries() -> None:
    path = shared_path("data/catalog/openfoodfacts_800.csv")
    mapping = suggested(path)
    assert mapping.columns["barcode"] == ("code",)  # serves as the code as well
    assert mapping.columns["name"] == ("product_name",)
    columns = {
        "code": ("code",),
        "barcode": ("code",),
        "name": ("product_name",),
        "brand": ("brands",),
        "volume": ("quantity",),
    }
    products, rejects = read_all(path, Mapping("groceries", columns))
    assert len(products) + len(rejects) == 800
    assert len(products) > 700
    assert all(one.variants[0].code.isdigit() and one.variants[0].barcodes for one in products)
    assert sum(one.volume is not None for one in products) >= 14  # all that say litres


def test_a_hundred_wines() -> None:
    path = shared_path("data/catalog/XWines_Test_100_wines.csv")
    assert "text" not in suggested(path).columns
    columns = {
        "code": ("WineID",), "name": ("WineName",), "kind": ("Type",), "degree": ("ABV",),
        "origin": ("Country",), "brand": ("WineryName",),
    }  # fmt: skip
    products, rejects = read_all(path, Mapping("wines", columns))
    assert (len(products), rejects) == (100, [])
    assert (products[0].name, products[0].degree, products[0].brand) == ("Origem Merlot", 130, "Casa Valduga")
    assert all(one.degree for one in products)
