"""The linear programme over whole rows."""

import numpy as np
import pytest

from app.services.duty.roster.demand import UNFILLED
from app.services.duty.roster.master import DUAL, INFINITE, Limits, Master
from app.services.duty.roster.problem import FREE, Cover, Problem, Shift, Worker

MISSING, TOO_MANY = 0, 1


def _master() -> Master:
    """One worker, wanted on both days, with a row for either of them."""
    covers = tuple(Cover(day, frozenset({0}), wanted=1, under=3, over=5) for day in range(2))
    problem = Problem(2, 0, (Shift("E", None, None, 480),), (Worker("W", frozenset({0})),), covers)
    master = Master(problem)
    master.add(0, (0, FREE), 1)
    master.add(0, (FREE, 0), 2)
    return master


def _steps(master: Master) -> int:
    """In how many steps the last mixture was found."""
    return int(master._solver.getInfo().simplex_iteration_count)


def test_what_is_missing_is_kept_within_limits() -> None:
    master = _master()
    assert master.solve() == pytest.approx(1 + 3)
    master.hold({2 + MISSING: (0.0, 0.0)})
    assert master.solve() == pytest.approx(2 + 3)
    assert master.whole_rows() == ((FREE, 0),)
    master.hold({})
    assert master.solve() == pytest.approx(1 + 3)


@pytest.mark.parametrize(
    "limits",
    [
        {MISSING: (0.0, 0.0), 2 + MISSING: (0.0, 0.0)},
        {MISSING: (2.0, INFINITE), TOO_MANY: (0.0, 0.0)},
        {MISSING: (0.0, 0.0), TOO_MANY: (1.0, INFINITE)},
    ],
)
def test_limits_that_no_rows_keep_make_the_mixture_very_dear(limits: Limits) -> None:
    master = _master()
    master.hold(limits)
    assert master.solve() >= UNFILLED
    assert len(master.amounts()) == 4
    master.hold({})
    assert master.solve() == pytest.approx(1 + 3)


def test_from_a_mark_the_mixture_is_found_again_with_what_has_come_since() -> None:
    master = _master()
    assert master.solve() == pytest.approx(1 + 3)
    mark = master.mark()
    master.limit(np.array([False, True]))
    assert master.solve(DUAL) == pytest.approx(2 + 3)
    master.add(0, (0, 0), 3)
    master.limit(np.array([True, True, False]))
    master.back(mark)
    assert master.solve() == pytest.approx(1 + 3)
    assert master.whole_rows() == ((0, FREE),)
    assert _steps(master) == 0  # it was there already
    master.limit(np.array([True, True, True]))
    assert master.solve() == pytest.approx(3)
    assert master.whole_rows() == ((0, 0),)
    assert _steps(master) > 0
