"""The steady run by itself: held against all plans of tiny problems, stopped, and told of plans."""

import random
import threading
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.engine import Result
from app.services.duty.roster.linear import LinearRun
from app.services.duty.roster.model import build
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cells, Cover, Problem, Shift, Worker
from app.services.duty.roster.sketch import FAR
from tests.services.duty.roster.making import all_plans, office_sample, small_problem
from tests.services.duty.roster.test_plan import PROPERTY

SECONDS = 60.0
SOON = 10.0  # three seconds, most of it for taking the model in, on a computer that may be busy with other tests
Heard = list[Cells]


def _run(problem: Problem, heard: Heard, bounds: list[int], brought: tuple[Cells, int] | None = None) -> LinearRun:
    return LinearRun(
        build(problem),
        SECONDS,
        0,
        on_cells=heard.append,
        on_bound=bounds.append,
        brought=lambda: brought,
    )


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_the_best_of_all_plans_is_proven(seed: int) -> None:
    problem = small_problem(random.Random(seed))
    best = min((cost(problem, cells).total for cells in all_plans(problem)), default=None)
    bounds: list[int] = []
    result = _run(problem, [], bounds).solve()
    assert result is not None
    assert result.is_final
    if best is None:
        assert result.cells is None
        return
    assert result.cells is not None
    assert breaches(problem, result.cells) == []
    assert (cost(problem, result.cells).total, result.objective, result.bound) == (best, best, best)
    assert max(bounds, default=best) <= best


def test_plans_on_the_way_are_told_and_valid() -> None:
    problem = office_sample(8, 1)
    heard: Heard = []
    result = _run(problem, heard, []).solve()
    assert result is not None
    prices = [cost(problem, cells).total for cells in heard]
    assert prices[-1] == result.objective == min(prices)
    for cells in heard:
        assert breaches(problem, cells) == []


def test_a_plan_that_is_brought_is_the_start() -> None:
    problem = office_sample(8, 1)
    alone: Heard = []
    heard: Heard = []
    best = _run(problem, alone, []).solve()
    assert best is not None
    assert best.cells is not None
    helped = _run(problem, heard, [], (best.cells, best.objective))
    result = helped.solve()
    assert result is not None
    assert not helped.is_alone
    assert max(cost(problem, cells).total for cells in alone) > best.objective
    assert all(cost(problem, cells).total <= best.objective for cells in heard)  # nothing worse on the way
    assert (result.objective, result.is_final) == (best.objective, True)


def test_it_ends_soon_after_it_is_stopped() -> None:
    run = _run(office_sample(30, 12), [], [])
    done: list[Result | None] = []
    working = threading.Thread(target=lambda: done.append(run.solve()))
    working.start()
    time.sleep(1.0)
    run.stop()
    working.join(SOON)
    ended = not working.is_alive()
    working.join()
    assert ended
    assert done[0] is not None
    assert not done[0].is_final


def test_stopped_before_it_began_it_does_nothing() -> None:
    run = _run(office_sample(5, 1), [], [])
    run.stop()
    assert run.solve() is None


def _too_much_asked() -> Problem:
    problem = office_sample(8, 1)
    more = (
        replace(cover, least=cover.least + 1) if cover.least and cover.most is None and cover.day < 5 else cover
        for cover in problem.covers
    )
    return replace(problem, covers=tuple(more))


def _minutes_that_no_shifts_make() -> Problem:
    shifts = tuple(Shift(code, None, None, minutes) for code, minutes in (("a", 150), ("b", 220), ("c", 160)))
    workers = tuple(Worker(name, frozenset(range(3)), least_minutes=510, most_minutes=510) for name in "ABCD")
    covers = tuple(Cover(day, frozenset({day % 3}), wanted=2, under=3, over=1) for day in range(14))
    return Problem(14, 0, shifts, workers, covers)


@pytest.mark.parametrize("problem", [_too_much_asked(), _minutes_that_no_shifts_make()], ids=["at the root", "later"])
def test_that_there_is_no_plan_is_proven(problem: Problem) -> None:
    bounds: list[int] = []
    result = _run(problem, [], bounds).solve()
    assert result is not None
    assert (result.cells, result.is_final) == (None, True)
    assert max(bounds, default=0) < FAR


@pytest.mark.parametrize("hearer", ["on_cells", "on_bound", "brought"])
def test_what_a_hearer_raises_is_raised(hearer: str) -> None:
    def fail(*_told: object) -> None:
        raise LookupError(hearer)

    hearers = {"on_cells": _ignore, "on_bound": _ignore, "brought": _ignore, hearer: fail}
    with pytest.raises(LookupError, match=hearer):
        LinearRun(build(office_sample(8, 1)), SECONDS, 0, **hearers).solve()


def _ignore(*_told: object) -> None:
    pass
