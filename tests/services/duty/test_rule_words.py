"""The duty rules in words, and shifts' hours as people write them."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import Post
from app.services.duty.hours import HoursUnreadableError
from app.services.duty.rule_words import (
    SHADE_WORDS,
    WEIGHT_WORDS,
    ShiftOverlapError,
    contract_text,
    day_kind_word,
    demand_text,
    hours_of,
    kind_text,
    read_windows,
    rule_changes,
    windows_text,
)
from app.services.duty.rules import (
    DEFAULT_RULES,
    FREE_DAYS,
    Contract,
    DayKind,
    DutyRules,
    Shade,
    ShiftKind,
    Weights,
    written,
)
from app.services.duty.service_calendar import Windows
from app.services.office import change_settings, office_settings
from app.services.settings.history import settings_history
from tests.factories import Office

EARLY, LATE = DEFAULT_RULES.shifts[:2]
NEED = DEFAULT_RULES.demands[1]
POSTS = "Customer service, Service lead, Planner, Listing specialist, Design and copy, IT, Finance, Marketing"
CUTS = st.lists(st.integers(0, 1440), unique=True, min_size=2, max_size=8).map(sorted)
DAY = CUTS.map(lambda cuts: tuple(zip(cuts[::2], cuts[1::2], strict=False)))
NIGHT = st.tuples(st.integers(1, 1439), st.integers(1, 1439)).map(lambda cut: ((cut[0], 1440 + min(cut)),))


@pytest.mark.parametrize(
    ("text", "windows"),
    [
        ("8:30-17:00", ((510, 1020),)),
        ("8-12, 13-17:30", ((480, 720), (780, 1050))),
        ("22:00-6:00", ((1320, 1800),)),
        (" ２２：００～６：００ ", ((1320, 1800),)),
        ("8-12、22到6", ((480, 720), (1320, 1800))),
        ("22:00-0:00", ((1320, 1440),)),
        ("12-12", ((720, 2160),)),
        ("", ()),
    ],
)
def test_hours_of_a_shift_are_read_as_people_write_them(text: str, windows: Windows) -> None:
    assert read_windows(text) == windows


@pytest.mark.parametrize("text", ["morning", "9-25", "22-6, 8-12", "8:30", "25-26", "-"])
def test_what_is_no_span_of_hours(text: str) -> None:
    with pytest.raises(HoursUnreadableError):
        read_windows(text)


def test_spans_that_overlap_are_told_as_those_of_a_shift() -> None:
    with pytest.raises(ShiftOverlapError, match="08:00-12:00 and 11:00-13:00 overlap"):
        read_windows("8-12, 11-13")


@given(DAY | NIGHT)
def test_what_is_written_is_read_again(windows: Windows) -> None:
    assert read_windows(windows_text(windows)) == windows


def test_a_line_for_everything() -> None:
    night = ShiftKind(
        "N", "Night", ((1320, 1800),), 450, (Post.IT,), evening=True, service=True, never_next=("Duty", "8:30")
    )
    assert kind_text(night) == (
        "Night · 22:00-06:00 · 7.5 h · IT · counts as an evening · answers customers"
        " · not followed by Duty, 8:30 · Blue"
    )
    assert demand_text(replace(NEED, days=FREE_DAYS, most=3)) == (
        "Saturday, Sunday, Public holiday · 12:30 · Customer service, Service lead · at least 1, wanted 1, at most 3"
    )
    assert demand_text(replace(NEED, days=frozenset({DayKind.MAKE_UP}), posts=())) == (
        "Weekend day that is worked · 12:30 · at least 1, wanted 1"
    )
    bound = Contract(1350, 2640, 5, 2, 690, 0, frozenset({DayKind.SUNDAY}))
    assert contract_text(bound) == (
        "22.5 to 44 h a week · at most 5 days in a row · 11.5 h rest · at least 2 days off in a row"
        " · at most 0 weekends in four weeks · never on Sunday"
    )
    assert (hours_of(450), day_kind_word(DayKind.TUESDAY)) == ("7.5 h", "Tuesday")


def changed(**parts: Any) -> list[tuple[str, str, str]]:
    return list(rule_changes(DEFAULT_RULES, replace(DEFAULT_RULES, **parts), {7: "王敏"}))


def test_no_change_is_told_as_none() -> None:
    assert changed() == []


@pytest.mark.parametrize(
    ("parts", "old", "new"),
    [
        ({"name": "Dawn"}, "Early shift", "Dawn"),
        ({"windows": ((480, 1020),)}, "08:30-17:00", "08:00-17:00"),
        ({"minutes": 440}, "7.5 h", "7.33333 h"),
        ({"posts": (Post.SERVICE,)}, POSTS, "Customer service"),
        ({"shade": Shade.OK}, "Blue", "Green"),
        ({"evening": True}, "–", "counts as an evening"),
        ({"service": False}, "answers customers", "–"),
        ({"never_next": ("12:30",)}, "–", "not followed by 12:30"),
        ({"name": "Dawn", "minutes": 480}, "Early shift · 7.5 h", "Dawn · 8 h"),
    ],
)
def test_of_each_change_of_a_kind_what_differs_is_told(parts: dict[str, Any], old: str, new: str) -> None:
    told = changed(shifts=(replace(EARLY, **parts), *DEFAULT_RULES.shifts[1:]))
    assert told == [("8:30", old, new)]


@pytest.mark.parametrize(
    ("parts", "old", "new"),
    [
        ({"shifts": ("8:30",)}, "12:30", "8:30"),
        ({"posts": ()}, "Customer service, Service lead", "–"),
        ({"least": 0}, "at least 1, wanted 1", "at least 0, wanted 1"),
        ({"wanted": 2}, "at least 1, wanted 1", "at least 1, wanted 2"),
        ({"most": 2}, "at least 1, wanted 1", "at least 1, wanted 1, at most 2"),
    ],
)
def test_of_each_change_of_a_need_what_differs_is_told(parts: dict[str, Any], old: str, new: str) -> None:
    told = changed(demands=(DEFAULT_RULES.demands[0], replace(NEED, **parts), *DEFAULT_RULES.demands[2:]))
    assert told == [("Service, late", old, new)]


@pytest.mark.parametrize(
    ("parts", "old", "new"),
    [
        ({"week_least": 60}, "0 to 48 h a week", "1 to 48 h a week"),
        ({"week_most": 60}, "0 to 48 h a week", "0 to 1 h a week"),
        ({"longest_run": 3}, "at most 6 days in a row", "at most 3 days in a row"),
        ({"shortest_break": 2}, "–", "at least 2 days off in a row"),
        ({"least_rest": 60}, "11 h rest", "1 h rest"),
        ({"most_weekends": 1}, "–", "at most 1 weekends in four weeks"),
        ({"off_days": FREE_DAYS}, "–", "never on Saturday, Sunday, Public holiday"),
    ],
)
def test_of_each_change_of_a_contract_what_differs_is_told(parts: dict[str, Any], old: str, new: str) -> None:
    before = Contract()
    told = list(rule_changes(DutyRules(own={7: before}), DutyRules(own={7: replace(before, **parts)}), {7: "王敏"}))
    assert told == [("王敏", old, new)]


def test_what_comes_and_goes_and_moves() -> None:
    assert changed(shifts=DEFAULT_RULES.shifts[:-1]) == [("Deliver", kind_text(DEFAULT_RULES.shifts[-1]), "–")]
    assert changed(own={8: Contract()}) == [("8", "–", contract_text(Contract()))]
    assert changed(on_call_posts=(Post.LEAD,)) == [("On call", "Service lead, Department manager", "Service lead")]
    moved = changed(shifts=(LATE, EARLY, *DEFAULT_RULES.shifts[2:]))
    assert moved == [
        (
            "Order of shifts", "8:30, 12:30, Duty, 18-21, 8:30-21, 18-20, Deliver",
            "12:30, 8:30, Duty, 18-21, 8:30-21, 18-20, Deliver",
        )
    ]  # fmt: skip
    assert [what for what, _old, _new in changed(demands=DEFAULT_RULES.demands[::-1])] == ["Order of needs"]


def test_another_sign_is_told_once_and_not_wherever_the_kind_is_named() -> None:
    after = replace(EARLY, never_next=("12:30",))
    before = replace(DEFAULT_RULES, shifts=(after, *DEFAULT_RULES.shifts[1:]))
    told = list(rule_changes(before, replace(before, signs={"12:30": "Late"}), {}))
    assert told == [("Sign of “Late shift”", "12:30", "Late")]
    shorter = replace(LATE, minutes=400)
    both = replace(before, shifts=(after, shorter, *DEFAULT_RULES.shifts[2:]), signs={"12:30": "Late"})
    assert list(rule_changes(before, both, {}))[1:] == [("Late", "7.5 h", "6.66667 h")]
    gone = replace(DEFAULT_RULES, signs={"Deliver": "送"})
    told = list(rule_changes(gone, replace(gone, shifts=gone.shifts[:-1]), {}))
    assert told == [("送", kind_text(gone.shifts[-1]), "–")]


@pytest.mark.parametrize("name", WEIGHT_WORDS)
def test_each_change_of_a_weight_is_told(name: str) -> None:
    before = getattr(Weights(), name)
    assert changed(weights=replace(Weights(), **{name: 77})) == [(WEIGHT_WORDS[name], str(before), "77")]


def test_there_is_a_word_for_everything() -> None:
    assert WEIGHT_WORDS.keys() == Weights.__dataclass_fields__.keys()
    assert SHADE_WORDS.keys() == set(Shade)
    assert all(day_kind_word(kind) for kind in DayKind)


def test_the_history_of_settings_tells_it(file_office: Office) -> None:
    manager = file_office.ctx("manager")
    rules = replace(DEFAULT_RULES, own={file_office.numbers["lead"]: Contract()})
    change_settings(manager, replace(office_settings(manager), duty_rules=written(rules)))
    (told,) = settings_history(manager)
    assert (told.what, told.before) == ("Duty rules: 赵倩", "–")
