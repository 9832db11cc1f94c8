"""Counts that a row can have, held against all rows of tiny problems."""

import random
from math import prod

from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.contract import Contract, contract
from app.services.duty.roster.counts import Counts
from app.services.duty.roster.problem import FREE, Problem, Shift, Worker
from tests.services.duty.roster.making import all_plans
from tests.services.duty.roster.test_paths import one_worker
from tests.services.duty.roster.test_plan import PROPERTY


def _counted(of: Contract, row: tuple[int, ...], done: int) -> tuple[int, ...]:
    """The counts of a row after so many days."""
    found = [0] * len(of.counts)
    for day in range(done):
        group = next((one for one in of.groups if row[day] in one.shifts), None)
        if group is not None:
            is_new = of.is_new_weekend(day, from_work=day > 0 and row[day - 1] != FREE)
            found = [a + b for a, b in zip(found, of.steps(group, is_new_weekend=is_new), strict=True)]
    return tuple(found)


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_every_row_keeps_to_the_counts_after_each_day(seed: int) -> None:
    problem = one_worker(random.Random(seed))
    of = contract(problem, 0, all_limits=True)
    if of is None:
        return
    counts = Counts(of)
    for cells in all_plans(problem):
        for done in range(problem.days + 1):
            there = zip(_counted(of, cells[0], done), counts.least[done], counts.sizes[done], strict=True)
            assert all(least <= count < least + size for count, least, size in there)
        last = (one - least for one, least in zip(_counted(of, cells[0], problem.days), counts.least[-1], strict=True))
        assert counts.in_time[tuple(last)]


def test_most_counts_of_eight_weeks_are_left_out() -> None:
    worker = Worker(
        "A",
        frozenset({0}),
        least_minutes=30 * 480,
        most_minutes=36 * 480,
        longest_run=5,
        shortest_break=2,
        most_weekends=5,
    )
    of = contract(Problem(56, 0, (Shift("E", None, None, 480),), (worker,)), 0, all_limits=True)
    assert of is not None
    assert sum(map(prod, Counts(of).sizes)) < 0.35 * prod(of.counts) * 57
