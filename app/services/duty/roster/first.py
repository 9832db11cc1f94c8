"""A first plan of a large roster: worker by worker, each the best as things are."""

import random
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from app.services.duty.roster.check import breaches
from app.services.duty.roster.demand import cell_worth, demands
from app.services.duty.roster.paths import SCALE, Row
from app.services.duty.roster.pricing import Pricing, own_prices
from app.services.duty.roster.problem import FREE, Cells, Problem


def first_plan(problem: Problem, seed: int, ended: Callable[[], bool]) -> Cells | None:
    """The plan; None where it is not sure to be one, or nobody waits for it any more."""
    if any(cover.least for cover in problem.covers):
        return None  # the first worker alone would never be enough
    asked, own, pricing = demands(problem), own_prices(problem), Pricing(problem, seed)
    order = list(range(len(problem.workers)))
    random.Random(seed).shuffle(order)  # noqa: S311 (not for secrets)
    counts = [0] * len(asked)
    rows: list[Row] = [(FREE,) * problem.days for _worker in order]
    with ThreadPoolExecutor(1) as pool:
        for worker in order:
            if ended():
                return None
            one_more = [
                demand.under if count < demand.wanted else -demand.over
                for demand, count in zip(asked, counts, strict=True)
            ]
            prices = own - cell_worth(problem, asked, [value * SCALE for value in one_more])
            row, _price = pricing.cheapest(prices, [worker], pool)[worker]
            if row is None:
                return None
            rows[worker] = row
            for index, demand in enumerate(asked):
                counts[index] += demand.holds(worker) and row[demand.day] in demand.shifts
    cells = tuple(rows)
    return None if breaches(problem, cells) else cells
