"""The day of the office, whichever day it is elsewhere; days and moments as lists, details and papers say them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.clock import (
    OFFICE_ZONE,
    exact_moment,
    full_moment,
    full_period,
    office_day,
    office_time,
    short_day,
    short_days,
    short_moment,
    short_period,
    to_ms,
)
from tests.factories import FixedClock

TODAY = date(2026, 11, 29)


def at(*parts: int) -> int:
    """A moment of the office's clocks, as it is stored."""
    return to_ms(datetime(*parts, tzinfo=OFFICE_ZONE))  # type: ignore[arg-type,misc]  # year, month, day, hour, minute


def test_the_office_is_in_the_next_day_from_four_in_the_afternoon_utc() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    assert office_day(clock) == date(2026, 11, 23)
    clock.advance(minutes=1)
    assert office_day(clock) == date(2026, 11, 24)


def test_a_stored_moment_is_told_by_the_offices_clocks() -> None:
    stored = to_ms(datetime(2026, 12, 31, 16, 5, tzinfo=UTC))
    assert office_time(stored).isoformat() == "2027-01-01T00:05:00+08:00"
    assert short_moment(stored, TODAY) == "01-01 00:05"


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (TODAY, "11-29"),
        (date(2027, 1, 10), "01-10"),  # next year's, and near: no other one can be meant
        (date(2026, 6, 1), "06-01"),
        (date(2026, 5, 31), "2026-05-31"),  # half a year ago
        (date(2027, 5, 29), "05-29"),
        (date(2027, 5, 30), "2027-05-30"),  # half a year ahead
        (date(2026, 1, 10), "2026-01-10"),  # this year's, and not what "01-10" would be taken for
        (date(2025, 11, 29), "2025-11-29"),
        (date(2027, 11, 28), "2027-11-28"),
    ],
)
def test_a_day_has_its_year_from_half_a_year_on(day: date, told: str) -> None:
    assert short_day(day, TODAY) == told


def test_what_is_told_without_its_year_is_told_of_no_other_day() -> None:
    days = [TODAY + timedelta(days=away) for away in range(-800, 800)]
    assert len({short_day(day, TODAY) for day in days}) == len(days)


def test_a_day_is_near_over_new_year_in_both_directions() -> None:
    assert short_day(date(2026, 12, 31), date(2027, 1, 1)) == "12-31"
    assert short_day(date(2027, 1, 1), date(2026, 12, 31)) == "01-01"
    assert short_day(date(2025, 12, 31), date(2027, 1, 1)) == "2025-12-31"


@pytest.mark.parametrize(
    ("first", "last", "told"),
    [
        (date(2026, 12, 1), date(2026, 12, 1), "12-01"),
        (date(2025, 12, 1), date(2025, 12, 1), "2025-12-01"),
        (date(2026, 12, 30), date(2027, 1, 3), "12-30 — 01-03"),
        (date(2025, 12, 1), date(2025, 12, 4), "2025-12-01 — 12-04"),  # of the same year
        (date(2025, 12, 30), date(2026, 1, 3), "2025-12-30 — 2026-01-03"),
        (date(2026, 12, 1), date(2027, 6, 30), "2026-12-01 — 2027-06-30"),  # the last one alone is far
        (date(2026, 5, 4), date(2026, 11, 27), "2026-05-04 — 11-27"),
    ],
)
def test_days_in_a_row_say_each_year_once(first: date, last: date, told: str) -> None:
    assert short_days(first, last, TODAY) == told


def test_a_far_moment_of_a_list_is_its_day_and_no_wider_than_a_near_one() -> None:
    assert short_moment(at(2026, 11, 24, 8, 35), TODAY) == "11-24 08:35"
    assert short_moment(at(2025, 11, 24, 8, 35), TODAY) == "2025-11-24"
    assert short_moment(at(2026, 5, 31, 23, 59), TODAY) == "2026-05-31"
    assert short_moment(at(2026, 6, 1, 0, 0), TODAY) == "06-01 00:00"


def test_details_say_a_far_moment_to_the_minute() -> None:
    assert exact_moment(at(2026, 11, 24, 8, 35), TODAY) == "11-24 08:35"
    assert exact_moment(at(2025, 11, 24, 8, 35), TODAY) == "2025-11-24 08:35"
    assert full_moment(at(2026, 11, 24, 8, 35)) == "2026-11-24 08:35"


def test_a_far_period_of_a_list_is_its_days() -> None:
    near = at(2026, 12, 28, 9, 0), at(2027, 1, 3, 20, 0)
    far = at(2025, 11, 10, 9, 0), at(2025, 11, 12, 0, 0)
    assert short_period(*near, TODAY) == "12-28 09:00 — 01-03 20:00"
    assert short_period(*far, TODAY) == "2025-11-10 — 11-12"
    assert full_period(*far) == "2025-11-10 09:00 — 2025-11-12 00:00"
