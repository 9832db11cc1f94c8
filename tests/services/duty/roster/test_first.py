"""A first plan made worker by worker: valid, or none."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.first import first_plan
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Cover, Problem, Shift, Worker
from tests.services.duty.roster.making import all_plans, small_problem
from tests.services.duty.roster.test_plan import PROPERTY


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
