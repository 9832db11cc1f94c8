"""The catalog panel on a real office: found, entered, changed, proposed from the keyboard."""

import csv
from datetime import timedelta
from pathlib import Path

from PySide6.QtCore import QSettings, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.services.approvals.context import circumstances
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import VariantDraft
from app.services.catalog.queue import product_ids
from app.services.catalog.rows import ProductFilter, Shelf
from app.services.publishing.market import MarketNote, NoteKind, note_market
from app.views.catalog.price_dialog import PriceDialog
from app.views.catalog.product_dialog import ProductDialog
from app.views.catalog.stock_dialog import StockDialog
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.views.catalog.conftest import CTRL, Shop
from tests.views.conftest import Hear, opened


def test_a_product_stands_in_the_list_and_beside_it(shop: Shop) -> None:
    assert shop.names() == ["剑南春 水晶剑 52度 500ml"]
    for wanted in ("四川绵竹", "52% vol", "500 ml", "BJ-1003", "6901234567892", "¥\u00a0409.00", "6 × BJ-1003"):
        assert wanted in shop.words(), wanted


def test_a_search_goes_through_all_shelves_and_esc_ends_it(shop: Shop) -> None:
    shop.panel.queues.choose(Shelf.LISTED.value)
    assert shop.names() == []
    shop.panel.search("jnc")
    assert shop.names() == ["剑南春 水晶剑 52度 500ml"]
    shop.press(Qt.Key.Key_Escape)
    assert shop.names() == []
    assert not shop.panel.empty.isHidden()


def test_a_price_is_proposed_with_the_margin_as_one_types(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_P, CTRL)
    dialog = opened(shop.panel, "price_dialog")
    assert isinstance(dialog, PriceDialog)
    dialog.price.setValue(389)
    hint = dialog.price.accessibleDescription()
    assert "18.2% → 14.0%" in hint
    dialog.button.click()
    assert dialog.form.error("reason")
    dialog.reason.setText("竞品均价 386")
    QTest.keyClick(dialog.reason, Qt.Key.Key_Return)
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert (waiting.kind, waiting.reason) == ("price", "竞品均价 386")


def test_a_price_is_compared_with_what_competitors_ask(shop: Shop, crew: Crew) -> None:
    today = crew.clock.now().date()
    for name, price, days in (("京东自营", 386_00, 2), ("天猫超市", 420_00, 5), ("老店", 300_00, 40)):
        day = today - timedelta(days=days)
        note_market(crew.planner, MarketNote(day, NoteKind.PRICE, name, "剑南春", code="BJ-1003", price=price))
    shop.press(Qt.Key.Key_P, CTRL)
    dialog = opened(shop.panel, "price_dialog")
    assert isinstance(dialog, PriceDialog)
    dialog.price.setValue(400)
    model = dialog.comparison.table.model()
    shown = [[model.index(row, column).data() for column in (0, 1, 2)] for row in range(model.rowCount())]
    assert shown == [["京东自营", "386.00", "+3.6%"], ["天猫超市", "420.00", "-4.8%"]]
    assert "403.00" in dialog.reason.text()
    dialog.comparison.competitor.setText("苏宁")
    dialog.comparison.price.setValue(399)
    dialog.comparison.note.click()
    assert model.rowCount() == 3
    dialog.button.click()
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    told = {one.what: one.text for one in circumstances(crew.manager, waiting.kind, waiting.subject)}
    assert told["Competitors"].startswith("京东自营 ¥\u00a0386.00, 苏宁 ¥\u00a0399.00")


def test_a_price_below_the_floor_is_refused_in_the_dialog(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_P, CTRL)
    dialog = opened(shop.panel, "price_dialog")
    assert isinstance(dialog, PriceDialog)
    dialog.price.setValue(300)
    dialog.reason.setText("清仓")
    dialog.button.click()
    assert dialog.isVisible()
    assert dialog.strip.isVisible()
    assert list_proposals(crew.manager, Desk.WAITING) == []


def test_a_product_is_entered_and_a_double_is_warned_of(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_N, CTRL)
    dialog = opened(shop.panel, "product_dialog")
    assert isinstance(dialog, ProductDialog)
    dialog.button.click()
    assert dialog.form.error("name")
    dialog.lines["name"].setText("剑南春水晶剑 52° 500ML")
    dialog.lines["kind"].setText("白酒")
    dialog.articles.code.setText("BJ-2")
    dialog.articles.barcodes.setText("6901234567892×0")
    dialog.button.click()
    assert dialog.articles.form.error("barcodes")
    dialog.articles.barcodes.setText("6909999999996×6")
    dialog.articles.price.setValue(399)
    dialog.degree.setValue(52)
    dialog.button.click()
    assert dialog.isVisible()
    assert dialog.strip.isVisible()
    dialog.button.click()
    assert not dialog.isVisible()
    number = product_ids(crew.clerk, ProductFilter(text="BJ-2"))[0]
    detail = product_detail(crew.clerk, number)
    one = detail.articles[0]
    assert (detail.degree, one.price, one.barcodes) == (520, 399_00, (("6909999999996", 6),))


def test_a_product_is_changed_and_its_price_is_not(shop: Shop, crew: Crew) -> None:
    shop.press(Qt.Key.Key_Return)
    dialog = opened(shop.panel, "product_dialog")
    assert isinstance(dialog, ProductDialog)
    assert not dialog.articles.price.isEnabled()
    dialog.lines["origin"].setText("四川省绵竹市")
    dialog.articles.shelf.setText("C-01")
    dialog.articles.cost.setValue(300)
    dialog.button.click()
    assert not dialog.isVisible()
    number = product_ids(crew.clerk, ProductFilter())[0]
    detail = product_detail(crew.clerk, number)
    assert (detail.origin, detail.articles[0].shelf, detail.articles[0].cost) == ("四川省绵竹市", "C-01", 300_00)
    assert "四川省绵竹市" in shop.words()


