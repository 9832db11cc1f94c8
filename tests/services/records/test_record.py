"""At 18:00 the day is sealed, backed up and on paper; what came later gets a supplement; what failed is made up for."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from app.clock import to_ms
from app.errors import CancelledError, PermissionDeniedError
from app.services.backups.manifest import check_backup
from app.services.customers.erasing import erase_customer
from app.services.intake.draft import PlatformState
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import cancel_order, claim_order, confirm_order, hold_order, log_contact
from app.services.records.record import FutureDayError, RecordResult, SealedMeanwhileError, record, record_due
from app.services.verify import verify
from tests.services.orders.making import REACHED, Crew, accept, draft
from tests.services.papers.reading import pages_of, text_of
from tests.services.proof.working import deliver, vandal

DAY = date(2026, 11, 23)
NO_ANSWER = ContactDraft(Outcome.NO_ANSWER)


def at(hour: int, minute: int = 0, day: int = 23) -> datetime:
    """A time of the office."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


def sealing(crew: Crew) -> list[dict[str, Any]]:
    with crew.db.reading() as conn:
        rows = conn.execute(text("SELECT content FROM entries WHERE kind = 'day.sealed' ORDER BY seq")).scalars()
        return [json.loads(content) for content in rows]


@pytest.fixture
def day(any_crew: Crew, tmp_path: Path) -> tuple[Crew, list[int]]:
    """A day with an order of each fate, up to 18:00."""
    crew = any_crew
    crew.clock.time = at(10)
    ids = accept(
        crew, [draft(1), draft(2, paid=1), draft(3, channel="jd"), draft(4, currency="USD"), draft(5), draft(6)]
    )
    crew.clock.advance(minutes=3)
    claim_order(crew.clerk, ids[0])
    log_contact(crew.clerk, ids[0], REACHED)
    confirm_order(crew.clerk, ids[0])
    crew.clock.advance(minutes=20)
    log_contact(crew.clerk, ids[2], ContactDraft(Outcome.REACHED, reason="电话占线"))
    hold_order(crew.clerk, ids[3], "等客户回电")
    cancel_order(crew.clerk, ids[4], "客户不要了")
    log_contact(crew.clerk, ids[5], ContactDraft(Outcome.NO_ANSWER, reason="同时来了几单"))
    crew.clock.time = at(18)
    return crew, ids


