"""Column mappings: saved, checked, guessed, and used on real lines."""

import csv
import gzip
import json
import shutil
from collections import defaultdict
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from app.services.intake.draft import OrderDraft, PlatformState, Reject
from app.services.intake.errors import FileUnreadableError, MappingError, MissingColumnError
from app.services.intake.mapping import Mapping, format_of, load_mapping, save_mapping, suggest_mapping
from app.services.intake.read import Tally, detect, read_orders
from tests.services.intake.making import columns, read_one, write_csv
from tests.shared import shared_path

RETAIL = Mapping(
    "Online retail",
    "retail",
    {
        "source_number": ("InvoiceNo",),
        "placed_at": ("InvoiceDate",),
        "person.buyer": ("CustomerID",),
        "person.address": ("Country",),
        "line.sku": ("StockCode",),
        "line.title": ("Description",),
        "line.quantity": ("Quantity",),
        "line.price": ("UnitPrice",),
    },
    currency="GBP",
    timezone="Europe/London",
    history=True,
)
SHOP = Mapping(
    "Our shop",
    "own",
    {"source_number": ("单号",), "payable": ("合计", "总价"), "state": ("状态",), "placed_at": ("时间",)},
    state_words={"paid": ("已付", "待发*"), "cancelled": ("取消",)},
    dates=("%d/%m/%Y %H:%M",),
)


def test_a_mapping_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    for mapping in (RETAIL, SHOP):
        path = tmp_path / "mapping.json"
        save_mapping(path, mapping)
        assert load_mapping(path) == mapping
    assert json.loads(path.read_text(encoding="utf-8"))["columns"]["payable"] == ["合计", "总价"]


def test_a_mapping_is_a_format_like_any_other(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["单号", "总价", "状态", "时间"], [["1", "5", "待发货", "13/11/2026 10:00"]])
    order = read_one(path, mapping=SHOP)
    assert (order.channel, order.payable, order.platform_state) == ("own", 500, PlatformState.PAID)
    assert order.placed_at == 1794535200000
    assert format_of(RETAIL).history
    assert not format_of(SHOP).history


def test_a_mapped_column_that_is_missing_is_named(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", ["单号", "总价", "状态"], [["1", "5", "已付"]])
    with pytest.raises(MissingColumnError, match="时间"):
        detect([path], SHOP)


def test_a_mapping_reads_json_by_dotted_paths(tmp_path: Path) -> None:
    mapping = Mapping(
        "api",
        "own",
        {
            "source_number": ("id",),
            "person.city": ("to.city",),
            "line.title": ("rows[].name",),
            "line.quantity": ("rows[].n",),
        },
    )
    path = tmp_path / "a.json"
    data = {"orders": [{"id": 7, "to": {"city": "Oslo"}, "rows": [{"name": "A", "n": 1}, {"name": "B", "n": 2}]}]}
    path.write_text(json.dumps(data), encoding="utf-8")
    order = read_one(path, mapping=mapping)
    assert (order.source_number, order.person.city, len(order.lines)) == ("7", "Oslo", 2)


@pytest.mark.parametrize(
    ("mapping", "detail"),
    [
        (replace(SHOP, name=" "), "no name"),
        (replace(SHOP, channel="Our Shop"), "channel"),
        (replace(SHOP, currency="yuan"), "currency code"),
        (replace(SHOP, timezone="Mars/Olympus"), "Mars/Olympus"),
        (replace(SHOP, columns={**SHOP.columns, "colour": ("x",)}), "“colour” is no field"),
        (replace(SHOP, columns={**SHOP.columns, "shop": ("",)}), "“shop” names no column"),
        (replace(SHOP, columns={"payable": ("合计",)}, state_words={}), "order number"),
        (replace(SHOP, columns={**SHOP.columns, "line.title": ("x",)}), "quantity"),
        (replace(SHOP, columns={"source_number": ("单号",)}), "no column holds the state"),
        (replace(SHOP, state_words={"lost": ("x",)}), "“lost” is no state"),
        (replace(SHOP, dates=("%Q",)), "%Q"),
    ],
)
def test_a_mapping_that_cannot_work_says_why(tmp_path: Path, mapping: Mapping, detail: str) -> None:
    with pytest.raises(MappingError, match=detail):
        save_mapping(tmp_path / "a.json", mapping)
    with pytest.raises(MappingError, match=detail):
        format_of(mapping)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"name": "x"}', '{"name": 1, "channel": "x", "columns": {}}', "[" * 10_000,
             '{"name": "x", "channel": "x", "columns": {"source_number": [1]}}'],
)  # fmt: skip
def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError):
        load_mapping(path)
    with pytest.raises(FileUnreadableError):
        load_mapping(tmp_path / "gone.json")


