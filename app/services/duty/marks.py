"""What is red in the roster: cells, people, and the days on which too few are there or on call."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.services.duty.roster.problem import Breach, Rule
from app.services.duty.span import Span

# Rules about certain days mark their cells; those about a week's hours or a month's weekends mark the person.
_OF_CELLS = frozenset(
    {
        Rule.PIN,
        Rule.AWAY,
        Rule.OFF,
        Rule.SKILL,
        Rule.FOLLOW,
        Rule.REST,
        Rule.LONGEST_RUN,
        Rule.SHORTEST_RUN,
        Rule.SHORTEST_BREAK,
    }
)


@dataclass(frozen=True, slots=True)
class Marks:
    """Places of lines and columns of days whose rules do not hold."""

    cells: frozenset[tuple[int, int]]
    lines: frozenset[int]
    short: frozenset[int]  # days with too few, or too many
    calls: frozenset[int]  # days with nobody, or too many, on call


def marks_of(span: Span, breaches: Sequence[Breach]) -> Marks:
    """What these breaches mark; one of too few people marks the day's sum, not the people.

    A break before these weeks that is too short is marked where it was cut: on their first day.
    """
    covers = span.problem.covers
    called = frozenset(place for place, line in enumerate(span.lines) if line.on_call)
    of_people = [breach for breach in breaches if breach.worker is not None]
    of_days = [
        (breach.first_day, covers[breach.cover].workers == called) for breach in breaches if breach.cover is not None
    ]
    return Marks(
        frozenset(
            (breach.worker, column)
            for breach in of_people
            if breach.worker is not None and breach.rule in _OF_CELLS
            for column in range(max(breach.first_day, 0), max(breach.last_day, 0) + 1)
        ),
        frozenset(breach.worker for breach in of_people if breach.worker is not None and breach.rule not in _OF_CELLS),
        frozenset(day for day, of_calls in of_days if not of_calls),
        frozenset(day for day, of_calls in of_days if of_calls),
    )
