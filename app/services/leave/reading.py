"""Leaves and handovers as lists show them: whose, where they stand, what is still to be done, who is away when."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, func, or_, select, true

from app.clock import office_day
from app.models.approvals import ProposalState
from app.models.leave import LEAVE_MOVES, HandoverState, LeaveKind, LeaveState, handovers, leaves
from app.models.ledger import entries
from app.models.people import people
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.standing import Standing, last_proposals
from app.services.leave.belongings import AHEAD
from app.services.leave.confidential import is_confidential, kept_from
from app.services.leave.days import DAY, LIVE, absent, is_agreed_resignation
from app.services.leave.errors import OthersLeaveError
from app.services.leave.handover import DONE, still_unlisted
from app.services.people.accounts import is_last_administrator
from app.services.people.names import name_of

_l, _h = leaves.c, handovers.c
_OFFERED, _TAKEN = HandoverState.OFFERED.value, (HandoverState.ACCEPTED.value, HandoverState.GIVEN.value)
_DONE = sorted(DONE)
_WAITING = ProposalState.WAITING

Away = tuple[date, date, LeaveKind, LeaveState]


class Shown(StrEnum):
    """Which leaves a list shows."""

    MINE = "mine"
    OFFERED = "offered"  # those of colleagues that hand something over to me
    ALL = "all"


class LeaveDeed(StrEnum):
    """What somebody may do with a leave now."""

    OFFER = "offer"  # say who takes what
    ANSWER = "answer"  # accept or refuse what one is asked to take
    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    STAY = "stay"  # ask to take one's approved resignation back
    END = "end"  # back before the last day


@dataclass(frozen=True, slots=True)
class LeaveRow:
    """A leave as lists show it; `left` is the days until it begins, or the last day of work of who resigns."""

    id: int
    person: int
    name: str
    kind: LeaveKind
    first_day: date
    last_day: date
    receiver: int
    receiver_name: str
    state: LeaveState
    standing: Standing | None  # of the last proposal
    things: int
    taken: int
    asked: int  # things that who looks at it is asked to take over
    left: int
    overdue: bool
    looks_after: bool  # nobody else could look after the database, so the account of who has resigned stays open
    deeds: frozenset[LeaveDeed]

    @property
    def is_agreed_resignation(self) -> bool:
        """Whether it is a resignation that was approved and has not ended yet."""
        return is_agreed_resignation({"kind": self.kind, "state": self.state})


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One thing of a handover; `id` None: the person holds it, and nobody was asked yet."""

    id: int | None
    kind: str
    thing: int
    title: str
    now: int | None  # how many things a whole is at the moment, before the leave begins
    receiver: int | None
    receiver_name: str
    state: HandoverState


@dataclass(frozen=True, slots=True)
class Offer:
    """How many things of a leave wait for somebody's answer; `asked` is the last entry that asked for one."""

    about: int  # the leave
    name: str  # who goes on leave
    things: int
    asked: int


@dataclass(frozen=True, slots=True)
class NearLeave:
    """A leave as it stands beside the roster; `taken` where everything has a receiver who accepted.

    `confidential`: whoever sees it keeps it to themselves.
    """

    name: str
    kind: LeaveKind
    first_day: date
    last_day: date
    receiver_name: str
    state: LeaveState
    taken: bool
    confidential: bool


@requires(Permission.DUTY_OWN)
def list_leaves(ctx: Context, shown: Shown = Shown.MINE, *, over: bool = False) -> list[LeaveRow]:
    """What goes on first, then by the first day; `over` adds what has ended. ALL is for who sees everybody's."""
    if shown is Shown.ALL:
        ctx.demand(Permission.LEAVE_SEE)
    who, taker = people.alias("who"), people.alias("taker")
    joined = leaves.join(who, who.c.id == _l.person).outerjoin(taker, taker.c.id == _l.receiver)
    wanted = select(leaves, who.c.name, taker.c.name.label("receiver_name")).select_from(joined)
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        if not over:
            wanted = wanted.where(_l.state.in_(LIVE))
        rows = conn.execute(wanted.where(_shown(ctx, shown))).all()
        counts, standings = _counts(conn, rows, ctx.person, today), last_proposals(conn, [row.id for row in rows])
        last = {row.id for row in rows if _has_resigned(row) and is_last_administrator(conn, row.person)}
    told = [_row(ctx, row, counts[row.id], standings.get(row.id), today, looks_after=row.id in last) for row in rows]
    return sorted(told, key=lambda row: (row.state.value not in LIVE, row.first_day, row.id))


