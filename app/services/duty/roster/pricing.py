"""The cheapest rows of all workers for what their cells are worth: by shortest paths, by the solver where those end."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from app.services.duty.roster.contract import Contract, contract
from app.services.duty.roster.outcome import never
from app.services.duty.roster.paths import FAR, SCALE, Paths, Prices, Row
from app.services.duty.roster.problem import FREE, Problem
from app.services.duty.roster.rows import Rows

MOST_AT_ONCE = 24  # workers whose paths are looked for together
STATES_AT_ONCE = 2_000_000

Cheapest = dict[int, tuple[Row | None, int]]  # worker → row, and in parts the price below which there is none


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
        solved = [worker for worker, of in self._contracts.items() if of is None]
        self._rows = {worker: Rows(problem, worker, seed) for worker in solved}

    def cheapest(self, prices: Prices, workers: Iterable[int], pool: ThreadPoolExecutor) -> Cheapest:
        """For each of some workers; `prices[worker, day, shift]` in parts, `FAR` where a cell is not open."""
        found: Cheapest = {}
        for part in pool.map(lambda some: self._some(prices, *some), self._portions(workers)):
            found |= part
        return found

    def through(self, prices: Prices, pool: ThreadPoolExecutor) -> Prices:
        """For each cell by how much the cheapest row through it is dearer than the worker's cheapest row of all.

        Nothing for workers whose rows the solver finds.
        """
        dearer = np.zeros_like(prices)
        for some, part in pool.map(lambda some: self._dearer(prices, *some), self._portions(range(len(prices)))):
            dearer[some] = part
        return dearer

    def _portions(self, workers: Iterable[int]) -> list[tuple[Contract | None, list[int]]]:
        alike: dict[Contract | None, list[int]] = {}
        for worker in workers:
            alike.setdefault(self._contracts[worker], []).append(worker)
        return [
            (of, some[first : first + size])
            for of, some in alike.items()
            for size in (_at_once(of),)
            for first in range(0, len(some), size)
        ]

    def _some(self, prices: Prices, of: Contract | None, workers: list[int]) -> Cheapest:
        self._look()
        if of is None:
            return {worker: self._rows[worker].cheapest(prices[worker]) for worker in workers}
        return self._found(Paths(of, prices[workers], self._look), prices, workers)

    def _found(self, paths: Paths, prices: Prices, workers: list[int]) -> Cheapest:
        """The cheapest rows; one that is over a limit which the paths leave out is looked for once more with all."""
        found = {worker: paths.cheapest(place) for place, worker in enumerate(workers)}
        for worker, (row, _price) in found.items():
            if row is not None and self._is_over_a_limit(worker, row):
                found[worker] = self._with_all_limits(prices, worker)
        return found

    def _dearer(self, prices: Prices, of: Contract | None, workers: list[int]) -> tuple[list[int], Prices]:
        if of is None:
            return workers, np.zeros_like(prices[workers])
        paths = Paths(of, prices[workers], self._look)
        least = np.array([price for _row, price in self._found(paths, prices, workers).values()])
        # Paths may leave limits out: what they say of a cell may be below the cheapest row that keeps all.
        return workers, np.maximum(0, paths.through() - least[:, None, None])

    def _look(self) -> None:
        if self._ended():
            raise EndedError

    def _is_over_a_limit(self, worker: int, row: Row) -> bool:
        return any(row.count(shift) > most for shift, most in self._problem.workers[worker].most_of.items())

    def _with_all_limits(self, prices: Prices, worker: int) -> tuple[Row | None, int]:
        of = contract(self._problem, worker, all_limits=True)
        if of is not None:
            return Paths(of, prices[[worker]], self._look).cheapest(0)
        if worker not in self._rows:
            self._rows[worker] = Rows(self._problem, worker, self._seed)
        return self._rows[worker].cheapest(prices[worker])


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
    return 1 if of is None else max(1, min(MOST_AT_ONCE, STATES_AT_ONCE // of.states))
