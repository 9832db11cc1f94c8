"""Making the sample office: the people sign in with the passwords on its sign-in screen, and only on that one."""

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, timedelta
from typing import Any

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, Clock, day_bounds, from_ms, office_day, office_time, to_ms
from app.models.orders import OrderEvent
from app.models.people import SYSTEM, people
from app.services.db import Database
from app.services.duty.now import OFFICE_LINE
from app.services.ledger import Pen, open_ledger
from app.services.office import create_office, load_settings, mark_sample, pepper
from app.services.orders import projection
from app.services.orders.accept import Desk, accept_batch
from app.services.orders.deadline import DeskClock, due_at
from app.services.orders.prepared import prepare
from app.services.orders.settings import desk_clock_of
from app.services.orders.steps import Step, load
from app.services.people.accounts import add_person_to
from app.services.progress import silent
from app.services.records.gather import gather
from app.services.records.sealing import seal
from app.services.records.window import PROGRAM, RECORDED, last_seal, window_of
from app.services.sample import material
from app.services.sample.colleagues import plan_colleagues
from app.services.sample.month import MINUTE, Happens, plan_month
from app.services.sample.publishing import Publishing, plan_publishing
from app.services.sample.roster import plan_roster
from app.services.sample.shop import open_shop, propose_today
from app.services.sample.stockroom import STEP, Stockroom, plan_stockroom
from app.services.settings.history import CHANGED, OFFICE
from app.services.settings.values import put_setting
from app.services.status import remember_backup

SEED = 20261123
HOUR = 60 * MINUTE
NO_ORDER = -1

_EVENTS = {
    "reached": OrderEvent.CONTACTED,
    "no_answer": OrderEvent.ATTEMPTED,
    "hold": OrderEvent.HELD,
    "release": OrderEvent.RELEASED,
    "cancel": OrderEvent.CANCELLED,
    "concede": OrderEvent.CONCEDED,
    "confirm": OrderEvent.CONFIRMED,
    "pick": OrderEvent.PICKED,
    "check_out": OrderEvent.CHECKED_OUT,
    "ship": OrderEvent.SHIPPED,
    "deliver": OrderEvent.DELIVERED,
    "close": OrderEvent.CLOSED,
}


class _Past:
    """A clock that stands at the office's first day."""

    def __init__(self, clock: Clock, days: int) -> None:
        self._then = clock.now() - timedelta(days=days)

    def now(self) -> Any:
        """The time the sample begins at."""
        return self._then


def create_sample_office(
    where: str, clock: Clock, encrypt: bool = False, days: int = 30
) -> tuple[material.SamplePerson, ...]:
    """Make the sample office at `where` with `days` of work up to now; returns who can sign in, and with what."""
    first, *others = material.PEOPLE
    past = _Past(clock, days + 1)
    db = create_office(where, material.OFFICE, first.name, first.password, encrypt, past)
    try:
        with db.writing() as conn:
            pen = open_ledger(conn, to_ms(past.now()), 0)
            numbers = {p.name: add_person_to(conn, pen, p.name, [p.post], p.level, p.password) for p in others}
            numbers[first.name] = conn.execute(select(people.c.id).where(people.c.name == first.name)).scalar_one()
            mark_sample(pen)
            _tell_numbers(conn, pen, numbers)
            open_shop(conn, pen)
        _play(db, clock, numbers, days)
    finally:
        db.close()
    return material.PEOPLE


def _tell_numbers(conn: Connection, pen: Pen, staff: Mapping[str, int]) -> None:
    """Where the hotline goes: the office's own number, and those of who is on call."""
    numbers = {str(staff[name]) if name else OFFICE_LINE: number for name, number in material.HOTLINE.items()}
    pen.write(CHANGED, OFFICE, {"changes": {"hotline": [{}, numbers]}})
    put_setting(conn, "hotline", numbers)


