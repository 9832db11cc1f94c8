"""Planning weeks that have begun: what is over stays as it was, and binds what is still to come (rule D2)."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from app.clock import OFFICE_ZONE
from app.services.duty.begun import Begun
from app.services.duty.drafting import MANY_EACH_WEEK, place_of
from app.services.duty.roster.check import there
from app.services.duty.roster.check_person import person_breaches
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Rule, Worker
from app.services.duty.rules import HOUR
from app.services.duty.span import Span
from app.services.duty.weeks import WEEK

# What days that are over can break by themselves, whatever comes after them.
_BROKEN_ALREADY = frozenset({Rule.FOLLOW, Rule.REST, Rule.LONGEST_RUN, Rule.WEEK_MOST, Rule.WEEKENDS})


def with_past(span: Span, now: datetime, *, forgiving: bool = False) -> Problem:
    """The span's problem with every cell of days that are over fixed as it was worked; leave counts as free.

    So is every shift of today that has begun; the span is not over. No other shift is put where it should have begun
    by now, but what is drawn by hand may stand. Nobody is asked for on days that are over, nor for more than can still
    come today. What was worked against a rule, or too little to be made up for, does not hinder the plan of the days
    that are left; if `forgiving`, no hours are made up for. The roster's own check tells what of it
    can still be mended (`mending.py`).
    """
    today, problem = now.astimezone(OFFICE_ZONE).date(), span.problem
    if today < span.first:
        return problem
    over = span.days.index(today)
    late, drawn = _late(problem, now), span.cells()
    pairs = zip(problem.workers, drawn, strict=True)
    problem = replace(problem, workers=tuple(_in_time(worker, row[over], over, late) for worker, row in pairs))
    worked = tuple(_worked(span, place, row, over, now) for place, row in enumerate(drawn))
    pins = {cell: shift for cell, shift in problem.pins.items() if cell[1] >= over}
    for place, row in enumerate(worked):
        pins |= {(place, day): row[day] for day in range(over + (row[over] != FREE))}
    return replace(
        problem,
        pins=pins,
        published=_known(problem, worked, over),
        workers=tuple(_worker(problem, place, row, over, forgiving=forgiving) for place, row in enumerate(worked)),
        covers=tuple(_cover(problem, one, worked, over, forgiving=forgiving) for one in problem.covers),
    )


def _late(problem: Problem, now: datetime) -> frozenset[int]:
    """The shifts that begin earlier in the day than now; a turn on call begins with whoever takes it."""
    here = now.astimezone(OFFICE_ZONE)
    minute = here.hour * HOUR + here.minute
    return frozenset(n for n, shift in enumerate(problem.shifts) if shift.start is not None and shift.start <= minute)


def _in_time(worker: Worker, drawn: int, over: int, late: frozenset[int]) -> Worker:
    """Somebody who is put today into nothing that should have begun, unless it is drawn already."""
    never = worker.unable.get(over, frozenset()) | ((late & worker.shifts) - {drawn})
    return replace(worker, unable={**worker.unable, over: never}) if never else worker


def _cover(problem: Problem, cover: Cover, worked: Cells, over: int, *, forgiving: bool) -> Cover:
    """What a day asks for: nothing where it is over, no fewer than have begun, and no more than can still come.

    If `forgiving`, today asks for those alone who are there.
    """
    if cover.day < over:
        return replace(cover, least=0, most=None, wanted=None)
    here = there(worked, cover)
    most = cover.most if cover.most is None else max(cover.most, here)
    if cover.day > over:
        return replace(cover, most=most)
    workers = range(len(worked)) if cover.workers is None else cover.workers
    coming = 0 if forgiving else sum(_to_come(problem, worker, worked[worker], cover) for worker in workers)
    return replace(cover, most=most, least=min(cover.least, here + coming))


def _to_come(problem: Problem, place: int, row: Sequence[int], cover: Cover) -> int:
    """For how many somebody who is not at work yet may still count today."""
    worker, day = problem.workers[place], cover.day
    if row[day] != FREE or worker.is_free(day):
        return 0
    may = {problem.pins[place, day]} if (place, day) in problem.pins else worker.does(day)
    return max((cover.counts(place, shift) for shift in may), default=0)


def _worked(span: Span, place: int, drawn: Sequence[int], over: int, now: datetime) -> tuple[int, ...]:
    """A line's cells before today and what has begun of today, free from then on."""
    problem, line = span.problem, span.lines[place]
    worker, leave = problem.workers[place], span.away.get(line.person, frozenset())
    row = [
        shift if number < over and day not in leave and shift in worker.does(number) else FREE
        for number, (day, shift) in enumerate(zip(span.days, drawn, strict=True))
    ]
    begun = place_of(problem.shifts, Begun(span.rules, span.weeks, span.away, now).code(line.key, span.days[over]))
    row[over] = begun if begun in worker.does(over) else FREE
    while (against := next(_against_rules(problem, place, row), None)) is not None:
        row[against] = FREE
    return tuple(row)


