"""Exports of Shopify and WooCommerce: several rows are one product."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from app.services.catalog.draft import BarcodeDraft, VariantDraft
from tests.services.catalog.files.making import SHOPIFY, WOO, read_all, read_one
from tests.services.intake.making import rows_of, write_csv

SHIRT = {
    "Handle": "yun-shirt",
    "Title": "Yun shirt",
    "Body (HTML)": "<p>Soft, with “buttons”.\nWash cold.</p>",
    "Vendor": "Yun",
    "Type": "Shirts",
    "Option1 Name": "Size",
    "Option1 Value": "S",
    "Option2 Name": "Colour",
    "Option2 Value": "Red",
    "Variant SKU": "'YS-S",
    "Variant Barcode": "'036000291452",
    "Variant Price": "19.90",
    "Cost per item": "8.5",
    "Variant Inventory Qty": "3",
    "Image Src": "https://img.example/1.jpg",
    "Status": "active",
}
MEDIUM = {
    "Handle": "yun-shirt",
    "Option1 Value": "M",
    "Option2 Value": "Red",
    "Variant SKU": "YS-M",
    "Variant Price": "20",
}
PICTURE = {"Handle": "yun-shirt", "Image Src": "https://img.example/2.jpg"}
MUG = {"Handle": "mug", "Title": "Mug", "Option1 Name": "Title", "Option1 Value": "Default Title", "Variant SKU": "MUG"}

SIMPLE = {
    "ID": "7", "Type": "simple", "SKU": "W-7", "Name": "Rice wine 500ml 14%vol", "Published": "1", "Stock": "4",
    "Regular price": "12.5", "Categories": "Drinks > Wine, Gifts", "GTIN, UPC, EAN, or ISBN": "4006381333931",
    "Description": "Sweet.",
}  # fmt: skip
HOOD = {"ID": "8", "Type": "variable", "SKU": "W-8", "Name": "Hood", "Published": "0", "Categories": "Clothing"}
RED = {
    "ID": "9", "Type": "variation", "SKU": "W-8-R", "Name": "Hood - Red", "Parent": "W-8", "Regular price": "45",
    "Attribute 1 name": "Colour", "Attribute 1 value(s)": "Red", "Stock": "2", "Published": "1",
}  # fmt: skip
BLUE = RED | {
    "ID": "10",
    "SKU": "W-8-B",
    "Parent": "id:8",
    "Attribute 1 value(s)": "Blue",
    "Attribute 2 value(s)": "XL",
}


def shopify(folder: Path, *rows: Mapping[str, str]) -> Path:
    """A products_export.csv."""
    return write_csv(folder / "products_export.csv", SHOPIFY, rows_of(SHOPIFY, *rows))


def woo(folder: Path, *rows: Mapping[str, str]) -> Path:
    """An export of WooCommerce."""
    return write_csv(folder / "wc-product-export.csv", WOO, rows_of(WOO, *rows), encoding="utf-8-sig")


def test_rows_with_one_handle_are_one_product(tmp_path: Path) -> None:
    made = read_one(shopify(tmp_path, SHIRT, MEDIUM, PICTURE))
    assert (made.name, made.brand, made.kind, made.currency, made.listed, made.row) == (
        "Yun shirt", "Yun", "Shirts", "USD", True, 2,
    )  # fmt: skip
    assert made.pictures == ()
    assert list(made.texts) == ["shopify"]
    assert made.texts["shopify"].startswith("<p>Soft, with “buttons”.")
    assert made.variants == (
        VariantDraft("YS-S", "S / Red", (BarcodeDraft("036000291452"),), cost=850, price=1990, stock=3),
        VariantDraft("YS-M", "M / Red", price=2000),
    )


def test_the_next_handle_begins_the_next_product(tmp_path: Path) -> None:
    products, rejects = read_all(
        shopify(tmp_path, SHIRT, PICTURE, MUG, SHIRT | {"Handle": "b", "Variant SKU": "B", "Variant Barcode": ""})
    )
    assert not rejects
    assert [[one.code for one in each.variants] for each in products] == [["YS-S"], ["MUG"], ["B"]]
    assert products[1].variants[0].name == ""
    assert products[1].listed is False


@pytest.mark.parametrize(
    ("rows", "reason", "row"),
    [
        ([SHIRT, MEDIUM | {"Variant Price": "-1"}], "Row 3: “-1” in the column Variant Price is negative.", 2),
        ([SHIRT, MEDIUM | {"Variant SKU": "", "Variant Price": "1"}], "Row 3: There is no product code.", 2),
        ([SHIRT, MEDIUM | {"Variant SKU": "YS-S"}], "The code YS-S stands in row 2 already.", 2),
        (
            [SHIRT, MEDIUM | {"Variant Inventory Qty": "#REF!"}],
            "Row 3: The column Variant Inventory Qty holds the formula",
            2,
        ),
        ([SHIRT | {"Title": ""}, MEDIUM], "There is no product name.", 2),
        ([SHIRT | {"Body (HTML)": "x" * 20_001}], "The text in the column Body (HTML) is longer than 20000", 2),
        ([{"Handle": "a", "Title": "A"}], "The product has no article that can be read.", 2),
    ],
)
def test_one_wrong_article_keeps_its_product_out(
    tmp_path: Path, rows: list[dict[str, str]], reason: str, row: int
) -> None:
    products, rejects = read_all(shopify(tmp_path, *rows, MUG))
    assert [one.name for one in products] == ["Mug"]
    assert [one.row for one in rejects] == [row]
    assert rejects[0].reason.startswith(reason)


def test_rows_of_a_product_that_do_not_stand_together(tmp_path: Path) -> None:
    products, rejects = read_all(shopify(tmp_path, SHIRT, MUG, MEDIUM))
    assert len(products) == 2
    assert [(one.row, one.reason) for one in rejects] == [
        (4, "The rows of the product yun-shirt do not stand together: it begins in row 2 already.")
    ]


def test_simple_products(tmp_path: Path) -> None:
    made = read_one(woo(tmp_path, SIMPLE))
    assert (made.name, made.kind, made.degree, made.volume) == ("Rice wine 500ml 14%vol", "Drinks > Wine", 140, 500)
    assert (made.listed, made.texts) == (True, {"woocommerce": "Sweet."})
    assert made.variants == (VariantDraft("W-7", barcodes=(BarcodeDraft("4006381333931"),), price=1250, stock=4),)


def test_variations_join_their_product_wherever_they_stand(tmp_path: Path) -> None:
    products, rejects = read_all(woo(tmp_path, BLUE, HOOD, SIMPLE, RED))
    assert not rejects
    assert [one.name for one in products] == ["Rice wine 500ml 14%vol", "Hood"]
    hood = products[1]
    assert (hood.row, hood.listed, hood.kind) == (3, False, "Clothing")
    assert [(one.code, one.name, one.price) for one in hood.variants] == [
        ("W-8-B", "Blue / XL", 4500),
        ("W-8-R", "Red", 4500),
    ]


def test_a_variation_without_its_product_and_a_product_without_variations(tmp_path: Path) -> None:
    products, rejects = read_all(woo(tmp_path, SIMPLE, HOOD, RED | {"Parent": "W-99"}))
    assert len(products) == 1
    assert [(one.row, one.reason) for one in rejects] == [
        (3, "The product has no article that can be read."),
        (4, "The product W-99 that this article belongs to is not in the file."),
    ]


def test_a_shop_in_chinese(tmp_path: Path) -> None:
    names = {
        "Type": "类型",
        "Name": "名称",
        "Parent": "父级",
        "Regular price": "常规售价",
        "Stock": "库存",
        "Published": "已发布",
    }
    header = [names.get(name, name) for name in WOO]
    made = read_one(write_csv(tmp_path / "a.csv", header, rows_of(WOO, SIMPLE)))
    assert (made.name, made.variants[0].price, made.listed) == ("Rice wine 500ml 14%vol", 1250, True)
