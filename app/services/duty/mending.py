"""Which broken rules of a roster a plan can still do something about (rule D2)."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from app.clock import OFFICE_ZONE
from app.services.duty.past import with_past
from app.services.duty.roster.problem import FREE, Breach, Cells, Cover, Rule
from app.services.duty.span import Span
from app.services.duty.weeks import WEEK

_BEFORE = -1  # earlier than any minute of the day
_ENDED_BY_THE_NEXT = frozenset({Rule.SHORTEST_RUN, Rule.SHORTEST_BREAK})


class Mending:
    """Looks at a roster's broken rules at a moment (aware).

    Not told are those of days that are over, of weeks that nobody has planned yet, and of hours that the week going on
    cannot hold any more, as the planner does not ask for them either; nor who is missing today where nobody was to come
    and it is too late to plan it. Of weeks that are over altogether, which are only looked back at, the rest is told.
    """

    def __init__(self, span: Span, now: datetime) -> None:
        self._over = (now.astimezone(OFFICE_ZONE).date() - span.first).days
        goes_on = 0 <= self._over < len(span.days)
        self._monday = self._over // WEEK * WEEK if goes_on else len(span.days)  # of the week that is going on
        self._credits: Mapping[int, int] = {}
        self._can_come: Mapping[int, int] = {}
        if goes_on:
            self._credits = _credits(span, now, self._monday)
            self._can_come = _can_come(span, now, self._monday)

    def of(self, broken: Sequence[Breach], cells: Cells) -> list[Breach]:
        """Those of the broken rules that can still be mended, or that are only looked back at."""
        over = 0 if self._over >= _days(cells) else self._over
        planned = [not is_unplanned(cells, day) for day in range(_days(cells))]
        open_ones = [one for one in broken if _mended_until(one) >= over]
        told = [one for one in open_ones if any(planned[max(one.first_day, 0) : _mended_until(one) + 1])]
        return [left for one in told if (left := self._still(one)) is not None]

    def is_planned(self, cells: Cells) -> bool:
        """Whether something is drawn in each week that is not over."""
        return not any(is_unplanned(cells, day) for day in range(max(self._over, 0), _days(cells)))

    def _still(self, breach: Breach) -> Breach | None:
        """What is left of a broken rule when nobody asks for what cannot be worked any more."""
        limit = breach.limit
        if breach.rule is Rule.WEEK_LEAST and breach.worker is not None and breach.first_day == self._monday:
            limit -= self._credits.get(breach.worker, 0)
        elif breach.rule is Rule.TOO_FEW and breach.cover is not None:
            limit = self._can_come.get(breach.cover, limit)
        if limit == breach.limit:
            return breach  # as nearly all are, at each move of a shift that is dragged
        return replace(breach, limit=limit) if breach.found < limit else None


def _mended_until(breach: Breach) -> int:
    """The last day that can mend it: a run or a break is too short by what the day after it has."""
    return breach.last_day + (breach.rule in _ENDED_BY_THE_NEXT)


def is_unplanned(cells: Cells, day: int) -> bool:
    """Whether nothing at all is drawn in a day's week."""
    monday = day // WEEK * WEEK
    return all(shift == FREE for row in cells for shift in row[monday : monday + WEEK])


def _days(cells: Cells) -> int:
    return len(cells[0]) if cells else 0


def _can_come(span: Span, now: datetime, monday: int) -> Mapping[int, int]:
    """By cover of today how many can be asked for, where people know of nobody this week who was to begin by then."""
    today = (now.astimezone(OFFICE_ZONE).date() - span.first).days
    first = _first_known(span, monday, today)
    return {
        place: cover.least
        for place, cover in enumerate(with_past(span, now).covers)
        if cover.day == today and (first is None or first > _last_start(span, cover))
    }


def _first_known(span: Span, monday: int, today: int) -> int | None:
    """Today's minute at which the first shift of this week begins that people know of; _BEFORE on a day before."""
    known = [
        (day, span.problem.shifts[shift].start or 0)
        for line in span.lines
        if not line.on_call
        for day in range(monday, today + 1)
        if (shift := span.shift(line.key, span.days[day], published=True)) != FREE
    ]
    return min((_BEFORE if day < today else start for day, start in known), default=None)


def _last_start(span: Span, cover: Cover) -> int:
    """The minute until which somebody who counts in it can still be planned."""
    shifts = {shift for _workers, shifts in cover.counted for shift in shifts}
    return max((span.problem.shifts[shift].start or 0 for shift in shifts), default=0)


def _credits(span: Span, now: datetime, monday: int) -> Mapping[int, int]:
    """By line the minutes of the week going on that are not asked for any more.

    Of the days before the first one that anybody planned, as in a new office, no hours are to be made up for.
    """
    today = (now.astimezone(OFFICE_ZONE).date() - span.first).days
    begun = next((day for day in range(monday, today) if any(row[day] != FREE for row in span.cells())), today)
    problems = [with_past(span, now)]
    if begun > monday:
        problems.append(with_past(span, now - timedelta(days=today - begun), forgiving=True))
    return {
        place: max(one.workers[place].credited.get(monday, 0) for one in problems) - worker.credited.get(monday, 0)
        for place, worker in enumerate(span.problem.workers)
    }