def test_a_guess_at_english_columns() -> None:
    header = ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"]
    rows = [["536365", "85123A", "WHITE LANTERN", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"]]
    assert suggest_mapping(header, rows).columns == RETAIL.columns


def test_a_guess_at_chinese_columns() -> None:
    header = columns("序号|订单编号|下单时间|商品名称|规格|数量|单价|收货人|收货人手机号码|收货地址|备注")
    rows = [["1", "A1", "13/11/2026 10:00", "酒", "750ml", "2", "¥ 3.00", "王五", "138****0000", "浙江省杭州市", ""]]
    guess = suggest_mapping(header, rows)
    assert guess.columns == {
        "source_number": ("订单编号",),
        "placed_at": ("下单时间",),
        "line.title": ("商品名称",),
        "line.variant": ("规格",),
        "line.quantity": ("数量",),
        "line.price": ("单价",),
        "person.name": ("收货人",),
        "person.phone": ("收货人手机号码",),
        "person.address": ("收货地址",),
        "person.remark": ("备注",),
    }
    assert guess.dates == ("%d/%m/%Y %H:%M",)
    format_of(replace(guess, name="guessed"))


def test_a_guess_takes_no_column_that_cannot_be_read() -> None:
    header = ["单号", "数量", "合计金额", "下单时间"]
    assert suggest_mapping(header, [["1", "two", "much", "01/02/2026"]]).columns == {"source_number": ("单号",)}


def test_the_online_retail_lines(tmp_path: Path) -> None:
    packed = shared_path("data/online-retail/online_retail_2010-12_2011-08.csv.gz")
    expected = json.loads(shared_path("data/online-retail/expected_totals.json").read_text(encoding="utf-8"))
    path = tmp_path / "retail.csv"
    with gzip.open(packed) as source, path.open("wb") as target:
        shutil.copyfileobj(source, target)
    exact, rounded, bad = _added_up(path)
    assert exact == Decimal(expected["gross_total_excl_cancel"])

    tally = Tally()
    found = list(read_orders(detect([path], RETAIL), tally=tally))
    orders = {each.source_number: each for each in found if isinstance(each, OrderDraft)}
    rejects = {each.source_number for each in found if isinstance(each, Reject)}
    assert tally.lines == expected["lines"]
    assert len(orders) + len(rejects) == len(found) == expected["distinct_invoices"]
    assert rejects == bad
    assert sum(number.startswith("C") for number in rejects) == expected["cancel_invoices"]
    assert {number: order.payable for number, order in orders.items()} == rounded
    assert sum(len(order.lines) for order in orders.values()) == expected["lines"] - expected["qty_le_0"] - 2
    assert max(len(order.lines) for order in orders.values()) == expected["max_lines_per_invoice"]


def _added_up(path: Path) -> tuple[Decimal, dict[str, int], set[str]]:
    """By another way: the exact total without cancelled invoices, pence by good invoice, invoices with a minus."""
    exact = Decimal()
    pence: dict[str, int] = defaultdict(int)
    bad = set()
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            number, quantity, price = line["InvoiceNo"], int(line["Quantity"]), Decimal(line["UnitPrice"])
            if not number.startswith("C"):
                exact += quantity * price
            if quantity <= 0 or price < 0:
                bad.add(number)
            pence[number] += int((quantity * price * 100).quantize(Decimal(1), ROUND_HALF_UP))
    return exact, {number: amount for number, amount in pence.items() if number not in bad}, bad
