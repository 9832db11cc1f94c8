"""Customers: history, the manager's mark, being forgotten (rules C1, C3; DESIGN: erasure)."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.errors import NotFoundError, PermissionDeniedError
from app.services.customers import (
    OpenOrdersError,
    customer_orders,
    erase_customer,
    flag_customer,
    unflag_customer,
)
from app.services.orders.detail import order_detail
from app.services.orders.queue import queue_ids
from app.services.orders.rows import OrderFilter, Person, Queue
from app.services.orders.steps import cancel_order
from app.services.reasons import ReasonNeededError
from tests.services.orders.making import PERSON, Crew, accept, draft

SAME = replace(PERSON, phone="13900007777")


def test_a_customers_orders_newest_first_and_what_they_come_to(crew: Crew) -> None:
    made = accept(crew, [draft(1, person=SAME), draft(2, person=SAME, payable=900, paid=900), draft(3)])
    cancel_order(crew.clerk, made[1], "不要了")
    customer = order_detail(crew.clerk, made[0]).customer
    assert [row.id for row in customer_orders(crew.clerk, customer.id)] == [made[1], made[0]]
    assert (customer.orders, customer.spent) == (1, 213_800)


def test_only_the_manager_marks_a_customer_and_says_why(crew: Crew) -> None:
    order = accept(crew, [draft(person=SAME)])[0]
    number = order_detail(crew.clerk, order).customer.id
    with pytest.raises(PermissionDeniedError):
        flag_customer(crew.clerk, number, "拒收")
    with pytest.raises(ReasonNeededError):
        flag_customer(crew.manager, number, " ")
    flag_customer(crew.manager, number, "拒收")
    assert order_detail(crew.clerk, order).customer.flagged == "拒收"
    unflag_customer(crew.manager, number, "误会")
    assert order_detail(crew.clerk, order).customer.flagged == ""


def test_a_customer_that_is_not_there(crew: Crew) -> None:
    with pytest.raises(NotFoundError):
        flag_customer(crew.manager, 4242, "x")


def test_forgetting_takes_every_trace_but_the_chain(crew: Crew) -> None:
    order = accept(crew, [draft(person=SAME)])[0]
    cancel_order(crew.clerk, order, "不要了")
    number = order_detail(crew.clerk, order).customer.id
    erase_customer(crew.program, number, "客户来信要求")
    detail = order_detail(crew.clerk, order)
    assert detail.person == Person(erased=True)
    assert detail.row.name == detail.row.phone == ""
    assert list(queue_ids(crew.clerk, OrderFilter(queue=Queue.ALL, text="陈立群"))) == []
    with crew.db.reading() as conn:
        for table in ("personal", "customer_keys"):
            assert conn.execute(text(f"SELECT count(*) FROM {table}")).scalar() == 0
    fresh = accept(crew, [draft(2, person=SAME)])[0]
    assert order_detail(crew.clerk, fresh).customer.id != number


def test_nobody_is_forgotten_while_goods_are_to_be_delivered(crew: Crew) -> None:
    order = accept(crew, [draft(person=SAME)])[0]
    number = order_detail(crew.clerk, order).customer.id
    with pytest.raises(OpenOrdersError):
        erase_customer(crew.program, number, "x")
    with pytest.raises(PermissionDeniedError):
        erase_customer(crew.clerk, number, "x")
