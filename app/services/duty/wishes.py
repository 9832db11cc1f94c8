"""Wishes for the roster (排班意愿): a shift one would like on a day, or would rather not have; soft, never a rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Connection, select

from app.clock import office_day, to_ms
from app.errors import PermissionDeniedError, RuleError
from app.i18n import N_
from app.models.duty import WishState, duty_wishes
from app.models.people import people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.duty.rules import ShiftKind, rules_of
from app.services.leave.posts import acted_between, posts_now, together
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.settings.values import load_settings

LIGHT, STRONG = 5, 20  # what a wish weighs
MOST_EACH = 60  # open wishes of one person for days to come


class WishDayError(RuleError):
    """A wish is for a day that comes, and for shifts of the office."""

    message = N_("Wish for a day from tomorrow on, and for shifts that the office has.")


class TooManyWishesError(RuleError):
    """Who wishes for everything wishes for nothing."""

    message = N_("There are {most} open wishes of this person already; take one back first.")


class NotYourWishError(PermissionDeniedError):
    """A wish is one's own; who plans the roster may enter it for somebody."""

    message = N_("Only {name}, whose wish it is, or who plans the roster can do this.")


@dataclass(frozen=True, slots=True)
class WishRow:
    """An open wish as lists show it: the shifts by their signs, none are any."""

    id: int
    person: int
    name: str
    day: date
    shifts: tuple[str, ...]
    wanted: bool
    weight: int


@requires(Permission.DUTY_OWN)
def enter_wish(
    ctx: Context, person: int, day: date, shifts: Sequence[str], *, wanted: bool, strong: bool = False
) -> int:
    """Enter a wish; one of the same day and person is taken back by it. Returns its number."""
    with ctx.writing() as conn:
        _refuse_others(conn, ctx, person)
        codes = {kind.code for kind in rules_of(load_settings(conn).duty_rules).shifts}
        if day <= office_day(ctx.clock) or not set(shifts) <= codes:
            raise WishDayError
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        standing = _standing(conn, person, office_day(ctx.clock))
        if len(standing.keys() - {day}) >= MOST_EACH:
            raise TooManyWishesError(most=MOST_EACH)
        if day in standing:
            subjects.advance(conn, pen, standing[day], "duty.wish_withdrawn", {})
        content = {
            "person": person,
            "day": day.isoformat(),
            "shifts": ",".join(shifts),
            "wanted": int(wanted),
            "weight": STRONG if strong else LIGHT,
        }
        return subjects.begin(conn, pen, "duty.wished", content)


@requires(Permission.DUTY_OWN)
def withdraw_wish(ctx: Context, wish: int) -> None:
    """Take a wish back."""
    with ctx.writing() as conn:
        _refuse_others(conn, ctx, subjects.load(conn, "duty_wishes", wish)["person"])
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, wish, "duty.wish_withdrawn", {})


@requires(Permission.DUTY_OWN)
def open_wishes(ctx: Context) -> list[WishRow]:
    """One's own open wishes for days to come, and for who plans the roster everybody's."""
    c, today = duty_wishes.c, office_day(ctx.clock).isoformat()
    wanted = (
        select(duty_wishes, people.c.name)
        .join(people, people.c.id == c.person)
        .where(c.state == WishState.OPEN.value, c.day >= today)
        .order_by(c.day, c.id)
    )
    if not ctx.may(Permission.DUTY_PLAN):
        wanted = wanted.where(c.person == ctx.person)
    with ctx.reading() as conn:
        sign = rules_of(load_settings(conn).duty_rules).sign
        return [
            WishRow(
                row.id, row.person, row.name, date.fromisoformat(row.day),
                tuple(sign(code) for code in row.shifts.split(",") if code), bool(row.wanted), row.weight,
            )
            for row in conn.execute(wanted)
        ]  # fmt: skip


@requires(Permission.DUTY_OWN)
def shifts_to_wish(ctx: Context, person: int, day: date) -> list[ShiftKind]:
    """What somebody does on a day: the shifts of their own posts, and of those they act in then (rule D4)."""
    with ctx.reading() as conn:
        held = set(posts_now(conn, person, day))
        return [kind for kind in rules_of(load_settings(conn).duty_rules).shifts if held & set(kind.posts)]


@requires(Permission.DUTY_OWN)
def who_may_wish(ctx: Context) -> list[tuple[int, str]]:
    """Whose wishes one may enter: who has shifts by a post of their own, or one they act in on a day to come (D4)."""
    tomorrow = office_day(ctx.clock) + timedelta(days=1)
    wanted = select(people.c.id, people.c.name, people.c.posts).where(people.c.active == 1).order_by(people.c.id)
    if not ctx.may(Permission.DUTY_PLAN):
        wanted = wanted.where(people.c.id == ctx.person)
    with ctx.reading() as conn:
        does = {post for kind in rules_of(load_settings(conn).duty_rules).shifts for post in kind.posts}
        acted = acted_between(conn, tomorrow, date.max)
        return [
            (row.id, row.name)
            for row in conn.execute(wanted)
            if does & set(together(row.posts, tuple(one.post for one in acted.get(row.id, ()))))
        ]


def _standing(conn: Connection, person: int, today: date) -> dict[date, int]:
    """Somebody's open wishes for days to come, by their day: there is one at most for each."""
    c = duty_wishes.c
    mine = (c.person == person) & (c.state == WishState.OPEN.value) & (c.day > today.isoformat())
    return {date.fromisoformat(row.day): row.id for row in conn.execute(select(c.id, c.day).where(mine))}


def _refuse_others(conn: Connection, ctx: Context, person: int) -> None:
    if person != ctx.person and not ctx.may(Permission.DUTY_PLAN):
        raise NotYourWishError(name=name_of(conn, person))
