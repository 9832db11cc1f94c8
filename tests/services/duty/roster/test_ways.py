"""Which states lead to which, held against the groups and runs of a contract."""

from app.services.duty.roster.contract import contract
from app.services.duty.roster.problem import Problem, Shift, Worker
from app.services.duty.roster.ways import NOWHERE, Ways


def test_what_leads_to_each_state() -> None:
    shifts = (Shift("E", None, None, 480), Shift("L", None, None, 480, frozenset({0})))
    worker = Worker("W", frozenset({0, 1}), longest_run=2, shortest_run=1, shortest_break=2)
    of = contract(Problem(7, 0, shifts, (worker,)), 0, all_limits=True)
    assert of is not None
    ways = Ways(of)  # E after one day, after two; L likewise; the first and a later day of a break

    def leading(state: int, day: int) -> set[int]:
        return set(ways.before(day)[state].tolist()) - {NOWHERE}

    assert [leading(state, 3) for state in range(6)] == [{5}, {0}, {5}, {0, 2}, {0, 1, 2, 3}, {4, 5}]
    assert ways.group.tolist() == [0, 0, 1, 1, 2, 2]


def test_a_day_of_work_adds_a_weekend_only_once() -> None:
    worker = Worker("W", frozenset({0}), longest_run=3, shortest_break=1)
    of = contract(Problem(7, 0, (Shift("E", None, None, 480),), (worker,)), 0, all_limits=True)
    assert of is not None
    ways = Ways(of)

    def weekends(day: int) -> set[tuple[bool, int]]:
        """Whether there was work on the day before, and how many weekends work on this day adds."""
        known = ways.before(day)[: ways.at_work] != NOWHERE
        before, steps = ways.before(day)[: ways.at_work][known], ways.steps(day)[: ways.at_work][known]
        return {(bool(one < ways.at_work), int(step[0])) for one, step in zip(before, steps, strict=True)}

    assert weekends(4) == {(True, 0), (False, 0)}  # Friday
    assert weekends(5) == {(True, 1), (False, 1)}
    assert weekends(6) == {(True, 0), (False, 1)}
