"""Cheapest rows by shortest paths, held against all rows of tiny problems and against the solver."""

import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check_person import person_breaches
from app.services.duty.roster.contract import contract
from app.services.duty.roster.paths import FAR, Paths, Prices
from app.services.duty.roster.pricing import own_prices
from app.services.duty.roster.problem import FREE, Problem, Shift, Worker
from app.services.duty.roster.rows import Rows, alone
from tests.services.duty.roster.making import all_plans, small_problem
from tests.services.duty.roster.test_plan import PROPERTY

DAYS = 28


def one_worker(chance: random.Random) -> Problem:
    """One worker with any rules that contracts know."""
    problem = alone(small_problem(chance), 0)
    worker = replace(problem.workers[0], before=(), week_least=None, week_most=None)
    return replace(problem, workers=(worker,), days=chance.randrange(4, 7))


def any_prices(problem: Problem, chance: random.Random) -> Prices:
    """Any prices; some cells are closed besides those that the problem closes."""
    prices = own_prices(problem)
    for place in np.ndindex(prices.shape):
        if prices[place] < FAR:
            prices[place] = FAR if chance.random() < 0.05 else chance.randrange(-3_000, 3_000)
    return prices


def price_of(prices: Prices, row: tuple[int, ...]) -> int:
    return int(sum(prices[0, day, shift] for day, shift in enumerate(row)))


def every_row(problem: Problem, prices: Prices) -> dict[tuple[int, ...], int]:
    """All rows of one worker whose cells are open, and their prices."""
    return {cells[0]: price for cells in all_plans(problem) if (price := price_of(prices, cells[0])) < FAR // 2}


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_a_path_is_the_cheapest_of_all_rows(seed: int) -> None:
    chance = random.Random(seed)
    problem = one_worker(chance)
    of = contract(problem, 0, all_limits=True)
    if of is None:
        worker = problem.workers[0]
        assert worker.longest_run is not None
        assert worker.longest_run < worker.shortest_run
        return
    prices = any_prices(problem, chance)
    every = every_row(problem, prices).values()
    cheapest = Paths(of, prices).cheapest()[0]
    assert len(cheapest) == bool(every)
    for row, price in cheapest:
        assert person_breaches(problem, 0, row) == []
        assert price == price_of(prices, row) == min(every)


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_through_a_cell_leads_the_cheapest_row_that_has_it(seed: int) -> None:
    chance = random.Random(seed)
    problem = one_worker(chance)
    of = contract(problem, 0, all_limits=True)
    if of is None:
        return
    prices = any_prices(problem, chance)
    through = Paths(of, prices).through()
    rows = [cells[0] for cells in all_plans(problem)]
    for day in range(problem.days):
        for shift in (FREE, *range(len(problem.shifts))):
            least = min((price_of(prices, row) for row in rows if row[day] == shift), default=FAR)
            assert through[0, day, shift] == least or min(through[0, day, shift], least) > FAR // 2


def _month() -> Problem:
    never = (frozenset[int](), frozenset({0}), frozenset({0, 1}), frozenset({0, 1, 2}))
    shifts = tuple(
        Shift(code, None, None, 600 if code == "N" else 480, of) for code, of in zip("EDLN", never, strict=True)
    )
    full = Worker(
        "A",
        frozenset(range(4)),
        least_minutes=7080,
        most_minutes=8160,
        longest_run=5,
        shortest_run=2,
        shortest_break=2,
        most_weekends=2,
        most_of={3: 3},
    )
    half = replace(full, least_minutes=2340, most_minutes=3420, shortest_run=1, most_weekends=3, most_of={2: 4, 3: 2})
    free = Worker("D", full.shifts, shortest_run=3, most_of={0: 0})
    workers = (replace(full, away=frozenset({4, 5})), full, half, free)
    return Problem(DAYS, 0, shifts, workers)


@pytest.mark.parametrize("worker", range(4))
def test_over_a_month_it_is_what_the_solver_finds(worker: int) -> None:
    problem = _month()
    of = contract(problem, worker, all_limits=True)
    assert of is not None
    prices = own_prices(problem)[[worker]]
    chance = np.random.default_rng(worker)
    prices += chance.integers(-30_000, 30_000, prices.shape) * (prices < FAR)
    ((row, price),) = Paths(of, prices).cheapest()[0]
    assert person_breaches(problem, worker, row) == []
    solved, bound = Rows(problem, worker, 1).cheapest(prices[0])
    assert solved is not None
    assert price == price_of(prices, row) == price_of(prices, solved) == bound


def test_many_are_looked_for_side_by_side() -> None:
    problem = _month()
    of = contract(problem, 0, all_limits=True)
    assert of is not None
    assert of == contract(problem, 1, all_limits=True)  # leave is no matter of the contract
    prices = own_prices(problem)[:2]
    prices -= np.arange(5) * (prices < FAR)
    together = Paths(of, prices).cheapest()
    for worker in range(2):
        assert together[worker] == Paths(of, prices[[worker]]).cheapest()[0]
    assert together[0][0][0] != together[1][0][0]


def test_several_rows_of_one_worker_differ_in_what_is_counted() -> None:
    problem = _month()
    of = contract(problem, 0, all_limits=True)
    assert of is not None
    prices = own_prices(problem)[[0]]
    prices += np.random.default_rng(1).integers(-30_000, 30_000, prices.shape) * (prices < FAR)
    found = Paths(of, prices).cheapest(4)[0]
    assert found[0] == Paths(of, prices).cheapest()[0][0]
    assert [price for _row, price in found] == sorted(price for _row, price in found)
    for row, price in found:
        assert person_breaches(problem, 0, row) == []
        assert price == price_of(prices, row)
    assert len({(len(row) - row.count(FREE), row.count(3), _weekends(row)) for row, _price in found}) == 4


def _weekends(row: tuple[int, ...]) -> int:
    return sum(row[day] != FREE or row[day + 1] != FREE for day in range(5, len(row), 7))


@pytest.mark.parametrize("factor", [1, 1_000_000])
def test_prices_are_exact_however_high(factor: int) -> None:
    problem = _month()
    of = contract(problem, 2, all_limits=True)
    assert of is not None
    prices = own_prices(problem)[[2]]
    prices += np.random.default_rng(3).integers(-30_000, 30_000, prices.shape) * (prices < FAR) * factor + 1
    ((row, price),) = Paths(of, np.where(prices < FAR, prices, FAR)).cheapest()[0]
    assert price == price_of(prices, row)


def test_where_nothing_is_open_there_is_no_row() -> None:
    problem = _month()
    of = contract(problem, 0, all_limits=True)
    assert of is not None
    prices = own_prices(problem)[:2]
    prices[0, 10] = FAR  # neither a shift nor a free day
    prices[1, :, :FREE] = FAR  # no shift at all: too few minutes
    assert Paths(of, prices).cheapest() == [[], []]
