"""What a roster must fulfil and what it should, as plain values: the same for the office and for published benchmarks.

A day is a number counted from the first day of the plan; workers and shifts are named by their place in the problem's
tuples. A cell holds one shift or is free; there is one cell for each worker and day.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

WEEK = 7
FREE = -1  # the cell of a day off

Cells = tuple[tuple[int, ...], ...]  # [worker][day] → shift or FREE
Reach = tuple[frozenset[int] | None, frozenset[int]]  # workers (None: all) in any of these shifts


class Rule(StrEnum):
    """The hard rules by name; what breaks one is no plan."""

    PIN = "pin"  # somebody has fixed this cell
    AWAY = "away"  # leave: no shift on that day
    OFF = "off"  # a day that the contract leaves free
    SKILL = "skill"  # the worker does not do this shift, or not on that day
    FOLLOW = "follow"  # this shift may not come on the day after that one
    REST = "rest"  # too few hours between the end of one shift and the start of the next
    LONGEST_RUN = "longest_run"  # working days in a row
    SHORTEST_RUN = "shortest_run"
    SHORTEST_BREAK = "shortest_break"  # free days in a row
    MOST_MINUTES = "most_minutes"  # over the whole plan
    LEAST_MINUTES = "least_minutes"
    WEEK_MOST = "week_most"  # minutes within each week
    WEEK_LEAST = "week_least"
    MOST_OF_SHIFT = "most_of_shift"
    WEEKENDS = "weekends"  # weekends with any work on Saturday or Sunday
    TOO_FEW = "too_few"  # workers on a day, below what must be
    TOO_MANY = "too_many"


@dataclass(frozen=True, slots=True)
class Shift:
    """A kind of shift (班次): its hours in minutes from midnight (`end` may pass 1440), and what counts as work."""

    code: str
    start: int | None  # None: the hours are not known, rest is told by `never_next` alone
    end: int | None
    minutes: int
    never_next: frozenset[int] = frozenset()  # the shifts that may not come on the day after it


@dataclass(frozen=True, slots=True)
class Worker:
    """One person with the contract (合同) that binds the plan; None is no limit."""

    name: str
    shifts: frozenset[int]  # those that the person does, at least on some day
    least_minutes: int | None = None
    most_minutes: int | None = None
    week_least: int | None = None  # in each week of the plan that is whole
    week_most: int | None = None
    longest_run: int | None = None
    shortest_run: int = 1
    shortest_break: int = 1
    most_weekends: int | None = None
    least_rest: int = 0  # minutes between two shifts
    most_of: Mapping[int, int] = field(default_factory=dict)  # shift → how many in the plan
    away: frozenset[int] = frozenset()  # days of leave
    off: frozenset[int] = frozenset()  # days that are free by contract
    before: tuple[int, ...] = ()  # the cells of the days right before the plan, the latest last; empty: not known
    credited: Mapping[int, int] = field(default_factory=dict)  # day → minutes that count in its week without a shift
    unable: Mapping[int, frozenset[int]] = field(default_factory=dict)  # day → those of `shifts` not done on it

    def does(self, day: int) -> frozenset[int]:
        """The shifts that the person does on a day: fewer than ever where a post is acted in on other days only."""
        return self.shifts - self.unable.get(day, frozenset())

    def is_free(self, day: int) -> bool:
        """Whether the person has no shift on a day, whatever is needed: on leave, or free by contract."""
        return day in self.away or day in self.off


@dataclass(frozen=True, slots=True)
class Cover:
    """How many of `workers` (None: all) work one of `shifts` on a day (需求).

    What several covers ask for together has `parts`, which come before it; its `workers` and `shifts` are those of any
    part, `reach` says who counts in which. Who is in a post that answers two of the parts at once is in `reach` twice,
    and counts for two. If more is wanted, nobody does, and the parts and all their sums have one price: who is missing
    in several of them is paid for once.
    """

    day: int
    shifts: frozenset[int]
    workers: frozenset[int] | None = None
    least: int = 0  # hard
    most: int | None = None  # hard
    wanted: int | None = None  # soft, with a price for each below and above
    under: int = 0
    over: int = 0
    name: str = ""  # what people call it
    parts: tuple[int, ...] = ()  # places of the covers that it is the sum of, as nobody is in two posts at once
    reach: tuple[Reach, ...] = ()

    @property
    def counted(self) -> tuple[Reach, ...]:
        """Who counts in which shifts."""
        return self.reach or ((self.workers, self.shifts),)

    @property
    def counts_twice(self) -> bool:
        """Whether somebody can count for two."""
        return any(
            shifts & others and (workers or frozenset()) & (these or frozenset())
            for (workers, shifts), (these, others) in combinations(self.reach, 2)
        )

    def counts(self, worker: int, shift: int) -> int:
        """For how many the worker counts in a shift: one or none, unless two of the parts are answered by one post."""
        return sum(shift in shifts and (workers is None or worker in workers) for workers, shifts in self.counted)


@dataclass(frozen=True, slots=True)
class Wish:
    """Somebody would like a shift of `shifts` on a day, or (`on` False) none of them; a price if not."""

    worker: int
    day: int
    shifts: frozenset[int]
    on: bool
    weight: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What is to be shared out fairly (公平): cells with one of `shifts` on one of `days`, with what was before.

    Its price: `weight` for each one by which the most and the least of the workers differ.
    """

    name: str
    days: frozenset[int]
    shifts: frozenset[int]
    workers: tuple[int, ...]
    before: tuple[int, ...]  # for each of `workers`, carried on from past weeks
    weight: int


@dataclass(frozen=True, slots=True)
class Problem:
    """All of it. The first day's weekday (0 is Monday) says which days make a week and a weekend."""

    days: int
    first_weekday: int
    shifts: tuple[Shift, ...]
    workers: tuple[Worker, ...]
    covers: tuple[Cover, ...] = ()
    wishes: tuple[Wish, ...] = ()
    tallies: tuple[Tally, ...] = ()
    pins: Mapping[tuple[int, int], int] = field(default_factory=dict)  # (worker, day) → shift or FREE
    published: Cells | None = None  # the plan that people know; a changed cell costs `change_weight`
    change_weight: int = 0

    @property
    def shared(self) -> frozenset[int]:
        """The covers of which a missing one can be missing in a sum as well."""
        return frozenset(part for cover in self.covers if cover.wanted is not None for part in cover.parts)


@dataclass(frozen=True, slots=True)
class Breach:
    """A hard rule that does not hold: which, whose, from which day to which, with the figures in it."""

    rule: Rule
    worker: int | None
    first_day: int
    last_day: int
    found: int = 0
    limit: int = 0
    shift: int | None = None
    cover: int | None = None  # its place in the problem's covers
