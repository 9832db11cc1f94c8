"""Moments beside a list and in it: the seconds of today, the day of what is near, the year of what is far."""

from datetime import UTC, datetime

from app.clock import OFFICE_ZONE, to_ms
from app.views.times import day_time, due_time, listed_day_time, listed_time, short_time

NOW = datetime(2027, 1, 3, 2, 0, tzinfo=UTC)  # 10:00 in the office
TODAY = to_ms(datetime(2027, 1, 3, 9, 42, 10, tzinfo=OFFICE_ZONE))
NEAR = to_ms(datetime(2026, 12, 30, 9, 42, 10, tzinfo=OFFICE_ZONE))
FAR = to_ms(datetime(2025, 12, 30, 9, 42, 10, tzinfo=OFFICE_ZONE))


def test_details_say_every_moment_exactly() -> None:
    assert [short_time(ms, NOW) for ms in (TODAY, NEAR, FAR)] == ["09:42:10", "12-30 09:42", "2025-12-30 09:42"]
    assert [due_time(ms, NOW) for ms in (TODAY, NEAR, FAR)] == ["09:42", "12-30 09:42", "2025-12-30 09:42"]
    assert [day_time(ms, NOW) for ms in (TODAY, NEAR, FAR)] == ["today 09:42:10", "12-30 09:42", "2025-12-30 09:42"]


def test_lists_say_of_a_far_moment_its_day() -> None:
    assert [listed_time(ms, NOW) for ms in (TODAY, NEAR, FAR)] == ["09:42", "12-30 09:42", "2025-12-30"]
    assert [listed_day_time(ms, NOW) for ms in (TODAY, NEAR, FAR)] == ["today 09:42:10", "12-30 09:42", "2025-12-30"]
