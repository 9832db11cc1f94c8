"""The linear programme over whole rows: how much of each row a roster takes, and what a cell is worth to the covers.

Its least value is nearly that of the best roster (Dantzig and Wolfe, 1960); the worth of the cells says which rows are
still missing, and together with the cheapest row of each worker it is a bound that no roster is below.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from app.services.duty.roster.demand import UNFILLED, Demand, demands
from app.services.duty.roster.paths import SCALE, Row
from app.services.duty.roster.problem import Cells, Problem

TINY = 1e-6

Column: TypeAlias = tuple[int, Row]  # worker, row
Shares: TypeAlias = NDArray[np.float64]
Worth: TypeAlias = tuple[float, ...]  # of one more worker, for each demand


class Master:
    """The columns so far; `solve` says how much of each is taken."""

    def __init__(self, problem: Problem) -> None:
        self._workers = len(problem.workers)
        self._shape = self._workers, problem.days, len(problem.shifts) + 1
        self.demands = demands(problem)
        self._at = _index(self.demands)
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._price = self._solver.Objective()
        self._price.SetMinimization()
        self._chosen = [self._solver.Constraint(1.0, 1.0) for _worker in problem.workers]
        for constraint in self._chosen:
            self._add_variable(UNFILLED, [(constraint, 1.0)])
        self._met = [self._write(demand) for demand in self.demands]
        self.prices: dict[Column, int] = {}
        self.price = 0.0
        self._variables: dict[Column, pywraplp.Variable] = {}

    def add(self, worker: int, row: Row, price: int) -> bool:
        """Add a column; False where it is known."""
        column = worker, row
        if column in self._variables:
            return False
        parts = [(self._chosen[worker], 1.0), *((self._met[index], 1.0) for index in self._counted(worker, row))]
        self._variables[column] = self._add_variable(price, parts)
        self.prices[column] = price
        return True

    def limit(self, allowed: Callable[[int, Row], bool]) -> None:
        """Take only what is allowed; what is not stays in the programme for later."""
        for (worker, row), variable in self._variables.items():
            variable.SetUb(self._solver.infinity() if allowed(worker, row) else 0.0)

    def solve(self) -> float:
        """The least price."""
        status = self._solver.Solve()
        if status == pywraplp.Solver.ABNORMAL:  # what it remembers of the last time has become too inexact
            self._solver.Reset()
            status = self._solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise ValueError(status)
        self.price = float(self._price.Value())
        return self.price

    def worth(self) -> Worth:
        """What one more worker would save, for each demand."""
        return tuple(constraint.dual_value() for constraint in self._met)

    def shares(self) -> Shares:
        """How much of the mixture has each cell: `[worker, day, shift]`, that of a free day last."""
        shares = np.zeros(self._shape)
        days = np.arange(self._shape[1])
        for (worker, row), variable in self._variables.items():
            share = variable.solution_value()
            if share > TINY:
                shares[worker, days, row] += share
        return shares

    def whole_rows(self) -> Cells | None:
        """The roster that the mixture is, where it takes only one row of each worker."""
        rows = {
            worker: row for (worker, row), variable in self._variables.items() if variable.solution_value() > 1 - TINY
        }
        return tuple(rows[worker] for worker in range(self._workers)) if len(rows) == self._workers else None

    def parts(self, worth: Worth) -> list[int]:
        """The worth in whole parts, within what a demand can be worth."""
        return [
            max(-demand.over * SCALE, min(demand.under * SCALE, round(value * SCALE)))
            for demand, value in zip(self.demands, worth, strict=True)
        ]

    def bound(self, parts: Sequence[int], cheapest: Iterable[int], fixed: Mapping[int, Row]) -> int:
        """In parts: no roster with the `fixed` rows costs less, where others' rows cost at least `cheapest`."""
        total = sum(demand.wanted * value for demand, value in zip(self.demands, parts, strict=True)) + sum(cheapest)
        for worker, row in fixed.items():
            total += self.prices[worker, row] * SCALE - sum(parts[index] for index in self._counted(worker, row))
        return total

    def _counted(self, worker: int, row: Row) -> Iterable[int]:
        for day, shift in enumerate(row):
            for index in self._at.get((day, shift), ()):
                if self.demands[index].holds(worker):
                    yield index

    def _write(self, demand: Demand) -> pywraplp.Constraint:
        constraint = self._solver.Constraint(float(demand.wanted), float(demand.wanted))
        self._add_variable(demand.under, [(constraint, 1.0)])
        self._add_variable(demand.over, [(constraint, -1.0)])
        return constraint

    def _add_variable(self, price: int, parts: Iterable[tuple[pywraplp.Constraint, float]]) -> pywraplp.Variable:
        variable = self._solver.NumVar(0.0, self._solver.infinity(), "")
        self._price.SetCoefficient(variable, float(price))
        for constraint, factor in parts:
            constraint.SetCoefficient(variable, factor)
        return variable


def _index(wanted: Sequence[Demand]) -> dict[tuple[int, int], list[int]]:
    found: dict[tuple[int, int], list[int]] = {}
    for index, demand in enumerate(wanted):
        for shift in demand.shifts:
            found.setdefault((demand.day, shift), []).append(index)
    return found
