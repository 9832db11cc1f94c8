"""Calling a customer who is marked: the reason is read to its end and widens nothing."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.services.customers.marks import flag_customer
from app.services.orders.detail import order_detail
from app.services.orders.queue import queue_ids, queue_rows
from app.services.orders.rows import OrderFilter, Sort
from app.views.orders.dialogs.contact import ContactDialog
from app.views.tasks import ImmediateTasks
from tests.services.orders.making import Crew, accept, draft

REASON = "三次拒收后在平台恶意差评，并以此索要赔偿，电话中辱骂配送员"


def test_a_long_reason_of_a_mark_widens_nothing(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    [order] = accept(crew, [draft()])
    plain = ContactDialog(crew.clerk, tasks, order_detail(crew.clerk, order), [])
    flag_customer(crew.manager, order_detail(crew.clerk, order).customer.id, REASON * 3)
    marked = ContactDialog(crew.clerk, tasks, order_detail(crew.clerk, order), [])
    for dialog in (plain, marked):
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
    [reason] = [one for one in marked.findChildren(QLabel) if REASON in one.text()]
    assert reason.wordWrap()
    assert marked.width() == plain.width()


def test_what_the_customer_ordered_last_year_says_its_year(qtbot: QtBot, crew: Crew, tasks: ImmediateTasks) -> None:
    for number in (1, 2, 3):
        accept(crew, [draft(number)])
        crew.clock.advance(days=200)
    crew.clock.advance(days=-200)  # 2027-12-28
    history = queue_rows(crew.clerk, queue_ids(crew.clerk, OrderFilter(), Sort.NUMBER))
    dialog = ContactDialog(crew.clerk, tasks, order_detail(crew.clerk, history[-1].id), history)
    qtbot.addWidget(dialog)
    told = [one.text() for one in dialog.findChildren(QLabel)]
    assert [text.split()[0] for text in told if " To contact " in text] == ["2026-11-23", "2027-06-11"]
