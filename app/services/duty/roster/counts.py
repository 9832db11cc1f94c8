"""Which counts a row can have after each day: only those are kept, for most of the others cannot be or lead nowhere.

In the middle of eight weeks a row has done between a third and a half of its minutes, for a row that has done less
comes to too few, and runs of work and breaks do not let it do more.
"""

from functools import lru_cache
from math import prod

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import Contract, Group, Index
from app.services.duty.roster.spans import SATURDAY


class Counts:
    """Of one contract: an array of all counts after so many days begins with the `least` and has `sizes`."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        many = range(contract.days + 1)
        self.least = [self._least(done) for done in many]
        self.sizes = [
            tuple(max(1, most - least + 1) for least, most in zip(self.least[done], self._most(done), strict=True))
            for done in many
        ]
        each = len(contract.groups) * len(contract.runs) + contract.shortest_break
        self.states = each * sum(map(prod, self.sizes))  # of one worker over all days
        self._moves = [[self._group_moves(day, is_new) for is_new in (False, True)] for day in range(contract.days)]
        self._idle = [self._move(day, (0,) * len(contract.counts)) for day in range(contract.days)]
        self.in_time: NDArray[np.bool_] = self._in_time()

    def moves(self, day: int, *, from_work: bool) -> list[tuple[Index, Index]]:
        """For each group of shifts the counts before a day with such a shift, and the same counts after it."""
        return self._moves[day][self._contract.is_new_weekend(day, from_work=from_work)]

    def idle(self, day: int) -> tuple[Index, Index]:
        """The counts before a free day, and the same counts after it."""
        return self._idle[day]

    def _least(self, done: int) -> tuple[int, ...]:
        """With fewer units than that the minutes are no longer reached."""
        contract = self._contract
        if not done:
            return (0,) * len(contract.counts)
        limited = sum(minutes * (size - 1) for minutes, size in zip(contract.limited, contract.counts[2:], strict=True))
        units = -(-(contract.minutes[0] - limited) // contract.unit) - self._units(contract.days - done)
        return 0, min(max(0, units), contract.counts[1] - 1), *(0 for _shift in contract.limited)

    def _most(self, done: int) -> tuple[int, ...]:
        contract = self._contract
        days = (contract.first_weekday + day for day in range(done))
        weekends = len({day // 7 for day in days if day % 7 >= SATURDAY})
        reached = weekends, self._units(done), *(self._worked(done) for _shift in contract.limited)
        return tuple(min(size - 1, most) for size, most in zip(contract.counts, reached, strict=True))

    def _units(self, days: int) -> int:
        """The most that so many days can have."""
        return self._worked(days) * max((group.units for group in self._contract.groups), default=0)

    def _worked(self, days: int) -> int:
        """The most days of work among so many."""
        longest, shortest_break = self._contract.longest_run, self._contract.shortest_break
        if longest is None:
            return days
        whole, rest = divmod(days, longest + shortest_break)
        return whole * longest + min(rest, longest)

    def _group_moves(self, day: int, is_new: bool) -> list[tuple[Index, Index]]:
        return [self._move(day, self._steps(group, is_new)) for group in self._contract.groups]

    def _steps(self, group: Group, is_new: bool) -> tuple[int, ...]:
        return self._contract.steps(group, is_new_weekend=is_new)

    def _move(self, day: int, steps: tuple[int, ...]) -> tuple[Index, Index]:
        before, after = [], []
        for step, low, next_low, size, next_size in zip(
            steps, self.least[day], self.least[day + 1], self.sizes[day], self.sizes[day + 1], strict=True
        ):
            further = low + step - next_low
            first = max(0, -further)
            many = max(0, min(size - first, next_size - max(0, further)))
            before.append(slice(first, first + many))
            after.append(slice(first + further, first + further + many) if many else slice(0, 0))
        return tuple(before), tuple(after)

    def _in_time(self) -> NDArray[np.bool_]:
        """For all counts after the last day whether their minutes are neither too few nor too many."""
        contract, sizes = self._contract, self.sizes[-1]
        minutes = np.zeros(sizes, np.int64)
        for axis, each in enumerate((0, contract.unit, *contract.limited)):
            counted = (np.arange(sizes[axis]) + self.least[-1][axis]) * each
            minutes += counted.reshape([-1 if other == axis else 1 for other in range(minutes.ndim)])
        least, most = contract.minutes
        return np.asarray((least <= minutes) & (minutes <= most))


@lru_cache(maxsize=500)
def counts(contract: Contract) -> Counts:
    """The counts of a contract, reckoned once."""
    return Counts(contract)
