"""One run over rows that are written down: for one price after the other, until there is a roster of it."""

import threading
from collections.abc import Callable

from app.services.duty.roster.columns import Root
from app.services.duty.roster.demand import UNFILLED
from app.services.duty.roster.engine import OnBound, Result
from app.services.duty.roster.known import Plan
from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.pool import Pool, pool
from app.services.duty.roster.pricing import EndedError
from app.services.duty.roster.problem import Cells, Problem
from app.services.duty.roster.tree import Tree

MOST_ROWS = 400_000
NO_PRICE = 2**60
FEW = MOST_ROWS // 10  # the last price had fewer rows than that, and several prices more are looked at in one


class PoolRun:
    """Solves once; `stop()` may be called by any thread at any time. `brought` is asked now and then."""

    def __init__(
        self,
        problem: Problem,
        root: Callable[[], Root],
        *,
        on_cells: Callable[[Cells], bool],
        on_bound: OnBound,
        brought: Callable[[], Plan | None],
    ) -> None:
        """`root` makes the best mixture, or raises EndedError when nobody waits any more."""
        self._problem = problem
        self._root = root
        self._on_cells = on_cells
        self._on_bound = on_bound
        self._brought = brought
        self._stopped = threading.Event()
        self.is_alone = True  # whether nothing was brought

    def stop(self) -> None:
        """End the run soon."""
        self._stopped.set()

    def solve(self) -> Result | None:
        """Run until the best roster is found, or there are too many rows; None where it was stopped before."""
        try:
            return self._solve()
        except EndedError:
            return None

    def _solve(self) -> Result:
        root = self._root()
        bound, more = -(-root.bound // SCALE), 0
        while True:
            self._on_bound(bound)
            if not root.is_exact:
                return _unfinished(bound)  # as many rows as that leaves open nobody can look through
            if self._brought_price() <= bound:
                return _unfinished(bound)  # it is the best, and known elsewhere
            rows, more = self._rows(root, bound, more)
            if rows is None:
                return _unfinished(bound)
            tree = Tree(self._problem, rows, root.worth, bound + more, self._look)
            if not tree.search(self._on_cells, self._brought_price):
                return _unfinished(bound)
            bound, more = tree.most + 1, 2 * more + 1 if len(rows) < FEW else 0
            if tree.best is not None and tree.best[1] == bound:
                return Result(*tree.best, bound, is_final=True, work=0.0)

    def _rows(self, root: Root, bound: int, more: int) -> tuple[Pool | None, int]:
        """All rows for prices from the bound to so much more, or fewer prices where those are too many."""
        while True:
            self._look()
            most = bound + more
            most = max(bound, min(most, self._brought_price() - 1))
            rows = None
            if most < UNFILLED:
                rows = pool(self._problem, root.prices, root.worth, most * SCALE - root.bound, MOST_ROWS, self._look)
            if rows is not None or not more:
                return rows, most - bound
            more //= 2

    def _brought_price(self) -> int:
        """What the best plan costs that is known elsewhere."""
        best = self._brought()
        if best is None:
            return NO_PRICE
        self.is_alone = False
        return best[1]

    def _look(self) -> None:
        if self._stopped.is_set():
            raise EndedError


def _unfinished(bound: int) -> Result:
    return Result(None, 0, bound, is_final=False, work=0.0)
