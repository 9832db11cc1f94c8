"""The cheapest row of one worker, held against all rows."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.paths import FAR
from app.services.duty.roster.pricing import own_prices
from app.services.duty.roster.rows import Rows, alone
from tests.services.duty.roster.making import all_plans, small_problem
from tests.services.duty.roster.test_plan import PROPERTY


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_a_row_is_the_cheapest_of_all(seed: int) -> None:
    problem = alone(small_problem(random.Random(seed)), 0)
    prices = own_prices(problem)[0]
    prices += np.random.default_rng(seed).integers(-3_000, 3_000, prices.shape) * (prices < FAR)
    every = [sum(int(prices[day, at]) for day, at in enumerate(cells[0])) for cells in all_plans(problem)]
    row, bound = Rows(problem, 0, 1).cheapest(prices)
    assert (row is None) == (not every)
    if row is not None:
        assert sum(int(prices[day, at]) for day, at in enumerate(row)) == bound == min(every)
