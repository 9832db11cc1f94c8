"""What a roster costs, counted from the cells alone: the solver's own sum is held against it."""

from collections.abc import Sequence
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
        sum(cover_price(cover, cells) for cover in problem.covers),
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


def cover_price(cover: Cover, cells: Sequence[Sequence[int]]) -> int:
    """The price of too few or too many workers."""
    if cover.wanted is None:
        return 0
    missing = cover.wanted - there(cells, cover.day, cover.shifts, cover.workers)
    return cover.under * missing if missing > 0 else cover.over * -missing
