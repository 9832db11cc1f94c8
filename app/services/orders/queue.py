"""Reading the queues: counts, ids in list order, rows by id; a million orders cost as little as fifty (rule O1).

A list is an array of ids in its order (8 bytes an order); only the rows on the screen are read, by id.
"""

import json
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, select

from app.clock import OFFICE_ZONE, day_bounds, to_ms
from app.models.customers import personal
from app.models.orders import OrderState, order_counts, orders
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.office import load_settings
from app.services.orders.deadline import DeskClock
from app.services.orders.index import ORDERS
from app.services.orders.projection import NO_FINDINGS
from app.services.orders.rows import QUEUE_STATES, Finding, OrderFilter, OrderRow, Queue, Sort
from app.services.orders.settings import desk_clock_of
from app.services.search.tokens import query

SEARCH_LIMIT = 2_000  # newest matches a search goes through; more than anybody scrolls

LONGEST_WAIT_MS = 3650 * 24 * 3600 * 1000  # no clock runs for ten years

_o, _p = orders.c, personal.c

_SORTS: dict[Sort, ColumnElement[Any]] = {
    Sort.CLOCK: func.coalesce(_o.callback_at, _o.clock_from),
    Sort.STATE: _o.state,
    Sort.NUMBER: _o.id,
    Sort.CHANNEL: _o.channel,
    Sort.NAME: _p.name,
    Sort.PHONE: _p.phone,
    Sort.GOODS: _o.goods,
    Sort.PAYABLE: _o.payable,
    Sort.HINT: _o.hint,
    Sort.SOURCE_NUMBER: _o.source_number,
    Sort.PLACED: _o.placed_at,
    Sort.CLAIMED: _o.claimed_by,
}
_PERSONAL_SORTS = frozenset({Sort.NAME, Sort.PHONE})

_ROW = (
    _o.id, _o.number, _o.source_number, _o.channel, _o.state, _o.held, _o.late, _o.hint, _o.clock_from, _o.callback_at,
    _o.accepted_at, _o.placed_at, _o.contacted_at, _o.claimed_by, people.c.name.label("claimer"), _p.name, _p.phone,
    _o.goods, _o.pieces, _o.payable, _o.paid, _o.currency, _o.last_seq,
)  # fmt: skip
_STATES = {state.value: state for state in OrderState}  # ten times as fast as the enumeration's own call


@dataclass(frozen=True, slots=True)
class DeskFigures:
    """What the top bar and the toolbar say of now and today; money in minor units by currency."""

    late: int
    waiting: int
    today_orders: int
    today_payable: dict[str, int]


@requires(Permission.ORDER_READ)
def queue_counts(ctx: Context) -> dict[Queue, int]:
    """How many orders stand in each queue, from the counts kept with every change."""
    with ctx.reading() as conn:
        rows = conn.execute(select(order_counts)).all()
    counts = dict.fromkeys(Queue, 0)
    for state, held, count in rows:
        counts[Queue.ALL] += count
        counts[Queue.HELD] += count if held and state != OrderState.CANCELLED else 0
        for queue, states in QUEUE_STATES.items():
            counts[queue] += count if state in states else 0
    return counts


@requires(Permission.ORDER_READ)
def queue_ids(
    ctx: Context,
    wanted: OrderFilter,
    sort: Sort = Sort.CLOCK,
    descending: bool = False,
    limit: int | None = None,
) -> "array[int]":
    """The ids of the wanted orders in list order; `limit` for a quick first page."""
    with ctx.reading() as conn:
        ids = array("q")
        for matches in _search_depths(wanted, limit):
            found = _search(conn, wanted, matches)
            if found == []:
                break
            rows = conn.execute(_ids(ctx, wanted, sort, descending, found).limit(limit))
            ids = array("q", (row[0] for row in rows))
            if found is None or len(found) < matches or len(ids) == limit:
                break
        return ids


