"""Limits of single shifts kept by tolls: rows keep the limits, bounds hold, and the next time one look is enough."""

import numpy as np
import pytest

from app.services.duty.roster import contract as contracts
from app.services.duty.roster.contract import Contract, contract
from app.services.duty.roster.paths import FAR, Paths, Prices, unwatched
from app.services.duty.roster.pricing import own_prices
from app.services.duty.roster.problem import Problem, Shift, Worker
from app.services.duty.roster.tolls import Tolls


def _problem() -> Problem:
    shifts = (Shift("E", 360, 840, 480), Shift("L", 800, 1280, 480))
    return Problem(14, 0, shifts, (Worker("W", frozenset({0, 1}), most_of={0: 5}),))


def _without_limits(problem: Problem, monkeypatch: pytest.MonkeyPatch) -> Contract:
    monkeypatch.setattr(contracts, "MANY_STATES", 0)
    of = contract(problem, 0, all_limits=False)
    assert of is not None
    assert of.limited == ()
    return of


def _prices(problem: Problem) -> Prices:
    prices = own_prices(problem)
    prices[:, :, 0] -= 5_000 + 100 * np.arange(14)
    prices[:, :, 1] -= 1_000
    return prices


def test_they_rise_until_the_limit_is_kept_and_are_there_the_next_time(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = _problem()
    of, prices, tolls = _without_limits(problem, monkeypatch), _prices(problem), Tolls(problem)
    every = contract(problem, 0, all_limits=True)
    assert every is not None
    least = Paths(every, prices).cheapest()[0][0][1]
    for _time in range(20):
        offer = tolls.offers(of, prices, [0], 1, unwatched)[0]
        assert offer.bound <= least
        assert all(row.count(0) <= 5 and price >= least for row, price in offer.rows)
        if offer.is_cheapest:
            break
    assert (offer.bound, min(price for _row, price in offer.rows)) == (least, least)
    looks = 0

    def look() -> None:
        nonlocal looks
        looks += 1

    assert tolls.offers(of, prices, [0], 1, look)[0].is_cheapest
    assert looks == problem.days


def test_without_any_row_nothing_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = _problem()
    of, prices = _without_limits(problem, monkeypatch), _prices(problem)
    prices[0, 3] = FAR
    offer = Tolls(problem).offers(of, prices, [0], 1, unwatched)[0]
    assert (offer.rows, offer.bound, offer.is_cheapest) == ([], FAR, True)
