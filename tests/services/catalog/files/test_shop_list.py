"""A shop's own list: one row a product, columns by any of their names, each wrong row by itself."""

import csv
from pathlib import Path

import pytest

from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.catalog.files.read import detect_products, read_products
from app.services.intake.draft import Reject
from tests.services.catalog.files.making import BOTTLE, LIST, WIDE, read_all, read_one, reason_of, shop_list, write_xlsx
from tests.services.intake.making import rows_of, write_csv


def test_a_row_becomes_a_product_with_one_article(tmp_path: Path) -> None:
    assert read_one(shop_list(tmp_path, {})) == ProductDraft(
        name="云岭特酿 53度 500ml",
        brand="云岭",
        kind="白酒",
        origin="四川宜宾",
        degree=530,
        volume=500,
        supplier="川酒贸易",
        variants=(
            VariantDraft(
                "BJ-1003",
                barcodes=(BarcodeDraft("6901234567892"),),
                cost=334_50,
                price=409_00,
                floor=380_00,
                shelf="A-03",
                stock=12,
            ),
        ),
        listed=True,
        row=2,
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_any_text_file_is_read(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = write_csv(tmp_path / "a.txt", WIDE, rows_of(WIDE, BOTTLE), encoding=encoding, delimiter=delimiter)
    assert read_one(path) == read_one(shop_list(tmp_path, {}))


def test_other_names_of_the_columns(tmp_path: Path) -> None:
    header = ["货号", "品名", "国际条码", "成本价", "零售价", "底价", "库存数量", "酒精度", "容量（ml）", "供货商"]
    row = ["00123", "云岭特酿", "6901234567892", "1", "2", "1.5", "3", "52", "500", "川酒贸易"]
    made = read_one(write_csv(tmp_path / "a.csv", header, [row]))
    (article,) = made.variants
    assert (article.code, article.cost, article.price, article.floor, article.stock) == ("00123", 100, 200, 150, 3)
    assert (made.degree, made.volume, made.supplier) == (520, 500, "川酒贸易")


def test_the_own_columns_go_before_the_name(tmp_path: Path) -> None:
    made = read_one(shop_list(tmp_path, {"度数": "42%vol", "净含量": "1L"}))
    assert (made.degree, made.volume) == (420, 1000)


def test_the_size_is_asked_where_the_name_is_silent(tmp_path: Path) -> None:
    made = read_one(shop_list(tmp_path, {"商品名称": "云岭特酿", "规格": "53度 500ml*6"}))
    assert (made.degree, made.volume, made.variants[0].name) == (530, 500, "53度 500ml*6")
    assert read_one(shop_list(tmp_path, {"规格": "375ml"})).volume is None


def test_no_code_column_then_the_barcode_is_the_code(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["条形码", "商品名称"], [["6901234567892", "云岭特酿"]])
    assert read_one(path).variants[0].code == "6901234567892"


@pytest.mark.parametrize(
    ("cells", "reason"),
    [
        ({"商品名称": ""}, "There is no product name."),
        ({"商品编码": ""}, "There is no product code."),
        ({"商品编码": "6.90123E+12"}, "Excel has rounded “6.90123E+12” in the column 商品编码."),
        ({"条形码": "6.90123E+12"}, "Excel has rounded “6.90123E+12” in the column 条形码."),
        ({"条形码": "6.90e12"}, "Excel has rounded “6.90e12” in the column 条形码."),
        ({"条形码": "6901234567890"}, "The column 条形码: The barcode 6901234567890 is mistyped"),
        (
            {"条形码": "6901234567892*0"},
            "“6901234567892*0” in the column 条形码: a barcode stands for 1 to 10000 pieces.",
        ),
        ({"条形码": "6901234567892;16901234567899"}, "The case code 16901234567899 does not say how many it holds."),
        ({"售价": "-1"}, "“-1” in the column 售价 is negative."),
        ({"售价": "409.005"}, "The amount 409.005 in the column 售价 has more decimals than its currency."),
        ({"售价": "999999999"}, "The amount 999999999 is beyond anything the office sells."),
        ({"进价": "面议"}, "“面议” in the column 进价 is no amount."),
        ({"售价": "#REF!"}, "The column 售价 holds the formula error #REF!."),
        ({"供应商": "#N/A"}, "The column 供应商 holds the formula error #N/A."),
        ({"库存": "#VALUE!"}, "The column 库存 holds the formula error #VALUE!."),
        ({"库存": "-3"}, "“-3” in the column 库存 is negative."),
        ({"库存": "1.5"}, "“1.5” in the column 库存 is no whole quantity."),
        ({"商品名称": "酒" * 201}, "The text in the column 商品名称 is longer than 200 characters."),
        ({"商品编码": "A" * 61}, "The text in the column 商品编码 is longer than 60 characters."),
    ],
)
def test_a_wrong_row_is_rejected_with_its_reason(tmp_path: Path, cells: dict[str, str], reason: str) -> None:
    assert reason_of(tmp_path, **cells).startswith(reason)


def test_a_product_that_cannot_be_is_told_with_its_row(tmp_path: Path) -> None:
    products, rejects = read_all(shop_list(tmp_path, {"最低售价": "500", "售价": "409"}))
    assert products == []
    assert [(one.row, one.source_number) for one in rejects] == [(2, "BJ-1003")]
    assert "floor" in rejects[0].reason


def test_a_row_without_a_code_is_told_with_its_barcode(tmp_path: Path) -> None:
    _products, rejects = read_all(shop_list(tmp_path, {"商品编码": ""}, {"商品编码": "", "条形码": ""}))
    assert [one.source_number for one in rejects] == [BOTTLE["条形码"], BOTTLE["商品名称"]]


def test_a_wrong_row_does_not_stop_the_others(tmp_path: Path) -> None:
    rows = [{"商品编码": f"A{n}", "条形码": "", "售价": "#REF!" if n == 1 else "409"} for n in range(3)]
    products, rejects = read_all(shop_list(tmp_path, *rows))
    assert [one.variants[0].code for one in products] == ["A0", "A2"]
    assert [(one.row, one.source_number) for one in rejects] == [(3, "A1")]


def test_an_error_in_a_column_that_nobody_needs_does_no_harm(tmp_path: Path) -> None:
    header = [*LIST, "毛利率"]
    path = write_csv(tmp_path / "a.csv", header, rows_of(header, BOTTLE | {"毛利率": "#DIV/0!"}))
    assert read_one(path).name == BOTTLE["商品名称"]


def test_a_code_that_stands_twice_counts_once(tmp_path: Path) -> None:
    products, rejects = read_all(shop_list(tmp_path, {}, {"条形码": ""}))
    assert len(products) == 1
    assert [(one.row, one.reason) for one in rejects] == [(3, "The code BJ-1003 stands in row 2 already.")]


def test_a_barcode_that_stands_twice_counts_once_however_long_it_is(tmp_path: Path) -> None:
    rows = {"条形码": "036000291452"}, {"商品编码": "B", "条形码": "0036000291452"}
    products, rejects = read_all(shop_list(tmp_path, *rows))
    assert len(products) == 1
    assert [one.reason for one in rejects] == ["The barcode 0036000291452 stands in row 2 already."]


def test_what_was_rejected_takes_no_code(tmp_path: Path) -> None:
    products, rejects = read_all(shop_list(tmp_path, {"售价": "x"}, {}))
    assert [one.row for one in products] == [3]
    assert [one.row for one in rejects] == [2]


def test_several_barcodes_with_how_many_they_stand_for(tmp_path: Path) -> None:
    made = read_one(shop_list(tmp_path, {"条形码": "6901234567892；16901234567899*6"}))
    assert made.variants[0].barcodes == (BarcodeDraft("6901234567892"), BarcodeDraft("16901234567899", 6))


@pytest.mark.parametrize(("size", "held"), [("6", 6), ("1*6", 6), ("12瓶/箱", 12), ("24.0", 24)])
def test_a_column_of_case_codes_with_a_column_of_their_size(tmp_path: Path, size: str, held: int) -> None:
    header = ["商品编码", "商品名称", "条形码", "箱码", "装箱数"]
    row = ["A", "云岭特酿", "6901234567892", "16901234567899", size]
    made = read_one(write_csv(tmp_path / "a.csv", header, [row]))
    assert made.variants[0].barcodes == (BarcodeDraft("6901234567892"), BarcodeDraft("16901234567899", held))


def test_further_barcodes_in_a_column_of_their_own(tmp_path: Path) -> None:
    header = ["商品编码", "商品名称", "条形码", "一品多码"]
    row = ["A", "云岭特酿", "6901234567892", "2100123456789 96385074"]
    made = read_one(write_csv(tmp_path / "a.csv", header, [row]))
    assert [one.code for one in made.variants[0].barcodes] == ["6901234567892", "2100123456789", "96385074"]


def test_a_pack_of_another_article(tmp_path: Path) -> None:
    header = ["商品编码", "商品名称", "单品编码", "包装含量"]
    rows = [["A6", "云岭特酿 整箱", "A", "6"], ["A2", "云岭特酿 双瓶装", "A", ""], ["A0", "云岭特酿 礼盒", "A", ""]]
    products, rejects = read_all(write_csv(tmp_path / "a.csv", header, rows))
    assert [(one.variants[0].pack_of, one.variants[0].pack_size) for one in products] == [("A", 6), ("A", 2)]
    assert [one.reason for one in rejects] == ["A pack of A, but no column and no name says how many it holds."]


def test_leading_zeros_and_what_a_spreadsheet_puts_around_numbers(tmp_path: Path) -> None:
    rows = [
        {"商品编码": '="00123"', "条形码": "'0036000291452"},
        {"商品编码": "\t00124", "条形码": ""},
        {"商品编码": "125.0", "条形码": "0"},
    ]
    products, rejects = read_all(shop_list(tmp_path, *rows))
    assert not rejects
    assert [one.variants[0].code for one in products] == ["00123", "00124", "125"]
    assert [[bar.code for bar in one.variants[0].barcodes] for one in products] == [["0036000291452"], [], []]


def test_sums_blank_rows_and_the_header_once_more_are_no_products(tmp_path: Path) -> None:
    rows = [*rows_of(LIST, BOTTLE), [""] * len(LIST), LIST, ["合计", *[""] * 14, "12"], ["", "", "小计"]]
    products, rejects = read_all(write_csv(tmp_path / "a.csv", LIST, rows, above=[["商品资料表"], []]))
    assert [one.row for one in products] == [4]
    assert not rejects


def test_a_price_of_nothing_is_no_price(tmp_path: Path) -> None:
    (article,) = read_one(shop_list(tmp_path, {"进价": "0.00", "最低售价": "0"})).variants
    assert (article.cost, article.floor, article.price) == (None, None, 409_00)


def test_a_short_row_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    assert read_one(write_csv(tmp_path / "a.csv", LIST, [["A", "", "云岭特酿"]])).variants[0].price is None


def test_typed_cells_of_a_workbook(tmp_path: Path) -> None:
    row = [
        "A",
        6901234567892.0,
        "云岭特酿",
        "",
        "",
        "",
        "",
        53,
        500.0,
        59.699999999999996,
        409,
        0.1 + 0.2,
        "",
        "",
        12.0,
    ]
    (article,) = read_one(write_xlsx(tmp_path / "a.xlsx", [LIST, row])).variants
    assert article.barcodes == (BarcodeDraft("6901234567892"),)
    assert (article.cost, article.price, article.floor, article.stock) == (59_70, 409_00, 30, 12)


def test_progress_is_told_and_may_stop_the_reading(tmp_path: Path) -> None:
    class StopError(Exception): ...

    heard: list[float] = []

    def tell(done: float) -> None:
        heard.append(done)
        if len(heard) == 2:
            raise StopError

    path = shop_list(tmp_path, *({"商品编码": f"A{n}", "条形码": ""} for n in range(6000)))
    with pytest.raises(StopError):
        list(read_products(detect_products(path), tell))
    assert 0 < heard[0] < heard[1] < 1


def test_the_same_file_gives_the_same_drafts(tmp_path: Path) -> None:
    path = shop_list(tmp_path, *({"商品编码": f"A{n % 40}", "条形码": ""} for n in range(60)))
    source = detect_products(path)
    first = list(read_products(source))
    assert list(read_products(source)) == first
    assert sum(isinstance(one, Reject) for one in first) == 20


def test_cells_that_a_csv_may_hold_do_not_stop_it(tmp_path: Path) -> None:
    nasty = [
        "\u202e倒",
        "=cmd|'/C calc'!A0",
        "\x00".strip("\x00"),
        "’" * 50,
        "9" * 400,
        "-",
        "１２３",
        "\ud83d\ude00"[:0],
    ]
    rows = [[cell] * len(LIST) for cell in nasty]
    path = tmp_path / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([LIST, *rows, [BOTTLE.get(name, "") for name in LIST]])
    products, _rejects = read_all(path)
    assert products[-1].name == BOTTLE["商品名称"]
