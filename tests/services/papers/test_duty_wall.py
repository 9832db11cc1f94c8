"""The roster for the wall: all is there once, in its column, on paper that holds it, told apart without colour."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app.clock import to_ms
from app.i18n import set_language
from app.services.papers.duty_content import (
    DutyDay,
    DutyWeek,
    LegendEntry,
    Mark,
    Publication,
    RosterLine,
    Tone,
    WallRoster,
)
from app.services.papers.duty_look import BAR, PILLS
from app.services.papers.duty_wall import write_wall_roster
from tests.services.papers.reading import Word, coloured, facts_of, fonts_of, pages_of, text_of, words_of
from tests.services.papers.samples import IMPRINT, OFFICE

MONDAY = date(2026, 11, 23)
PUBLISHED = Publication(to_ms(datetime(2026, 11, 23, 2, 5, tzinfo=UTC)), "赵倩")
EARLY = Mark("8:30", Tone.INFO, ("8:30–17:00",))
SPLIT = Mark("18-21", Tone.DANGER, ("8:30–12:00", "18:00–21:00"))
LEAVE, OFF = Mark("请假", Tone.LEAVE), Mark("休", Tone.FREE)
LEGEND = (LegendEntry(EARLY, "早班"), LegendEntry(SPLIT, "晚间值班"), LegendEntry(LEAVE, "已批准的假"))
NAMES = tuple(f"{surname}{given}" for surname in "王李赵陈刘孙" for given in "敏娜倩晨洋")
A4_WIDE, A3_WIDE = (842, 595), (1191, 842)


def weeks_of(count: int, first: date = MONDAY) -> tuple[DutyWeek, ...]:
    days = [first + timedelta(days=number) for number in range(count * 7)]
    told = [DutyDay(day, day.weekday() >= 5) for day in days]
    return tuple(DutyWeek(tuple(told[place * 7 : place * 7 + 7]), True, PUBLISHED) for place in range(count))


def roster(people: int = 4, weeks: int = 1) -> WallRoster:
    usual = (EARLY, SPLIT, LEAVE, EARLY, EARLY, OFF, OFF) * weeks
    posts = ["客服" if place < 3 else "版块专员" for place in range(people)]
    lines = tuple(RosterLine(NAMES[place], post, usual, post) for place, post in enumerate(posts))
    days = weeks * 7
    return WallRoster(
        weeks_of(weeks),
        lines,
        ((2, 2), (1, 2)) + ((2, 2),) * (days - 2),
        (("刘总监",),) * days,
        frozenset({1}),
        frozenset(),
        LEGEND,
        (),
    )


def write(folder: Path, told: WallRoster) -> Path:
    write_wall_roster(told, folder / "wall.pdf", IMPRINT)
    return folder / "wall.pdf"


def column(page: list[Word], text: str) -> float:
    """The middle of the word `text` on a page, of the largest one."""
    word = max((word for word in page if word.text == text), key=lambda word: word.bottom - word.top)
    return (word.left + word.right) / 2


def test_everything_of_a_week_stands_there(tmp_path: Path) -> None:
    paper = write(tmp_path, roster())
    text = text_of(paper)
    for part in (OFFICE.replace(" ", ""), "2026-11-23to2026-11-29", "Week48", "published11-2310:05by赵倩", *NAMES[:4]):
        assert part in text, part
    assert (text.count("8:30–17:00"), text.count("18:00–21:00"), text.count("请假")) == (4 * 3 + 1, 4 + 1, 4 + 1)
    assert (text.count("2/2"), text.count("1/2"), text.count("刘总监")) == (6, 1, 7)
    assert "Draft" not in text
    assert all(embedded for _name, embedded in fonts_of(paper))


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("people", [5, 8, 10])
def test_a_split_shift_has_its_hours_in_its_cell_where_an_undivided_one_has(
    tmp_path: Path, people: int, language: str
) -> None:
    set_language(language)
    text = text_of(write(tmp_path, roster(people)))
    assert text.count("8:30–17:00") == people * 3 + 1  # one stands in the legend
    assert (text.count("8:30–12:00"), text.count("18:00–21:00")) == (people + 1, people + 1)


def test_a_cell_stands_below_its_day(tmp_path: Path) -> None:
    line = RosterLine("王敏", "客服", tuple(Mark(f"S{number}", Tone.OK) for number in range(14)), "客服")
    [page] = words_of(write(tmp_path, replace(roster(weeks=2), lines=(line,), legend=())))
    heads = ["11-23", *map(str, range(24, 31)), "12-1", *map(str, range(2, 7))]
    for number, head in enumerate(heads):
        assert column(page, f"S{number}") == pytest.approx(column(page, head), abs=1.0)


def test_a_long_sign_stays_clear_of_its_shades_bar(tmp_path: Path) -> None:
    week = (Mark("Deliver", Tone.OK),) * 14
    line = RosterLine("吴迪", "Picking and delivery", week, "Picking and delivery")
    [page] = words_of(write(tmp_path, replace(roster(weeks=2), lines=(line,), legend=())))
    signs = [word for word in page if word.text == "Deliver"]
    pitch = signs[1].left - signs[0].left
    edge = 1.2  # between a column and its pill
    assert all(word.right - word.left <= pitch - 2 * (edge + BAR + 2) for word in signs)


@pytest.mark.parametrize(("people", "weeks", "size", "pages"), [(4, 1, A4_WIDE, 1), (30, 1, A4_WIDE, 2),
    (30, 2, A4_WIDE, 2), (12, 3, A3_WIDE, 1), (30, 5, A3_WIDE, 1)])  # fmt: skip
@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_any_office_fits(
    tmp_path: Path, people: int, weeks: int, size: tuple[int, int], pages: int, language: str
) -> None:
    set_language(language)
    paper = write(tmp_path, roster(people, weeks))
    wide, high = (round(float(number)) for number in facts_of(paper)["Page size"].split()[0:3:2])
    assert (wide, high) == size
    told = words_of(paper)
    assert len(told) == pages
    assert sum(word.text in NAMES and word.left < 50 for words in told for word in words) == people
    for words in told:
        assert all(30 < word.left < word.right < wide - 30 and word.bottom < high - 20 for word in words)


def test_further_pages_stand_for_themselves(tmp_path: Path) -> None:
    first, second = pages_of(write(tmp_path, roster(30, 2)))
    for page in (first, second):
        assert page.count("Week 48") == page.count("Week 49") == 1
        assert "On call" in page
        assert "早班" in page
    assert "Page 2 of 2" in second


def test_a_draft_is_marked_as_one_and_what_is_not_planned_is_empty(tmp_path: Path) -> None:
    told = roster(12, 3)
    published, second, third = told.weeks
    weeks = (published, replace(second, published=None), replace(third, planned=False, published=None))
    lines = tuple(replace(line, marks=(*line.marks[:14], *(None,) * 7)) for line in told.lines)
    service, on_call = (*told.service[:14], *(None,) * 7), (*told.on_call[:14], *((),) * 7)
    text = text_of(write(tmp_path, replace(told, weeks=weeks, lines=lines, service=service, on_call=on_call)))
    assert text.count("Draft") == 2  # beside the title and above the week
    assert "Week49Draft,notpublished" in text
    assert "Week50Notpublishedyet" in text
    assert text.count("8:30") == 12 * 6 + 3  # and the legend


def test_nobody_on_call_shows(tmp_path: Path) -> None:
    assert "Oncall–––––––Page" in text_of(write(tmp_path, replace(roster(), on_call=((),) * 7, legend=())))


def test_holidays_have_their_names_and_an_unknown_year_is_said(tmp_path: Path) -> None:
    told = roster()
    days = tuple(replace(day, special="国庆节") if day.free else day for day in told.weeks[0].days)
    text = text_of(write(tmp_path, replace(told, weeks=(replace(told.weeks[0], days=days),), unpublished=(2027,))))
    assert text.count("国庆节") == 2
    assert "Thepublicholidaysof2027arenotpublishedyet" in text


def test_shades_differ_without_colour() -> None:
    forms = {(pill.edge, pill.dashed, pill.bar) for pill in PILLS.values()}
    assert len(forms) == len(PILLS)


def test_long_names_and_odd_characters_do_not_break_it(tmp_path: Path) -> None:
    told = roster(2)
    odd = RosterLine("A" * 90, "很长的岗位名称" * 9, (Mark("长" * 8, Tone.WARN, ("8:30–12:00",) * 9),) * 7, "很长")
    [page] = words_of(write(tmp_path, replace(told, lines=(odd, RosterLine("(\\)\u202e", "", (None,) * 7, "")),
        on_call=(("B" * 60, "王"),) * 7)))  # fmt: skip
    assert all(word.right < A4_WIDE[0] - 30 for word in page)


def test_an_office_of_nobody_has_a_paper_too(tmp_path: Path) -> None:
    assert "Week 48" in pages_of(write(tmp_path, replace(roster(), lines=(), legend=())))[0]


def test_only_another_main_post_parts_people(tmp_path: Path) -> None:
    """Who has further posts beside it stands among those of the same one."""
    told = roster(3)

    def partings(*lines: RosterLine) -> int:
        return coloured(write(tmp_path, replace(told, lines=lines)), "#B8C0CB")

    one, other, last = told.lines
    alike = partings(one, other, last)
    assert partings(one, replace(other, post="客服，版块专员"), last) == alike
    assert partings(one, replace(other, post="版块专员", main="版块专员"), last) == alike + 2


def test_what_is_broken_is_red_and_nothing_else(tmp_path: Path) -> None:
    told = replace(roster(), service=((1, 2),) * 7, on_call=((),) * 7)

    def red(short: set[int], calls: set[int]) -> int:
        return coloured(write(tmp_path, replace(told, short=frozenset(short), calls=frozenset(calls))), "#B3261E")

    none = red(set(), set())
    assert [red({0}, set()) - none, red({0, 6}, set()) - none] == [1, 2]  # “1/2”
    assert [red(set(), {0}) - none, red(set(), {0, 6}) - none] == [1, 2]  # “–”
