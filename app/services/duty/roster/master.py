"""The linear programme over whole rows: how much of each row a roster takes, and what a cell is worth to the covers.

Its least value is nearly that of the best roster (Dantzig and Wolfe, 1960); the worth of the cells says which rows are
still missing, and together with the cheapest row of each worker it is a bound that no roster is below.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import numpy as np
from highspy import Highs, HighsBasis, HighsBasisStatus, HighsModelStatus, kHighsInf
from numpy.typing import NDArray

from app.services.duty.roster.demand import UNFILLED, Demand, Sums, demands
from app.services.duty.roster.paths import SCALE, Row
from app.services.duty.roster.problem import Cells, Problem

TINY = 1e-6
INFINITE = kHighsInf
DUAL, PRIMAL = 1, 4  # the simplex that is quick where bounds have changed, and where columns have come
DEVEX = 1  # how that weighs its steps: other ways begin with a long reckoning, each time
ROOM = 1_000  # columns for which there is room at first

Column: TypeAlias = tuple[int, Row]  # worker, row
Shares: TypeAlias = NDArray[np.float64]
Worth: TypeAlias = tuple[float, ...]  # of one more worker, for each demand
Counting: TypeAlias = dict[tuple[int, int], list[tuple[frozenset[int] | None, int]]]  # day, shift → who for which
Limits: TypeAlias = dict[int, tuple[float, float]]  # of what is missing (2 × demand) or too many (2 × demand + 1)


class Master:
    """The columns so far; `solve` says how much of each is taken."""

    def __init__(self, problem: Problem) -> None:
        self.demands = demands(problem)
        self.sums = Sums(self.demands)
        self.prices: dict[Column, int] = {}
        self.price = 0.0
        self._workers = len(problem.workers)
        self._shape = self._workers, problem.days, len(problem.shifts) + 1
        self._at = _index(self.demands)
        self._who, self._rows = np.zeros(ROOM, np.int32), np.zeros((ROOM, problem.days), np.int16)
        self._solver = _solver()
        for _worker in problem.workers:
            self._add_row(1)
        for demand in self.demands:
            self._add_row(demand.wanted)
        for worker in range(self._workers):
            self._add_variable(UNFILLED, [worker], [1.0])
        for place, demand in enumerate(self.demands, self._workers):
            short = [place, *(self._workers + index for index in self.sums.of(place - self._workers))]
            self._add_variable(demand.under, short, [1.0] * len(short))
            self._add_variable(demand.over, [place], [-1.0])
        self._beyond = self._workers + 2 * len(self.demands)  # where what is beyond limits begins
        for place, demand in enumerate(self.demands, self._workers):
            self._add_variable(UNFILLED + demand.under, [place], [1.0])
            self._add_variable(UNFILLED + demand.over, [place], [-1.0])
        self._first = self._beyond + 2 * len(self.demands)  # where the columns begin
        self.hold({})
        self._values, self._duals = np.zeros(self._first), np.zeros(self._workers + len(self.demands))

    def add(self, worker: int, row: Row, price: int) -> bool:
        """Add a column; False where it is known."""
        column, place = (worker, row), len(self.prices)
        if column in self.prices:
            return False
        if place == len(self._who):
            self._who, self._rows = np.resize(self._who, 2 * place), np.resize(self._rows, (2 * place, len(row)))
        self._who[place], self._rows[place] = worker, row
        self.prices[column] = price
        met = Counter(self._workers + index for index in self._met_by(worker, row))
        self._add_variable(price, [worker, *met], [1.0, *met.values()])
        return True

    def allowed(self, is_open: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of which columns all cells are open: `is_open[worker, day, shift]`."""
        many = len(self.prices)
        cells = is_open[self._who[:many, None], np.arange(self._shape[1]), self._rows[:many]]
        return np.asarray(cells.all(1))

    def limit(self, allowed: NDArray[np.bool_]) -> None:
        """Take only those columns, in the order in which they were added; others stay in the programme for later."""
        self._bound(self._first, np.zeros(len(allowed)), np.where(allowed, INFINITE, 0.0))

    def hold(self, limits: Limits) -> None:
        """Keep how many are missing or too many within these limits, all others free.

        Where the columns cannot, some are beyond the limits, as dear as a missing row: there is always a mixture.
        """
        many = 2 * len(self.demands)
        least, most, beyond = np.zeros(many), np.full(many, INFINITE), np.zeros(many)
        for place, (low, high) in limits.items():
            least[place], most[place] = low, high
            beyond[[place, place ^ 1]] = INFINITE
        self._bound(self._workers, least, most)
        self._bound(self._beyond, np.zeros(many), beyond)

    def solve(self, simplex: int = PRIMAL) -> float:
        """The least price; by the other simplex where other columns are allowed than the last time."""
        self._run(simplex)
        if self._solver.getModelStatus() != HighsModelStatus.kOptimal:  # what it remembers may have become too inexact
            self._solver.clearSolver()
            self._run(PRIMAL)
        if self._solver.getModelStatus() != HighsModelStatus.kOptimal:
            raise ValueError(self._solver.getModelStatus())
        solution = self._solver.getSolution()
        self._values, self._duals = np.asarray(solution.col_value), np.asarray(solution.row_dual)
        self.price = float(self._solver.getInfo().objective_function_value)
        return self.price

    def mark(self) -> HighsBasis:
        """Where it stands, to come `back` to."""
        return self._solver.getBasis()

    def back(self, mark: HighsBasis) -> None:
        """Begin the next time where the mark was made; columns that have come since are not taken there."""
        more = self._first + len(self.prices) - len(mark.col_status)
        mark.col_status = [*mark.col_status, *(HighsBasisStatus.kLower,) * more]
        self._solver.setBasis(mark)

    def worth(self) -> Worth:
        """What one more worker would save, for each demand."""
        return tuple(self._duals[self._workers :].tolist())

    def wages(self) -> NDArray[np.float64]:
        """What a row of each worker costs, less what its cells are worth, where it is in the mixture."""
        return self._duals[: self._workers]

    def amounts(self) -> NDArray[np.float64]:
        """How many are missing and too many, in turns, for each demand."""
        return self._values[self._workers : self._beyond]

    def shares(self) -> Shares:
        """How much of the mixture has each cell: `[worker, day, shift]`, that of a free day last."""
        shares = np.zeros(self._shape)
        days = np.arange(self._shape[1])
        for place in np.flatnonzero(self._taken() > TINY).tolist():
            shares[self._who[place], days, self._rows[place]] += self._values[self._first + place]
        return shares

    def whole_rows(self) -> Cells | None:
        """The roster that the mixture is, where it takes only one row of each worker."""
        whole = np.flatnonzero(self._taken() > 1 - TINY)
        rows = {int(self._who[place]): tuple(self._rows[place].tolist()) for place in whole}
        return tuple(rows[worker] for worker in range(self._workers)) if len(rows) == self._workers else None

    def parts(self, worth: Worth) -> list[int]:
        """The worth in whole parts, within what a demand can be worth."""
        most = np.array([demand.under * SCALE for demand in self.demands], np.int64)
        least = np.array([-demand.over * SCALE for demand in self.demands], np.int64)
        whole = np.rint(np.array(worth) * SCALE).astype(np.int64)
        parts: list[int] = self.sums.within(np.clip(whole, least, most), most).tolist()
        return parts

    def bound(self, parts: Sequence[int], cheapest: Iterable[int], fixed: Mapping[int, Row]) -> int:
        """In parts: no roster with the `fixed` rows costs less, where others' rows cost at least `cheapest`."""
        total = sum(demand.wanted * value for demand, value in zip(self.demands, parts, strict=True)) + sum(cheapest)
        for worker, row in fixed.items():
            total += self.prices[worker, row] * SCALE - sum(parts[index] for index in self._met_by(worker, row))
        return total

    def trials(self, options: Iterable[tuple[NDArray[np.bool_], Limits]]) -> list[float]:
        """The least price with each of these limits instead, without rows that are missing; it stays at the last."""
        start, found = self._solver.getBasis(), []
        for allowed, limits in options:
            self.limit(allowed)
            self.hold(limits)
            self._solver.setBasis(start)
            self._run(DUAL)
            found.append(float(self._solver.getInfo().objective_function_value))
        self._solver.setBasis(start)
        return found

    def _met_by(self, worker: int, row: Row) -> Iterator[int]:
        """The demands for which a row counts, one twice where it counts for two."""
        for day, shift in enumerate(row):
            for workers, index in self._at.get((day, shift), ()):
                if workers is None or worker in workers:
                    yield index

    def _taken(self) -> Shares:
        return self._values[self._first :]

    def _run(self, simplex: int) -> None:
        self._solver.setOptionValue("simplex_strategy", simplex)
        self._solver.run()

    def _bound(self, first: int, least: Shares, most: Shares) -> None:
        places = np.arange(first, first + len(least), dtype=np.int32)
        self._solver.changeColsBounds(len(places), places, least, most)

    def _add_row(self, wanted: int) -> None:
        self._solver.addRow(float(wanted), float(wanted), 0, np.zeros(0, np.int32), np.zeros(0))

    def _add_variable(self, price: int, rows: list[int], factors: list[float]) -> None:
        self._solver.addCol(float(price), 0.0, INFINITE, len(rows), np.array(rows, np.int32), np.array(factors))


def _solver() -> Highs:
    solver = Highs()  # type: ignore[no-untyped-call]
    solver.silent()
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("solver", "simplex")
    solver.setOptionValue("presolve", "off")
    solver.setOptionValue("simplex_dual_edge_weight_strategy", DEVEX)
    return solver


def _index(wanted: Sequence[Demand]) -> Counting:
    found: Counting = {}
    for index, demand in enumerate(wanted):
        for workers, shifts in demand.of.counted:
            for shift in shifts:
                found.setdefault((demand.of.day, shift), []).append((workers, index))
    return found
