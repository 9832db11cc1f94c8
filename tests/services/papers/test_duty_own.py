"""One person's sheet: a calendar with hours, days on call and leave, sums and turns, on one page."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import to_ms
from app.i18n import set_language
from app.services.papers.duty_content import (
    DutyDay,
    DutyWeek,
    Mark,
    OwnDay,
    OwnRoster,
    OwnWeek,
    Publication,
    Tone,
    Turns,
)
from app.services.papers.duty_own import write_own_roster
from tests.services.papers.reading import facts_of, fonts_of, text_of, words_of
from tests.services.papers.samples import IMPRINT

MONDAY = date(2026, 11, 23)
PUBLISHED = Publication(to_ms(datetime(2026, 11, 23, 2, 5, tzinfo=UTC)), "赵倩")
SPLIT = Mark("18-21", Tone.DANGER, ("8:30–12:00", "18:00–21:00"))
MARKS = (SPLIT, SPLIT, Mark("请假", Tone.LEAVE), SPLIT, SPLIT, Mark("休", Tone.FREE), Mark("8:30-21", Tone.DANGER))


def week(place: int) -> OwnWeek:
    days = tuple(MONDAY + timedelta(days=place * 7 + number) for number in range(7))
    told = tuple(DutyDay(day, day.weekday() >= 5, "元旦" if (day.month, day.day) == (1, 1) else "") for day in days)
    cells = tuple(OwnDay(day, mark, number == 3) for number, (day, mark) in enumerate(zip(told, MARKS, strict=True)))
    return OwnWeek(DutyWeek(told, True, PUBLISHED), cells, 2_250)


def roster(weeks: int) -> OwnRoster:
    turns = (Turns("周末天数", 2, 14), Turns("晚班次数", 5, 19), Turns("值班负责天数", 3, 16))
    return OwnRoster("王敏", "客服", tuple(map(week, range(weeks))), turns, 8, ())


def write(folder: Path, told: OwnRoster) -> Path:
    write_own_roster(told, folder / "own.pdf", IMPRINT)
    return folder / "own.pdf"


def test_the_weeks_with_hours_turns_and_leave(tmp_path: Path) -> None:
    paper = write(tmp_path, roster(4))
    text = text_of(paper)
    for part in ("王敏", "客服", "2026-11-23to2026-12-20", "Workinghours150", "周末天数28weeksbefore:14", "12-1"):
        assert part in text, part
    assert (text.count("18-218:30–12:0018:00–21:00"), text.count("请假"), text.count("37.5h")) == (4 * 4, 4, 4)
    assert text.count("Oncall") == 4
    assert text.count("published11-2310:05by赵倩") == 4
    assert all(embedded for _name, embedded in fonts_of(paper))


def test_a_long_name_is_read_whole_with_the_post_beside_it(tmp_path: Path) -> None:
    named = replace(roster(2), name="Maximiliane Featherstonehaugh-Wolfeschlegel")
    text = text_of(write(tmp_path, named))
    assert "MaximilianeFeatherstonehaugh-Wolfeschlegel" in text
    assert "客服" in text
    assert "…" not in text


@pytest.mark.parametrize(("weeks", "wide"), [(1, 595), (4, 595), (5, 841)])
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_it_is_one_page(tmp_path: Path, weeks: int, wide: int, language: str) -> None:
    set_language(language)
    long = replace(
        roster(weeks), name="Alexandra Feodorovna von Hohenzollern", posts="电商策划、版块维护专员、领货送货" * 2
    )
    paper = write(tmp_path, long)
    assert facts_of(paper)["Page size"].startswith(str(wide))
    [words] = words_of(paper)
    assert all(29 <= word.left < word.right < wide - 29 for word in words)


def test_a_draft_and_a_week_without_a_plan_are_said(tmp_path: Path) -> None:
    first, second = map(week, range(2))
    drafted = replace(first, week=replace(first.week, published=None))
    days = tuple(OwnDay(one.day, None, False) for one in second.days)
    empty = OwnWeek(replace(second.week, planned=False, published=None), days, 0)
    text = text_of(write(tmp_path, replace(roster(2), weeks=(drafted, empty), unpublished=(2027,))))
    assert text.count("Draft") == 2
    assert text.count("Notpublishedyet") == 1
    assert text.count("18-21") == 4
    assert "of2027arenotpublished" in text


def test_a_holiday_has_its_name(tmp_path: Path) -> None:
    weeks = tuple(map(week, range(3, 7)))
    assert text_of(write(tmp_path, replace(roster(4), weeks=weeks))).count("1-1元旦") == 1
