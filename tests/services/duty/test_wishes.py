"""Wishes for the roster: one a day and person, so many at once, one's own unless one plans the roster."""

from datetime import date, timedelta

import pytest

from app.services.duty.wishes import (
    MOST_EACH,
    NotYourWishError,
    TooManyWishesError,
    WishDayError,
    enter_wish,
    open_wishes,
    withdraw_wish,
)
from app.services.verify import verify
from tests.services.duty.making import MONDAY
from tests.services.orders.making import Crew

TUESDAY = MONDAY + timedelta(days=1)


def wish(crew: Crew, day: date, *, wanted: bool = False) -> int:
    """The clerk wishes for a day off, or for any shift."""
    return enter_wish(crew.clerk, crew.clerk.person, day, (), wanted=wanted)


def as_many_as_may_be(crew: Crew) -> None:
    for number in range(MOST_EACH):
        wish(crew, TUESDAY + timedelta(days=number))


def test_another_wish_for_the_same_day_goes_before_the_first(any_crew: Crew) -> None:
    crew = any_crew
    wish(crew, TUESDAY)
    later = wish(crew, TUESDAY, wanted=True)
    assert [(one.id, one.wanted) for one in open_wishes(crew.clerk)] == [(later, True)]
    assert verify(crew.clerk).ok


def test_who_wishes_for_everything_is_refused_but_may_think_better_of_a_day(crew: Crew) -> None:
    as_many_as_may_be(crew)
    with pytest.raises(TooManyWishesError):
        wish(crew, TUESDAY + timedelta(days=MOST_EACH))
    wish(crew, TUESDAY, wanted=True)  # as many as before
    assert len(open_wishes(crew.clerk)) == MOST_EACH


def test_wishes_of_days_that_are_over_take_no_place(crew: Crew) -> None:
    as_many_as_may_be(crew)
    crew.clock.advance(days=MOST_EACH + 1)
    assert open_wishes(crew.clerk) == []
    wish(crew, TUESDAY + timedelta(days=MOST_EACH + 10))
    assert len(open_wishes(crew.clerk)) == 1


def test_a_wish_is_for_a_day_that_comes_and_a_shift_of_the_office(crew: Crew) -> None:
    with pytest.raises(WishDayError):
        wish(crew, MONDAY)
    with pytest.raises(WishDayError):
        enter_wish(crew.clerk, crew.clerk.person, TUESDAY, ("nonsense",), wanted=True)


def test_only_who_plans_the_roster_sees_to_somebody_elses(crew: Crew) -> None:
    mine = wish(crew, TUESDAY)
    for step in (
        lambda: enter_wish(crew.colleague, crew.clerk.person, TUESDAY, (), wanted=True),
        lambda: withdraw_wish(crew.colleague, mine),
    ):
        with pytest.raises(NotYourWishError, match="王敏"):
            step()
    assert open_wishes(crew.colleague) == []
    assert [one.id for one in open_wishes(crew.lead)] == [mine]
    withdraw_wish(crew.lead, mine)
    assert open_wishes(crew.clerk) == []
