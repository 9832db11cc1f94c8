"""Which days make a week and a weekend of a plan, and which shift may not come on the day after which."""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from app.services.duty.roster.problem import FREE, WEEK, Problem, Shift, Worker

DAY_MINUTES = 24 * 60
SATURDAY, SUNDAY = 5, 6


def weeks(days: int, first_weekday: int) -> list[range]:
    """The weeks from Monday on that a plan touches; the first may begin before the plan, the last end after it."""
    return [range(first, first + WEEK) for first in range(-first_weekday, days, WEEK)]


def weekends(days: int, first_weekday: int) -> list[tuple[int, ...]]:
    """Saturday and Sunday of each week, where at least one of them is in the plan; Saturday may be day -1."""
    pairs = ((week[SATURDAY], week[SUNDAY]) for week in weeks(days, first_weekday))
    return [tuple(day for day in pair if day < days) for pair in pairs if -1 <= pair[0] < days and pair[1] >= 0]


def too_close(first: Shift, then: Shift, least_rest: int) -> bool:
    """Whether fewer than `least_rest` minutes lie between the end of `first` and the start of `then` a day later."""
    if first.end is None or then.start is None:
        return False
    return then.start + DAY_MINUTES - first.end < least_rest


@cache
def rest_table(shifts: tuple[Shift, ...], least_rest: int) -> tuple[frozenset[int], ...]:
    """For each shift those that come too soon on the day after it, by the hours alone."""
    return tuple(
        frozenset(index for index, then in enumerate(shifts) if too_close(first, then, least_rest)) for first in shifts
    )


def week_limits(person: Worker, first: int, end: int) -> tuple[int | None, int | None]:
    """The least and the most minutes of a week: what is credited need not be worked, what is asked for more may be."""
    credited = [person.credited.get(day, 0) for day in range(first, end)]
    least = None if person.week_least is None else person.week_least - sum(credited)
    most = None if person.week_most is None else person.week_most - sum(min(minutes, 0) for minutes in credited)
    return least, most


def past_minutes(problem: Problem, worker: int, week: range) -> int:
    """The minutes that a worker has worked in a week before the plan began, as far as they are known."""
    before = problem.workers[worker].before
    cells = [before[day] for day in week if -len(before) <= day < 0]
    return sum(problem.shifts[cell].minutes for cell in cells if cell != FREE)


def runs(row: Sequence[int], before: tuple[int, ...]) -> list[tuple[int, int, bool, bool]]:
    """Stretches of work and of free days as (first day, last day, whether work, whether its beginning is known).

    Days before the plan are negative; a stretch that begins with the first known day may have begun earlier.
    """
    cells = (*before, *row)
    edges = [0, *(day for day, (one, other) in enumerate(pairwise(cells), 1) if (one == FREE) != (other == FREE))]
    past = len(before)
    return [
        (first - past, end - 1 - past, cells[first] != FREE, first > 0) for first, end in pairwise([*edges, len(cells)])
    ]
