"""Amazon, Square and Magento, made by hand in their own words, and every format by its own columns."""

from pathlib import Path

import pytest

from app.clock import from_ms
from app.errors import InputError
from app.services.intake.draft import LineDraft, PlatformState
from app.services.intake.errors import ItemsAloneError
from app.services.intake.formats import load_formats
from app.services.intake.read import detect
from tests.services.intake.making import columns, read_all, read_one, rows_of, write_csv

AMAZON = columns(
    "amazon-order-id|merchant-order-id|purchase-date|last-updated-date|order-status|fulfillment-channel|sales-channel|"
    "order-channel|url|ship-service-level|product-name|sku|asin|item-status|quantity|currency|item-price|item-tax|"
    "shipping-price|shipping-tax|gift-wrap-price|gift-wrap-tax|item-promotion-discount|ship-promotion-discount|"
    "ship-city|ship-state|ship-postal-code|ship-country|promotion-ids"
)
AMAZON_ITEM = {
    "amazon-order-id": "111-1234567-1234567", "purchase-date": "2026-06-17T08:04:21+00:00", "order-status": "Unshipped",
    "sales-channel": "Amazon.com", "product-name": '15" tray, oak', "sku": "TR-15", "item-status": "Unshipped",
    "quantity": "2", "currency": "USD", "item-price": "40.00", "item-tax": "3.20", "shipping-price": "5.00",
    "item-promotion-discount": "2.00", "ship-city": "Reno", "ship-state": "NV", "ship-country": "US",
}  # fmt: skip


def test_amazon_all_orders(tmp_path: Path) -> None:
    cancelled = {"sku": "X", "item-status": "Cancelled", "item-price": "9.00", "quantity": "1"}
    rows = ["\t".join(row) for row in [AMAZON, *rows_of(AMAZON, AMAZON_ITEM, {**AMAZON_ITEM, **cancelled})]]
    rows[2] = rows[2].rstrip("\t")  # trailing empty columns may be missing
    path = tmp_path / "orders.txt"
    path.write_text("\r\n".join(rows) + "\r\n", encoding="utf-8")
    order = read_one(path)
    assert (order.payable, order.freight, order.discount) == (4620, 500, 200)
    assert order.lines == (LineDraft("TR-15", '15" tray, oak', "", 2, 2000, 4000),)
    assert (order.platform_state, order.shop) == (PlatformState.PAID, "Amazon.com")


def test_amazon_unshipped(tmp_path: Path) -> None:
    header = columns("order-id|order-item-id|purchase-date|payments-date|buyer-email|buyer-name|buyer-phone-number|sku|"
                     "product-name|quantity-purchased|quantity-shipped|recipient-name|ship-address-1|ship-city|"
                     "ship-state|ship-postal-code|ship-country|delivery-Instructions")  # fmt: skip
    row = ["111-1234567-1234567", "1", "2026-06-17T08:04:21Z", "", "b@example.com", "Bo", "555", "TR-15", "Tray", "1",
           "0", "Bo Lund", "1 Elm", "Reno", "NV", "89501", "US", "back door"]  # fmt: skip
    order = read_one(write_csv(tmp_path / "unshipped.txt", header, [row], delimiter="\t"))
    assert (order.payable, order.paid, order.platform_state) == (0, None, PlatformState.PAID)
    assert (order.person.name, order.person.address, order.person.message) == ("Bo Lund", "1 Elm, US", "back door")


SQUARE = columns(
    "Date|Time|Time Zone|Category|Item|Qty|Price Point Name|SKU|Modifiers Applied|Gross Sales|Discounts|Net Sales|Tax|"
    "Transaction ID|Payment ID|Device Name|Notes|Details|Event Type|Location|Dining Option|Customer ID|Customer Name"
)
SQUARE_ITEM = {
    "Date": "01/31/17", "Time": "14:05:33", "Time Zone": "Eastern Time (US & Canada)", "Item": "Latte", "Qty": "2.0",
    "Price Point Name": "Large", "Gross Sales": "$8.00", "Discounts": "-$1.00", "Net Sales": "$7.00", "Tax": "$0.50",
    "Transaction ID": "tx1", "Event Type": "Payment", "Location": "Main St",
}  # fmt: skip


def test_square(tmp_path: Path) -> None:
    scone = {
        "Item": "Scone",
        "Qty": "1.0",
        "Gross Sales": "$3.00",
        "Discounts": "$0.00",
        "Net Sales": "$3.00",
        "Tax": "",
    }
    refund = {
        "Transaction ID": "tx2",
        "Event Type": "Refund",
        "Qty": "-1.0",
        "Gross Sales": "-$12.00",
        "Net Sales": "-$12.00",
    }
    rows = rows_of(SQUARE, SQUARE_ITEM, {**SQUARE_ITEM, **scone}, {**SQUARE_ITEM, **refund})
    (order,), (reject,) = read_all(write_csv(tmp_path / "items.csv", SQUARE, rows))
    assert (order.payable, order.discount, order.shop) == (1050, 100, "Main St")
    assert order.lines == (LineDraft("", "Latte", "Large", 2, 400, 800), LineDraft("", "Scone", "Large", 1, 300, 300))
    assert from_ms(order.placed_at or 0).isoformat() == "2017-01-31T19:05:33+00:00"
    assert (reject.row, reject.source_number) == (4, "tx2")
    assert "return" in reject.reason


def test_square_in_a_place_nobody_knows(tmp_path: Path) -> None:
    rows = rows_of(SQUARE, {**SQUARE_ITEM, "Time Zone": "Atlantis"})
    _orders, (reject,) = read_all(write_csv(tmp_path / "items.csv", SQUARE, rows))
    assert "Atlantis" in reject.reason


def test_magento(tmp_path: Path) -> None:
    header = columns(
        "ID|Purchase Point|Purchase Date|Bill-to Name|Ship-to Name|Grand Total (Base)|Grand Total (Purchased)|Status|"
        "Billing Address|Shipping Address|Customer Email|Subtotal|Shipping and Handling"
    )
    row = ["000000012", "Main Website\n  Main Store", "Nov 2, 2026 9:05:11 AM", "Jo Dahl", "", "$29.00", "$1,029.00",
           "Processing", "9 Market,Oslo", "", "jo@example.com", "1024", "5.0000"]  # fmt: skip
    order = read_one(write_csv(tmp_path / "export.csv", header, [row]))
    assert (order.source_number, order.payable, order.freight, order.lines) == ("000000012", 102900, 500, ())
    assert (order.person.name, order.person.address) == ("Jo Dahl", "9 Market,Oslo")
    assert from_ms(order.placed_at or 0).isoformat() == "2026-11-02T09:05:11+00:00"


def test_every_format_is_recognised_by_its_own_columns(tmp_path: Path) -> None:
    for known in load_formats():
        if known.json:
            continue
        header = [names[0] for names in known.required]
        path = write_csv(tmp_path / "a.csv", header, [["1"] * len(header)])
        try:
            assert detect([path]).format is known
        except ItemsAloneError:
            assert known.kind == "items"
        except InputError as error:
            pytest.fail(f"{known.name}: {error}")
