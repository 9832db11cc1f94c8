"""Why a cell is as it is: for each other content what it would break or cost with all else as it is."""

from dataclasses import dataclass

from app.services.duty.roster.check import Checker
from app.services.duty.roster.price import Price, cost
from app.services.duty.roster.problem import FREE, Breach, Cells, Problem


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another content of a cell: the hard rules broken by it, and how much more the plan costs (less: negative)."""

    shift: int  # or FREE
    broken: tuple[Breach, ...]
    price: Price
    more: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """A cell as it is, and each other content it could have, those that break least and cost least first."""

    worker: int
    day: int
    shift: int
    alternatives: tuple[Alternative, ...]


def explain(problem: Problem, cells: Cells, worker: int, day: int) -> Explanation:
    """Look at each other content of the cell with all else as it is; breaches that are there anyway do not count."""
    now = cells[worker][day]
    checker = Checker(problem, cells)
    before, price = set(checker.breaches), cost(problem, cells)
    found = []
    for shift in (FREE, *range(len(problem.shifts))):
        if shift != now:
            broken = tuple(breach for breach in checker.set(worker, day, shift) if breach not in before)
            then = cost(problem, checker.cells)
            found.append(Alternative(shift, broken, then, then.total - price.total))
    found.sort(key=lambda one: (len(one.broken), one.more, one.shift))
    return Explanation(worker, day, now, tuple(found))
