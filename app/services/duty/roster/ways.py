"""The states of a row by number, and which of them may be on the day before which."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import Contract

Places = NDArray[np.int64]

NOWHERE = -1
UNREACHED = 2**30  # steps: no count is as high


class Ways:
    """Of one contract: a state is a group of shifts and a run, or behind all of those a day of a break."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._runs = len(contract.runs)
        self.at_work = len(contract.groups) * self._runs  # that many come before the days of a break
        many = range(self.at_work + contract.shortest_break)
        self.group = np.array([min(state // self._runs, len(contract.groups)) for state in many])
        self._before = _table([self._leading(state, 0) for state in many])
        self._before_first = _table([self._leading(state, contract.first_run) for state in many])
        self._steps: dict[tuple[bool, bool, bool], Places] = {}

    def before(self, day: int) -> Places:
        """For each state on a day those on the day before, as far as there are any, then `NOWHERE`: [state, way]."""
        return self._before if day else self._before_first

    def steps(self, day: int) -> Places:
        """What the day adds to each count, that after `NOWHERE` far more than any: [state, way, count]."""
        after_free, after_work = (
            self._contract.is_new_weekend(day, from_work=from_work) for from_work in (False, True)
        )
        kind = day == 0, after_free, after_work
        if kind not in self._steps:
            self._steps[kind] = self._reckoned(self.before(day), after_free, after_work)
        return self._steps[kind]

    def _reckoned(self, before: Places, after_free: bool, after_work: bool) -> Places:
        steps = np.zeros((*before.shape, len(self._contract.counts)), np.int64)
        for index, group in enumerate(self._contract.groups):
            states = slice(index * self._runs, (index + 1) * self._runs)
            steps[states] = self._contract.steps(group, is_new_weekend=False)
            steps[states, :, 0] = np.where(before[states] < self.at_work, after_work, after_free)
        steps[before == NOWHERE] = UNREACHED
        return steps

    def _leading(self, state: int, begins: int) -> list[int]:
        """Those that lead to a state, where runs begin as the one of this number."""
        contract, longest = self._contract, self.at_work + self._contract.shortest_break - 1
        if state >= self.at_work:
            found = [longest] if state == longest else []
            if state > self.at_work:
                return [*found, state - 1]
            ending = [run for run, one in enumerate(contract.runs) if one.may_end]
            return [*found, *(self._number(group, run) for group in range(len(contract.groups)) for run in ending)]
        index, run = divmod(state, self._runs)
        begun = [longest] if run == begins else []
        goes_on = [one for one, other in enumerate(contract.runs) if other.then == run]
        return [*begun, *(self._number(group, one) for one in goes_on for group in contract.groups[index].after)]

    def _number(self, group: int, run: int) -> int:
        return group * self._runs + run


def _table(ways: list[list[int]]) -> Places:
    most = max(map(len, ways))
    return np.array([[*some, *(NOWHERE,) * (most - len(some))] for some in ways], np.int64)


@lru_cache(maxsize=500)
def ways(contract: Contract) -> Ways:
    """The ways of a contract, reckoned once."""
    return Ways(contract)
