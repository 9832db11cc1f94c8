"""Dates become milliseconds UTC."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.clock import from_ms, to_ms
from app.services.intake.dates import compile_pattern, date_reader
from app.services.intake.errors import DateError, ZoneError
from app.services.intake.formats import DEFAULT_DATES

MOMENTS = st.datetimes(min_value=datetime(1995, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-02 09:05:11", "2026-11-02T01:05:11+00:00"),
        ("2026-11-02", "2026-11-01T16:00:00+00:00"),
        ("2016/5/23 22:02", "2016-05-23T14:02:00+00:00"),
        ("2026-05-14 11:23:45 +0100", "2026-05-14T10:23:45+00:00"),
        ("2017-06-17T08:04:21+00:00", "2017-06-17T08:04:21+00:00"),
        ("2017-06-17T08:04:21Z", "2017-06-17T08:04:21+00:00"),
        ("2008-01-10T11:00:00-05:00", "2008-01-10T16:00:00+00:00"),
        ("2026-11-02 09:05:11.250", "2026-11-02T01:05:11+00:00"),
    ],
)
def test_usual_dates(text: str, moment: str) -> None:
    assert from_ms(date_reader(DEFAULT_DATES, "Asia/Shanghai")(text)).isoformat() == moment


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("%b %d, %Y, %H:%M:%S %p", "Nov 2, 2026, 9:05:11 PM"),
        ("%b %d, %Y, %H:%M:%S %p", "November 2, 2026, 9:05:11\u202fPM"),
        ("%d/%m/%Y %H:%M:%S", "02/11/2026 21:05:11"),
        ("%y%m%d %H:%M:%S", "261102 21:05:11"),
    ],
)
def test_declared_patterns(pattern: str, text: str) -> None:
    assert from_ms(date_reader([pattern], "UTC")(text)) == datetime(2026, 11, 2, 21, 5, 11, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["2026-13-02 09:05:11", "2026-02-30 09:05:11", "2026-11-02 25:05:11", "2026-11-02 09:65:11", "1899-12-30 00:00:00",
     "gestern", "", "2026-11-02 09:05:1²", "46123.5", "2026-11-02 09-05-11", "9" * 500],
)  # fmt: skip
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(DateError):
        date_reader(DEFAULT_DATES, "Asia/Shanghai")(text)


@given(MOMENTS, st.sampled_from(["Asia/Shanghai", "Europe/London", "America/New_York", "UTC"]))
def test_a_local_time_comes_back(moment: datetime, zone: str) -> None:
    local = moment.replace(microsecond=0)
    read = date_reader(DEFAULT_DATES, zone)(local.strftime("%Y-%m-%d %H:%M:%S"))
    assert read == to_ms(local.replace(tzinfo=ZoneInfo(zone)))


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_a_written_offset_counts(moment: datetime, minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    text = f"{moment:%Y-%m-%dT%H:%M:%S}{sign}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    expected = moment.replace(microsecond=0, tzinfo=UTC) - timedelta(minutes=minutes)
    assert date_reader(DEFAULT_DATES, "Asia/Shanghai")(text) == to_ms(expected)


def test_unknown_zones_and_directives_are_refused() -> None:
    with pytest.raises(ZoneError):
        date_reader(DEFAULT_DATES, "Mars/Olympus")
    with pytest.raises(ValueError, match="%Q"):
        compile_pattern("%Y-%Q")
