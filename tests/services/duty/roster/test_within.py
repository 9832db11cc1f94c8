"""All rows below a price, held against all rows of tiny problems."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.contract import contract
from app.services.duty.roster.pricing import EndedError
from app.services.duty.roster.within import Within
from tests.services.duty.roster.test_paths import any_prices, every_row, one_worker
from tests.services.duty.roster.test_plan import PROPERTY

MANY = 10**6


@PROPERTY
@given(seed=st.integers(0, 10**6), dearer=st.integers(0, 6_000))
def test_every_row_that_is_no_dearer_is_found_once(seed: int, dearer: int) -> None:
    chance = random.Random(seed)
    problem = one_worker(chance)
    of = contract(problem, 0, all_limits=True)
    if of is None:
        return
    prices = any_prices(problem, chance)
    every = every_row(problem, prices)
    least = min(every.values(), default=0)
    wanted = {row for row, price in every.items() if price <= least + dearer}
    found = Within(of, prices[0]).rows(dearer, MANY)
    assert found is not None
    assert len(found) == len(wanted)
    assert {tuple(row) for row in found.tolist()} == wanted


@pytest.mark.parametrize("short", [0, 1])
def test_more_rows_than_asked_for_are_none(short: int) -> None:
    problem = one_worker(random.Random(1))
    of = contract(problem, 0, all_limits=True)
    assert of is not None
    prices = np.zeros((problem.days, len(problem.shifts) + 1), np.int64)
    every = Within(of, prices).rows(0, MANY)
    assert every is not None
    assert len(every) > 1
    assert (Within(of, prices).rows(0, len(every) - short) is None) == bool(short)


@pytest.mark.parametrize("paths_are_known", [False, True])
def test_it_ends_when_nobody_waits_any_more(paths_are_known: bool) -> None:
    problem = one_worker(random.Random(1))
    of = contract(problem, 0, all_limits=True)
    assert of is not None
    is_over = not paths_are_known

    def look() -> None:
        if is_over:
            raise EndedError

    prices = np.zeros((problem.days, len(problem.shifts) + 1), np.int64)
    if is_over:
        with pytest.raises(EndedError):
            Within(of, prices, look)
        return
    within = Within(of, prices, look)
    is_over = True
    with pytest.raises(EndedError):
        within.rows(0, MANY)
