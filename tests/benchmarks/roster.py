"""How fast rosters are planned, planned anew and checked: an office made here, and published instances if there."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from app.services.duty.roster.check import Checker
from app.services.duty.roster.curtois_qu import read_problem
from app.services.duty.roster.outcome import Outcome
from app.services.duty.roster.problem import FREE, Cells, Problem
from app.services.duty.roster.process import Planner, plan
from tests.services.duty.roster.making import office_sample

OFFICES = ((20, 4), (40, 4), (20, 8))
SEEDS = (1, 2, 3)
MOST_SECONDS = 60.0
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "roster" / "curtois-qu"
INSTANCES = {
    "Instance1": 6.0,
    "Instance2": 6.0,
    "Instance3": 6.0,
    "Instance5": 60.0,
    "Instance7": 60.0,
    "Instance9": 120.0,
    "Instance10": 120.0,
    "Instance11": 120.0,
    "Instance12": 120.0,
}
CHANGES = 2_000


def run() -> Iterator[tuple[str, str]]:
    """Rows of work and figure."""
    cold = plan(office_sample(20, 4), MOST_SECONDS)
    yield "first valid plan, 20 people × 4 weeks, process not yet there", f"{cold.first_seconds or 0:.2f} s"
    with Planner() as planner:
        planner.plan(office_sample(5, 1), MOST_SECONDS)
        for people, weeks in OFFICES:
            for seed in SEEDS:
                outcome = planner.plan(office_sample(people, weeks, seed), MOST_SECONDS)
                yield f"plan {people} people × {weeks} weeks ({seed})", _figure(outcome)
        yield from _anew(planner)
        yield _checks()
        yield from _published(planner)


def _figure(outcome: Outcome) -> str:
    first = "no plan" if outcome.first_seconds is None else f"first plan {outcome.first_seconds:.2f} s"
    return f"{outcome.objective} ≥ {outcome.bound}, {outcome.status} after {outcome.seconds:.1f} s, {first}"


def _anew(planner: Planner) -> Iterator[tuple[str, str]]:
    problem = office_sample(20, 4)
    published = planner.plan(problem, MOST_SECONDS).cells
    if published is not None:
        outcome = planner.replan(_with_absence(problem, published), MOST_SECONDS)
        proven = "proven" if outcome.fewest else "not proven"
        yield "plan anew after two days' absence", f"{outcome.changes} cells, {proven}, {outcome.seconds:.2f} s"


def _with_absence(problem: Problem, published: Cells) -> Problem:
    """The first person is away on the first two days on which they work in the second week or later."""
    days = [day for day in range(7, problem.days) if published[0][day] != FREE][:2]
    first = problem.workers[0]
    ill = replace(first, away=first.away | frozenset(days), least_minutes=0)
    return replace(problem, workers=(ill, *problem.workers[1:]), published=published, change_weight=1)


def _checks() -> tuple[str, str]:
    problem = office_sample(30, 5)
    checker = Checker(problem, ((FREE,) * problem.days,) * len(problem.workers))
    start = time.perf_counter()
    for change in range(CHANGES):
        checker.set(change % 30, change * 7 % 35, change % len(problem.shifts))
    each = (time.perf_counter() - start) / CHANGES
    return "check all rules after a changed cell, 30 people × 5 weeks", f"{each * 1e3:.2f} ms"


def _published(planner: Planner) -> Iterator[tuple[str, str]]:
    for name, seconds in INSTANCES.items():
        path = SHARED / f"{name}.txt"
        if path.exists():
            yield f"{name} in {seconds:.0f} s", _figure(planner.plan(read_problem(path), seconds))
