"""What one more worker is worth to each demand, before any row is known: a programme counts alike workers together.

It knows less than rows do, but it is small, and it is a beginning: the first cheapest rows already tell a good bound.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from highspy import Highs, HighsLp, HighsModelStatus, MatrixFormat, kHighsInf
from numpy.typing import NDArray

from app.services.duty.roster.demand import Demand
from app.services.duty.roster.problem import Problem, Worker
from app.services.duty.roster.spans import rest_table, weekends

Term: TypeAlias = tuple[float, int]  # factor, variable


@dataclass(slots=True)
class _Programme:
    """A linear programme, written down piece by piece."""

    prices: list[float] = field(default_factory=list)
    most: list[float] = field(default_factory=list)  # of each variable
    rows: list[tuple[list[Term], float, float]] = field(default_factory=list)

    def variable(self, most: float, price: float = 0.0) -> int:
        self.prices.append(price)
        self.most.append(most)
        return len(self.prices) - 1

    def row(self, terms: Iterable[Term], low: float, high: float) -> None:
        self.rows.append((list(terms), low, high))

    def duals(self) -> NDArray[np.float64] | None:
        """What one more in each row saves; None where nothing holds it."""
        solver = Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.passModel(self._written())
        solver.run()
        if solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        return np.asarray(solver.getSolution().row_dual)

    def _written(self) -> HighsLp:
        programme = HighsLp()
        programme.num_col_, programme.num_row_ = len(self.prices), len(self.rows)
        programme.col_cost_ = np.array(self.prices)
        programme.col_lower_, programme.col_upper_ = np.zeros(len(self.most)), np.array(self.most)
        programme.row_lower_ = np.array([low for _terms, low, _high in self.rows], float)
        programme.row_upper_ = np.array([high for _terms, _low, high in self.rows], float)
        matrix = programme.a_matrix_
        matrix.format_ = MatrixFormat.kRowwise
        matrix.start_ = np.cumsum([0, *(len(terms) for terms, _low, _high in self.rows)], dtype=np.int32)
        matrix.index_ = np.array([one for terms, _low, _high in self.rows for _factor, one in terms], dtype=np.int32)
        matrix.value_ = np.array([factor for terms, _low, _high in self.rows for factor, _one in terms], float)
        return programme


def first_worth(problem: Problem, demands: Sequence[Demand]) -> tuple[float, ...]:
    """For each demand; nothing where not even the programme holds."""
    programme = _Programme()
    missing = list[int]()
    for demand in demands:
        missing.append(programme.variable(kHighsInf, demand.under))
        short = [(1.0, place) for place in (missing[-1], *(missing[part] for part in demand.parts))]
        programme.row([*short, (-1.0, programme.variable(kHighsInf, demand.over))], demand.wanted, demand.wanted)
    alike: dict[object, list[int]] = {}
    kinds = {workers for demand in demands for workers, _shifts in demand.of.counted}
    for worker, person in enumerate(problem.workers):
        counts = frozenset(some for some in kinds if some is not None and worker in some)
        runs = person.shortest_run, person.shortest_break, person.longest_run, person.least_rest
        alike.setdefault((counts, runs), []).append(worker)
    for some in alike.values():
        _write(programme, problem, demands, some)
    duals = programme.duals()
    return (0.0,) * len(demands) if duals is None else tuple(duals[: len(demands)].tolist())


def _write(programme: _Programme, problem: Problem, demands: Sequence[Demand], some: list[int]) -> None:
    """What binds workers who are alike, all together."""
    people = [problem.workers[worker] for worker in some]
    on = [
        {
            shift: programme.variable(many)
            for shift in range(len(problem.shifts))
            if (many := sum(_is_able(person, day, shift) for person in people))
        }
        for day in range(problem.days)
    ]
    work = [[(1.0, variable) for variable in day.values()] for day in on]
    for day, terms in enumerate(work):
        programme.row(terms, 0, sum(not person.is_free(day) for person in people))
    for index, demand in enumerate(demands):
        that = on[demand.of.day]
        counted = Counter(
            that[shift]
            for workers, shifts in demand.of.counted
            if workers is None or some[0] in workers
            for shift in sorted(shifts & that.keys())
        )
        programme.rows[index][0].extend((float(times), one) for one, times in counted.items())
    _write_sums(programme, problem, people, on)
    _write_follow(programme, problem, people, on)
    _write_runs(programme, people[0], len(people), work)
    _write_weekends(programme, problem, people, work)


def _is_able(person: Worker, day: int, shift: int) -> bool:
    return not person.is_free(day) and shift in person.does(day) and person.most_of.get(shift, 1) > 0


def _write_sums(programme: _Programme, problem: Problem, people: list[Worker], on: list[dict[int, int]]) -> None:
    minutes = [(float(problem.shifts[shift].minutes), one) for day in on for shift, one in day.items()]
    most = sum(kHighsInf if person.most_minutes is None else person.most_minutes for person in people)
    programme.row(minutes, sum(person.least_minutes or 0 for person in people), most)
    for shift in range(len(problem.shifts)):
        limits = (person.most_of.get(shift, problem.days) for person in people if shift in person.shifts)
        programme.row([(1.0, day[shift]) for day in on if shift in day], 0, sum(limits))


def _write_follow(programme: _Programme, problem: Problem, people: list[Worker], on: list[dict[int, int]]) -> None:
    rested = rest_table(problem.shifts, people[0].least_rest)
    never = [shift.never_next | rest for shift, rest in zip(problem.shifts, rested, strict=True)]
    for later in sorted({row for row in never if row}, key=sorted):
        earlier = [shift for shift, row in enumerate(never) if row >= later]
        for before, day in pairwise(on):
            first = [(1.0, before[shift]) for shift in earlier if shift in before]
            then = [(1.0, day[shift]) for shift in sorted(later) if shift in day]
            if first and then:
                programme.row([*first, *then], 0, len(people))


def _write_weekends(programme: _Programme, problem: Problem, people: list[Worker], work: list[list[Term]]) -> None:
    pairs = weekends(problem.days, problem.first_weekday)
    worked = [programme.variable(len(people)) for _pair in pairs]
    for weekend, days in zip(worked, pairs, strict=True):
        for day in days:
            if day >= 0:
                programme.row([(1.0, weekend), *((-1.0, one) for _factor, one in work[day])], 0, kHighsInf)
    most = sum(len(pairs) if person.most_weekends is None else person.most_weekends for person in people)
    programme.row([(1.0, weekend) for weekend in worked], 0, most)


def _write_runs(programme: _Programme, person: Worker, many: int, work: list[list[Term]]) -> None:
    days = len(work)
    longest = days if person.longest_run is None else person.longest_run
    for last in range(longest, days):
        programme.row([term for day in range(last - longest, last + 1) for term in work[day]], 0, longest * many)
    begins = [programme.variable(many) for _day in work]
    for day in range(1, days):
        before = [(1.0, one) for _factor, one in work[day - 1]]
        programme.row([(1.0, begins[day]), *before, *((-1.0, one) for _factor, one in work[day])], 0, kHighsInf)
        begun = [(-1.0, begins[first]) for first in range(max(1, day - person.shortest_run + 1), day + 1)]
        programme.row([*work[day], *begun], 0, kHighsInf)
    for day in range(days):
        then = [(1.0, begins[first]) for first in range(day + 1, min(days, day + person.shortest_break + 1))]
        programme.row([*work[day], *then], 0, many)