def test_the_sealing_entry_keeps_the_figures(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, _ = day
    done = record(crew.lead, DAY, tmp_path)
    (content,) = sealing(crew)
    assert content["counts"] == {
        "accepted": 6,
        "in_time": 1,
        "late": 4,  # two late attempts, two never tried
        "confirmed": 1,
        "held": 2,
        "cancelled": 1,
        "history": 0,
        "channels": {"tmall": 5, "jd": 1},
        "states": {"accepted": 3, "confirmed": 1, "contacted": 1, "cancelled": 1},
    }
    assert content["sums"] == {"CNY": 5 * 213_800, "USD": 213_800}
    assert (done.orders, done.totals) == (6, content["sums"])
    assert done.entries == content["last"] - content["first"] + 1
    assert (content["day"], content["supplement"], done.supplement) == ("2026-11-23", 0, 0)


def test_the_seal_proves_the_database(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, ids = day
    done = record(crew.lead, DAY, tmp_path)
    assert verify(crew.clerk, done.seal).ok
    with vandal(crew) as conn:
        conn.execute(text(f"UPDATE entries SET at = at + 1 WHERE seq = {ids[1]}"))
    assert verify(crew.clerk, done.seal).first_bad == ids[1]


def test_the_backup_holds_the_seal(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, _ = day
    done = record(crew.lead, DAY, tmp_path)
    manifest = check_backup(done.backup)
    assert manifest.proof == "ok"
    assert manifest.rows["seals"] == 1
    assert f"{manifest.entries:010d}" in done.seal


def test_the_paper_shows_the_day(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, _ = day
    done = record(crew.lead, DAY, tmp_path)
    words = text_of(done.pdf)
    for wanted in (done.seal, done.backup.name, "20261123-0001", "陈**", "139****0003", "电话占线", "同时来了几单",
                   "等客户回电", "客户不要了", "赵倩", "王敏", "云酒商行", "US$"):  # fmt: skip
        assert "".join(wanted.split()) in words
    assert "supplement" not in words
    assert "13900000003" not in words
    assert "Daily record 2026-11-23" in pages_of(done.pdf)[0]


def test_a_later_day_says_what_was_and_not_what_is(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    """A day made up for later stands as it stood when it ended."""
    crew, ids = day
    crew.clock.time = at(10, day=25)
    log_contact(crew.clerk, ids[1], ContactDraft(Outcome.REACHED, reason="昨天没人"))
    record(crew.lead, DAY, tmp_path)
    (content,) = sealing(crew)
    assert content["counts"]["accepted"] == 6
    assert content["counts"]["states"]["accepted"] == 3
    assert content["counts"]["late"] == 4
    assert content["as_of"] == to_ms(at(0, day=24))
    crew.clock.time = at(18, day=25)
    record(crew.lead, date(2026, 11, 25), tmp_path)
    late = sealing(crew)[1]["counts"]
    assert (late["accepted"], late["late"]) == (0, 4 - 2)  # reached late today, and one still waiting


def test_the_second_seal_covers_what_came_later(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, _ = day
    first = record(crew.lead, DAY, tmp_path)
    crew.clock.time = at(19)
    accept(crew, [draft(7), draft(8)])
    second = record(crew.lead, DAY, tmp_path)
    assert (second.orders, second.supplement) == (2, 1)
    assert second.pdf != first.pdf
    assert "supplement 1" in pages_of(second.pdf)[0]
    before, after = sealing(crew)
    assert after["first"] == before["last"] + 1
    assert verify(crew.clerk, first.seal).ok
    assert verify(crew.clerk, second.seal).ok


def test_an_empty_day_can_be_sealed(crew: Crew, tmp_path: Path) -> None:
    crew.clock.time = at(18)
    done = record(crew.lead, DAY, tmp_path)
    assert (done.orders, done.totals) == (0, {})
    assert done.pdf.is_file()
    assert verify(crew.clerk, done.seal).ok


def test_orders_of_the_past_are_counted_apart(crew: Crew, tmp_path: Path) -> None:
    accept(crew, [draft(1), draft(2)], history=True)
    accept(crew, [draft(3, platform_state=PlatformState.SHIPPED)])
    crew.clock.time = at(18)
    done = record(crew.lead, DAY, tmp_path)
    (content,) = sealing(crew)
    assert (done.orders, content["counts"]["history"]) == (1, 2)


def test_a_forgotten_customer_is_not_on_the_paper(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    (order,) = accept(crew, [draft(1)])
    deliver(crew, order)
    erase_customer(crew.program, order, "客户要求删除")
    done = record(crew.lead, DAY, tmp_path)
    words = text_of(done.pdf)
    assert "erased" in words
    assert "陈" not in words


def test_a_day_that_has_not_begun_is_refused(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(FutureDayError):
        record(crew.lead, date(2026, 11, 24), tmp_path)


def test_who_may_not_record_is_refused(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(PermissionDeniedError):
        record(crew.clerk, DAY, tmp_path)


def cancel_at(share: float) -> Any:
    def tell(done: float) -> None:
        if done >= share:
            raise CancelledError

    return tell


@pytest.mark.parametrize("share", [0.25, 0.6, 0.7])
def test_a_record_that_was_interrupted_is_finished_with_the_same_seal(
    day: tuple[Crew, list[int]], tmp_path: Path, share: float
) -> None:
    crew, _ = day
    with pytest.raises(CancelledError):
        record(crew.lead, DAY, tmp_path, cancel_at(share))
    assert len(sealing(crew)) == 1
    assert list(tmp_path.glob("*.pdf")) == []
    assert record_due(crew.manager, tmp_path) == []  # somebody may be at it
    crew.clock.advance(minutes=15)
    accept(crew, [draft(9)])
    (done,) = record_due(crew.manager, tmp_path)
    assert len(sealing(crew)) == 1
    assert (done.orders, done.supplement) == (6, 0)
    assert "赵倩" in text_of(done.pdf)  # who sealed, not who finished
    assert record_due(crew.lead, tmp_path) == []
    assert verify(crew.clerk, done.seal).ok


def test_of_two_programs_at_six_one_seals(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    crew.clock.time = at(18)

    def other(_share: float) -> None:
        if not sealing(crew):
            record(crew.manager, DAY, tmp_path / "manager")

    with pytest.raises(SealedMeanwhileError):
        record(crew.lead, DAY, tmp_path / "lead", other)
    assert len(sealing(crew)) == 1
    crew.clock.time = at(18, day=24)
    assert [one.day.day for one in record_due(crew.lead, tmp_path)] == [24]
    assert verify(crew.clerk).ok


def test_a_record_stopped_before_the_seal_leaves_nothing(day: tuple[Crew, list[int]], tmp_path: Path) -> None:
    crew, _ = day
    with pytest.raises(CancelledError):
        record(crew.lead, DAY, tmp_path, cancel_at(0.0))
    assert sealing(crew) == []


# What is due


def recorded_at(crew: Crew, time: datetime, out: Path) -> list[int]:
    """The days of the month that are put on record at a time."""
    crew.clock.time = time
    return [one.day.day for one in record_due(crew.lead, out)]


def test_today_is_due_from_six(crew: Crew, tmp_path: Path) -> None:
    assert recorded_at(crew, at(17, 59), tmp_path) == []
    assert recorded_at(crew, at(18), tmp_path) == [23]


def test_days_the_machine_was_off_are_made_up_for(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    crew.clock.time = at(12, day=25)
    accept(crew, [draft(2)])
    crew.clock.time = at(9, day=28)
    # the 24th and 26th had no orders; yesterday is sealed all the same
    done: Sequence[RecordResult] = record_due(crew.lead, tmp_path)
    assert [(one.day.day, one.orders) for one in done] == [(23, 1), (25, 1), (27, 0)]
    assert len({one.backup for one in done}) == 1
    assert all(verify(crew.clerk, one.seal).ok for one in done)
    assert recorded_at(crew, at(9, 1, day=28), tmp_path) == []


def test_the_evening_gets_its_supplement_the_next_day(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    crew.clock.time = at(18)
    record_due(crew.lead, tmp_path)
    crew.clock.time = at(20)
    accept(crew, [draft(2)])
    assert recorded_at(crew, at(23, 59), tmp_path) == []
    crew.clock.time = at(8, day=24)
    (done,) = record_due(crew.lead, tmp_path)
    assert (done.day, done.orders, done.supplement) == (DAY, 1, 1)
    assert recorded_at(crew, at(8, 5, day=24), tmp_path) == []


def test_a_quiet_evening_needs_no_supplement(crew: Crew, tmp_path: Path) -> None:
    accept(crew, [draft(1)])
    crew.clock.time = at(18)
    record_due(crew.lead, tmp_path)
    crew.clock.time = at(9, day=24)
    accept(crew, [draft(2)])
    assert recorded_at(crew, at(10, day=24), tmp_path) == []


def test_who_may_not_record_puts_nothing_on_record(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(PermissionDeniedError):
        record_due(crew.clerk, tmp_path)


def test_a_day_on_which_only_old_orders_went_on_is_made_up_for(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    (order,) = accept(crew, [draft(1)])
    crew.clock.time = at(18)
    record_due(crew.lead, tmp_path)
    crew.clock.time = at(11, day=24)
    cancel_order(crew.clerk, order, "客户不要了")
    assert recorded_at(crew, at(9, day=28), tmp_path) == [24, 27]


def test_a_record_pressed_in_the_morning_does_not_stand_for_the_one_at_six(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    crew.clock.time = at(11)
    record(crew.lead, DAY, tmp_path)
    assert recorded_at(crew, at(18), tmp_path) == []  # nothing has happened since
    crew.clock.time = at(15)
    accept(crew, [draft(2), draft(3)])
    assert recorded_at(crew, at(17, 59), tmp_path) == []
    crew.clock.time = at(18)
    (done,) = record_due(crew.lead, tmp_path)
    assert (done.orders, done.supplement) == (2, 1)
    assert recorded_at(crew, at(23), tmp_path) == []


def test_a_day_recorded_twice_says_everything_once(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    accept(crew, [draft(1)])
    crew.clock.time = at(18)
    first = record(crew.lead, DAY, tmp_path)
    crew.clock.advance(minutes=1)
    second = record(crew.lead, DAY, tmp_path)
    assert (first.orders, second.orders, second.supplement) == (1, 0, 1)
    assert first.pdf != second.pdf
    assert all(verify(crew.clerk, one.seal).ok for one in (first, second))


def test_the_years_end(any_crew: Crew, tmp_path: Path) -> None:
    crew = any_crew
    crew.clock.time = datetime(2026, 12, 31, 10, tzinfo=UTC)  # 18:00
    accept(crew, [draft(1)])
    assert [str(one.day) for one in record_due(crew.lead, tmp_path)] == ["2026-12-30", "2026-12-31"]
    crew.clock.time = datetime(2026, 12, 31, 15, 59, tzinfo=UTC)
    accept(crew, [draft(2)])
    crew.clock.time = datetime(2026, 12, 31, 16, 1, tzinfo=UTC)  # one minute into the new year
    accept(crew, [draft(3)])
    (supplement,) = record_due(crew.lead, tmp_path)
    assert (str(supplement.day), supplement.orders, supplement.supplement) == ("2026-12-31", 1, 1)
    crew.clock.time = datetime(2027, 1, 1, 10, tzinfo=UTC)
    (new,) = record_due(crew.lead, tmp_path)
    assert (str(new.day), new.orders) == ("2027-01-01", 1)
    assert "20270101" in new.seal
    assert verify(crew.clerk, new.seal).ok


@pytest.mark.parametrize("before", [1, 6, 20])
@pytest.mark.parametrize("after", [1, 13])
def test_a_clock_that_was_wrong_for_a_while_leaves_no_order_out(
    crew: Crew, tmp_path: Path, before: int, after: int
) -> None:
    """The clock runs a day ahead for five orders, and is put right again."""
    numbers = iter(range(1, 1_000))

    def take(count: int) -> None:
        for _ in range(count):
            accept(crew, [draft(next(numbers))])

    take(before)
    crew.clock.time = at(11, day=24)
    take(5)
    crew.clock.time = at(11)
    take(after)
    recorded: list[int] = []
    for day in (23, 24, 25):
        crew.clock.time = at(18, day=day)
        recorded += [one.orders for one in record_due(crew.lead, tmp_path)]
        crew.clock.time = at(20, day=day)
        take(2)
    assert sum(recorded) == before + 5 + after + 2 * 2
    assert verify(crew.clerk).ok


def test_a_clock_turned_back_seals_nothing_twice(crew: Crew, tmp_path: Path) -> None:
    accept(crew, [draft(1)])
    crew.clock.time = at(18)
    record_due(crew.lead, tmp_path)
    assert recorded_at(crew, at(17), tmp_path) == []
    assert recorded_at(crew, at(18, day=22), tmp_path) == []
    accept(crew, [draft(2)])
    crew.clock.time = at(18)
    late = record(crew.lead, DAY, tmp_path)
    assert (late.orders, late.supplement) == (1, 1)
