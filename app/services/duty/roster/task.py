"""What the planning process is asked for."""

from dataclasses import dataclass

from app.services.duty.roster.problem import Cells, Problem


@dataclass(frozen=True, slots=True)
class Task:
    """A roster to be planned in at most so many seconds; `start` is a valid plan to begin with."""

    problem: Problem
    seconds: float
    seed: int = 0
    start: Cells | None = None
    most_changes: int | None = None


@dataclass(frozen=True, slots=True)
class ClashTask:
    """A problem without a plan whose clashing rules are to be found in at most so many seconds."""

    problem: Problem
    seconds: float
