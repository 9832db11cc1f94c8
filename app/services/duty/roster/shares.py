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
    _write_mean(sketch, problem, tally, everybody, (least, most))
    sketch.cost(tally.weight, most)
    sketch.cost(-tally.weight, least)


def _write_mean(sketch: Sketch, problem: Problem, tally: Tally, everybody: list[Term], ends: tuple[int, int]) -> None:
    """The least are not above the mean, the most not below: follows from the rest, but is rounded only if said."""
    least, most = ends
    count, before = len(tally.workers), sum(tally.before)
    sketch.sum([*everybody, (-count, most)], None, -before)
    sketch.sum([*everybody, (-count, least)], -before, None)
    totals = [_total(problem, tally, day) for day in range(problem.days) if day in tally.days]
    few, many = sum(one for one, _most in totals), sum(one for _least, one in totals)
    sketch.sum([(1, most)], -(-(few + before) // count), None)
    sketch.sum([(1, least)], None, (many + before) // count)


def _total(problem: Problem, tally: Tally, day: int) -> tuple[int, int]:
    """How many of the tally's cells a day has at least and at most, as far as its covers say so."""
    workers, few, counted = frozenset(tally.workers), 0, frozenset[int]()
    many = dict.fromkeys(tally.shifts, len(workers))
    for cover in problem.covers:
        if cover.day != day:
            continue
        if cover.shifts <= tally.shifts - counted and cover.workers is not None and cover.workers <= workers:
            few, counted = few + cover.least, counted | cover.shifts
        if cover.most is not None and (cover.workers is None or cover.workers >= workers):
            for shift in cover.shifts & tally.shifts:
                many[shift] = min(many[shift], cover.most)
    return few, min(len(workers), sum(many.values()))


def _cell_terms(tally: Tally, literals: dict[int, int], works: int) -> list[Term]:
    if tally.shifts >= literals.keys():
        return [(1, works)]
    return [(1, literal) for shift, literal in literals.items() if shift in tally.shifts]
