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
from app.services.duty.holiday_file import MOST_TOLD, HolidayFileError, read_holidays, shipped_years, year_of
from app.services.duty.holidays import Holidays
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


NEW_YEAR = DAYS[0]


def day(told: str, *, off: bool = True) -> dict[str, Any]:
    return {"name": "元旦", "date": told, "isOffDay": off}


def refused(path: Path) -> str:
    with pytest.raises(HolidayFileError) as error:
        read_holidays(path)
    return str(error.value)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("{", "line 1 cannot be read"),
        ('{"year": 2027,\n"days": [}', "line 2 cannot be read"),
        ('{"year": 2027,\n"days": [' + "1" * 5_000 + "]}", "no list of public holidays"),
        ("[" * 100_000, "no list of public holidays"),
        ([], "no list of days"),
        ({"year": 2027, "days": []}, "no list of days"),
        ({"year": 2027, "days": [1] * 401}, "it lists 401 days"),
        ({"year": "2027", "days": DAYS}, "which year"),
        ({"year": 2027, "days": [NEW_YEAR, day("2027-02-30")]}, "entry 2: “2027-02-30” is no date"),
        ({"year": 2027, "days": [{"name": "x", "isOffDay": True}]}, "used: line 1: the date is missing"),
        ({"year": 2027, "days": [{"date": "2027-02-03", "name": "x", "isOffDay": "yes"}]}, "whether the day is off"),
        ({"year": 2027, "days": [day("2027-02-03") | {"name": "\ud800"}]}, "the name of the holiday is missing"),
        ({"year": 2027, "days": [NEW_YEAR, NEW_YEAR]}, "entry 2: 2027-01-01 stands in it twice .see entry 1"),
        ({"year": 2027, "days": [NEW_YEAR, day("2027-01-01", off=False)]}, "both a day off and a workday"),
        ({"year": 2026, "days": [day("2027-06-01")]}, "2027-06-01 is not in the year 2026"),
    ],
)
def test_a_file_with_an_error_says_which(tmp_path: Path, data: Any, said: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    with pytest.raises(HolidayFileError, match=said):
        read_holidays(path)


SEVERAL = """{
 "papers": {"days": [1, 2]},
 "year": 2027,
 "days": [
  {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
  {"name": "元旦", "date": "2027-02-30", "isOffDay": true},

  {"name": "", "date": "2026-05-01"},
  "国庆",
  {"name": "元旦", "date": "2027-01-01", "isOffDay": false}
 ]
}"""


def test_a_file_with_several_errors_says_all_of_them_and_at_which_lines(tmp_path: Path) -> None:
    assert refused(written(tmp_path / "a.json", SEVERAL)).splitlines()[1:] == [
        "line 6: “2027-02-30” is no date; a date is written like 2027-10-01.",
        "line 8: 2026-05-01 is not in the year 2027.",
        "line 8: the name of the holiday is missing or longer than 60 characters.",
        "line 8: it is not said whether the day is off (“isOffDay” is true) or worked (false).",
        "line 9: “国庆” is no entry with a date, a name and whether the day is off.",
        "line 10: 2027-01-01 is both a day off and a workday (see line 5).",
    ]
    set_language("zh_CN")
    assert refused(tmp_path / "a.json").splitlines()[-1] == "第 10 行：2027-01-01 既是休息日又是上班日（见第 5 行）。"


def test_of_very_many_errors_the_first_are_said_and_the_others_counted(tmp_path: Path) -> None:
    days = [day(f"2026-03-{number:02}") for number in range(1, 30)]
    told = refused(written(tmp_path / "a.json", {"year": 2027, "days": days})).splitlines()
    assert len(told) == MOST_TOLD + 2
    assert told[-1] == f"and {29 - MOST_TOLD} more"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is empty"),
        (b"\xff\xd8\x00\x01", "no text but another kind of file"),
        (b'{"year": \0', "no text but another kind of file"),
        (b"[" + b" " * (1 << 20), "larger than 1 MB"),
        (json.dumps({"year": 2027, "days": DAYS}, ensure_ascii=False).encode("gbk"), "not saved as UTF-8"),
        (json.dumps({"year": 2027, "days": DAYS}, ensure_ascii=False).encode("utf-16"), "not saved as UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(content)
    assert said in refused(file)


def test_a_mark_of_the_byte_order_before_the_text_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "a.json"
    file.write_bytes(json.dumps({"year": 2027, "days": DAYS}).encode("utf-8-sig"))
    assert read_holidays(file).year == 2027


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
