"""The hard rules that bind one worker, counted from the worker's row of cells."""

from collections.abc import Iterator, Sequence
from itertools import chain

from app.services.duty.roster.problem import FREE, WEEK, Breach, Problem, Rule
from app.services.duty.roster.spans import past_minutes, rest_table, runs, week_limits, weekends, weeks

Row = Sequence[int]  # a cell for each day of the plan


def person_breaches(problem: Problem, worker: int, row: Row) -> list[Breach]:
    """All of a worker's rules that the row breaks."""
    looks = (_fixed, _follows, _runs, _minutes, _week_minutes, _counts, _weekends)
    return list(chain.from_iterable(look(problem, worker, row) for look in looks))


def _fixed(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person = problem.workers[worker]
    for day, shift in enumerate(row):
        pin = problem.pins.get((worker, day), shift)
        if pin != shift:
            yield Breach(Rule.PIN, worker, day, day, shift=pin)
        if shift == FREE:
            continue
        if day in person.away:
            yield Breach(Rule.AWAY, worker, day, day, shift=shift)
        if day in person.off:
            yield Breach(Rule.OFF, worker, day, day, shift=shift)
        if shift not in person.does(day):
            yield Breach(Rule.SKILL, worker, day, day, shift=shift)


def _follows(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person = problem.workers[worker]
    rested = rest_table(problem.shifts, person.least_rest)
    before = person.before[-1] if person.before else FREE
    for day, shift in enumerate(row):
        if before != FREE and shift != FREE:
            first, then = problem.shifts[before], problem.shifts[shift]
            if shift in first.never_next:
                yield Breach(Rule.FOLLOW, worker, day - 1, day, shift=shift)
            if shift in rested[before]:
                rest = (then.start or 0) + 24 * 60 - (first.end or 0)
                yield Breach(Rule.REST, worker, day - 1, day, rest, person.least_rest, shift=shift)
        before = shift


def _runs(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person = problem.workers[worker]
    last_day = problem.days - 1
    for first, last, works, known in runs(row, person.before):
        length = last - first + 1
        if works and person.longest_run is not None and last >= 0 and length > person.longest_run:
            yield Breach(Rule.LONGEST_RUN, worker, first, last, length, person.longest_run)
        if not known or last == last_day or last < -1:
            continue  # it may have begun earlier, may go on later, or ended before this plan could change it
        shortest = person.shortest_run if works else person.shortest_break
        if length < shortest:
            rule = Rule.SHORTEST_RUN if works else Rule.SHORTEST_BREAK
            yield Breach(rule, worker, first, last, length, shortest)


def _minutes(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person, last = problem.workers[worker], problem.days - 1
    found = _minutes_of(problem, row)
    if person.most_minutes is not None and found > person.most_minutes:
        yield Breach(Rule.MOST_MINUTES, worker, 0, last, found, person.most_minutes)
    if person.least_minutes is not None and found < person.least_minutes:
        yield Breach(Rule.LEAST_MINUTES, worker, 0, last, found, person.least_minutes)


def _week_minutes(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person = problem.workers[worker]
    if person.week_most is None and person.week_least is None:
        return
    for week in weeks(problem.days, problem.first_weekday):
        first, end = max(0, week.start), min(week.stop, problem.days)
        found = _minutes_of(problem, row[first:end])
        with_past = found + past_minutes(problem, worker, week)
        least, most = week_limits(person, first, end)
        if most is not None and with_past > most:
            yield Breach(Rule.WEEK_MOST, worker, first, end - 1, with_past, most)
        if least is not None and end - first == WEEK and found < least:
            yield Breach(Rule.WEEK_LEAST, worker, first, end - 1, found, least)


def _counts(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    for shift, most in sorted(problem.workers[worker].most_of.items()):
        found = sum(cell == shift for cell in row)
        if found > most:
            yield Breach(Rule.MOST_OF_SHIFT, worker, 0, problem.days - 1, found, most, shift=shift)


def _weekends(problem: Problem, worker: int, row: Row) -> Iterator[Breach]:
    person = problem.workers[worker]
    if person.most_weekends is None:
        return
    cells = dict(enumerate((*person.before, *row), -len(person.before)))
    pairs = weekends(problem.days, problem.first_weekday)
    found = sum(any(cells.get(day, FREE) != FREE for day in pair) for pair in pairs)
    if found > person.most_weekends:
        yield Breach(Rule.WEEKENDS, worker, 0, problem.days - 1, found, person.most_weekends)


def _minutes_of(problem: Problem, cells: Row) -> int:
    return sum(problem.shifts[cell].minutes for cell in cells if cell != FREE)
