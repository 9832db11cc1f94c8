"""The duty rules as data: kept and read again, with the words they began with."""

import json
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.i18n import set_language
from app.models.people import Post
from app.services.duty.holiday_file import shipped_years
from app.services.duty.holidays import Holidays
from app.services.duty.rules import (
    DEFAULT_RULES,
    HOUR,
    Contract,
    DayKind,
    Demand,
    DutyRules,
    Shade,
    ShiftKind,
    Weights,
    day_kind,
    kept,
    rules_of,
    shown,
    with_codes,
    written,
)
from app.services.office import office_settings
from app.services.settings.values import setting_text
from tests.factories import Office

CODES = st.text("abc12", min_size=1, max_size=4)
MINUTES = st.integers(0, 2880)
DAYS = st.frozensets(st.sampled_from(DayKind))
POSTS = st.lists(st.sampled_from(Post), unique=True, max_size=4).map(tuple)
FEW = st.integers(0, 9)
KINDS = st.builds(
    ShiftKind, CODES, st.text(max_size=6), st.lists(st.tuples(MINUTES, MINUTES), max_size=3).map(tuple), MINUTES, POSTS,
    st.sampled_from(Shade), st.booleans(), st.booleans(), st.lists(CODES, max_size=3).map(tuple),
)  # fmt: skip
DEMANDS = st.builds(
    Demand, st.text(max_size=6), DAYS, st.lists(CODES, max_size=3).map(tuple), POSTS, FEW, FEW, st.none() | FEW
)
CONTRACTS = st.builds(Contract, MINUTES, MINUTES, FEW, FEW, MINUTES, st.none() | FEW, DAYS)
RULES = st.builds(
    DutyRules, st.lists(KINDS, max_size=4).map(tuple), st.lists(DEMANDS, max_size=4).map(tuple),
    st.dictionaries(st.sampled_from(Post), CONTRACTS, max_size=3), st.dictionaries(FEW, CONTRACTS, max_size=3),
    POSTS, st.builds(Weights, FEW, FEW, FEW, FEW, FEW, FEW, FEW), st.dictionaries(CODES, CODES, max_size=3),
)  # fmt: skip


@given(RULES)
def test_what_is_kept_is_read_again(rules: DutyRules) -> None:
    assert rules_of(json.loads(setting_text(written(rules)))) == rules


def test_an_office_that_has_chosen_none_has_the_default_ones(file_office: Office) -> None:
    assert rules_of(office_settings(file_office.ctx("manager")).duty_rules) == DEFAULT_RULES
    assert rules_of(written(DEFAULT_RULES)) == DEFAULT_RULES


@pytest.mark.parametrize("day", DayKind)
def test_who_must_be_there_answers_customers_the_whole_day(day: DayKind) -> None:
    """Rule D1: 8:30 to 21:00, whichever of the shifts that meet a need are taken."""
    kinds = {kind.code: kind for kind in DEFAULT_RULES.shifts if kind.service}
    musts = [need.shifts for need in DEFAULT_RULES.demands if day in need.days and need.least]
    for taken in product(*musts):
        windows = [window for code in taken if code in kinds for window in kinds[code].windows]
        answered = {minute for start, end in windows for minute in range(start, end)}
        assert answered == set(range(8 * HOUR + HOUR // 2, 21 * HOUR)), taken


def test_two_kinds_may_swap_their_codes() -> None:
    early, late = replace(DEFAULT_RULES.shifts[0], never_next=("12:30", "18-20")), DEFAULT_RULES.shifts[1]
    rules = replace(DEFAULT_RULES, shifts=(early, late, *DEFAULT_RULES.shifts[2:]))
    other = with_codes(rules, {"8:30": "12:30", "12:30": "8:30"})
    assert [kind.code for kind in other.shifts[:3]] == ["12:30", "8:30", "Duty"]
    assert other.shifts[0].never_next == ("8:30", "18-20")
    assert [need.shifts for need in other.demands[:3]] == [("12:30",), ("8:30",), ("Duty",)]
    assert with_codes(other, {"8:30": "12:30", "12:30": "8:30"}) == rules


@given(RULES, st.dictionaries(CODES, CODES, max_size=3))
def test_other_codes_change_nothing_else(rules: DutyRules, codes: dict[str, str]) -> None:
    other = with_codes(rules, codes)
    assert [replace(kind, code="", never_next=()) for kind in other.shifts] == [
        replace(kind, code="", never_next=()) for kind in rules.shifts
    ]
    assert [replace(need, shifts=()) for need in other.demands] == [replace(need, shifts=()) for need in rules.demands]
    assert [kind.code for kind in other.shifts] == [codes.get(kind.code, kind.code) for kind in rules.shifts]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("word", ["Duty", "Weekend duty", "8:30", "Delivery", "Deliver"])
def test_a_default_word_that_was_not_changed_stays_one_for_every_language(language: str, word: str) -> None:
    set_language(language)
    assert kept(f" {shown(word)} ", word) == word


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_default_word_typed_again_is_one_and_others_are_as_typed(language: str) -> None:
    set_language(language)
    assert kept(shown("Weekend duty"), "夜班") == "Weekend duty"
    assert kept(" 大  班 ", "Duty") == "大 班"
    assert kept("", "Duty") == ""
    assert shown("") == ""
    assert shown("大班") == "大班"


def test_whose_contract_binds() -> None:
    own = Contract(week_most=20)
    rules = DutyRules(contracts={Post.LEAD: Contract(week_most=30)}, own={7: own})
    assert rules.contract(7, [Post.LEAD]) is own
    assert rules.contract(8, [Post.IT, Post.LEAD]).week_most == 30
    assert rules.contract(8, [Post.IT]) == Contract()


def test_a_kind_that_is_there_no_longer() -> None:
    assert DEFAULT_RULES.kind("12:30") is DEFAULT_RULES.shifts[1]
    assert DEFAULT_RULES.kind("night") is None
    assert DEFAULT_RULES.shifts[3].lasts == 390


@pytest.mark.parametrize(
    ("day", "kind"),
    [
        (date(2026, 9, 28), DayKind.MONDAY),
        (date(2026, 10, 1), DayKind.HOLIDAY),
        (date(2026, 10, 3), DayKind.HOLIDAY),
        (date(2026, 10, 10), DayKind.MAKE_UP),
        (date(2026, 10, 11), DayKind.SUNDAY),
    ],
)
def test_what_a_day_is(day: date, kind: DayKind) -> None:
    assert day_kind(day, Holidays(shipped_years())) is kind
