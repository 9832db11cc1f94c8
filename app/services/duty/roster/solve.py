"""A search for the best roster, in the process that may load the solver: who works on it when, and what is best so far.

One steady worker cuts the linear relaxation down to the best plan; undisturbed by others it gives the same plan each
time, and it proves most. Beside it a crowd of CP-SAT's workers finds the first plan, which is made better in rounds, in
turns with dives into whole rows where the problem lets itself be taken apart into such.
"""

import os
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from app.services.duty.roster.beside import Beside
from app.services.duty.roster.columns import EXACT, FIRST_STEPS, Columns, Root, fits
from app.services.duty.roster.contract import knows_all
from app.services.duty.roster.dive import Dives, Diving
from app.services.duty.roster.engine import LEAST_WORKERS, QUICK, OnBound, Result, Run, Working, add_hint, crowd
from app.services.duty.roster.first import FirstPlan
from app.services.duty.roster.known import Known, Plan
from app.services.duty.roster.linear import LinearRun
from app.services.duty.roster.master import Shares
from app.services.duty.roster.model import Model, build
from app.services.duty.roster.outcome import OnPlan, Outcome, Status, never
from app.services.duty.roster.pool_run import PoolRun
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cells
from app.services.duty.roster.rounds import Rounds
from app.services.duty.roster.task import Task

HURRY = 2.0  # seconds for the first plan
ALONE = 10.0  # seconds in which the steady worker is not told of others' plans
SPELL = 2.0  # seconds of rounds before the first dive; between others as long as they take, at most this
LARGE = 3_600  # cells times shifts; a larger roster begins with rounds
MOST_GRACE, LEAST_GRACE = 5.0, 0.3  # seconds that the steady worker may still take when others were first
RENEWED = 0.9  # of its choices are left, at most: then the steady worker begins anew with those
STEPS = 10  # in which rows are made at once for the first mixture
HASTE = 0.002  # how near price and bound of that are to lie after the steady worker's time alone; then less and less
STEP = 0.01


