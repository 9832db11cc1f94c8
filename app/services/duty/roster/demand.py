"""What the covers ask for, as sums with a price on both sides, and what a cell is worth to them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from app.services.duty.roster.paths import Prices
from app.services.duty.roster.problem import Cover, Problem

UNFILLED = 100_000  # the price of a missing row, of a hard limit that does not hold yet: above any sensible one


@dataclass(frozen=True, slots=True)
class Demand:
    """A cover or one side of it: how many there should be, and what each one below and above costs."""

    of: Cover
    wanted: int
    under: int
    over: int
    parts: tuple[int, ...] = ()  # places of the demands whose missing ones are missing here too


def demands(problem: Problem) -> list[Demand]:
    """All that the covers ask for."""
    found = list[Demand]()
    shared = problem.shared
    at: dict[int, int] = {}  # the place of a shared cover's demand for no fewer
    for place, cover in enumerate(problem.covers):
        if cover.wanted is not None and place in shared:
            at[place] = len(found)
            found += [Demand(cover, cover.wanted, cover.under, 0), Demand(cover, cover.wanted, 0, cover.over)]
        elif cover.wanted is not None:
            parts = tuple(at[part] for part in cover.parts)
            found.append(Demand(cover, cover.wanted, cover.under, cover.over, parts))
        if cover.least:
            found.append(Demand(cover, cover.least, UNFILLED, 0))
        if cover.most is not None:
            found.append(Demand(cover, cover.most, 0, UNFILLED))
    return found


class Sums:
    """Who is missing in a demand is missing in its sums too, at one price."""

    def __init__(self, of: Sequence[Demand]) -> None:
        self._parts = {place: list(demand.parts) for place, demand in enumerate(of) if demand.parts}
        self._sums: dict[int, list[int]] = {}
        for place, parts in self._parts.items():
            for part in parts:
                self._sums.setdefault(part, []).append(place)

    def of(self, place: int) -> list[int]:
        """The sums of a demand."""
        return self._sums.get(place, [])

    def saved(self, worth: Prices) -> Prices:
        """What one missing less is worth, for each demand: to itself and to its sums."""
        saved = worth.copy()
        for place, parts in self._parts.items():
            saved[parts] += worth[place]
        return saved

    def within(self, worth: Prices, most: Prices) -> Prices:
        """Worth as near to this as it can be where one missing less is worth no more than `most`."""
        kept = worth.copy()
        for part, sums in self._sums.items():
            beyond = kept[part] + kept[sums].sum() - most[part]
            for place in (part, *sums):
                less = max(0, min(beyond, kept[place]))
                kept[place] -= less
                beyond -= less
        return kept


def cell_worth(problem: Problem, of: Sequence[Demand], parts: Sequence[int]) -> Prices:
    """What each worker's cells are worth: `[worker, day, shift]`, that of a free day last.

    `parts` is what one more is worth to each demand.
    """
    worth = np.zeros((len(problem.workers), problem.days, len(problem.shifts) + 1), np.int64)
    for demand, value in zip(of, parts, strict=True):
        for workers, shifts in demand.of.counted if value else ():
            who = slice(None) if workers is None else np.array(sorted(workers), np.int64)[:, None]
            worth[who, demand.of.day, sorted(shifts)] += value
    return worth
