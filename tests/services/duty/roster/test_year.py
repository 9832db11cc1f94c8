"""A year planned week by week with people falling ill: no rule broken, weekends even, no more changed than needed."""

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest

from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.price import changed, counts
from app.services.duty.roster.problem import FREE, WEEK, Cells, Cover, Problem, Shift, Tally, Worker
from app.services.duty.roster.process import Planner

WEEKS = 52
SATURDAY = 5
EARLY, LATE, WHOLE = range(3)
SHIFTS = (Shift("早", 510, 1020, 450), Shift("晚", 750, 1260, 450), Shift("全", 510, 1260, 660))
KNOWN_DAYS = 14
SECONDS = 60.0


def _week(people: int, rows: Sequence[Sequence[int]], before: Sequence[int], away: Sequence[frozenset[int]]) -> Problem:
    workers = tuple(
        Worker(
            f"W{index}",
            frozenset({EARLY, LATE, WHOLE}),
            week_most=44 * 60,
            longest_run=6,
            least_rest=11 * 60,
            away=away[index],
            before=tuple(rows[index][-KNOWN_DAYS:]),
        )
        for index in range(people)
    )
    covers = []
    for day in range(SATURDAY):
        covers.append(Cover(day, frozenset({EARLY}), least=max(1, people // 5), wanted=people // 2, under=3, over=1))
        covers.append(Cover(day, frozenset({LATE}), least=max(1, people // 6), wanted=people // 3, under=3, over=1))
        covers.append(Cover(day, frozenset({WHOLE}), most=0))
    duty = max(1, people // 10)
    for day in range(SATURDAY, WEEK):
        covers.append(Cover(day, frozenset({WHOLE}), least=duty, most=duty))
        covers.append(Cover(day, frozenset({EARLY, LATE}), most=0))
    weekend = frozenset(range(SATURDAY, WEEK))
    tally = Tally("weekends", weekend, frozenset({WHOLE}), tuple(range(people)), tuple(before), weight=50)
    return Problem(WEEK, 0, SHIFTS, workers, tuple(covers), tallies=(tally,))


def _absent(chance: random.Random, people: int, week: int) -> list[frozenset[int]]:
    """One in three weeks somebody has leave; the last one is away for two months."""
    away = [frozenset[int]()] * people
    if chance.random() < 0.33:
        first = chance.randrange(WEEK)
        away[chance.randrange(people - 1)] = frozenset(range(first, min(WEEK, first + 3)))
    if 20 <= week < 28:
        away[people - 1] = frozenset(range(WEEK))
    return away


def _credited(problem: Problem, counted: list[int], away: Sequence[frozenset[int]]) -> list[int]:
    """Who could not have a turn for a whole week counts as the least of the others: it is not made up for later."""
    could = [count for count, days in zip(counted, away, strict=True) if len(days) < problem.days]
    return [
        max(count, min(could)) if len(days) == problem.days else count
        for count, days in zip(counted, away, strict=True)
    ]


def _falls_ill(problem: Problem, cells: Cells, chance: random.Random) -> Problem:
    """Somebody who works that day is away on it; people know the plan as it was."""
    working = [(w, day) for w, row in enumerate(cells) for day, shift in enumerate(row) if shift != FREE]
    ill, day = chance.choice(working)
    workers = list(problem.workers)
    workers[ill] = replace(workers[ill], away=workers[ill].away | {day})
    return replace(problem, workers=tuple(workers), published=cells, change_weight=1)


def _least_changes(planner: Planner, problem: Problem) -> int:
    """Found another way: changes weigh more than everything else together."""
    outcome = planner.plan(replace(problem, change_weight=100_000), SECONDS)
    assert outcome.status == Status.PROVEN
    assert outcome.cells is not None
    return len(changed(problem.published, outcome.cells))


@pytest.mark.soak
@pytest.mark.parametrize("people", [5, 10, 20, 30])
def test_a_year_of_weeks(planner: Planner, people: int) -> None:
    chance = random.Random(people)
    rows: list[list[int]] = [[] for _person in range(people)]
    turns = [0] * people
    for week in range(WEEKS):
        away = _absent(chance, people, week)
        problem = _week(people, rows, turns, away)
        outcome = planner.plan(problem, SECONDS)
        assert outcome.status == Status.PROVEN, week
        assert outcome.cells is not None
        assert breaches(problem, outcome.cells) == []
        cells = outcome.cells
        if week % 4 == 0:
            problem = _falls_ill(problem, cells, chance)
            anew = planner.replan(problem, SECONDS)
            assert anew.fewest, week
            assert anew.cells is not None
            assert breaches(problem, anew.cells) == []
            assert anew.changes == _least_changes(planner, problem)
            cells = anew.cells
        turns = _credited(problem, counts(problem.tallies[0], WEEK, cells), away)
        for row, of_week in zip(rows, cells, strict=True):
            row.extend(of_week)
        assert max(turns) - min(turns) <= 2, week  # a person may be ill on the very turn
    assert max(turns) - min(turns) <= 1
