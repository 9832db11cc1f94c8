"""Service hours as people write them, and days that differ."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.hours import (
    DaysOrderError,
    HoursUnreadableError,
    WeekdayError,
    day_spans,
    days_between,
    hours_text,
    read_hours,
    read_week,
    span_days_text,
    special_days,
    with_special_days,
)
from app.services.duty.service_calendar import OverlappingWindowsError, ServiceCalendar, WindowOrderError, Windows

DAYS = st.dates(date(2026, 1, 1), date(2026, 3, 1))
CUTS = st.lists(st.integers(0, 1440), unique=True, max_size=8).map(sorted)
WINDOWS = CUTS.map(lambda cuts: tuple(zip(cuts[::2], cuts[1::2], strict=False)))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("8:30-21:00", ((510, 1260),)),
        (" 8:30 - 12:00 , 13:30 - 21:00 ", ((510, 720), (810, 1260))),
        ("８：３０—１２：００，１３：３０～２１：００", ((510, 720), (810, 1260))),
        ("8:30到12:00、13点", None),
        ("8:30至12:00、13-17", ((510, 720), (780, 1020))),
        ("13-17；8-12", ((480, 720), (780, 1020))),
        ("0:00–24:00", ((0, 1440),)),
        ("", ()),
        ("   ", ()),
        ("8:60-9:00", None),
        ("morning", None),
        ("8:30", None),
        ("8-9-10", None),
        ("8:3-9:00", None),
        ("٨-٩", None),
    ],
)
def test_hours_are_read_as_people_write_them(text: str, windows: Windows | None) -> None:
    if windows is None:
        with pytest.raises(HoursUnreadableError):
            read_hours(text)
    else:
        assert read_hours(text) == windows


@pytest.mark.parametrize(
    ("text", "error"),
    [("9-8", WindowOrderError), ("22:00-2:00", WindowOrderError), ("9-25", WindowOrderError),
     ("8-12, 11-14", OverlappingWindowsError), ("99-99", WindowOrderError)],
)  # fmt: skip
def test_hours_that_make_no_sense_say_why(text: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        read_hours(text)


@given(WINDOWS)
def test_what_is_written_is_read_again(windows: Windows) -> None:
    assert read_hours(hours_text(windows)) == windows


def test_a_week_names_the_day_that_cannot_stand() -> None:
    assert read_week(["8-9"] * 7) == (((480, 540),),) * 7
    with pytest.raises(WeekdayError) as caught:
        read_week(["8-9", "", "8-9, 8-9", "9-8", "", "", ""])
    assert str(caught.value) == "Wednesday: Two spans of service hours overlap: 08:00-09:00 and 08:00-09:00."


@given(st.dictionaries(DAYS, WINDOWS, max_size=20))
def test_a_calendar_keeps_the_days_that_differ(days: dict[date, Windows]) -> None:
    calendar = with_special_days(ServiceCalendar(), days)
    assert special_days(ServiceCalendar.from_json(calendar.to_json())) == days
    assert all(calendar.windows_of(day) == windows for day, windows in days.items())


@given(st.dictionaries(DAYS, st.sampled_from([(), ((480, 720),)]), max_size=30))
def test_spans_hold_every_day_once_and_join_what_is_alike(days: dict[date, Windows]) -> None:
    spans = day_spans(days)
    assert {day: span.windows for span in spans for day in days_between(span.first, span.last)} == days
    for one, after in pairwise(spans):
        assert one.last < after.first
        assert one.windows != after.windows or one.last + timedelta(days=1) < after.first


def test_days_are_in_order_and_within_a_year() -> None:
    day = date(2026, 10, 1)
    assert days_between(day, day) == [day]
    assert len(days_between(day, day + timedelta(days=365))) == 366
    for last in (day - timedelta(days=1), day + timedelta(days=366)):
        with pytest.raises(DaysOrderError):
            days_between(day, last)


def test_a_span_of_one_day_is_written_as_one() -> None:
    one, three = day_spans({date(2026, 10, 1): (), date(2026, 10, 3): (), date(2026, 10, 4): ()})
    assert (span_days_text(one), span_days_text(three)) == ("2026-10-01", "2026-10-03 – 2026-10-04")
