"""Mixtures of rows: bounds, and cells that are in nothing better, held against all plans of tiny problems."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster import contract as contracts
from app.services.duty.roster.columns import Columns
from app.services.duty.roster.known import Known
from app.services.duty.roster.outcome import nobody
from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.price import cost
from tests.services.duty.roster.making import all_plans, small_problem
from tests.services.duty.roster.test_plan import PROPERTY


@PROPERTY
@given(seed=st.integers(0, 10**6), binding=st.booleans(), limits=st.booleans())
def test_what_is_closed_is_in_nothing_better(
    monkeypatch: pytest.MonkeyPatch, seed: int, binding: bool, limits: bool
) -> None:
    monkeypatch.setattr(contracts, "MANY_STATES", 10**9 if limits else 0)
    chance = random.Random(seed)
    problem = replace(small_problem(chance), tallies=())
    if not binding:  # as contracts know them, so that rows come from paths
        workers = tuple(replace(one, before=(), week_least=None, week_most=None) for one in problem.workers)
        problem = replace(problem, workers=workers)
    plans = sorted(all_plans(problem), key=lambda cells: cost(problem, cells).total)
    if not plans:
        return
    known = Known(problem, nobody)
    known.offer(chance.choice(plans[: len(plans) // 4 + 1]))
    best = known.plan[1]
    columns = Columns(problem, 1, known)
    columns.until = time.monotonic() + 60
    with ThreadPoolExecutor(1) as pool:
        price = columns.around(columns.everything, pool, 0.0, 500)
        assert price <= cost(problem, plans[0]).total + 1e-6
        for _again in range(3):
            columns.close(pool)
            columns.around(columns.everything, pool, 0.0, 500)
    assert known.bound <= min(best, cost(problem, plans[0]).total)
    better = [cells for cells in plans if cost(problem, cells).total < best]
    is_open = columns.everything.is_open
    assert all(is_open[worker, range(problem.days), row].all() for cells in better for worker, row in enumerate(cells))


def test_a_mixture_that_is_made_in_parts_comes_to_the_same_bound() -> None:
    some = 0
    for seed in range(40):
        problem = replace(small_problem(random.Random(seed)), tallies=())
        if next(all_plans(problem), None) is None:
            continue
        at_once, in_parts = (Columns(problem, 1, Known(problem, nobody)) for _way in range(2))
        with ThreadPoolExecutor(1) as pool:
            price = at_once.around(at_once.everything, pool, 0.0, 500)
            parts = 1
            in_parts.around(in_parts.everything, pool, 0.0, 2)
            while not in_parts.is_near:
                in_parts.around(in_parts.everything, pool, 0.0, 2)
                parts += 1
            assert parts < 500
            some += parts > 1
        assert at_once.is_near
        assert abs(in_parts.root.bound - at_once.root.bound) <= SCALE // 10
        assert at_once.root.bound <= price * SCALE + 1
    assert some


def test_where_the_best_is_known_much_is_closed() -> None:
    before = after = 0
    for seed in range(60):
        problem = replace(small_problem(random.Random(seed)), tallies=())
        plans = sorted(all_plans(problem), key=lambda cells: cost(problem, cells).total)
        if not plans:
            continue
        known = Known(problem, nobody)
        known.offer(plans[0])
        columns = Columns(problem, 1, known)
        columns.until = time.monotonic() + 60
        before += columns.everything.choices
        with ThreadPoolExecutor(1) as pool:
            columns.around(columns.everything, pool, 0.0, 500)
            columns.close(pool)
        after += columns.everything.choices
    assert after < 0.8 * before