def _play(db: Database, clock: Clock, staff: dict[str, int], days: int) -> None:
    drafts, happens = plan_month(random.Random(SEED), clock.now(), days)  # noqa: S311 (a sample, not a secret)
    with db.writing() as conn:
        pen = open_ledger(conn, 0, 0)
        settings = load_settings(conn)
        desk_clock = desk_clock_of(settings)
        key = pepper(conn)
        desks: dict[date, Desk] = {}
        standing: dict[int, Step] = {}
        stockroom, publishing = Stockroom(conn, pen, staff), Publishing(conn, pen, staff)
        planned = (
            *plan_stockroom(clock, days),
            *plan_publishing(clock, days),
            *plan_roster(clock, days),
            *plan_colleagues(clock),
        )
        for one in sorted([*happens, *_closings(clock, days), *planned]):
            pen.at = one.at
            if one.act is not None:
                one.act(publishing)
                continue
            if one.step == "record":
                _record(conn, pen, standing, one)
                continue
            if one.step == STEP:
                stockroom.take(str(one.facts["what"]))
                for desk in desks.values():
                    desk.forget_goods()
                continue
            if one.step:
                _take(standing, one, staff, desk_clock, pen)
                continue
            pen.person = 0
            day = from_ms(one.at).replace(tzinfo=UTC).astimezone(OFFICE_ZONE).date()
            desk = desks.setdefault(day, Desk(conn, pen, key))
            draft = drafts[one.order]
            order_id = accept_batch(desk, [prepare(key, draft)])[0]
            standing[one.order] = _step(conn, pen, order_id)
        _store(conn, standing)
        propose_today(conn, pen, clock, staff)


def _closings(clock: Clock, days: int) -> Iterator[Happens]:
    """Each day's record at 18:00, and at 8:30 the supplement with what came later."""
    now = to_ms(clock.now())
    today = office_day(clock)
    for back in range(days):
        day = today - timedelta(days=back)
        evening, night = day_bounds(day)[0] + 18 * HOUR, day_bounds(day)[1]
        for at in (evening, night + 8 * HOUR + HOUR // 2):
            if at <= now:
                yield Happens(at, NO_ORDER, "record", {"day": day})


def _record(conn: Connection, pen: Pen, standing: Mapping[int, Step], one: Happens) -> None:
    """Seal a day as the program does at 18:00; the paper and the backup of a month that never was are only named."""
    _store(conn, standing)
    pen.flush()
    pen.person = SYSTEM
    day: Any = one.facts["day"]
    before = last_seal(conn, day)
    sealed = seal(conn, pen, gather(conn, window_of(conn, day, one.at, before), silent), PROGRAM)
    named = f"{office_time(one.at):%Y%m%d-%H%M%S}"
    facts = {"pdf": f"zhanggui-record-{day:%Y%m%d}-{sealed.entry:010d}.pdf", "backup": f"zhanggui-{named}-000.zhanggui"}
    remember_backup(conn, pen.write(RECORDED, sealed.entry, facts | {"sample": True}))
    pen.flush()


def _store(conn: Connection, standing: Mapping[int, Step]) -> None:
    """Bring the lists up to what was written."""
    moved = [step for step in standing.values() if step.order.last_seq != step.before.last_seq]
    projection.store_many(conn, [(step.before, step.order) for step in moved])
    for step in moved:
        step.before = replace(step.order)


def _step(conn: Connection, pen: Pen, order_id: int) -> Step:
    order = load(conn, order_id)
    return Step(conn, pen, order, replace(order))


def _take(standing: dict[int, Step], one: Happens, staff: dict[str, int], clock: DeskClock, pen: Pen) -> None:
    step = standing[one.order]
    facts = dict(one.facts)
    pen.person = staff[str(facts.pop("by"))]
    event = _EVENTS[one.step]
    if event is OrderEvent.RELEASED and not step.order.held:
        return
    if event is OrderEvent.CONFIRMED:
        facts = {"payable": step.order.payable}
    if event in {OrderEvent.CONTACTED, OrderEvent.ATTEMPTED}:
        facts = _contact(step, one, clock)
    step.write(event, facts)


def _contact(step: Step, one: Happens, clock: DeskClock) -> dict[str, Any]:
    due = due_at(step.order, clock)
    late = due is not None and one.at > due
    content: dict[str, Any] = {"outcome": one.step, "due": due, "late": late, "note": ""}
    if late:
        content["reason"] = one.facts.get("reason", material.LATE_REASONS[0])
    return content
