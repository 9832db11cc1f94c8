"""The stock of a product: on hand, reserved and available beside it, and what has moved it."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.models.stock import Movement
from app.services.stock.movements import move_stock
from app.views.catalog.movements_dialog import MovementsDialog
from app.views.tasks import ImmediateTasks
from tests.services.catalog.making import BOTTLE, CASE, add
from tests.services.orders.making import Crew
from tests.services.stock.making import order, ship
from tests.views.catalog.conftest import CTRL, Shop
from tests.views.conftest import Hear, opened

CODE = BOTTLE.code


@pytest.fixture
def sold(qtbot: QtBot, hear: Hear, crew: Crew, tasks: ImmediateTasks, settings: QSettings) -> Shop:
    """Twenty bottles came, three were sold and shipped, two are promised; seen by somebody who only reads stock."""
    add(crew, variants=(replace(BOTTLE, floor=None), CASE))  # an order of a yuan each is not held then
    move_stock(crew.specialist, Movement.OPENING, [(CODE, 20)])
    ship(crew, order(crew, 1, {CODE: 3}))
    move_stock(crew.packer, Movement.RECEIPT, [(CODE, 6)], "晚到", "进货单 17")
    order(crew, 2, {CODE: 2})
    return Shop(qtbot, hear, crew, crew.clerk, tasks, settings)


def cells(dialog: MovementsDialog) -> list[list[str]]:
    model = dialog.table.model()
    return [[model.index(row, place).data() for place in range(1, 7)] for row in range(model.rowCount())]


def test_on_hand_reserved_and_available_stand_at_each_article(sold: Shop) -> None:
    texts = [one.text() for one in sold.detail.findChildren(QLabel)]
    for word, count in (("On hand", "23"), ("Reserved", "2"), ("Available", "21")):
        assert texts[texts.index(word) + 1] == count
    assert texts.count("On hand") == 2  # the case has its own


def test_what_has_moved_an_article_is_listed_with_who_and_why(sold: Shop) -> None:
    sold.press(Qt.Key.Key_M, CTRL)
    dialog = opened(sold.panel, "movements_dialog")
    assert isinstance(dialog, MovementsDialog)
    receipt, sale, opening = cells(dialog)
    assert receipt == ["Receipt", "+6", "23", "吴迪", "进货单 17", "晚到"]
    assert sale[:4] == ["Sale", "-3", "17", "吴迪"]
    assert sale[4].endswith("-0001")
    assert opening == ["Opening stock", "+20", "20", "刘洋", "", ""]
    told = " ".join(one.text() for one in dialog.findChildren(QLabel))
    assert "on hand 23, reserved 2, available 21 · 3 movements" in told
    dialog.article.setFocus()
    QTest.keyClick(dialog.article, Qt.Key.Key_Down)
    assert cells(dialog) == []
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


def test_the_way_there_is_in_the_menu_and_at_the_product(sold: Shop) -> None:
    more = next(one for one in sold.panel.findChildren(QPushButton) if one.menu() is not None)
    assert sold.panel.actions_.movements in more.menu().actions()
    sold.detail.set_actions(sold.panel.actions_)
    [button] = [one for one in sold.detail.findChildren(QPushButton) if one.text() == "Stock movements…"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert opened(sold.panel, "movements_dialog").isVisible()


def test_what_was_found_is_counted_while_somebody_searches(shop: Shop) -> None:
    assert shop.panel._summary.text() == "1 product"
    shop.panel.search("jnc")
    assert shop.panel._summary.text() == "1 product found"
    shop.panel.search("没有这样的酒")
    assert shop.panel._summary.text() == "0 products found"
    ended: list[bool] = []
    shop.panel.search_ended.connect(lambda: ended.append(True))
    shop.press(Qt.Key.Key_Escape)
    assert shop.panel._summary.text() == "1 product"
    assert ended
