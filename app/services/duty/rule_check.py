"""Which duty rules make no sense: asked while somebody types, and again at the door."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from app.i18n import _
from app.models.people import POST_WORDS, Post
from app.services.duty.clock import DAY_MINUTES, span_text
from app.services.duty.rules import Contract, Demand, DutyRules, ShiftKind

LONGEST_CODE, LONGEST_NAME = 8, 40
MOST_KINDS, MOST_DEMANDS = 30, 60
MOST_PEOPLE = 99
WEEK_MINUTES = 7 * DAY_MINUTES
MOST_WEIGHT = 10_000
SHIFTS, DEMANDS, CONTRACTS, WEIGHTS = "shifts", "demands", "contracts", "weights"


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong: in which list, in which of its rows (None: in the list itself), and a sentence."""

    where: str
    place: int | None
    reason: str


def rule_problems(rules: DutyRules) -> list[RuleProblem]:
    """Everything that makes no sense, in the order of the form."""
    return [problem for check in _CHECKS for problem in check(rules)]


def _kinds(rules: DutyRules) -> Iterator[RuleProblem]:
    if not 0 < len(rules.shifts) <= MOST_KINDS:
        yield RuleProblem(SHIFTS, None, _("An office has 1 to {most} kinds of shifts.").format(most=MOST_KINDS))
    codes = [kind.code for kind in rules.shifts]
    for place, kind in enumerate(rules.shifts):
        for reason in _kind_reasons(kind, codes):
            yield RuleProblem(SHIFTS, place, reason)


def _kind_reasons(kind: ShiftKind, codes: list[str]) -> Iterator[str]:
    if not 0 < len(kind.code.strip()) <= LONGEST_CODE or "," in kind.code:
        yield _("The sign in the cells has 1 to {most} characters and no comma.").format(most=LONGEST_CODE)
    elif codes.count(kind.code) > 1:
        yield _("“{code}” is the sign of two kinds of shifts.").format(code=_(kind.code))
    if not 0 < len(kind.name.strip()) <= LONGEST_NAME:
        yield _("Give the shift a name of at most {most} characters.").format(most=LONGEST_NAME)
    yield from _window_reasons(kind)
    if not kind.posts:
        yield _("Choose at least one post that does this shift.")
    for code in sorted(set(kind.never_next) - set(codes)):
        yield _("There is no shift “{code}”.").format(code=code)


def _window_reasons(kind: ShiftKind) -> Iterator[str]:
    if not kind.windows:
        yield _("Say from when to when the shift lasts.")
        return
    for window in kind.windows:
        if not 0 <= window[0] < window[1] <= 2 * DAY_MINUTES or window[0] >= DAY_MINUTES:
            yield _("A shift ends after it begins: {window}.").format(window=span_text(window))
    for one, other in pairwise(kind.windows):
        if other[0] < one[1]:
            yield _("{one} and {other} overlap.").format(one=span_text(one), other=span_text(other))
    lasts = sum(end - start for start, end in kind.windows)
    if not 0 < kind.minutes <= max(lasts, 1):
        yield _("What counts as work is more than nothing and at most what the shift lasts.")


def _demands(rules: DutyRules) -> Iterator[RuleProblem]:
    if len(rules.demands) > MOST_DEMANDS:
        yield RuleProblem(DEMANDS, None, _("At most {most} lines say whom a day needs.").format(most=MOST_DEMANDS))
    codes = {kind.code for kind in rules.shifts}
    for place, demand in enumerate(rules.demands):
        for reason in _demand_reasons(demand, codes):
            yield RuleProblem(DEMANDS, place, reason)


def _demand_reasons(demand: Demand, codes: set[str]) -> Iterator[str]:
    if not 0 < len(demand.name.strip()) <= LONGEST_NAME:
        yield _("Give the need a name of at most {most} characters.").format(most=LONGEST_NAME)
    if not demand.days:
        yield _("Choose at least one kind of day.")
    if not demand.shifts:
        yield _("Choose at least one shift.")
    for code in sorted(set(demand.shifts) - codes):
        yield _("There is no shift “{code}”.").format(code=code)
    if not 0 <= demand.least <= demand.wanted <= MOST_PEOPLE:
        yield _("At least so many must be there, and as many or more are wanted.")
    if demand.most is not None and demand.most < demand.wanted:
        yield _("At most so many may be there, and no fewer than are wanted.")


def _contracts(rules: DutyRules) -> Iterator[RuleProblem]:
    posts: list[Post | int] = [*rules.contracts, *rules.own]
    for place, contract in enumerate((*rules.contracts.values(), *rules.own.values())):
        who = posts[place]
        for reason in _contract_reasons(contract):
            told = (
                _("{who}: {reason}").format(who=_(POST_WORDS[who]), reason=reason) if isinstance(who, Post) else reason
            )
            yield RuleProblem(CONTRACTS, place, told)


def _contract_reasons(contract: Contract) -> Iterator[str]:
    c = contract
    if not 0 <= c.week_least <= c.week_most <= WEEK_MINUTES:
        yield _("The hours of a week are from the least to the most, and a week has 168.")
    if not 1 <= c.longest_run <= 14:
        yield _("Days in a row: from 1 to {most}.").format(most=14)
    if not 1 <= c.shortest_break <= 7:
        yield _("Free days in a row: from 1 to {most}.").format(most=7)
    if not 0 <= c.least_rest <= DAY_MINUTES:
        yield _("Hours of rest between two shifts: from 0 to {most}.").format(most=24)
    if c.most_weekends is not None and not 0 <= c.most_weekends <= 4:
        yield _("Weekends in four weeks: from 0 to {most}.").format(most=4)


def _weights(rules: DutyRules) -> Iterator[RuleProblem]:
    for name in type(rules.weights).__dataclass_fields__:
        if not 0 <= getattr(rules.weights, name) <= MOST_WEIGHT:
            yield RuleProblem(WEIGHTS, None, _("Weights are from 0 to {most}.").format(most=MOST_WEIGHT))
            return


_CHECKS: tuple[Callable[[DutyRules], Iterator[RuleProblem]], ...] = (_kinds, _demands, _contracts, _weights)
