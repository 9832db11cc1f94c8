"""The cheapest rows of all workers for what their cells are worth: by shortest paths, by the solver where those end."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from app.services.duty.roster.contract import Contract, contract
from app.services.duty.roster.counts import counts
from app.services.duty.roster.outcome import never
from app.services.duty.roster.paths import FAR, SCALE, Paths, Prices, Row
from app.services.duty.roster.problem import FREE, Problem
from app.services.duty.roster.rows import Rows
from app.services.duty.roster.tolls import Offer, Tolls

MOST_AT_ONCE = 24  # workers whose paths are looked for together
STATES_AT_ONCE = 8_000_000

Cheapest = dict[int, tuple[list[Row], int]]  # worker → rows, and in parts the price below which there is none


class EndedError(Exception):
    """The time is up, or nobody wants to know any more."""


class Pricing:
    """Asked again and again with other prices."""

    def __init__(self, problem: Problem, seed: int, ended: Callable[[], bool] = never) -> None:
        """`ended` is asked now and then; whatever is being looked for ends with an EndedError then."""
        self._problem = problem
        self._ended = ended
        self._seed = seed
        everybody = range(len(problem.workers))
        self._contracts = {worker: contract(problem, worker, all_limits=False) for worker in everybody}
        self._tolls = Tolls(problem)
        self._rows: dict[int, Rows] = {}  # of those whom the solver is asked for

    def cheapest(
        self,
        prices: Prices,
        workers: Iterable[int],
        pool: ThreadPoolExecutor,
        *,
        rows: int = 1,
        roughly: bool = False,
    ) -> Cheapest:
        """For each of some workers up to so many rows; `prices[worker, day, shift]` in parts, `FAR` where not open.

        The first is the cheapest there is, or `roughly` so, where that is found sooner; there may be none then.
        """
        found: Cheapest = {}
        unsure: list[int] = []
        for part in pool.map(
            lambda some: self._some(prices, *some, rows=rows), self._portions(workers, all_limits=False)
        ):
            for worker, offer in part.items():
                found[worker] = offer.sorted_rows(), offer.bound
                if not roughly and not offer.is_cheapest:
                    unsure.append(worker)
        for exact in pool.map(
            lambda some: self._exact(prices, *some, rows=rows), self._portions(unsure, all_limits=True)
        ):
            found |= exact
        return found

    def through(self, prices: Prices, pool: ThreadPoolExecutor) -> Prices:
        """For each cell by how much the cheapest row through it is dearer than the worker's cheapest row of all.

        Nothing for workers whose rows the solver finds.
        """
        everybody = range(len(prices))
        found = self.cheapest(prices, everybody, pool)
        least = np.array([found[worker][1] for worker in everybody])
        through = np.broadcast_to(least[:, None, None], prices.shape).copy()
        for some, part in pool.map(
            lambda some: self._through(prices, *some), self._portions(everybody, all_limits=False)
        ):
            through[some] = part
        # Paths may leave limits out: what they say of a cell may be below the cheapest row that keeps all.
        dearer: Prices = np.maximum(0, through - least[:, None, None])
        return dearer

    def _portions(self, workers: Iterable[int], *, all_limits: bool) -> list[tuple[Contract | None, list[int]]]:
        alike: dict[Contract | None, list[int]] = {}
        for worker in workers:
            of = contract(self._problem, worker, all_limits=True) if all_limits else self._contracts[worker]
            alike.setdefault(of, []).append(worker)
        return [
            (of, some[first : first + size])
            for of, some in alike.items()
            for size in (_at_once(of),)
            for first in range(0, len(some), size)
        ]

    def _some(self, prices: Prices, of: Contract | None, workers: list[int], *, rows: int) -> dict[int, Offer]:
        self._look()
        if of is None:
            return {worker: self._solved(prices, worker) for worker in workers}
        return self._tolls.offers(of, prices, workers, rows, self._look)

    def _exact(self, prices: Prices, of: Contract | None, workers: list[int], *, rows: int) -> Cheapest:
        """The same with all limits counted."""
        self._look()
        if of is None:
            offers = [self._solved(prices, worker) for worker in workers]
        else:
            cheapest = Paths(of, prices[workers], self._look).cheapest(rows)
            offers = [Offer(found, found[0][1] if found else FAR) for found in cheapest]
        return {worker: (offer.sorted_rows(), offer.bound) for worker, offer in zip(workers, offers, strict=True)}

    def _solved(self, prices: Prices, worker: int) -> Offer:
        if worker not in self._rows:
            self._rows[worker] = Rows(self._problem, worker, self._seed)
        row, least = self._rows[worker].cheapest(prices[worker])
        return Offer([] if row is None else [(row, least)], least)

    def _through(self, prices: Prices, of: Contract | None, workers: list[int]) -> tuple[list[int], Prices]:
        return ([], prices[[]]) if of is None else (workers, Paths(of, prices[workers], self._look).through())

    def _look(self) -> None:
        if self._ended():
            raise EndedError


def own_prices(problem: Problem) -> Prices:
    """In parts, what each cell costs its worker: wishes, changes; `FAR` where it is not open.

    `[worker, day, shift]`, that of a free day last.
    """
    shifts = range(len(problem.shifts))
    prices = np.zeros((len(problem.workers), problem.days, len(shifts) + 1), np.int64)
    for wish in problem.wishes:
        broken = [shift for shift in (*shifts, FREE) if (shift in wish.shifts) != wish.on]
        prices[wish.worker, wish.day, broken] += wish.weight * SCALE
    for worker, row in enumerate(problem.published or ()):
        for day, shift in enumerate(row):
            prices[worker, day, [one for one in (*shifts, FREE) if one != shift]] += problem.change_weight * SCALE
    for worker, person in enumerate(problem.workers):
        for day in range(problem.days):
            able = frozenset() if person.is_free(day) else person.does(day)
            open_ones = {shift for shift in able if person.most_of.get(shift, 1) > 0} | {FREE}
            if (worker, day) in problem.pins:
                open_ones &= {problem.pins[worker, day]}
            prices[worker, day, [shift for shift in (*shifts, FREE) if shift not in open_ones]] = FAR
    return prices


def _at_once(of: Contract | None) -> int:
    return 1 if of is None else max(1, min(MOST_AT_ONCE, STATES_AT_ONCE // counts(of).states))
