"""A search for the best roster, in the process that may load the solver: who works on it when, and what is best so far.

One steady worker cuts the linear relaxation down to the best plan; undisturbed by others it gives the same plan each
time, and it proves most. Beside it a crowd of CP-SAT's workers finds the first plan, which is made better in rounds, in
turns with dives into whole rows where the problem lets itself be taken apart into such.
"""

import os
import threading
import time
from collections.abc import Callable
from dataclasses import replace

from app.services.duty.roster.beside import Beside
from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import Columns, Diving, fits
from app.services.duty.roster.engine import LEAST_WORKERS, QUICK, Result, Run, add_hint, crowd
from app.services.duty.roster.linear import LinearRun
from app.services.duty.roster.model import Model, build
from app.services.duty.roster.outcome import NO_BOUND, Found, OnPlan, Outcome, Status
from app.services.duty.roster.price import changed, cost
from app.services.duty.roster.problem import Cells, Problem
from app.services.duty.roster.rounds import Rounds, first_plan
from app.services.duty.roster.task import Task

HURRY = 2.0  # seconds for the first plan
ALONE = 10.0  # seconds in which the steady worker is not told of others' plans
SPELL = 5.0  # seconds of rounds before and between dives
HUGE = 10_000  # cells times shifts; there rounds go on as long as they bring anything, as a dive takes a minute
MUCH_BETTER = 0.97  # of the price: then the rounds go on
LARGE = 3_600  # cells times shifts; a larger roster begins with rounds
MOST_GRACE, LEAST_GRACE = 5.0, 0.3  # seconds that the steady worker may still take when others were first
STEP = 0.01


