"""The best mixture of whole rows of all workers, and rows made as long as they make it cheaper (column generation).

Its price is nearly that of the best roster, and a bound that no roster is below.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from highspy import HighsBasis

from app.services.duty.roster.demand import cell_worth
from app.services.duty.roster.guess import first_worth
from app.services.duty.roster.known import Known
from app.services.duty.roster.master import DUAL, PRIMAL, Master, Shares, Worth
from app.services.duty.roster.narrow import Narrow
from app.services.duty.roster.outcome import NO_BOUND, never
from app.services.duty.roster.paths import SCALE, Prices, Row
from app.services.duty.roster.pricing import Pricing, own_prices
from app.services.duty.roster.problem import Cells, Problem

EXACT, FIRST_STEPS = 0.0, 500  # how near price and bound are to lie, and in which steps at most
SMOOTH = 0.7  # share of the best worth so far: worths alone leap to and fro
NEARLY = 0.01  # of the bound: where the best plan is so much above it, hardly a cell can be closed
WORTH_WHILE = 0.98  # of the choices, at most, are left, and closing once more may close others
ROWS = 2  # of each worker that are made at once
ROUGH = 0.05  # of the price: while the bound is further below it, rows that are nearly the cheapest will do
RECENT = 40  # plans whose rows are mixed


def fits(problem: Problem) -> bool:
    """Whether rosters of this problem can be put together of rows: shares would bind the rows of all together."""
    return not problem.tallies


@dataclass(frozen=True, slots=True)
class Root:
    """The best mixture of everything that is open."""

    prices: Prices  # of the cells
    worth: Prices  # of the cells to the mixture
    bound: int  # in parts: no roster of what is open costs less
    is_exact: bool = True  # False: there was no time to come to the same one each time


class Columns:
    """The rows that are known; all else is asked for within what is open (`Narrow`)."""

    def __init__(self, problem: Problem, seed: int, known: Known, ended: Callable[[], bool] = never) -> None:
        """`ended` is asked now and then; whatever is asked for ends with an EndedError then."""
        self.everything = Narrow(own_prices(problem))
        self.until = float("inf")  # a moment of time.monotonic
        self._problem = problem
        self._known = known
        self._master = Master(problem)
        self._pricing = Pricing(problem, seed, lambda: self.is_over)
        self._worth: Worth = (0.0,) * len(self._master.demands)
        self._plans = deque[Cells](maxlen=RECENT)
        self._surest: tuple[int, Worth] = NO_BOUND * SCALE, self._worth  # the highest bound of everything, in parts
        self.is_near = False  # whether the last mixture was as near to its bound as was asked for, or can be
        self.has_root = False  # set when the best mixture of everything has been made: it does not know of plans
        self._ended = ended
        self._marks = WeakKeyDictionary[Narrow, HighsBasis]()  # where the mixture of what is open stood
        self._stopped = threading.Event()

    def note(self, cells: Cells) -> None:
        """Remember a plan, whose rows belong to what can be mixed; any thread may tell."""
        self._plans.append(cells)

    def stop(self) -> None:
        """Let whatever is asked for end soon, with an EndedError."""
        self._stopped.set()

    @property
    def is_over(self) -> bool:
        """Whether nobody waits any more."""
        return self._stopped.is_set() or self._ended() or time.monotonic() >= self.until

    def around(self, narrow: Narrow, pool: ThreadPoolExecutor, near: float, steps: int) -> float:
        """The price of the best mixture of what is open; rows are made until it and the bound lie near each other."""
        while self._plans and self.has_root:
            for worker, row in enumerate(self._plans.popleft()):
                self._add(worker, row)
        self.mix(narrow)
        settled = {worker: row for worker, row in narrow.rows().items() if (worker, row) in self._master.prices}
        free = [worker for worker in range(len(narrow.prices)) if worker not in settled]
        best, centre = self._surest if narrow is self.everything else (NO_BOUND * SCALE, self._worth)
        smooth, roughly, self.is_near = 0.0, True, not free
        if narrow is self.everything and best == NO_BOUND * SCALE:
            centre, smooth = first_worth(self._problem, self._master.demands), 1.0
        for _step in range(steps if free else 0):
            worth = tuple(smooth * one + (1 - smooth) * other for one, other in zip(centre, self._worth, strict=True))
            bound, is_new = self._make(narrow, worth, free, settled, pool, roughly=roughly)
            if bound > best:
                centre, best = worth, bound
            price = self._mixed()
            self.is_near = price - best / SCALE <= near * max(1.0, abs(price)) or not (is_new or smooth or roughly)
            if self.is_near:
                break
            roughly = roughly and is_new and price - best / SCALE > ROUGH * abs(price)
            smooth = SMOOTH if is_new else 0.0
        self._marks[narrow] = self._master.mark()
        if narrow is self.everything:
            self._surest = best, centre
        return self._master.price

    def close(self, pool: ThreadPoolExecutor) -> bool:
        """Close the cells without which nothing better than the best plan is lost; returns whether they are many.

        What the bound says of all rosters, the cheapest row through a cell says of those with that cell.
        """
        root, best = self.root, self._known.plan[1]
        bound = root.bound
        if best * SCALE - bound > NEARLY * abs(bound):
            return False
        prices = root.prices - root.worth
        closed = bound + self._pricing.through(prices, pool) > (best - 1) * SCALE
        before, self.everything = self.everything, self.everything.closing(closed)
        self._marks[self.everything] = self._marks[before]  # nothing that the best mixture takes is closed
        return self.everything.choices < WORTH_WHILE * before.choices

    @property
    def root(self) -> Root:
        """What `around` everything has told."""
        bound, worth = self._surest
        return Root(self.everything.prices, self._worths(self._master.parts(worth)), bound)

    def mix(self, narrow: Narrow) -> None:
        """Mix the known rows that are open."""
        self._master.limit(self._master.allowed(narrow.is_open))
        mark = self._marks.get(narrow)
        if mark is not None:
            self._master.back(mark)
        self._mixed(DUAL if mark is None else PRIMAL)

    def shares(self) -> Shares:
        """How much of the mixture has each cell."""
        return self._master.shares()

    def whole_rows(self) -> Cells | None:
        """The roster that the mixture is, where it takes only one row of each worker."""
        return self._master.whole_rows()

    def _mixed(self, simplex: int = PRIMAL) -> float:
        price = self._master.solve(simplex)
        self._worth = self._master.worth()
        return price

    def _make(
        self,
        narrow: Narrow,
        worth: Worth,
        free: list[int],
        settled: dict[int, Row],
        pool: ThreadPoolExecutor,
        *,
        roughly: bool,
    ) -> tuple[int, bool]:
        """The cheapest row of each who is free; the bound in parts that they tell, and whether any of them is new."""
        parts = self._master.parts(worth)
        made = self._pricing.cheapest(narrow.prices - self._worths(parts), free, pool, rows=ROWS, roughly=roughly)
        bound = self._master.bound(parts, [least for _row, least in made.values()], settled)
        if narrow is self.everything:
            self._known.raise_bound_of_better(-(-bound // SCALE))
        added = [self._add(worker, row) for worker, (rows, _least) in made.items() for row in rows]
        return bound, any(added)

    def _worths(self, parts: list[int]) -> Prices:
        return cell_worth(self._problem, self._master.demands, parts)

    def _add(self, worker: int, row: Row) -> bool:
        return self._master.add(worker, row, self.everything.price(worker, row) // SCALE)
