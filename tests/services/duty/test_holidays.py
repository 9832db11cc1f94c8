"""Statutory holidays: shipped years, newer ones from a file, and never a guess."""

import json
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import set_language
from app.services.duty.holidays import HolidayFileError, Holidays, read_holidays, shipped_years, year_of
from app.services.duty.rules import FREE_DAYS, day_kind
from tests.shared import shared_path

DAYS = [
    {"name": "元旦", "date": "2027-01-01", "isOffDay": True},
    {"name": "元旦", "date": "2027-01-03", "isOffDay": False},
]


def is_off(holidays: Holidays, day: date) -> bool:
    """Whether nobody of the office works: holidays and weekends, but not the weekend days that are worked."""
    return day_kind(day, holidays) in FREE_DAYS


def written(path: Path, data: Any) -> Path:
    path.write_text(data if isinstance(data, str) else json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return path


def test_the_shipped_years_know_spring_festival_and_its_make_up_days() -> None:
    holidays = Holidays(shipped_years())
    assert is_off(holidays, date(2026, 2, 17))
    worked = holidays.special(date(2026, 2, 14))  # a Saturday
    assert worked is not None
    assert (worked.name, worked.off, is_off(holidays, date(2026, 2, 14))) == ("春节", False, False)
    assert (is_off(holidays, date(2026, 3, 7)), is_off(holidays, date(2026, 3, 9))) == (True, False)


def test_a_year_that_is_not_published_is_said() -> None:
    holidays = Holidays(shipped_years())
    last = max(one.year for one in shipped_years())
    assert holidays.unpublished(date(last, 12, 28), date(last + 1, 1, 10)) == [last + 1]
    assert holidays.special(date(last + 1, 1, 1)) is None


def test_a_newer_year_comes_from_a_file(tmp_path: Path) -> None:
    newer = read_holidays(written(tmp_path / "2027.json", {"year": 2027, "days": DAYS}))
    holidays = Holidays([*shipped_years(), newer])
    assert holidays.unpublished(date(2026, 12, 1), date(2027, 1, 31)) == []
    assert (is_off(holidays, date(2027, 1, 1)), is_off(holidays, date(2027, 1, 3))) == (True, False)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "line 1 is not as JSON is written"),
        ('{"year": 2027,\n"days": [}', "line 2 is not as JSON is written"),
        ("[" * 100_000, "no JSON text"),
        ([], "no list of days"),
        ({"year": 2027, "days": []}, "no list of days"),
        ({"year": "2027", "days": DAYS}, "which year"),
        (
            {"year": 2027, "days": [DAYS[0], {"date": "2027-02-30", "name": "x", "isOffDay": True}]},
            r"is no day \(number 2 of the list\)",
        ),
        (
            {"year": 2027, "days": [{"date": "2027-02-03", "name": "x", "isOffDay": "yes"}]},
            '"isOffDay": "yes"}” is no day',
        ),
        ({"year": 2027, "days": [DAYS[0], DAYS[0]]}, "2027-01-01 stands in it twice"),
        ({"year": 2026, "days": [{"date": "2027-06-01", "name": "x", "isOffDay": True}]}, "not in the year 2026"),
    ],
)
def test_a_file_with_errors_says_which(tmp_path: Path, data: Any, said: str) -> None:
    with pytest.raises(HolidayFileError, match=said):
        read_holidays(written(tmp_path / "a.json", data))


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(HolidayFileError, match="no JSON text"):
        read_holidays(file)


def test_a_file_that_is_not_there_says_so(tmp_path: Path) -> None:
    with pytest.raises(HolidayFileError, match="the file or its folder is not there"):
        read_holidays(tmp_path / "gone.json")
    with pytest.raises(HolidayFileError, match="it is a folder"):
        read_holidays(tmp_path)


def test_what_the_computer_refuses_is_said_in_the_persons_language(tmp_path: Path) -> None:
    set_language("zh_CN")
    with pytest.raises(HolidayFileError) as refused:
        read_holidays(tmp_path / "gone.json")
    assert not re.search("[A-Za-z]", str(refused.value).replace("gone.json", ""))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
)


@given(ANYTHING)
def test_whatever_is_read_is_a_year_or_a_sentence(data: Any) -> None:
    for wrapped in (data, {"year": 2027, "days": data}, {"year": 2027, "days": [data]}):
        with suppress(ValueError):  # any other error would be a bug
            assert year_of(wrapped).days


@pytest.mark.parametrize("year", range(2020, 2027))
def test_the_shipped_years_say_what_the_published_papers_say(year: int) -> None:
    """Two sources that were made apart: the same days are off and the same are worked."""
    told = read_holidays(shared_path(f"data/china/holidays/{year}.json"))
    known = Holidays(shipped_years())
    for special in told.days:
        if special.day.year in range(2020, 2027):
            assert is_off(known, special.day) == special.off, special.day