def test_a_product_has_articles_packs_texts_and_pictures(qtbot: QtBot, shop: Shop, crew: Crew, tmp_path: Path) -> None:
    shop.press(Qt.Key.Key_N, CTRL)
    dialog = opened(shop.panel, "product_dialog")
    assert isinstance(dialog, ProductDialog)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.lines["name"].setText("剑南春 青花 53° ")
    QTest.keyClicks(dialog.lines["name"], "500ml")
    QTest.keyClick(dialog.lines["name"], Qt.Key.Key_Tab)
    assert dialog.lines["brand"].text() == "剑南春"  # read from the name
    assert (dialog.degree.text(), dialog.volume.text()) == ("53.0", "500")
    dialog.articles.code.setText("FJ-1")
    dialog.articles.price.setValue(398)
    dialog.articles._add.trigger()
    dialog.articles.code.setText("FJ-1-6")
    dialog.button.click()  # a pack of the first, of six, is proposed
    assert not dialog.isVisible()
    number = product_ids(crew.clerk, ProductFilter(text="FJ-1-6"))[0]
    detail = product_detail(crew.clerk, number)
    assert [(one.code, one.pack_of, one.pack_size) for one in detail.articles] == [
        ("FJ-1", "", 1),
        ("FJ-1-6", "FJ-1", 6),
    ]
    assert shop.panel.table.choose(number)
    shop.panel.actions_.change.trigger()
    dialog = opened(shop.panel, "product_dialog")
    assert isinstance(dialog, ProductDialog)
    dialog.texts.text.setPlainText("清香型")
    dialog.texts.channel.setCurrentIndex(dialog.texts.channel.findData("tmall"))
    assert dialog.texts.text.toPlainText() == ""
    dialog.texts.text.setPlainText("送礼佳品")
    picture, program = tmp_path / "瓶.png", tmp_path / "evil.png"
    QPixmap(40, 30).save(str(picture))
    program.write_bytes(b"MZ\x90\x00" * 50)
    dialog.pictures.keep([picture, program])
    assert dialog.strip.isVisible()
    assert len(dialog.pictures.digests()) == 1
    dialog.articles._add.trigger()
    dialog.articles.code.setText("FJ-2")
    dialog.articles.pack_of.setCurrentIndex(0)
    dialog.button.click()
    assert not dialog.isVisible()
    detail = product_detail(crew.clerk, number)
    assert detail.texts == {"": "清香型", "tmall": "送礼佳品"}
    assert (len(detail.pictures), [one.code for one in detail.articles]) == (1, ["FJ-1", "FJ-1-6", "FJ-2"])
    assert "All channels: 清香型\nTmall: 送礼佳品" in shop.words()  # a channel by its name, as where it is written


def test_an_article_of_an_imported_product_is_typed_in_its_currency(shop: Shop, crew: Crew) -> None:
    number = add(crew, name="清酒", variants=(VariantDraft("SAKE-1", price=1_500),), currency="JPY")
    assert shop.panel.table.choose(number)
    shop.panel.actions_.change.trigger()
    dialog = opened(shop.panel, "product_dialog")
    assert isinstance(dialog, ProductDialog)
    assert dialog.articles.price.text() == "1500 JPY"
    dialog.articles._add.trigger()
    dialog.articles.code.setText("SAKE-2")
    dialog.articles.price.setValue(2_800)
    dialog.button.click()
    assert not dialog.isVisible()
    articles = product_detail(crew.clerk, number).articles
    assert [(one.code, one.price, one.currency) for one in articles] == [
        ("SAKE-1", 1_500, "JPY"),
        ("SAKE-2", 2_800, "JPY"),
    ]


def test_the_list_is_taken_out_as_it_is_seen(shop: Shop, crew: Crew, tmp_path: Path) -> None:
    add(crew, name="别的", brand="", variants=(VariantDraft("X-1"),))
    shop.panel.search("jnc")
    shop.panel.actions_.export_file(tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert [row[3] for row in rows] == ["商家编码", "BJ-1003", "BJ-1003-6"]


def test_stock_is_booked_and_shown(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings
) -> None:
    add(crew)
    shop = Shop(qtbot, hear, crew, crew.specialist, tasks, settings)
    shop.panel.actions_.stock.trigger()
    dialog = opened(shop.panel, "stock_dialog")
    assert isinstance(dialog, StockDialog)
    dialog.button.click()
    assert dialog.form.error("quantity")
    dialog.quantity.setValue(120)
    dialog.button.click()
    assert not dialog.isVisible()
    [row] = [shop.panel.model.row_at(0)]
    assert row is not None
    assert row.available == 120


def test_who_may_not_is_shown_grey(
    qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings
) -> None:
    add(crew)
    shop = Shop(qtbot, hear, crew, crew.clerk, tasks, settings)
    actions = shop.panel.actions_
    assert not any(one.isEnabled() for one in (actions.add, actions.change, actions.price, actions.list, actions.stock))


def test_nothing_is_pushed_out_on_the_smallest_screen(qtbot: QtBot, shop: Shop, crew: Crew) -> None:
    for number in range(30):  # so many that the bar at the right takes its width
        add(crew, name=f"古越龙山 金五年 500ml×6 {number}", variants=(VariantDraft(f"HJ-{number}", price=168_00),))
    shop.panel.refresh()
    shop.panel.resize(992, 330)  # what the detail at the side leaves of 1,366
    table = shop.panel.table
    qtbot.waitUntil(lambda: table.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: table.horizontalHeader().length() <= table.viewport().width())
