"""Planning from the window's process: the solver works in a process of its own and is never loaded here."""

import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.connection import Connection
from typing import Any

from app.errors import OutsideError
from app.i18n import N_
from app.services.duty.roster.outcome import NO_BOUND, Found, OnPlan, Outcome, Status, never, nobody
from app.services.duty.roster.price import changed, cost, rank
from app.services.duty.roster.problem import Breach, Cells, Problem
from app.services.duty.roster.task import ClashTask, Task
from app.services.duty.roster.worker import READY, Order, Said, live
from app.services.progress import Progress, silent

TICK = 0.05  # seconds between looks at whether to stop
STOP_SECONDS = 1.0  # a solver that has not ended so long after it was asked to is killed
LATE_SECONDS = 5.0  # likewise after its time was up
CLASH_SECONDS = 10.0

Stop = Callable[[], bool]


class PlannerLostError(OutsideError):
    """The process that plans has died, mostly for want of memory."""

    message = N_("The part of the program that plans the roster has stopped. Nothing was changed; try again.")


class Planner:
    """A planning process that waits for tasks: kept while the roster is open, so that the next plan begins at once.

    One task at a time: a second caller waits. Any thread may call; `close` ends the process.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._child: multiprocessing.process.BaseProcess | None = None
        self._pipe: Connection | None = None
        self._number = READY
        self._is_ready = False

    def __enter__(self) -> "Planner":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start the process if it is not there; does not wait for it."""
        with self._lock:
            self._start()

    def close(self) -> None:
        """End the process; a later task starts another."""
        with self._lock:
            self._end()

    def plan(
        self,
        problem: Problem,
        seconds: float,
        *,
        seed: int = 0,
        start: Cells | None = None,
        on_plan: OnPlan = nobody,
        stop: Stop = never,
        progress: Progress = silent,
    ) -> Outcome:
        """The best roster that is found in time; `on_plan` is told of each better one at once, in this thread.

        With `start`, a valid plan, nothing worse than that comes out, however soon it ends.
        `stop` (asked some 20 times a second) ends it with the best so far; what `progress` raises is raised.
        Raises PlannerLostError where the process died.
        """
        return self._search("plan", Task(problem, seconds, seed, start), on_plan, stop, progress)

    def replan(
        self,
        problem: Problem,
        seconds: float,
        *,
        seed: int = 0,
        start: Cells | None = None,
        on_plan: OnPlan = nobody,
        stop: Stop = never,
        progress: Progress = silent,
    ) -> Outcome:
        """The best roster among those with the fewest cells other than published; otherwise as `plan`.

        Worse than `start` is then what changes more cells, or as many and costs more.
        """
        outcome = self._search("replan", Task(problem, seconds, seed, start), on_plan, stop, progress)
        if problem.published is None or outcome.cells is None:
            return outcome
        return replace(outcome, changes=len(changed(problem.published, outcome.cells)))

    def clash(self, problem: Problem, seconds: float = CLASH_SECONDS, *, stop: Stop = never) -> list[Breach] | None:
        """Rules that cannot be met together, none of them to spare; None where a plan exists or time was too short."""
        with self._lock:
            answer: list[Breach] | None = self._ask("clash", ClashTask(problem, seconds), seconds, nobody, stop, silent)
            return answer

    def _search(self, job: str, task: Task, on_plan: OnPlan, stop: Stop, progress: Progress) -> Outcome:
        began = time.monotonic()
        best: list[Found] = []
        first: list[float] = []

        def price(found: Found) -> tuple[int, int]:
            return rank(task.problem, found.cells) if job == "replan" else (0, found.objective)

        def note(found: Found) -> None:
            if best and price(found) >= price(best[0]):
                return  # the process, too, begins by telling of the start
            here = replace(found, seconds=time.monotonic() - began)
            first.append(here.seconds)
            best[:] = [here]
            on_plan(here)

        if task.start is not None:
            note(Found(task.start, cost(task.problem, task.start).total, NO_BOUND, 0.0))
        with self._lock:
            answer: Outcome | None = self._ask(job, task, task.seconds, note, stop, progress)
        outcome = answer or _cut_short(best, was_stopped=stop())
        return replace(outcome, seconds=time.monotonic() - began, first_seconds=first[0] if first else None)

    def _ask(self, job: str, what: Any, seconds: float, note: OnPlan, stop: Stop, progress: Progress) -> Any:
        """The answer to an order; None where the process had to be killed because it did not end."""
        began = time.monotonic()
        self._start()
        is_ended = False
        try:
            self._wait_until_ready(stop, progress)
            if not self._is_ready:
                return None
            self._number += 1
            self._send(Order(self._number, job, what))
            answer, is_ended = self._listen(began, seconds, note, stop, progress)
            return answer
        finally:
            if not is_ended:
                self._end()

    def _wait_until_ready(self, stop: Stop, progress: Progress) -> None:
        while not self._is_ready and not stop():
            progress(0.0)
            said = self._receive()
            self._is_ready = said is not None and said.number == READY

    def _listen(self, began: float, seconds: float, note: OnPlan, stop: Stop, progress: Progress) -> tuple[Any, bool]:
        end = began + seconds + LATE_SECONDS
        is_stopped = False
        while time.monotonic() < end:
            said = self._receive()
            if said is not None and said.number == self._number:
                if said.is_last:
                    return said.what, True
                note(said.what)
            progress(min(1.0, (time.monotonic() - began) / max(seconds, TICK)))
            if not is_stopped and stop():
                is_stopped = True
                self._send(Order(self._number, None))
                end = time.monotonic() + STOP_SECONDS
        return None, False

    def _start(self) -> None:
        if not self._is_dead:
            return
        self._end()
        # Spawned, not forked: the window's threads and open connections must not be copied.
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._child = context.Process(target=live, args=(theirs,), daemon=True)
        self._child.start()
        theirs.close()
        self._pipe = ours

    def _end(self) -> None:
        self._is_ready = False
        if self._pipe is not None:
            self._pipe.close()
            self._pipe = None
        if self._child is not None:
            self._child.kill()
            self._child.join()
            self._child.close()
            self._child = None

    def _send(self, order: Order) -> None:
        try:
            self._open_pipe().send(order)
        except OSError as error:
            raise PlannerLostError from error

    def _receive(self) -> Said | None:
        try:
            pipe = self._open_pipe()
            said: Said | None = pipe.recv() if pipe.poll(TICK) else None
            if said is None and self._is_dead and not pipe.poll():  # of one that dies early Windows shows no end
                raise PlannerLostError
        except (EOFError, OSError) as error:
            raise PlannerLostError from error
        return said

    @property
    def _is_dead(self) -> bool:
        return self._child is None or not self._child.is_alive()

    def _open_pipe(self) -> Connection:
        if self._pipe is None:
            raise PlannerLostError
        return self._pipe


def plan(problem: Problem, seconds: float, *, seed: int = 0, on_plan: OnPlan = nobody, stop: Stop = never) -> Outcome:
    """Plan once in a process that ends afterwards; as Planner.plan."""
    with Planner() as planner:
        return planner.plan(problem, seconds, seed=seed, on_plan=on_plan, stop=stop)


def _cut_short(best: list[Found], *, was_stopped: bool) -> Outcome:
    """What is known of a search that was killed."""
    if not best:
        return Outcome(Status.STOPPED if was_stopped else Status.UNKNOWN, None, 0, 0, 0.0, None)
    found, status = best[0], Status.STOPPED if was_stopped else Status.FEASIBLE
    return Outcome(status, found.cells, found.objective, found.bound, found.seconds, None)
