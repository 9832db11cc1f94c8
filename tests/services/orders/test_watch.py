"""The watchman: each stage once, one notice however many orders, and only inside service hours (rule O2)."""

from datetime import UTC, datetime

import pytest

from app.models.orders import OrderEvent
from app.services.orders.detail import order_detail
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import log_contact
from app.services.orders.watch import Notice, remind_due
from tests.services.orders.making import Crew, accept, draft


def stages(notices: list[Notice]) -> list[tuple[str, int]]:
    return [(notice.stage, notice.count) for notice in notices]


def test_fifty_orders_in_a_minute_make_one_notice(crew: Crew) -> None:
    accept(crew, [draft(n) for n in range(1, 51)])
    assert remind_due(crew.clerk) == []
    crew.clock.later(6)
    assert stages(remind_due(crew.clerk)) == [("remind", 50)]


@pytest.mark.parametrize(
    ("minutes", "stage"), [(6, "remind"), (7.9, "remind"), (8, "lead"), (9.9, "lead"), (10, "late")]
)
def test_the_stages_of_the_clock(crew: Crew, minutes: float, stage: str) -> None:
    accept(crew, [draft()])
    crew.clock.later(minutes)
    assert stages(remind_due(crew.clerk)) == [(stage, 1)]


def test_each_stage_is_told_once_whoever_looks(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    for minutes in (6, 2, 2):
        crew.clock.later(minutes)
        assert len(remind_due(crew.clerk)) == 1
        assert remind_due(crew.colleague) == []
    crew.clock.later(60)
    assert remind_due(crew.clerk) == []
    told = [h.facts["stage"] for h in order_detail(crew.clerk, order).happenings if h.kind is OrderEvent.REMINDED]
    assert told == [1, 2, 3]


def test_who_has_been_contacted_is_not_reminded_of(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    crew.clock.later(2)
    log_contact(crew.clerk, order, ContactDraft(Outcome.REACHED))
    crew.clock.later(30)
    assert remind_due(crew.clerk) == []


def test_an_order_at_five_to_nine_is_late_at_twenty_five_to_nine_of_the_next_day(crew: Crew) -> None:
    crew.clock.time = datetime(2026, 11, 23, 12, 55, tzinfo=UTC)  # 20:55
    order = accept(crew, [draft()])[0]
    due = datetime(2026, 11, 24, 0, 35, tzinfo=UTC)  # 8:35
    assert order_detail(crew.clerk, order).due == int(due.timestamp() * 1000)
    crew.clock.time = datetime(2026, 11, 23, 22, 0, tzinfo=UTC)
    assert remind_due(crew.clerk) == []
    crew.clock.time = datetime(2026, 11, 24, 0, 34, tzinfo=UTC)
    assert stages(remind_due(crew.clerk)) == [("lead", 1)]
    crew.clock.time = due
    assert stages(remind_due(crew.clerk)) == [("late", 1)]
