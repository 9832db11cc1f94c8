"""What is known while a search runs: the best plan, below what price there is none, whether there is any at all."""

import threading
import time
from collections.abc import Callable

from app.services.duty.roster.check import breaches
from app.services.duty.roster.engine import Result
from app.services.duty.roster.outcome import NO_BOUND, Found, OnPlan
from app.services.duty.roster.price import cost
from app.services.duty.roster.problem import Cells, Problem

Plan = tuple[Cells, int]


class Known:
    """Any thread may add to it; `tell` hears of each better plan at once, in the thread that found it."""

    def __init__(self, problem: Problem, tell: OnPlan) -> None:
        self._problem = problem
        self._tell = tell
        self._lock = threading.Lock()
        self._hear: Callable[[Cells], None] | None = None
        self._began = time.monotonic()
        self.best: Plan | None = None
        self.bound = NO_BOUND
        self.first_seconds: float | None = None
        self.has_none = False  # that there is no plan is proven

    @property
    def plan(self) -> Plan:
        """The best plan, for those who begin with one."""
        with self._lock:
            assert self.best is not None  # noqa: S101 (they are not begun before)
            return self.best

    @property
    def is_proven(self) -> bool:
        """Whether no plan is better than the best."""
        return self.best is not None and self.bound >= self.best[1]

    @property
    def seconds(self) -> float:
        """Since the search began."""
        return time.monotonic() - self._began

    def hear(self, hear: Callable[[Cells], None]) -> None:
        """Let somebody know of the best plan and of each better one from now on."""
        with self._lock:
            self._hear = hear
            if self.best is not None:
                hear(self.best[0])

    def offer(self, cells: Cells) -> None:
        """Take a valid plan that costs no more than the best; plans of one price take turns.

        It costs what its cells do: a solver may hold the ends of turns further apart than they are, or reckon with
        fractions.
        """
        objective = cost(self._problem, cells).total
        with self._lock:
            if self.best is not None and objective > self.best[1]:
                return
            is_better = self.best is None or objective < self.best[1]
            self.best = cells, objective
            if not is_better:
                return
            if self._hear is not None:
                self._hear(cells)
            if self.first_seconds is None:
                self.first_seconds = self.seconds
            self._tell(Found(cells, objective, self.bound, self.seconds))

    def offer_checked(self, cells: Cells) -> bool:
        """Take what was reckoned with fractions only where it holds in whole numbers; returns whether it does."""
        holds = not breaches(self._problem, cells)
        if holds:
            self.offer(cells)
        return holds

    def raise_bound(self, bound: int) -> None:
        """No plan costs less than this."""
        with self._lock:
            self.bound = max(self.bound, bound)

    def raise_bound_of_better(self, bound: int) -> None:
        """No plan that is better than the best costs less than this."""
        best = self.best
        self.raise_bound(bound if best is None else min(bound, best[1]))

    def note_better(self, result: Result) -> None:
        """Take in how a run ended that looked for nothing but what is better than the best plan."""
        if result.cells is not None:
            self.offer_checked(result.cells)
        has_none = result.is_final and result.cells is None
        self.raise_bound_of_better(self.plan[1] if has_none else result.bound)

    def note(self, result: Result) -> None:
        """Take in how a run over the whole problem ended."""
        if result.cells is not None:
            self.offer(result.cells)
        elif result.is_final:
            self.rule_out()
            return
        self.raise_bound(result.objective if result.is_final else result.bound)

    def note_first(self, result: Result) -> None:
        """A run that ends with any plan has proven nothing; that there is none is a proof."""
        if result.is_final and result.cells is None:
            self.rule_out()

    def rule_out(self) -> None:
        """There is no plan; a plan that is known is a better proof."""
        self.has_none = self.best is None