@requires(Permission.DUTY_OWN)
def offered_to_me(ctx: Context) -> list[Offer]:
    """What colleagues ask one to take over and has no answer yet, a leave each; what begins first comes first."""
    wanted = (
        select(_l.id, people.c.name, func.count(), func.max(_h.last_seq))
        .select_from(handovers.join(leaves, _l.id == _h.leave).join(people, people.c.id == _l.person))
        .where(_h.receiver == ctx.person, _h.state == _OFFERED, _l.state.in_(LIVE))
        .group_by(_l.id, _l.first_day, people.c.name)
        .order_by(_l.first_day, _l.id)
    )
    with ctx.reading() as conn:
        return [Offer(*row) for row in conn.execute(wanted)]


@requires(Permission.DUTY_OWN)
def handover_list(ctx: Context, leave: int) -> list[HandoverRow]:
    """Everything of a leave's handover: for its person, for who takes something over, and for the leads."""
    today = office_day(ctx.clock)
    with ctx.reading() as conn:
        row, rows = subjects.load(conn, "leaves", leave), _all_rows(conn, leave)
        asked = any(one.receiver == ctx.person for one in rows)
        if row["person"] != ctx.person and not asked and not ctx.may(Permission.LEAVE_SEE):
            raise OthersLeaveError(name=name_of(conn, row["person"]))
        now = _now(conn, row)
        told = [
            HandoverRow(
                one.id, one.kind, one.thing, one.title, now.get(one.kind), one.receiver, one.name or "",
                HandoverState(one.state),
            )
            for one in rows
        ]  # fmt: skip
        told += [
            HandoverRow(None, kind, thing, title, now.get(kind), None, "", HandoverState.OPEN)
            for (kind, thing), title in still_unlisted(conn, row, today).items()
        ]
    return told


def away_days(conn: Connection, first: date, last: date) -> dict[int, list[Away]]:
    """Who is away between two days, as far as it is asked for: (first, last, why, how sure); for the roster.

    Who resigns is away from the day after their last one on.
    """
    seen = (*LIVE, LeaveState.ENDED.value)
    near = _l.last_day >= (first - DAY).isoformat()
    resigned = (_l.kind == LeaveKind.RESIGNATION.value) & (_l.state != LeaveState.ENDED.value)
    wanted = select(leaves).where(_l.state.in_(seen), _l.first_day <= last.isoformat(), or_(near, resigned))
    found: dict[int, list[Away]] = {}
    for row in map(dict, conn.execute(wanted.order_by(_l.first_day, _l.id)).mappings()):
        begins, ends = absent(row)
        if begins <= last and ends >= first:
            days = (begins, ends, LeaveKind(row["kind"]), LeaveState(row["state"]))
            found.setdefault(row["person"], []).append(days)
    return found


def agreed_once(conn: Connection, person: int) -> list[tuple[date, date, int]]:
    """On which days somebody was to be away by each leave that was ever approved, and the last entry about it.

    As it was approved: it may have been withdrawn since, or have ended before its last day.
    """
    asked, approved = entries.alias("asked"), entries.alias("approved")
    wanted = (
        select(asked.c.content, _l.last_seq)
        .join_from(leaves, asked, asked.c.seq == _l.id)
        .join(approved, approved.c.subject == _l.id)
        .where(_l.person == person, approved.c.kind == "leave.approved")
    )
    return [(*absent(json.loads(content)), last_seq) for content, last_seq in conn.execute(wanted.order_by(_l.id))]


def near_leaves(conn: Connection, ctx: Context, first: date, last: date) -> list[NearLeave]:
    """The leaves between two days that are asked for, approved or on, as far as the person may know of them.

    What begins first comes first.
    """
    who, taker = people.alias("who"), people.alias("taker")
    joined = leaves.join(who, who.c.id == _l.person).outerjoin(taker, taker.c.id == _l.receiver)
    waiting = _h.state.not_in((*_TAKEN, *_DONE))
    near = (_l.last_day >= first.isoformat()) & (_l.first_day <= last.isoformat())
    told = _l.id.not_in(kept_from(conn, ctx))
    wanted = select(
        who.c.name, _l.id, _l.person, _l.kind, _l.first_day, _l.last_day, taker.c.name.label("receiver_name"), _l.state,
        exists().where(_h.leave == _l.id, waiting).label("waits"),
    ).select_from(joined).where(near, told, _l.state.in_(LIVE), _l.state != LeaveState.RETURNED.value)  # fmt: skip
    return [
        NearLeave(
            row["name"], LeaveKind(row["kind"]), date.fromisoformat(row["first_day"]),
            date.fromisoformat(row["last_day"]), row["receiver_name"] or "", LeaveState(row["state"]),
            not row["waits"] and not still_unlisted(conn, row, first), is_confidential(row),
        )
        for row in map(dict, conn.execute(wanted.order_by(_l.first_day, _l.id)).mappings().all())
    ]  # fmt: skip


