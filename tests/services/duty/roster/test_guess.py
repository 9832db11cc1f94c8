"""What workers are worth before any row is known."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.services.duty.roster.columns import Columns
from app.services.duty.roster.demand import demands
from app.services.duty.roster.guess import first_worth
from app.services.duty.roster.known import Known
from app.services.duty.roster.outcome import nobody
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cover, Problem, Shift, Worker
from tests.services.duty.roster.making import all_plans, hard_rows_problem, small_problem

DAY = 8 * 60


def _wanted(*wanted: int, people: int, least_minutes: int | None = None, most_minutes: int | None = None) -> Problem:
    """One shift; so many are wanted each day, at a price of 10 for each below and of 1 for each above."""
    some = frozenset({0})
    workers = tuple(Worker(f"W{index}", some, least_minutes, most_minutes) for index in range(people))
    covers = tuple(Cover(day, some, wanted=many, under=10, over=1) for day, many in enumerate(wanted))
    return Problem(len(wanted), 0, (Shift("E", None, None, DAY),), workers, covers)


def _worth(problem: Problem) -> tuple[float, ...]:
    return first_worth(problem, demands(problem))


def test_one_more_is_worth_what_is_paid_where_too_few_are_there() -> None:
    assert _worth(_wanted(3, 1, people=2)) == (10.0, 0.0)


def test_who_may_not_work_more_is_wanted_on_each_day() -> None:
    assert _worth(_wanted(1, 2, 2, people=2, most_minutes=2 * DAY)) == (10.0, 10.0, 10.0)


def test_who_must_work_more_than_is_wanted_costs_something() -> None:
    assert _worth(_wanted(0, 1, people=2, least_minutes=2 * DAY)) == (-1.0, -1.0)


def test_who_counts_for_two_counts_so_here_too() -> None:
    some, both = frozenset({0}), Cover(0, frozenset({0}), frozenset({0}), wanted=2, under=10)
    sum_of_both = Cover(0, some, some, least=1, parts=(0, 1), reach=((some, some), (some, some)))
    assert sum_of_both.counts_twice
    problem = replace(_wanted(1, people=1), covers=(both, both, sum_of_both))
    assert _worth(problem) == (10.0, 10.0, 0.0)


def test_where_nothing_holds_nothing_is_worth_anything() -> None:
    assert _worth(_wanted(1, 1, people=2, least_minutes=3 * DAY)) == (0.0, 0.0)


def test_the_first_cheapest_rows_tell_a_bound_that_no_plan_is_below() -> None:
    some = 0
    for seed in range(60):
        problem = replace(small_problem(random.Random(seed)), tallies=())
        best = min((cost(problem, cells).total for cells in all_plans(problem)), default=None)
        if best is not None:
            some += 1
            assert _first_bound(problem) <= best
    assert some > 20


def test_the_first_bound_of_many_people_is_near_that_of_the_best_mixture() -> None:
    problem = hard_rows_problem(30)
    known = Known(problem, nobody)
    columns = Columns(problem, 0, known)
    with ThreadPoolExecutor(1) as pool:
        columns.around(columns.everything, pool, 0.0, 500)
    assert _first_bound(problem) >= 0.5 * known.bound > 0


def _first_bound(problem: Problem) -> int:
    known = Known(problem, nobody)
    columns = Columns(problem, 0, known)
    with ThreadPoolExecutor(1) as pool:
        columns.around(columns.everything, pool, 0.0, 1)
    return known.bound
