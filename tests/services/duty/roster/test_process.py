"""The planning process: it alone loads the solver, can be stopped, killed and outlived, and never hangs."""

import multiprocessing.context
import os
import signal
import subprocess
import sys
import threading
import time
from multiprocessing.connection import Connection

import pytest

from app.errors import CancelledError
from app.services.duty.roster import process
from app.services.duty.roster.check import breaches
from app.services.duty.roster.outcome import Found, Status
from app.services.duty.roster.price import cost
from app.services.duty.roster.process import Planner, PlannerLostError
from tests.services.duty.roster.making import office_sample

LONG = 60.0
HARD = office_sample(40, 8)  # not proven within the times of these tests

_ALONE = """
import sys
from app.services.duty.roster.process import plan
from tests.services.duty.roster.making import office_sample
if __name__ == "__main__":
    print(plan(office_sample(5, 1), 20).status, "ortools" in sys.modules, "numpy" in sys.modules)
"""

_ORPHAN = """
import os, signal
from app.services.duty.roster.process import Planner
from tests.services.duty.roster.making import office_sample
def told(_found):
    print(planner._child.pid, flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    planner = Planner()
    planner.plan(office_sample(40, 8), 60, on_plan=told)
"""


def _child(planner: Planner) -> int:
    assert planner._child is not None
    assert planner._child.pid is not None
    return planner._child.pid


def test_the_solver_is_loaded_in_the_other_process_only() -> None:
    done = subprocess.run([sys.executable, "-c", _ALONE], capture_output=True, text=True, check=True, timeout=LONG)
    assert done.stdout.split() == ["proven", "False", "False"]


def test_a_stop_gives_the_best_so_far_and_leaves_the_planner_usable(planner: Planner) -> None:
    found: list[Found] = []
    began = time.monotonic()
    outcome = planner.plan(HARD, LONG, on_plan=found.append, stop=lambda: bool(found))
    assert outcome.status == Status.STOPPED
    assert outcome.cells is not None
    assert breaches(HARD, outcome.cells) == []
    assert time.monotonic() - began < LONG / 3
    assert planner.plan(office_sample(5, 1), LONG).status == Status.PROVEN


def test_a_stop_before_anything_is_found() -> None:
    with Planner() as planner:
        outcome = planner.plan(HARD, LONG, stop=lambda: True)
        assert (outcome.status, outcome.cells) == (Status.STOPPED, None)


def test_what_progress_raises_is_raised_and_the_planner_goes_on() -> None:
    def cancel(share: float) -> None:
        assert 0 <= share <= 1
        raise CancelledError

    with Planner() as planner:
        planner.plan(office_sample(5, 1), LONG)
        with pytest.raises(CancelledError):
            planner.plan(HARD, LONG, progress=cancel)
        assert planner.plan(office_sample(5, 1), LONG).status == Status.PROVEN


def test_when_time_is_up_there_is_the_best_so_far(planner: Planner) -> None:
    outcome = planner.plan(HARD, 3.0)
    assert outcome.status in {Status.FEASIBLE, Status.UNKNOWN}
    assert outcome.seconds < 3.0 + 8.0  # on a busy computer too
    no_time = planner.plan(HARD, 0.0)
    assert (no_time.status, no_time.cells) == (Status.UNKNOWN, None)


def test_a_killed_process_is_said_and_replaced() -> None:
    with Planner() as planner:
        with pytest.raises(PlannerLostError):
            planner.plan(HARD, LONG, on_plan=lambda _found: os.kill(_child(planner), signal.SIGKILL))
        assert planner.plan(office_sample(5, 1), LONG).status == Status.PROVEN
        os.kill(_child(planner), signal.SIGKILL)  # while it waits
        assert planner._child is not None
        planner._child.join()  # its threads take a moment to end
        assert planner.plan(office_sample(5, 1), LONG).status == Status.PROVEN


def _die(_pipe: Connection) -> None:
    os._exit(3)


def test_a_process_that_dies_while_it_begins_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows keeps the child's end open in the parent until the child has fetched it: no end of the pipe is seen."""
    make, kept = multiprocessing.context.BaseContext.Pipe, []

    def pipe(self: multiprocessing.context.BaseContext) -> tuple[Connection, Connection]:
        ours, theirs = make(self)
        kept.append(os.dup(theirs.fileno()))
        return ours, theirs

    monkeypatch.setattr(multiprocessing.context.BaseContext, "Pipe", pipe)
    monkeypatch.setattr(process, "live", _die)
    until = time.monotonic() + LONG / 4
    with Planner() as planner, pytest.raises(PlannerLostError):
        planner.plan(HARD, LONG, stop=lambda: time.monotonic() > until)
    for end in kept:
        os.close(end)


def test_a_warm_planner_is_one_process_for_all_threads() -> None:
    with Planner() as planner:
        planner.warm()
        child = _child(planner)
        statuses = []
        threads = [
            threading.Thread(target=lambda: statuses.append(planner.plan(office_sample(5, 1), LONG).status))
            for _thread in range(3)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert statuses == [Status.PROVEN] * 3
        assert _child(planner) == child


@pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL")
def test_the_process_ends_with_its_parent() -> None:
    done = subprocess.run([sys.executable, "-c", _ORPHAN], capture_output=True, text=True, timeout=LONG)
    child = int(done.stdout.split()[0])
    for _time in range(100):
        if not _is_there(child):
            return
        time.sleep(0.1)
    os.kill(child, signal.SIGKILL)
    pytest.fail("the planning process has outlived its parent")


def _is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as file:
            return file.read().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_nothing_worse_than_the_start_comes_out_however_soon_it_ends(planner: Planner) -> None:
    problem = office_sample(12, 2)
    start = planner.plan(problem, 20.0).cells
    assert start is not None
    price = cost(problem, start).total
    stopped = planner.plan(office_sample(12, 2), 20.0, start=start, stop=lambda: True)
    assert (stopped.cells, stopped.objective) == (start, price)
    found: list[Found] = []
    proven = planner.plan(problem, 20.0, start=start, on_plan=found.append)
    assert (proven.status, proven.cells) == (Status.PROVEN, start)
    assert [one.objective for one in found] == [price]  # told once
