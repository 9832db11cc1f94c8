"""Swaps of shifts (换班): asked of a colleague, accepted, checked against the rules, approved by the lead (rule D2)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from app.clock import office_day, to_ms
from app.errors import PermissionDeniedError, RuleError
from app.i18n import N_, _
from app.models.duty import SwapState, swaps
from app.models.ledger import entries
from app.models.people import Post, people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.duty.rules import DutyRules, rules_of
from app.services.duty.swap_effect import SWAP, cells_of, check_swap, code_of, refuse_begun
from app.services.duty.weeks import Week, line_key, monday_of, weeks_between
from app.services.folds import Row
from app.services.leave.posts import posts_now
from app.services.ledger import open_ledger
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.settings.values import load_settings

_WAITS = (SwapState.ASKED, SwapState.ACCEPTED)


class SwapWaitsError(RuleError):
    """A cell changes hands once at a time: what waits would be decided on facts that another swap has changed."""

    message = N_("A swap of {name}'s {day} waits already; it has to be answered or taken back first.")


class SwapOverError(RuleError):
    """What was asked for is not what would change hands now: agreeing would swap back what has been swapped."""

    message = N_("{name}'s {day} has been swapped since this was asked for; say no, and ask anew.")


class NotAskedError(PermissionDeniedError):
    """Only the colleague that was asked answers."""

    message = N_("Only {name}, who was asked, can answer this.")


class NotYourSwapError(PermissionDeniedError):
    """A swap is asked for and taken back by the one whose shift it is, or by who plans the roster."""

    message = N_("Only {name}, whose shift it is, can do this.")


@dataclass(frozen=True, slots=True)
class SwapDraft:
    """Whose shift of which day for whose of which; both may be on one day."""

    day: date
    colleague: int
    their_day: date
    reason: str
    asker: int | None = None  # None: oneself; the lead may act for somebody


@dataclass(frozen=True, slots=True)
class SwapRow:
    """A swap as lists show it; as long as it waits with the two shifts that change hands, "" where free."""

    id: int
    asker: int
    asker_name: str
    day: date
    colleague: int
    colleague_name: str
    their_day: date
    state: SwapState
    reason: str
    gives: str | None = None
    takes: str | None = None
    by_name: str = ""  # who asked in the asker's place, as the lead may

    @property
    def who_asks(self) -> str:
        """Who has asked, and for whom where that was not the asker."""
        return (
            _("{name} for {whom}").format(name=self.by_name, whom=self.asker_name) if self.by_name else self.asker_name
        )

    @property
    def about(self) -> int:
        """The swap."""
        return self.id

    @property
    def asked(self) -> int:
        """The entry that asked for it, after which it is named."""
        return self.id


@requires(Permission.DUTY_OWN)
def ask_swap(ctx: Context, draft: SwapDraft) -> int:
    """Ask a colleague for a swap; the rules are looked at first, so that nobody agrees to what cannot be."""
    asker = ctx.person if draft.asker is None else draft.asker
    with ctx.writing() as conn:
        _refuse_others(conn, ctx, asker)
        check_swap(conn, asker, draft.day, draft.colleague, draft.their_day, office_day(ctx.clock))
        cells = (asker, draft.day, draft.colleague, draft.their_day)
        refuse_begun(conn, cells, ctx.clock.now())
        _refuse_waiting(conn, cells)
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        content = {
            "asker": asker,
            "day": draft.day.isoformat(),
            "colleague": draft.colleague,
            "their_day": draft.their_day.isoformat(),
            "reason": need_reason(draft.reason),
        }
        return subjects.begin(conn, pen, "swap.asked", content)


@requires(Permission.DUTY_OWN)
def accept_swap(ctx: Context, swap: int) -> int:
    """Agree; from here on the swap waits for the lead. Who plans the roster may agree in the colleague's place."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "swaps", swap)
        _refuse_not_asked(conn, ctx, row)
        _refuse_promised(conn, row)
        check_swap(conn, *cells_of(row), office_day(ctx.clock))
        refuse_begun(conn, cells_of(row), ctx.clock.now())
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, swap, "swap.accepted", {"for": row["colleague"]})
        title = _("{asker} {day} ⇄ {colleague} {their_day}").format(
            asker=name_of(conn, row["asker"]),
            day=row["day"],
            colleague=name_of(conn, row["colleague"]),
            their_day=row["their_day"],
        )
        led = _has_lead(conn, row, office_day(ctx.clock))
        kind = "swap_of_lead" if led else "swap"  # nobody decides on their own swap
        draft = ProposalDraft(kind, swap, title, {"signs": _signs(conn, row)}, _reason(conn, swap))
        return propose_within(conn, pen, ctx.post, draft)


@requires(Permission.DUTY_OWN)
def refuse_swap(ctx: Context, swap: int, reason: str) -> None:
    """Say no."""
    with ctx.writing() as conn:
        _refuse_not_asked(conn, ctx, subjects.load(conn, "swaps", swap))
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, swap, "swap.refused", {"reason": need_reason(reason)})


@requires(Permission.DUTY_OWN)
def withdraw_swap(ctx: Context, swap: int, reason: str) -> None:
    """Take a swap back, as long as it is not done."""
    with ctx.writing() as conn:
        row = subjects.load(conn, "swaps", swap)
        _refuse_others(conn, ctx, row["asker"])
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, swap, "swap.withdrawn", {"reason": need_reason(reason)})


