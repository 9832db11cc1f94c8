"""Customers: history, the manager's mark, being forgotten (rules C1, C3; DESIGN: erasure)."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from app.errors import NotFoundError, PermissionDeniedError
from app.models.orders import OrderEvent
from app.services.customers.erasing import OpenOrdersError, erase_customer
from app.services.customers.history import customer_orders
from app.services.customers.marks import flag_customer, unflag_customer
from app.services.orders.detail import order_detail
from app.services.orders.queue import queue_ids, queue_rows
from app.services.orders.rows import OrderFilter, Person, Queue
from app.services.orders.steps import cancel_order
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
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


def found(crew: Crew, ids: list[int]) -> list[set[str]]:
    return [{finding.code for finding in row.findings} for row in queue_rows(crew.clerk, ids)]


def test_orders_still_to_be_confirmed_say_at_once_that_their_customer_is_marked(any_crew: Crew) -> None:
    crew = any_crew
    first, short, cancelled = accept(
        crew, [draft(1, person=SAME), draft(2, person=SAME, paid=1), draft(3, person=SAME)]
    )
    [other] = accept(crew, [draft(9)])
    cancel_order(crew.clerk, cancelled, "不要了")
    ids = [first, short, cancelled, other]
    before, customer = found(crew, ids), order_detail(crew.clerk, first).customer.id
    flag_customer(crew.manager, customer, "拒收")
    mark = {"flagged"}
    assert found(crew, ids) == [before[0] | mark, before[1] | mark, before[2], before[3]]
    assert [row.held for row in queue_rows(crew.clerk, ids)] == [False, True, False, False]
    for order in (first, cancelled):  # what is known of the customer today is said of every order
        assert [one.fired for one in order_detail(crew.clerk, order).checks if one.code == "flagged"] == [True]
    last = order_detail(crew.clerk, first).happenings[-1]
    assert (last.person, last.kind) == ("掌柜", OrderEvent.CHECKED)
    unflag_customer(crew.manager, customer, "误会")
    assert found(crew, ids) == before
    assert [row.held for row in queue_rows(crew.clerk, ids)] == [False, True, False, False]
    assert verify(crew.lead).ok


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
