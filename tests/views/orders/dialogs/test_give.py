"""Giving money at the desk: within the authority it is done, above it the same press proposes it."""

from app.services.approvals.queue import Desk, list_proposals
from app.services.orders.detail import order_detail
from app.services.orders.giving import authority_left
from app.services.orders.steps import confirm_order, log_contact
from app.views.orders.dialogs.give import GiveDialog
from app.views.widgets.reason_dialog import ReasonDialog
from tests.services.orders.making import REACHED, Crew, accept, draft
from tests.views.conftest import opened
from tests.views.orders.conftest import OpenPanel


def test_a_small_concession_is_given_at_once(crew: Crew, open_panel: OpenPanel) -> None:
    [order] = accept(crew, [draft()])
    panel = open_panel(crew.clerk)
    panel.show_order(order)
    panel.actions_.concede.trigger()
    dialog = opened(panel, "concession_dialog")
    assert isinstance(dialog, GiveDialog)
    dialog.amount.setValue(5)
    dialog.reason.setText("老客户")
    assert not dialog.proposes()
    dialog.button.click()
    assert not dialog.isVisible()
    assert authority_left(crew.clerk, order) == 5_00
    assert list_proposals(crew.lead, Desk.WAITING) == []


def test_a_larger_one_is_proposed_by_the_same_press(crew: Crew, open_panel: OpenPanel) -> None:
    [order] = accept(crew, [draft()])
    panel = open_panel(crew.clerk)
    panel.show_order(order)
    panel.actions_.concede.trigger()
    dialog = opened(panel, "concession_dialog")
    assert isinstance(dialog, GiveDialog)
    dialog.amount.setValue(60)
    assert (dialog.button.text(), "10.00" in dialog.amount.accessibleDescription()) == ("Propose", True)
    dialog.reason.setText("老客户")
    dialog.button.click()
    assert not dialog.isVisible()
    [waiting] = list_proposals(crew.lead, Desk.MINE)
    assert (waiting.kind, waiting.subject) == ("concession", order)
    assert authority_left(crew.clerk, order) == 10_00


def test_a_refund_is_noted_after_the_confirmation(crew: Crew, open_panel: OpenPanel) -> None:
    [order] = accept(crew, [draft()])
    panel = open_panel(crew.clerk)
    panel.show_order(order)
    assert not panel.actions_.refund.isEnabled()
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    panel.show_order(order)
    panel.actions_.refund.trigger()
    dialog = opened(panel, "refund_dialog")
    assert isinstance(dialog, GiveDialog)
    dialog.amount.setValue(8)
    dialog.button.click()
    assert dialog.form.error("reason")
    dialog.reason.setText("破损")
    dialog.button.click()
    told = [one.facts["amount"] for one in order_detail(crew.clerk, order).happenings if "amount" in one.facts]
    assert told == [8_00]


def test_customer_service_reports_a_bad_customer_and_the_manager_decides(crew: Crew, open_panel: OpenPanel) -> None:
    [order] = accept(crew, [draft()])
    panel = open_panel(crew.clerk)
    panel.show_order(order)
    panel.actions_.customer.flag.trigger()
    dialog = opened(panel, "reason_dialog")
    assert isinstance(dialog, ReasonDialog)
    dialog.reason.setText("三次拒收")
    dialog.button.click()
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    assert waiting.kind == "bad_customer"
    assert draft().person.name not in waiting.title
