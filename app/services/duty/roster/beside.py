"""A run of the solver in a thread of its own."""

import os
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.services.duty.roster.engine import Result, Working

LOW = 15  # how much later than others a helper gets the processor


class Beside:
    """Begun where it is made; `note` is told in that thread how it ended."""

    def __init__(self, run: Working, note: Callable[[Result], None], *, low: bool) -> None:
        self._run = run
        self._note = note
        self._low = low
        self._pool = ThreadPoolExecutor(1)
        self._work_done = self._pool.submit(self._work)

    @property
    def is_busy(self) -> bool:
        """Whether it still runs."""
        return not self._work_done.done()

    def end(self) -> None:
        """Stop the run and wait for its end; raises what went wrong in it."""
        self._run.stop()
        self._pool.shutdown()
        self._work_done.result()

    def _work(self) -> None:
        if self._low and sys.platform == "linux":
            # Of this thread and those it begins. Elsewhere Python has no way to it: on macOS nice counts for the whole
            # process, and a Windows thread's priority takes a foreign call, which its own threads would not inherit.
            os.nice(LOW)
        result = self._run.solve()
        if result is not None:
            self._note(result)
