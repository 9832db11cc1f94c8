"""The cheapest rows of workers with one contract, all at once: shortest paths through the states of their days.

For each state after each day the least price is kept, for all workers side by side (dynamic programming over a path
with resources; Irnich and Desaulniers, 2005). It is exact, and many times faster than asking a solver for each row.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import Contract, Group
from app.services.duty.roster.counts import counts
from app.services.duty.roster.problem import FREE

SCALE = 1_000  # parts of a price: what a cell is worth to a cover is no whole number
FAR = 2**50  # no way leads there: above any price, and years of them still fit into 64 bits

Prices: TypeAlias = NDArray[np.int64]
Row: TypeAlias = tuple[int, ...]
State: TypeAlias = tuple[int, ...]  # (group, run, *counts) at work, (day of the break, *counts) else


def unwatched() -> None:
    """For those who may reckon as long as it takes."""


@dataclass(frozen=True, slots=True)
class _Day:
    """The least prices of all states after a day."""

    work: Prices  # [group of shifts, run, worker, *counts]
    free: Prices  # [day of the break, worker, *counts]


class Paths:
    """Of some workers, for prices of their cells."""

    def __init__(self, contract: Contract, prices: Prices, look: Callable[[], None] = unwatched) -> None:
        """`prices[worker, day, shift]`, that of a free day last; `FAR` where a cell is not open.

        `look` is called for each day, and what it raises is raised.
        """
        self._look = look
        self._contract = contract
        self._prices = prices
        groups = [prices[:, :, group.shifts] for group in contract.groups]
        shifts = [np.asarray(group.shifts) for group in contract.groups]
        self._shift = [of[some.argmin(2)] for of, some in zip(shifts, groups, strict=True)]
        self._price = [some.min(2) for some in groups]
        self._ending = [run for run, one in enumerate(contract.runs) if one.may_end]
        self._afters = sorted({group.after for group in contract.groups if group.after}, key=len)
        leads = [(run, one.then) for run, one in enumerate(contract.runs) if one.then is not None]
        self._stretches = list(_stretches(leads))
        self._ended = [runs for runs, _same in _stretches([(run, run) for run in self._ending])]
        self._long = 2 + len(contract.counts)  # a state at work has one number more than one on a free day
        self._wide: tuple[slice | None, ...] = (slice(None), *(None,) * len(contract.counts))
        self._counts = counts(contract)
        self._days = [self._before()]
        for day in range(contract.days):
            look()
            self._days.append(self._next(self._days[-1], day))

    def cheapest(self, worker: int) -> tuple[Row | None, int]:
        """The cheapest row and its price; no row and a price of about `FAR` where there is none."""
        state, price = self._end(worker)
        if price > FAR // 2:
            return None, price
        row = []
        for day in range(self._contract.days, 0, -1):
            group = state[0] if len(state) == self._long else None
            row.append(FREE if group is None else int(self._shift[group][worker, day - 1]))
            state = self._step_back(worker, day, state)
        return tuple(reversed(row)), price

    def through(self) -> Prices:
        """The price of the cheapest row through each cell: `[worker, day, shift]`, that of a free day last."""
        contract = self._contract
        found = np.full(self._prices.shape, FAR, np.int64)
        after = self._after_all()
        axes = tuple(range(1, len(contract.counts) + 1))
        for day in range(contract.days - 1, -1, -1):
            self._look()
            of = self._days[day + 1]
            for index, group in enumerate(contract.groups):
                least = (of.work[index] + after.work[index]).min(0).min(axes)
                own = self._prices[:, day, group.shifts]
                found[:, day, group.shifts] = (least - self._price[index][:, day])[:, None] + own
            found[:, day, FREE] = (of.free + after.free).min(0).min(axes)
            after = self._previous(after, day)
        return found

    def ends(self) -> Iterator[tuple[int, int, NDArray[np.int64], Prices]]:
        """The states after the last day, for the first worker: group (or FREE), length, counts, and their prices."""
        of, in_time = self._days[-1], self._counts.in_time
        every = np.argwhere(in_time) + self._counts.least[-1]
        for group, run in np.ndindex(of.work.shape[:2]):
            yield group, run, every, of.work[group, run, 0][in_time]
        for length in range(len(of.free)):
            yield FREE, length, every, of.free[length, 0][in_time]

    def values(self, day: int, group: int, lengths: NDArray[np.int64], counts: NDArray[np.int64]) -> Prices:
        """The least prices, for the first worker, that lead to states after so many days; `counts[state, count]`."""
        of = self._days[day]
        places = counts - self._counts.least[day]
        known = ((places >= 0) & (places < self._counts.sizes[day])).all(1)
        found = np.full(len(counts), FAR, np.int64)
        prices = of.free[:, 0] if group == FREE else of.work[group, :, 0]
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

    def _end(self, worker: int) -> tuple[State, int]:
        """The best state after the last day with neither too few nor too many minutes, and its price."""
        ends = []
        for of, place in ((self._days[-1].work, 2), (self._days[-1].free, 1)):
            prices = np.where(self._counts.in_time, of.take(worker, place), FAR)
            best = np.unravel_index(prices.argmin(), prices.shape)
            counted = (int(one + least) for one, least in zip(best[place:], self._counts.least[-1], strict=True))
            ends.append((int(prices[best]), (*map(int, best[:place]), *counted)))
        price, state = min(ends)
        return state, price

    def _value(self, worker: int, day: int, state: State) -> int:
        """The price of a state after so many days."""
        of, known = self._days[day], len(state) - len(self._counts.least[day])
        places = [count - least for count, least in zip(state[known:], self._counts.least[day], strict=True)]
        if any(not 0 <= place < size for place, size in zip(places, self._counts.sizes[day], strict=True)):
            return FAR
        return int((of.work if len(state) == self._long else of.free)[(*state[:known], worker, *places)])

    def _step_back(self, worker: int, day: int, state: State) -> State:
        """The state on the day before that led to this one as cheaply."""
        group = state[0] if len(state) == self._long else FREE
        price = self._price[group][worker, day - 1] if group != FREE else self._prices[worker, day - 1, FREE]
        rest = self._value(worker, day, state) - int(price)
        return next(one for one in self._earlier(day, state) if self._value(worker, day - 1, one) == rest)

    def _earlier(self, day: int, state: State) -> Iterator[State]:
        """The states on the day before from which this one is reached."""
        contract = self._contract
        if len(state) < self._long:
            length, *counts = state
            if length == contract.shortest_break - 1:
                yield state
            if length:
                yield length - 1, *counts
            else:
                yield from ((group, run, *counts) for group in range(len(contract.groups)) for run in self._ending)
            return
        index, run, *counts = state
        group = contract.groups[index]
        if run == (0 if day > 1 else contract.first_run):
            before = self._without(group, day, counts, from_work=False)
            if before is not None:
                yield contract.shortest_break - 1, *before
        before = self._without(group, day, counts, from_work=True)
        if before is not None:
            for length, one in enumerate(contract.runs):
                if one.then == run:
                    yield from ((other, length, *before) for other in group.after)

    def _without(self, group: Group, day: int, counts: list[int], *, from_work: bool) -> list[int] | None:
        is_new = self._contract.is_new_weekend(day - 1, from_work=from_work)
        steps = self._contract.steps(group, is_new_weekend=is_new)
        before = [count - step for count, step in zip(counts, steps, strict=True)]
        return None if min(before) < 0 else before

    def _before(self) -> _Day:
        """Nothing is known: whatever was free may have been free for long."""
        day = self._empty(0)
        nothing: tuple[slice | int, ...] = (slice(None), *(0 for _count in self._contract.counts))
        day.free[-1][nothing] = 0
        return day

    def _empty(self, done: int) -> _Day:
        contract = self._contract
        states = len(self._prices), *self._counts.sizes[done]
        work = np.full((len(contract.groups), len(contract.runs), *states), FAR, np.int64)
        return _Day(work, np.full((contract.shortest_break, *states), FAR, np.int64))

    def _next(self, last: _Day, day: int) -> _Day:
        contract, now = self._contract, self._empty(day + 1)
        least = self._least(last) if day else {}
        for index, group in enumerate(contract.groups):
            price = self._price[index][:, day][self._wide]
            self._begin(last, now, day, index, price)
            if day and group.after:
                self._go_on(least[group.after], now, day, index, price)
        source, target = self._counts.idle(day)
        begun = now.free[0][(slice(None), *target)]
        for ended in self._ended:
            work = last.work[(slice(None), ended, slice(None), *source)]
            np.minimum(begun, work.min((0, 1)), out=begun)
        free = self._prices[:, day, FREE][self._wide]
        begun += free
        for length in range(contract.shortest_break):
            goal = now.free[min(length + 1, contract.shortest_break - 1)][(slice(None), *target)]
            np.minimum(goal, last.free[length][(slice(None), *source)] + free, out=goal)
        return now

    def _least(self, last: _Day) -> dict[tuple[int, ...], Prices]:
        """For the groups that may be before some shift the least price of each run; small sets serve larger ones."""
        found: dict[tuple[int, ...], Prices] = {}
        for after in self._afters:
            known = max((one for one in found if set(one) <= set(after)), key=len, default=after[:1])
            least = found.get(known, last.work[known[0]])
            for group in after:
                if group not in known:
                    least = np.minimum(least, last.work[group])
            found[after] = least
        return found

    def _begin(self, last: _Day, now: _Day, day: int, index: int, price: Prices) -> None:
        """Work with a group of shifts after a break that was long enough."""
        source, target = self._counts.moves(day, from_work=False)[index]
        goal: Prices = now.work[index, 0 if day else self._contract.first_run]
        goal[(slice(None), *target)] = last.free[-1][(slice(None), *source)] + price

    def _go_on(self, before: Prices, now: _Day, day: int, index: int, price: Prices) -> None:
        """Work with a group of shifts after another day of work."""
        source, target = self._counts.moves(day, from_work=True)[index]
        for runs, then in self._stretches:
            goal: Prices = now.work[index, then][(slice(None), slice(None), *target)]
            np.minimum(goal, before[runs][(slice(None), slice(None), *source)] + price, out=goal)


def _stretches(pairs: list[tuple[int, int]]) -> Iterator[tuple[slice, slice]]:
    """The pairs of numbers as pairs of slices, as few as possible."""
    first = 0
    for end in range(1, len(pairs) + 1):
        one, other = pairs[end - 1]
        if end == len(pairs) or pairs[end] != (one + 1, other + 1):
            yield slice(pairs[first][0], one + 1), slice(pairs[first][1], other + 1)
            first = end
