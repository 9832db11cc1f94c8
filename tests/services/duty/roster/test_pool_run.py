"""A run over rows that are written down: price after price, until there is a roster."""

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster import pool_run
from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import Root
from app.services.duty.roster.known import Plan
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.pool_run import PoolRun
from app.services.duty.roster.price import cost
from app.services.duty.roster.pricing import EndedError
from app.services.duty.roster.problem import Problem
from app.services.duty.roster.process import Planner
from tests.services.duty.roster.making import all_plans, hard_rows_problem, rows_problem
from tests.services.duty.roster.test_plan import PROPERTY
from tests.services.duty.roster.test_tree import root_of


def _run(problem: Problem, bounds: list[int], *, brought: Plan | None = None, below: int = 0) -> PoolRun:
    """A run; its mixture's bound may be said to be so much below what it is."""

    def root() -> Root:
        made = root_of(problem)
        return Root(made.prices, made.worth, made.bound - below * SCALE)

    return PoolRun(
        problem,
        root,
        on_cells=lambda cells: not breaches(problem, cells),
        on_bound=bounds.append,
        brought=lambda: brought,
    )


def test_what_is_nearly_the_best_mixture_tells_its_bound_and_no_rows() -> None:
    problem = next(one for one in map(rows_problem, map(random.Random, range(99))) if next(all_plans(one), None))
    made, bounds = root_of(problem), list[int]()
    run = PoolRun(
        problem, lambda: replace(made, is_exact=False), on_cells=bool, on_bound=bounds.append, brought=lambda: None
    )
    result = run.solve()
    assert result is not None
    assert (result.cells, result.is_final) == (None, False)
    assert bounds == [result.bound] == [-(-made.bound // SCALE)]


@PROPERTY
@given(seed=st.integers(0, 10**6), below=st.integers(0, 9))
def test_the_best_is_proven_from_below(seed: int, below: int) -> None:
    problem = rows_problem(random.Random(seed))
    prices = sorted(cost(problem, cells).total for cells in all_plans(problem))
    if not prices:
        return
    bounds: list[int] = []
    run = _run(problem, bounds, below=below)
    result = run.solve()
    assert result is not None
    assert result.is_final
    assert result.cells is not None
    assert result.objective == result.bound == prices[0] == cost(problem, result.cells).total
    assert bounds == sorted(bounds)
    assert bounds[-1] <= prices[0]
    assert run.is_alone


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_of_the_best_that_is_brought_the_bound_is_proven(seed: int) -> None:
    problem = rows_problem(random.Random(seed))
    plans = sorted(all_plans(problem), key=lambda cells: cost(problem, cells).total)
    if not plans:
        return
    least = cost(problem, plans[0]).total
    bounds: list[int] = []
    run = _run(problem, bounds, brought=(plans[0], least))
    result = run.solve()
    assert result is not None
    assert (result.is_final, result.bound, bounds[-1]) == (False, least, least)
    assert not run.is_alone


def test_more_rows_than_can_be_looked_through_leave_it_unfinished(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_run, "MOST_ROWS", 10)
    bounds: list[int] = []
    result = _run(hard_rows_problem(7), bounds).solve()
    assert result is not None
    assert (result.cells, result.is_final, result.bound) == (None, False, bounds[-1])


@pytest.mark.parametrize("when", ["before", "within"])
def test_it_can_be_stopped(when: str) -> None:
    problem = hard_rows_problem(7)
    heard: Callable[[int], None] = (lambda _bound: run.stop()) if when == "within" else (lambda _bound: None)
    run = PoolRun(problem, lambda: root_of(problem), on_cells=lambda _cells: True, on_bound=heard, brought=lambda: None)
    if when == "before":
        run.stop()
    assert run.solve() is None


def test_it_ends_where_the_mixture_is_not_made_to_the_end() -> None:
    def root() -> Root:
        raise EndedError

    run = PoolRun(
        rows_problem(random.Random(1)),
        root,
        on_cells=lambda _cells: True,
        on_bound=lambda _bound: None,
        brought=lambda: None,
    )
    assert run.solve() is None


def test_a_search_that_ends_with_it_comes_to_the_same_plan(planner: Planner) -> None:
    problem = hard_rows_problem(9)
    once, again = (planner.plan(problem, 60.0) for _time in range(2))
    assert once.status == again.status == Status.PROVEN
    assert once.repeatable
    assert again.repeatable
    assert once.cells == again.cells
