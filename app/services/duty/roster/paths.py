"""The cheapest rows of workers with one contract, all at once: shortest paths through the states of their days.

For each state after each day the least price is kept, for all workers side by side (dynamic programming over a path
with resources; Irnich and Desaulniers, 2005). It is exact, and many times faster than asking a solver for each row.
Prices are whole numbers in floating point: half as wide where all sums are exact in that, and what is infinite needs no
care.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import Contract
from app.services.duty.roster.counts import counts
from app.services.duty.roster.problem import FREE
from app.services.duty.roster.ways import Places, ways

SCALE = 1_000  # parts of a price: what a cell is worth to a cover is no whole number
FAR = 2**50  # the price of what is not open: above any other, and years of them still fit into 64 bits
NARROW = 2**24  # whole numbers up to this one are exact in 32 bits

Prices: TypeAlias = NDArray[np.int64]
Exact: TypeAlias = NDArray[np.float32] | NDArray[np.float64]  # whole numbers, or infinite
Row: TypeAlias = tuple[int, ...]
Found: TypeAlias = tuple[Row, int]  # a row and its price


def unwatched() -> None:
    """For those who may reckon as long as it takes."""


@dataclass(frozen=True, slots=True)
class _Day:
    """The least prices of all states after a day."""

    states: Exact  # [state, worker, *counts]
    work: Exact  # of those: [group of shifts, run, worker, *counts]
    free: Exact  # of those: [day of the break, worker, *counts]


class Paths:
    """Of some workers, for prices of their cells."""

    def __init__(self, contract: Contract, prices: Prices, look: Callable[[], None] = unwatched) -> None:
        """`prices[worker, day, shift]`, that of a free day last; `FAR` where a cell is not open.

        `look` is called for each day, and what it raises is raised.
        """
        self._look = look
        self._contract = contract
        self._prices = _exact(prices)
        self._ways = ways(contract)
        groups = [self._prices[:, :, group.shifts] for group in contract.groups]
        free = self._prices[:, :, FREE]
        shifts = [np.asarray(group.shifts)[some.argmin(2)] for group, some in zip(contract.groups, groups, strict=True)]
        self._shift = np.stack([*shifts, np.full(free.shape, FREE)])  # the cheapest of each group, then a free day
        self._price = np.stack([*(some.min(2) for some in groups), free])
        self._ending = [run for run, one in enumerate(contract.runs) if one.may_end]
        leads = [(run, one.then) for run, one in enumerate(contract.runs) if one.then is not None]
        self._stretches = list(_stretches(leads))
        self._ended = [runs for runs, _same in _stretches([(run, run) for run in self._ending])]
        self._wide: tuple[slice | None, ...] = (slice(None), *(None,) * len(contract.counts))
        self._counts = counts(contract)
        self._days = [self._before()]
        for day in range(contract.days):
            look()
            self._days.append(self._next(self._days[-1], day))

    def cheapest(self, most: int = 1) -> list[list[Found]]:
        """For each worker up to so many rows, the cheapest first; none where there is no row.

        The others are the cheapest with other counts: with another sum of minutes, with other weekends.
        """
        in_time = self._counts.in_time
        every = np.argwhere(in_time) + self._counts.least[-1]
        of = self._days[-1].states[:, :, in_time]
        states, values = of.argmin(0), of.min(0)
        best = np.argsort(values, axis=1, kind="stable")[:, :most]
        workers = np.arange(len(values))[:, None]
        who, which = np.nonzero(np.isfinite(values[workers, best]))
        at = best[who, which]
        rows = self._back(who, states[who, at], every[at], values[who, at])
        found: list[list[Found]] = [[] for _worker in values]
        for worker, row, price in zip(who.tolist(), rows.tolist(), values[who, at].tolist(), strict=True):
            found[worker].append((tuple(row), int(price)))
        return found

    def through(self) -> Prices:
        """The price of the cheapest row through each cell: `[worker, day, shift]`, that of a free day last."""
        contract = self._contract
        found = np.full_like(self._prices, np.inf)
        after = self._after_all()
        axes = tuple(range(1, len(contract.counts) + 1))
        for day in range(contract.days - 1, -1, -1):
            self._look()
            of = self._days[day + 1]
            for index, group in enumerate(contract.groups):
                least = (of.work[index] + after.work[index]).min(0).min(axes)
                own = self._prices[:, day, group.shifts]
                day_price = self._price[index][:, day]
                others = least - np.where(np.isfinite(day_price), day_price, 0)  # infinite all the same
                found[:, day, group.shifts] = others[:, None] + own
            found[:, day, FREE] = (of.free + after.free).min(0).min(axes)
            after = self._previous(after, day)
        return _whole(found)

    def ends(self) -> Iterator[tuple[int, int, Places, Exact]]:
        """The states after the last day, for the first worker: group (or FREE), length, counts, and their prices."""
        of, in_time = self._days[-1], self._counts.in_time
        every = np.argwhere(in_time) + self._counts.least[-1]
        for group, run in np.ndindex(of.work.shape[:2]):
            yield group, run, every, of.work[group, run, 0][in_time]
        for length in range(len(of.free)):
            yield FREE, length, every, of.free[length, 0][in_time]

    def values(self, day: int, group: int, lengths: Places, counts: Places) -> Exact:
        """The least prices, for the first worker, that lead to states after so many days; `counts[state, count]`."""
        of = self._days[day]
        places = counts - self._counts.least[day]
        known = ((places >= 0) & (places < self._counts.sizes[day])).all(1)
        prices = of.free[:, 0] if group == FREE else of.work[group, :, 0]
        found = np.full(len(counts), np.inf, prices.dtype)
        found[known] = prices[(lengths[known], *places[known].T)]
        return found

    def _after_all(self) -> _Day:
        """What is still to come after the last day: nothing, where the minutes are right."""
        end = self._empty(self._contract.days)
        end.work[..., self._counts.in_time] = 0
        end.free[..., self._counts.in_time] = 0
        return end

    def _previous(self, then: _Day, day: int) -> _Day:
        """What is still to come before a day, from what is after it."""
        contract, now = self._contract, self._empty(day)
        free = self._prices[:, day, FREE][self._wide]
        source, target = self._counts.idle(day)
        for run in self._ending:
            now.work[:, run][(slice(None), slice(None), *source)] = then.free[0][(slice(None), *target)] + free
        for length in range(contract.shortest_break):
            leads = then.free[min(length + 1, contract.shortest_break - 1)]
            now.free[length][(slice(None), *source)] = leads[(slice(None), *target)] + free
        begun, gone_on = (self._counts.moves(day, from_work=from_work) for from_work in (False, True))
        for index, group in enumerate(contract.groups):
            price = self._price[index][:, day][self._wide]
            source, target = begun[index]
            goal = now.free[-1][(slice(None), *source)]
            first = then.work[index, 0 if day else contract.first_run]
            np.minimum(goal, first[(slice(None), *target)] + price, out=goal)
            source, target = gone_on[index]
            for runs, leads in self._stretches:
                on = then.work[index, leads][(slice(None), slice(None), *target)] + price
                for before in group.after:
                    goal = now.work[before, runs][(slice(None), slice(None), *source)]
                    np.minimum(goal, on, out=goal)
        return now

    def _back(self, who: Places, states: Places, counted: Places, values: Exact) -> NDArray[np.int16]:
        """The rows that lead to some states after the last day as cheaply as `values`: [row, day].

        All are followed back side by side: to any state on the day before that is as much cheaper as the day costs.
        """
        of, days, some = self._ways, self._contract.days, np.arange(len(who))
        rows = np.empty((len(who), days), np.int16)
        for day in range(days - 1, -1, -1):
            groups = of.group[states]
            rows[:, day] = self._shift[groups, who, day]
            values = values - self._price[groups, who, day]
            before = of.before(day)[states]
            places = (counted - self._counts.least[day])[:, None] - of.steps(day)[states]
            is_known = ((places >= 0) & (places < self._counts.sizes[day])).all(2)
            places[~is_known] = 0
            least = self._days[day].states[(before, who[:, None], *places.transpose(2, 0, 1))]
            way = ((least == values[:, None]) & is_known).argmax(1)
            states, counted = before[some, way], places[some, way] + self._counts.least[day]
        return rows

    def _before(self) -> _Day:
        """Nothing is known: whatever was free may have been free for long."""
        day = self._empty(0)
        nothing: tuple[slice | int, ...] = (slice(None), *(0 for _count in self._contract.counts))
        day.free[-1][nothing] = 0
        return day

    def _empty(self, done: int) -> _Day:
        contract, of = self._contract, self._ways
        sizes = len(self._prices), *self._counts.sizes[done]
        states = np.full((len(of.group), *sizes), np.inf, self._prices.dtype)
        work = states[: of.at_work].reshape(len(contract.groups), len(contract.runs), *sizes)
        return _Day(states, work, states[of.at_work :])

    def _next(self, last: _Day, day: int) -> _Day:
        contract, now = self._contract, self._empty(day + 1)
        least = self._least(last) if day else None
        for groups, moved in contract.alike:
            self._begin(last, now, day, groups, moved)
            if least is not None:
                self._go_on(least, now, day, groups, moved)
        now.work[...] += self._price[:-1, None, :, day][(..., *self._wide[1:])]
        source, target = self._counts.idle(day)
        begun = now.free[0][(slice(None), *target)]
        for ended in self._ended:
            work = last.work[(slice(None), ended, slice(None), *source)]
            np.minimum(begun, work.min((0, 1), initial=np.inf), out=begun)
        for length in range(contract.shortest_break):
            goal = now.free[min(length + 1, contract.shortest_break - 1)][(slice(None), *target)]
            np.minimum(goal, last.free[length][(slice(None), *source)], out=goal)
        now.free[...] += self._price[-1, :, day][self._wide]
        return now

    def _least(self, last: _Day) -> Exact:
        """For each group the least price of each run on the day before."""
        least = np.full_like(last.work, np.inf)
        for group, known, others in self._contract.followed:
            if known is not None:
                least[group] = least[known]
            for other in others:
                np.minimum(least[group], last.work[other], out=least[group])
        return least

    def _begin(self, last: _Day, now: _Day, day: int, groups: slice, moved: int) -> None:
        """Work with some groups of shifts after a break that was long enough; `moved` is one of them."""
        source, target = self._counts.moves(day, from_work=False)[moved]
        goal = now.work[groups, 0 if day else self._contract.first_run]
        goal[(slice(None), slice(None), *target)] = last.free[-1][(slice(None), *source)]

    def _go_on(self, before: Exact, now: _Day, day: int, groups: slice, moved: int) -> None:
        """Work with some groups of shifts after another day of work."""
        source, target = self._counts.moves(day, from_work=True)[moved]
        every = slice(None), slice(None), slice(None)
        for runs, then in self._stretches:
            goal = now.work[groups, then][(*every, *target)]
            np.minimum(goal, before[groups, runs][(*every, *source)], out=goal)


def _exact(prices: Prices) -> Exact:
    """The same as narrow as sums of them are exact, infinite where a cell is not open."""
    is_open = prices < FAR // 2
    most = np.where(is_open, np.abs(prices), 0).max(2).sum(1).max(initial=0)
    wide = np.where(is_open, prices, np.inf)
    return wide.astype(np.float32) if most < NARROW else wide.astype(np.float64)


def _whole(prices: Exact) -> Prices:
    """The same as whole numbers, `FAR` for what is infinite."""
    is_open = np.isfinite(prices)
    return np.where(is_open, np.where(is_open, prices, 0).astype(np.int64), FAR)


def _stretches(pairs: list[tuple[int, int]]) -> Iterator[tuple[slice, slice]]:
    """The pairs of numbers as pairs of slices, as few as possible."""
    first = 0
    for end in range(1, len(pairs) + 1):
        one, other = pairs[end - 1]
        if end == len(pairs) or pairs[end] != (one + 1, other + 1):
            yield slice(pairs[first][0], one + 1), slice(pairs[first][1], other + 1)
            first = end
