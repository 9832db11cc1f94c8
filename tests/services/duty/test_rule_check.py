"""Which duty rules make no sense: each of the sentences, at its row and its field."""

from dataclasses import replace
from typing import Any

import pytest

from app.models.people import Post
from app.services.duty.rule_check import rule_problems
from app.services.duty.rules import DEFAULT_RULES, Contract, DayKind, Demand, DutyRules, ShiftKind, Weights, written
from app.services.office import NonsenseSettingError, change_settings, office_settings
from tests.factories import Office

KIND = ShiftKind("A", "Night", ((1320, 1800),), 480, (Post.SERVICE,))
NEED = Demand("Nights", frozenset({DayKind.MONDAY}), ("A",), (), 1, 1)
RULES = DutyRules((KIND,), (NEED,), {Post.SERVICE: Contract()}, {7: Contract()})

Found = list[tuple[str, int | None, str, str]]


def found(rules: DutyRules) -> Found:
    return [(one.where, one.place, one.field, one.reason) for one in rule_problems(rules)]


def test_what_an_office_begins_with_makes_sense() -> None:
    assert found(DEFAULT_RULES) == []
    assert found(RULES) == []


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"code": " "}, "code", "The sign in the cells has 1 to 8 characters and no comma."),
        ({"code": "123456789"}, "code", "The sign in the cells has 1 to 8 characters and no comma."),
        ({"code": "A,B"}, "code", "The sign in the cells has 1 to 8 characters and no comma."),
        ({"name": ""}, "name", "Give the shift a name of at most 40 characters."),
        ({"name": "n" * 41}, "name", "Give the shift a name of at most 40 characters."),
        ({"windows": ()}, "windows", "Say from when to when the shift lasts."),
        ({"windows": ((480, 960), (1320, 1320))}, "windows", "A shift ends after it begins: 22:00-22:00."),
        ({"windows": ((1320, 2940),)}, "windows", "A shift ends after it begins: 22:00-49:00."),
        ({"windows": ((1500, 2000),)}, "windows", "A shift ends after it begins: 25:00-33:20."),
        ({"windows": ((480, 720), (660, 1080))}, "windows", "08:00-12:00 and 11:00-18:00 overlap."),
        ({"minutes": 0}, "minutes", "What counts as work is more than nothing and at most what the shift lasts."),
        ({"minutes": 481}, "minutes", "What counts as work is more than nothing and at most what the shift lasts."),
        ({"posts": ()}, "posts", "Choose at least one post that does this shift."),
        ({"never_next": ("A", "B")}, "never_next", "There is no shift “B”."),
    ],
)
def test_a_kind(changes: dict[str, Any], field: str, reason: str) -> None:
    kind = replace(KIND, **changes)
    need = replace(NEED, shifts=(kind.code,))
    assert found(replace(RULES, shifts=(kind,), demands=(need,))) == [("shifts", 0, field, reason)]


def test_two_kinds_with_one_sign() -> None:
    reason = "“A” is the sign of two kinds of shifts."
    twice = (KIND, replace(KIND, name="Other"))
    assert found(replace(RULES, shifts=twice)) == [("shifts", 0, "code", reason), ("shifts", 1, "code", reason)]


@pytest.mark.parametrize("sign", ["", "123456789", "A,B"])
def test_a_sign_of_its_own_is_looked_at_as_well(sign: str) -> None:
    reason = "The sign in the cells has 1 to 8 characters and no comma."
    assert found(replace(RULES, signs={"A": sign})) == [("shifts", 0, "code", reason)]


def test_signs_count_and_not_codes() -> None:
    two = (KIND, replace(KIND, code="B", name="Other"))
    reason = "“N” is the sign of two kinds of shifts."
    assert found(replace(RULES, shifts=two, signs={"A": "B", "B": "A"})) == []
    assert found(replace(RULES, shifts=two, signs={"A": "N", "B": "N"})) == [
        ("shifts", 0, "code", reason),
        ("shifts", 1, "code", reason),
    ]
    gone = replace(RULES, shifts=(replace(KIND, never_next=("C",)),), signs={"C": "中"})
    assert found(gone) == [("shifts", 0, "never_next", "There is no shift “中”.")]


