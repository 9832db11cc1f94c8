"""The queues: what stands where, how many, in what order, and what a search finds (rule O1)."""

from dataclasses import replace

import pytest

from app.services.orders.delivery import pick_order
from app.services.orders.queue import channels, desk_figures, queue_counts, queue_ids, queue_rows
from app.services.orders.rows import OrderFilter, Queue, Sort
from app.services.orders.steps import cancel_order, claim_order, confirm_order, hold_order, log_contact
from tests.services.orders.making import LINES, PERSON, REACHED, Crew, accept, draft

EVERY = OrderFilter(queue=Queue.ALL)


def ids(crew: Crew, wanted: OrderFilter, sort: Sort = Sort.CLOCK, descending: bool = False) -> list[int]:
    return list(queue_ids(crew.clerk, wanted, sort, descending))


def test_counts_follow_every_step(crew: Crew) -> None:
    a, b, c, d = accept(crew, [draft(n) for n in range(1, 5)])
    log_contact(crew.clerk, a, REACHED)
    confirm_order(crew.clerk, a)
    pick_order(crew.packer, a)
    log_contact(crew.clerk, b, REACHED)
    hold_order(crew.clerk, c, "等")
    cancel_order(crew.clerk, d, "不要了")
    counts = queue_counts(crew.clerk)
    assert {queue: count for queue, count in counts.items() if count} == {
        Queue.CONTACT: 1, Queue.CONFIRM: 1, Queue.SHIP: 1, Queue.HELD: 1, Queue.CANCELLED: 1, Queue.ALL: 4,
    }  # fmt: skip
    for queue, count in counts.items():
        assert len(ids(crew, OrderFilter(queue=queue))) == count


def test_the_longest_waiting_stands_first(crew: Crew) -> None:
    first = accept(crew, [draft(1)])
    crew.clock.advance(minutes=1)
    second = accept(crew, [draft(2)])
    assert ids(crew, OrderFilter()) == first + second
    assert ids(crew, EVERY) == second + first


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_every_column_sorts_and_loses_nothing(crew: Crew, sort: Sort, descending: bool) -> None:
    made = accept(crew, [draft(n, payable=n * 100, paid=n * 100) for n in range(1, 8)])
    assert sorted(ids(crew, EVERY, sort, descending)) == made


def test_amounts_sort_as_numbers(crew: Crew) -> None:
    made = accept(crew, [draft(n, payable=p, paid=p) for n, p in enumerate((900, 10_000, 2_000), 1)])
    assert ids(crew, EVERY, Sort.PAYABLE) == [made[0], made[2], made[1]]


def test_rows_come_in_the_order_asked_and_missing_ones_are_left_out(crew: Crew) -> None:
    made = accept(crew, [draft(1), draft(2)])
    assert [row.id for row in queue_rows(crew.clerk, [made[1], 10**6, made[0]])] == made[::-1]


def test_filters_narrow_together(crew: Crew) -> None:
    a, b, c = accept(crew, [draft(1), draft(2, channel="jd"), draft(3, channel="jd", payable=900, paid=900)])
    claim_order(crew.clerk, b)
    assert ids(crew, replace(EVERY, channel="jd")) == [c, b]
    assert ids(crew, replace(EVERY, channel="jd", mine=True)) == [b]
    assert ids(crew, replace(EVERY, unclaimed=True, most=1_000)) == [c]
    assert ids(crew, replace(EVERY, least=1_000, unclaimed=True)) == [a]
    assert channels(crew.clerk) == ["jd", "tmall"]


def test_late_is_what_runs_over_now_and_what_was_late(crew: Crew) -> None:
    a = accept(crew, [draft(1)])[0]
    crew.clock.advance(minutes=11)
    b = accept(crew, [draft(2)])[0]
    assert ids(crew, OrderFilter(late=True)) == [a]
    log_contact(crew.clerk, a, replace(REACHED, reason="忙"))
    assert ids(crew, replace(EVERY, late=True)) == [a]
    assert desk_figures(crew.clerk).late == 0
    crew.clock.advance(minutes=11)
    assert ids(crew, OrderFilter(late=True)) == [b]
    assert desk_figures(crew.clerk).late == 1


def test_by_the_day_of_acceptance(crew: Crew) -> None:
    a = accept(crew, [draft(1)])[0]
    today = crew.clock.now().date()
    crew.clock.advance(minutes=24 * 60)
    b = accept(crew, [draft(2)])[0]
    assert ids(crew, replace(EVERY, accepted_to=today)) == [a]
    assert ids(crew, replace(EVERY, accepted_from=crew.clock.now().date())) == [b]


@pytest.mark.parametrize(
    "text",
    ["陈", "立群", "陈立群", "clq", "2065", "13900002065", "五粮", "五粮液", "wly", "500ml", "0001", "20261123-0001",
     "33000000000000000001", "tb20650001", "陈立群 五粮液", "52度"],
)  # fmt: skip
def test_a_search_finds_the_order(crew: Crew, text: str) -> None:
    other = replace(PERSON, name="何晓梅", phone="13911119999", buyer="x9")
    wanted, _ = accept(
        crew,
        [
            draft(1, source_number="33000000000000000001", person=PERSON),
            draft(2, source_number="88888888", person=other, lines=(replace(LINES[0], title="东北黑木耳"),)),
        ],
    )
    assert ids(crew, replace(EVERY, text=text)) == [wanted]


@pytest.mark.parametrize("text", ["粮五", "液五粮", "zzzz", '"', "NEAR(", "*", "'; DROP TABLE orders", "9999 clq"])
def test_a_search_that_finds_nothing(crew: Crew, text: str) -> None:
    accept(crew, [draft(person=PERSON)])
    assert ids(crew, replace(EVERY, text=text)) == []


def test_a_search_and_a_filter_that_drops_the_newest_matches(crew: Crew) -> None:
    made = accept(crew, [draft(n, channel="jd" if n == 1 else "tmall") for n in range(1, 9)])
    wanted = replace(EVERY, text="五粮液", channel="jd")
    assert list(queue_ids(crew.clerk, wanted, Sort.NUMBER, descending=True, limit=2)) == [made[0]]


def test_today_by_currency_without_the_cancelled(crew: Crew) -> None:
    made = accept(crew, [draft(1), draft(2), draft(3, currency="USD", payable=500, paid=500)])
    cancel_order(crew.clerk, made[0], "不要了")
    figures = desk_figures(crew.clerk)
    assert (figures.today_orders, figures.today_payable, figures.waiting) == (2, {"CNY": 213_800, "USD": 500}, 2)
