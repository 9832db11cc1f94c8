"""Why there is no plan: the rules named clash, and without any one of them they do not."""

import random
from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.services.duty.roster.check import breaches
from app.services.duty.roster.clash import values_of
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.problem import FREE, WEEK, Breach, Cover, Problem, Rule, Shift, Worker
from app.services.duty.roster.process import Planner
from app.services.duty.roster.sketch import Sketch
from app.services.duty.roster.words import Words
from tests.services.duty.roster.making import all_plans, office_sample, small_problem

DAY = Shift("D", 480, 960, 480)
ANY = Worker("A", frozenset({0}))

_LIMITS = {
    Rule.LONGEST_RUN: {"longest_run": None},
    Rule.SHORTEST_RUN: {"shortest_run": 1},
    Rule.SHORTEST_BREAK: {"shortest_break": 1},
    Rule.MOST_MINUTES: {"most_minutes": None},
    Rule.LEAST_MINUTES: {"least_minutes": None},
    Rule.WEEKENDS: {"most_weekends": None},
    Rule.REST: {"least_rest": 0},
}


def _without(problem: Problem, clash: list[Breach]) -> Problem:
    """The problem with only the rules of the clash, as far as they can be taken away one by one."""
    kept = {(one.rule, one.worker) for one in clash}
    workers = []
    for index, worker in enumerate(problem.workers):
        person = worker
        for rule, nothing in _LIMITS.items():
            if (rule, index) not in kept:
                person = replace(person, **nothing)  # type: ignore[arg-type]
        if (Rule.MOST_OF_SHIFT, index) not in kept:
            person = replace(person, most_of={})
        away, off = (
            frozenset(one.first_day for one in clash if one.rule == rule and one.worker == index)
            for rule in (Rule.AWAY, Rule.OFF)
        )
        skilled = frozenset(range(len(problem.shifts))) - {
            one.shift for one in clash if one.rule == Rule.SKILL and one.worker == index and _is_whole(problem, one)
        }
        unable: dict[int, frozenset[int]] = {}
        for one in clash:
            if one.rule == Rule.SKILL and one.worker == index and one.shift is not None:
                for day in range(one.first_day, one.last_day + 1):
                    unable[day] = unable.get(day, frozenset()) | {one.shift}
        does = frozenset(shift for shift in skilled if shift is not None)
        workers.append(replace(person, away=away, off=off, shifts=does, unable=unable))
    covers = tuple(
        replace(
            cover,
            least=cover.least if any(one.rule == Rule.TOO_FEW and one.cover == index for one in clash) else 0,
            most=cover.most if any(one.rule == Rule.TOO_MANY and one.cover == index for one in clash) else None,
        )
        for index, cover in enumerate(problem.covers)
    )
    pins = {(one.worker, one.first_day): one.shift for one in clash if one.rule == Rule.PIN}
    fixed = {(worker, day): shift for (worker, day), shift in pins.items() if worker is not None and shift is not None}
    return replace(problem, workers=tuple(workers), covers=covers, pins=fixed)


def _is_whole(problem: Problem, breach: Breach) -> bool:
    return breach.last_day - breach.first_day + 1 == problem.days


def _has_plan(problem: Problem) -> bool:
    return next(all_plans(problem), None) is not None


@settings(max_examples=40, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6))
def test_the_rules_named_clash_and_none_is_to_spare(planner: Planner, seed: int) -> None:
    problem = replace(small_problem(random.Random(seed)), published=None)
    weekless = tuple(replace(worker, week_most=None, week_least=None) for worker in problem.workers)
    shifts = tuple(replace(shift, never_next=frozenset()) for shift in problem.shifts)
    problem = replace(problem, workers=weekless, shifts=shifts)
    clash = planner.clash(problem)
    if clash is None:
        assert _has_plan(problem)
        return
    assert not _has_plan(_without(problem, clash))
    for index in range(len(clash)):
        assert _has_plan(_without(problem, clash[:index] + clash[index + 1 :]))


def test_the_smallest_of_several_clashes_is_told(planner: Planner) -> None:
    workers = (
        replace(ANY, away=frozenset({0})),
        replace(ANY, away=frozenset({0})),
        replace(ANY, least_minutes=480 * 3, longest_run=1),
    )
    covers = (Cover(0, frozenset({0}), frozenset({0, 1}), least=1), Cover(1, frozenset({0}), least=4))
    problem = Problem(2, 0, (DAY,), workers, covers)
    assert planner.clash(problem) == [Breach(Rule.TOO_FEW, None, 1, 1, limit=4, cover=1)] or planner.clash(problem) == [
        Breach(Rule.LEAST_MINUTES, 2, 0, 1, limit=480 * 3)
    ]


def test_a_whole_post_on_leave_is_told(planner: Planner) -> None:
    problem = office_sample(10, 1)
    know = next(cover for cover in problem.covers if cover.day == 2 and cover.most == 1)
    assert know.workers is not None
    workers = tuple(
        replace(worker, away=worker.away | {2}) if index in know.workers else worker
        for index, worker in enumerate(problem.workers)
    )
    problem = replace(problem, workers=workers)
    assert planner.plan(problem, 30).status == Status.INFEASIBLE
    clash = planner.clash(problem)
    assert clash is not None
    assert {one.rule for one in clash} == {Rule.AWAY, Rule.TOO_FEW}
    assert {one.worker for one in clash if one.rule == Rule.AWAY} == know.workers


def test_where_a_plan_exists_nothing_clashes(planner: Planner) -> None:
    assert planner.clash(office_sample(6, 1)) is None


def test_weeks_and_order_clash_too(planner: Planner) -> None:
    shifts = (replace(DAY, never_next=frozenset({0})),)
    worker = replace(ANY, week_least=480 * 5, least_rest=60)
    problem = Problem(WEEK, 0, shifts, (worker,))
    clash = planner.clash(problem)
    assert clash is not None
    assert {one.rule for one in clash} == {Rule.FOLLOW, Rule.WEEK_LEAST}
    assert breaches(problem, ((FREE,) * WEEK,)) == [Breach(Rule.WEEK_LEAST, 0, 0, 6, 0, 480 * 5)]


def test_a_shift_that_is_done_on_some_days_only_is_told_with_its_days(planner: Planner) -> None:
    acting = replace(ANY, unable={0: frozenset({0}), 1: frozenset({0}), 4: frozenset({0})})
    problem = Problem(5, 0, (DAY,), (acting,), (Cover(1, frozenset({0}), least=1),))
    clash = planner.clash(problem)
    assert clash == [Breach(Rule.SKILL, 0, 0, 1, shift=0), Breach(Rule.TOO_FEW, None, 1, 1, limit=1, cover=0)]
    words = Words(problem, lambda day: f"day {day + 1}")
    assert words.rule(clash[0]) == "A does not do the shift D from day 1 to day 2."
    assert planner.clash(replace(problem, covers=(Cover(2, frozenset({0}), least=1),))) is None


def test_values_are_those_of_a_plan() -> None:
    for many in range(2, 40):
        sketch = Sketch()
        chosen = [sketch.boolean() for _variable in range(many)]
        sketch.clause(chosen)
        for literal in chosen:
            sketch.cost(1, literal)
        sketch.close()
        values = values_of(sketch.proto, 5.0)
        assert len(values) == len(sketch.proto.variables)
        assert sum(values[literal] for literal in chosen) == 1
