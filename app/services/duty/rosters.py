"""Drawing, publishing and reading the roster, week by week; two people at one week never undo each other (rule D2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection

from app.clock import office_day, to_ms
from app.errors import ConflictError, RuleError
from app.i18n import N_
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.duty.begun import Begun, BegunShiftError
from app.services.duty.lines import away_of
from app.services.duty.planning import Span, read_span
from app.services.duty.roster.check import breaches
from app.services.duty.rules import ON_CALL, rules_of
from app.services.duty.weeks import WEEK, Week, days_from, monday_of, person_of, weeks_between
from app.services.ledger import Pen, open_ledger
from app.services.people import name_of
from app.services.reasons import need_reason
from app.services.settings.values import load_settings

TURN = frozenset({ON_CALL})  # what stands in the cells of somebody on call


class CellChangedError(ConflictError):
    """Two people at one week: who is second is told instead of undoing the first."""

    message = N_("Somebody else has changed {name}'s {day} meanwhile; look at the roster again.")


class NoSuchShiftError(RuleError):
    """A cell holds a shift of the office, or nothing."""

    message = N_("There is no shift “{code}” any more; take another one.")


class PastRosterError(RuleError):
    """What was worked is not planned anew."""

    message = N_("{day} is over; the roster of past days is not changed any more.")


class NothingToPublishError(RuleError):
    """What is published already, or empty, needs no publishing."""

    message = N_("There is nothing new to publish in these weeks.")


class BrokenRulesError(RuleError):
    """A plan that breaks a rule may be published, but somebody answers for it."""

    message = N_("The plan breaks {count} rules. Mend it, or give a reason to publish it all the same.")


@dataclass(frozen=True, slots=True)
class Stroke:
    """One cell drawn: what was seen in it, what shall stand there, and whether it is fixed for the planner."""

    key: str
    day: date
    before: str
    after: str
    pinned: bool = False


@requires(Permission.DUTY_READ)
def read_roster(ctx: Context, first: date, weeks: int) -> Span:
    """So many weeks from the Monday of a day on, with the rules, leave and shares that bind them."""
    with ctx.reading() as conn:
        return read_span(conn, first, weeks)


@requires(Permission.DUTY_PLAN)
def draw(ctx: Context, strokes: Sequence[Stroke]) -> None:
    """Draw cells of the draft, all or none.

    Raises CellChangedError where a cell is not as it was seen, PastRosterError and BegunShiftError for what is over or
    has begun: a shift that is being worked can only be left as people know it.
    """
    today = office_day(ctx.clock)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        rules = rules_of(load_settings(conn).duty_rules)
        codes = {kind.code for kind in rules.shifts}
        begun = _begun_today(conn, ctx)
        for stroke in strokes:
            if stroke.day < today:
                raise PastRosterError(day=stroke.day.isoformat())
            if stroke.after and stroke.after not in (TURN if person_of(stroke.key)[1] else codes):
                raise NoSuchShiftError(code=stroke.after)
            standing = begun.code(stroke.key, stroke.day) if stroke.day == today else ""
            if standing and stroke.after != standing:
                name = name_of(conn, person_of(stroke.key)[0])
                raise BegunShiftError(name=name, shift=rules.sign(standing), day=stroke.day.isoformat())
        _draw(conn, pen, strokes)


@requires(Permission.DUTY_PLAN)
def copy_week(ctx: Context, monday: date) -> int:
    """Draw a week as the one before it is; what is over or has begun stays. Returns how many cells changed."""
    today, monday = office_day(ctx.clock), monday_of(monday)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        kept = weeks_between(conn, monday - timedelta(weeks=1), monday)
        source, target = kept.get(monday - timedelta(weeks=1)), kept.get(monday)
        if source is None:
            raise NothingToPublishError
        begun = _begun_today(conn, ctx)
        strokes = [
            stroke
            for stroke in _copied(source, target or Week(0, monday))
            if stroke.day >= today and not (stroke.day == today and begun.code(stroke.key, today))
        ]
        _draw(conn, pen, strokes)
        return len(strokes)


@requires(Permission.DUTY_PLAN)
def publish(ctx: Context, first: date, weeks: int, seen: Mapping[date, int], reason: str = "") -> list[date]:
    """Publish the drafts of some weeks that differ from what people know; returns the Mondays.

    `seen` is the last entry of each week that the person looked at. Raises BrokenRulesError where rules are broken and
    no reason is given, and ConflictError where somebody has drawn meanwhile. What is over or has begun stays as people
    knew it.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        span = read_span(conn, first, weeks)
        fresh = [span.weeks[monday] for monday in sorted(span.weeks) if _is_new(span, monday)]
        if not fresh:
            raise NothingToPublishError
        if any(seen.get(week.monday) != week.last_seq for week in fresh):
            raise ConflictError
        if _set_back(conn, pen, span, fresh, ctx):
            span = read_span(conn, first, weeks)
            fresh = [span.weeks[week.monday] for week in fresh if _is_new(span, week.monday)]
            if not fresh:
                raise NothingToPublishError
        broken = breaches(span.problem, span.cells())
        if broken:
            if not reason.strip():
                raise BrokenRulesError(count=len(broken))
            reason = need_reason(reason)
        content = {"reason": reason.strip(), "broken": sorted({breach.rule.value for breach in broken})}
        for week in fresh:
            subjects.advance(conn, pen, week.id, "roster.published", content | {"cells": week.draft})
        return [week.monday for week in fresh]


