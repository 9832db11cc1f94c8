"""A first plan made worker by worker: valid, or none."""

import random
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.first import FirstPlan
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Shift, Worker
from tests.services.duty.roster.making import all_plans, small_problem
from tests.services.duty.roster.test_plan import PROPERTY


def first_plan(problem: Problem, seed: int, ended: Callable[[], bool]) -> Cells | None:
    return FirstPlan(problem, seed, ended).plan()


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_it_keeps_all_rules(seed: int) -> None:
    problem = small_problem(random.Random(seed))
    covers = tuple(replace(cover, least=0, most=None) for cover in problem.covers)
    problem = replace(problem, covers=covers, tallies=())
    cells = first_plan(problem, seed, lambda: False)
    assert (cells is None) == (next(all_plans(problem), None) is None)
    if cells is not None:
        assert breaches(problem, cells) == []


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_each_further_plan_is_cheaper_until_none_is(seed: int) -> None:
    problem = small_problem(random.Random(seed))
    covers = tuple(replace(cover, least=0, most=None) for cover in problem.covers)
    problem = replace(problem, covers=covers, tallies=())
    first = FirstPlan(problem, seed, lambda: False)
    prices = []
    while (cells := first.plan()) is not None:
        assert breaches(problem, cells) == []
        prices.append(cost(problem, cells).total)
    assert prices == sorted(set(prices), reverse=True)
    assert not first.may_help


def test_who_comes_first_leaves_what_others_are_likely_to_do() -> None:
    """Either can do the early shift, which is wanted more; only one of them the late one."""
    shifts = Shift("E", 360, 840, 480), Shift("L", 840, 1320, 480)
    workers = Worker("A", frozenset({0, 1})), Worker("B", frozenset({0}))
    covers = Cover(0, frozenset({0}), wanted=1, under=5), Cover(0, frozenset({1}), wanted=1, under=4)
    problem = Problem(1, 0, shifts, workers, covers)
    mixed = np.zeros((2, 1, 3))
    mixed[0, 0, 1] = mixed[1, 0, 0] = 1.0
    for seed in range(4):  # in either order
        first = FirstPlan(problem, seed, lambda: False)
        first.begin(mixed)
        assert first.plan() == ((1,), (0,))


def _team(cover: Cover) -> Problem:
    workers = tuple(Worker(name, frozenset({0})) for name in "AB")
    return Problem(1, 0, (Shift("E", 360, 840, 480),), workers, (cover,))


def test_nobody_comes_who_is_not_wanted() -> None:
    problem = _team(Cover(0, frozenset({0}), wanted=1, under=5, over=3))
    cells = first_plan(problem, 0, lambda: False)
    assert cells is not None
    assert sorted(cells) == [(FREE,), (0,)]
    assert cost(problem, cells).total == 0


@pytest.mark.parametrize("cover", [Cover(0, frozenset({0}), least=1), Cover(0, frozenset({0}), most=2)])
def test_with_a_least_it_is_not_tried(cover: Cover) -> None:
    assert (first_plan(_team(cover), 0, lambda: False) is None) == (cover.least > 0)


def test_nobody_waits_for_it() -> None:
    assert first_plan(_team(Cover(0, frozenset({0}), wanted=1, under=5)), 0, lambda: True) is None
