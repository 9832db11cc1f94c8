"""All rows that can be in a roster of a price."""

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.pool import pool
from app.services.duty.roster.price import cost
from app.services.duty.roster.pricing import own_prices
from tests.services.duty.roster.making import all_plans, rows_problem
from tests.services.duty.roster.test_plan import PROPERTY
from tests.services.duty.roster.test_tree import MANY, root_of


@PROPERTY
@given(seed=st.integers(0, 10**6), more=st.integers(0, 9))
def test_the_rows_of_every_plan_of_the_price_are_there(seed: int, more: int) -> None:
    problem = rows_problem(random.Random(seed))
    plans = [(cost(problem, cells).total, cells) for cells in all_plans(problem)]
    if not plans:
        return
    root, most = root_of(problem), min(plans)[0] + more
    rows = pool(problem, root.prices, root.worth, most * SCALE - root.bound, MANY)
    assert rows is not None
    there = {(worker, rows.row(place)) for place, worker in enumerate(rows.workers.tolist())}
    assert len(there) == len(rows)
    assert list(rows.workers) == sorted(rows.workers)
    assert all((worker, row) in there for price, cells in plans if price <= most for worker, row in enumerate(cells))
    worth = np.arange(root.worth.size).reshape(root.worth.shape)
    own, days = own_prices(problem), range(problem.days)
    less = [
        sum(int(own[worker, day, row[day]] - worth[worker, day, row[day]]) for day in days)
        for worker, row in ((worker, rows.row(place)) for place, worker in enumerate(rows.workers.tolist()))
    ]
    assert rows.less_worth(worth, np.arange(len(rows), dtype=np.int32)).tolist() == less


def test_too_many_rows_are_none() -> None:
    problem = rows_problem(random.Random(1))
    root = root_of(problem)
    rows = pool(problem, root.prices, root.worth, 10 * SCALE, MANY)
    assert rows is not None
    assert pool(problem, root.prices, root.worth, 10 * SCALE, len(rows)) is not None
    assert pool(problem, root.prices, root.worth, 10 * SCALE, len(rows) - 1) is None


@PROPERTY
@given(seed=st.integers(0, 10**6), above=st.integers(-9, 9))
def test_cells_of_which_one_is_worth_millions_are_added_up_rightly(seed: int, above: int) -> None:
    problem = rows_problem(random.Random(seed))
    root = root_of(problem)
    rows = pool(problem, root.prices, root.worth, 10 * SCALE, MANY)
    if rows is None:
        return
    for each in (2**31 + above, -(2**31) + above, 2**50 + above):
        less = rows.less_worth(np.full_like(root.worth, each), np.arange(len(rows), dtype=np.int32))
        assert less.tolist() == (rows.prices - problem.days * each).tolist()
