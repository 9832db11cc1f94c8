"""What cells cost their workers, and who is asked for the cheapest row."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster import contract as contracts
from app.services.duty.roster.check_person import person_breaches
from app.services.duty.roster.paths import FAR, SCALE
from app.services.duty.roster.price import cost
from app.services.duty.roster.pricing import EndedError, Pricing, own_prices
from app.services.duty.roster.problem import Problem, Shift, Worker
from tests.services.duty.roster.making import all_plans, any_cells, small_problem
from tests.services.duty.roster.test_plan import PROPERTY


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_own_prices_are_what_rows_cost_and_close_what_is_not_allowed(seed: int) -> None:
    chance = random.Random(seed)
    problem = replace(small_problem(chance), covers=(), tallies=())
    prices = own_prices(problem)

    def total(cells: tuple[tuple[int, ...], ...]) -> int:
        return sum(int(prices[worker, day, shift]) for worker, row in enumerate(cells) for day, shift in enumerate(row))

    for cells in (*list(all_plans(problem))[:20], any_cells(problem, chance)):
        if total(cells) < FAR // 2:
            assert total(cells) == cost(problem, cells).total * SCALE
        else:
            assert any(person_breaches(problem, worker, row) for worker, row in enumerate(cells))


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_each_has_the_cheapest_row_whoever_is_asked(seed: int) -> None:
    chance = random.Random(seed)
    problem = replace(small_problem(chance), covers=(), tallies=())
    prices = own_prices(problem)
    prices += np.random.default_rng(seed).integers(-3_000, 3_000, prices.shape) * (prices < FAR)
    with ThreadPoolExecutor(2) as pool:
        found = Pricing(problem, 1).cheapest(prices, range(len(problem.workers)), pool)
    plans = list(all_plans(problem))
    for worker, (rows, least) in found.items():
        every = [sum(int(prices[worker, day, at]) for day, at in enumerate(cells[worker])) for cells in plans]
        if plans:
            assert least == min(every)
            assert len(rows) == 1
            assert person_breaches(problem, worker, rows[0]) == []


def test_a_limit_left_out_at_first_is_kept_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contracts, "MANY_STATES", 0)
    shifts = (Shift("E", 360, 840, 480), Shift("L", 800, 1280, 480))
    worker = Worker("W", frozenset({0, 1}), most_of={0: 7})
    problem = Problem(14, 0, shifts, (worker,))
    prices = own_prices(problem)
    prices[:, :, 0] -= 500
    prices[:, :, 1] -= 300
    with ThreadPoolExecutor(1) as pool:
        (row,), price = Pricing(problem, 1).cheapest(prices, [0], pool)[0]
    assert (row.count(0), row.count(1), price) == (7, 7, -7 * 800)


def test_where_there_are_too_many_states_with_all_limits_the_solver_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    shifts = (Shift("E", 360, 840, 480), Shift("L", 800, 1280, 480))
    problem = Problem(14, 0, shifts, (Worker("W", frozenset({0, 1}), most_of={0: 7}),))
    whole = contracts.contract(problem, 0, all_limits=True)
    assert whole is not None
    monkeypatch.setattr(contracts, "MANY_STATES", 0)
    monkeypatch.setattr(contracts, "MOST_STATES", whole.states - 1)
    prices = own_prices(problem)
    prices[:, :, 0] -= 500
    with ThreadPoolExecutor(1) as pool:
        (row,), price = Pricing(problem, 1).cheapest(prices, [0], pool)[0]
    assert (row.count(0), price) == (7, -3_500)


def test_where_nobody_waits_nothing_is_looked_for() -> None:
    problem = Problem(14, 0, (Shift("E", 360, 840, 480),), (Worker("W", frozenset({0})),))
    with ThreadPoolExecutor(1) as pool, pytest.raises(EndedError):
        Pricing(problem, 1, lambda: True).cheapest(own_prices(problem), [0], pool)


def test_a_cell_is_no_dearer_than_the_cheapest_row_that_keeps_all_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    shifts = (Shift("E", 360, 840, 480), Shift("L", 800, 1280, 480))
    problem = Problem(14, 0, shifts, (Worker("W", frozenset({0, 1}), most_of={0: 7}),))
    prices = own_prices(problem)
    prices[:, :, 0] -= 500
    prices[:, :, 1] -= 300
    with ThreadPoolExecutor(1) as pool:
        whole = Pricing(problem, 1).through(prices, pool)
        monkeypatch.setattr(contracts, "MANY_STATES", 0)
        loose = Pricing(problem, 1).through(prices, pool)
    assert (whole[0, 0, 1], whole[0, 0, 0]) == (0, 0)  # half the days each: any day may be either
    assert (loose <= whole).all()


def test_roughly_no_row_is_over_a_limit_and_the_bound_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(contracts, "MANY_STATES", 0)
    shifts = (Shift("E", 360, 840, 480), Shift("L", 800, 1280, 480))
    problem = Problem(14, 0, shifts, tuple(Worker("W", frozenset({0, 1}), most_of={0: most}) for most in (3, 7)))
    pricing = Pricing(problem, 1)
    chance = np.random.default_rng(5)
    with ThreadPoolExecutor(1) as pool:
        for _time in range(20):
            prices = own_prices(problem)
            prices += chance.integers(-1_000, 200, prices.shape) * (prices < FAR)
            exact = pricing.cheapest(prices, [0, 1], pool)
            for worker, (rows, bound) in pricing.cheapest(prices, [0, 1], pool, rows=3, roughly=True).items():
                assert bound <= exact[worker][1]
                assert all(person_breaches(problem, worker, row) == [] for row in rows)
