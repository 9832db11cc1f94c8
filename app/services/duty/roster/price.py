"""What a roster costs, counted from the cells alone: the solver's own sum is held against it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.services.duty.roster.check import there
from app.services.duty.roster.problem import Cells, Cover, Problem, Tally, Wish


@dataclass(frozen=True, slots=True)
class Price:
    """The price by parts; `fairness` has one for each of the problem's tallies."""

    cover: int
    wishes: int
    fairness: tuple[int, ...]
    changes: int

    @property
    def total(self) -> int:
        """What the solver makes as small as it can."""
        return self.cover + self.wishes + sum(self.fairness) + self.changes


def cost(problem: Problem, cells: Sequence[Sequence[int]]) -> Price:
    """The price of a roster, whether it keeps the hard rules or not."""
    return Price(
        sum(cover_prices(problem, cells)),
        sum(wish.weight for wish in problem.wishes if not is_met(wish, cells)),
        tuple(tally.weight * spread(tally, problem.days, cells) for tally in problem.tallies),
        problem.change_weight * len(changed(problem.published, cells)),
    )


def rank(problem: Problem, cells: Cells) -> tuple[int, int]:
    """How good a plan anew is, less being better: how many cells are other than published, and what it costs."""
    changes = 0 if problem.published is None else len(changed(problem.published, cells))
    return changes, cost(problem, cells).total


def is_met(wish: Wish, cells: Sequence[Sequence[int]]) -> bool:
    """Whether the worker has what was wished for."""
    return (cells[wish.worker][wish.day] in wish.shifts) == wish.on


def counts(tally: Tally, days: int, cells: Sequence[Sequence[int]]) -> list[int]:
    """What each of the tally's workers has, with what was before."""
    inside = [day for day in tally.days if 0 <= day < days]
    return [
        before + sum(cells[worker][day] in tally.shifts for day in inside)
        for worker, before in zip(tally.workers, tally.before, strict=True)
    ]


def spread(tally: Tally, days: int, cells: Sequence[Sequence[int]]) -> int:
    """How far the most and the least lie apart."""
    found = counts(tally, days, cells)
    return max(found) - min(found) if found else 0


def changed(published: Cells | None, cells: Sequence[Sequence[int]]) -> list[tuple[int, int]]:
    """The (worker, day) of each cell that is not as published."""
    return [
        (worker, day)
        for worker, row in enumerate(published or ())
        for day, shift in enumerate(row)
        if cells[worker][day] != shift
    ]


def cover_prices(problem: Problem, cells: Sequence[Sequence[int]]) -> list[int]:
    """The price of too few or too many workers, for each cover: that of a sum is put down to its parts."""
    priced = {place: cover for place, cover in enumerate(problem.covers) if cover.wanted is not None}
    over = {place: there(cells, cover) - (cover.wanted or 0) for place, cover in priced.items()}
    short = missing(priced, over)
    return [
        cover.under * short[place] + cover.over * max(0, over[place]) if place in short else 0
        for place, cover in enumerate(problem.covers)
    ]


def missing(covers: Mapping[int, Cover], over: Mapping[int, int]) -> dict[int, int]:
    """How few could be added so that these covers and their sums have enough people, put down to those that are no sum.

    `over` says by how many each has more than that. A sum's last part takes what the others do not: as nobody counts
    twice for a sum, that comes to as few as there can be (the greedy vector of a polymatroid; Edmonds, 1970).
    """
    short = {place: max(0, -over[place]) for place, cover in covers.items() if not cover.parts}
    sums = ((cover.parts, -over[place]) for place, cover in covers.items() if cover.parts)
    for parts, gap in sorted(sums, key=lambda one: one[0][-1]):
        short[parts[-1]] += max(0, gap - sum(short[part] for part in parts))
    return short
