"""What needs ask for together, held against putting everybody into each of their posts; all solvers against that."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from app.models.people import Post
from app.services.duty.roster.check import breaches, there
from app.services.duty.roster.check_person import person_breaches
from app.services.duty.roster.columns import fits
from app.services.duty.roster.demand import UNFILLED, Sums, cell_worth, demands
from app.services.duty.roster.engine import SINGLE, Run
from app.services.duty.roster.linear import LinearRun
from app.services.duty.roster.master import Master
from app.services.duty.roster.model import Piece, build
from app.services.duty.roster.outcome import Status
from app.services.duty.roster.paths import SCALE
from app.services.duty.roster.pool import pool
from app.services.duty.roster.price import cost, cover_prices
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Rule, Worker
from app.services.duty.roster.process import Planner
from app.services.duty.roster.tree import Tree
from app.services.duty.rules import WORKED, Demand
from app.services.duty.two_posts import Asked, kinds, together
from tests.services.duty.roster.making import SHIFTS, all_plans, any_cells
from tests.services.duty.roster.posts import UNDER, Office, hard_office_of_posts, office_of_posts
from tests.services.duty.roster.test_plan import PROPERTY
from tests.services.duty.roster.test_tree import MANY, NOTHING_KNOWN, root_of

SECONDS = 30.0
ALONE = f"{SINGLE} random_seed:1 max_time_in_seconds:{SECONDS}"


def _offices(seed: int, *, apart: bool) -> Iterator[tuple[Office, Cells]]:
    """A day of an office with each way to work on it."""
    chance = random.Random(seed)
    office = office_of_posts(chance, people=chance.randrange(2, 6), days=1, apart=apart)
    for row in product((FREE, 0, 1), repeat=len(office.posts)):
        yield office, tuple((shift,) for shift in row)


def _is_told_enough(office: Office, cells: Cells) -> bool:
    workers = tuple(replace(one, away=frozenset()) for one in office.problem.workers)
    found = breaches(replace(office.problem, workers=workers), cells)
    return not any(one.rule is Rule.TOO_FEW for one in found)


@PROPERTY
@given(seed=st.integers(0, 10**6), apart=st.booleans())
def test_needs_are_met_where_everybody_can_be_put_into_a_post_that_fills_them(seed: int, apart: bool) -> None:
    for office, cells in _offices(seed, apart=apart):
        assert _is_told_enough(office, cells) == office.is_enough(cells)


@PROPERTY
@given(seed=st.integers(0, 10**6), apart=st.booleans())
def test_one_shortage_costs_once(seed: int, apart: bool) -> None:
    for office, cells in _offices(seed, apart=apart):
        over = sum(one.cover.over * max(0, there(cells, one.cover) - (one.cover.wanted or 0)) for one in office.needs)
        price, exact = sum(cover_prices(office.problem, cells)), UNDER * office.missing(0, cells) + over
        assert price <= exact
        if office.is_apart():
            assert price == exact


def _prices(problem: Problem) -> list[int]:
    return sorted(cost(problem, cells).total for cells in all_plans(problem))


def _steady(problem: Problem) -> LinearRun:
    return LinearRun(
        build(problem), SECONDS, 0, on_cells=lambda _cells: None, on_bound=lambda _bound: None, brought=lambda: None
    )


@PROPERTY
@given(seed=st.integers(0, 10**6), apart=st.booleans())
def test_both_models_plan_what_the_check_and_the_price_say(seed: int, apart: bool) -> None:
    problem = office_of_posts(random.Random(seed), apart=apart).problem
    best = next(iter(_prices(problem)), None)
    for result in (_steady(problem).solve(), Run(build(problem), ALONE, on_cells=None, on_bound=None).solve()):
        assert result is not None
        assert result.is_final
        assert (result.cells is None) == (best is None)
        if result.cells is not None:
            assert breaches(problem, result.cells) == []
            assert result.objective == cost(problem, result.cells).total == best


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_a_piece_costs_what_the_whole_plan_costs(seed: int) -> None:
    chance = random.Random(seed)
    problem = office_of_posts(chance, days=3).problem
    loose = replace(
        problem,
        covers=tuple(replace(cover, least=0) for cover in problem.covers),
        workers=tuple(replace(one, least_minutes=None, longest_run=None, away=frozenset()) for one in problem.workers),
    )
    piece = Piece(any_cells(loose, chance), frozenset({0, 1}), range(1, 3))
    piece = replace(piece, cells=tuple(tuple(min(shift, 1) for shift in row) for row in piece.cells))
    result = Run(build(loose, piece=piece), ALONE, on_cells=None, on_bound=None).solve()
    assert result is not None
    assert result.cells is not None
    assert result.objective == cost(loose, result.cells).total


@PROPERTY
@given(seed=st.integers(0, 10**6), apart=st.booleans())
def test_a_mixture_is_a_bound_and_its_rows_hold_the_best_plan(seed: int, apart: bool) -> None:
    problem = office_of_posts(random.Random(seed), apart=apart).problem
    prices = _prices(problem)
    if not prices or not fits(problem):
        return
    root = root_of(problem)
    assert root.bound <= prices[0] * SCALE
    rows = pool(problem, root.prices, root.worth, (prices[0] + 2) * SCALE - root.bound, MANY)
    assert rows is not None
    tree = Tree(problem, rows, root.worth, prices[0] + 2, lambda: None)
    assert tree.search(lambda cells: not breaches(problem, cells), lambda: NOTHING_KNOWN)
    assert tree.best is not None
    assert tree.best[1] == prices[0]


@PROPERTY
@given(seed=st.integers(0, 10**6), apart=st.booleans())
def test_a_mixture_of_one_plan_costs_what_that_costs(seed: int, apart: bool) -> None:
    problem = office_of_posts(random.Random(seed), apart=apart).problem
    cells = next(all_plans(problem), None)
    if cells is None:
        return
    master = Master(problem)
    for worker, row in enumerate(cells):
        master.add(worker, row, 0)
    assert round(master.solve(), 6) == cost(problem, cells).total
    assert master.whole_rows() == cells


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_the_planner_finds_the_best(planner: Planner, seed: int) -> None:
    problem = office_of_posts(random.Random(seed)).problem
    best = next(iter(_prices(problem)), None)
    outcome = planner.plan(problem, SECONDS)
    if best is None:
        assert outcome.status is Status.INFEASIBLE
    else:
        assert (outcome.status, outcome.objective, outcome.bound) == (Status.PROVEN, best, best)


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_whatever_people_are_worth_no_plan_is_below_the_bound_that_it_tells(seed: int) -> None:
    chance = random.Random(seed)
    problem = office_of_posts(chance, apart=True).problem
    prices = _prices(problem)
    if not prices:
        return
    master = Master(problem)
    parts = master.parts(tuple(chance.uniform(-1.0, 2.0 * UNDER) for _demand in master.demands))
    worth = cell_worth(problem, master.demands, parts)
    rows = list(product((FREE, 0, 1), repeat=problem.days))
    cheapest = [
        min(
            -sum(int(worth[worker, day, shift]) for day, shift in enumerate(row))
            for row in rows
            if not person_breaches(problem, worker, row)
        )
        for worker in range(len(problem.workers))
    ]
    assert master.bound(parts, cheapest, {}) <= prices[0] * SCALE


def test_whoever_answers_two_needs_at_once_counts_twice_in_a_mixture() -> None:
    posts = (frozenset({Post.LISTING}), frozenset({Post.SERVICE, Post.PLANNER}))
    needs = [
        Asked(
            place,
            Demand(str(place), WORKED, (), (post, Post.LISTING), 1, 1),
            Cover(0, frozenset({0}), frozenset({0, 1}), 1),
        )
        for place, post in enumerate((Post.SERVICE, Post.PLANNER))
    ]
    (both,) = together(needs, kinds(posts, lambda _posts: frozenset({0})))
    workers = tuple(Worker(name, frozenset({0})) for name in "AB")
    master = Master(Problem(1, 0, SHIFTS[:1], workers, (*(need.cover for need in needs), both)))
    master.add(0, (0,), 0)
    master.add(1, (FREE,), 0)
    assert master.solve() == 0
    master.add(0, (FREE,), 0)
    master.add(1, (0,), 0)
    master.limit(np.array([False, False, True, True]))
    assert round(master.solve()) == UNFILLED


@PROPERTY
@given(seed=st.integers(0, 10**6))
def test_one_missing_less_is_worth_as_much_as_it_fills_of_a_demand_and_its_sums(seed: int) -> None:
    chance = random.Random(seed)
    of = demands(office_of_posts(chance, apart=True).problem)
    worth, many = (np.array([chance.randrange(9) for _demand in of], np.int64) for _side in range(2))
    filled = [many[place] + sum(many[part] for part in demand.parts) for place, demand in enumerate(of)]
    assert int(Sums(of).saved(worth) @ many) == int(worth @ np.array(filled))


def test_questions_about_how_many_are_missing_lead_to_the_best_plan() -> None:
    problem = hard_office_of_posts(7)
    proven = _steady(problem).solve()
    assert proven is not None
    assert proven.is_final
    root, most = root_of(problem), proven.objective + 2
    rows = pool(problem, root.prices, root.worth, most * SCALE - root.bound, MANY)
    assert rows is not None
    tree = Tree(problem, rows, root.worth, most, lambda: None)
    assert tree.search(lambda cells: not breaches(problem, cells), lambda: NOTHING_KNOWN)
    assert tree.best is not None
    assert tree.best[1] == proven.objective == cost(problem, tree.best[0]).total
