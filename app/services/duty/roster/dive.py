"""From the best mixture of rows down to a roster: cell by cell, what the mixture agrees on is kept.

The cells that most of it shares are kept, rows that go with them are made anew, and so on. A step after which all would
get much dearer is taken in smaller parts, at last one cell at a time, which is either kept or ruled out. Where few
cells are left, they are planned exactly. In turns the best plan so far has a say in what is kept (Danna, Rothberg and
Le Pape, 2005).
"""

import random
import time
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np

from app.services.duty.roster.columns import EXACT, FIRST_STEPS, NEARLY, Columns
from app.services.duty.roster.engine import SINGLE, Run, cap
from app.services.duty.roster.known import Known
from app.services.duty.roster.model import build
from app.services.duty.roster.narrow import Cell, Narrow
from app.services.duty.roster.pricing import EndedError
from app.services.duty.roster.problem import FREE, Problem

NEAR, NEARER = 0.002, 0.0005  # how far price and bound may lie apart: at first, within a dive
STEPS = 6  # in which rows are made at most within a dive
AT_ONCE, SMALLER, LARGER = 0.2, 3.0, 1.3  # of the open cells are kept in one step; then so many times fewer, or more
SHARED = 0.6  # of the mixture, and a cell is kept with others
JUMP, LEAST_JUMP = 0.0005, 1.0  # so much dearer, and a step is taken in smaller parts
HASTE = 0.03  # of what the best plan is above the best mixture: where a plan is poor, a better one need not be the best
ROUNDING = 1e-4  # prices are reckoned with fractions
WHIM = 0.15  # how much chance there is in each dive after the first
GUIDED = 0.6  # what the best plan's cells count for in every other dive
HURRY = 0.6  # of the time: then no step is taken back
PATIENCE = 6  # times that steps are taken back in the first dive, twice as many in the second, and so on
FEW = 600.0  # choices that are left; as many as can be planned exactly in a moment are learnt
MOST_WORK = 2.5  # the solver's own measure of that moment
PATIENT_DIVES, MOST_TIMES = 8, 6  # after so many dives in vain twice as long a moment, after more up to so many times
LITTLE = 0.3  # of the moment: more choices could have been planned
LARGER_REST, SMALLER_REST = 1.15, 0.85
LESS = 0.7  # of the choices, and it is worth while to try once more