@pytest.mark.parametrize("many", [0, 31])
def test_too_few_or_too_many_kinds(many: int) -> None:
    kinds = tuple(replace(KIND, code=str(number)) for number in range(many))
    reason = "An office has 1 to 30 kinds of shifts."
    assert found(replace(RULES, shifts=kinds, demands=())) == [("shifts", None, "", reason)]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        ({"name": " "}, "name", "Give the need a name of at most 40 characters."),
        ({"name": "n" * 41}, "name", "Give the need a name of at most 40 characters."),
        ({"days": frozenset()}, "days", "Choose at least one kind of day."),
        ({"shifts": ()}, "shifts", "Choose at least one shift."),
        ({"shifts": ("B", "A")}, "shifts", "There is no shift “B”."),
        ({"least": 2}, "wanted", "At least so many must be there, and as many or more are wanted."),
        ({"least": -1}, "wanted", "At least so many must be there, and as many or more are wanted."),
        ({"wanted": 100}, "wanted", "At least so many must be there, and as many or more are wanted."),
        ({"most": 0}, "most", "At most so many may be there, and no fewer than are wanted."),
    ],
)
def test_a_need(changes: dict[str, Any], field: str, reason: str) -> None:
    assert found(replace(RULES, demands=(NEED, replace(NEED, **({"name": "Other"} | changes))))) == [
        ("demands", 1, field, reason)
    ]


def test_two_needs_of_one_name() -> None:
    reason = "“Nights” is the name of two needs."
    assert found(replace(RULES, demands=(NEED, NEED))) == [
        ("demands", 0, "name", reason),
        ("demands", 1, "name", reason),
    ]


def test_too_many_needs() -> None:
    needs = tuple(replace(NEED, name=str(number)) for number in range(61))
    reason = "At most 60 lines say whom a day needs."
    assert found(replace(RULES, demands=needs)) == [("demands", None, "", reason)]


@pytest.mark.parametrize(
    ("changes", "field", "reason"),
    [
        (
            {"week_least": 3000}, "week_most",
            "The hours of a week are from the least to the most, and a week has 168.",
        ),
        (
            {"week_most": 10_081}, "week_most",
            "The hours of a week are from the least to the most, and a week has 168.",
        ),
        ({"longest_run": 0}, "longest_run", "Days in a row: from 1 to 14."),
        ({"longest_run": 15}, "longest_run", "Days in a row: from 1 to 14."),
        ({"shortest_break": 8}, "shortest_break", "Free days in a row: from 1 to 7."),
        ({"least_rest": 1441}, "least_rest", "Hours of rest between two shifts: from 0 to 24."),
        ({"most_weekends": 5}, "most_weekends", "Weekends in four weeks: from 0 to 4."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("own", [False, True])
def test_a_contract_of_a_post_or_of_a_person(changes: dict[str, Any], field: str, reason: str, own: bool) -> None:
    wrong = replace(Contract(), **changes)
    rules = replace(RULES, own={7: wrong}) if own else replace(RULES, contracts={Post.SERVICE: wrong})
    assert found(rules) == [("contracts", int(own), field, reason)]


def test_weights_each_at_its_own() -> None:
    rules = replace(RULES, weights=Weights(under=-1, changed=10_001))
    reason = "Weights are from 0 to 10000."
    assert found(rules) == [("weights", None, "under", reason), ("weights", None, "changed", reason)]


def test_everything_is_told_in_the_order_of_the_form() -> None:
    rules = replace(
        RULES, shifts=(replace(KIND, posts=()),), demands=(replace(NEED, days=frozenset()),), weights=Weights(under=-1)
    )
    assert [where for where, _place, _field, _reason in found(rules)] == ["shifts", "demands", "weights"]


def test_nonsense_is_refused_at_the_door(file_office: Office) -> None:
    manager = file_office.ctx("manager")
    wanted = replace(office_settings(manager), duty_rules=written(replace(RULES, shifts=(), demands=())))
    with pytest.raises(NonsenseSettingError, match="Duty rules: An office has 1 to 30 kinds of shifts"):
        change_settings(manager, wanted)
