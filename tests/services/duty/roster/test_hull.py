"""What fits into a week's minutes, held against all counts."""

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from app.services.duty.roster.hull import hull

HOURS = 60
LENGTHS = (180, 450, 480, 660)


def test_weekend_duty_takes_the_place_of_a_weekday_and_more() -> None:
    facets = hull((450, 660), (5, 2), 7, 44 * HOURS)
    assert ((1, 1), 5) in facets  # five days of either kind
    assert ((1, 2), 6) in facets  # two long ones leave two short ones


def test_what_always_fits_is_not_said() -> None:
    assert hull((450,), (5,), 5, 44 * HOURS) == ()


def test_too_many_kinds_are_left_to_the_minutes() -> None:
    assert hull((60, 120, 180, 240, 300), (7,) * 5, 7, 600) == ()


@given(
    kinds=st.lists(st.sampled_from(LENGTHS), min_size=1, max_size=3, unique=True).map(sorted),
    days=st.lists(st.integers(1, 5), min_size=3, max_size=3),
    most=st.integers(0, 3000),
)
def test_each_sum_holds_for_all_that_fits_and_is_met_by_some(kinds: list[int], days: list[int], most: int) -> None:
    of_kind = days[: len(kinds)]
    fitting = [
        count
        for count in product(*(range(many + 1) for many in of_kind))
        if sum(count) <= max(days) and sum(a * b for a, b in zip(kinds, count, strict=True)) <= most
    ]
    for factors, limit in hull(tuple(kinds), tuple(of_kind), max(days), most):
        assert max(sum(a * b for a, b in zip(factors, count, strict=True)) for count in fitting) == limit
