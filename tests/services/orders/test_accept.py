"""Acceptance: number, customer, checks, index — and what a second look at the same draft says (rules O1, O3, O6)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from app.models.customers import personal
from app.models.orders import orders
from app.services.customers.marks import flag_customer
from app.services.intake.draft import LineDraft, PersonDraft
from app.services.orders.detail import order_detail
from app.services.orders.prepared import customer_key, prepare
from app.services.orders.queue import queue_rows
from app.services.orders.rows import OrderRow
from tests.services.orders.making import LINES, PERSON, Crew, accept, draft

PEPPER = b"p" * 32


def rows(crew: Crew, ids: list[int]) -> list[OrderRow]:
    return queue_rows(crew.clerk, ids)


def codes(row: OrderRow) -> list[str]:
    return [finding.code for finding in row.findings]


def test_numbers_run_through_the_office_day(crew: Crew) -> None:
    first = rows(crew, accept(crew, [draft(1), draft(2)]))
    again = rows(crew, accept(crew, [draft(3)]))
    crew.clock.advance(minutes=24 * 60)
    next_day = rows(crew, accept(crew, [draft(4)]))
    assert [r.number for r in first + again + next_day] == [
        "20261123-0001", "20261123-0002", "20261123-0003", "20261124-0001",
    ]  # fmt: skip


def test_a_correct_order_has_nothing_to_find(crew: Crew) -> None:
    row = rows(crew, accept(crew, [draft()]))[0]
    assert codes(row) == []
    assert not row.held


def test_a_payment_that_does_not_match_holds_the_order(crew: Crew) -> None:
    row = rows(crew, accept(crew, [draft(paid=207_800)]))[0]
    assert codes(row) == ["payment"]
    assert row.findings[0].facts == {"paid": 207_800, "payable": 213_800}
    assert row.held


def test_what_the_platform_does_not_say_is_not_compared(crew: Crew) -> None:
    detail = order_detail(crew.clerk, accept(crew, [draft(paid=None)])[0])
    assert not detail.row.held
    assert "payment" not in {check.code for check in detail.checks}


def test_floor_prices_are_absent_until_the_catalog_brings_them(crew: Crew) -> None:
    without = order_detail(crew.clerk, accept(crew, [draft()])[0])
    assert "floor" not in {check.code for check in without.checks}
    row = rows(crew, accept(crew, [draft(2)], floor_price=lambda sku: 110_000 if sku == "BJ-1001" else None))[0]
    assert codes(row) == ["floor"]
    assert row.held


def test_an_address_without_district_and_a_broken_phone_are_found_and_do_not_hold(crew: Crew) -> None:
    person = replace(PERSON, district="", phone="12345")
    row = rows(crew, accept(crew, [draft(person=person)]))[0]
    assert set(codes(row)) == {"region", "phone"}
    assert not row.held


def test_the_same_customer_and_goods_within_thirty_minutes(crew: Crew) -> None:
    person = replace(PERSON, phone="13900007777")
    first = accept(crew, [draft(1, person=person)])
    crew.clock.advance(minutes=29)
    second = accept(crew, [draft(2, person=person)])
    crew.clock.advance(minutes=31)
    third = accept(crew, [draft(3, person=person)])
    number = rows(crew, first)[0].number
    assert codes(rows(crew, second)[0]) == ["doubled"]
    assert rows(crew, second)[0].findings[0].facts == {"number": number}
    assert codes(rows(crew, third)[0]) == []


def test_doubled_orders_in_one_batch_and_other_goods(crew: Crew) -> None:
    person = replace(PERSON, phone="13900007777")
    other = (LineDraft("SP-5001", "东北黑木耳 250g", "", 1, 4_900, 4_900),)
    ids = accept(crew, [draft(1, person=person), draft(2, person=person), draft(3, person=person, lines=other)])
    assert [codes(row) for row in rows(crew, ids)] == [[], ["doubled"], []]


def test_orders_of_a_flagged_customer_say_why(crew: Crew) -> None:
    person = replace(PERSON, phone="13900008888")
    first = accept(crew, [draft(1, person=person)])[0]
    flag_customer(crew.manager, order_detail(crew.clerk, first).customer.id, "三次拒收")
    crew.clock.advance(minutes=40)
    second = rows(crew, accept(crew, [draft(2, person=person)]))[0]
    assert codes(second) == ["flagged"]
    assert second.findings[0].facts == {"reason": "三次拒收"}


def test_an_unusual_quantity(crew: Crew) -> None:
    lines = (replace(LINES[0], quantity=60),)
    assert codes(rows(crew, accept(crew, [draft(lines=lines)]))[0]) == ["quantity"]


def test_orders_of_the_past_have_no_clock_and_no_checks(crew: Crew) -> None:
    row = rows(crew, accept(crew, [draft(paid=1)], history=True))[0]
    assert (row.clock_from, codes(row), row.held) == (None, [], False)


@pytest.mark.parametrize("phone", ["暂无", "-", "见备注", "110", "０"])
def test_what_is_no_number_makes_no_two_people_one(crew: Crew, phone: str) -> None:
    named = (("张三", "a"), ("李四", "b"), ("王五", ""), ("赵六", ""))
    people = [replace(PERSON, name=name, phone=phone, buyer=buyer) for name, buyer in named]
    made = accept(crew, [draft(number, person=person) for number, person in enumerate(people, 1)])
    assert len({order_detail(crew.clerk, order).customer.id for order in made}) == 4


def test_one_customer_by_phone_whatever_the_shop(crew: Crew) -> None:
    person = replace(PERSON, phone="139 0000 7777")
    ids = accept(crew, [draft(1, person=person), draft(2, channel="jd", person=replace(person, phone="13900007777"))])
    numbers = {order_detail(crew.clerk, order).customer.id for order in ids}
    assert len(numbers) == 1


def test_masked_phones_do_not_make_one_customer(crew: Crew) -> None:
    one, two = replace(PERSON, phone="139****7777", buyer="a"), replace(PERSON, phone="139****7777", buyer="b")
    ids = accept(crew, [draft(1, person=one), draft(2, person=two)])
    assert len({order_detail(crew.clerk, order).customer.id for order in ids}) == 2
    assert customer_key(PEPPER, "taobao", PersonDraft(phone="139****7777")) is None


def test_the_same_platform_number_is_not_accepted_twice(crew: Crew) -> None:
    accept(crew, [draft()])
    with pytest.raises(Exception, match="exists already"):
        accept(crew, [draft()])


def test_no_clear_personal_value_enters_the_ledger(crew: Crew) -> None:
    accept(crew, [draft()])
    with crew.db.reading() as conn:
        contents = " ".join(conn.execute(text("SELECT content FROM entries")).scalars())
    for value in (PERSON.name, "13900000001", "北京中路", "tb00000001", PERSON.message, PERSON.remark):
        assert value not in contents


def test_the_database_itself_refuses_to_rewrite_personal_fields(crew: Crew) -> None:
    accept(crew, [draft()])
    with pytest.raises(DBAPIError, match="never changed"), crew.db.writing() as conn:
        conn.execute(personal.update().values(name="x"))


def test_a_failed_acceptance_leaves_nothing(crew: Crew) -> None:
    with pytest.raises(Exception, match="exists already"):
        accept(crew, [draft(1), draft(2), draft(1)])
    with crew.db.reading() as conn:
        assert conn.execute(select(orders.c.id)).all() == []
        assert conn.execute(text("SELECT count(*) FROM entries WHERE kind LIKE 'order.%'")).scalar() == 0


fields = st.builds(
    PersonDraft,
    name=st.text(max_size=6),
    phone=st.text(max_size=6),
    buyer=st.text(max_size=6),
    message=st.text(max_size=9),
)


@given(fields, fields)
def test_the_digest_tells_two_people_apart_exactly(one: PersonDraft, two: PersonDraft) -> None:
    a, b = prepare(PEPPER, draft(person=one)), prepare(PEPPER, draft(person=two))
    assert (a.digest == b.digest) == (a.person == b.person)
    assert a.digest != prepare(b"q" * 32, draft(person=one)).digest
