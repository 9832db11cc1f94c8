"""The best roster of rows that are written down, held against all plans of tiny problems and against the planner."""

import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster import tree as trees
from app.services.duty.roster.check import breaches
from app.services.duty.roster.columns import EXACT, FIRST_STEPS, Columns, Root
from app.services.duty.roster.known import Known
from app.services.duty.roster.outcome import Status, nobody
from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.pool import pool
from app.services.duty.roster.price import cost
from app.services.duty.roster.pricing import EndedError
from app.services.duty.roster.problem import Cells, Problem, Tally
from app.services.duty.roster.process import Planner
from app.services.duty.roster.tree import Tree
from tests.services.duty.roster.making import all_plans, hard_rows_problem, rows_problem
from tests.services.duty.roster.test_plan import PROPERTY

MANY = 10**6
NOTHING_KNOWN = 2**60


def root_of(problem: Problem) -> Root:
    """The best mixture of all rows."""
    columns = Columns(problem, 1, Known(problem, nobody))
    with ThreadPoolExecutor(1) as threads:
        columns.around(columns.everything, threads, EXACT, FIRST_STEPS)
    return columns.root


def _tree(problem: Problem, most: int) -> Tree:
    root = root_of(problem)
    rows = pool(problem, root.prices, root.worth, most * SCALE - root.bound, MANY)
    assert rows is not None
    return Tree(problem, rows, root.worth, most, lambda: None)


@PROPERTY
@given(seed=st.integers(0, 10**6), more=st.integers(-2, 12))
def test_the_best_plan_is_found_where_it_costs_no_more(seed: int, more: int) -> None:
    problem = rows_problem(random.Random(seed))
    prices = sorted(cost(problem, cells).total for cells in all_plans(problem))
    if not prices:
        return
    most = prices[0] + more
    if root_of(problem).bound > most * SCALE:
        assert more < 0
        return
    found: list[Cells] = []

    def hear(cells: Cells) -> bool:
        found.append(cells)
        return not breaches(problem, cells)

    tree = _tree(problem, most)
    assert tree.search(hear, lambda: NOTHING_KNOWN)
    told = [cost(problem, cells).total for cells in found]
    if more < 0:
        assert (tree.best, told, tree.most) == (None, [], most)
    else:
        assert tree.best == (found[-1], prices[0])
        assert tree.most == prices[0] - 1
        assert told == sorted(set(told), reverse=True)


@PROPERTY
@given(seed=st.integers(0, 10**6), less=st.integers(0, 3))
def test_what_is_known_elsewhere_is_not_looked_for(seed: int, less: int) -> None:
    problem = rows_problem(random.Random(seed))
    prices = sorted(cost(problem, cells).total for cells in all_plans(problem))
    if not prices:
        return
    tree = _tree(problem, prices[0] + 5)
    assert tree.search(lambda _cells: True, lambda: prices[0] + less)
    if less:
        assert tree.best is not None
        assert tree.best[1] == prices[0]
    else:
        assert tree.best is None
    assert tree.most == prices[0] - 1


def _fortnight() -> Problem:
    """Seven who answer for two weeks, with wishes that cannot all be met: its mixtures are no rosters."""
    return hard_rows_problem(7)


def test_it_proves_what_the_planner_proves_otherwise(planner: Planner) -> None:
    problem = _fortnight()
    with_a_tally = replace(problem, tallies=(Tally("none", frozenset(), frozenset({0}), (0, 1), (0, 0), weight=1),))
    proven = planner.plan(with_a_tally, 60.0)  # whose rows are not put together
    assert proven.status == Status.PROVEN
    tree = _tree(problem, proven.objective + 3)
    assert tree.search(lambda cells: not breaches(problem, cells), lambda: NOTHING_KNOWN)
    assert tree.best is not None
    assert tree.best[1] == proven.objective


def test_it_ends_where_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trees, "MOST_KEPT", 0)
    problem = _fortnight()
    tree = _tree(problem, -(-root_of(problem).bound // SCALE))
    assert not tree.search(lambda _cells: True, lambda: NOTHING_KNOWN)


def test_it_ends_when_nobody_waits_any_more() -> None:
    problem = _fortnight()
    root = root_of(problem)
    most = -(-root.bound // SCALE)
    rows = pool(problem, root.prices, root.worth, most * SCALE - root.bound, MANY)
    assert rows is not None
    looks: list[int] = []

    def look() -> None:
        looks.append(1)
        if len(looks) > 1:
            raise EndedError

    with pytest.raises(EndedError):
        Tree(problem, rows, root.worth, most, look).search(lambda _cells: True, lambda: NOTHING_KNOWN)


def test_a_plan_that_breaks_a_rule_is_an_error() -> None:
    problem = rows_problem(random.Random(1))
    most = max(cost(problem, cells).total for cells in all_plans(problem))
    with pytest.raises(ValueError, match=r"."):
        _tree(problem, most).search(lambda _cells: False, lambda: NOTHING_KNOWN)


def test_the_same_comes_out_each_time() -> None:
    problem = _fortnight()
    most = -(-root_of(problem).bound // SCALE) + 4
    plans: list[Cells] = []
    counts: list[int] = []

    def hear(cells: Cells) -> bool:
        plans.append(cells)
        return True

    for _time in range(2):
        tree = _tree(problem, most)
        tree.search(hear, lambda: NOTHING_KNOWN)
        counts.append(len(plans))
    assert counts[0] > 0
    assert plans[: counts[0]] == plans[counts[0] :]
