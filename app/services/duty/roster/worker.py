"""The life of the process that plans: it alone loads the solver, does one task after the other, tells what it finds."""

import os
import queue
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, TypeAlias

from app.services.duty.roster.outcome import Found
from app.services.orphans import end_with_parent

# Whoever reckons in many small steps outside of Python waits so long for its turn after each where others write models.
SWITCH_SECONDS = 0.0002
READY = 0  # the number of the message that the solver is loaded

Tell: TypeAlias = Callable[[Found], None]
Job: TypeAlias = Callable[[Any, Tell, threading.Event], Any]  # (what is asked, who is told, whether to stop) → answer


@dataclass(frozen=True, slots=True)
class Order:
    """A task by its number, the name of the job and what it needs; a name that is None stops the task."""

    number: int
    job: str | None
    what: Any = None


@dataclass(frozen=True, slots=True)
class Said:
    """A message about the order of this number: a plan on the way, or (`is_last`) the answer."""

    number: int
    what: Any
    is_last: bool


def live(pipe: Connection) -> None:
    """Do what comes through the pipe until the other end is closed."""
    end_with_parent()
    _be_silent()
    sys.setswitchinterval(SWITCH_SECONDS)
    jobs = _load()
    desk = _Desk(pipe)
    threading.Thread(target=desk.listen, daemon=True).start()
    desk.say(Said(READY, None, is_last=True))
    while (order := desk.next()) is not None:
        if order.job is not None:
            answer = jobs[order.job](order.what, desk.teller(order.number), desk.stop_of(order.number))
            desk.say(Said(order.number, answer, is_last=True))


def _be_silent() -> None:
    """A solver that tells its name must not do so in the middle of what the command line prints."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.close(nowhere)


def _load() -> dict[str, Job]:
    from app.services.duty.roster.anew import plan_anew  # the solver is loaded here and nowhere else
    from app.services.duty.roster.clash import find_clash
    from app.services.duty.roster.solve import plan

    return {"plan": plan, "replan": plan_anew, "clash": find_clash}


class _Desk:
    """What lies between the pipe and the work: orders in turn, and for each whether it was stopped."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
        self._orders: queue.Queue[Order | None] = queue.Queue()
        self._stops: dict[int, threading.Event] = {}
        self._lock = threading.Lock()

    def listen(self) -> None:
        """Take in what comes, also while a task runs; the end of the pipe is the end of everything."""
        while True:
            try:
                order: Order = self._pipe.recv()
            except (EOFError, OSError):
                for stop in list(self._stops.values()):
                    stop.set()
                self._orders.put(None)
                return
            if order.job is None:
                self.stop_of(order.number).set()
            else:
                self._orders.put(order)

    def next(self) -> Order | None:
        """The next order; None at the end."""
        return self._orders.get()

    def stop_of(self, number: int) -> threading.Event:
        """Whether the order of this number was stopped."""
        with self._lock:
            return self._stops.setdefault(number, threading.Event())

    def teller(self, number: int) -> Tell:
        """Who is told of plans on the way."""
        return lambda found: self.say(Said(number, found, is_last=False))

    def say(self, said: Said) -> None:
        """Send a message; from any thread."""
        with self._lock:
            self._pipe.send(said)
