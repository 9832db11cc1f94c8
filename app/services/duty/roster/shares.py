"""What is to be shared out fairly, in the model: how far the most and the least of the workers lie apart."""

from collections.abc import Sequence

from app.services.duty.roster.problem import Problem, Tally
from app.services.duty.roster.sketch import Sketch, Term

Grid = tuple[tuple[dict[int, int], ...], ...]


def write_shares(sketch: Sketch, problem: Problem, on: Grid, work: Sequence[Sequence[int]]) -> None:
    """Add the price of each tally of the problem."""
    for tally in problem.tallies:
        if len(tally.workers) > 1 and tally.weight:
            _write_tally(sketch, problem, tally, on, work)


def _write_tally(sketch: Sketch, problem: Problem, tally: Tally, on: Grid, work: Sequence[Sequence[int]]) -> None:
    days = sorted(day for day in tally.days if 0 <= day < problem.days)
    low, high = min(tally.before), max(tally.before) + len(days)
    least, most = sketch.integer(low, high), sketch.integer(low, high)
    everybody: list[Term] = []
    for worker, before in zip(tally.workers, tally.before, strict=True):
        terms = [term for day in days for term in _cell_terms(tally, on[worker][day], work[worker][day])]
        sketch.sum([*terms, (-1, most)], None, -before)
        sketch.sum([*terms, (-1, least)], -before, None)
        everybody += terms
    # Follows from the two above; said so that the bound is rounded: nobody has more than the mean only by a part.
    count, total = len(tally.workers), sum(tally.before)
    sketch.sum([*everybody, (-count, most)], None, -total)
    sketch.sum([*everybody, (-count, least)], -total, None)
    sketch.cost(tally.weight, most)
    sketch.cost(-tally.weight, least)


def _cell_terms(tally: Tally, literals: dict[int, int], works: int) -> list[Term]:
    if tally.shifts >= literals.keys():
        return [(1, works)]
    return [(1, literal) for shift, literal in literals.items() if shift in tally.shifts]
