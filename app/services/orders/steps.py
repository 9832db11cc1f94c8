"""What the desk does with an order: claim, contact, amend, hold, release, confirm, cancel (rules O2–O9).

Every step is one transaction: load, check, write the entry, store the new standing.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from app.clock import to_ms
from app.errors import ConflictError, NotFoundError, RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.orders import OrderEvent, orders
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.ledger import Pen, open_ledger
from app.services.office import load_settings
from app.services.orders import projection
from app.services.orders.deadline import DeskClock, due_at
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.second_person import SecondPersonError, who_had_a_hand, who_set_it_free
from app.services.orders.settings import desk_clock_of, refuse_release
from app.services.people.names import name_of
from app.services.reasons import need_reason
from app.services.stock.reserve import follow

CLAIM_HOLDS_MS = 15 * 60_000  # since the holder's last step: a machine that was switched off must not keep an order


class StaleError(ConflictError):
    """The order moved on since the person looked at it."""

    message = N_("Somebody has worked on this order meanwhile. Look at it again before you go on.")


class ClaimedError(ConflictError):
    """Two people on one order: the second is told who has it."""

    message = N_("{name} is working on this order.")


class LateReasonNeededError(RuleError):
    """Rule O2: who is late says why."""

    message = N_("The time to contact the customer is over. Say why it was not done in time.")


class CallbackTimeError(RuleError):
    """A call cannot be promised for the past."""

    message = N_("Choose a time to call back that lies ahead.")


_ORDER = select(orders).where(orders.c.id == bindparam("order"))


@dataclass(slots=True)
class Step:
    """An order on the table within one transaction."""

    conn: Connection
    pen: Pen
    order: projection.Standing
    before: projection.Standing

    def write(self, event: OrderEvent, content: Mapping[str, Any]) -> int:
        """Add an entry about the order, fold it into standing and stock; raises where the state does not allow it."""
        before = self.order.state
        seq = self.pen.write(event.value, self.order.id, content)
        projection.advance(self.order, seq, self.pen.at, self.pen.person, event.value, content)
        follow(self.conn, self.pen, self.order.id, (before, self.order.state), event.value, content)
        return seq


def load(conn: Connection, order_id: int) -> projection.Standing:
    """How an order stands; raises NotFoundError."""
    row = conn.execute(_ORDER, {"order": order_id}).one_or_none()
    if row is None:
        raise NotFoundError(what=order_id)
    order = projection.Standing(*row)
    order.goods_key = bytes(order.goods_key)
    return order


@contextmanager
def step(ctx: Context, order_id: int, seen: int | None = None) -> Iterator[Step]:
    """One transaction on one order; `seen` is the last entry the person knew of (StaleError if there are more)."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        order = load(conn, order_id)
        if seen is not None and seen != order.last_seq:
            raise StaleError
        taken = Step(conn, pen, order, replace(order))
        yield taken
        projection.store(conn, taken.before, taken.order)


def refuse_others(step: Step) -> None:
    """Raise ClaimedError where somebody else works on the order."""
    holder = step.order.claimed_by
    if holder is not None and holder != step.pen.person:
        raise ClaimedError(name=name_of(step.conn, holder))


@requires(Permission.ORDER_CONTACT)
def claim_order(ctx: Context, order_id: int) -> None:
    """Take the order; raises ClaimedError with the name of who was faster, unless that one has let it lie."""
    with step(ctx, order_id) as s:
        holder = s.order.claimed_by
        if holder is None:
            s.write(OrderEvent.CLAIMED, {})
        elif holder != ctx.person:
            if not _let_it_lie(s, holder):
                refuse_others(s)
            s.write(OrderEvent.CLAIMED, {"from": holder})


