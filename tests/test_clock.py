"""The day of the office, whichever day it is elsewhere."""

from datetime import UTC, date, datetime

from app.clock import office_day, office_time, short_moment, to_ms
from tests.factories import FixedClock


def test_the_office_is_in_the_next_day_from_four_in_the_afternoon_utc() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    assert office_day(clock) == date(2026, 11, 23)
    clock.advance(minutes=1)
    assert office_day(clock) == date(2026, 11, 24)


def test_a_stored_moment_is_told_by_the_offices_clocks() -> None:
    stored = to_ms(datetime(2026, 12, 31, 16, 5, tzinfo=UTC))
    assert office_time(stored).isoformat() == "2027-01-01T00:05:00+08:00"
    assert short_moment(stored) == "01-01 00:05"
