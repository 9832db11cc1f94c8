"""What a search for a roster tells: each better plan as it is found, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from app.services.duty.roster.problem import Cells

NO_BOUND = -(2**40)  # nothing is known of it yet


class Status(StrEnum):
    """How a search ended."""

    PROVEN = "proven"  # no plan is better
    FEASIBLE = "feasible"  # time was up; the plan is valid, a better one may exist
    INFEASIBLE = "infeasible"  # there is no plan
    UNKNOWN = "unknown"  # time was up before any plan was found
    STOPPED = "stopped"  # somebody stopped it; there may be a plan


@dataclass(frozen=True, slots=True)
class Found:
    """A plan better than those before; `seconds` since the search was asked for."""

    cells: Cells
    objective: int
    bound: int  # no plan costs less
    seconds: float


OnPlan: TypeAlias = Callable[[Found], None]


def nobody(_found: Found) -> None:
    """For plans that are only a step on the way, and callers who wait for the end."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended; without a plan `cells` is None and `objective` says nothing.

    `repeatable`: the same problem, start and seed give this very plan again on the same computer, as long as it is no
    busier than now. Only what is proven can be, a plan or that there is none.
    """

    status: Status
    cells: Cells | None
    objective: int
    bound: int
    seconds: float
    first_seconds: float | None  # until the first plan
    repeatable: bool = False
    changes: int | None = None  # when planning anew: cells that are not as published
    fewest: bool = False  # that no plan changes fewer is proven


def never() -> bool:
    """For those who are not asked to stop."""
    return False
