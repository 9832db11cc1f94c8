"""The cheapest row of one worker where each cell has a price, by the solver: where more binds than contracts tell."""

from dataclasses import replace

from app.services.duty.roster.engine import SINGLE, Run
from app.services.duty.roster.model import build
from app.services.duty.roster.paths import Prices, Row
from app.services.duty.roster.problem import FREE, Problem

MOST_WORK = 1.0  # the solver's own measure: seldom a fiftieth of it is needed
CLOSED = 10**9  # parts: what is closed costs more than any row without it

_QUICK = f"{SINGLE} cp_model_probing_level:0 symmetry_level:0 max_presolve_iterations:1"


class Rows:
    """The rows that one worker may have."""

    def __init__(self, problem: Problem, worker: int, seed: int) -> None:
        self._model = build(alone(problem, worker))
        self._parameters = f"{_QUICK} random_seed:{seed} max_deterministic_time:{MOST_WORK}"

    def cheapest(self, prices: Prices) -> tuple[Row | None, int]:
        """The cheapest row and the price below which there is none; no row where none is open, or there was no time.

        `prices[day, shift]` in parts, that of a free day last; `FAR` where a cell is not open.
        """
        cut = prices.clip(None, CLOSED)
        factors: dict[int, int] = {}
        for day, cell in enumerate(self._model.on[0]):
            for shift, literal in cell.items():
                factors[literal] = int(cut[day, shift] - cut[day, FREE])
        self._model.sketch.minimise(factors)
        result = Run(self._model, self._parameters, on_cells=None, on_bound=None).solve()
        assert result is not None  # noqa: S101 (nobody stops it)
        bound = result.bound + int(cut[:, FREE].sum())
        if result.cells is None or any(cut[day, shift] == CLOSED for day, shift in enumerate(result.cells[0])):
            return None, bound
        return result.cells[0], bound


def alone(problem: Problem, worker: int) -> Problem:
    """The rules of one worker, and nothing that has a price."""
    pins = {(0, day): shift for (one, day), shift in problem.pins.items() if one == worker}
    of = problem.workers[worker]
    return replace(problem, workers=(of,), covers=(), wishes=(), tallies=(), pins=pins, published=None)