class Search:
    """One task, begun where it is made."""

    def __init__(self, task: Task, tell: OnPlan, stopped: threading.Event) -> None:
        self._task = task
        self._stopped = stopped
        self._known = Known(task.problem, tell)
        self._until = time.monotonic() + task.seconds
        self._steady: Plan | None = None
        self._is_renewed = False
        # How many cells of all may change binds the rows of all together.
        self._fits = task.most_changes is None and fits(task.problem)
        if self._fits:
            self._columns = Columns(task.problem, task.seed, self._known, lambda: self._over)
        self._has_rows = self._fits and knows_all(task.problem)
        self._has_begun_rows = self._has_rows  # of the steady one, at last
        self._choices = 0  # what the steady one looks through, where cells can be closed
        self._pieces = Rounds(task.problem, task.seed, self._known)
        self._first: FirstPlan | None = None
        self._mixed: Shares | None = None  # what is not yet the best mixture, while that is made

    def run(self) -> Outcome:
        """Search until proven, out of time or stopped."""
        task = self._task
        self._model = build(task.problem, most_changes=task.most_changes)
        if task.start is not None:
            self._known.offer(task.start)
            add_hint(self._model, task.start)
        elif self._has_rows:
            self._first = FirstPlan(task.problem, task.seed, lambda: self._over)
            self._plan_first()
        quick = None if self._known.best else self._beside(QUICK, self._known.note_first, low=False)
        self._steady_work = self._begin_steady()
        try:
            if quick is not None:
                self._wait(quick, HURRY)
            while not self._over:
                self._work_beside()
            self._wait_for_steady()
        finally:
            self._steady_work.end()
        return self._outcome()

    def _plan_first(self) -> bool:
        """Plan worker by worker, once; whether once more may be better."""
        cells = None if self._first is None else self._first.plan()
        if cells is not None:
            self._known.offer(cells)
        return cells is not None

    def _plan_as_mixed(self) -> None:
        """Plan worker by worker once more, now that a mixture tells what the others will have."""
        mixed, self._mixed = self._mixed, None
        if mixed is not None and self._first is not None:
            self._first.begin(mixed)
            while self._plan_first():
                pass

    def _work_beside(self) -> None:
        """What the processors that the steady one leaves do next."""
        task = self._task
        if self._known.best is None:
            self._wait(self._crowd(), task.seconds, lambda: self._known.best is not None)
        elif task.most_changes is not None:
            self._wait(self._crowd(), task.seconds)
        else:
            while self._plan_first():
                pass
            if self._fits:
                self._dive_in_turns()
            self._rounds(task.seconds)
            self._model = self._with_hint()
            self._wait(self._crowd(), task.seconds)

    @property
    def _is_large(self) -> bool:
        return self._size > LARGE

    @property
    def _size(self) -> int:
        problem = self._task.problem
        return sum(len(worker.shifts) for worker in problem.workers) * problem.days

    @property
    def _over(self) -> bool:
        known = self._known
        return self._stopped.is_set() or time.monotonic() >= self._until or known.has_none or known.is_proven

    def _crowd(self) -> Beside:
        return self._beside(crowd(max(LEAST_WORKERS, self._cores)), self._known.note, low=True)

    def _begin_steady(self) -> Beside:
        known, problem = self._known, self._task.problem
        if self._has_rows:
            self._alone: LinearRun | PoolRun = PoolRun(
                problem,
                self._first_root,
                on_cells=known.offer_checked,
                on_bound=known.raise_bound,
                brought=lambda: None,  # so that it comes to the same plan each time
            )
        else:
            self._alone = self._linear(self._model, known.raise_bound)
        return Beside(self._alone, self._note_steady, low=False)

    def _first_root(self) -> Root:
        """The best mixture, as it comes out when nobody tells of any plan: in a long search one that is nearly it."""
        columns, near = self._columns, EXACT
        with ThreadPoolExecutor(self._cores) as pool:
            for _part in range(FIRST_STEPS // STEPS):
                columns.around(columns.everything, pool, near, STEPS)
                if columns.is_near:
                    break
                self._mixed = columns.shares()
                if self._known.seconds > ALONE:
                    near = HASTE * (self._known.seconds / ALONE) ** 2
        columns.has_root = True
        return replace(columns.root, is_exact=near == EXACT)

    def _renew_steady(self) -> None:
        """Let the steady one begin anew with what is open: where that is much less, or it had to give up.

        Rows first; where they are too many, and the roster is not large, the linear programme.
        """
        steady, narrow = self._steady_work, self._columns.everything
        is_busy = steady.is_busy
        if self._over or (is_busy and (self._has_begun_rows or self._known.seconds < ALONE)):
            return
        if narrow.choices <= RENEWED * self._choices:
            self._choices, self._has_begun_rows = narrow.choices, True
            root, known = self._columns.root, self._known
            run: Working = PoolRun(
                self._task.problem,
                lambda: root,
                on_cells=known.offer_checked,
                on_bound=known.raise_bound_of_better,
                brought=lambda: known.best,
            )
        elif not is_busy and self._has_begun_rows and not self._is_large:
            self._has_begun_rows = False
            run = self._linear(build(narrow.applied(self._task.problem)), self._known.raise_bound_of_better)
        else:
            return
        self._is_renewed = True
        steady.end()
        self._steady_work = Beside(run, self._known.note_better, low=False)

    def _linear(self, model: Model, on_bound: OnBound) -> LinearRun:
        return LinearRun(
            model,
            max(0.01, self._until - time.monotonic()),
            self._task.seed,
            on_cells=self._known.offer_checked,
            on_bound=on_bound,
            brought=self._brought,
        )

    def _brought(self) -> Plan | None:
        """What the steady one may know of others: nothing at first, so that it comes to the same plan each time."""
        return self._known.best if self._known.seconds > ALONE else None

    def _beside(self, kind: str, note: Callable[[Result], None], *, low: bool) -> Beside:
        left = max(0.01, self._until - time.monotonic())
        parameters = f"{kind} random_seed:{self._task.seed} max_time_in_seconds:{left}"
        run = Run(self._model, parameters, on_cells=self._known.offer, on_bound=self._known.raise_bound)
        return Beside(run, note, low=low)

    def _with_hint(self) -> Model:
        model = build(self._task.problem, most_changes=self._task.most_changes)
        add_hint(model, self._known.plan[0])
        return model

    def _dive_in_turns(self) -> None:
        columns = self._columns
        self._known.hear(columns.note)
        self._choices = columns.everything.choices
        dives = Dives(self._task.problem, self._task.seed, self._known, columns)
        spell, enough = SPELL, self._gave_up if self._has_rows else never
        while not self._over and dives.may_help:
            if self._steady_work.is_busy or not dives.is_near:  # else there are rounds beside the next dive
                self._rounds(spell, enough)
            if self._has_rows and not columns.has_root:  # the steady one makes it
                if not self._steady_work.is_busy:
                    self._steady_work.end()  # raises what went wrong
                self._plan_as_mixed()
                continue
            began, is_alone = time.monotonic(), not self._steady_work.is_busy
            if is_alone:  # rows are made step by step: they leave a processor for rounds
                self._pieces.begin(1, self._until)
            self._wait(dives.begin(self._spare, self._until), self._task.seconds)
            if is_alone:
                self._pieces.end()
            spell, enough = min(SPELL, time.monotonic() - began), never
            self._renew_steady()

    def _gave_up(self) -> bool:
        """Whether the steady one has no use for its processor any more."""
        return not self._steady_work.is_busy

    @property
    def _cores(self) -> int:
        return os.cpu_count() or 1

    @property
    def _spare(self) -> int:
        """The processors that the steady one leaves, if it works."""
        return max(1, self._cores - self._steady_work.is_busy)

    def _rounds(self, seconds: float, enough: Callable[[], bool] = never) -> None:
        self._wait(self._pieces.begin(self._spare, min(self._until, time.monotonic() + seconds)), seconds, enough)

    def _wait(self, helper: Beside | Rounds | Diving, seconds: float, enough: Callable[[], bool] = never) -> None:
        """Let a helper work until it is ready, has done enough, the search is over or the time is up; then end it."""
        until = time.monotonic() + seconds
        while helper.is_busy and not self._over and not enough() and time.monotonic() < until:
            time.sleep(STEP)
        helper.end()

    def _wait_for_steady(self) -> None:
        """Others were first: its plan is still worth a moment, for it is the same each time."""
        if not self._known.is_proven or self._again(self._known.plan[1]) is not None:
            return
        if self._is_renewed or not self._alone.is_alone:
            return  # what it finds now depends on what others have found
        gone = self._known.seconds
        until = min(self._until, time.monotonic() + min(MOST_GRACE, max(LEAST_GRACE, gone)))
        while self._steady_work.is_busy and not self._stopped.is_set() and time.monotonic() < until:
            time.sleep(STEP)

    def _note_steady(self, result: Result) -> None:
        if result.cells is None:
            self._known.note(result)
            return
        holds = self._known.offer_checked(result.cells)
        self._known.raise_bound(result.bound)
        if holds and result.is_final and self._alone.is_alone:
            self._steady = result.cells, cost(self._task.problem, result.cells).total

    def _again(self, objective: int) -> Cells | None:
        """The plan that would be found another time too: what stood before, if it is as good, or the steady one's."""
        start, steady = self._task.start, self._steady
        if start is not None and cost(self._task.problem, start).total == objective:
            return start
        return steady[0] if steady is not None and steady[1] == objective else None

    def _outcome(self) -> Outcome:
        known = self._known
        seconds, first = known.seconds, known.first_seconds
        if known.best is None:
            if known.has_none:
                return Outcome(Status.INFEASIBLE, None, 0, 0, seconds, None, repeatable=True)
            return Outcome(self._ended(Status.UNKNOWN), None, 0, known.bound, seconds, first)
        cells, objective = known.best
        again = self._again(objective)
        cells = cells if again is None else again
        if known.is_proven:
            is_repeatable = again is not None
            return Outcome(Status.PROVEN, cells, objective, objective, seconds, first, is_repeatable)
        bound = min(known.bound, objective)
        return Outcome(self._ended(Status.FEASIBLE), cells, objective, bound, seconds, first)

    def _ended(self, status: Status) -> Status:
        return Status.STOPPED if self._stopped.is_set() else status


def plan(task: Task, tell: OnPlan, stopped: threading.Event) -> Outcome:
    """The best plan that is found in time."""
    return Search(task, tell, stopped).run()
