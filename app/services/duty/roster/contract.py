"""What binds a worker's row apart from the cells that are open, as steps from day to day: for whole rows at once."""

from dataclasses import dataclass
from functools import cached_property
from math import gcd, prod

from app.services.duty.roster.problem import Problem, Shift, Worker
from app.services.duty.roster.spans import SATURDAY, SUNDAY, rest_table

MOST_STATES = 20_000_000  # of one worker over all days: more than that is not looked through in a second
MANY_STATES = 200_000  # then limits are left out at first: to begin with, those that are seldom reached
SELDOM = 0.25  # of the days: a limit of so many is seldom reached

Index = tuple[slice, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Shifts that are the same to the rules, in minutes and in what comes before and after; a limited one alone."""

    shifts: tuple[int, ...]
    units: int  # of minutes; none where the limit alone counts them
    limit: int | None  # its place among the limits
    after: tuple[int, ...]  # the groups that may be on the day before


@dataclass(frozen=True, slots=True)
class Run:
    """A length of a run of work: where one more day of it leads, and whether it may end."""

    then: int | None
    may_end: bool


@dataclass(frozen=True)
class Contract:
    """The states of a row: its last group of shifts, the run or the break it is in, and what has been counted."""

    days: int
    first_weekday: int
    groups: tuple[Group, ...]
    runs: tuple[Run, ...]
    first_run: int  # where a run that begins with the plan stands: it may be older, so that it may end at any time
    longest_run: int | None
    shortest_break: int
    minutes: tuple[int, int]  # the least and the most
    unit: int  # of minutes: all shifts without a limit are multiples of it
    limited: tuple[int, ...]  # the minutes of each limited shift, none where they are counted in units
    counts: tuple[int, ...]  # one more than the most weekends, units of minutes, and of each limited shift

    @property
    def states(self) -> int:
        """How many there are of one worker over all days."""
        return (len(self.groups) * len(self.runs) + self.shortest_break) * prod(self.counts) * self.days

    @cached_property
    def alike(self) -> list[tuple[slice, int]]:
        """Stretches of groups that add the same to all counts, each with the first of them."""
        steps = [self.steps(group, is_new_weekend=False) for group in self.groups]
        firsts = [index for index in range(len(steps)) if not index or steps[index] != steps[index - 1]]
        return [(slice(first, end), first) for first, end in zip(firsts, [*firsts[1:], len(steps)], strict=True)]

    @cached_property
    def followed(self) -> list[tuple[int, int | None, list[int]]]:
        """For each group one that was there before it and follows the most of the same groups, and those beyond."""
        found: list[tuple[int, int | None, list[int]]] = []
        done: dict[int, frozenset[int]] = {}
        for index in sorted(range(len(self.groups)), key=lambda one: len(self.groups[one].after)):
            after = frozenset(self.groups[index].after)
            known = max((one for one in done if done[one] <= after), key=lambda one: len(done[one]), default=None)
            found.append((index, known, sorted(after if known is None else after - done[known])))
            done[index] = after
        return found

    def is_new_weekend(self, day: int, *, from_work: bool) -> bool:
        """Whether work on a day makes one more weekend with work."""
        weekday = (self.first_weekday + day) % 7
        return weekday == SATURDAY or (weekday == SUNDAY and not from_work)

    def steps(self, group: Group, *, is_new_weekend: bool) -> tuple[int, ...]:
        """What a day with a shift of the group adds to each count."""
        limits = (int(place == group.limit) for place in range(len(self.counts) - 2))
        return int(is_new_weekend), group.units, *limits


def contract(problem: Problem, worker: int, *, all_limits: bool) -> Contract | None:
    """A worker's contract, the same for all who are bound alike; None where more binds than its states can tell.

    Unless it is to have `all_limits`, those of single shifts may be missing: rows are found sooner without them.
    """
    person = problem.workers[worker]
    shortest, longest = person.shortest_run, person.longest_run
    if person.week_least is not None or person.week_most is not None or person.before:
        return None
    if longest is not None and longest < shortest:
        return None
    limits = {shift: most for shift, most in sorted(person.most_of.items()) if 0 < most < problem.days}
    found = _written(problem, person, limits)
    if not all_limits:
        often = {shift: most for shift, most in limits.items() if most < SELDOM * problem.days}
        for fewer in (often, {}):
            if found.states > MANY_STATES:
                found = min(found, _written(problem, person, fewer), key=lambda one: one.states)
    return found if found.states <= MOST_STATES else None


def knows_all(problem: Problem) -> bool:
    """Whether there are rows to be made, and contracts tell all that binds each."""
    everybody = range(len(problem.workers) if problem.shifts else 0)
    return bool(everybody) and all(contract(problem, worker, all_limits=False) for worker in everybody)


def _written(problem: Problem, person: Worker, limits: dict[int, int]) -> Contract:
    lengths = [shift.minutes for shift in problem.shifts]
    unlimited = [length for shift, length in enumerate(lengths) if shift not in limits]
    most_minutes = problem.days * max(lengths, default=0)
    if person.most_minutes is not None:
        most_minutes = min(most_minutes, person.most_minutes)
    unit = gcd(*unlimited) or 1
    # What is no multiple of the others' unit would make units small and many.
    counted = [length if unlimited and not length % unit else 0 for length in lengths]
    most_units = min(most_minutes, problem.days * max(counted, default=0)) // unit
    weekends = (problem.days + problem.first_weekday + 6) // 7
    most_weekends = weekends if person.most_weekends is None else min(weekends, person.most_weekends)
    shortest, longest = person.shortest_run, person.longest_run
    return Contract(
        problem.days,
        problem.first_weekday,
        _groups(problem.shifts, person, list(limits), [length // unit for length in counted]),
        _runs(shortest, longest),
        0 if shortest == 1 else longest or shortest,
        longest,
        person.shortest_break,
        (person.least_minutes or 0, most_minutes),
        unit,
        tuple(lengths[shift] - counted[shift] for shift in limits),
        (most_weekends + 1, most_units + 1, *(most + 1 for most in limits.values())),
    )


def _groups(shifts: tuple[Shift, ...], person: Worker, limited: list[int], units: list[int]) -> tuple[Group, ...]:
    rested = rest_table(shifts, person.least_rest)
    never = [shift.never_next | rest for shift, rest in zip(shifts, rested, strict=True)]
    alike: dict[object, list[int]] = {}
    for index, shift in enumerate(shifts):
        before = frozenset(one for one, later in enumerate(never) if index in later)
        alone = index if index in limited else None
        alike.setdefault((shift.minutes, never[index], before, alone), []).append(index)
    groups = list(alike.values())
    return tuple(
        Group(
            tuple(group),
            units[group[0]],
            limited.index(group[0]) if group[0] in limited else None,
            tuple(place for place, earlier in enumerate(groups) if group[0] not in never[earlier[0]]),
        )
        for group in groups
    )


def _runs(shortest: int, longest: int | None) -> tuple[Run, ...]:
    """Lengths 1, 2, … of a run; behind them the short ones of a run that begins with the plan."""
    most = shortest if longest is None else longest
    after_last = most - 1 if longest is None else None
    runs = [Run(length if length < most else after_last, length >= shortest) for length in range(1, most + 1)]
    for length in range(1, shortest):
        runs.append(Run(most + length if length < shortest - 1 else shortest - 1, may_end=True))
    return tuple(runs)
