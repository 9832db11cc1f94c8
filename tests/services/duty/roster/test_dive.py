"""Rosters found by diving, held against the checker, all plans of tiny problems and proven bests."""

import random
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import Columns, fits
from app.services.duty.roster.dive import Dives
from app.services.duty.roster.known import Known
from app.services.duty.roster.outcome import NO_BOUND, Found, Status, nobody
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cells, Problem
from app.services.duty.roster.process import Planner
from tests.services.duty.roster.making import all_plans, office_sample, small_problem
from tests.services.duty.roster.test_plan import PROPERTY

SECONDS = 30.0


def _dive(problem: Problem, start: Cells, seconds: float = SECONDS) -> tuple[list[Found], int]:
    """The start and what one dive finds, and the bound that it tells."""
    found: list[Found] = []
    known = Known(problem, found.append)
    known.offer(start)
    columns = Columns(problem, 1, known)
    known.hear(columns.note)
    diving = Dives(problem, 1, known, columns).begin(2, time.monotonic() + seconds)
    while diving.is_busy:
        time.sleep(0.01)
    diving.end()
    for one in found:
        assert breaches(problem, one.cells) == []
        assert cost(problem, one.cells).total == one.objective
    return found, known.bound


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_plans_are_valid_and_no_bound_is_above_the_best(seed: int) -> None:
    problem = replace(small_problem(random.Random(seed)), tallies=())
    plans = sorted(all_plans(problem), key=lambda cells: cost(problem, cells).total)
    if not plans:
        return
    found, bound = _dive(problem, plans[-1])
    least = cost(problem, plans[0]).total
    assert NO_BOUND < bound <= least <= found[-1].objective


def test_a_dive_comes_near_to_the_proven_best(planner: Planner) -> None:
    problem = replace(office_sample(12, 2), tallies=())
    proven = planner.plan(problem, SECONDS)
    assert proven.status == Status.PROVEN
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    assert cost(problem, start).total > proven.objective  # or nothing could be seen
    found, bound = _dive(problem, start)
    assert found[-1].objective < cost(problem, start).total
    assert found[-1].objective - proven.objective <= 2
    assert 0 <= proven.objective - bound <= 4


def test_what_is_shared_out_among_all_is_no_matter_of_rows() -> None:
    problem = office_sample(8, 1)
    assert not fits(problem)
    assert fits(replace(problem, tallies=()))


def test_a_dive_ends_when_nobody_wants_to_know(planner: Planner) -> None:
    problem = replace(office_sample(30, 4), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    began = time.monotonic()
    known = Known(problem, nobody)
    known.offer(start)
    diving = Dives(problem, 1, known, Columns(problem, 1, known)).begin(2, began + 600)
    time.sleep(0.5)
    assert diving.is_busy
    diving.end()
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("seconds", [0.0, 0.2])
def test_without_time_what_there_is_stays(seconds: float, planner: Planner) -> None:
    problem = replace(office_sample(12, 2), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    found, _bound = _dive(problem, start, seconds)
    assert found[0].cells == start


def test_each_dive_begins_where_the_last_one_ended(planner: Planner) -> None:
    problem = replace(office_sample(8, 1), tallies=())
    start = planner.plan(replace(problem, wishes=()), SECONDS).cells
    assert start is not None
    known = Known(problem, nobody)
    known.offer(start)
    dives = Dives(problem, 1, known, Columns(problem, 1, known))
    for _dive_again in range(2):
        diving = dives.begin(1, time.monotonic() + SECONDS)
        while diving.is_busy:
            time.sleep(0.01)
        diving.end()
    cells, price = known.plan
    assert breaches(problem, cells) == []
    assert price < cost(problem, start).total