@requires(Permission.ORDER_READ)
def queue_rows(ctx: Context, ids: Sequence[int]) -> list[OrderRow]:
    """The rows of these orders in this order; those that are gone are left out."""
    with ctx.reading() as conn:
        return rows_of(conn, ids)


@requires(Permission.ORDER_READ)
def desk_clock(ctx: Context) -> DeskClock:
    """The calendar and stages of the running clock."""
    with ctx.reading() as conn:
        return desk_clock_of(load_settings(conn))


@requires(Permission.ORDER_READ)
def desk_figures(ctx: Context) -> DeskFigures:
    """Late and waiting orders now, today's orders and their sum."""
    now = ctx.clock.now()
    start, end = day_bounds(now.astimezone(OFFICE_ZONE).date())
    with ctx.reading() as conn:
        is_late = running_over(latest_start(desk_clock_of(load_settings(conn)), to_ms(now)), to_ms(now))
        waiting, late = conn.execute(
            select(func.count(), func.sum(case((is_late, 1), else_=0))).where(_o.state == OrderState.ACCEPTED)
        ).one()
        sums = conn.execute(
            select(_o.currency, func.count(), func.sum(_o.payable))
            .where(_o.accepted_at >= start, _o.accepted_at < end, _o.state != OrderState.CANCELLED)
            .group_by(_o.currency)
        ).all()
    return DeskFigures(
        late=late or 0,
        waiting=waiting,
        today_orders=sum(row[1] for row in sums),
        today_payable={row[0]: int(row[2]) for row in sums},
    )


@requires(Permission.ORDER_READ)
def channels(ctx: Context) -> list[str]:
    """The channels that orders have come from."""
    with ctx.reading() as conn:
        return list(conn.execute(select(_o.channel).distinct().order_by(_o.channel)).scalars())


def rows_of(conn: Connection, ids: Sequence[int]) -> list[OrderRow]:
    """The rows of these orders in this order, within an open block."""
    joined = orders.outerjoin(personal, _p.id == _o.personal).outerjoin(people, people.c.id == _o.claimed_by)
    found = conn.execute(select(*_ROW).select_from(joined).where(_o.id.in_(ids))).all()
    by_id = {row[0]: _row(row) for row in found}
    return [by_id[number] for number in ids if number in by_id]


def _row(row: Any) -> OrderRow:
    """A row of `_ROW`; by place, because a screen is filled with a hundred of them while somebody scrolls."""
    (
        order, number, source_number, channel, state, held, late, hint, clock_from, callback_at,
        accepted_at, placed_at, contacted_at, claimed_by, claimer, name, phone,
        goods, pieces, payable, paid, currency, last_seq,
    ) = row  # fmt: skip
    findings = () if hint == NO_FINDINGS else tuple(Finding(*pair) for pair in json.loads(hint))
    return OrderRow(
        order, number, source_number, channel, _STATES[state], bool(held), bool(late), findings, clock_from,
        callback_at, accepted_at, placed_at, contacted_at, claimed_by, claimer or "", name or "", phone or "",
        goods, pieces, payable, paid, currency, last_seq,
    )  # fmt: skip


def _order(wanted: OrderFilter, sort: Sort, descending: bool) -> tuple[ColumnElement[Any], ...]:
    key = _SORTS[sort]
    if sort is Sort.NUMBER or (sort is Sort.CLOCK and wanted.queue is not Queue.CONTACT):
        # Acceptance runs with the id, and its index is a twentieth of the table.
        columns = (_o.accepted_at, _o.id)
        return tuple(c.desc() for c in columns) if descending or sort is Sort.CLOCK else columns
    if sort is Sort.CLOCK:
        key = _o.clock_from if not descending else _o.clock_from.desc()
        return (key, _o.id)
    return (key.desc() if descending else key, _o.id.desc())


