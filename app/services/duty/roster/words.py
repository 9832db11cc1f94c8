"""Broken rules and explanations in sentences; how a day is written is the caller's to say."""

from collections.abc import Callable
from dataclasses import dataclass

from app.i18n import N_, _
from app.services.duty.roster.explain import Alternative
from app.services.duty.roster.problem import FREE, Breach, Problem, Rule

_FOUND = {
    Rule.PIN: N_("{worker}, {first}: this cell is fixed to {shift}."),
    Rule.AWAY: N_("{worker} is on leave on {first}."),
    Rule.OFF: N_("{first} is a day off by {worker}'s contract."),
    Rule.SKILL: N_("{worker} does not do the shift {shift} ({first})."),
    Rule.FOLLOW: N_("{worker}: {shift} on {last} may not come on the day after the shift of {first}."),
    Rule.REST: N_("{worker}: only {found} h between the shifts of {first} and {last}; at least {limit} h are needed."),
    Rule.LONGEST_RUN: N_("{worker} works {found} days in a row from {first} to {last}; at most {limit} are allowed."),
    Rule.SHORTEST_RUN: N_(
        "{worker} works only {found} days in a row from {first} to {last}; at least {limit} are due."
    ),
    Rule.SHORTEST_BREAK: N_("{worker} is off for only {found} days from {first} to {last}; at least {limit} are due."),
    Rule.MOST_MINUTES: N_("{worker} works {found} h from {first} to {last}; at most {limit} h are allowed."),
    Rule.LEAST_MINUTES: N_("{worker} works {found} h from {first} to {last}; at least {limit} h are agreed."),
    Rule.WEEK_MOST: N_("{worker} works {found} h in the week from {first} to {last}; at most {limit} h are allowed."),
    Rule.WEEK_LEAST: N_("{worker} works {found} h in the week from {first} to {last}; at least {limit} h are agreed."),
    Rule.MOST_OF_SHIFT: N_("{worker} has the shift {shift} {found} times; at most {limit} are allowed."),
    Rule.WEEKENDS: N_("{worker} works on {found} weekends; at most {limit} are allowed."),
    Rule.TOO_FEW: N_("{first}, {cover}: {found} planned; at least {limit} needed."),
    Rule.TOO_MANY: N_("{first}, {cover}: {found} planned; at most {limit} allowed."),
}

_RULE = {
    Rule.PIN: N_("{worker}, {first}: the cell is fixed to {shift}."),
    Rule.AWAY: N_("{worker} is on leave on {first}."),
    Rule.OFF: N_("{first} is a day off by {worker}'s contract."),
    Rule.SKILL: N_("{worker} does not do the shift {shift}."),
    Rule.FOLLOW: N_("{worker}: some shifts may not come on the day after others."),
    Rule.REST: N_("{worker}: at least {limit} h between two shifts."),
    Rule.LONGEST_RUN: N_("{worker} works at most {limit} days in a row."),
    Rule.SHORTEST_RUN: N_("{worker} works at least {limit} days in a row."),
    Rule.SHORTEST_BREAK: N_("{worker} is off for at least {limit} days in a row."),
    Rule.MOST_MINUTES: N_("{worker} works at most {limit} h from {first} to {last}."),
    Rule.LEAST_MINUTES: N_("{worker} works at least {limit} h from {first} to {last}."),
    Rule.WEEK_MOST: N_("{worker} works at most {limit} h in the week from {first} to {last}."),
    Rule.WEEK_LEAST: N_("{worker} works at least {limit} h in the week from {first} to {last}."),
    Rule.MOST_OF_SHIFT: N_("{worker} has the shift {shift} at most {limit} times."),
    Rule.WEEKENDS: N_("{worker} works on at most {limit} weekends."),
    Rule.TOO_FEW: N_("{first}, {cover}: at least {limit} needed."),
    Rule.TOO_MANY: N_("{first}, {cover}: at most {limit} allowed."),
}

_LEFT = N_("{worker} does not work here any more on {first}.")
_SKILL_THEN = N_("{worker} does not do the shift {shift} from {first} to {last}.")  # a post is acted in on other days

_IN_HOURS = {
    Rule.REST,
    Rule.MOST_MINUTES,
    Rule.LEAST_MINUTES,
    Rule.WEEK_MOST,
    Rule.WEEK_LEAST,
}


def _never(_worker: int, _day: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Words:
    """Puts what is found in a problem into sentences.

    `day` writes a day of the plan, also a negative one; `code` a shift's code as people know it; `left` tells whether a
    worker who is away on a day is so for good.
    """

    problem: Problem
    day: Callable[[int], str]
    code: Callable[[str], str] = str
    left: Callable[[int, int], bool] = _never

    def broken(self, breach: Breach) -> str:
        """A rule that does not hold in a roster."""
        return self._fill(_(_LEFT if self._has_left(breach) else _FOUND[breach.rule]), breach)

    def rule(self, breach: Breach) -> str:
        """A rule as such, as it stands among those that clash."""
        if self._has_left(breach):
            return self._fill(_(_LEFT), breach)
        then = breach.rule is Rule.SKILL and breach.last_day - breach.first_day + 1 < self.problem.days
        return self._fill(_(_SKILL_THEN if then else _RULE[breach.rule]), breach)

    def shift(self, shift: int) -> str:
        """A shift's code, or the word for a day off."""
        return _("off") if shift == FREE else self.code(self.problem.shifts[shift].code)

    def alternative(self, other: Alternative) -> str:
        """What another content of a cell would mean."""
        named = self.shift(other.shift)
        if other.broken:
            return _("“{shift}” is not possible: {reasons}").format(
                shift=named, reasons=" ".join(map(self.broken, other.broken))
            )
        if other.more > 0:
            return _("“{shift}” would be possible and {points} points worse.").format(shift=named, points=other.more)
        if other.more < 0:
            return _("“{shift}” would be possible and {points} points better.").format(shift=named, points=-other.more)
        return _("“{shift}” would be just as good.").format(shift=named)

    def cover(self, index: int) -> str:
        """What a need is called."""
        cover = self.problem.covers[index]
        if cover.parts:
            needs = " + ".join(map(self.cover, cover.parts))
            if cover.counts_twice:
                return _("{needs} (nobody is in two posts at once; a post that answers two needs counts twice)").format(
                    needs=needs
                )
            return _("{needs} (nobody is in two posts at once)").format(needs=needs)
        return self.code(cover.name) if cover.name else " / ".join(self.shift(shift) for shift in sorted(cover.shifts))

    def _has_left(self, breach: Breach) -> bool:
        return breach.rule is Rule.AWAY and breach.worker is not None and self.left(breach.worker, breach.first_day)

    def _fill(self, sentence: str, breach: Breach) -> str:
        hours = breach.rule in _IN_HOURS
        return sentence.format(
            worker="" if breach.worker is None else self.problem.workers[breach.worker].name,
            first=self.day(breach.first_day),
            last=self.day(breach.last_day),
            shift="" if breach.shift is None else self.shift(breach.shift),
            found=_hours(breach.found) if hours else breach.found,
            limit=_hours(breach.limit) if hours else breach.limit,
            cover="" if breach.cover is None else self.cover(breach.cover),
        )


def _hours(minutes: int) -> str:
    return f"{minutes / 60:.4g}"
