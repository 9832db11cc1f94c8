"""The best roster of rows that are all written down: mixtures, and one question more where a mixture is no roster.

A question is about a cell (somebody has that shift or has not) or about how many are missing or too many for a demand:
the one whose two answers seem to make the mixture dearest (branch and bound with strong branching; Achterberg, Koch and
Martin, 2005). All that a proof rests on is reckoned in whole parts.
"""

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.services.duty.roster.demand import cell_worth
from app.services.duty.roster.known import Plan
from app.services.duty.roster.master import INFINITE, TINY, Limits, Master, Shares
from app.services.duty.roster.narrow import Cell
from app.services.duty.roster.paths import SCALE, Prices
from app.services.duty.roster.pool import Places, Pool
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import FREE, Cells, Problem

BEGUN = 12  # rows of each worker that the first mixture may take
AT_ONCE = 4  # rows of one worker that come to a mixture at a time
NEAR = 10  # parts: so near to the bound a mixture's price is as good as exact
CANDIDATES = 6  # questions of each kind that are tried
NEVER = 2**60
MOST_KEPT = 100_000_000  # places of rows that wait: more is too much memory


@dataclass(frozen=True, slots=True, order=True)
class _Node:
    """One answer to a question, and the rows that were open before it."""

    bound: int  # in parts, from the question's mixture
    number: int
    places: Places = field(compare=False)
    limits: Limits = field(compare=False)
    cell: Cell | None = field(default=None, compare=False)
    is_kept: bool = field(default=False, compare=False)


