"""Where the header stands, in one row or in two with merged cells, and what is said where there is none."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.catalog.files.errors import MissingProductColumnError, NoProductsError, UnknownProductsError
from app.services.catalog.files.read import detect_products
from app.services.catalog.files.sight import join_headers
from app.services.intake.errors import ChangedFileError
from tests.services.catalog.files.making import BOTTLE, LIST, SHOPIFY, read_all, read_one, shop_list, write_xlsx
from tests.services.intake.making import rows_of, write_csv

MERGED = [
    ["商品", "", "条形码", "价格", "", "", "库存"],
    ["编码", "名称", "", "进价", "售价", "最低售价", ""],
    ["A", "云岭特酿", "6901234567892", "1", "3", "2", "5"],
]


def test_a_title_and_empty_rows_may_stand_above(tmp_path: Path) -> None:
    path = write_csv(
        tmp_path / "a.csv", LIST, rows_of(LIST, BOTTLE), above=[["商品资料"], [], ["打印日期：", "2026-01-05"]]
    )
    source = detect_products(path)
    assert (source.format.name, source.header_row, source.encoding) == ("shop-list", 4, "UTF-8")
    assert read_one(path).row == 5


def test_a_header_of_two_rows_with_merged_cells(tmp_path: Path) -> None:
    made = read_one(write_xlsx(tmp_path / "a.xlsx", [["某某酒行商品表"], *MERGED]))
    (article,) = made.variants
    assert (article.code, made.name, article.barcodes[0].code) == ("A", "云岭特酿", "6901234567892")
    assert (article.cost, article.price, article.floor, article.stock) == (100, 300, 200, 5)


def test_names_in_the_upper_row_and_prices_in_the_lower(tmp_path: Path) -> None:
    rows = [["商品编码", "商品名称", "价格", ""], ["", "", "进价", "售价"], ["A", "云岭特酿", "1", "2"]]
    products, rejects = read_all(write_xlsx(tmp_path / "a.xlsx", rows))
    assert [(one.row, one.variants[0].cost, one.variants[0].price) for one in products] == [(3, 100, 200)]
    assert not rejects


def test_a_first_product_is_no_second_row_of_the_header(tmp_path: Path) -> None:
    rows = [["商品编码", "商品名称", "规格", "单位"], ["A", "云岭特酿", "", ""], ["B", "青溪老窖", "500ml", "瓶"]]
    products, _rejects = read_all(write_csv(tmp_path / "a.csv", rows[0], rows[1:]))
    assert [one.row for one in products] == [2, 3]


@given(st.lists(st.text("价进售ab ", max_size=3), max_size=8), st.lists(st.text("价进售ab ", max_size=3), max_size=8))
def test_two_rows_become_one_of_their_width(upper: list[str], lower: list[str]) -> None:
    joined = join_headers(upper, lower, frozenset({"进价"}))
    assert len(joined) == max(len(upper), len(lower))
    for index, name in enumerate(joined):
        if index < len(lower) and lower[index].strip():
            assert lower[index].strip() in name or name == upper[index].strip()


def test_the_sheet_with_the_products_is_found(tmp_path: Path) -> None:
    path = write_xlsx(
        tmp_path / "a.xlsx", [["说明", "见第二页"]], [LIST, *rows_of(LIST, BOTTLE)], [["编码", "名称"], ["x", "y"]]
    )
    assert read_one(path).variants[0].code == "BJ-1003"


def test_an_unknown_file_brings_its_columns(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["ref", "what", "how much"], [["A", "wine", "1"], ["B", "beer", "2"]])
    with pytest.raises(UnknownProductsError) as caught:
        detect_products(path)
    assert caught.value.headers == ("ref", "what", "how much")
    assert caught.value.rows == (("A", "wine", "1"), ("B", "beer", "2"))


def test_a_list_of_orders_is_no_list_of_products(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["订单编号", "标题", "商家编码", "价格"], [["1", "云岭特酿", "A", "1"]])
    with pytest.raises(UnknownProductsError):
        detect_products(path)


def test_the_column_that_is_missing_is_named(tmp_path: Path) -> None:
    header = [name for name in SHOPIFY if name != "Variant SKU"]
    with pytest.raises(MissingProductColumnError) as caught:
        detect_products(write_csv(tmp_path / "a.csv", header, [["x"] * len(header)]))
    assert caught.value.params["columns"] == "Variant SKU"


def test_a_header_alone_is_no_list(tmp_path: Path) -> None:
    with pytest.raises(NoProductsError):
        detect_products(write_csv(tmp_path / "a.csv", LIST, [["", " "], [""]]))


def test_a_file_that_changes_meanwhile_is_refused(tmp_path: Path) -> None:
    from app.services.catalog.files.read import read_products

    path = shop_list(tmp_path, {})
    source = detect_products(path)
    shop_list(tmp_path, {}, {"商品编码": "B"})
    with pytest.raises(ChangedFileError):
        list(read_products(source))