class Search:
    """One task, begun where it is made."""

    def __init__(self, task: Task, tell: OnPlan, stopped: threading.Event) -> None:
        self._task = task
        self._tell = tell
        self._stopped = stopped
        self._began = time.monotonic()
        self._until = self._began + task.seconds
        self._lock = threading.Lock()
        self._best: tuple[Cells, int] | None = None
        self._steady: Cells | None = None
        self._bound = NO_BOUND
        self._none = False
        self._first: float | None = None
        self._columns: Columns | None = None
        self._turn = -1

    def run(self) -> Outcome:
        """Search until proven, out of time or stopped."""
        task = self._task
        self._model = build(task.problem, most_changes=task.most_changes)
        if task.start is not None:
            self._offer(task.start, cost(task.problem, task.start).total)
            add_hint(self._model, task.start)
        start = self._quick_start() if self._is_large and task.start is None else None
        if start is not None:
            self._offer(*start)
        quick = None if self._best else self._beside(QUICK, self._note_quick, low=False)
        steady = self._begin_steady()
        if quick is not None:
            self._wait(quick, HURRY)
        while not self._over:
            if self._best is None:
                self._wait(self._crowd(), task.seconds, lambda: self._best is not None)
            elif task.most_changes is not None:
                self._wait(self._crowd(), task.seconds)
            elif fits(task.problem):
                self._dive_in_turns()
            else:
                self._rounds(task.seconds)
                self._model = self._with_hint()
                self._wait(self._crowd(), task.seconds)
        self._wait_for_steady(steady)
        steady.end()
        return self._outcome()

    @property
    def _is_large(self) -> bool:
        return self._size > LARGE

    @property
    def _is_huge(self) -> bool:
        return self._size > HUGE

    @property
    def _size(self) -> int:
        problem = self._task.problem
        return sum(len(worker.shifts) for worker in problem.workers) * problem.days

    @property
    def _over(self) -> bool:
        return self._stopped.is_set() or time.monotonic() >= self._until or self._none or self._proven

    @property
    def _proven(self) -> bool:
        return self._best is not None and self._bound >= self._best[1]

    def _quick_start(self) -> tuple[Cells, int] | None:
        return first_plan(self._task.problem, self._task.seed, lambda: self._over)

    def _crowd(self) -> Beside:
        return self._beside(crowd(max(LEAST_WORKERS, self._cores)), self._note, low=True)

    def _begin_steady(self) -> Beside:
        self._alone = LinearRun(
            self._model,
            max(0.01, self._until - time.monotonic()),
            self._task.seed,
            on_cells=self._offer_checked,
            on_bound=self._raise_bound,
            brought=self._brought,
        )
        return Beside(self._alone, self._note_steady, low=self._is_huge)

    def _brought(self) -> tuple[Cells, int] | None:
        """What the steady one may know of others: nothing at first, so that it comes to the same plan each time."""
        return self._best if time.monotonic() > self._began + ALONE else None

    def _beside(self, kind: str, note: Callable[[Result], None], *, low: bool) -> Beside:
        left = max(0.01, self._until - time.monotonic())
        parameters = f"{kind} random_seed:{self._task.seed} max_time_in_seconds:{left}"
        return Beside(Run(self._model, parameters, on_cells=self._offer, on_bound=self._raise_bound), note, low=low)

    def _with_hint(self) -> Model:
        model = build(self._task.problem, most_changes=self._task.most_changes)
        add_hint(model, self._current()[0])
        return model

    def _dive_in_turns(self) -> None:
        self._columns = columns = Columns(self._task.problem, self._task.seed, self._current, self._offer)
        columns.note(self._current()[0])
        if self._is_huge:
            self._rounds(self._task.seconds)
        while not self._over:
            before, now = 0, self._current()[1]
            while not self._over and (not before or now < before * MUCH_BETTER):
                self._rounds(SPELL)
                before, now = now, self._current()[1]
            if not self._over:
                self._wait(columns.begin(self._spare, self._until, self._raise_bound), self._task.seconds)

    @property
    def _cores(self) -> int:
        return os.cpu_count() or 1

    @property
    def _spare(self) -> int:
        """The processors that the steady one leaves: all, where it will hardly prove anything."""
        return self._cores if self._is_huge else max(1, self._cores - 1)

    def _rounds(self, seconds: float) -> None:
        self._turn += 1
        rounds = Rounds(self._task.problem, self._task.seed + self._turn, self._current, self._offer)
        self._wait(rounds.begin(self._spare, min(self._until, time.monotonic() + seconds)), seconds)

    def _wait(
        self, helper: Beside | Rounds | Diving, seconds: float, enough: Callable[[], bool] = lambda: False
    ) -> None:
        """Let a helper work until it is ready, has done enough, the search is over or the time is up; then end it."""
        until = time.monotonic() + seconds
        while helper.is_busy and not self._over and not enough() and time.monotonic() < until:
            time.sleep(STEP)
        helper.end()

    def _wait_for_steady(self, steady: Beside) -> None:
        """Others were first: its plan is still worth a moment, for it is the same each time."""
        if not self._proven or self._again(self._current()[1]) is not None:
            return
        gone = time.monotonic() - self._began
        until = min(self._until, time.monotonic() + min(MOST_GRACE, max(LEAST_GRACE, gone)))
        while steady.is_busy and not self._stopped.is_set() and time.monotonic() < until:
            time.sleep(STEP)

    def _current(self) -> tuple[Cells, int]:
        with self._lock:
            assert self._best is not None  # noqa: S101 (rounds begin with a plan)
            return self._best

    def _offer_checked(self, cells: Cells, objective: int) -> None:
        """Take what was reckoned with fractions only where it holds in whole numbers."""
        if not breaches(self._task.problem, cells):
            self._offer(cells, objective)

    def _offer(self, cells: Cells, objective: int) -> None:
        objective = min(
            objective, cost(self._task.problem, cells).total
        )  # on the way it may hold the ends of turns apart
        with self._lock:
            if self._best is not None and objective > self._best[1]:
                return
            is_better = self._best is None or objective < self._best[1]
            self._best = cells, objective
            if not is_better:
                return
            if self._columns is not None:
                self._columns.note(cells)
            seconds = time.monotonic() - self._began
            self._first = seconds if self._first is None else self._first
            self._tell(Found(cells, objective, self._bound, seconds))

    def _raise_bound(self, bound: int) -> None:
        with self._lock:
            self._bound = max(self._bound, bound)

    def _note(self, result: Result) -> None:
        if result.cells is not None:
            self._offer(result.cells, result.objective)
        elif result.is_final:
            self._none = True
            return
        self._raise_bound(result.objective if result.is_final else result.bound)

    def _note_quick(self, result: Result) -> None:
        """It ends with the first plan, which is no proof of anything; that there is none is one."""
        self._none = self._none or (result.is_final and result.cells is None)

    def _note_steady(self, result: Result) -> None:
        if result.cells is not None:
            self._offer_checked(result.cells, result.objective)
            self._steady = result.cells if result.is_final and self._alone.is_alone else None
        elif result.is_final:
            self._none = True
            return
        self._raise_bound(result.bound)

    def _again(self, objective: int) -> Cells | None:
        """The plan that would be found another time too: what stood before, if it is as good, or the steady one's."""
        start = self._task.start
        if start is not None and cost(self._task.problem, start).total == objective:
            return start
        return self._steady

    def _outcome(self) -> Outcome:
        seconds = time.monotonic() - self._began
        cells, objective = self._best or (None, 0)
        if self._none and cells is None:
            return Outcome(Status.INFEASIBLE, None, 0, 0, seconds, None, repeatable=True)
        if self._proven:
            again = self._again(objective)
            return Outcome(
                Status.PROVEN, again or cells, objective, objective, seconds, self._first, repeatable=again is not None
            )
        bound = min(self._bound, objective) if cells is not None else self._bound
        ended = Status.FEASIBLE if cells is not None else Status.UNKNOWN
        status = Status.STOPPED if self._stopped.is_set() else ended
        return Outcome(status, cells, objective, bound, seconds, self._first)


def plan(task: Task, tell: OnPlan, stopped: threading.Event) -> Outcome:
    """The best plan that is found in time."""
    return Search(task, tell, stopped).run()


def plan_anew(task: Task, tell: OnPlan, stopped: threading.Event) -> Outcome:
    """The best plan among those with the fewest cells other than published: first how few, then how good."""
    published = task.problem.published
    if published is None:
        return Search(task, tell, stopped).run()
    began = time.monotonic()
    fewest = Search(replace(task, problem=only_changes(task.problem)), _nobody, stopped).run()
    if fewest.cells is None:
        return fewest
    left = max(0.1, task.seconds - (time.monotonic() - began))
    second = replace(task, seconds=left, start=fewest.cells, most_changes=len(changed(published, fewest.cells)))
    outcome = Search(second, tell, stopped).run()
    is_fewest = fewest.status == Status.PROVEN
    return replace(
        outcome,
        status=outcome.status if is_fewest or outcome.status != Status.PROVEN else Status.FEASIBLE,
        repeatable=outcome.repeatable and fewest.repeatable,
        changes=second.most_changes,
        fewest=is_fewest,
    )


def only_changes(problem: Problem) -> Problem:
    """The same rules, and nothing counts but how many cells are other than published."""
    covers = tuple(replace(cover, wanted=None) for cover in problem.covers)
    return replace(problem, covers=covers, wishes=(), tallies=(), change_weight=1)


def _nobody(_found: Found) -> None:
    """A plan that is only a step on the way."""