def _search_depths(wanted: OrderFilter, limit: int | None) -> tuple[int, ...]:
    """How many matches to look at, first few and then many, where other conditions may drop some of them."""
    if limit is None or not wanted.text.strip():
        return (SEARCH_LIMIT,)
    return (min(limit, SEARCH_LIMIT), SEARCH_LIMIT)


def _search(conn: Connection, wanted: OrderFilter, matches: int) -> list[int] | None:
    """The newest orders with the words searched for; None where nothing is searched."""
    if not wanted.text.strip():
        return None
    asked = query(wanted.text)
    return ORDERS.matching(conn, asked, matches) if asked.fts else []


def _ids(ctx: Context, wanted: OrderFilter, sort: Sort, descending: bool, found: list[int] | None) -> Select[int]:
    """The SELECT of the ids in list order; `found` are the matches of the search, if there is one."""
    conditions = [condition for condition in _conditions(ctx, wanted) if condition is not None]
    if found is not None:
        conditions.append(_o.id.in_(found))
        contains = query(wanted.text).contains
        if contains:
            conditions.append(_contiguous(contains))
    statement = select(_o.id).order_by(*_order(wanted, sort, descending))
    if sort in _PERSONAL_SORTS:
        statement = statement.select_from(orders.outerjoin(personal, _p.id == _o.personal))
    return statement.where(and_(*conditions)) if conditions else statement


def _conditions(ctx: Context, wanted: OrderFilter) -> list[ColumnElement[bool] | None]:
    states = wanted.states or QUEUE_STATES.get(wanted.queue)
    since = None if wanted.accepted_from is None else day_bounds(wanted.accepted_from)[0]
    until = None if wanted.accepted_to is None else day_bounds(wanted.accepted_to)[1]
    return [
        None if states is None else _o.state == states[0] if len(states) == 1 else _o.state.in_(states),
        and_(_o.held != 0, _o.state != OrderState.CANCELLED) if wanted.held or wanted.queue is Queue.HELD else None,
        _o.channel == wanted.channel if wanted.channel else None,
        _overdue(ctx) if wanted.late else None,
        _o.claimed_by == ctx.person if wanted.mine else None,
        _o.claimed_by.is_(None) if wanted.unclaimed else None,
        _o.state != OrderState.CANCELLED if wanted.uncancelled else None,
        None if since is None else _o.accepted_at >= since,
        None if until is None else _o.accepted_at < until,
        None if wanted.least is None else _o.payable >= wanted.least,
        None if wanted.most is None else _o.payable <= wanted.most,
    ]


def _overdue(ctx: Context) -> ColumnElement[bool]:
    """Late once and for all, or running over now."""
    now = to_ms(ctx.clock.now())
    with ctx.reading() as conn:
        clock = desk_clock_of(load_settings(conn))
    return (_o.late == 1) | running_over(latest_start(clock, now), now)


def running_over(latest: int, now: int) -> ColumnElement[bool]:
    """Whether an order's clock has run out; a time the customer wished goes before the ten minutes."""
    return case((_o.callback_at.is_not(None), _o.callback_at < now), else_=_o.clock_from < latest)


def latest_start(clock: DeskClock, now: int) -> int:
    """The latest moment from which a clock that began then has run out by `now`."""
    low, high = now - LONGEST_WAIT_MS, now
    while low < high:
        middle = (low + high + 1) // 2
        if clock.calendar.add_service_minutes(middle, clock.minutes) < now:
            low = middle
        else:
            high = middle - 1
    return low + 1


def _contiguous(contains: tuple[str, ...]) -> ColumnElement[bool]:
    """Bigrams only say that all pairs are there; long words are looked at once more."""
    searched = select(_p.id).where(
        _p.id == _o.personal,
        *(
            _o.goods.contains(part, autoescape=True)
            | _o.goods.endswith(" …")  # more goods than a list names: the pairs have to do
            | _p.name.contains(part, autoescape=True)
            | _p.buyer.contains(part, autoescape=True)
            for part in contains
        ),
    )
    return searched.exists()
