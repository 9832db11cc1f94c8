"""Amendments are added: as ordered, as it stands, and what changed (rule O6)."""

from dataclasses import replace

import pytest

from app.errors import PermissionDeniedError
from app.models.orders import WrongStateError
from app.services.orders.amend import NothingChangedError, amend_order
from app.services.orders.delivery import check_out_order, pick_order, ship_order
from app.services.orders.detail import order_detail
from app.services.orders.queue import queue_ids
from app.services.orders.rows import AmendDraft, OrderFilter, Queue
from app.services.orders.steps import ClaimedError, claim_order, confirm_order, log_contact
from app.services.reasons import ReasonNeededError
from tests.services.orders.making import PERSON, REACHED, Crew, accept, draft


@pytest.fixture
def order(crew: Crew) -> int:
    return accept(crew, [draft()])[0]


def found(crew: Crew, text: str) -> list[int]:
    return list(queue_ids(crew.clerk, OrderFilter(queue=Queue.ALL, text=text)))


def test_both_addresses_remain_to_be_seen(crew: Crew, order: int) -> None:
    amend_order(crew.clerk, order, AmendDraft("客户搬家", address="车城路5号", district="张湾区"))
    detail = order_detail(crew.clerk, order)
    assert detail.person_as_ordered.address == PERSON.address
    assert (detail.person.district, detail.person.address) == ("张湾区", "车城路5号")
    assert {(c.field, c.before, c.after) for c in detail.changes} == {
        ("district", "茅箭区", "张湾区"),
        ("address", PERSON.address, "车城路5号"),
    }
    assert {(c.person, c.reason) for c in detail.changes} == {("王敏", "客户搬家")}


def test_an_amended_name_is_found_and_the_old_one_no_longer(crew: Crew, order: int) -> None:
    amend_order(crew.clerk, order, AmendDraft("收货人写错", name="欧阳静怡"))
    assert found(crew, "欧阳") == [order]
    assert found(crew, "oyjy") == [order]
    assert found(crew, "陈立群") == []


def test_a_completed_address_quiets_the_check(crew: Crew) -> None:
    order = accept(crew, [draft(person=replace(PERSON, district=""))])[0]
    assert [f.code for f in order_detail(crew.clerk, order).row.findings] == ["region"]
    amend_order(crew.clerk, order, AmendDraft("补区", district="茅箭区"))
    assert order_detail(crew.clerk, order).row.findings == ()


def test_amending_an_address_does_not_release_what_the_payment_holds(crew: Crew) -> None:
    order = accept(crew, [draft(paid=1, person=replace(PERSON, district=""))])[0]
    amend_order(crew.clerk, order, AmendDraft("补区", district="茅箭区"))
    assert order_detail(crew.clerk, order).row.held


def test_an_office_remark_is_an_amendment_too(crew: Crew, order: int) -> None:
    amend_order(crew.clerk, order, AmendDraft("客户电话里说", office_remark="送酒杯两只"))
    assert order_detail(crew.clerk, order).office_remark == "送酒杯两只"


def test_amending_nothing_is_refused(crew: Crew, order: int) -> None:
    with pytest.raises(NothingChangedError):
        amend_order(crew.clerk, order, AmendDraft("x", name=PERSON.name))
    with pytest.raises(ReasonNeededError):
        amend_order(crew.clerk, order, AmendDraft(" ", name="另一人"))


def test_not_while_somebody_else_has_it_nor_without_the_right_nor_after_shipping(crew: Crew, order: int) -> None:
    claim_order(crew.colleague, order)
    with pytest.raises(ClaimedError):
        amend_order(crew.clerk, order, AmendDraft("x", name="另一人"))
    with pytest.raises(PermissionDeniedError):
        amend_order(crew.packer, order, AmendDraft("x", name="另一人"))
    log_contact(crew.colleague, order, REACHED)
    confirm_order(crew.colleague, order)
    pick_order(crew.packer, order)
    check_out_order(crew.packer, order)
    ship_order(crew.packer, order, "自送", "1")
    with pytest.raises(WrongStateError):
        amend_order(crew.clerk, order, AmendDraft("x", name="另一人"))
