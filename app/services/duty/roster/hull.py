"""How many shifts of which length fit into a week's minutes, told as sums of counts: tighter than the minutes alone.

With 44 hours, five days of 7:30 or four of them and one of 11 hours fit, but not 3½ and 1½, which the minutes allow.
"""

from functools import cache
from itertools import product
from math import gcd

import numpy as np

Facet = tuple[tuple[int, ...], int]  # a factor for each length, and what the sum must not pass

LARGEST = 3  # factors up to this; larger ones are hardly ever needed
MOST_KINDS = 4


@cache
def hull(minutes: tuple[int, ...], days: tuple[int, ...], most_days: int, most: int) -> tuple[Facet, ...]:
    """The sums with small factors that hold for all counts of shifts that fit, and are tight.

    `minutes` are the lengths; of each at most as many as its `days`, of all at most `most_days`, in `most` minutes.
    Nothing for more kinds than can be looked at, or where everything fits.
    """
    if not minutes or len(minutes) > MOST_KINDS or most < 0 or minutes[0] <= 0:
        return ()
    every = [count for count in product(*(range(many + 1) for many in days)) if sum(count) <= most_days]
    counts = [count for count in every if _sum(minutes, count) <= most]
    facets = []
    for factors in product(range(LARGEST + 1), repeat=len(minutes)):
        if gcd(*factors) != 1:
            continue
        limit = max(_sum(factors, count) for count in counts)
        is_felt = limit < max(_sum(factors, count) for count in every)
        if is_felt and _rank([count for count in counts if _sum(factors, count) == limit]) == len(minutes):
            facets.append((factors, limit))
    return tuple(facets)


def _sum(factors: tuple[int, ...], count: tuple[int, ...]) -> int:
    return sum(factor * many for factor, many in zip(factors, count, strict=True))


def _rank(points: list[tuple[int, ...]]) -> int:
    """How many of the points are affinely independent: as many as lengths, and the sum is a facet."""
    return int(np.linalg.matrix_rank(np.array([(1, *point) for point in points])))