class Dives:
    """One dive after the other; each knows the rows of those before."""

    def __init__(self, problem: Problem, seed: int, known: Known, columns: Columns) -> None:
        self._problem = problem
        self._known = known
        self._columns = columns
        self._seed = seed
        self._chance = random.Random(seed)  # noqa: S311 (not for secrets)
        self._dives = 0
        self._least = float("-inf")  # the price of the best mixture of all
        self._few = FEW
        self._vain = 0
        self._at_once, self._untried, self._hurry, self._patience = AT_ONCE, FEW, 0.0, PATIENCE
        self._running: Run | None = None

    @property
    def may_help(self) -> bool:
        """Whether there may be a better plan, as far as mixtures tell."""
        return self._dives < 2 or self._least <= self._most

    @property
    def is_near(self) -> bool:
        """Whether the best plan is so near to the best mixture that cells can be closed."""
        return bool(self._dives) and self._most - self._least <= NEARLY * abs(self._least)

    def begin(self, threads: int, until: float) -> "Diving":
        """Dive once in the background, until the moment (of time.monotonic) at most."""
        self._columns.until = until
        return Diving(self, threads)

    def stop(self) -> None:
        """End soon."""
        self._columns.stop()
        running = self._running
        if running is not None:
            running.stop()

    def dive(self, pool: ThreadPoolExecutor) -> None:
        """Once from the best mixture down to a plan, unless it leads to none that is better than the best so far."""
        until = self._columns.until
        self._root(pool, EXACT if self.is_near else NEAR)
        narrow, price = self._columns.everything, self._least
        self._dives += 1
        best, self._vain = self._known.plan[1], self._vain + 1
        self._at_once, self._untried = AT_ONCE, self._few
        self._hurry = time.monotonic() + HURRY * (until - time.monotonic())
        self._patience = PATIENCE * self._dives
        while price <= self._most:
            rows = self._columns.whole_rows()
            if rows is not None:
                self._known.offer_checked(rows)
                break
            if narrow.choices <= self._untried and self._finish(narrow):
                break
            narrow, price = self._step(narrow, price, pool)
        if self._known.plan[1] < best:
            self._vain = 0
        if self._least > self._most:  # nearly proven: the bound is worth a moment
            self._root(pool, EXACT)

    def _root(self, pool: ThreadPoolExecutor, near: float) -> None:
        """The best mixture of everything; where the best plan is near, cells that are in nothing better are closed."""
        self._least = self._columns.around(self._columns.everything, pool, near, FIRST_STEPS)
        self._columns.has_root = True
        while self._least <= self._most and self._columns.close(pool):
            self._least = self._columns.around(self._columns.everything, pool, EXACT, FIRST_STEPS)

    @property
    def _most(self) -> float:
        """What a better plan may cost."""
        return self._known.plan[1] - 1 + ROUNDING

    def _step(self, narrow: Narrow, price: float, pool: ThreadPoolExecutor) -> tuple[Narrow, float]:
        """Keep what is shared most, in parts as small as needed; what is open then, and the price of the mixture."""
        most = min(self._most, price + max(LEAST_JUMP, JUMP * abs(price), HASTE * (self._most - self._least)))
        while True:
            chosen = self._most_shared(narrow)
            kept = narrow.keeping(chosen)
            after = self._columns.around(kept, pool, NEARER, STEPS)
            if after <= most or not self._patience or time.monotonic() > self._hurry:
                self._at_once = min(AT_ONCE, self._at_once * LARGER)
                return kept, after
            self._patience -= 1
            if len(chosen) == 1:
                break
            self._at_once /= SMALLER
            self._columns.mix(narrow)
        self._columns.mix(narrow)
        other = narrow.without(chosen[0])
        dearer = self._columns.around(other, pool, NEARER, STEPS)
        if dearer < after:
            return other, dearer
        self._columns.mix(kept)
        return kept, after

    def _most_shared(self, narrow: Narrow) -> list[Cell]:
        """The cells to keep next: of those that are undecided some that most of the mixture has."""
        workers, days = np.nonzero(narrow.undecided)
        shares = self._columns.shares()[workers, days]
        if self._dives % 2 == 0:
            best = np.array(self._known.plan[0])[workers, days]
            shares[np.arange(len(best)), best] += GUIDED
        shifts, taken = shares.argmax(1), shares.max(1)
        whim = WHIM * self._chance.random() if self._dives > 1 else 0.0
        chances = np.array([self._chance.random() for _cell in taken])
        order = np.argsort(whim * chances - taken, kind="stable")[: max(1, int(len(taken) * self._at_once))]
        free = narrow.prices.shape[2] - 1
        return [
            (int(workers[at]), int(days[at]), FREE if shifts[at] == free else int(shifts[at]))
            for place, at in enumerate(order)
            if not place or taken[at] > SHARED
        ]

    def _finish(self, narrow: Narrow) -> bool:
        """Plan the rest exactly; whether all that is in it is known then."""
        model = build(narrow.applied(self._problem))
        cap(model, self._known.plan[1] - 1)
        seconds = max(0.01, self._columns.until - time.monotonic())
        work = MOST_WORK * min(MOST_TIMES, 1 + self._vain / PATIENT_DIVES)
        limits = f"max_deterministic_time:{work} max_time_in_seconds:{seconds}"
        self._running = Run(model, f"{SINGLE} random_seed:{self._seed} {limits}", on_cells=None, on_bound=None)
        result = None if self._columns.is_over else self._running.solve()
        if result is None:
            raise EndedError
        if result.cells is not None:
            self._known.offer(result.cells)
        self._untried = LESS * narrow.choices
        if not result.is_final:
            self._few *= SMALLER_REST
        elif result.work < LITTLE * work:
            self._few *= LARGER_REST
        return result.is_final


class Diving:
    """One dive in threads of its own."""

    def __init__(self, dives: Dives, threads: int) -> None:
        self._dives = dives
        self._pool = ThreadPoolExecutor(threads)
        self._own = ThreadPoolExecutor(1)
        self._work_done: Future[None] = self._own.submit(self._work)

    @property
    def is_busy(self) -> bool:
        """Whether it still dives."""
        return not self._work_done.done()

    def end(self) -> None:
        """Stop and wait for the end; raises what went wrong in it."""
        if self.is_busy:
            self._dives.stop()
        self._own.shutdown()
        self._pool.shutdown(cancel_futures=True)
        self._work_done.result()

    def _work(self) -> None:
        try:
            self._dives.dive(self._pool)
        except EndedError:
            return
