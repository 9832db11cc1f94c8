"""Rosters put together of whole rows: what the best mixture of rows takes most is kept, worker by worker.

First rows are made until the mixture is nearly as cheap as any (column generation); its price is a bound. Then follow
dives: the rows that are taken most are kept, the rest is made anew around them; a step after which all would get much
dearer is taken back. At the end the known rows are chosen from once more. For rosters without shares: those would bind
the rows of all together.
"""

import os
import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field

from app.services.duty.roster.engine import LEAST_WORKERS, SINGLE, Run
from app.services.duty.roster.known import Known
from app.services.duty.roster.master import Master, Worth
from app.services.duty.roster.model import Piece, build
from app.services.duty.roster.problem import FREE, Cells, Problem
from app.services.duty.roster.rows import SCALE, Row, Rows

NEAR, NEARER = 0.002, 0.0005  # how far bound and price may lie apart at first, and within a dive
SMOOTH = 0.4  # share of the best worth so far: worths alone leap to and fro
FIRST_WORTH = 0.3  # of what a missing worker costs, before anything is known
STEPS = 6  # in which the rows around kept ones are made anew
KEPT_AT_ONCE, KEPT_LATER = 5, 2.0  # a fifth of the workers at once; where that was too dear, half as many
JUMP, LEAST_JUMP = 0.001, 1.0  # so much dearer, and a step is taken back
TRIES = 3  # then it has to be
WHIM = 0.3  # how much chance there is in each dive after the first
LAST_WORKERS = 4  # are planned exactly
EXACT_SECONDS, CHOICE_SECONDS = 5.0, 6.0
DIVE_SHARE = 0.6  # of the time that is left, then what is taken most is kept at once
RECENT = 40  # plans whose rows are chosen from


class EndedError(Exception):
    """The time is up, or nobody wants to know any more."""


def fits(problem: Problem) -> bool:
    """Whether rosters of this problem can be put together of rows."""
    return not problem.tallies


@dataclass(slots=True)
class _Dive:
    """The rows that are kept, and those that this dive does without."""

    kept: dict[int, Row] = field(default_factory=dict)
    without: set[tuple[int, Row]] = field(default_factory=set)

    def allows(self, worker: int, row: Row) -> bool:
        return self.kept.get(worker, row) == row and (worker, row) not in self.without