def _let_it_lie(s: Step, holder: int) -> bool:
    """Whether who has the order has gone home, or done nothing with it for so long that a colleague may take it."""
    e = entries.c
    if not s.conn.execute(select(people.c.active).where(people.c.id == holder)).scalar():
        return True
    mine = select(func.max(e.at)).where(e.subject == s.order.id, e.person == holder)
    last: int = s.conn.execute(mine).scalar_one()
    return s.pen.at - last >= CLAIM_HOLDS_MS


@requires(Permission.ORDER_CONTACT)
def unclaim_order(ctx: Context, order_id: int) -> None:
    """Give the order back to the queue."""
    with step(ctx, order_id) as s:
        refuse_others(s)
        if s.order.claimed_by is not None:
            s.write(OrderEvent.UNCLAIMED, {})


@requires(Permission.ORDER_TAKE_OVER)
def take_over_order(ctx: Context, order_id: int, reason: str) -> None:
    """Take an order that somebody else holds."""
    with step(ctx, order_id) as s:
        s.write(OrderEvent.CLAIMED, {"from": s.order.claimed_by, "reason": need_reason(reason)})


@requires(Permission.ORDER_CONTACT)
def log_contact(ctx: Context, order_id: int, draft: ContactDraft, seen: int | None = None) -> None:
    """Record an attempt to reach the customer (rule O2); reaching moves the order on, trying restarts the clock."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        clock = desk_clock_of(load_settings(s.conn))
        s.write(_event_of(draft), _contact_content(s, draft, clock))


def _event_of(draft: ContactDraft) -> OrderEvent:
    return OrderEvent.CONTACTED if draft.outcome is Outcome.REACHED else OrderEvent.ATTEMPTED


def _contact_content(s: Step, draft: ContactDraft, clock: DeskClock) -> dict[str, Any]:
    due = due_at(s.order, clock)
    late = due is not None and s.pen.at > due
    if late and not draft.reason.strip():
        raise LateReasonNeededError
    content: dict[str, Any] = {
        "outcome": draft.outcome.value,
        "due": due,
        "late": late,
        "note": draft.note.strip(),
    }
    if late:
        content["reason"] = draft.reason.strip()
    if draft.verified:
        content["verified"] = list(draft.verified)
    if draft.outcome is Outcome.CALL_BACK:
        if draft.callback_at is None or draft.callback_at <= s.pen.at:
            raise CallbackTimeError
        content["callback_at"] = draft.callback_at
    return content


@requires(Permission.ORDER_CONTACT)
def hold_order(ctx: Context, order_id: int, reason: str, seen: int | None = None) -> None:
    """Hold the order as an anomaly (异常)."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        s.write(OrderEvent.HELD, {"reason": need_reason(reason)})


@requires(Permission.ORDER_RELEASE)
def release_order(ctx: Context, order_id: int, reason: str, seen: int | None = None) -> None:
    """Release a held order; never by who works on it, or did anything with it before (rule O3)."""
    with step(ctx, order_id, seen) as s:
        if not s.order.held:
            return
        refuse_release(load_settings(s.conn), ctx.post)
        if ctx.person == s.order.claimed_by or ctx.person in who_had_a_hand(s.conn, order_id):
            raise SecondPersonError
        s.write(OrderEvent.RELEASED, {"reason": need_reason(reason)})


@requires(Permission.ORDER_CONFIRM)
def confirm_order(ctx: Context, order_id: int, seen: int | None = None) -> None:
    """Confirm the order as it stands; who set it free cannot be the one who confirms it (rule O3)."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        if ctx.person in who_set_it_free(s.conn, order_id):
            raise SecondPersonError
        s.write(OrderEvent.CONFIRMED, {"payable": s.order.payable})


@requires(Permission.ORDER_CANCEL)
def cancel_order(ctx: Context, order_id: int, reason: str, seen: int | None = None) -> None:
    """Cancel the order before it is shipped."""
    with step(ctx, order_id, seen) as s:
        refuse_others(s)
        s.write(OrderEvent.CANCELLED, {"reason": need_reason(reason)})
