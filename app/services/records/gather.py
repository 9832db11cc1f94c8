"""Gathering a day: its orders folded from the entries up to its last one, so that it can be gathered again any time."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.customers import personal
from app.models.ledger import Entry, entries
from app.models.orders import HELD_BY_CHECKS, OrderEvent, OrderState, orders
from app.models.people import SYSTEM, people
from app.services.ledger import order_entries
from app.services.office import load_settings
from app.services.orders import projection
from app.services.orders.deadline import DeskClock, due_at
from app.services.orders.projection import Standing
from app.services.orders.rows import Finding
from app.services.orders.settings import desk_clock_of
from app.services.orders.words import channel_word, hint_text, state_word
from app.services.papers.content import DayOrder, LateContact, Money, SetAside
from app.services.progress import Progress
from app.services.records.figures import Day
from app.services.records.masks import mask_name, mask_phone
from app.services.records.window import PROGRAM, Window

CHUNK = 500


@dataclass(frozen=True, slots=True)
class _Step:
    """One entry of an order within the window, and how the order stood before it."""

    order: Standing
    entry: Entry
    facts: Mapping[str, Any]
    by: str
    contacted_at: int | None
    held: int
    state: str


def gather(conn: Connection, window: Window, progress: Progress) -> Day:
    """What happened in a window; `progress` is told the share read."""
    rows = conn.execute(select(people.c.id, people.c.name))
    names = {SYSTEM: PROGRAM} | {row.id: row.name for row in rows}
    clock = desk_clock_of(load_settings(conn))
    day = Day(window)
    touched = _touched(conn, window)
    for start in range(0, len(touched), CHUNK):
        own = [
            standing
            for its in _by_order(conn, touched[start : start + CHUNK], window)
            if (standing := _read(day, its, names, clock)) is not None
        ]
        _list(conn, day, own)
        progress(min((start + CHUNK) / len(touched), 1.0))
    day.late += _waiting_from_before(conn, window, clock)
    return day


def _touched(conn: Connection, window: Window) -> Sequence[int]:
    """Orders that were accepted in the window, or that something happened to."""
    e = entries.c
    inside = e.seq.between(window.first, window.last)
    begun = conn.execute(select(e.seq).where(inside, e.kind == OrderEvent.ACCEPTED)).scalars()
    moved = conn.execute(select(e.subject).where(inside, e.kind.in_(_NOTED)).distinct()).scalars()
    return sorted({number for found in (begun, moved) for number in found if number is not None})


def _by_order(conn: Connection, wanted: Sequence[int], window: Window) -> Iterator[list[Entry]]:
    found: dict[int, list[Entry]] = {number: [] for number in wanted}
    for entry in order_entries(conn, wanted):
        if entry.seq <= window.last and entry.kind.startswith("order."):
            found[entry.seq if entry.subject is None else entry.subject].append(entry)
    return iter(found.values())


def _read(day: Day, its: Sequence[Entry], names: Mapping[int, str], clock: DeskClock) -> Standing | None:
    """Fold one order, noting what happened in the window; how it stands, if it was accepted in the window."""
    first, *later = its
    accepted = json.loads(first.content)
    own = first.seq >= day.window.first
    if accepted.get("history"):
        day.history += own
        return None
    order = projection.begin(first.seq, first.at, accepted)
    for entry in later:
        facts = json.loads(entry.content)
        before = (order.contacted_at, order.held, order.state)
        projection.advance(order, entry.seq, entry.at, entry.person, entry.kind, facts)
        note = _NOTED.get(OrderEvent(entry.kind))
        if note is not None and entry.seq >= day.window.first:
            note(day, _Step(order, entry, facts, names.get(entry.person, ""), *before))
    if own and order.contacted_at is None and _overdue(order, clock, day.window):
        day.late.append(LateContact(order.number, order.accepted_at, None, "", ""))
    return order if own else None


def _overdue(order: Any, clock: DeskClock, window: Window) -> bool:
    due = due_at(order, clock)
    return due is not None and due < window.as_of


def _tried(day: Day, step: _Step) -> None:
    """An attempt to reach the customer: rule O2 is kept by the first one alone."""
    if step.facts["late"]:
        reason, order = step.facts.get("reason", ""), step.order
        day.late.append(LateContact(order.number, order.accepted_at, step.entry.at, step.by, reason))
    elif step.contacted_at is None:
        day.in_time += 1


def _checked(day: Day, step: _Step) -> None:
    if step.order.held & ~step.held & HELD_BY_CHECKS:
        findings = tuple(Finding(*pair) for pair in step.facts["findings"])
        _set_aside(day.held, step, hint_text(findings, step.order.currency))


def _held(day: Day, step: _Step) -> None:
    _set_aside(day.held, step, step.facts["reason"])


def _cancelled(day: Day, step: _Step) -> None:
    _set_aside(day.cancelled, step, step.facts["reason"])


def _platform_moved(day: Day, step: _Step) -> None:
    if step.order.state == OrderState.CANCELLED != step.state:
        _set_aside(day.cancelled, step, _("cancelled on the platform"))


def _confirmed(day: Day, _step: _Step) -> None:
    day.confirmed += 1


_NOTED: dict[OrderEvent, Callable[[Day, _Step], None]] = {
    OrderEvent.ATTEMPTED: _tried,
    OrderEvent.CONTACTED: _tried,
    OrderEvent.CHECKED: _checked,
    OrderEvent.HELD: _held,
    OrderEvent.CANCELLED: _cancelled,
    OrderEvent.PLATFORM_MOVED: _platform_moved,
    OrderEvent.CONFIRMED: _confirmed,
}


def _set_aside(where: list[SetAside], step: _Step, reason: str) -> None:
    where.append(SetAside(step.order.number, step.entry.at, step.by, reason))


def _list(conn: Connection, day: Day, own: Sequence[Standing]) -> None:
    """Add orders to the list of the day and to its sums."""
    p = personal.c
    rows = conn.execute(select(p.id, p.name, p.phone).where(p.id.in_([order.personal for order in own])))
    known = {row.id: (mask_name(row.name), mask_phone(row.phone)) for row in rows}
    for order in own:
        name, phone = known.get(order.personal, (_("erased"), ""))
        for group in (day.all, day.by_channel[order.channel], day.by_state[order.state]):
            group.add(order.payable, order.currency)
        day.orders.append(
            DayOrder(
                order.number,
                order.source_number,
                channel_word(order.channel),
                order.accepted_at,
                order.contacted_at,
                bool(order.late),
                state_word(OrderState(order.state)),
                name,
                phone,
                order.goods,
                Money(order.payable, order.currency),
            )
        )


def _waiting_from_before(conn: Connection, window: Window, clock: DeskClock) -> list[LateContact]:
    """Older orders that have come due and still wait for a first contact."""
    o = orders.c
    waiting = conn.execute(
        select(o.number, o.accepted_at, o.clock_from, o.callback_at)
        .where(o.state == OrderState.ACCEPTED, o.contacted_at.is_(None), o.id < window.first)
        .order_by(o.id)
    )
    return [LateContact(row.number, row.accepted_at, None, "", "") for row in waiting if _overdue(row, clock, window)]
