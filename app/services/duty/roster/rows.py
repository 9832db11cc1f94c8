"""The cheapest row of one worker where each cell has a price: the rules of that worker, and nothing of the others."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TypeAlias

from app.services.duty.roster.engine import SINGLE, Run
from app.services.duty.roster.model import build
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Problem

SCALE = 1_000  # parts of a price: what a cell is worth to a cover is no whole number
MOST_WORK = 1.0  # the solver's own measure: seldom a fiftieth of it is needed

Row: TypeAlias = tuple[int, ...]
CellPrices: TypeAlias = Mapping[tuple[int, int], int]  # (day, shift) → parts of a price

_QUICK = f"{SINGLE} cp_model_probing_level:0 symmetry_level:0 max_presolve_iterations:1"


class Rows:
    """The rows that one worker may have."""

    def __init__(self, problem: Problem, worker: int, seed: int) -> None:
        self.worker = worker
        self._alone = alone(problem, worker)
        self._model = build(self._alone)
        self._own: dict[int, int] = {}
        for factor, literal in self._model.sketch.price:
            self._own[literal] = self._own.get(literal, 0) + factor * SCALE
        self._parameters = f"{_QUICK} random_seed:{seed} max_deterministic_time:{MOST_WORK}"

    def price(self, row: Row) -> int:
        """What the worker's own wishes and changed cells cost in a row."""
        return cost(self._alone, (row,)).total

    def cheapest(self, prices: CellPrices) -> tuple[Row | None, int]:
        """The cheapest row and, in parts, the price below which there is none; no row where there was no time."""
        factors = dict(self._own)
        for day, cell in enumerate(self._model.on[0]):
            for shift, literal in cell.items():
                factors[literal] = factors.get(literal, 0) + prices.get((day, shift), 0)
        sketch = self._model.sketch
        sketch.minimise(factors)
        result = Run(self._model, self._parameters, on_cells=None, on_bound=None).solve()
        assert result is not None  # noqa: S101 (nobody stops it)
        row = None if result.cells is None else result.cells[0]
        return row, result.bound + sketch.fixed_price * SCALE


def alone(problem: Problem, worker: int) -> Problem:
    """The problem of one worker without the covers."""
    wishes = tuple(replace(wish, worker=0) for wish in problem.wishes if wish.worker == worker)
    pins = {(0, day): shift for (one, day), shift in problem.pins.items() if one == worker}
    published = None if problem.published is None else (problem.published[worker],)
    return replace(
        problem,
        workers=(problem.workers[worker],),
        covers=(),
        wishes=wishes,
        tallies=(),
        pins=pins,
        published=published,
    )
