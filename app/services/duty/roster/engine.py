"""One run of CP-SAT over a model, in the process that may load it; stopped from outside at any time."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from ortools.sat.python import cp_model_helper as core

from app.services.duty.roster.model import Model
from app.services.duty.roster.problem import Cells
from app.services.duty.roster.sketch import FAR

LEAST_WORKERS = 8

# One worker that leans on the linear relaxation: for small models, of which many are solved at once.
SINGLE = "num_workers:1 linearization_level:2"

# Any plan at all, soon: presolving lightly pays when the first of many workers ends it.
QUICK = f"num_workers:{LEAST_WORKERS} symmetry_level:0 cp_model_probing_level:0 stop_after_first_solution:true"

_ENDED = {core.OPTIMAL, core.FEASIBLE}

OnCells = Callable[[Cells], object]
OnBound = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Result:
    """How a run ended; `is_final` when nothing better exists (without cells: nothing at all)."""

    cells: Cells | None
    objective: int
    bound: int
    is_final: bool
    work: float  # the solver's own measure of it, the same on each computer


def crowd(workers: int) -> str:
    """Parameters for many workers of different kinds, most of them leaning on the linear relaxation."""
    kinds = "".join(f" subsolvers:'{kind}'" for kind in ("max_lp", "reduced_costs", "quick_restart", "max_lp", "no_lp"))
    return f"num_workers:{workers} linearization_level:2{kinds}"


class Working(Protocol):
    """Something that solves once and can be stopped."""

    def stop(self) -> None:
        """End soon; any thread may say so at any time."""

    def solve(self) -> Result | None:
        """What came out; None where it was stopped before."""


class Run:
    """Solves once; `stop()` may be called by any thread at any time."""

    def __init__(self, model: Model, parameters: str, *, on_cells: OnCells | None, on_bound: OnBound | None) -> None:
        self._model = model
        self._solver = core.SolveWrapper()
        settings = core.SatParameters()
        if not settings.merge_text_format(parameters):
            raise ValueError(parameters)
        self._solver.set_parameters(settings)
        self._stopped = threading.Event()
        self._heard = _heard(model, on_cells) if on_cells else None  # kept: the solver does not hold it
        if self._heard is not None:
            self._solver.add_solution_callback(self._heard)
        if on_bound is not None:
            self._solver.add_best_bound_callback(lambda bound: on_bound(round(bound)))

    def stop(self) -> None:
        """End the run soon; what it has found is its result."""
        self._stopped.set()
        self._solver.stop_search()

    def solve(self) -> Result | None:
        """Run until the end, the time limit of the parameters, or `stop`; None where it was stopped before."""
        if self._stopped.is_set():
            return None
        response = self._solver.solve(self._model.sketch.proto)  # type: ignore[no-untyped-call]
        if response.status == core.MODEL_INVALID:
            raise ValueError(core.CpSatHelper.validate_model(self._model.sketch.proto))
        has_plan = response.status in _ENDED
        return Result(
            self._model.cells(list(response.solution)) if has_plan else None,
            round(response.objective_value) if has_plan else 0,
            round(response.best_objective_bound),
            response.status in {core.OPTIMAL, core.INFEASIBLE},
            response.deterministic_time,
        )


def add_hint(model: Model, cells: Cells) -> None:
    """Begin the search near these cells."""
    hint = model.sketch.proto.solution_hint
    for row, of_row in zip(model.on, cells, strict=True):
        for cell, shift in zip(row, of_row, strict=True):
            literals = {one: literal for one, literal in cell.items() if literal > model.sketch.true}
            hint.vars.extend(list(literals.values()))
            hint.values.extend([int(one == shift) for one in literals])


def cap(model: Model, most: int) -> None:
    """Only plans that cost no more than `most`."""
    model.sketch.proto.objective.domain.extend([-FAR, most - model.sketch.fixed_price])


def _heard(model: Model, on_cells: OnCells) -> core.SolutionCallback:
    # A class in here: its base is only known where the solver may be loaded.
    class Heard(core.SolutionCallback):
        def OnSolutionCallback(self) -> None:  # noqa: N802 (the solver's name)
            response = self.Response()  # type: ignore[no-untyped-call]
            on_cells(model.cells(list(response.solution)))

    return Heard()