def _against_rules(problem: Problem, place: int, row: Sequence[int]) -> Iterator[int]:
    """Days whose shift breaks a rule: of each breach the earliest, as what comes later binds the days to come."""
    for breach in person_breaches(problem, place, row):
        if breach.rule in _BROKEN_ALREADY:
            days = range(max(breach.first_day, 0), breach.last_day + 1)
            yield from [day for day in days if row[day] != FREE and _counts(problem, breach.rule, day)][:1]


def _counts(problem: Problem, rule: Rule, day: int) -> bool:
    return rule is not Rule.WEEKENDS or (problem.first_weekday + day) % WEEK >= WEEK - 2


def _known(problem: Problem, worked: Cells, over: int) -> Cells | None:
    """The published plan, as far as it can still be changed."""
    if problem.published is None:
        return None
    return tuple((*row[:over], *known[over:]) for row, known in zip(worked, problem.published, strict=True))


def _worker(problem: Problem, place: int, row: Sequence[int], over: int, *, forgiving: bool) -> Worker:
    """The days that are over are nobody's leave or day off any more.

    Minutes that their weeks lack and cannot get are credited.
    """
    worker = problem.workers[place]
    credited = dict(worker.credited)
    is_closed = row[over] != FREE or bool(worker.unable.get(over))  # today holds fewer hours than it did
    for monday in range(0, over + is_closed, WEEK):
        missing = _missing(problem, worker, row, range(monday, min(monday + WEEK, over)), forgiving=forgiving)
        credited[monday] = credited.get(monday, 0) + max(missing, 0)
    away, off = (
        frozenset(day for day in days if day >= over and row[day] == FREE) for days in (worker.away, worker.off)
    )
    return replace(worker, away=away, off=off, credited=credited)


def _missing(problem: Problem, worker: Worker, row: Sequence[int], done: range, *, forgiving: bool) -> int:
    """Minutes that a week asks for beyond what was worked and the days left can hold.

    If `forgiving`, at least those that were due on the days that are `done`.
    """
    least = worker.week_least or 0
    week = range(done.start, done.start + WEEK)
    worked = sum(problem.shifts[row[day]].minutes for day in done if row[day] != FREE)
    open_days = (day for day in week if day not in done and not worker.is_free(day))
    may = (worker.does(day) if row[day] == FREE else {row[day]} for day in open_days)
    left = sum(max((problem.shifts[shift].minutes for shift in shifts), default=0) for shifts in may)
    missing = least - worked - left - sum(worker.credited.get(day, 0) for day in week)
    if forgiving:
        due = least * min(len(done), MANY_EACH_WEEK) // MANY_EACH_WEEK
        missing = max(missing, due - worked - sum(worker.credited.get(day, 0) for day in done))
    return missing
