"""The order at the side: what waits for a decision about it, and a marked customer, are seen at once."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.services.access import Context
from app.services.approvals.proposals import ProposalDraft, propose
from app.services.customers.marks import flag_customer
from app.services.orders.amend import amend_order
from app.services.orders.detail import order_detail
from app.services.orders.rows import AmendDraft
from app.views.orders.detail import OrderDetailPanel
from app.views.orders.goods_view import CHANGED
from app.views.tasks import ImmediateTasks
from app.views.widgets.pill import Pill
from tests.services.approvals.making import agree
from tests.services.orders.making import Crew, accept, draft
from tests.views.conftest import Hear

OpenDetail = Callable[[Context, int], OrderDetailPanel]
WIDTH = 360


@pytest.fixture
def open_detail(qtbot: QtBot, hear: Hear, tasks: ImmediateTasks) -> OpenDetail:
    def open_(ctx: Context, order: int) -> OrderDetailPanel:
        panel = OrderDetailPanel(ctx, tasks, hear())
        qtbot.addWidget(panel)
        panel.resize(WIDTH, 700)
        panel.show()
        qtbot.waitExposed(panel)
        panel.show_order(order)
        return panel

    return open_


def words(panel: OrderDetailPanel) -> str:
    return " ".join(label.text() for label in panel.findChildren(QLabel) if label.isVisible())


def test_a_colleague_sees_what_was_proposed_about_the_order_and_its_customer(
    crew: Crew, open_detail: OpenDetail
) -> None:
    [order] = accept(crew, [draft()])
    panel = open_detail(crew.clerk, order)
    assert "is proposed" not in words(panel)
    facts = {"amount": 60_00, "reason": "老客户"}
    proposal = propose(crew.clerk, ProposalDraft("concession", order, "20261128-0001", facts, "老客户"))
    assert "Concession ¥\N{NO-BREAK SPACE}60.00 is proposed by 王敏 and waits for: Service lead" in words(panel)
    customer = order_detail(crew.clerk, order).customer.id
    propose(crew.clerk, ProposalDraft("bad_customer", customer, "x", {"reason": "拒收"}, "拒收"))
    assert "Bad customer is proposed by 王敏 and waits for: Department manager" in words(panel)
    agree(crew.lead, proposal)
    assert "Concession ¥" not in words(panel)
    assert "Bad customer is proposed" in words(panel)


def test_a_marked_customers_card_stays_readable(qtbot: QtBot, crew: Crew, open_detail: OpenDetail) -> None:
    [order] = accept(crew, [draft()])
    flag_customer(
        crew.manager, order_detail(crew.clerk, order).customer.id, "恶意大量拍下不付款，三次拒收，还给差评" * 3
    )
    panel = open_detail(crew.clerk, order)
    qtbot.waitUntil(lambda: panel.customer.width() <= WIDTH)
    name = next(one for one in panel.findChildren(QLabel) if one.text() == draft().person.name)
    assert name.height() < 2 * name.fontMetrics().height()
    assert "恶意大量拍下不付款" in words(panel)


def test_the_name_of_a_known_customer_stands_in_one_line(crew: Crew, open_detail: OpenDetail) -> None:
    one = draft()
    person = replace(one.person, name="欧阳志远")
    first, _second = accept(crew, [replace(one, person=person), replace(draft(2), person=person)])
    panel = open_detail(crew.clerk, first)
    assert "Known · 2" in [pill.text() for pill in panel.findChildren(Pill)]
    name = next(label for label in panel.findChildren(QLabel) if label.text() == person.name)
    QApplication.processEvents()  # the row has its room
    assert name.width() >= name.fontMetrics().horizontalAdvance(person.name)


def test_what_was_changed_last_year_is_told_to_the_minute(crew: Crew, open_detail: OpenDetail) -> None:
    [order] = accept(crew, [draft()])
    amend_order(crew.clerk, order, AmendDraft("写错了", name="陈立君"))
    crew.clock.advance(days=365)
    panel = open_detail(crew.clerk, order)
    panel.goods.sides.button(CHANGED).click()
    told = [label.text() for label in panel.goods.findChildren(QLabel)]
    assert any(text.startswith("2026-11-23 10:00 王敏: ") for text in told)
    assert "accepted 2026-11-23 10:00" in words(panel)
