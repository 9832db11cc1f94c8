"""All rows of a worker that cost no more than so much: backwards from the last day, along what a shortest path tells.

A part of a row is only kept where the cheapest beginning still leads to a row within the limit, so that there are never
more parts than rows.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import Contract
from app.services.duty.roster.paths import FAR, Paths, Prices, unwatched
from app.services.duty.roster.problem import FREE

Whole = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Parts:
    """Ends of rows: the state in which each begins, its price, and its shifts."""

    group: Whole  # of shifts on the first of its days, FREE on a free one
    length: Whole  # of the run, or of the break
    counts: Whole  # [part, count]
    price: Whole
    rows: NDArray[np.int16]  # [part, day]

    def __len__(self) -> int:
        return len(self.group)


@dataclass(frozen=True, slots=True)
class _Step:
    """Parts that may go on backwards with a state on the day before."""

    parts: Whole  # their places
    group: int
    length: Whole
    counts: Whole


class Within:
    """Of one worker, for prices of the cells."""

    def __init__(self, contract: Contract, prices: Prices, look: Callable[[], None] = unwatched) -> None:
        """`prices[day, shift]`, that of a free day last; `FAR` where a cell is not open.

        `look` is called often, and what it raises is raised.
        """
        self._look = look
        self._contract = contract
        self._prices = prices
        self._paths = Paths(contract, prices[None], look)
        self._runs = np.array([FREE if run.then is None else run.then for run in contract.runs])
        self._ending = [run for run, one in enumerate(contract.runs) if one.may_end]

    def rows(self, dearer: int, most: int) -> NDArray[np.int16] | None:
        """The rows, `[row, day]`, that are dearer than the cheapest by no more than this; None where they are more.

        Of no worker without rows is anything found.
        """
        cheapest = self._paths.cheapest()[0]
        if not cheapest:
            return np.zeros((0, self._contract.days), np.int16)
        limit = cheapest[0][1] + dearer
        parts = self._ends(limit)
        for day in range(self._contract.days, 0, -1):
            before = self._before(parts, day, limit, most)
            if before is None:
                return None
            parts = before
        return parts.rows

    def _ends(self, limit: int) -> _Parts:
        """The states after the last day."""
        found = []
        for group, length, every, prices in self._paths.ends():
            counts = every[prices <= limit]
            many = len(counts)
            found.append((np.full(many, group), np.full(many, length), counts))
        groups, lengths, counts = (np.concatenate(column) for column in zip(*found, strict=True))
        rows = np.zeros((len(groups), 0), np.int16)
        return _Parts(groups, lengths, counts, np.zeros(len(groups), np.int64), rows)

    def _before(self, parts: _Parts, day: int, limit: int, most: int) -> _Parts | None:
        """The same with the day whose state they begin in, the state being that on the day before; None if too many."""
        found, many = [], 0
        for shift, step in self._steps(parts, day):
            self._look()
            price = parts.price[step.parts] + self._prices[day - 1, shift]
            values = self._paths.values(day - 1, step.group, step.length, step.counts)
            fits = values + price <= limit
            if fits.any():
                found.append((step, fits, price[fits], shift))
                many += int(fits.sum())
            if many > most:
                return None
        places = np.concatenate([step.parts[fits] for step, fits, _price, _shift in found])
        shifts = np.concatenate([np.full(len(price), shift, np.int16) for _step, _fits, price, shift in found])
        return _Parts(
            np.concatenate([np.full(len(price), step.group) for step, _fits, price, _shift in found]),
            np.concatenate([step.length[fits] for step, fits, _price, _shift in found]),
            np.concatenate([step.counts[fits] for step, fits, _price, _shift in found]),
            np.concatenate([price for _step, _fits, price, _shift in found]),
            np.concatenate([shifts[:, None], parts.rows[places]], 1),
        )

    def _steps(self, parts: _Parts, day: int) -> Iterator[tuple[int, _Step]]:
        for step in self._from_free(parts):
            yield FREE, step
        for index, group in enumerate(self._contract.groups):
            shifts = [shift for shift in group.shifts if self._prices[day - 1, shift] < FAR]
            at_work = np.flatnonzero(parts.group == index)
            if not shifts or not len(at_work):
                continue
            for step in (*self._begun(parts, at_work, index, day), *self._gone_on(parts, at_work, index, day)):
                for shift in shifts:
                    yield shift, step

    def _from_free(self, parts: _Parts) -> Iterator[_Step]:
        """What was on the day before a free one."""
        longest = self._contract.shortest_break - 1
        for known, length in ((parts.length == longest, longest), (parts.length > 0, None)):
            some = np.flatnonzero((parts.group == FREE) & known)
            before = parts.length[some] - 1 if length is None else np.full(len(some), length)
            yield _Step(some, FREE, before, parts.counts[some])
        some = np.flatnonzero((parts.group == FREE) & (parts.length == 0))
        for group in range(len(self._contract.groups)):
            for run in self._ending:
                yield _Step(some, group, np.full(len(some), run), parts.counts[some])

    def _begun(self, parts: _Parts, at_work: Whole, index: int, day: int) -> Iterator[_Step]:
        """A run that begins on the day: a break that was long enough before."""
        contract = self._contract
        some = at_work[parts.length[at_work] == (0 if day > 1 else contract.first_run)]
        yield self._counted(parts, some, index, FREE, contract.shortest_break - 1, day)

    def _gone_on(self, parts: _Parts, at_work: Whole, index: int, day: int) -> Iterator[_Step]:
        """A run that was there on the day before."""
        for run, then in enumerate(self._runs.tolist()):
            some = at_work[parts.length[at_work] == then]
            if then == FREE or not len(some):
                continue
            for other in self._contract.groups[index].after:
                yield self._counted(parts, some, index, other, run, day)

    def _counted(self, parts: _Parts, some: Whole, index: int, group: int, length: int, day: int) -> _Step:
        """The step to a state, of those parts that leave no count below zero."""
        contract = self._contract
        is_new = contract.is_new_weekend(day - 1, from_work=group != FREE)
        counts = parts.counts[some] - np.array(contract.steps(contract.groups[index], is_new_weekend=is_new))
        holds = (counts >= 0).all(1)
        return _Step(some[holds], group, np.full(int(holds.sum()), length), counts[holds])
