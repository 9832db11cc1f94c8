"""Whether a roster keeps all hard rules: counted from the cells alone, so that no solver is taken at its word."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import chain

from app.services.duty.roster.check_person import Row, person_breaches
from app.services.duty.roster.problem import Breach, Cells, Cover, Problem, Rule


def breaches(problem: Problem, cells: Cells) -> list[Breach]:
    """All hard rules that do not hold: first those of each worker, then those of each day."""
    return Checker(problem, cells).breaches


class Checker:
    """A roster under somebody's hands: after each changed cell only what the cell touches is looked at again."""

    def __init__(self, problem: Problem, cells: Cells) -> None:
        self._problem = problem
        self._rows: list[list[int]] = [list(row) for row in cells]
        self._covers_of: dict[int, list[int]] = defaultdict(list)  # day → places of covers
        for index, cover in enumerate(problem.covers):
            self._covers_of[cover.day].append(index)
        self._away_on: dict[int, list[int]] = defaultdict(list)  # day → workers
        for worker, person in enumerate(problem.workers):
            for day in person.away:
                self._away_on[day].append(worker)
        self._of_worker = [person_breaches(problem, worker, row) for worker, row in enumerate(self._rows)]
        self._of_day = [self._day_breaches(day) for day in range(problem.days)]

    @property
    def breaches(self) -> list[Breach]:
        """Those of each worker, then those of each day."""
        return list(chain(*self._of_worker, *self._of_day))

    @property
    def cells(self) -> Cells:
        """The roster as it is now."""
        return tuple(map(tuple, self._rows))

    def set(self, worker: int, day: int, shift: int) -> list[Breach]:
        """Put a shift (or FREE) into a cell; all breaches as they are then."""
        self._rows[worker][day] = shift
        self._of_worker[worker] = person_breaches(self._problem, worker, self._rows[worker])
        self._of_day[day] = self._day_breaches(day)
        return self.breaches

    def _day_breaches(self, day: int) -> list[Breach]:
        return [breach for index in self._covers_of[day] for breach in self._cover_breaches(index)]

    def _cover_breaches(self, index: int) -> list[Breach]:
        cover = self._problem.covers[index]
        # Whose leave was agreed to after the shift was drawn is not there.
        found = there(self._rows, cover) - sum(
            cover.counts(worker, self._rows[worker][cover.day]) for worker in self._away_on[cover.day]
        )
        if found < cover.least:
            return [Breach(Rule.TOO_FEW, None, cover.day, cover.day, found, cover.least, cover=index)]
        if cover.most is not None and found > cover.most:
            return [Breach(Rule.TOO_MANY, None, cover.day, cover.day, found, cover.most, cover=index)]
        return []


def there(rows: Sequence[Row], cover: Cover) -> int:
    """How many are there of those for whom a cover asks."""
    return sum(_at_work(rows, cover.day, shifts, workers) for workers, shifts in cover.counted)


def _at_work(rows: Sequence[Row], day: int, shifts: frozenset[int], workers: Collection[int] | None) -> int:
    """How many of the workers (None: of all) have one of the shifts on the day."""
    if workers is None:
        return sum(row[day] in shifts for row in rows)
    return sum(rows[worker][day] in shifts for worker in workers)
