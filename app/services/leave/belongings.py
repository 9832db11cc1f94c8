"""What somebody can hold, and so has to hand over before they go (交接, rule D3): one entry here for each kind.

Most things are listed one by one as they are found. What comes and goes within minutes, or is only a right, is handed
over *ahead*, as a whole: one row says who takes all of it, whatever it will be when the leave begins.

Stock counts and wishes for goods are not here: everybody of the post goes on with them, they belong to nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, or_, select

from app.i18n import N_
from app.models.approvals import ProposalState, delegations, proposals
from app.models.leave import HandoverState, handovers, leaves
from app.models.orders import BEFORE_CONFIRMING, OrderEvent, orders
from app.models.people import Level, people
from app.models.publishing import ContentState, contents
from app.models.staff import TaskState, tasks
from app.services import subjects
from app.services.access import Permission, permissions_of
from app.services.leave.days import LIVE
from app.services.leave.posts import posts_now
from app.services.ledger import Pen
from app.services.orders import projection, steps
from app.services.staff.tasks import hand_task

Held = list[tuple[int, str]]  # the things with their titles

ORDERS, APPROVALS = "orders", "approvals"
WHOLE = 0  # the thing of a row that is handed over ahead


@dataclass(frozen=True, slots=True)
class Belonging:
    """A kind of things with somebody who sees to each; `needs` is what a receiver must be allowed to."""

    name: str
    word: str
    needs: Permission | None
    held: Callable[[Connection, int], Held]
    holder: Callable[[Connection, int], int | None]  # None: settled, nobody has to see to it any more
    give: Callable[[Connection, Pen, int, int], None]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A kind that is handed over as a whole; `single` is what its things are once the leave begins."""

    name: str
    word: str
    needs: Permission | None
    held: Callable[[Connection, int, date], bool]
    single: Belonging | None


def _orders_of(conn: Connection, person: int) -> Held:
    o = orders.c
    state = o.state.in_([one.value for one in BEFORE_CONFIRMING])
    wanted = select(o.id, o.number, o.goods).where(o.claimed_by == person, state).order_by(o.id)
    return [(row.id, f"{row.number} {row.goods}") for row in conn.execute(wanted)]


def _order_holder(conn: Connection, order: int) -> int | None:
    found: int | None = conn.execute(select(orders.c.claimed_by).where(orders.c.id == order)).scalar()
    return found


def _give_order(conn: Connection, pen: Pen, order_id: int, to: int) -> None:
    """Claimed in the receiver's own name: they accepted it, and it is they who work on it from now on."""
    order = steps.load(conn, order_id)
    before, content = replace(order), {"from": order.claimed_by}
    seq = pen.write(OrderEvent.CLAIMED.value, order_id, content, to)
    projection.advance(order, seq, pen.at, to, OrderEvent.CLAIMED.value, content)
    projection.store(conn, before, order)


_TASK_STATES = (TaskState.OPEN.value, TaskState.REPORTED.value)


def _tasks_of(conn: Connection, person: int) -> Held:
    t = tasks.c
    wanted = select(t.id, t.title).where(t.person == person, t.state.in_(_TASK_STATES)).order_by(t.id)
    return [(row.id, row.title) for row in conn.execute(wanted)]


def _task_holder(conn: Connection, task: int) -> int | None:
    t = tasks.c
    found: int | None = conn.execute(select(t.person).where(t.id == task, t.state.in_(_TASK_STATES))).scalar()
    return found


def _to_make() -> Any:
    """Planned, or made and not before somebody who decides: another owner would make that proposal void."""
    c, p = contents.c, proposals.c
    waits = select(p.id).where(p.subject == c.id, p.state == ProposalState.WAITING.value).exists()
    return or_(c.state == ContentState.PLANNED.value, (c.state == ContentState.MADE.value) & ~waits)


def _contents_of(conn: Connection, person: int) -> Held:
    c = contents.c
    wanted = select(c.id, c.title).where(c.owner == person, _to_make()).order_by(c.id)
    return [(row.id, row.title) for row in conn.execute(wanted)]


def _content_holder(conn: Connection, content: int) -> int | None:
    c = contents.c
    found: int | None = conn.execute(select(c.owner).where(c.id == content, _to_make())).scalar()
    return found


def _give_content(conn: Connection, pen: Pen, content: int, to: int) -> None:
    before = subjects.load(conn, "contents", content)["owner"]
    subjects.advance(conn, pen, content, "content.changed", {"changes": {"owner": [before, to]}})


def may_hold(conn: Connection, person: int, needs: Permission | None, today: date) -> bool:
    """Whether somebody at work here holds a post today that allows it."""
    row = conn.execute(select(people.c.level).where(people.c.id == person, people.c.active == 1)).one_or_none()
    if row is None:
        return False
    level = Level(row.level)
    return needs is None or any(needs in permissions_of(post, level) for post in posts_now(conn, person, today))


def _works_on_orders(conn: Connection, person: int, today: date) -> bool:
    return bool(_orders_of(conn, person)) or may_hold(conn, person, Permission.ORDER_CONTACT, today)


def _decides(conn: Connection, person: int, today: date) -> bool:
    """By a post of their own, or because somebody has let them, or will on the days of a leave."""
    if may_hold(conn, person, Permission.DECIDE, today):
        return True
    d, h = delegations.c, handovers.c
    lent = select(d.id).where(d.taker == person, d.ended == 0, d.last_day >= today.isoformat())
    promised = (
        select(h.id)
        .join(leaves, leaves.c.id == h.leave)
        .where(h.receiver == person, h.kind == APPROVALS, h.state == HandoverState.ACCEPTED.value)
        .where(leaves.c.state.in_(LIVE))
    )
    return any(conn.execute(wanted.limit(1)).first() is not None for wanted in (lent, promised))


ORDER = Belonging("order", N_("Order"), Permission.ORDER_CONTACT, _orders_of, _order_holder, _give_order)
TASK = Belonging("task", N_("Task"), None, _tasks_of, _task_holder, hand_task)
CONTENT = Belonging(
    "content", N_("Content"), Permission.CONTENT_PLAN, _contents_of, _content_holder, _give_content
)  # fmt: skip

LISTED = (TASK, CONTENT)  # found and listed one by one
SINGLE = {one.name: one for one in (ORDER, *LISTED)}
AHEAD = {
    one.name: one
    for one in (
        Ahead(ORDERS, N_("Orders at hand"), Permission.ORDER_CONTACT, _works_on_orders, ORDER),
        Ahead(APPROVALS, N_("Decisions on proposals"), Permission.PROPOSE, _decides, None),
    )
}
