"""Rosters for tests: a believable office of any size, small problems drawn at random, and all plans of a tiny one."""

import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from app.services.duty.roster.check import breaches
from app.services.duty.roster.check_person import person_breaches
from app.services.duty.roster.problem import FREE, WEEK, Cells, Cover, Problem, Shift, Tally, Wish, Worker

EARLY, LATE, WHOLE, DAY, DAY_EVENING, EVENING, DRIVE = range(7)
SHIFTS = (
    Shift("早", 8 * 60 + 30, 17 * 60, 450),
    Shift("晚", 12 * 60 + 30, 21 * 60, 450),
    Shift("全", 8 * 60 + 30, 21 * 60, 660),  # weekend duty
    Shift("日", 8 * 60 + 30, 17 * 60 + 30, 480),
    Shift("日晚", 8 * 60 + 30, 21 * 60, 660),
    Shift("值", 18 * 60, 21 * 60, 180),
    Shift("送", 7 * 60, 16 * 60, 480),
)
HOURS = 60
SATURDAY, SUNDAY = 5, 6


def office_sample(people: int, number_of_weeks: int, seed: int = 1) -> Problem:
    """An office of five people or more whose plan exists by design: half answer, a third know the wares, some drive."""
    chance = random.Random(seed)
    days = number_of_weeks * WEEK
    know, drive = max(2, people * 3 // 10), max(1, people // 5)
    answer = people - know - drive
    groups = (range(answer), range(answer, answer + know), range(answer + know, people))
    workers = tuple(
        _worker(chance, f"{'客专送'[post]}{worker}", post, days, away)
        for post, group in enumerate(groups)
        for worker, away in zip(group, _leave(chance, len(group), days), strict=True)
    )
    covers = tuple(cover for day in range(days) for cover in _covers(day, groups))
    wishes = tuple(_wish(chance, worker, days) for worker in range(people) for _week in range(number_of_weeks))
    return Problem(days, 0, SHIFTS, workers, covers, wishes, tuple(_tallies(chance, groups, days)))


def _leave(chance: random.Random, people: int, days: int) -> list[frozenset[int]]:
    """Leave of up to four days each, at most one in six of a post at once and nobody where there are only two."""
    away: list[frozenset[int]] = []
    free_from = [0 if people > 2 else days] * max(1, people // 6)
    for _person in range(people):
        track = chance.randrange(len(free_from))
        first = free_from[track] + chance.randrange(1, 8)
        last = min(days, first + chance.randrange(1, 5))
        is_away = first < days and chance.random() < 0.6
        away.append(frozenset(range(first, last)) if is_away else frozenset())
        free_from[track] = last if is_away else free_from[track]
    return away


def _worker(chance: random.Random, name: str, post: int, days: int, away: frozenset[int]) -> Worker:
    own = ({EARLY, LATE, WHOLE}, {DAY, DAY_EVENING, EVENING, WHOLE}, {DRIVE})[post]
    if post == 0 and chance.random() < 0.2:
        own = own | {DRIVE}
    normal = (EARLY, DAY, DRIVE)[post]
    before = tuple(normal if day < SATURDAY else FREE for day in range(WEEK))
    weekdays = sum(day % WEEK < SATURDAY for day in frozenset(range(days)) - away)
    return Worker(
        name,
        frozenset(own),
        least_minutes=24 * HOURS * weekdays // SATURDAY,
        week_most=44 * HOURS,
        longest_run=6,
        least_rest=11 * HOURS,
        most_weekends=max(2, days // WEEK - 1),
        away=away,
        before=before,
    )


def _covers(day: int, groups: tuple[range, range, range]) -> Iterator[Cover]:
    answer, know, drive = map(frozenset, groups)
    weekday = day % WEEK
    if weekday < SATURDAY:
        many = len(answer)
        yield Cover(day, frozenset({EARLY}), answer, least=max(1, many // 4), wanted=many * 2 // 5, under=6, over=2)
        yield Cover(day, frozenset({LATE}), answer, least=many // 5, wanted=many // 3, under=6, over=2)
        yield Cover(day, frozenset({DAY, DAY_EVENING}), know, wanted=len(know), under=3)
        yield Cover(day, frozenset({DAY_EVENING}), know, least=1, most=1)
        yield Cover(day, frozenset({WHOLE, EVENING}), most=0)
    else:
        duty = max(1, len(answer) // 6)
        yield Cover(day, frozenset({WHOLE}), answer, least=duty, most=duty)
        yield Cover(day, frozenset({EVENING} if weekday == SATURDAY else {WHOLE}), know, least=1, most=1)
        yield Cover(day, frozenset({EARLY, LATE, DAY, DAY_EVENING}), most=0)
        if weekday == SUNDAY:
            yield Cover(day, frozenset({EVENING}), most=0)
    if weekday < SUNDAY:
        least = max(1, len(drive) // 2) if weekday < SATURDAY else 0
        yield Cover(day, frozenset({DRIVE}), least=least, wanted=len(drive), under=4, over=4)
    else:
        yield Cover(day, frozenset({DRIVE}), most=0)


def _wish(chance: random.Random, worker: int, days: int) -> Wish:
    everything = frozenset(range(len(SHIFTS)))
    day = chance.randrange(days)
    if chance.random() < 0.6:
        return Wish(worker, day, everything, on=False, weight=chance.randrange(1, 6))
    return Wish(worker, day, frozenset({chance.choice((EARLY, LATE, DAY))}), on=True, weight=chance.randrange(1, 4))


def _tallies(chance: random.Random, groups: tuple[range, range, range], days: int) -> Iterator[Tally]:
    ends = frozenset(day for day in range(days) if day % WEEK >= SATURDAY)
    whole = frozenset(range(days))
    answer, know, _drive = groups
    for name, of, shifts, group in (
        ("weekends", ends, {WHOLE}, answer),
        ("late", whole, {LATE}, answer),
        ("evenings", whole, {DAY_EVENING, EVENING}, know),
        ("Sundays", ends, {WHOLE}, know),
    ):
        before = tuple(chance.randrange(3) for _worker in group)
        yield Tally(name, of, frozenset(shifts), tuple(group), before, weight=20)


def small_problem(chance: random.Random) -> Problem:
    """Two or three workers, few days, any of the rules and prices; there may be no plan at all."""
    days, people = chance.randrange(3, 5), chance.randrange(1, 3)
    shifts = (
        Shift("E", 360, 840, 480),
        Shift("N", 1320, 1800, chance.choice((480, 600)), never_next=frozenset(chance.choices((0, 1), k=1))),
    )[: chance.randrange(1, 3)]
    shifts = tuple(
        Shift(shift.code, shift.start, shift.end, shift.minutes, shift.never_next & frozenset(range(len(shifts))))
        for shift in shifts
    )
    workers = tuple(_small_worker(chance, f"W{index}", days, len(shifts)) for index in range(people))
    covers = tuple(_small_cover(chance, day, people, len(shifts)) for day in range(days) if chance.random() < 0.8)
    wishes = tuple(
        Wish(chance.randrange(people), chance.randrange(days), _some(chance, len(shifts)), chance.random() < 0.5, 3)
        for _wish in range(chance.randrange(3))
    )
    before = tuple(chance.randrange(3) for _worker in range(people))
    tally = Tally("t", frozenset(range(days)), _some(chance, len(shifts)), tuple(range(people)), before, 2)
    published = any_cells_of(days, people, len(shifts), chance) if chance.random() < 0.5 else None
    pins = {(0, chance.randrange(days)): chance.choice((FREE, 0))} if chance.random() < 0.2 else {}
    return Problem(
        days, chance.randrange(WEEK), shifts, workers, covers, wishes, (tally,), pins, published, chance.randrange(3)
    )


def rows_problem(chance: random.Random) -> Problem:
    """A small problem that can be put together of rows, with anything that contracts know."""
    problem = small_problem(chance)
    workers = tuple(
        replace(
            one,
            before=(),
            week_least=None,
            week_most=None,
            longest_run=None if one.longest_run is None else max(one.longest_run, one.shortest_run),
        )
        for one in problem.workers
    )
    return replace(problem, workers=workers, tallies=())


def _small_worker(chance: random.Random, name: str, days: int, shifts: int) -> Worker:
    def maybe(*values: int) -> int | None:
        return chance.choice(values) if chance.random() < 0.4 else None

    return Worker(
        name,
        _some(chance, shifts),
        least_minutes=maybe(480, 960),
        most_minutes=maybe(960, 1600),
        week_least=maybe(480),
        week_most=maybe(960, 1600),
        longest_run=maybe(1, 2, 3),
        shortest_run=chance.choice((1, 1, 2, 3)),
        shortest_break=chance.choice((1, 1, 2, 3)),
        most_weekends=maybe(0, 1),
        least_rest=chance.choice((0, 660)),
        most_of={0: 2} if chance.random() < 0.2 else {},
        away=frozenset({chance.randrange(days)}) if chance.random() < 0.3 else frozenset(),
        before=tuple(chance.randrange(-1, shifts) for _day in range(chance.choice((0, 0, 1, 2, 4)))),
        credited={chance.randrange(days): chance.choice((480, -240))} if chance.random() < 0.2 else {},
        off=frozenset({chance.randrange(days)}) if chance.random() < 0.2 else frozenset(),
        unable={chance.randrange(days): _some(chance, shifts)} if chance.random() < 0.2 else {},
    )


def _small_cover(chance: random.Random, day: int, people: int, shifts: int) -> Cover:
    least = chance.choice((0, 0, 0, 1))
    most = people if chance.random() < 0.3 else None
    wanted = chance.randrange(people + 2) if chance.random() < 0.7 else None
    workers = frozenset({chance.randrange(people)}) if chance.random() < 0.2 else None
    return Cover(day, _some(chance, shifts), workers, least, most, wanted, chance.randrange(9), chance.randrange(4))


def _some(chance: random.Random, shifts: int) -> frozenset[int]:
    return frozenset(chance.sample(range(shifts), chance.randrange(1, shifts + 1)))


def any_cells(problem: Problem, chance: random.Random) -> Cells:
    """Cells without any sense."""
    return any_cells_of(problem.days, len(problem.workers), len(problem.shifts), chance)


def any_cells_of(days: int, people: int, shifts: int, chance: random.Random) -> Cells:
    """Cells without any sense, of so many days, workers, shifts."""
    return tuple(tuple(chance.randrange(FREE, shifts) for _day in range(days)) for _worker in range(people))


def all_plans(problem: Problem) -> Iterator[Cells]:
    """Every valid roster of a tiny problem."""
    every = list(product(range(FREE, len(problem.shifts)), repeat=problem.days))
    rows = [
        [row for row in every if not person_breaches(problem, worker, row)] for worker in range(len(problem.workers))
    ]
    yield from (cells for cells in product(*rows) if not breaches(problem, cells))


def hard_rows_problem(people: int) -> Problem:
    """Two weeks of early and late whose best mixture of rows is no roster: wishes stand against each other."""
    chance = random.Random(people)
    shifts = (Shift("E", None, None, 480), Shift("L", None, None, 480, frozenset({0})))
    days = 2 * WEEK
    workers = tuple(
        Worker(
            f"W{index}",
            frozenset({0, 1}),
            least_minutes=8 * 480,
            most_minutes=9 * 480,
            longest_run=4,
            shortest_run=2,
            shortest_break=2,
            most_weekends=1,
        )
        for index in range(people)
    )
    covers = tuple(
        Cover(day, frozenset({shift}), wanted=people * 3 // 10 + chance.randrange(2), under=20, over=1)
        for day in range(days)
        for shift in (0, 1)
    )
    wishes = tuple(
        Wish(
            chance.randrange(people),
            chance.randrange(days),
            frozenset({chance.randrange(2)}),
            chance.random() < 0.5,
            chance.randrange(1, 4),
        )
        for _wish in range(6 * people)
    )
    return Problem(days, 0, shifts, workers, covers, wishes)
