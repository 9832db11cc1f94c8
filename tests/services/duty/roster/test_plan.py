"""What the solver plans, held against the checker, the price, and all plans of tiny problems."""

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.curtois_qu import read_problem
from app.services.duty.roster.outcome import Found, Outcome, Status
from app.services.duty.roster.price import changed, cost
from app.services.duty.roster.problem import FREE, Cover, Problem, Shift, Worker
from app.services.duty.roster.process import Planner
from tests.services.duty.roster.making import all_plans, office_sample, rows_problem, small_problem

SHARED = Path(__file__).resolve().parents[5] / "shared" / "data" / "roster" / "curtois-qu"
SECONDS = 30.0
PROPERTY = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def _assert_sound(problem: Problem, outcome: Outcome) -> None:
    assert outcome.cells is not None
    assert breaches(problem, outcome.cells) == []
    assert cost(problem, outcome.cells).total == outcome.objective
    assert outcome.bound <= outcome.objective


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_the_best_of_all_plans_is_found(planner: Planner, seed: int) -> None:
    problem = small_problem(random.Random(seed))
    best = min((cost(problem, cells).total for cells in all_plans(problem)), default=None)
    outcome = planner.plan(problem, SECONDS)
    if best is None:
        assert outcome.status == Status.INFEASIBLE
        assert outcome.cells is None
    else:
        assert (outcome.status, outcome.objective, outcome.bound) == (Status.PROVEN, best, best)
        _assert_sound(problem, outcome)


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_no_plan_changes_fewer_cells(planner: Planner, seed: int) -> None:
    problem = small_problem(random.Random(seed))
    if problem.published is None:
        return
    plans = [(len(changed(problem.published, cells)), cost(problem, cells).total) for cells in all_plans(problem)]
    outcome = planner.replan(problem, SECONDS)
    if not plans:
        assert outcome.status == Status.INFEASIBLE
    else:
        assert (outcome.changes, outcome.objective) == min(plans)
        assert (outcome.status, outcome.fewest) == (Status.PROVEN, True)
        _assert_sound(problem, outcome)


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_no_plan_of_rows_changes_fewer_cells(planner: Planner, seed: int) -> None:
    problem = rows_problem(random.Random(seed))
    if problem.published is None:
        return
    plans = [(len(changed(problem.published, cells)), cost(problem, cells).total) for cells in all_plans(problem)]
    outcome = planner.replan(problem, SECONDS)
    assert (outcome.changes, outcome.objective) == min(plans, default=(None, 0))
    assert outcome.status == (Status.PROVEN if plans else Status.INFEASIBLE)


def test_a_cheaper_plan_that_changes_more_is_not_taken(planner: Planner) -> None:
    problem = Problem(
        2,
        0,
        (Shift("E", None, None, 480),),
        (Worker("W", frozenset({0})),),
        (Cover(1, frozenset({0}), wanted=1, under=9),),
        pins={(0, 0): 0},
        published=((FREE, FREE),),
        change_weight=1,
    )
    assert planner.plan(problem, SECONDS).cells == ((0, 0),)
    outcome = planner.replan(problem, SECONDS)
    assert (outcome.cells, outcome.changes, outcome.objective) == (((0, FREE),), 1, 10)
    assert (outcome.status, outcome.fewest) == (Status.PROVEN, True)


@PROPERTY
@given(people=st.integers(5, 12), seed=st.integers(0, 10**6))
def test_an_office_has_a_plan_without_a_breach(planner: Planner, people: int, seed: int) -> None:
    problem = office_sample(people, 1, seed)
    outcome = planner.plan(problem, SECONDS)
    assert outcome.status == Status.PROVEN
    _assert_sound(problem, outcome)


def test_each_plan_on_the_way_is_valid_and_better(planner: Planner) -> None:
    problem = office_sample(12, 2)
    found: list[Found] = []
    outcome = planner.plan(problem, SECONDS, on_plan=found.append)
    prices = [one.objective for one in found]
    assert prices == sorted(set(prices), reverse=True)
    assert prices[-1] == outcome.objective
    for one in found:
        assert breaches(problem, one.cells) == []
        assert cost(problem, one.cells).total == one.objective
        assert one.bound <= outcome.objective
    assert outcome.first_seconds == found[0].seconds


def test_a_proven_plan_is_the_same_each_time(planner: Planner) -> None:
    problem = office_sample(10, 2)
    first, second = (planner.plan(problem, SECONDS, seed=7) for _time in range(2))
    assert first.status == second.status == Status.PROVEN
    assert first.repeatable
    assert second.repeatable
    assert first.cells == second.cells


def test_an_absence_changes_no_more_than_it_must(planner: Planner) -> None:
    problem = office_sample(12, 2)
    published = planner.plan(problem, SECONDS).cells
    assert published is not None
    day = next(day for day in range(2, 14) if published[0][day] != FREE)
    workers = (replace(problem.workers[0], away=problem.workers[0].away | {day}, least_minutes=0), *problem.workers[1:])
    outcome = planner.replan(replace(problem, workers=workers, published=published), SECONDS)
    assert outcome.fewest
    assert outcome.changes is not None
    assert 1 <= outcome.changes <= 6
    assert outcome.cells is not None
    assert len(changed(published, outcome.cells)) == outcome.changes


def test_without_a_published_plan_planning_anew_is_planning(planner: Planner) -> None:
    outcome = planner.replan(office_sample(5, 1), SECONDS)
    assert (outcome.status, outcome.changes) == (Status.PROVEN, None)


def test_a_fixed_cell_is_so(planner: Planner) -> None:
    problem = office_sample(8, 1)
    plain = planner.plan(problem, SECONDS)
    fixed = planner.plan(replace(problem, pins={(0, 1): FREE}), SECONDS)
    assert fixed.cells is not None
    assert fixed.cells[0][1] == FREE
    assert fixed.objective >= plain.objective


def test_nothing_to_plan_is_planned(planner: Planner) -> None:
    nobody = Problem(3, 0, (Shift("E", None, None, 480),), ())
    assert planner.plan(nobody, SECONDS).cells == ()
    idle = Problem(2, 0, (), (Worker("A", frozenset()),), (Cover(0, frozenset(), wanted=1, under=3),))
    outcome = planner.plan(idle, SECONDS)
    assert (outcome.cells, outcome.objective) == (((FREE, FREE),), 3)


@pytest.mark.parametrize(("name", "best"), [("Instance1", 607), ("Instance2", 828), ("Instance3", 1001)])
def test_published_instances_are_proven(planner: Planner, name: str, best: int) -> None:
    path = SHARED / f"{name}.txt"
    if not path.exists():
        pytest.skip("the published instances are not on this computer")
    problem = read_problem(path)
    outcome = planner.plan(problem, 60.0)
    assert (outcome.status, outcome.objective, outcome.bound) == (Status.PROVEN, best, best)
    _assert_sound(problem, outcome)
