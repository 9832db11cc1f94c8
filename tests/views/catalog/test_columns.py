"""The product list on the smallest screen: a barcode that serves as the code is read whole, nothing is pushed out."""

from dataclasses import replace

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.services.catalog.draft import VariantDraft
from app.services.catalog.rows import ProductSort
from app.views.catalog.columns import COLUMNS, sort_column
from app.views.theme import TEXT, font
from app.views.widgets.cells import PAD
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.catalog.conftest import Shop

SMALL_SCREEN = 1_004  # what a window of 1366 leaves the panel beside a product


def test_a_code_of_thirteen_digits_is_read_whole_on_the_smallest_screen(qtbot: QtBot, shop: Shop, crew: Crew) -> None:
    pack = VariantDraft("6909999999996-6", pack_of="6909999999996", pack_size=6)
    number = add(crew, name="奔富 407", variants=(VariantDraft("6909999999996", price=488_00), pack))
    for place in range(30):  # more than fit, so that the list has a scroll bar at its right
        add(crew, name=f"酒 {place}", variants=(VariantDraft(f"{6_900_000_000_000 + place}"),))
    panel, code = shop.panel, sort_column(ProductSort.NEWEST)
    panel.resize(SMALL_SCREEN, 560)
    assert panel.table.choose(number)
    qtbot.waitUntil(lambda: panel.table.current_row() is not None)
    row = panel.table.current_row()
    assert row is not None
    assert COLUMNS[code].text(row) == "6909999999996 +1"
    assert COLUMNS[code].in_full(row) == "6909999999996 and 1 more"
    room = panel.table.columnWidth(code) - 2 * PAD
    assert QFontMetrics(font(TEXT)).horizontalAdvance(COLUMNS[code].text(row)) <= room
    assert panel.table.horizontalScrollBar().maximum() == 0


def test_a_long_range_of_prices_is_read_whole_on_the_smallest_screen(qtbot: QtBot, shop: Shop, crew: Crew) -> None:
    one, dear = VariantDraft("K-1", price=1_068_00), VariantDraft("K-6", price=12_880_00)
    number = add(crew, name="奔富 407", variants=(one, dear))
    panel, price = shop.panel, sort_column(ProductSort.PRICE)
    panel.resize(SMALL_SCREEN, 560)
    assert panel.table.choose(number)
    qtbot.waitUntil(lambda: panel.table.current_row() is not None)
    row = panel.table.current_row()
    assert row is not None
    assert COLUMNS[price].text(row) == "1,068–12,880"
    assert COLUMNS[price].text(replace(row, price=68_50)) == "68.50–12,880.00"
    assert COLUMNS[price].text(replace(row, highest=row.price)) == "1,068.00"
    room = panel.table.columnWidth(price) - 2 * PAD
    assert QFontMetrics(font(TEXT)).horizontalAdvance(COLUMNS[price].text(row)) <= room
    assert panel.table.horizontalScrollBar().maximum() == 0
