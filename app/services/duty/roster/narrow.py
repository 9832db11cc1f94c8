"""Which cells of a roster are still open on the way down to one row for each worker."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.paths import FAR, Prices, Row
from app.services.duty.roster.problem import FREE, Problem

Cell: TypeAlias = tuple[int, int, int]  # worker, day, shift


class Narrow:
    """What each cell costs its worker, `FAR` where it is closed; it never changes, but others are made from it."""

    def __init__(self, prices: Prices) -> None:
        """`prices[worker, day, shift]` in parts, that of a free day last."""
        self.prices = prices
        self.is_open: NDArray[np.bool_] = prices < FAR
        self._days = np.arange(prices.shape[1])
        many = self.is_open.sum(2)
        self.undecided: NDArray[np.bool_] = many > 1  # [worker, day]
        self.choices = int(many[self.undecided].sum())

    def keeping(self, cells: Iterable[Cell]) -> "Narrow":
        """The same with these cells as they are."""
        prices = self.prices.copy()
        for worker, day, shift in cells:
            prices[worker, day] = FAR
            prices[worker, day, shift] = self.prices[worker, day, shift]
        return Narrow(prices)

    def without(self, cell: Cell) -> "Narrow":
        """The same without this one."""
        prices = self.prices.copy()
        prices[cell] = FAR
        return Narrow(prices)

    def closing(self, cells: NDArray[np.bool_]) -> "Narrow":
        """The same without all of these."""
        return Narrow(np.where(cells, FAR, self.prices))

    def price(self, worker: int, row: Row) -> int:
        """What a row costs its worker, in parts."""
        return int(self.prices[worker, self._days, row].sum())

    def rows(self) -> dict[int, Row]:
        """The rows of those workers of whom only one is left."""
        only = self._only()
        settled = np.flatnonzero(~self.undecided.any(1)).tolist()
        return {worker: tuple(only[worker].tolist()) for worker in settled}

    def decided(self) -> dict[tuple[int, int], int]:
        """The shift of each (worker, day) of which only one is left."""
        only = self._only()
        return {(worker, day): int(only[worker, day]) for worker, day in np.argwhere(~self.undecided).tolist()}

    def applied(self, problem: Problem) -> Problem:
        """The problem with what is closed as rules: cells that are decided are fixed, other closed shifts not done."""

        def unable(worker: int) -> dict[int, frozenset[int]]:
            return {
                day: frozenset(np.flatnonzero(~row).tolist()) for day, row in enumerate(self.is_open[worker, :, :-1])
            }

        workers = tuple(replace(one, unable=unable(worker)) for worker, one in enumerate(problem.workers))
        return replace(problem, workers=workers, pins=self.decided())

    def _only(self) -> NDArray[np.int64]:
        """The first open shift of each cell."""
        first = self.is_open.argmax(2)
        return np.where(first == self.is_open.shape[2] - 1, FREE, first)
