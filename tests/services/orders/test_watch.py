"""The watchman: each stage once, one notice however many orders, and only inside service hours (rule O2)."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from app.clock import from_ms
from app.models.orders import OrderEvent
from app.services.duty.service_calendar import ServiceCalendar
from app.services.office import change_settings, office_settings
from app.services.orders.detail import order_detail
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import log_contact
from app.services.orders.watch import Notice, remind_due
from app.services.verify import verify
from tests.services.orders.making import REACHED, Crew, accept, draft

MORNING, AFTERNOON = (9 * 60, 12 * 60), (14 * 60, 18 * 60)
SHANGHAI = ServiceCalendar(
    weekly=((MORNING, AFTERNOON),) * 6 + ((),),
    closed=frozenset({date(2026, 11, 25)}),
    extra={date(2026, 11, 29): (MORNING,)},
)
NIGHT = ServiceCalendar(weekly=(((60, 240),),) * 7, zone=ZoneInfo("America/New_York"))


@pytest.mark.parametrize(
    ("calendar", "accepted", "told"),
    [
        # over the midday break; over the evening and a closed day; on Saturday, and Sunday is an extra working day
        (SHANGHAI, "2026-11-23T11:55", ["2026-11-23T14:01", "2026-11-23T14:03", "2026-11-23T14:05"]),
        (SHANGHAI, "2026-11-24T17:53", ["2026-11-24T17:59", "2026-11-26T09:01", "2026-11-26T09:03"]),
        (SHANGHAI, "2026-11-24T23:00", ["2026-11-26T09:06", "2026-11-26T09:08", "2026-11-26T09:10"]),
        (SHANGHAI, "2026-11-28T17:55", ["2026-11-29T09:01", "2026-11-29T09:03", "2026-11-29T09:05"]),
        # the hour that summer time leaves out, and the one that winter time has twice
        (NIGHT, "2026-03-08T01:53", ["2026-03-08T01:59", "2026-03-08T03:01", "2026-03-08T03:03"]),
        (NIGHT, "2026-11-01T01:55", ["2026-11-01T01:01+1", "2026-11-01T01:03+1", "2026-11-01T01:05+1"]),
    ],
)
def test_the_stages_over_breaks_closed_days_and_summer_time(
    crew: Crew, calendar: ServiceCalendar, accepted: str, told: list[str]
) -> None:
    settings = office_settings(crew.manager)
    change_settings(crew.manager, replace(settings, service_calendar=calendar.to_json()))
    crew.clock.time = moment(accepted, calendar)
    order = accept(crew, [draft()])[0]
    for stage, at in zip(("remind", "lead", "late"), told, strict=True):
        crew.clock.time = moment(at, calendar) - timedelta(milliseconds=1)
        assert remind_due(crew.clerk) == []
        crew.clock.advance(milliseconds=1)
        assert stages(remind_due(crew.clerk)) == [(stage, 1)]
    due = order_detail(crew.clerk, order).due
    assert due is not None
    assert from_ms(due) == crew.clock.now()


def moment(text: str, calendar: ServiceCalendar) -> datetime:
    """A time of the calendar's zone; "+1" is the second of two equal ones."""
    wall, _, second = text.partition("+")
    return datetime.fromisoformat(wall).replace(tzinfo=calendar.zone, fold=int(second or 0)).astimezone(UTC)


def test_an_attempt_begins_a_clock_with_stages_of_its_own(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    crew.clock.advance(minutes=10)
    assert stages(remind_due(crew.clerk)) == [("late", 1)]
    log_contact(crew.clerk, order, ContactDraft(Outcome.NO_ANSWER))
    assert remind_due(crew.clerk) == []
    for minutes, stage in ((6, "remind"), (2, "lead"), (2, "late")):
        crew.clock.advance(minutes=minutes)
        assert stages(remind_due(crew.clerk)) == [(stage, 1)]


def test_a_clock_turned_back_reminds_of_nothing_twice(crew: Crew) -> None:
    accept(crew, [draft()])
    crew.clock.advance(minutes=8)
    assert stages(remind_due(crew.clerk)) == [("lead", 1)]
    crew.clock.advance(hours=-1)
    assert remind_due(crew.clerk) == []
    crew.clock.advance(hours=1, minutes=1)
    assert remind_due(crew.clerk) == []


def test_many_that_come_due_at_once_are_one_notice_and_one_transaction(crew: Crew) -> None:
    ids = accept(crew, [draft(n) for n in range(1, 41)])
    crew.clock.advance(minutes=7)
    heard: list[frozenset[str]] = []
    crew.db.listen(heard.append)
    (notice,) = remind_due(crew.clerk)
    assert notice.order_ids == tuple(ids)
    assert len(heard) == 1
    assert verify(crew.clerk).ok


def stages(notices: list[Notice]) -> list[tuple[str, int]]:
    return [(notice.stage, notice.count) for notice in notices]


def test_fifty_orders_in_a_minute_make_one_notice(crew: Crew) -> None:
    accept(crew, [draft(n) for n in range(1, 51)])
    assert remind_due(crew.clerk) == []
    crew.clock.advance(minutes=6)
    assert stages(remind_due(crew.clerk)) == [("remind", 50)]


@pytest.mark.parametrize(
    ("minutes", "stage"), [(6, "remind"), (7.9, "remind"), (8, "lead"), (9.9, "lead"), (10, "late")]
)
def test_the_stages_of_the_clock(crew: Crew, minutes: float, stage: str) -> None:
    accept(crew, [draft()])
    crew.clock.advance(minutes=minutes)
    assert stages(remind_due(crew.clerk)) == [(stage, 1)]


def test_each_stage_is_told_once_whoever_looks(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    for minutes in (6, 2, 2):
        crew.clock.advance(minutes=minutes)
        assert len(remind_due(crew.clerk)) == 1
        assert remind_due(crew.colleague) == []
    crew.clock.advance(minutes=60)
    assert remind_due(crew.clerk) == []
    told = [h.facts["stage"] for h in order_detail(crew.clerk, order).happenings if h.kind is OrderEvent.REMINDED]
    assert told == [1, 2, 3]


def test_who_has_been_contacted_is_not_reminded_of(crew: Crew) -> None:
    order = accept(crew, [draft()])[0]
    crew.clock.advance(minutes=2)
    log_contact(crew.clerk, order, REACHED)
    crew.clock.advance(minutes=30)
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
