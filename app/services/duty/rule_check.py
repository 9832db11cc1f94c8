"""Which duty rules make no sense: asked while somebody types, and again at the door."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from app.i18n import _
from app.services.duty.rules import Contract, Demand, DutyRules, ShiftKind, shown
from app.services.duty.service_calendar import DAY_MINUTES, span_text

LONGEST_CODE, LONGEST_NAME = 8, 40
MOST_KINDS, MOST_DEMANDS = 30, 60
MOST_PEOPLE = 99
MOST_RUN, MOST_BREAK, MOST_WEEKENDS = 14, 7, 4
WEEK_MINUTES = 7 * DAY_MINUTES
MOST_WEIGHT = 10_000
SHIFTS, DEMANDS, CONTRACTS, WEIGHTS = "shifts", "demands", "contracts", "weights"

Reason = tuple[str, str]  # the field, and a sentence


@dataclass(frozen=True, slots=True)
class RuleProblem:
    """What is wrong: in which list, in which of its rows (None: in the list itself) and its fields, and a sentence."""

    where: str
    place: int | None
    field: str
    reason: str


def rule_problems(rules: DutyRules) -> list[RuleProblem]:
    """Everything that makes no sense, in the order of the form; the posts' contracts stand before the people's own."""
    return [problem for check in _CHECKS for problem in check(rules)]


def _kinds(rules: DutyRules) -> Iterator[RuleProblem]:
    if not 0 < len(rules.shifts) <= MOST_KINDS:
        yield RuleProblem(SHIFTS, None, "", _("An office has 1 to {most} kinds of shifts.").format(most=MOST_KINDS))
    for place, kind in enumerate(rules.shifts):
        for field, reason in _kind_reasons(kind, rules):
            yield RuleProblem(SHIFTS, place, field, reason)


def _kind_reasons(kind: ShiftKind, rules: DutyRules) -> Iterator[Reason]:
    codes = [one.code for one in rules.shifts]
    kept, sign = rules.signs.get(kind.code, kind.code), rules.sign(kind.code)
    if not 0 < len(kept.strip()) <= LONGEST_CODE or "," in kept or not kind.code.strip() or "," in kind.code:
        yield "code", _("The sign in the cells has 1 to {most} characters and no comma.").format(most=LONGEST_CODE)
    elif [rules.sign(code) for code in codes].count(sign) > 1:
        yield "code", _("“{code}” is the sign of two kinds of shifts.").format(code=sign)
    if not 0 < len(kind.name.strip()) <= LONGEST_NAME:
        yield "name", _("Give the shift a name of at most {most} characters.").format(most=LONGEST_NAME)
    yield from _window_reasons(kind)
    if not kind.posts:
        yield "posts", _("Choose at least one post that does this shift.")
    yield from _missing("never_next", kind.never_next, rules)


def _window_reasons(kind: ShiftKind) -> Iterator[Reason]:
    if not kind.windows:
        yield "windows", _("Say from when to when the shift lasts.")
        return
    for window in kind.windows:
        if not 0 <= window[0] < window[1] <= 2 * DAY_MINUTES or window[0] >= DAY_MINUTES:
            yield "windows", _("A shift ends after it begins: {window}.").format(window=span_text(window))
    for one, other in pairwise(kind.windows):
        if other[0] < one[1]:
            yield "windows", _("{one} and {other} overlap.").format(one=span_text(one), other=span_text(other))
    if not 0 < kind.minutes <= max(kind.lasts, 1):
        yield "minutes", _("What counts as work is more than nothing and at most what the shift lasts.")


def _missing(field: str, named: Iterable[str], rules: DutyRules) -> Iterator[Reason]:
    for code in sorted(set(named) - {kind.code for kind in rules.shifts}):
        yield field, _("There is no shift “{code}”.").format(code=rules.sign(code))


def _demands(rules: DutyRules) -> Iterator[RuleProblem]:
    if len(rules.demands) > MOST_DEMANDS:
        reason = _("At most {most} lines say whom a day needs.").format(most=MOST_DEMANDS)
        yield RuleProblem(DEMANDS, None, "", reason)
    names = [demand.name for demand in rules.demands]
    for place, demand in enumerate(rules.demands):
        for field, reason in (*_name_reasons(demand, names), *_demand_reasons(demand, rules)):
            yield RuleProblem(DEMANDS, place, field, reason)


def _name_reasons(demand: Demand, names: Sequence[str]) -> Iterator[Reason]:
    name = shown(demand.name)
    if not 0 < len(demand.name.strip()) <= LONGEST_NAME:
        yield "name", _("Give the need a name of at most {most} characters.").format(most=LONGEST_NAME)
    elif [shown(one) for one in names].count(name) > 1:
        yield "name", _("“{name}” is the name of two needs.").format(name=name)


def _demand_reasons(demand: Demand, rules: DutyRules) -> Iterator[Reason]:
    if not demand.days:
        yield "days", _("Choose at least one kind of day.")
    if not demand.shifts:
        yield "shifts", _("Choose at least one shift.")
    yield from _missing("shifts", demand.shifts, rules)
    if not 0 <= demand.least <= demand.wanted <= MOST_PEOPLE:
        yield "wanted", _("At least so many must be there, and as many or more are wanted.")
    if demand.most is not None and demand.most < demand.wanted:
        yield "most", _("At most so many may be there, and no fewer than are wanted.")


def _contracts(rules: DutyRules) -> Iterator[RuleProblem]:
    for place, contract in enumerate((*rules.contracts.values(), *rules.own.values())):
        for field, reason in _contract_reasons(contract):
            yield RuleProblem(CONTRACTS, place, field, reason)


def _contract_reasons(contract: Contract) -> Iterator[Reason]:
    c = contract
    if not 0 <= c.week_least <= c.week_most <= WEEK_MINUTES:
        yield "week_most", _("The hours of a week are from the least to the most, and a week has 168.")
    if not 1 <= c.longest_run <= MOST_RUN:
        yield "longest_run", _("Days in a row: from 1 to {most}.").format(most=MOST_RUN)
    if not 1 <= c.shortest_break <= MOST_BREAK:
        yield "shortest_break", _("Free days in a row: from 1 to {most}.").format(most=MOST_BREAK)
    if not 0 <= c.least_rest <= DAY_MINUTES:
        yield "least_rest", _("Hours of rest between two shifts: from 0 to {most}.").format(most=24)
    if c.most_weekends is not None and not 0 <= c.most_weekends <= MOST_WEEKENDS:
        yield "most_weekends", _("Weekends in four weeks: from 0 to {most}.").format(most=MOST_WEEKENDS)


def _weights(rules: DutyRules) -> Iterator[RuleProblem]:
    for name in type(rules.weights).__dataclass_fields__:
        if not 0 <= getattr(rules.weights, name) <= MOST_WEIGHT:
            yield RuleProblem(WEIGHTS, None, name, _("Weights are from 0 to {most}.").format(most=MOST_WEIGHT))


_CHECKS: tuple[Callable[[DutyRules], Iterator[RuleProblem]], ...] = (_kinds, _demands, _contracts, _weights)
