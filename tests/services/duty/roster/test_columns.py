"""Rosters put together of whole rows, held against the checker, all plans of tiny problems and proven bests."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import Columns, fits
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cells, Problem
from app.services.duty.roster.process import Planner
from app.services.duty.roster.rows import SCALE, Rows, alone
from tests.services.duty.roster.making import all_plans, office_sample, small_problem
from tests.services.duty.roster.test_plan import PROPERTY

SECONDS = 30.0


def _dive(problem: Problem, start: Cells, seconds: float = SECONDS) -> tuple[list[tuple[Cells, int]], list[int]]:
    """What one dive offers, and the bounds that it tells."""
    best = [(start, cost(problem, start).total)]
    bounds: list[int] = []

    def offer(cells: Cells, price: int) -> None:
        best.append(min(best[-1], (cells, price), key=lambda one: one[1]))
        assert breaches(problem, cells) == []
        assert cost(problem, cells).total == price

    columns = Columns(problem, 1, lambda: best[-1], offer)
    columns.note(start)
    diving = columns.begin(2, time.monotonic() + seconds, bounds.append)
    while diving.is_busy:
        time.sleep(0.01)
    diving.end()
    return best, bounds


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_plans_are_valid_and_no_bound_is_above_the_best(seed: int) -> None:
    problem = replace(small_problem(random.Random(seed)), tallies=())
    plans = sorted(all_plans(problem), key=lambda cells: cost(problem, cells).total)
    if not plans:
        return
    best, bounds = _dive(problem, plans[-1])
    least = cost(problem, plans[0]).total
    assert bounds
    assert max(bounds) <= least <= best[-1][1]


def test_a_dive_comes_near_to_the_proven_best(planner: Planner) -> None:
    problem = replace(office_sample(12, 2), tallies=())
    proven = planner.plan(problem, SECONDS)
    assert proven.status == Status.PROVEN
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    assert cost(problem, start).total > proven.objective  # or nothing could be seen
    best, bounds = _dive(problem, start)
    assert best[-1][1] < cost(problem, start).total
    assert max(bounds) <= proven.objective
    assert best[-1][1] - proven.objective <= 2
    assert proven.objective - max(bounds) <= 4


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_a_row_is_the_cheapest_of_all(seed: int) -> None:
    chance = random.Random(seed)
    problem = alone(small_problem(chance), 0)
    shifts = range(len(problem.shifts))
    prices = {(day, shift): chance.randrange(-3_000, 3_000) for day in range(problem.days) for shift in shifts}

    def price(row: tuple[int, ...]) -> int:
        worth = sum(prices.get((day, shift), 0) for day, shift in enumerate(row))
        return cost(problem, (row,)).total * SCALE + worth

    every = [price(cells[0]) for cells in all_plans(problem)]
    row, bound = Rows(problem, 0, 1).cheapest(prices)
    assert (row is None) == (not every)
    if row is not None:
        assert price(row) == bound == min(every)


def test_what_is_shared_out_among_all_is_no_matter_of_rows() -> None:
    problem = office_sample(8, 1)
    assert not fits(problem)
    assert fits(replace(problem, tallies=()))


def test_a_dive_ends_when_nobody_wants_to_know(planner: Planner) -> None:
    problem = replace(office_sample(30, 4), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    began = time.monotonic()
    best = start, cost(problem, start).total
    columns = Columns(problem, 1, lambda: best, lambda _cells, _price: None)
    diving = columns.begin(2, began + 600, lambda _bound: None)
    time.sleep(0.5)
    assert diving.is_busy
    diving.end()
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_without_time_what_there_is_stays(seconds: float, planner: Planner) -> None:
    problem = replace(office_sample(12, 2), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    best, _bounds = _dive(problem, start, seconds)
    assert best[-1][1] <= best[0][1]


def test_each_dive_begins_where_the_last_one_ended(planner: Planner) -> None:
    problem = replace(office_sample(8, 1), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    found = [(start, cost(problem, start).total)]
    columns = Columns(problem, 1, lambda: found[-1], lambda cells, price: found.append((cells, price)))
    for _dive_again in range(2):
        diving = columns.begin(1, time.monotonic() + SECONDS, lambda _bound: None)
        while diving.is_busy:
            time.sleep(0.01)
        diving.end()
    assert all(breaches(problem, cells) == [] for cells, _price in found)
    assert found[-1][1] < found[0][1]