def _shown(ctx: Context, shown: Shown) -> ColumnElement[bool]:
    if shown is Shown.ALL:
        return true()
    if shown is Shown.MINE:
        return _l.person == ctx.person
    mine: Select[Any] = select(_h.leave).where(_h.receiver == ctx.person, _h.state.not_in(_DONE))
    return _l.id.in_(mine)


def _counts(conn: Connection, rows: Sequence[Any], person: int, today: date) -> dict[int, tuple[int, int, int]]:
    """Of each leave: how many things are to be handed over, how many are taken, how many `person` is asked to take.

    What has come to it since it was asked for counts, as in its list: without a receiver for it nothing is proposed.
    """
    found = {row.id: (len(still_unlisted(conn, dict(row._mapping), today)), 0, 0) for row in rows}
    wanted = select(_h.leave, _h.state, _h.receiver, func.count().label("things")).where(_h.leave.in_(list(found)))
    for row in conn.execute(wanted.where(_h.state.not_in(_DONE)).group_by(_h.leave, _h.state, _h.receiver)):
        things, taken, asked = found[row.leave]
        found[row.leave] = (
            things + row.things,
            taken + row.things * (row.state in _TAKEN),
            asked + row.things * (row.state == _OFFERED and row.receiver == person),
        )
    return found


def _has_resigned(row: Any) -> bool:
    return bool(row.kind == LeaveKind.RESIGNATION and row.state == LeaveState.RUNNING)


def _row(
    ctx: Context, row: Any, counts: tuple[int, int, int], standing: Standing | None, today: date, *, looks_after: bool
) -> LeaveRow:
    first, last, state = date.fromisoformat(row.first_day), date.fromisoformat(row.last_day), LeaveState(row.state)
    resigns = row.kind == LeaveKind.RESIGNATION
    return LeaveRow(
        row.id, row.person, row.name, LeaveKind(row.kind), first, last, row.receiver, row.receiver_name or "", state,
        standing, *counts, left=(last - today).days if resigns else (first - today).days,
        overdue=row.state in LIVE and last < today, looks_after=looks_after,
        deeds=_deeds(ctx, row, counts[2], state, standing),
    )  # fmt: skip


def _deeds(ctx: Context, row: Any, asked: int, state: LeaveState, standing: Standing | None) -> frozenset[LeaveDeed]:
    owns = row.person == ctx.person or ctx.may(Permission.LEAVE_SEE)
    live, agreed = state.value in LIVE, is_agreed_resignation(row._mapping)
    may = {
        LeaveDeed.OFFER: owns and live,
        LeaveDeed.ANSWER: live and asked > 0,
        LeaveDeed.PROPOSE: owns and state in LEAVE_MOVES["leave.proposed"][0],
        LeaveDeed.WITHDRAW: owns and not agreed and state in LEAVE_MOVES["leave.withdrawn"][0],
        LeaveDeed.STAY: agreed and row.person == ctx.person and (standing is None or standing.state is not _WAITING),
        LeaveDeed.END: owns and state is LeaveState.RUNNING and row.kind != LeaveKind.RESIGNATION,
    }
    return frozenset(deed for deed, allowed in may.items() if allowed)


def _all_rows(conn: Connection, leave: int) -> list[Any]:
    wanted = select(handovers, people.c.name).join(people, people.c.id == _h.receiver, isouter=True)
    return list(conn.execute(wanted.where(_h.leave == leave).order_by(_h.state.in_(_DONE), _h.id)).all())


def _now(conn: Connection, leave: Mapping[str, Any]) -> dict[str, int]:
    """How many things are in each whole."""
    if leave["state"] == LeaveState.RUNNING or leave["state"] not in LIVE:
        return {}
    singles = {name: whole.single for name, whole in AHEAD.items() if whole.single is not None}
    return {name: len(kind.held(conn, leave["person"])) for name, kind in singles.items()}
