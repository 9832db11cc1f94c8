"""A run of the solver in a thread of its own."""

import os
import sys
import threading
from collections.abc import Callable

from app.services.duty.roster.engine import Result, Run

LOW = 15  # how much later than others a helper gets the processor


class Beside:
    """Begun where it is made; `note` is told in that thread how it ended."""

    def __init__(self, run: Run, note: Callable[[Result], None], *, low: bool) -> None:
        self._run = run
        self._note = note
        self._low = low
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    @property
    def is_busy(self) -> bool:
        """Whether it still runs."""
        return self._thread.is_alive()

    def end(self) -> None:
        """Stop the run and wait for its end."""
        self._run.stop()
        self._thread.join()

    def _work(self) -> None:
        if self._low and sys.platform == "linux":
            os.nice(LOW)  # of this thread and those it begins; only Linux knows threads by priority
        result = self._run.solve()
        if result is not None:
            self._note(result)
