"""The day of the office, whichever day it is elsewhere."""

from datetime import UTC, date, datetime

from app.clock import office_day
from tests.factories import FixedClock


def test_the_office_is_in_the_next_day_from_four_in_the_afternoon_utc() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 15, 59, tzinfo=UTC))
    assert office_day(clock) == date(2026, 11, 23)
    clock.advance(minutes=1)
    assert office_day(clock) == date(2026, 11, 24)
