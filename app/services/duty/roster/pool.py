"""All rows that can be in a roster of a certain price: where that is near the best mixture's, they can be written down.

A row can be in it where the best mixture's bound and what the row is dearer than the cheapest of its worker are no more
than that price (Baldacci, Christofides and Mingozzi, 2008).
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.contract import contract
from app.services.duty.roster.paths import Prices, Row, unwatched
from app.services.duty.roster.problem import Problem
from app.services.duty.roster.within import Within

SMALL = np.iinfo(np.int32).max

Places = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Pool:
    """Rows in the order of their workers."""

    workers: Places  # of each row
    rows: NDArray[np.int16]  # [row, day]
    prices: Prices  # what each row costs its worker, in parts
    cells: Places  # where each day's cell stands in a table of all workers' cells: [row, day]

    def __len__(self) -> int:
        return len(self.workers)

    def row(self, place: int) -> Row:
        """One row."""
        return tuple(self.rows[place].tolist())

    def less_worth(self, worth: Prices, places: Places) -> Prices:
        """What some rows cost less what their cells are worth: `worth[worker, day, shift]`, of a free day last."""
        is_small = np.abs(worth).max(initial=0) <= SMALL  # then half as many bytes are looked up
        table: Prices | Places = worth.astype(np.int32) if is_small else worth
        left: Prices = self.prices[places] - table.ravel()[self.cells[places]].sum(1, dtype=np.int64)
        return left


def pool(
    problem: Problem, prices: Prices, worth: Prices, dearer: int, most: int, look: Callable[[], None] = unwatched
) -> Pool | None:
    """The rows that are dearer than their worker's cheapest by no more than this, in parts; None where they are more.

    `prices` are the cells' own, `FAR` where a cell is not open. Workers' contracts are known.
    `look` is called often, and what it raises is raised.
    """
    found: list[NDArray[np.int16]] = []
    for worker, less in enumerate(prices - worth):
        of = contract(problem, worker, all_limits=True)
        rows = None if of is None else Within(of, less, look).rows(dearer, most - sum(map(len, found)))
        if rows is None:
            return None
        found.append(rows)
    rows = np.concatenate(found)
    workers = np.repeat(np.arange(len(found), dtype=np.int32), [len(one) for one in found])
    _workers, days, shifts = prices.shape
    own = prices[workers[:, None], np.arange(days), rows].sum(1)
    cells = (workers[:, None] * days + np.arange(days)) * shifts + rows % shifts
    return Pool(workers, rows, own, cells.astype(np.int32))
