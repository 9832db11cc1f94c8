"""The rules that bind one worker, in the model: what follows what, runs of work and of free days, minutes, weekends."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from app.services.duty.roster.hull import hull
from app.services.duty.roster.problem import FREE, WEEK, Breach, Problem, Rule, Worker
from app.services.duty.roster.sketch import Sketch
from app.services.duty.roster.spans import past_minutes, rest_table, runs, week_limits, weekends, weeks

Literals = Sequence[dict[int, int]]  # of each day: shift → literal
At = Callable[[int], int]  # day, also before the plan → literal


def write_person(sketch: Sketch, problem: Problem, worker: int, on: Literals, work: Sequence[int]) -> None:
    """Add all rules of one worker."""
    person = problem.workers[worker]
    before = [sketch.true if cell != FREE else sketch.false for cell in person.before]
    past = len(before)

    def works(day: int) -> int:
        return work[day] if day >= 0 else before[past + day]

    _write_follow(sketch, problem, worker, on)
    _write_runs(sketch, person, worker, works, problem.days)
    _write_minutes(sketch, problem, worker, on)
    _write_weekends(sketch, problem, worker, works)
    for shift, most in sorted(person.most_of.items()):
        literals = [day[shift] for day in on if shift in day]
        if most < len(literals):
            with sketch.rule(Breach(Rule.MOST_OF_SHIFT, worker, 0, problem.days - 1, limit=most, shift=shift)):
                sketch.sum([(1, literal) for literal in literals], None, most)


def _write_follow(sketch: Sketch, problem: Problem, worker: int, on: Literals) -> None:
    person = problem.workers[worker]
    named = tuple(shift.never_next for shift in problem.shifts)
    whole = Breach(Rule.FOLLOW, worker, 0, problem.days - 1)
    if sketch.explaining:
        with sketch.rule(whole):
            _write_pairs(sketch, person, named, on)
        with sketch.rule(Breach(Rule.REST, worker, 0, problem.days - 1, limit=person.least_rest)):
            _write_pairs(sketch, person, rest_table(problem.shifts, person.least_rest), on)
        return
    rested = rest_table(problem.shifts, person.least_rest)
    _write_pairs(sketch, person, tuple(one | other for one, other in zip(named, rested, strict=True)), on)


def _write_pairs(sketch: Sketch, person: Worker, never: tuple[frozenset[int], ...], on: Literals) -> None:
    """As few and large "at most one" as the pairs allow: shifts that share forbidden successors, and those."""
    for later in {row for row in never if row}:
        earlier = [shift for shift, row in enumerate(never) if row >= later]
        if person.before and person.before[-1] in earlier:
            for shift in later & on[0].keys():
                sketch.never(on[0][shift])
        for day in range(1, len(on)):
            first = [on[day - 1][shift] for shift in earlier if shift in on[day - 1]]
            then = [on[day][shift] for shift in sorted(later) if shift in on[day]]
            if first and then:
                sketch.at_most_one([*first, *then])


def _write_runs(sketch: Sketch, person: Worker, worker: int, works: At, days: int) -> None:
    longest, past = person.longest_run, len(person.before)
    whole = Breach(Rule.LONGEST_RUN, worker, 0, days - 1)
    if longest is not None:
        with sketch.rule(replace(whole, limit=longest)):
            for last in range(max(0, longest - past), days):
                sketch.clause([~works(day) for day in range(last - longest, last + 1)])
    if person.shortest_run <= 1 and person.shortest_break <= 1:
        return
    begins, ends = _write_edges(sketch, works, range(0 if past else 1, days))
    with sketch.rule(replace(whole, rule=Rule.SHORTEST_RUN, limit=person.shortest_run)):
        _write_shortest(sketch, person.shortest_run, begins, works, days)
        _write_going_on(sketch, _still_due(person, person.shortest_run, is_work=True), works, days)
    with sketch.rule(replace(whole, rule=Rule.SHORTEST_BREAK, limit=person.shortest_break)):
        _write_shortest(sketch, person.shortest_break, ends, lambda day: ~works(day), days)
        _write_going_on(sketch, _still_due(person, person.shortest_break, is_work=False), lambda day: ~works(day), days)
    if longest is not None:
        with sketch.rule(replace(whole, limit=longest)):
            _write_longest(sketch, longest, begins, works, days)


def _write_edges(sketch: Sketch, works: At, days: range) -> tuple[dict[int, int], dict[int, int]]:
    """For each day the literal that a run of work begins then, and that one has ended the day before.

    Knowing where runs begin makes the shortest-run rule as tight as it can be (Rajan and Takriti, 2005).
    """
    begins, ends = {}, {}
    fixed = {sketch.true, sketch.false}
    for day in days:
        if works(day) in fixed and works(day - 1) in fixed:
            is_other = works(day) != works(day - 1)
            begins[day] = sketch.true if is_other and works(day) == sketch.true else sketch.false
            ends[day] = sketch.true if is_other and works(day) == sketch.false else sketch.false
            continue
        begins[day], ends[day] = sketch.boolean(), sketch.boolean()
        sketch.sum([(1, begins[day]), (-1, ends[day]), (-1, works(day)), (1, works(day - 1))], 0, 0)
        sketch.at_most_one([begins[day], ends[day]])
    return begins, ends


def _write_shortest(sketch: Sketch, shortest: int, begins: dict[int, int], works: At, days: int) -> None:
    if shortest <= 1:
        return
    for day in range(days):
        begun = [begins[first] for first in range(day - shortest + 1, day + 1) if first in begins]
        sketch.at_most_one([*begun, ~works(day)])


def _write_longest(sketch: Sketch, longest: int, begins: dict[int, int], works: At, days: int) -> None:
    """Who works has begun within as many days: implied by the windows, tighter for the linear relaxation."""
    first = min(begins, default=days)
    for day in range(first + longest - 1, days):
        sketch.clause([~works(day), *(begins[one] for one in range(day - longest + 1, day + 1))])


def _still_due(person: Worker, shortest: int, *, is_work: bool) -> int:
    """How many days a run across the plan's beginning must still last; one that may be older is long enough."""
    first, last, works, known = runs((), person.before)[-1] if person.before else (0, -1, is_work, False)
    return shortest - (last - first + 1) if known and works == is_work else 0


