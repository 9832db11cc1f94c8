"""Shopify and WooCommerce, as CSV and from their REST interfaces, made by hand in their own words."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.clock import from_ms
from app.services.intake.draft import LineDraft, PersonDraft, PlatformState
from tests.services.intake.making import columns, read_all, read_one, rows_of, write_csv

SHOPIFY = columns(
    "Name|Email|Financial Status|Paid at|Fulfillment Status|Currency|Subtotal|Shipping|Taxes|Total|Discount Code|"
    "Discount Amount|Created at|Lineitem quantity|Lineitem name|Lineitem price|Lineitem sku|Billing Name|"
    "Shipping Name|Shipping Address1|Shipping Address2|Shipping Company|Shipping City|Shipping Zip|Shipping Province|"
    "Shipping Country|Shipping Phone|Notes|Note Attributes|Cancelled at|Id|Shipping Province Name"
)
SHOPIFY_FIRST = {
    "Name": "#AA1001", "Email": "ann@example.com", "Financial Status": "paid", "Fulfillment Status": "unfulfilled",
    "Currency": "EUR", "Subtotal": "25.00", "Shipping": "4.90", "Taxes": "0.00", "Total": "27.40",
    "Discount Amount": "2.50", "Created at": "2026-05-14 11:23:45 +0100", "Lineitem quantity": "2",
    "Lineitem name": "Mug, blue", "Lineitem price": "10.00", "Lineitem sku": "MUG-B", "Shipping Name": "Ann Frost",
    "Shipping Address1": "1 High St", "Shipping City": "'s-Hertogenbosch", "Shipping Zip": "'85004",
    "Shipping Province": "NB", "Shipping Country": "NL", "Notes": "ring\ntwice", "Shipping Province Name": "Brabant",
}  # fmt: skip
SHOPIFY_NEXT = {"Name": "#AA1001", "Lineitem quantity": "1", "Lineitem name": "Plate", "Lineitem price": "5.00"}


def test_shopify(tmp_path: Path) -> None:
    rows = rows_of(SHOPIFY, SHOPIFY_FIRST, SHOPIFY_NEXT, SHOPIFY_NEXT, {"Lineitem quantity": "1", "Lineitem name": "?"})
    orders, rejects = read_all(write_csv(tmp_path / "orders_export.csv", SHOPIFY, rows))
    assert [(reject.row, reject.source_number) for reject in rejects] == [(5, "")]
    (order,) = orders
    assert (order.source_number, order.currency) == ("#AA1001", "EUR")
    assert (order.payable, order.paid, order.freight, order.discount) == (2740, 2740, 490, 250)
    assert from_ms(order.placed_at or 0).isoformat() == "2026-05-14T10:23:45+00:00"
    assert order.platform_state is PlatformState.PAID
    assert order.person == PersonDraft(
        name="Ann Frost",
        province="Brabant",
        city="'s-Hertogenbosch",
        address="1 High St, NL",
        postcode="85004",
        buyer="ann@example.com",
        message="ring twice",
    )
    # the exact duplicate row counts once
    assert [(line.sku, line.title, line.amount) for line in order.lines] == [
        ("MUG-B", "Mug, blue", 2000),
        ("", "Plate", 500),
    ]


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({"Cancelled at": "2026-05-15 09:00:00 +0100"}, PlatformState.CANCELLED),
        ({"Financial Status": "refunded", "Fulfillment Status": "fulfilled"}, PlatformState.CANCELLED),
        ({"Fulfillment Status": "fulfilled"}, PlatformState.SHIPPED),
        ({"Financial Status": "pending"}, PlatformState.UNPAID),
        ({"Financial Status": "something new"}, None),
    ],
)
def test_shopify_states(tmp_path: Path, changes: Mapping[str, str], state: PlatformState | None) -> None:
    path = write_csv(tmp_path / "a.csv", SHOPIFY, rows_of(SHOPIFY, {**SHOPIFY_FIRST, **changes}))
    assert read_one(path).platform_state is state


SHOPIFY_JSON: Mapping[str, Any] = {
    "id": 450789469, "name": "#1001", "currency": "USD", "financial_status": "authorized", "fulfillment_status": None,
    "cancelled_at": None, "created_at": "2026-01-10T11:00:00-05:00", "processed_at": None, "total_price": "409.94",
    "total_discounts": "0.00", "email": "bo@example.com", "note": None,
    "shipping_lines": [{"price": "5.00"}, {"price": "1.50"}],
    "shipping_address": {"name": "Bo Lund", "address1": "92 Chestnut", "address2": "", "city": "Lund", "zip": "40202",
                         "province": "Skåne", "country": "Sweden", "phone": "555-625-1199", "company": None},
    "line_items": [{"title": "Pod", "variant_title": "green", "sku": "POD-G", "quantity": 2, "price": "199.00"}],
    "fulfillments": [{"tracking_number": "1Z2345", "tracking_company": None}],
}  # fmt: skip


@pytest.mark.parametrize("wrap", ["order", "orders", "list", "bare"])
def test_shopify_json(tmp_path: Path, wrap: str) -> None:
    shapes = {"order": {"order": SHOPIFY_JSON}, "orders": {"orders": [SHOPIFY_JSON]}, "list": [SHOPIFY_JSON]}
    path = tmp_path / "orders.json"
    path.write_text(json.dumps(shapes.get(wrap, SHOPIFY_JSON)), encoding="utf-8")
    order = read_one(path)
    assert (order.channel, order.source_number, order.payable, order.paid) == ("shopify", "#1001", 40994, None)
    assert (order.freight, order.waybill, order.platform_state) == (650, "1Z2345", PlatformState.UNPAID)
    assert order.lines == (LineDraft("POD-G", "Pod", "green", 2, 19900, 39800),)
    assert order.person.address == "92 Chestnut, Sweden"
    assert from_ms(order.placed_at or 0).isoformat() == "2026-01-10T16:00:00+00:00"


WOO = columns(
    "Order Number|Order Status|Order Date|Customer Note|First Name (Billing)|Last Name (Billing)|Address 1&2 (Billing)|"
    "City (Billing)|Email (Billing)|Phone (Billing)|First Name (Shipping)|Last Name (Shipping)|Address 1&2 (Shipping)|"
    "City (Shipping)|State Code (Shipping)|Postcode (Shipping)|Country Code (Shipping)|Item #|SKU|Name|"
    "Product Variation|Quantity|Item Cost|Order Line (w/o tax)|Cart Discount Amount|Order Shipping Amount|"
    "Order Total Amount"
)
WOO_ITEM = {
    "Order Number": "727", "Order Status": "Processing", "Order Date": "2026-03-22 16:28", "First Name (Billing)": "Jo",
    "Last Name (Billing)": "Dahl", "Phone (Billing)": "(555) 555-5555", "Address 1&2 (Shipping)": "9 Market",
    "City (Shipping)": "Oslo", "Country Code (Shipping)": "NO", "Item #": "1", "SKU": "B3", "Name": "Shirt",
    "Quantity": "2", "Item Cost": "6.00", "Order Line (w/o tax)": "12.00", "Order Shipping Amount": "10.00",
    "Cart Discount Amount": "0.00", "Order Total Amount": "26.35",
}  # fmt: skip


def test_woocommerce(tmp_path: Path) -> None:
    cap = {"Item #": "2", "SKU": "", "Name": "Cap", "Quantity": "1", "Item Cost": "3", "Order Line (w/o tax)": "3.00"}
    rows = rows_of(WOO, WOO_ITEM, {**WOO_ITEM, **cap})
    order = read_one(write_csv(tmp_path / "orders-1.csv", WOO, rows))
    assert (order.payable, order.freight, order.platform_state) == (2635, 1000, PlatformState.PAID)
    assert order.person.name == "Jo Dahl"
    assert order.person.address == "9 Market, NO"
    assert [(line.title, line.price, line.amount) for line in order.lines] == [("Shirt", 600, 1200), ("Cap", 300, 300)]


def test_woocommerce_one_row_an_order(tmp_path: Path) -> None:
    header = columns("Order Number|Order Status|Order Date|Order Total Amount|SKU #1|Name #1|Quantity #1|Item Cost #1|"
                     "SKU #2|Name #2|Quantity #2|Item Cost #2")  # fmt: skip
    rows = [
        ["1", "completed", "2026-03-22", "15.00", "A", "Shirt", "2", "6.00", "B", "Cap", "1", "3.00"],
        ["2", "completed", "2026-03-22", "6.00", "A", "Shirt", "1", "6.00", "", "", "", ""],
    ]
    orders, rejects = read_all(write_csv(tmp_path / "wide.csv", header, rows))
    assert not rejects
    assert [[(line.sku, line.amount) for line in order.lines] for order in orders] == [
        [("A", 1200), ("B", 300)],
        [("A", 600)],
    ]


def test_woocommerce_json(tmp_path: Path) -> None:
    order = {
        "id": 727, "number": "727", "status": "processing", "currency": "USD", "discount_total": "0.00",
        "date_created_gmt": "2026-03-22T19:28:02", "date_paid_gmt": "2026-03-22T19:28:08", "shipping_total": "10.00",
        "total": "29.35", "customer_note": "", "billing": {"phone": "555", "email": "jo@example.com"},
        "shipping": {"first_name": "Jo", "last_name": "Dahl", "address_1": "9 Market", "city": "Oslo", "country": "NO"},
        "line_items": [{"name": "Ship &ndash; Black", "quantity": 2, "subtotal": "18.00", "sku": "", "price": 9}],
    }  # fmt: skip
    path = tmp_path / "orders.json"
    path.write_text(json.dumps([order, {**order, "number": "728", "date_paid_gmt": None}]), encoding="utf-8")
    (first, second), _rejects = read_all(path)
    assert (first.payable, first.paid, second.paid) == (2935, 2935, None)
    assert first.lines == (LineDraft("", "Ship – Black", "", 2, 900, 1800),)
    assert (first.row, second.row) == (1, 2)
    assert from_ms(first.placed_at or 0).isoformat() == "2026-03-22T19:28:02+00:00"
