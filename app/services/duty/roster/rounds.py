"""Large rosters made better piece by piece: a part of the plan is opened and solved alone, again and again.

The pieces are some workers over all days, all workers over some days, or a block of both; their size follows what the
computer can solve in a moment. Each is the whole model with all other cells kept, so that no rule is told twice.
"""

import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor

from app.services.duty.roster.check import breaches
from app.services.duty.roster.engine import SINGLE, Result, Run, cap
from app.services.duty.roster.known import Known
from app.services.duty.roster.model import Piece, build
from app.services.duty.roster.price import cover_prices
from app.services.duty.roster.problem import Cells, Cover, Problem

# The solver's own measure of work (about a fifth of a second): a busy computer takes longer, not smaller pieces.
MOST_WORK, LITTLE_WORK = 0.1, 0.03
PATIENT_ROUNDS, MOST_TIMES = 15, 10  # after so many rounds in vain twice as much work, after more up to so many times
PIECE = f"{SINGLE} cp_model_probing_level:0 symmetry_level:0"
LARGER, SMALLER = 1.05, 0.92
FIRST_SIZES = {"workers": 4.0, "days": 5.0, "block": 4.0}
ANYWHERE = 0.3  # of the pieces are chosen without looking at what is dear
ENOUGH = 400  # rounds in a row that brought nothing


class Rounds:
    """Several threads that each take the best plan so far, open a part of it, and offer what came out."""

    def __init__(self, problem: Problem, seed: int, known: Known) -> None:
        self._problem = problem
        self._seed = seed
        self._known = known
        self._sizes = dict(FIRST_SIZES)
        self._stopped = threading.Event()
        self._vain = 0
        self._lock = threading.Lock()
        self._working: list[Future[None]] = []
        self._runs: dict[int, Run] = {}

    def begin(self, threads: int, until: float) -> "Rounds":
        """Work until the moment (of time.monotonic), until ended, or until many rounds have brought nothing.

        Begun again after its end it goes on with pieces as large as they have become.
        """
        self._seed += 1
        self._vain = 0
        self._stopped.clear()
        self._pool = ThreadPoolExecutor(threads)
        self._working = [self._pool.submit(self._work, index, until) for index in range(threads)]
        return self

    @property
    def is_busy(self) -> bool:
        """Whether any thread still works."""
        return any(not one.done() for one in self._working)

    def end(self) -> None:
        """Stop what is running and wait for its end; raises what went wrong in it."""
        self._stopped.set()
        with self._lock:
            for run in self._runs.values():
                run.stop()
        self._pool.shutdown()
        for one in self._working:
            one.result()

    def _work(self, index: int, until: float) -> None:
        chance = random.Random(self._seed * 1000 + index)  # noqa: S311 (not for secrets)
        while not self._stopped.is_set() and self._vain < ENOUGH:
            left = until - time.monotonic()
            if left <= 0:
                return
            kind = chance.choice(list(FIRST_SIZES))
            cells, price = self._known.plan
            piece = _piece(self._problem, cells, kind, self._sizes[kind], chance)
            times = min(MOST_TIMES, 1 + self._vain / PATIENT_ROUNDS)
            run = _run(self._problem, piece, chance.randrange(10**6), price, left, MOST_WORK * times)
            with self._lock:
                self._runs[index] = run
            result = None if self._stopped.is_set() else run.solve()
            if result is not None:
                self._learn(kind, result, price, times)
                self._bring(piece, result, price)

    def _learn(self, kind: str, result: Result, price: int, times: float) -> None:
        with self._lock:
            if result.work < LITTLE_WORK * times:
                self._sizes[kind] *= LARGER
            elif result.work > MOST_WORK * times * 0.8:
                self._sizes[kind] *= SMALLER
            self._vain = 0 if result.cells is not None and result.objective < price else self._vain + 1

    def _bring(self, piece: Piece, result: Result, price: int) -> None:
        """Offer what came out; where others were faster, the piece within their plan, if it still fits."""
        if result.cells is None:
            return
        now, now_price = self._known.plan
        if result.objective <= now_price or result.objective == price:
            self._known.offer(result.cells)
            return
        both = tuple(
            tuple(result.cells[worker][day] if piece.is_open(worker, day) else shift for day, shift in enumerate(row))
            for worker, row in enumerate(now)
        )
        if not breaches(self._problem, both):
            self._known.offer(both)


def _run(problem: Problem, piece: Piece, seed: int, most: int | None, seconds: float, work: float) -> Run:
    """A run over what is open; `most` itself is good enough, so that plans of one price take turns."""
    model = build(problem, piece=piece)
    if most is not None:
        cap(model, most)
    limits = f"max_time_in_seconds:{seconds} max_deterministic_time:{work}"
    return Run(model, f"{PIECE} random_seed:{seed} {limits}", on_cells=None, on_bound=None)


def _piece(problem: Problem, cells: Cells, kind: str, size: float, chance: random.Random) -> Piece:
    """A piece around a day on which people are missing or too many, and around those who could work then."""
    workers, days = len(problem.workers), problem.days
    cover = _focus(problem, cells, chance)
    day = chance.randrange(days) if cover is None else cover.day
    if kind == "days":
        return Piece(cells, frozenset(range(workers)), _around(day, min(days, max(2, round(size))), days, chance))
    many = min(workers, max(2, round(size if kind == "workers" else size * 2)))
    able = [worker for worker in range(workers) if cover is None or problem.workers[worker].shifts & cover.shifts]
    chosen = set(chance.sample(able, min(len(able), many // 2)))
    chosen.update(chance.sample(range(workers), many - len(chosen)))
    length = days if kind == "workers" else max(1, days // 2)
    return Piece(cells, frozenset(chosen), _around(day, length, days, chance))


def _focus(problem: Problem, cells: Cells, chance: random.Random) -> Cover | None:
    """A cover with a price, as dearer ones more often; sometimes none, so that everything gets its turn."""
    if chance.random() < ANYWHERE:
        return None
    prices = cover_prices(problem, cells)
    return chance.choices(problem.covers, prices)[0] if any(prices) else None


def _around(day: int, length: int, days: int, chance: random.Random) -> range:
    first = day - chance.randrange(length)
    return range(max(0, first), min(days, first + length)) if length < days else range(days)