class Columns:
    """The rows of all workers and what was found out about them; `dive` may be called again and again."""

    def __init__(self, problem: Problem, seed: int, known: Known) -> None:
        self._problem = problem
        self._seed = seed
        self._known = known
        self._chance = random.Random(seed)  # noqa: S311 (not for secrets)
        self._master = Master(problem)
        self._rows = [Rows(problem, worker, seed) for worker in range(len(problem.workers))]
        self._worth: Worth = tuple(FIRST_WORTH * min(demand.under, 1_000) for demand in self._master.demands)
        self._plans: list[Cells] = []
        self._dives = 0
        self._until = 0.0
        self._stopped = threading.Event()
        self._running: Run | None = None
        self._price = 0.0

    def note(self, cells: Cells) -> None:
        """Remember a plan, whose rows belong to what can be chosen."""
        self._plans = [*self._plans[1 - RECENT :], cells]

    def begin(self, threads: int, until: float) -> "Diving":
        """Dive once in the background, until the moment (of time.monotonic) at most."""
        self._until = until
        return Diving(self, threads)

    def stop(self) -> None:
        """End soon."""
        self._stopped.set()
        running = self._running
        if running is not None:
            running.stop()

    def dive(self, pool: ThreadPoolExecutor) -> None:
        """Make rows until the mixture is good, dive, and choose from all that is known."""
        for cells in self._plans:
            for worker, row in enumerate(cells):
                self._master.add(worker, row, self._rows[worker].price(row))
        if not self._dives:
            self._price = self._generate(_Dive(), pool, NEAR, None)
        self._dives += 1
        kept = self._keep_most(pool)
        if kept is not None:
            self._finish(kept)
        self._choose()

    def _generate(
        self,
        dive: _Dive,
        pool: ThreadPoolExecutor,
        near: float,
        steps: int | None,
    ) -> float:
        """Make rows until price and bound lie near each other; returns the price of the mixture."""
        master, free = self._master, [one for one in self._rows if one.worker not in dive.kept]
        centre, best, smooth = self._worth, float("-inf"), 0.0
        price, step = 0.0, 0
        while steps is None or step < steps:
            step += 1
            worth = tuple(smooth * one + (1 - smooth) * other for one, other in zip(centre, self._worth, strict=True))
            parts = master.parts(worth)
            made = list(pool.map(lambda one, of=parts: self._cheapest(one, of), free))
            bound = master.bound(parts, [least for _row, least in made], dive.kept)
            if not dive.kept:
                self._known.raise_bound(-(-bound // SCALE))
            if bound > best:
                centre, best = worth, bound
            new = [one.worker for one, (row, _least) in zip(free, made, strict=True) if self._add(one, row)]
            price = master.solve()
            self._worth = master.worth()
            if price - best / SCALE < near * max(1.0, abs(price)) or (not new and not smooth):
                break
            smooth = SMOOTH if new else 0.0
        return price

    def _cheapest(self, one: Rows, parts: list[int]) -> tuple[Row | None, int]:
        if self._is_over:
            raise EndedError
        return one.cheapest(self._master.cell_prices(parts, one.worker))

    def _add(self, one: Rows, row: Row | None) -> bool:
        return row is not None and self._master.add(one.worker, row, one.price(row))

    @property
    def _is_over(self) -> bool:
        return self._stopped.is_set() or time.monotonic() >= self._until

    def _keep_most(self, pool: ThreadPoolExecutor) -> dict[int, Row] | None:
        """Keep rows until few workers are left; None where it cannot become better than what there is."""
        dive = _Dive()
        at_once, tries = float(KEPT_AT_ONCE), 0
        price, hurry = self._again(dive), time.monotonic() + DIVE_SHARE * (self._until - time.monotonic())
        while len(dive.kept) < len(self._rows) - LAST_WORKERS:
            late = time.monotonic() > hurry
            chosen = self._most_taken(dive, 1.0 if late else at_once)
            dive.kept |= chosen
            self._again(dive)
            if late:
                break
            after = self._generate(dive, pool, NEARER, STEPS)
            if after > price + max(LEAST_JUMP, JUMP * abs(price)) and tries < TRIES:
                tries += 1
                for worker in chosen:
                    del dive.kept[worker]
                if len(chosen) > 1:
                    at_once *= KEPT_LATER
                else:
                    dive.without |= set(chosen.items())
                self._again(dive)
                continue
            price, tries = max(price, after), 0
            if after > self._known.plan[1] - 1:
                return None
        return dive.kept

    def _again(self, dive: _Dive) -> float:
        self._master.limit(dive.allows)
        price = self._master.solve()
        self._worth = self._master.worth()
        return price

    def _most_taken(self, dive: _Dive, at_once: float) -> dict[int, Row]:
        """Rows to keep next: those that are taken whole, and a share of those that are taken most."""
        taken = [
            (share * (1 + (WHIM * self._chance.random() if self._dives > 1 else 0)), share, worker, row)
            for worker, (share, row) in self._master.most_taken().items()
            if worker not in dive.kept
        ]
        taken.sort(key=lambda one: one[0], reverse=True)
        few = max(1, int(len(taken) / at_once))
        chosen = [one for place, one in enumerate(taken) if place < few or one[1] > 0.999]
        left = len(self._rows) - LAST_WORKERS - len(dive.kept)
        return {worker: row for _whim, _share, worker, row in chosen[: max(1, left)]}

    def _finish(self, kept: dict[int, Row]) -> None:
        """Plan those who are left exactly around the kept rows."""
        days = self._problem.days
        cells = tuple(kept.get(worker, (FREE,) * days) for worker in range(len(self._rows)))
        piece = Piece(cells, frozenset(range(len(self._rows))) - kept.keys(), range(days))
        model = build(self._problem, piece=piece)
        self._solve(Run(model, f"{SINGLE} {self._limits(EXACT_SECONDS)}", on_cells=None, on_bound=None))

    def _choose(self) -> None:
        best, _price = self._known.plan
        self.note(best)
        choice = self._master.recombined(self._plans, lambda worker, row: self._rows[worker].price(row))
        choice.hint(best)
        workers = max(LEAST_WORKERS, os.cpu_count() or 1)
        parameters = f"num_workers:{workers} linearization_level:2 {self._limits(CHOICE_SECONDS)}"
        self._solve(Run(choice, parameters, on_cells=None, on_bound=None))

    def _limits(self, seconds: float) -> str:
        left = max(0.01, min(seconds, self._until - time.monotonic()))
        return f"max_time_in_seconds:{left} random_seed:{self._seed}"

    def _solve(self, run: Run) -> None:
        self._running = run
        result = None if self._is_over else run.solve()
        if result is not None and result.cells is not None:
            self.note(result.cells)
            self._known.offer(result.cells)


class Diving:
    """One dive in threads of its own."""

    def __init__(self, columns: Columns, threads: int) -> None:
        self._columns = columns
        self._pool = ThreadPoolExecutor(threads)
        self._own = ThreadPoolExecutor(1)
        self._work_done: Future[None] = self._own.submit(self._work)

    @property
    def is_busy(self) -> bool:
        """Whether it still dives."""
        return not self._work_done.done()

    def end(self) -> None:
        """Stop and wait for the end; raises what went wrong."""
        if self.is_busy:
            self._columns.stop()
        self._own.shutdown()
        self._pool.shutdown(cancel_futures=True)
        self._work_done.result()

    def _work(self) -> None:
        try:
            self._columns.dive(self._pool)
        except EndedError:
            return
