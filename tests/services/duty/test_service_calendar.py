"""The service calendar: rule O2's ten minutes over rule D1's hours."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.clock import OFFICE_ZONE, to_ms
from app.errors import InputError
from app.services.duty.service_calendar import (
    DAY_MINUTES,
    EVERY_DAY,
    MINUTE_MS,
    NeverOpenError,
    OverlappingWindowsError,
    ServiceCalendar,
    WindowOrderError,
    Windows,
)

MORNING_AND_AFTERNOON: Windows = ((9 * 60, 12 * 60), (14 * 60, 18 * 60))
WEEKDAYS_ONLY = (MORNING_AND_AFTERNOON,) * 5 + ((), ())


def ms(text: str, zone: ZoneInfo = OFFICE_ZONE) -> int:
    return to_ms(datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC))


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23 10:00", 10, "2026-11-23 10:10"),
        ("2026-11-23 20:55", 10, "2026-11-24 08:35"),
        ("2026-11-23 20:50", 10, "2026-11-23 21:00"),
        ("2026-11-23 20:50:01", 10, "2026-11-24 08:30:01"),
        ("2026-11-23 23:30", 10, "2026-11-24 08:40"),
        ("2026-11-24 00:30", 10, "2026-11-24 08:40"),
        ("2026-11-24 07:59:59.999", 10, "2026-11-24 08:40"),
        ("2026-12-31 20:55", 10, "2027-01-01 08:35"),
        ("2026-11-23 10:00", 0, "2026-11-23 10:00"),
        ("2026-11-23 08:30", 750 * 3, "2026-11-25 21:00"),
    ],
)
def test_ten_minutes_of_every_day_s_service(start: str, minutes: int, due: str) -> None:
    assert ServiceCalendar().add_service_minutes(ms(start), minutes) == ms(due)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23 11:55", 10, "2026-11-23 14:05"),
        ("2026-11-20 17:55", 10, "2026-11-23 09:05"),  # Friday to Monday
        ("2026-11-23 12:30", 1, "2026-11-23 14:01"),
        ("2026-11-24 17:58", 10, "2026-11-26 09:08"),  # the 25th is closed
        ("2026-11-27 17:58", 10, "2026-11-28 20:08"),  # Saturday is worked once, in the evening
        ("2026-11-29 12:00", 10, "2026-11-30 22:10"),  # closed and extra: extra
    ],
)
def test_windows_closed_days_and_extra_days(start: str, minutes: int, due: str) -> None:
    evening = ((20 * 60, 22 * 60),)
    calendar = ServiceCalendar(
        WEEKDAYS_ONLY,
        frozenset({date(2026, 11, 25), date(2026, 11, 30)}),
        {date(2026, 11, 28): evening, date(2026, 11, 30): ((22 * 60, 23 * 60),)},
    )
    assert calendar.add_service_minutes(ms(start), minutes) == ms(due)


def test_service_between_two_moments() -> None:
    calendar = ServiceCalendar(WEEKDAYS_ONLY)
    between = calendar.service_ms_between
    assert between(ms("2026-11-23 11:59"), ms("2026-11-23 14:01:30")) == 2.5 * MINUTE_MS
    assert between(ms("2026-11-20 17:00"), ms("2026-11-23 10:00")) == 120 * MINUTE_MS
    assert between(ms("2026-11-23 10:00"), ms("2026-11-20 17:00")) == -120 * MINUTE_MS
    assert between(ms("2026-11-21 00:00"), ms("2026-11-23 00:00")) == 0
    assert between(ms("2026-11-02 00:00"), ms("2026-11-30 00:00")) == 20 * 7 * 60 * MINUTE_MS


def test_open_up_to_but_not_at_the_end() -> None:
    calendar = ServiceCalendar()
    moments = ("08:29:59.999", "08:30", "20:59:59.999", "21:00")
    assert [calendar.is_open(ms(f"2026-11-23 {moment}")) for moment in moments] == [False, True, True, False]


def test_another_zone() -> None:
    zone = ZoneInfo("America/New_York")
    calendar = ServiceCalendar(zone=zone)
    assert calendar.add_service_minutes(ms("2026-03-07 20:55", zone), 10) == ms("2026-03-08 08:35", zone)
    assert calendar.service_ms_between(ms("2026-03-07 12:00", zone), ms("2026-03-09 12:00", zone)) == (
        2 * 750 * MINUTE_MS
    )


def test_a_day_of_24_hours_is_open_without_a_break() -> None:
    calendar = ServiceCalendar((((0, DAY_MINUTES),),) * 7)
    assert calendar.add_service_minutes(ms("2026-11-23 23:55"), 10) == ms("2026-11-24 00:05")


@pytest.mark.parametrize(
    ("windows", "error", "sentence"),
    [
        (((600, 720), (700, 800)), OverlappingWindowsError, "10:00-12:00 and 11:40-13:20"),
        (((600, 600),), WindowOrderError, "10:00-10:00"),
        (((720, 600),), WindowOrderError, "12:00-10:00"),
        (((1300, 1500),), WindowOrderError, "21:40-25:00"),
        (((-30, 60),), WindowOrderError, "within one day"),
    ],
)
def test_hours_that_make_no_sense_are_refused(windows: Windows, error: type[Exception], sentence: str) -> None:
    with pytest.raises(error, match=sentence):
        ServiceCalendar((windows, *EVERY_DAY[1:]))
    with pytest.raises(error, match=sentence):
        ServiceCalendar(extra={date(2026, 11, 23): windows})


def test_an_office_that_never_opens_is_refused() -> None:
    with pytest.raises(NeverOpenError, match="no order would ever come due"):
        ServiceCalendar(((),) * 7, extra={date(2026, 11, 23): ((600, 720),)})


def test_a_clock_does_not_run_backwards() -> None:
    with pytest.raises(ValueError, match="backwards"):
        ServiceCalendar().add_service_minutes(0, -1)


def test_canonical_json() -> None:
    first = ServiceCalendar(
        (tuple(reversed(MORNING_AND_AFTERNOON)), *EVERY_DAY[1:]),
        frozenset({date(2026, 10, 2), date(2026, 10, 1)}),
        {date(2026, 10, 10): ((600, 660),), date(2026, 10, 9): ()},
    )
    second = ServiceCalendar(
        (MORNING_AND_AFTERNOON, *EVERY_DAY[1:]),
        frozenset({date(2026, 10, 1), date(2026, 10, 2)}),
        {date(2026, 10, 9): (), date(2026, 10, 10): ((600, 660),)},
    )
    assert first == second
    assert hash(first) == hash(second)
    assert first.to_json() == second.to_json()
    assert ServiceCalendar.from_json(first.to_json()) == first
    assert '"closed":["2026-10-01","2026-10-02"]' in first.to_json()
    assert '"extra":{"2026-10-09":[],"2026-10-10":["10:00-11:00"]}' in first.to_json()


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", "null", '{"weekly":7}']
    + [
        ServiceCalendar().to_json().replace(*swap)
        for swap in (
            ("Asia/Shanghai", "Mars/Base"),
            ("Asia/Shanghai", "../../etc/passwd"),
            ("08:30-21:00", "8"),
            ('"closed":[]', '"closed":["2026-13-01"]'),
            ('"extra":{}', '"extra":[]'),
        )
    ],
)
def test_a_damaged_calendar_says_so(text: str) -> None:
    with pytest.raises(InputError, match="damaged"):
        ServiceCalendar.from_json(text)


def test_a_refused_calendar_is_refused_from_json_too() -> None:
    with pytest.raises(NeverOpenError):
        ServiceCalendar.from_json(ServiceCalendar().to_json().replace('"08:30-21:00"', ""))


# ---- invariants

_edges = st.lists(st.integers(0, DAY_MINUTES), min_size=2, max_size=6, unique=True).map(sorted)
_windows = _edges.map(lambda edges: tuple(zip(edges[::2], edges[1::2], strict=False)))
_days = st.dates(date(2026, 11, 1), date(2026, 12, 31))
_calendars = st.builds(
    ServiceCalendar,
    st.tuples(_windows, *[st.one_of(st.just(()), _windows)] * 6),
    st.frozensets(_days, max_size=10),
    st.dictionaries(_days, st.one_of(st.just(()), _windows), max_size=5),
    st.sampled_from([ZoneInfo("Asia/Shanghai"), ZoneInfo("UTC"), ZoneInfo("Asia/Kathmandu"), ZoneInfo("Asia/Tokyo")]),
)
_moments = st.integers(ms("2026-11-05 00:00"), ms("2026-12-10 00:00"))
_minutes = st.integers(0, 3000)


@settings(deadline=None)
@given(_calendars, _moments, _minutes)
def test_between_is_the_inverse_of_adding(calendar: ServiceCalendar, start: int, minutes: int) -> None:
    due = calendar.add_service_minutes(start, minutes)
    assert due >= start
    assert calendar.service_ms_between(start, due) == minutes * MINUTE_MS
    assert calendar.service_ms_between(due, start) == -minutes * MINUTE_MS


@settings(deadline=None)
@given(_calendars, _moments, st.integers(1, 3000))
def test_a_due_moment_ends_a_minute_of_service(calendar: ServiceCalendar, start: int, minutes: int) -> None:
    due = calendar.add_service_minutes(start, minutes)
    assert calendar.is_open(due - 1)
    assert calendar.service_ms_between(start, due - 1) == minutes * MINUTE_MS - 1


@settings(deadline=None)
@given(_calendars, _moments, _minutes, _minutes)
def test_adding_is_additive(calendar: ServiceCalendar, start: int, first: int, second: int) -> None:
    add = calendar.add_service_minutes
    assert add(add(start, first), second) == add(start, first + second)


@settings(deadline=None)
@given(_calendars, _moments, _moments, _minutes, _minutes)
def test_adding_is_monotone(calendar: ServiceCalendar, first: int, second: int, fewer: int, more: int) -> None:
    add = calendar.add_service_minutes
    earlier, later = sorted((first, second))
    assert add(earlier, fewer) <= add(later, fewer)
    fewer, more = sorted((fewer, more))
    assert add(earlier, fewer) <= add(earlier, more)


@settings(deadline=None)
@given(_calendars, _moments, _moments, _moments)
def test_between_adds_up(calendar: ServiceCalendar, first: int, second: int, third: int) -> None:
    between = calendar.service_ms_between
    assert between(first, second) + between(second, third) == between(first, third)


@settings(deadline=None)
@given(_calendars, _moments)
def test_open_is_when_service_passes(calendar: ServiceCalendar, moment: int) -> None:
    assert calendar.is_open(moment) == (calendar.service_ms_between(moment, moment + 1) == 1)
    local = datetime.fromtimestamp(moment // 1000, calendar.zone)
    minute = local.hour * 60 + local.minute
    assert calendar.is_open(moment) == any(start <= minute < end for start, end in calendar.windows_of(local.date()))


@settings(deadline=None)
@given(_calendars)
def test_json_keeps_every_calendar(calendar: ServiceCalendar) -> None:
    assert ServiceCalendar.from_json(calendar.to_json()) == calendar


def test_years_of_lateness_are_counted_day_by_day() -> None:
    start = ms("2020-01-01 00:00")
    end = ms("2026-01-01 00:00")
    days = (date(2026, 1, 1) - date(2020, 1, 1)) / timedelta(days=1)
    assert ServiceCalendar().service_ms_between(start, end) == days * 750 * MINUTE_MS
