"""What the covers ask for, as sums with a price on both sides, and what a cell is worth to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.services.duty.roster.paths import Prices
from app.services.duty.roster.problem import Problem

UNFILLED = 100_000  # the price of a missing row, of a hard limit that does not hold yet: above any sensible one


@dataclass(frozen=True, slots=True)
class Demand:
    """One side of a cover: how many there should be, and what each one below and above costs."""

    day: int
    shifts: frozenset[int]
    workers: frozenset[int] | None
    wanted: int
    under: int
    over: int

    def holds(self, worker: int) -> bool:
        """Whether the worker counts."""
        return self.workers is None or worker in self.workers


def demands(problem: Problem) -> list[Demand]:
    """All that the covers ask for."""
    found = []
    for cover in problem.covers:
        of = (cover.day, cover.shifts, cover.workers)
        if cover.wanted is not None:
            found.append(Demand(*of, cover.wanted, cover.under, cover.over))
        if cover.least:
            found.append(Demand(*of, cover.least, UNFILLED, 0))
        if cover.most is not None:
            found.append(Demand(*of, cover.most, 0, UNFILLED))
    return found


def cell_worth(problem: Problem, of: Sequence[Demand], parts: Sequence[int]) -> Prices:
    """What each worker's cells are worth: `[worker, day, shift]`, that of a free day last.

    `parts` is what one more is worth to each demand.
    """
    worth = np.zeros((len(problem.workers), problem.days, len(problem.shifts) + 1), np.int64)
    for demand, value in zip(of, parts, strict=True):
        if value:
            who = slice(None) if demand.workers is None else np.array(sorted(demand.workers))[:, None]
            worth[who, demand.day, sorted(demand.shifts)] += value
    return worth
