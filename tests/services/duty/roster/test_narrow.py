"""Cells that are kept and ruled out, and what is left then."""

import numpy as np

from app.services.duty.roster.narrow import Narrow
from app.services.duty.roster.paths import FAR
from app.services.duty.roster.problem import FREE, Problem, Shift, Worker


def _everything() -> Narrow:
    prices = np.arange(2 * 3 * 3, dtype=np.int64).reshape(2, 3, 3)  # two workers, three days, two shifts and free
    prices[0, 0, 1] = FAR
    return Narrow(prices)


def test_what_is_kept_leaves_one_choice() -> None:
    everything = _everything()
    assert (everything.choices, everything.decided(), everything.rows()) == (17, {}, {})
    kept = everything.keeping([(0, 0, FREE), (0, 1, 0), (1, 2, 1)])
    assert kept.choices == 9
    assert kept.decided() == {(0, 0): FREE, (0, 1): 0, (1, 2): 1}
    assert everything.decided() == {}  # the other has not changed
    whole = kept.keeping([(0, 2, 1)])
    assert whole.rows() == {0: (FREE, 0, 1)}
    assert whole.price(0, (FREE, 0, 1)) == 2 + 3 + 7


def test_what_is_ruled_out_is_not_open() -> None:
    narrow = _everything().without((1, 0, 1)).without((1, 0, FREE))
    assert narrow.decided() == {(1, 0): 0}
    assert narrow.is_open[1, 0].tolist() == [True, False, False]
    assert narrow.is_open[1, 1].all()
    assert narrow.is_open[0, 0].tolist() == [True, False, True]  # closed from the beginning


def test_what_is_closed_becomes_rules() -> None:
    shifts = (Shift("E", 360, 840, 480), Shift("L", 840, 1320, 480))
    problem = Problem(3, 0, shifts, (Worker("A", frozenset({0, 1})), Worker("B", frozenset({0, 1}))))
    everything = _everything()
    closed = np.zeros((2, 3, 3), np.bool_)
    closed[1, 1, 0] = closed[1, 2, 1] = closed[1, 2, FREE] = True
    narrow = everything.closing(closed)
    told = narrow.applied(problem)
    assert [told.workers[0].does(day) for day in range(3)] == [{0}, {0, 1}, {0, 1}]
    assert [told.workers[1].does(day) for day in range(3)] == [{0, 1}, {1}, {0}]
    assert told.pins == {(1, 2): 0}
