"""One run of HiGHS over a model as a linear programme in whole numbers; stopped from outside at any time.

Rosters are mostly sums, and cutting planes close most of what the relaxation leaves open: this one proves many rosters
before it has branched at all. With one thread it does the same each time, as long as nobody brings it plans.
"""

import threading
from collections.abc import Callable, Iterator

import numpy as np
from highspy import (
    Highs,
    HighsCallbackEvent,
    HighsLp,
    HighsModelStatus,
    HighsVarType,
    MatrixFormat,
    SolutionStatus,
    kHighsInf,
)
from ortools.sat.python import cp_model_helper as core

from app.services.duty.roster.engine import OnBound, OnCells, Result
from app.services.duty.roster.model import Model
from app.services.duty.roster.problem import Cells
from app.services.duty.roster.sketch import FAR, Sketch, Term

ROUNDING = 1e-4  # a bound so little above a whole number is that number: it is reckoned with fractions
CUTS = 1_000  # cutting planes that are kept: ten times as many, its own choice, take it a quarter longer
FINEST = 1e-9  # of a bound: finer its fractions are not
_NO_PLAN = {HighsModelStatus.kInfeasible, HighsModelStatus.kUnboundedOrInfeasible}

Hear = Callable[[HighsCallbackEvent], None]
Brought = Callable[[], tuple[Cells, int] | None]  # the best plan that is known elsewhere, once it may be told


