"""What a search makes of what its workers say: of plans that break rules, of wrong prices, of what goes wrong."""

import threading
import time
from dataclasses import replace

import pytest

from app.services.duty.roster import anew, solve
from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import Root
from app.services.duty.roster.engine import OnCells, Result
from app.services.duty.roster.outcome import Found, Outcome, Status
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Shift, Wish, Worker
from app.services.duty.roster.task import Task
from tests.services.duty.roster.making import hard_rows_problem

SECONDS = 20.0
A_DAY = Shift("E", None, None, 480)
A_WEEK = Worker("A", frozenset({0}), week_most=480)  # a limit that rows are not put together with
ONE_OF_TWO = Problem(1, 0, (A_DAY,), (A_WEEK, replace(A_WEEK, name="B")), (Cover(0, frozenset({0}), least=1),))
FIRST, SECOND, NOBODY = ((0,), (FREE,)), ((FREE,), (0,)), ((FREE,), (FREE,))


class _Steady:
    """A steady worker that says what it is told to say."""

    is_alone = True

    def __init__(self, *_task: object, on_cells: OnCells, **_hearers: object) -> None:
        self._on_cells = on_cells
        self.stopped = threading.Event()

    def stop(self) -> None:
        self.stopped.set()

    def solve(self) -> Result | None:
        raise NotImplementedError


def _quiet(_found: Found) -> None:
    pass


def test_a_proven_plan_that_breaks_a_rule_when_rounded_is_not_the_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rounded(_Steady):
        def solve(self) -> Result:
            return Result(NOBODY, 0, 0, True, 0.0)

    monkeypatch.setattr(solve, "LinearRun", Rounded)
    outcome = solve.plan(Task(ONE_OF_TWO, SECONDS), _quiet, threading.Event())
    assert outcome.cells is not None
    assert breaches(ONE_OF_TWO, outcome.cells) == []
    assert not outcome.repeatable


def test_a_plan_costs_what_its_cells_cost_whatever_a_solver_reckons(monkeypatch: pytest.MonkeyPatch) -> None:
    dear = Problem(1, 0, (A_DAY,), ONE_OF_TWO.workers, (Cover(0, frozenset({0}), wanted=3, under=5),))
    both: Cells = ((0,), (0,))

    class TooCheap(_Steady):
        def solve(self) -> Result:
            self._on_cells(both)
            return Result(both, 4, 4, False, 0.0)

    monkeypatch.setattr(solve, "LinearRun", TooCheap)
    found: list[Found] = []
    outcome = solve.plan(Task(dear, SECONDS), found.append, threading.Event())
    assert cost(dear, both).total == outcome.objective == 5
    assert found[-1].objective == 5


def test_the_start_is_kept_where_what_was_found_in_time_is_only_as_good(monkeypatch: pytest.MonkeyPatch) -> None:
    stopped = threading.Event()

    class AnotherAsGood(_Steady):
        def solve(self) -> Result | None:
            self._on_cells(SECOND)
            stopped.set()
            return None

    monkeypatch.setattr(solve, "LinearRun", AnotherAsGood)
    outcome = solve.plan(Task(ONE_OF_TWO, SECONDS, start=FIRST), _quiet, stopped)
    assert outcome.cells == FIRST


def test_the_steady_worker_ends_where_another_one_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    waiting: list[_Steady] = []

    class Waiting(_Steady):
        def solve(self) -> Result | None:
            waiting.append(self)
            self.stopped.wait(SECONDS / 4)
            return None

    def fail(_found: Found) -> None:
        raise LookupError

    monkeypatch.setattr(solve, "LinearRun", Waiting)
    with pytest.raises(LookupError):
        solve.plan(Task(ONE_OF_TWO, SECONDS), fail, threading.Event())
    assert [one.stopped.is_set() for one in waiting] == [True]


def test_changes_are_those_of_the_plan_though_the_first_search_needed_more(monkeypatch: pytest.MonkeyPatch) -> None:
    plans = [SECOND, NOBODY]

    class Scripted:
        def __init__(self, *_task: object) -> None:
            pass

        def run(self) -> Outcome:
            return Outcome(Status.FEASIBLE, plans.pop(0), 0, 0, 0.0, 0.0)

    monkeypatch.setattr(anew, "Search", Scripted)
    known = replace(ONE_OF_TWO, covers=(), published=FIRST)
    assert anew.plan_anew(Task(known, SECONDS), _quiet, threading.Event()).changes == 1


def test_of_plans_anew_with_as_many_changes_the_one_that_stood_goes_before_a_worse_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The first search looks at nothing but how many cells change, and may be stopped with a plan that costs more."""
    told = list[Task]()

    class Scripted:
        def __init__(self, task: Task, *_rest: object) -> None:
            told.append(task)

        def run(self) -> Outcome:
            cells = SECOND if len(told) == 1 else told[-1].start
            return Outcome(Status.STOPPED, cells, 0, 0, 0.0, 0.0)

    monkeypatch.setattr(anew, "Search", Scripted)
    wish = Wish(0, 0, frozenset({0}), on=True, weight=5)
    known = replace(ONE_OF_TWO, wishes=(wish,), published=((0,), (0,)))
    outcome = anew.plan_anew(Task(known, SECONDS, start=FIRST), _quiet, threading.Event())
    assert told[0].start == FIRST
    assert outcome.cells == FIRST


def test_what_goes_wrong_where_rows_are_mixed_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_search: solve.Search) -> Root:
        raise LookupError

    monkeypatch.setattr(solve.Search, "_first_root", fail)
    begin = time.monotonic()
    with pytest.raises(LookupError):
        solve.plan(Task(hard_rows_problem(7), SECONDS), _quiet, threading.Event())
    assert time.monotonic() - begin < SECONDS / 2
