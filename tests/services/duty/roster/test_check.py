"""The checker against one hand-made breach of each rule, and against itself when cells change one by one."""

import random
from collections.abc import Mapping
from dataclasses import replace

import pytest

from app.services.duty.roster.check import Checker, breaches
from app.services.duty.roster.problem import FREE, Breach, Cells, Cover, Problem, Rule, Shift, Worker
from tests.services.duty.roster.making import any_cells, office_sample, small_problem

E, L = 0, 1
SHIFTS = (Shift("E", 360, 840, 480), Shift("L", 840, 1320, 480, never_next=frozenset({0})))
ANY = Worker("A", frozenset({E, L}))


def _problem(worker: Worker, days: int = 7, *, pins: Mapping[tuple[int, int], int] | None = None) -> Problem:
    return Problem(days, 0, SHIFTS, (worker,), pins=pins or {})


def _row(text: str) -> Cells:
    return (tuple({"E": E, "L": L, ".": FREE}[letter] for letter in text),)


@pytest.mark.parametrize(
    ("worker", "row", "expected"),
    [
        (replace(ANY, away=frozenset({2})), "..E....", Breach(Rule.AWAY, 0, 2, 2, shift=E)),
        (replace(ANY, off=frozenset({2})), "..E....", Breach(Rule.OFF, 0, 2, 2, shift=E)),
        (replace(ANY, shifts=frozenset({E})), ".L.....", Breach(Rule.SKILL, 0, 1, 1, shift=L)),
        (replace(ANY, unable={1: frozenset({L}), 3: frozenset({E})}), ".LLL...", Breach(Rule.SKILL, 0, 1, 1, shift=L)),
        (ANY, ".LE....", Breach(Rule.FOLLOW, 0, 1, 2, shift=E)),
        (replace(ANY, before=(L,)), "E......", Breach(Rule.FOLLOW, 0, -1, 0, shift=E)),
        (replace(ANY, least_rest=17 * 60), ".EE....", Breach(Rule.REST, 0, 1, 2, 960, 1020, shift=E)),
        (replace(ANY, longest_run=3), ".EEEE..", Breach(Rule.LONGEST_RUN, 0, 1, 4, 4, 3)),
        (replace(ANY, longest_run=3, before=(FREE, E, E)), "EE.....", Breach(Rule.LONGEST_RUN, 0, -2, 1, 4, 3)),
        (replace(ANY, shortest_run=2), "..E....", Breach(Rule.SHORTEST_RUN, 0, 2, 2, 1, 2)),
        (replace(ANY, shortest_run=3, before=(FREE, E)), "E......", Breach(Rule.SHORTEST_RUN, 0, -1, 0, 2, 3)),
        (replace(ANY, shortest_break=2), "EE.EE..", Breach(Rule.SHORTEST_BREAK, 0, 2, 2, 1, 2)),
        (replace(ANY, shortest_break=2, before=(E, FREE)), "EE.....", Breach(Rule.SHORTEST_BREAK, 0, -1, -1, 1, 2)),
        (replace(ANY, most_minutes=960), "E.E.E..", Breach(Rule.MOST_MINUTES, 0, 0, 6, 1440, 960)),
        (replace(ANY, least_minutes=960), "E......", Breach(Rule.LEAST_MINUTES, 0, 0, 6, 480, 960)),
        (replace(ANY, week_most=960), "E.E.E..", Breach(Rule.WEEK_MOST, 0, 0, 6, 1440, 960)),
        (replace(ANY, week_least=960), "E......", Breach(Rule.WEEK_LEAST, 0, 0, 6, 480, 960)),
        (replace(ANY, most_of={L: 1}), "L.L....", Breach(Rule.MOST_OF_SHIFT, 0, 0, 6, 2, 1, shift=L)),
        (replace(ANY, most_weekends=0), "......E", Breach(Rule.WEEKENDS, 0, 0, 6, 1, 0)),
    ],
)
def test_each_rule_of_a_worker_is_seen(worker: Worker, row: str, expected: Breach) -> None:
    assert breaches(_problem(worker), _row(row)) == [expected]