def _write_going_on(sketch: Sketch, due: int, holds: At, days: int) -> None:
    for day in range(min(due, days)):
        sketch.clause([holds(day)])


def _write_minutes(sketch: Sketch, problem: Problem, worker: int, on: Literals) -> None:
    person, last = problem.workers[worker], problem.days - 1
    if person.most_minutes is not None:
        breach = Breach(Rule.MOST_MINUTES, worker, 0, last, limit=person.most_minutes)
        _write_between(sketch, problem, on, breach, None, person.most_minutes)
    if person.least_minutes is not None:
        breach = Breach(Rule.LEAST_MINUTES, worker, 0, last, limit=person.least_minutes)
        _write_between(sketch, problem, on, breach, person.least_minutes, None)
    for week in weeks(problem.days, problem.first_weekday):
        first, end = max(0, week.start), min(week.stop, problem.days)
        least, most = week_limits(person, first, end)
        if most is not None:
            breach = Breach(Rule.WEEK_MOST, worker, first, end - 1, limit=most)
            left = most - past_minutes(problem, worker, week)
            _write_between(sketch, problem, on, breach, None, left)
            _write_hull(sketch, problem, on[first:end], left)
        if least is not None and end - first == WEEK:
            breach = Breach(Rule.WEEK_LEAST, worker, first, end - 1, limit=least)
            _write_between(sketch, problem, on, breach, least, None)


def _write_between(
    sketch: Sketch, problem: Problem, on: Literals, breach: Breach, low: int | None, high: int | None
) -> None:
    """The minutes from the breach's first to its last day lie between."""
    days = on[breach.first_day : breach.last_day + 1]
    terms = [(problem.shifts[shift].minutes, literal) for day in days for shift, literal in day.items()]
    with sketch.rule(breach):
        sketch.sum(terms, low, high)


def _write_hull(sketch: Sketch, problem: Problem, on: Literals, most: int) -> None:
    """What whole numbers of shifts make of the minutes of a week: follows from them, but sums alone do not see it."""
    if sketch.explaining:
        return
    alike: dict[int, list[int]] = {}  # minutes → literals
    days: dict[int, int] = {}  # minutes → days with such a shift
    for day in on:
        for minutes in {problem.shifts[shift].minutes for shift in day}:
            days[minutes] = days.get(minutes, 0) + 1
        for shift, literal in day.items():
            alike.setdefault(problem.shifts[shift].minutes, []).append(literal)
    kinds = tuple(sorted(alike))
    for factors, limit in hull(kinds, tuple(days[kind] for kind in kinds), sum(map(bool, on)), most):
        pairs = zip(factors, kinds, strict=True)
        sketch.sum([(factor, literal) for factor, kind in pairs if factor for literal in alike[kind]], None, limit)


def _write_weekends(sketch: Sketch, problem: Problem, worker: int, works: At) -> None:
    most = problem.workers[worker].most_weekends
    pairs = weekends(problem.days, problem.first_weekday)
    if most is None or most >= len(pairs):
        return
    worked = []
    for pair in pairs:
        days = [works(day) for day in pair if day >= -len(problem.workers[worker].before)]
        any_of = sketch.boolean()
        for day in days:
            sketch.clause([~day, any_of])
        sketch.clause([~any_of, *days])
        worked.append((1, any_of))
    with sketch.rule(Breach(Rule.WEEKENDS, worker, 0, problem.days - 1, limit=most)):
        sketch.sum(worked, None, most)
