"""The format files: each is whole, and each knows the vintages of its report."""

import csv
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.i18n import set_language
from app.services.intake.errors import FormatError, ItemsAloneError, UnknownFormatError
from app.services.intake.formats import FORMATS_DIR, format_from, load_formats
from app.services.intake.read import detect
from tests.services.intake.making import read_one, write_csv
from tests.shared import shared_path

# Reports of formats.json that hold orders (or their goods) → the format that knows them.
REPORTS = {
    ("taobao_tmall", "ExportOrderList"): "taobao-orders",
    ("taobao_tmall", "ExportOrderDetailList"): "taobao-items",
    ("jd", "订单导出"): "jd",
    ("pinduoduo", "订单导出"): "pinduoduo",
    ("douyin", "订单导出"): "douyin",
    ("shopify", "orders_export.csv"): "shopify",
    ("woocommerce", "order CSV"): "woocommerce",
    ("amazon", "All Orders"): "amazon",
    ("amazon", "New orders"): "amazon-new",
    ("square", "Items detail"): "square",
    ("magento2", "sales order grid"): "magento",
}
LEAST: dict[str, Any] = {
    "channel": "x",
    "label": {"en": "X"},
    "currency": "CNY",
    "timezone": "Asia/Shanghai",
    "required": ["no"],
    "order": {"source_number": "no"},
}


def test_every_platform_is_there() -> None:
    assert {known.channel for known in load_formats()} == {
        "taobao", "jd", "pinduoduo", "douyin", "shopify", "woocommerce", "amazon", "square", "magento",
    }  # fmt: skip


@pytest.mark.parametrize("path", sorted(FORMATS_DIR.glob("*.toml")), ids=lambda path: path.stem)
def test_a_format_file_is_whole(path: Path) -> None:
    made = format_from(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)
    assert {"zh_CN", "en"} <= set(made.labels)
    names = {name for make in made.makes for name in make.made}
    used = {name for spec in made.fields.values() for name in spec.columns + spec.less}
    assert names - used <= {made.zone_column} | {column for make in made.makes for column in make.columns}


def test_the_label_is_in_the_language_in_use() -> None:
    known = next(known for known in load_formats() if known.name == "jd")
    set_language("en")
    assert known.label == "JD orders"


@pytest.mark.parametrize(
    "change",
    [
        {"order": {}},
        {"order": {"source_number": "no", "colour": "c"}},
        {"line": {"title": "t"}},
        {"timezone": "Nowhere/Land"},
        {"rows": "column"},
        {"kind": "customers"},
        {"dates": ["%Q"]},
        {"surprise": 1},
        {"required": [1]},
        {"row_sums": ["sku"]},
        {"states": [{"column": "s", "lost": ["x"]}]},
        {"make": [{"split": "a", "into": "b", "patterns": ["("]}]},
        {"make": [{"into": "b"}]},
    ],
)
def test_a_format_file_that_says_something_impossible_is_refused(change: dict[str, Any]) -> None:
    assert format_from(LEAST, "x").name == "x"
    with pytest.raises(FormatError, match="x"):
        format_from({**LEAST, **change}, "x")


def test_a_new_platform_is_one_new_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = """
        channel = "youzan"
        label = { zh_CN = "有赞", en = "Youzan" }
        currency = "CNY"
        timezone = "Asia/Shanghai"
        rows = "item"
        required = ["有赞单号", "品名", "件数"]
        order = { source_number = "有赞单号", waybill = "parcel.number" }
        line = { title = "品名", quantity = "件数" }
        [[make]]
        split = ["快递"]
        into = "parcel"
        patterns = ['(?P<number>[0-9]+)/.*']
    """
    (tmp_path / "youzan.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr("app.services.intake.formats.FORMATS_DIR", tmp_path)
    load_formats.cache_clear()
    try:
        path = write_csv(tmp_path / "a.csv", ["品名", "有赞单号", "快递", "件数"], [["酒", "E1", "88/中通", "2"]])
        order = read_one(path)
    finally:
        load_formats.cache_clear()
    assert (order.channel, order.source_number, order.waybill, order.lines[0].title) == ("youzan", "E1", "88", "酒")


def test_every_known_vintage_is_recognised(tmp_path: Path) -> None:
    listed = json.loads(shared_path("data/order-formats/formats.json").read_text(encoding="utf-8"))["formats"]
    met = set()
    for report in listed:
        wanted = _wanted(report)
        for vintage in report["headers"]:
            met.add(wanted)
            assert _recognised(tmp_path, report["platform"], vintage["columns"]) == wanted, vintage["vintage"]
    assert met == {*REPORTS.values(), "unknown"}


def _wanted(report: dict[str, Any]) -> str:
    keys = [key for key in REPORTS if key[0] == report["platform"] and report["report"].startswith(key[1])]
    return REPORTS[keys[0]] if keys else "unknown"


def _recognised(folder: Path, platform: str, columns: list[str]) -> str:
    path = folder / "a.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter="\t" if platform == "amazon" else ",")
        writer.writerows([columns, ["1"] * len(columns)])
    try:
        return detect([path]).format.name
    except ItemsAloneError:
        return "taobao-items"
    except UnknownFormatError:
        return "unknown"


def test_the_samples_of_rest_interfaces_are_recognised() -> None:
    folder = shared_path("data/order-formats")
    found = {}
    for path in sorted(folder.glob("*/*.json")):
        try:
            found[path.stem] = detect([path]).format.name
        except UnknownFormatError:
            found[path.stem] = "unknown"
    orders = {stem: name for stem, name in found.items() if name != "unknown"}
    assert orders == {
        "go-shopify_order": "shopify-json",
        "shopify_python_api_order": "shopify-json",
        "orders_00": "woocommerce-json",
        "orders_02": "woocommerce-json",
        "orders_04": "woocommerce-json",
    }