def _begun_today(conn: Connection, ctx: Context) -> Begun:
    today, rules = office_day(ctx.clock), rules_of(load_settings(conn).duty_rules)
    return Begun(rules, weeks_between(conn, today, today), away_of(conn, [today]), ctx.clock.now())


def _set_back(conn: Connection, pen: Pen, span: Span, fresh: Sequence[Week], ctx: Context) -> bool:
    """Draw back what was drafted in time and would be published too late: cells that are over or have begun meanwhile.

    Returns whether there were any.
    """
    begun, today = Begun(span.rules, span.weeks, span.away, ctx.clock.now()), office_day(ctx.clock)
    empty, strokes = [""] * WEEK, []
    for week in fresh:
        known = week.published
        for key in () if known is None else dict.fromkeys((*known, *week.draft)):
            for day, stands, drafted in zip(
                days_from(week.monday, WEEK), (known or {}).get(key, empty), week.draft.get(key, empty), strict=True
            ):
                if stands != drafted and (day < today or begun.code(key, day)):
                    pinned = day.weekday() in week.pins.get(key, ())
                    strokes.append(Stroke(key, day, drafted, stands, pinned))
    _draw(conn, pen, strokes)
    return bool(strokes)


def _copied(source: Week, target: Week) -> Iterator[Stroke]:
    """What makes a week as another one; fixed cells stay, and who had nothing in the other has nothing here."""
    empty, wanted = [""] * WEEK, source.in_force()
    for key in dict.fromkeys((*wanted, *target.draft)):
        before, after = target.draft.get(key, empty), wanted.get(key, empty)
        for number, day in enumerate(days_from(target.monday, WEEK)):
            if before[number] != after[number] and number not in target.pins.get(key, ()):
                yield Stroke(key, day, before[number], after[number])


def _is_new(span: Span, monday: date) -> bool:
    week = span.weeks[monday]
    return monday >= span.first and week.draft != week.published and any(map(any, week.draft.values()))


def _draw(conn: Connection, pen: Pen, strokes: Sequence[Stroke]) -> None:
    """One entry a week; a week that is not kept yet is begun."""
    by_week: dict[date, list[Stroke]] = {}
    for stroke in strokes:
        by_week.setdefault(monday_of(stroke.day), []).append(stroke)
    if not by_week:
        return
    kept = weeks_between(conn, min(by_week), max(by_week))
    for monday in sorted(by_week):
        week = kept.get(monday)
        if week is None:
            number = subjects.begin(conn, pen, "roster.begun", {"week": monday.isoformat(), "cells": {}})
            week = Week(number, monday)
        _refuse_changed(conn, week, by_week[monday])
        changes = [
            [stroke.key, stroke.day.weekday(), _stands(week, stroke), stroke.after, stroke.pinned]
            for stroke in by_week[monday]
        ]
        subjects.advance(conn, pen, week.id, "roster.drawn", {"changes": changes})


def _refuse_changed(conn: Connection, week: Week, strokes: Sequence[Stroke]) -> None:
    for stroke in strokes:
        stands = _stands(week, stroke)
        if stands != stroke.before and not (stroke.before == "" and _is_gone(conn, stands)):
            raise CellChangedError(name=name_of(conn, person_of(stroke.key)[0]), day=stroke.day.isoformat())


def _stands(week: Week, stroke: Stroke) -> str:
    codes = week.draft.get(stroke.key)
    return codes[stroke.day.weekday()] if codes else ""


def _is_gone(conn: Connection, code: str) -> bool:
    """Whether a cell holds what the office has no longer, and so is seen as free."""
    return code not in TURN and rules_of(load_settings(conn).duty_rules).kind(code) is None
