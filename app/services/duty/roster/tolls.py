"""Limits of single shifts that paths leave out, kept by a toll on each of the shifts: the row is looked for once more.

With any toll the cheapest row, less the tolls of as many as the limit allows, is a bound of all rows that keep the
limits (Lagrangian relaxation); where it keeps them, and uses up those with a toll, it is the cheapest of those itself.
Tolls hardly change from one time to the next, so that one look is mostly enough, where counting each limited shift
makes the states ten times as many.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from app.services.duty.roster.contract import Contract
from app.services.duty.roster.paths import FAR, SCALE, Found, Paths, Prices, Row
from app.services.duty.roster.problem import FREE, Problem
from app.services.duty.roster.ways import Places

TURNS = 3
FIRST_STEP, LEAST_STEP = 2 * SCALE, SCALE // 50
NONE = -(2**60)


@dataclass(slots=True)
class Offer:
    """What is known of a worker's cheapest rows."""

    rows: list[Found]  # within the limits, as they were found
    bound: int  # no row within the limits costs less

    @property
    def is_cheapest(self) -> bool:
        """Whether one of the rows is the cheapest of all, or there is none."""
        return self.bound >= min((price for _row, price in self.rows), default=FAR)

    def sorted_rows(self) -> list[Row]:
        """The rows, the cheapest first."""
        return [row for row, _price in sorted(self.rows, key=lambda found: found[1])]


class Tolls:
    """Of all workers; those of the last time are the first to be tried the next time."""

    def __init__(self, problem: Problem) -> None:
        shape = len(problem.workers), len(problem.shifts)
        self._most = np.full(shape, problem.days)
        for worker, person in enumerate(problem.workers):
            for shift, most in person.most_of.items():
                self._most[worker, shift] = most
        self._tolls = np.zeros(shape, np.int64)
        self._steps = np.full(shape, FIRST_STEP)
        self._signs = np.zeros(shape, np.int64)  # how often each was raised in a row, or lowered (below zero)

    def offers(
        self, of: Contract, prices: Prices, workers: list[int], rows: int, look: Callable[[], None]
    ) -> dict[int, Offer]:
        """What is found of each worker in a few turns, `rows` of each in a turn."""
        offers = {worker: Offer([], NONE) for worker in workers}
        left = workers
        for _turn in range(TURNS):
            dearer = prices[left]
            dearer[:, :, :-1] += self._tolls[left][:, None]
            cheapest = Paths(of, dearer, look).cheapest(rows)
            for worker, found in zip(left, cheapest, strict=True):
                self._take(worker, found, offers[worker])
            left = [worker for worker in left if not offers[worker].is_cheapest]
            if not left:
                break
        return offers

    def _take(self, worker: int, found: list[Found], offer: Offer) -> None:
        tolls, most = self._tolls[worker], self._most[worker]
        if not found:
            offer.bound = FAR
            return
        offer.bound = max(offer.bound, found[0][1] - int(tolls @ most))
        for row, price in found:
            counts = _counts(row, len(tolls))
            if (counts <= most).all():
                offer.rows.append((row, price - int(tolls @ counts)))
        if not offer.is_cheapest:
            self._change(worker, _counts(found[0][0], len(tolls)))

    def _change(self, worker: int, counts: Places) -> None:
        """Raise the tolls of shifts that are over their limit, lower those of others: by less where that turns."""
        tolls, most = self._tolls[worker], self._most[worker]
        signs = np.where(counts > most, 1, np.where((counts < most) & (tolls > 0), -1, 0))
        before, steps = self._signs[worker], self._steps[worker]
        turned, often = signs * before < 0, signs * before > 1
        steps[:] = np.where(turned, np.maximum(LEAST_STEP, steps // 2), np.where(often, 2 * steps, steps))
        before[:] = np.where(turned, signs, before + signs)
        np.maximum(0, tolls + steps * signs, out=tolls)


def _counts(row: Row, shifts: int) -> Places:
    """How many of each shift are in a row."""
    return np.bincount(np.array(row) - FREE, minlength=shifts + 1)[1:]
