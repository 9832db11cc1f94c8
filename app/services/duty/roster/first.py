"""A first plan of a large roster: worker by worker, each the best as things are; then once more, as long as it helps.

Who comes first would take what others need more, unless a mixture of rows tells what those will have: each row is then
the best for what is to be expected of it (conditional expectations; Raghavan, 1988).
"""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from math import erf, sqrt

import numpy as np

from app.services.duty.roster.check import breaches
from app.services.duty.roster.demand import Demand, cell_worth, demands
from app.services.duty.roster.master import Shares
from app.services.duty.roster.paths import FAR, SCALE, Row
from app.services.duty.roster.pricing import Pricing, own_prices
from app.services.duty.roster.problem import Cells, Problem

SURE = 1e-6  # how far a number of workers can be from what is expected where all of them are known


class FirstPlan:
    """All rows as they are so far, none at first."""

    def __init__(self, problem: Problem, seed: int, ended: Callable[[], bool]) -> None:
        """`ended` is asked before each worker: nobody waits for it any more."""
        self._problem = problem
        self._ended = ended
        self._order = list(range(len(problem.workers)))
        random.Random(seed).shuffle(self._order)  # noqa: S311 (not for secrets)
        self._demands = demands(problem)
        self._own = own_prices(problem)
        self._pricing = Pricing(problem, seed)
        self._begin(self._even())

    def begin(self, mixed: Shares) -> None:
        """Begin once more: `mixed[worker, day, shift]` is how likely each will have which cell."""
        self._begin(self._counted(mixed).clip(0.0, 1.0))

    def _begin(self, chances: Shares) -> None:
        self._rows: dict[int, Row] = {}
        self._chances = chances  # of each worker to count for each demand
        # The first worker alone would never be enough.
        self.may_help = not any(cover.least for cover in self._problem.covers)

    def _even(self) -> Shares:
        """As if all who can shared evenly in what is wanted."""
        able = (self._counted((self._own < FAR).astype(float)) > 0).astype(float)
        wanted = np.array([demand.wanted for demand in self._demands], float)
        even: Shares = able * np.minimum(1.0, wanted / np.maximum(1.0, able.sum(0)))
        return even

    def _counted(self, cells: Shares) -> Shares:
        """For each worker and demand the sum of the cells that count for it."""
        found = np.zeros((len(self._order), len(self._demands)))
        for index, demand in enumerate(self._demands):
            for workers, shifts in demand.of.counted:
                who = self._order if workers is None else sorted(workers)
                found[who, index] += cells[who, demand.of.day][:, sorted(shifts)].sum(1)
        return found

    def plan(self) -> Cells | None:
        """A plan, better each time until it no longer `may_help`; None where it is not sure to be one."""
        is_better = False
        with ThreadPoolExecutor(1) as pool:
            for worker in self._order if self.may_help else ():
                if self._ended() or (is_other := self._fill(worker, pool)) is None:
                    self.may_help = False
                    return None
                is_better |= is_other
        self.may_help = is_better
        cells = tuple(self._rows[worker] for worker in sorted(self._rows))
        return cells if is_better and not breaches(self._problem, cells) else None

    def _fill(self, worker: int, pool: ThreadPoolExecutor) -> bool | None:
        """Take the row that is likely to be the best; whether it is another one, None where there is none at all."""
        before = self._rows.get(worker)
        self._chances[worker] = 0.0
        many, spread = self._chances.sum(0), np.sqrt((self._chances * (1.0 - self._chances)).sum(0))
        one_more = [
            round(_worth(demand, *expected) * SCALE)
            for demand, *expected in zip(self._demands, many.tolist(), spread.tolist(), strict=True)
        ]
        prices = self._own - cell_worth(self._problem, self._demands, one_more)

        def price(row: Row) -> int:
            return int(prices[worker, np.arange(len(row)), row].sum())

        rows, _least = self._pricing.cheapest(prices, [worker], pool, roughly=True)[worker]
        if not rows and before is None:
            rows, _least = self._pricing.cheapest(prices, [worker], pool)[worker]
        found = [*(() if before is None else (before,)), *rows[:1]]
        if not found:
            return None
        self._rows[worker] = row = min(found, key=price)
        for index, demand in enumerate(self._demands):
            self._chances[worker, index] = demand.of.counts(worker, row[demand.of.day])
        return row is not before


def _worth(demand: Demand, many: float, spread: float) -> float:
    """What one more worker saves, on average, where about so many others come."""
    is_short = 0.5 + 0.5 * erf((demand.wanted - 0.5 - many) / (max(SURE, spread) * sqrt(2)))
    return is_short * demand.under - (1.0 - is_short) * demand.over
