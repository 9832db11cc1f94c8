"""Leaves and what is handed over for their tests; everything invented."""

from datetime import date
from typing import Any

from app.models.leave import LeaveKind, LeaveState
from app.models.people import Post
from app.models.publishing import ContentKind
from app.services import subjects
from app.services.access import Context
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals
from app.services.due import run_what_is_due
from app.services.leave.handing import accept_all
from app.services.leave.leaves import LeaveDraft, ask_leave, propose_leave
from app.services.leave.reading import HandoverRow, LeaveRow, Shown, handover_list, list_leaves
from app.services.publishing.contents import ContentDraft, plan_content
from app.services.staff.tasks import TaskDraft, give_task
from tests.services.orders.making import Crew

TODAY = date(2026, 11, 23)
FIRST, LAST = date(2026, 12, 1), date(2026, 12, 4)


def november(day: int) -> date:
    """A day of the month in which the tests begin."""
    return date(2026, 11, day)


def ask(ctx: Context, receiver: Context, **changes: Any) -> int:
    """Ask for four days' leave in a week, everything to one receiver."""
    facts: dict[str, Any] = {
        "kind": LeaveKind.ANNUAL, "first_day": FIRST, "last_day": LAST, "receiver": receiver.person, "reason": "回老家",
    }  # fmt: skip
    return ask_leave(ctx, LeaveDraft(**(facts | changes)))


def approved(crew: Crew, ctx: Context, receiver: Context, **changes: Any) -> int:
    """A leave that is accepted, proposed and approved."""
    leave = ask(ctx, receiver, **changes)
    accept_all(receiver, leave)
    propose_leave(ctx, leave)
    agree(crew)
    return leave


def agree(crew: Crew) -> None:
    """Let the manager, then the general manager approve whatever waits for them."""
    for ctx in (crew.manager, crew.director):
        for row in list_proposals(ctx, Desk.MINE):
            approve(ctx, row.id, row.last_seq)


def task(crew: Crew, person: Context, title: str = "核对退货单", post: Post = Post.SERVICE) -> int:
    """A task that somebody is to see to."""
    return give_task(crew.lead, TaskDraft(title, post, date(2026, 12, 31), person=person.person))


def content(crew: Crew, owner: Context, title: str = "秋酿上市") -> int:
    """A content item that somebody is to make."""
    return plan_content(crew.manager, ContentDraft(ContentKind.NEWS, title, owner.person, date(2026, 12, 20)))


def seen_to_by(crew: Crew, number: int, table: str = "tasks") -> int:
    """Who sees to a task now, or owns a content item."""
    with crew.db.reading() as conn:
        row = subjects.load(conn, table, number)
    return int(row["person" if table == "tasks" else "owner"])


def on(crew: Crew, day: date, hour: int = 9) -> int:
    """Go on to a day, and let the program do what is due."""
    now = crew.clock.time
    crew.clock.time = now.replace(year=day.year, month=day.month, day=day.day, hour=hour - 8)
    return run_what_is_due(crew.program)


def row(ctx: Context, leave: int) -> LeaveRow:
    """A leave as the list of everybody's shows it."""
    return next(one for one in list_leaves(ctx, Shown.ALL, over=True) if one.id == leave)


def state(crew: Crew, leave: int) -> LeaveState:
    """Where a leave stands."""
    return row(crew.lead, leave).state


def things(ctx: Context, leave: int) -> dict[tuple[str, int], HandoverRow]:
    """The handover of a leave by kind and thing; the last row of each."""
    return {(one.kind, one.thing): one for one in reversed(handover_list(ctx, leave))}
