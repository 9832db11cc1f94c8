"""A public benchmark's instance planned as the office's own rosters are, with what a machine wants to know of it."""

from pathlib import Path
from typing import Any

from app.services.duty.roster.curtois_qu import assignment, read_problem
from app.services.duty.roster.process import plan


def solve_instance(path: Path, seconds: float, *, seed: int = 0) -> dict[str, Any]:
    """Plan the instance in a file for at most so many seconds; raises InputErrors for what cannot be read.

    `objective`, `bound` and `assignment` (worker → shift code or "" a day) are None without a plan.
    """
    problem = read_problem(path)
    outcome = plan(problem, seconds, seed=seed)
    cells = outcome.cells
    return {
        "instance": path.name,
        "status": str(outcome.status),
        "objective": None if cells is None else outcome.objective,
        "bound": None if cells is None else outcome.bound,
        "seconds": round(outcome.seconds, 3),
        "first_seconds": None if outcome.first_seconds is None else round(outcome.first_seconds, 3),
        "repeatable": outcome.repeatable,
        "assignment": None if cells is None else assignment(problem, cells),
    }
