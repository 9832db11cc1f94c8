"""Drawing, publishing and reading the roster, week by week; two people at one week never undo each other (rule D2)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.errors import ConflictError, RuleError
from app.i18n import N_
from app.models.people import people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.duty.begun import Begun, BegunShiftError, begun_between
from app.services.duty.mending import Mending
from app.services.duty.roster.check import breaches
from app.services.duty.rules import ON_CALL, DutyRules, rules_of
from app.services.duty.span import Span, read_span
from app.services.duty.weeks import WEEK, Week, days_from, monday_of, person_of, weeks_between
from app.services.ledger import Pen, open_ledger
from app.services.people.names import name_of
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


class NothingToCopyError(RuleError):
    """A week is copied from the one before it."""

    message = N_("There is no roster of the week before that could be copied.")


class BrokenRulesError(RuleError):
    """A plan that breaks a rule may be published, but somebody answers for it."""

    message = N_("The plan breaks {count} rules. Mend it, or give a reason to publish it all the same.")

    def __init__(self, count: int) -> None:
        super().__init__(count=count)
        self.count = count


@dataclass(frozen=True, slots=True)
class Stroke:
    """One cell drawn: what was seen in it, what shall stand there, and whether it is fixed for the planner."""

    key: str
    day: date
    before: str
    after: str
    pinned: bool = False


@requires(Permission.DUTY_READ)
def read_roster(ctx: Context, first: date, weeks: int, *, drafts: bool = True) -> Span:
    """So many weeks from the Monday of a day on, with the rules, leave and shares that bind them.

    Who does not plan sees no drafts: what is not published may still change, and nobody is to go by it. Nor is anything
    there for them to tell a colleague's wishes by.
    """
    plans = ctx.may(Permission.DUTY_PLAN)
    with ctx.reading() as conn:
        span = read_span(conn, first, weeks, drafts=drafts and plans)
    return span if plans else span.with_wishes_of(ctx.person)


@requires(Permission.DUTY_PLAN)
def draw(ctx: Context, strokes: Sequence[Stroke]) -> None:
    """Draw cells of the draft, all or none.

    Raises CellChangedError where a cell is not as it was seen, PastRosterError and BegunShiftError for what is over or
    has begun: a shift that is being worked can only be left as people know it.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        begun = _begun_today(conn, ctx)
        codes = {kind.code for kind in begun.rules.shifts}
        for stroke in strokes:
            if stroke.day < begun.today:
                raise PastRosterError(day=stroke.day.isoformat())
            if stroke.after and stroke.after not in (TURN if person_of(stroke.key)[1] else codes):
                raise NoSuchShiftError(code=stroke.after)
            standing = begun.code(stroke.key, stroke.day)
            if standing and stroke.after != standing:
                name = name_of(conn, person_of(stroke.key)[0])
                raise BegunShiftError(name=name, shift=begun.rules.sign(standing), day=stroke.day.isoformat())
        _draw(conn, pen, strokes)


@requires(Permission.DUTY_PLAN)
def copy_week(ctx: Context, monday: date) -> int:
    """Draw a week as the one before it is; fixed cells, and what is over or has begun, stay.

    Returns how many cells changed. Raises NothingToCopyError.
    """
    monday = monday_of(monday)
    before = monday - timedelta(weeks=1)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        kept = weeks_between(conn, before, monday)
        if before not in kept:
            raise NothingToCopyError
        begun = _begun_today(conn, ctx)
        wanted = _again(conn, begun.rules, kept[before])
        strokes = [
            stroke
            for stroke in _changes(kept.get(monday, Week(0, monday)), wanted)
            if not stroke.pinned and not begun.is_past(stroke.key, stroke.day)
        ]
        _draw(conn, pen, strokes)
        return len(strokes)


@requires(Permission.DUTY_PLAN)
def publish(ctx: Context, first: date, weeks: int, seen: Mapping[date, int], reason: str = "") -> list[date]:
    """Publish the drafts of some weeks that differ from what people know; returns the Mondays.

    `seen` is the last entry of each week that the person looked at. Raises BrokenRulesError where rules are broken that
    can still be mended and no reason is given, and ConflictError where somebody has drawn meanwhile. What is over or
    has begun stays as people knew it, also in the draft; where that is all that was drafted, no week is published.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        span = read_span(conn, first, weeks)
        fresh = [span.weeks[monday] for monday in sorted(span.weeks) if _is_new(span, monday)]
        if not fresh:
            raise NothingToPublishError
        if any(seen.get(week.monday) != week.last_seq for week in fresh):
            raise ConflictError
        if _set_back(conn, pen, fresh, Begun(span.rules, span.weeks, span.away, ctx.clock.now())):
            span = read_span(conn, first, weeks)
            fresh = [span.weeks[week.monday] for week in fresh if _is_new(span, week.monday)]
            if not fresh:
                return []
        broken = Mending(span, ctx.clock.now()).of(breaches(span.problem, span.cells()), span.cells())
        if broken:
            if not reason.strip():
                raise BrokenRulesError(count=len(broken))
            reason = need_reason(reason)
        content = {"reason": reason.strip(), "broken": sorted({breach.rule.value for breach in broken})}
        for week in fresh:
            subjects.advance(conn, pen, week.id, "roster.published", content | {"cells": week.draft})
        return [week.monday for week in fresh]


def _begun_today(conn: Connection, ctx: Context) -> Begun:
    today = office_day(ctx.clock)
    return begun_between(conn, today, today, ctx.clock.now())


def _set_back(conn: Connection, pen: Pen, fresh: Sequence[Week], begun: Begun) -> bool:
    """Draw back what was drafted in time and would be published too late: cells that are over or have begun meanwhile.

    Returns whether there were any.
    """
    strokes = [
        stroke
        for week in fresh
        if week.published is not None
        for stroke in _changes(week, week.published)
        if begun.is_past(stroke.key, stroke.day)
    ]
    _draw(conn, pen, strokes)
    return bool(strokes)


def _again(conn: Connection, rules: DutyRules, week: Week) -> dict[str, list[str]]:
    """What of a week can be drawn in another one: who has left is not there, and a kind that is gone is free."""
    here = set(conn.execute(select(people.c.id).where(people.c.active == 1)).scalars())
    codes = TURN.union(kind.code for kind in rules.shifts)
    return {
        key: [code if code in codes else "" for code in cells]
        for key, cells in week.in_force().items()
        if person_of(key)[0] in here
    }


def _changes(week: Week, wanted: Mapping[str, list[str]]) -> Iterator[Stroke]:
    """What makes a draft as it is wanted, fixed cells too; who is not named there has nothing."""
    empty = [""] * WEEK
    for key in dict.fromkeys((*wanted, *week.draft)):
        cells = zip(week.draft.get(key, empty), wanted.get(key, empty), strict=True)
        for day, (before, after) in zip(days_from(week.monday, WEEK), cells, strict=True):
            if before != after:
                yield Stroke(key, day, before, after, day.weekday() in week.pins.get(key, ()))


def _is_new(span: Span, monday: date) -> bool:
    week = span.weeks[monday]
    is_something = week.published is not None or any(map(any, week.draft.values()))
    return monday >= span.first and week.is_new and is_something


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