@requires(Permission.DUTY_READ)
def list_swaps(ctx: Context) -> list[SwapRow]:
    """One's own swaps, and for who plans the roster everybody's; those that wait come first, then the newest."""
    c = swaps.c
    wanted = (
        select(swaps, entries.c.content, entries.c.person).join(entries, entries.c.seq == c.id).order_by(c.id.desc())
    )
    if not ctx.may(Permission.DUTY_PLAN):
        wanted = wanted.where((c.asker == ctx.person) | (c.colleague == ctx.person))
    with ctx.reading() as conn:
        names = {row.id: row.name for row in conn.execute(select(people.c.id, people.c.name))}
        rows = [
            SwapRow(
                row.id, row.asker, names[row.asker], date.fromisoformat(row.day), row.colleague, names[row.colleague],
                date.fromisoformat(row.their_day), SwapState(row.state), json.loads(row.content)["reason"],
                by_name="" if row.person == row.asker else names.get(row.person, ""),
            )
            for row in conn.execute(wanted)
        ]  # fmt: skip
        days = [day for row in rows if row.state in _WAITS for day in (row.day, row.their_day)]
        weeks = weeks_between(conn, min(days), max(days)) if days else {}
        rules = rules_of(load_settings(conn).duty_rules)
    rows = [_with_shifts(weeks, row, rules) if row.state in _WAITS else row for row in rows]
    return sorted(rows, key=lambda row: row.state not in _WAITS)


@requires(Permission.DUTY_OWN)
def swaps_for_me(ctx: Context) -> list[SwapRow]:
    """The swaps that colleagues ask of one and that wait for one's answer, as long as neither day is over."""
    today = office_day(ctx.clock)
    asked = [row for row in list_swaps(ctx) if row.state is SwapState.ASKED and row.colleague == ctx.person]
    return [row for row in asked if min(row.day, row.their_day) >= today]


def _reason(conn: Connection, swap: int) -> str:
    """Why a swap was asked for, in the asker's words; its row does not hold them."""
    content = conn.execute(select(entries.c.content).where(entries.c.seq == swap)).scalar_one()
    return str(json.loads(content)["reason"])


def _with_shifts(weeks: Mapping[date, Week], row: SwapRow, rules: DutyRules) -> SwapRow:
    codes = (
        code_of(week.published if (week := weeks.get(monday_of(day))) else None, key, day)
        for key, day in ((line_key(row.asker), row.day), (line_key(row.colleague), row.their_day))
    )
    gives, takes = (rules.sign(code) if code else "" for code in codes)
    return replace(row, gives=gives, takes=takes)


def _signs(conn: Connection, row: Row) -> dict[str, str]:
    """The signs of the shifts that would change places, where they bear others than their codes."""
    cells, signs = SWAP.before(conn, row["id"])["cells"], rules_of(load_settings(conn).duty_rules).signs
    return {code: signs[code] for code in cells if code in signs}


def _refuse_waiting(conn: Connection, cells: tuple[int, date, int, date]) -> None:
    shared = _shared_cell(conn, cells, swaps.c.state.in_(_WAITS))
    if shared is not None:
        raise SwapWaitsError(name=name_of(conn, shared[0]), day=shared[1].isoformat())


def _refuse_promised(conn: Connection, row: Row) -> None:
    """Nobody agrees to a swap of what another one has promised or changed since it was asked for.

    None is asked for beside another, but offices hold some that were asked for before that was so.
    """
    c = swaps.c
    promised = _shared_cell(conn, cells_of(row), c.state == SwapState.ACCEPTED)
    if promised is not None:
        raise SwapWaitsError(name=name_of(conn, promised[0]), day=promised[1].isoformat())
    changed = _shared_cell(conn, cells_of(row), (c.state == SwapState.DONE) & (c.last_seq > row["id"]))
    if changed is not None:
        raise SwapOverError(name=name_of(conn, changed[0]), day=changed[1].isoformat())


def _shared_cell(
    conn: Connection, cells: tuple[int, date, int, date], which: ColumnElement[bool]
) -> tuple[int, date] | None:
    """Whose cell of which day one of such swaps is about as well."""
    asker, day, colleague, their_day = cells
    wanted = [(who, one) for who in (asker, colleague) for one in (day, their_day)]
    for row in conn.execute(select(swaps).where(which).order_by(swaps.c.id)).mappings():
        first, one_day, second, other_day = cells_of(dict(row))
        for who, one in wanted:
            if who in (first, second) and one in (one_day, other_day):
                return who, one
    return None


def _refuse_others(conn: Connection, ctx: Context, asker: int) -> None:
    if asker != ctx.person and not ctx.may(Permission.DUTY_PLAN):
        raise NotYourSwapError(name=name_of(conn, asker))


def _refuse_not_asked(conn: Connection, ctx: Context, row: Row) -> None:
    if row["colleague"] != ctx.person and not ctx.may(Permission.DUTY_PLAN):
        raise NotAskedError(name=name_of(conn, row["colleague"]))


def _has_lead(conn: Connection, row: Row, today: date) -> bool:
    return any(Post.LEAD in posts_now(conn, row[who], today) for who in ("asker", "colleague"))