class Tree:
    """Looks for the best roster that costs no more than `most`."""

    def __init__(self, problem: Problem, rows: Pool, worth: Prices, most: int, look: Callable[[], None]) -> None:
        """`worth` is what cells are worth to the best mixture; `look` is called often, and what it raises is raised."""
        self.most = most
        self.best: Plan | None = None
        self._problem = problem
        self._rows = rows
        self._look = look
        self._master = Master(problem)
        self._columns: list[int] = []  # their places among the rows
        self._is_column = np.zeros(len(rows), np.bool_)
        self._wanted = np.array([demand.wanted for demand in self._master.demands], np.int64)
        both = [price for demand in self._master.demands for price in (demand.under, demand.over)]
        self._prices = np.array(both, np.int64) * SCALE
        self._everything = np.arange(len(rows), dtype=np.int32)
        self._add(self._everything, rows.less_worth(worth, self._everything), BEGUN)
        self._number = 0
        self._waiting: list[_Node] = []

    def search(self, on_cells: Callable[[Cells], bool], brought: Callable[[], int]) -> bool:
        """Search to the end: nothing costs `most` or less then. False where there is no room for all that waits.

        `brought` tells what the best plan costs that is known elsewhere.
        """
        node: _Node | None = _Node(0, 0, self._everything, {})
        while node is not None and sum(len(one.places) for one in self._waiting) <= MOST_KEPT:
            self._look()
            self.most = min(self.most, brought() - 1)
            left, bound = self._mix(node)
            limits, node = node.limits, None
            if bound <= self.most * SCALE:
                cells = self._master.whole_rows()
                if cells is None:
                    node, other = self._ask(bound, left, limits)
                    heapq.heappush(self._waiting, other)
                elif not self._take(cells, bound, on_cells):
                    return False
            while node is None and self._waiting:
                node = heapq.heappop(self._waiting)
                node = node if node.bound <= self.most * SCALE else None
        return node is None

    def _take(self, cells: Cells, bound: int, on_cells: Callable[[Cells], bool]) -> bool:
        """Take the roster that a mixture is; whether it is sure that the mixture's rows make none that is better."""
        if not on_cells(cells):
            raise ValueError(cells)
        price = cost(self._problem, cells).total
        self.best, self.most = (cells, price), price - 1
        return bound > self.most * SCALE

    def _mix(self, node: _Node) -> tuple[Places, int]:
        """Mix what a node leaves open; which rows can still be in what is looked for, and a bound of all in parts."""
        places = node.places[self._holds(node, node.places)]
        workers = self._rows.workers[places]
        if len(np.unique(workers)) < len(self._problem.workers):
            return places, NEVER
        self._master.limit(self._among(places)[self._columns])
        self._master.hold(node.limits)
        highest = node.bound
        while True:
            self._look()
            price, wages = self._master.solve(), self._master.wages() * SCALE
            worth = self._whole_worth(node.limits)
            less = self._rows.less_worth(cell_worth(self._problem, self._master.demands, worth.tolist()), places)
            least = np.minimum.reduceat(less, np.flatnonzero(np.diff(workers, prepend=-1)))
            bound = int(least.sum()) + self._of_demands(worth, node.limits)
            if bound >= highest:
                highest, near = bound, bound + less - least[workers] <= self.most * SCALE
                places, workers, less = places[near], workers[near], less[near]
            new = (less < wages[workers] - 1) & ~self._is_column[places]
            if highest > self.most * SCALE or price * SCALE - highest <= NEAR or not new.any():
                return places, highest
            self._add(places[new], less[new] - wages[workers[new]], AT_ONCE)

    def _among(self, places: Places) -> NDArray[np.bool_]:
        """For each row whether it is one of these."""
        is_open = np.zeros(len(self._rows), np.bool_)
        is_open[places] = True
        return is_open

    def _whole_worth(self, limits: Limits) -> Prices:
        """In whole parts, what one more is worth to each demand: no more than it can be where it has no limit."""
        worth = np.rint(np.array(self._master.worth()) * SCALE).astype(np.int64)
        least, most = -self._prices[1::2].copy(), self._prices[::2].copy()
        for place, (_low, high) in limits.items():
            if high < INFINITE:
                (least if place % 2 else most)[place // 2] = -NEVER if place % 2 else NEVER
        return self._master.sums.within(np.clip(worth, least, most), most)

    def _of_demands(self, worth: Prices, limits: Limits) -> int:
        """In parts, what the demands alone cost at least."""
        total, saved = int(self._wanted @ worth), self._master.sums.saved(worth)
        for place, (low, high) in limits.items():
            each = int(self._prices[place] + (worth[place // 2] if place % 2 else -saved[place // 2]))
            total += each * int(low if each >= 0 else high)
        return total

    def _ask(self, bound: int, places: Places, limits: Limits) -> tuple[_Node, _Node]:
        """The two answers to the best question: what is kept or fewer first."""
        questions = [*self._of_cells(bound, places, limits), *self._of_amounts(bound, places, limits)]
        columns = np.array(self._columns)
        is_open = self._among(places)[columns]
        answers = [(is_open & self._holds(node, columns), node.limits) for pair in questions for node in pair]
        price = self._master.price
        enough = self.most + 1 - price
        rises = [min(enough, max(TINY, tried - price)) for tried in self._master.trials(answers)]
        return max(zip(rises[::2], rises[1::2], questions, strict=True), key=lambda one: one[0] * one[1])[2]

    def _of_cells(self, bound: int, places: Places, limits: Limits) -> Iterator[tuple[_Node, _Node]]:
        shares = self._master.shares()
        some = np.argwhere((shares > TINY) & (shares < 1 - TINY))
        nearest = np.argsort(np.abs(shares[tuple(some.T)] - 0.5), kind="stable")[:CANDIDATES]
        free = shares.shape[2] - 1
        for worker, day, shift in some[nearest].tolist():
            cell = worker, day, FREE if shift == free else shift
            yield self._node(bound, places, limits, cell, is_kept=True), self._node(bound, places, limits, cell)

    def _of_amounts(self, bound: int, places: Places, limits: Limits) -> Iterator[tuple[_Node, _Node]]:
        amounts = self._master.amounts()
        parts = amounts - np.floor(amounts)
        some = np.flatnonzero((parts > TINY) & (parts < 1 - TINY))
        for place in some[np.argsort(np.abs(parts[some] - 0.5), kind="stable")[:CANDIDATES]].tolist():
            (low, high), whole = limits.get(place, (0.0, INFINITE)), float(np.floor(amounts[place]))
            yield (
                self._node(bound, places, {**limits, place: (low, whole)}),
                self._node(bound, places, {**limits, place: (whole + 1, high)}),
            )

    def _node(
        self, bound: int, places: Places, limits: Limits, cell: Cell | None = None, *, is_kept: bool = False
    ) -> _Node:
        self._number += 1
        return _Node(bound, self._number, places, limits, cell, is_kept)

    def _holds(self, node: _Node, places: Places) -> NDArray[np.bool_]:
        """Which rows go with the node's answer about a cell."""
        if node.cell is None:
            return np.ones(len(places), np.bool_)
        worker, day, shift = node.cell
        own = self._rows.workers[places] == worker
        has = own & (self._rows.rows[places, day] == shift)
        holds: NDArray[np.bool_] = ~own | has if node.is_kept else ~has
        return holds

    def _add(self, places: Places, order: Prices | Shares, most: int) -> None:
        """Let the first rows of each worker be mixed."""
        sorting = np.lexsort((order, self._rows.workers[places]))
        workers = self._rows.workers[places[sorting]]
        rank = np.arange(len(workers)) - np.searchsorted(workers, workers)
        for place in places[sorting[rank < most]].tolist():
            self._master.add(
                int(self._rows.workers[place]), self._rows.row(place), int(self._rows.prices[place]) // SCALE
            )
            self._columns.append(place)
            self._is_column[place] = True