@pytest.mark.parametrize(
    ("worker", "row"),
    [
        (replace(ANY, shortest_run=3), "E....EE"),  # both runs touch the border
        (replace(ANY, shortest_break=3), ".EEEE.."),
        (replace(ANY, shortest_run=3, before=(E,)), "E......"),  # may have begun earlier than what is known
        (replace(ANY, shortest_run=3, before=(FREE, E, FREE)), "......."),  # over before this plan
        (replace(ANY, longest_run=2, before=(E, E, E)), "......."),
        (replace(ANY, least_rest=16 * 60), "EEEE..."),
    ],
)
def test_what_the_borders_leave_open_is_no_breach(worker: Worker, row: str) -> None:
    assert breaches(_problem(worker), _row(row)) == []


def test_a_pin_is_kept() -> None:
    problem = _problem(ANY, pins={(0, 1): L, (0, 2): FREE})
    assert breaches(problem, _row("..E....")) == [
        Breach(Rule.PIN, 0, 1, 1, shift=L),
        Breach(Rule.PIN, 0, 2, 2, shift=FREE),
    ]


def test_hours_of_a_week_that_began_before_the_plan_count_on() -> None:
    worker = replace(ANY, week_most=960, before=(E, E))
    problem = Problem(5, 2, SHIFTS, (worker,))
    assert breaches(problem, _row("E....")) == [Breach(Rule.WEEK_MOST, 0, 0, 4, 1440, 960)]


def test_a_weekend_across_the_border_is_one() -> None:
    worker = replace(ANY, most_weekends=0, before=(E,))
    assert breaches(Problem(3, 6, SHIFTS, (worker,)), _row("...")) == [Breach(Rule.WEEKENDS, 0, 0, 2, 1, 0)]
    assert breaches(Problem(3, 6, SHIFTS, (replace(worker, before=()),)), _row("...")) == []


def test_too_few_and_too_many() -> None:
    covers = (
        Cover(0, frozenset({E, L}), least=2),
        Cover(1, frozenset({E}), most=0),
        Cover(1, frozenset({E}), frozenset({1}), most=0),
    )
    problem = Problem(2, 0, SHIFTS, (ANY, replace(ANY, name="B")), covers)
    assert breaches(problem, ((E, E), (FREE, FREE))) == [
        Breach(Rule.TOO_FEW, None, 0, 0, 1, 2, cover=0),
        Breach(Rule.TOO_MANY, None, 1, 1, 1, 0, cover=1),
    ]


@pytest.mark.parametrize("seed", range(20))
def test_one_cell_after_the_other_comes_to_the_same_as_all_at_once(seed: int) -> None:
    chance = random.Random(seed)
    problem = office_sample(8, 1, seed) if seed % 4 == 0 else small_problem(chance)
    first, last = any_cells(problem, chance), any_cells(problem, chance)
    checker = Checker(problem, first)
    for worker, row in enumerate(last):
        for day, shift in enumerate(row):
            found = checker.set(worker, day, shift)
            assert found == breaches(problem, checker.cells)
    assert checker.cells == last


def test_who_has_a_shift_on_a_day_of_leave_is_not_there() -> None:
    both = (replace(ANY, away=frozenset({1})), replace(ANY, name="B"))
    for workers in (None, frozenset({0, 1})):
        covers = tuple(Cover(day, frozenset({E}), workers, least=2, most=2) for day in range(2))
        found = breaches(Problem(2, 0, SHIFTS, both, covers), ((E, E), (E, E)))
        assert found == [Breach(Rule.AWAY, 0, 1, 1, shift=E), Breach(Rule.TOO_FEW, None, 1, 1, 1, 2, cover=1)]
