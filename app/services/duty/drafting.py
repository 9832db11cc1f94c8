"""Puts together what the planner solves: whom each day needs, what binds each person, what is to be fair."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.models.duty import WishState, duty_wishes
from app.models.people import Post
from app.services.duty.lines import Line
from app.services.duty.roster.problem import FREE, Cells, Cover, Problem, Shift, Tally, Wish, Worker
from app.services.duty.rules import FREE_DAYS, ON_CALL, Contract, DayKind, Demand, DutyRules, ShiftKind
from app.services.duty.shares import EVENINGS, HOLIDAYS, TURNS, WEEKENDS, Carried, even_start
from app.services.duty.two_posts import Asked, kinds, together
from app.services.duty.weeks import WEEK, Week, cell, monday_of

PAST_DAYS = 14  # that a plan looks back for runs and rest
MANY_EACH_WEEK = 5  # days that a week's hours are spread over, for leave
WHOLE_SPAN = 4  # weeks over which weekends are limited


@dataclass(frozen=True, slots=True)
class Known:
    """What is known about the weeks to be planned."""

    days: tuple[date, ...]
    kinds: tuple[DayKind, ...]
    rules: DutyRules
    lines: tuple[Line, ...]
    weeks: Mapping[date, Week]
    away: Mapping[int, frozenset[date]]
    past: Carried


class Drafting:
    """A shift's number is its place among the rules' kinds; being on call comes last."""

    def __init__(self, conn: Connection, known: Known) -> None:
        self.conn, self.known = conn, known
        self.days, self.kinds, self.rules, self.lines = known.days, known.kinds, known.rules, known.lines
        self.weeks = known.weeks
        self.on_call = len(self.rules.shifts)
        codes = {kind.code: place for place, kind in enumerate(self.rules.shifts)}
        self.shifts = tuple(_shift(kind, codes) for kind in self.rules.shifts)

    def problem(self) -> Problem:
        """All of it."""
        shifts = (*self.shifts, Shift(ON_CALL, None, None, 0))
        pins = {
            (row, number): place_of(shifts, week.draft[line.key][day.weekday()])
            for number, day in enumerate(self.days)
            if (week := self.weeks.get(monday_of(day))) is not None
            for row, line in enumerate(self.lines)
            if day.weekday() in week.pins.get(line.key, ()) and line.key in week.draft
        }
        return Problem(
            len(self.days),
            self.days[0].weekday(),
            shifts,
            tuple(self._worker(line) for line in self.lines),
            tuple(self._covers()),
            tuple(self._wishes()),
            tuple(self._tallies()),
            pins,
            self._published(shifts),
            self.rules.weights.changed,
        )

    def _worker(self, line: Line) -> Worker:
        gone = self.known.away.get(line.person, frozenset())
        away = frozenset(number for number, day in enumerate(self.days) if day in gone)
        before = self._before(line)
        does = frozenset().union(*(self._does(line, day) for day in self.days))
        if line.on_call:
            return Worker(line.name, does, away=away, before=before, unable=self._unable(line))
        contract = self.rules.contract(line.person, line.posts)
        never = frozenset(number for number, kind in enumerate(self.kinds) if kind in contract.off_days)
        return Worker(
            line.name,
            does,
            week_least=contract.week_least or None,
            week_most=contract.week_most,
            longest_run=contract.longest_run,
            shortest_break=contract.shortest_break,
            most_weekends=_weekends(contract, len(self.days)),
            least_rest=contract.least_rest,
            away=away,
            off=never - away,
            before=before,
            credited=self._credited(contract, away),
            unable=self._unable(line),
        )

    def _does(self, line: Line, day: date) -> frozenset[int]:
        """What the posts in force on a day do."""
        if line.on_call:
            return frozenset({self.on_call} if set(line.posts_on(day)) & set(self.rules.on_call_posts) else ())
        return self._done(frozenset(line.posts_on(day)))

    def _done(self, posts: frozenset[Post]) -> frozenset[int]:
        """The shifts that these posts do."""
        return frozenset(place for place, kind in enumerate(self.rules.shifts) if posts & set(kind.posts))

    def _posts(self, line: Line, day: date) -> frozenset[Post]:
        """The posts in force on a day, for which somebody is asked; who is on call is asked for none."""
        return frozenset() if line.on_call else frozenset(line.posts_on(day))

    def _unable(self, line: Line) -> dict[int, frozenset[int]]:
        """By day what is not done as the post that does it is acted in on other days; nothing for who acts nowhere."""
        if not line.acted:
            return {}
        does = [self._does(line, day) for day in self.days]
        every = frozenset().union(*does)
        return {number: every - here for number, here in enumerate(does) if every - here}

    def _credited(self, contract: Contract, away: frozenset[int]) -> dict[int, int]:
        """Minutes that a day counts in its week without a shift: leave and holidays; a make-up day asks for more."""
        share = contract.week_least // MANY_EACH_WEEK
        counted: dict[int, int] = {}
        for number in sorted(away):
            same_week = [day for day in counted if day // WEEK == number // WEEK]
            if len(same_week) < MANY_EACH_WEEK:
                counted[number] = share
        for number, (day, kind) in enumerate(zip(self.days, self.kinds, strict=True)):
            if kind is DayKind.HOLIDAY and kind in contract.off_days and day.weekday() < MANY_EACH_WEEK:
                counted[number] = share
            elif kind is DayKind.MAKE_UP and contract.off_days & FREE_DAYS and number not in away:
                counted[number] = -share
        return counted

    def _before(self, line: Line) -> tuple[int, ...]:
        """The cells right before the plan, as far back as there are any."""
        past: list[int] = []
        for back in range(1, PAST_DAYS + 1):
            code = cell(self.weeks, line.key, self.days[0] - timedelta(days=back))
            if code is None:
                break
            past.append(self.on_call if line.on_call and code else place_of(self.shifts, code))
        return tuple(reversed(past))

    def _covers(self) -> list[Cover]:
        weights, asked = self.rules.weights, list[tuple[Demand, Cover]]()
        for demand in self.rules.demands:
            shifts = frozenset(place for place, kind in enumerate(self.shifts) if kind.code in demand.shifts)
            workers = frozenset(row for row, line in enumerate(self.lines) if _is_asked(demand, line, line.posts))
            asked += [
                (
                    demand,
                    Cover(
                        number,
                        shifts,
                        workers | self._acting(demand, day),
                        demand.least,
                        demand.most,
                        demand.wanted,
                        weights.under,
                        weights.over,
                        demand.name,
                    ),
                )
                for number, (day, kind) in enumerate(zip(self.days, self.kinds, strict=True))
                if kind in demand.days and shifts
            ]
        covers = [cover for _demand, cover in asked]
        for number, day in enumerate(self.days):
            needs = [Asked(place, *one) for place, one in enumerate(asked) if one[1].day == number]
            covers += together(needs, kinds((self._posts(line, day) for line in self.lines), self._done))
        covers += self._unasked()
        called = frozenset(row for row, line in enumerate(self.lines) if line.on_call)
        if called:
            turns = frozenset({self.on_call})
            covers += [Cover(number, turns, called, 1, 1) for number in range(len(self.days))]
        return covers

    def _acting(self, demand: Demand, day: date) -> frozenset[int]:
        """Who is asked on a day because of a post that they act in then."""
        acting = ((row, line) for row, line in enumerate(self.lines) if line.acted)
        return frozenset(row for row, line in acting if _is_asked(demand, line, line.posts_on(day)))

    def _unasked(self) -> Iterator[Cover]:
        """A shift that is needed on certain days only is one too many on the others."""
        everybody = frozenset(row for row, line in enumerate(self.lines) if not line.on_call)
        for place, shift in enumerate(self.shifts):
            asked = [demand.days for demand in self.rules.demands if shift.code in demand.shifts]
            for number, kind in enumerate(self.kinds):
                if asked and not any(kind in days for days in asked):
                    yield Cover(number, frozenset({place}), everybody, wanted=0, over=self.rules.weights.under)

    def _wishes(self) -> list[Wish]:
        rows = {line.person: row for row, line in enumerate(self.lines) if not line.on_call}
        c = duty_wishes.c
        between = c.day.between(self.days[0].isoformat(), self.days[-1].isoformat())
        found = self.conn.execute(select(duty_wishes).where(between, c.state == WishState.OPEN.value).order_by(c.id))
        every = frozenset(range(len(self.shifts)))
        codes = {kind.code: place for place, kind in enumerate(self.rules.shifts)}
        return [
            Wish(
                rows[row.person],
                (date.fromisoformat(row.day) - self.days[0]).days,
                frozenset(codes[code] for code in row.shifts.split(",") if code in codes) or every,
                bool(row.wanted),
                row.weight,
            )
            for row in found
            if row.person in rows
        ]

    def _tallies(self) -> list[Tally]:
        """Turns are shared among those who could have the same ones; who acts in a post for some days stays out."""
        weights, numbers = self.rules.weights, range(len(self.days))
        weekend = frozenset(
            n for n in numbers if self.days[n].weekday() >= WEEK - 2 and self.kinds[n] is not DayKind.MAKE_UP
        )
        holiday = frozenset(n for n in numbers if self.kinds[n] is DayKind.HOLIDAY)
        every = frozenset(range(len(self.shifts)))
        evening = frozenset(place for place, kind in enumerate(self.rules.shifts) if kind.evening)
        tallies = [
            *self._shared(WEEKENDS, weekend, every, weights.weekends),
            *self._shared(EVENINGS, frozenset(numbers), evening, weights.evenings),
            *self._shared(HOLIDAYS, holiday, every, weights.holidays),
        ]
        called = [row for row, line in enumerate(self.lines) if line.on_call and self._takes_turns(line)]
        if len(called) > 1:
            tallies.append(self._tally(TURNS, frozenset(numbers), frozenset({self.on_call}), called, weights.on_call))
        return tallies

    def _takes_turns(self, line: Line) -> bool:
        """Whether somebody can be on call on each day: not who acts for some days, nor who was in the post once."""
        return all(self._does(line, day) for day in self.days)

    def _shared(self, name: str, days: frozenset[int], shifts: frozenset[int], weight: int) -> list[Tally]:
        groups: dict[frozenset[str], list[int]] = {}
        for row, line in enumerate(self.lines):
            contract = self.rules.contract(line.person, line.posts)
            asked = frozenset(
                code
                for demand in self.rules.demands
                if not line.on_call
                and _is_asked(demand, line, line.posts)
                and demand.days & _kinds_of(days, self.kinds) - contract.off_days
                for code in demand.shifts
                if place_of(self.shifts, code) in shifts
            )
            if asked:
                groups.setdefault(asked, []).append(row)
        return [
            self._tally(name, days, frozenset(place_of(self.shifts, code) for code in asked), rows, weight)
            for asked, rows in groups.items()
            if len(rows) > 1 and days
        ]

    def _tally(
        self, name: str, days: frozenset[int], shifts: frozenset[int], rows: Sequence[int], weight: int
    ) -> Tally:
        start = even_start(self.known.past, [self.lines[row].key for row in rows], name)
        return Tally(name, days, shifts, tuple(rows), start, weight)

    def _published(self, shifts: Sequence[Shift]) -> Cells | None:
        """The plan that people know, where all its weeks have been published."""
        mondays = {monday_of(day) for day in self.days}
        known = {monday: week.published for monday, week in self.weeks.items() if week.published is not None}
        if not mondays <= known.keys():
            return None
        empty = [""] * WEEK
        return tuple(
            tuple(
                place_of(shifts, (known[monday_of(day)] or {}).get(line.key, empty)[day.weekday()]) for day in self.days
            )
            for line in self.lines
        )


def _shift(kind: ShiftKind, codes: Mapping[str, int]) -> Shift:
    never = frozenset(codes[code] for code in kind.never_next if code in codes)
    return Shift(kind.code, kind.windows[0][0], kind.windows[-1][1], kind.minutes, never)


def place_of(shifts: Sequence[Shift], code: str) -> int:
    """The shift with a code; a code that the office has no longer is free."""
    return next((place for place, shift in enumerate(shifts) if code and shift.code == code), FREE)


def _is_asked(demand: Demand, line: Line, posts: Sequence[Post]) -> bool:
    return not line.on_call and (not demand.posts or bool(set(demand.posts) & set(posts)))


def _kinds_of(days: frozenset[int], kinds: Sequence[DayKind]) -> frozenset[DayKind]:
    return frozenset(kinds[number] for number in days)


def _weekends(contract: Contract, days: int) -> int | None:
    """The limit over four weeks, for as many weeks as the plan has."""
    if contract.most_weekends is None:
        return None
    return -(-contract.most_weekends * days // (WEEK * WHOLE_SPAN))