class LinearRun:
    """Solves once; `stop()` may be called by any thread at any time. `brought` is asked now and then."""

    def __init__(
        self, model: Model, seconds: float, seed: int, *, on_cells: OnCells, on_bound: OnBound, brought: Brought
    ) -> None:
        self._model = model
        self._seconds = seconds
        self._seed = seed
        self._on_cells = on_cells
        self._on_bound = on_bound
        self._brought = brought
        self._stopped = threading.Event()
        self._error: Exception | None = None
        self.is_alone = True  # whether nothing was brought

    def stop(self) -> None:
        """End the run soon; what it has found is its result."""
        self._stopped.set()

    def solve(self) -> Result | None:
        """Run until the end, the time limit, or `stop`; None where it was stopped before.

        What is raised by those who are told is raised here.
        """
        if self._stopped.is_set():
            return None
        solver = Highs()  # type: ignore[no-untyped-call]
        solver.silent()
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", self._seed % 2**31)
        solver.setOptionValue("time_limit", self._seconds)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.setOptionValue("mip_heuristic_run_root_reduced_cost", False)  # a quarter of the time, seldom a plan
        solver.setOptionValue("mip_pool_soft_limit", CUTS)
        solver.passModel(_programme(self._model.sketch))
        solver.cbMipInterrupt += self._kept(self._look)
        solver.cbSimplexInterrupt += self._kept(self._look)
        solver.cbMipImprovingSolution += self._kept(self._hear)
        solver.cbMipUserSolution += self._kept(self._bring)
        solver.run()
        if self._error is not None:
            raise self._error
        ended, info = solver.getModelStatus(), solver.getInfo()
        has_plan = info.primal_solution_status == SolutionStatus.kSolutionStatusFeasible.value
        return Result(
            self._cells(np.asarray(solver.getSolution().col_value)) if has_plan else None,
            round(info.objective_function_value) if has_plan else 0,
            _whole(info.mip_dual_bound),
            ended == HighsModelStatus.kOptimal if has_plan else ended in _NO_PLAN,
            0.0,
        )

    def _cells(self, values: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> Cells:
        return self._model.cells(np.rint(values).astype(int).tolist())

    def _kept(self, hear: Hear) -> Hear:
        """The same, but what it raises is kept: HiGHS would end without a word of it."""

        def hear_safely(event: HighsCallbackEvent) -> None:
            try:
                hear(event)
            except Exception as error:  # noqa: BLE001 (raised again when the run has ended)
                self._error = error
                self.stop()

        return hear_safely

    def _look(self, event: HighsCallbackEvent) -> None:
        if self._stopped.is_set():
            event.interrupt()
        bound = event.data_out.mip_dual_bound
        if abs(bound) < FAR:  # endless before anything is known, and where there is no plan
            self._on_bound(_whole(bound))

    def _hear(self, event: HighsCallbackEvent) -> None:
        self._on_cells(self._cells(event.data_out.mip_solution))

    def _bring(self, event: HighsCallbackEvent) -> None:
        """Tell the solver of a better plan; it works out by itself what follows from the cells."""
        plan = self._brought()
        if plan is None or plan[1] > event.data_out.mip_primal_bound - 1 + ROUNDING or event.data_in is None:
            return
        values = {
            literal: float(one == shift)
            for row, of_row in zip(self._model.on, plan[0], strict=True)
            for cell, shift in zip(row, of_row, strict=True)
            for one, literal in cell.items()
            if literal > self._model.sketch.true
        }
        self.is_alone = False
        event.data_in.setSolution(np.array(list(values), dtype=np.int32), np.array(list(values.values())))
        event.data_in.repairSolution()


def _whole(bound: float) -> int:
    """The least whole price at or above a bound."""
    near = float(np.clip(bound, -FAR, FAR))
    return int(np.ceil(near - max(ROUNDING, abs(near) * FINEST)))


def _programme(sketch: Sketch) -> HighsLp:
    proto = sketch.proto
    rows = list(_rows(proto))
    programme = HighsLp()
    programme.num_col_, programme.num_row_ = len(proto.variables), len(rows)
    costs = np.zeros(len(proto.variables))
    costs[list(proto.objective.vars)] = list(proto.objective.coeffs)
    programme.col_cost_ = costs
    programme.offset_ = float(sketch.fixed_price)
    programme.col_lower_ = np.array([variable.domain[0] for variable in proto.variables], dtype=float)
    programme.col_upper_ = np.array([variable.domain[1] for variable in proto.variables], dtype=float)
    programme.integrality_ = [HighsVarType.kInteger] * len(proto.variables)
    programme.row_lower_ = np.array([low for _terms, low, _high in rows], dtype=float)
    programme.row_upper_ = np.array([high for _terms, _low, high in rows], dtype=float)
    matrix = programme.a_matrix_
    matrix.format_ = MatrixFormat.kRowwise
    matrix.start_ = np.cumsum([0, *(len(terms) for terms, _low, _high in rows)], dtype=np.int32)
    matrix.index_ = np.array([variable for terms, _low, _high in rows for _factor, variable in terms], dtype=np.int32)
    matrix.value_ = np.array([factor for terms, _low, _high in rows for factor, _variable in terms], dtype=float)
    return programme


def _rows(proto: core.CpModelProto) -> Iterator[tuple[list[Term], float, float]]:
    """Each constraint as a sum between two limits."""
    for constraint in proto.constraints:
        if constraint.has_linear():
            linear = constraint.linear
            low, high = linear.domain[0], linear.domain[1]
            terms = list(zip(linear.coeffs, linear.vars, strict=True))
            yield terms, -kHighsInf if low <= -FAR else low, kHighsInf if high >= FAR else high
        elif constraint.has_bool_or():
            yield _of_literals(list(constraint.bool_or.literals), 1.0, kHighsInf)
        elif constraint.has_at_most_one():
            yield _of_literals(list(constraint.at_most_one.literals), -kHighsInf, 1.0)
        else:
            yield _of_literals(list(constraint.exactly_one.literals), 1.0, 1.0)


def _of_literals(literals: list[int], low: float, high: float) -> tuple[list[Term], float, float]:
    """So many of the literals hold; each opposite moves the limits by one. One that stands twice counts twice."""
    factors: dict[int, int] = {}
    for literal in literals:
        variable = literal if literal >= 0 else ~literal
        factors[variable] = factors.get(variable, 0) + (1 if literal >= 0 else -1)
    opposites = sum(literal < 0 for literal in literals)
    return [(factor, variable) for variable, factor in factors.items()], low - opposites, high - opposites
