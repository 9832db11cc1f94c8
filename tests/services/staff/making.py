"""Tasks, notices and files for their tests; everything invented."""

from datetime import date
from pathlib import Path
from typing import Any

from app.clock import to_ms
from app.models.people import Level, Post
from app.services import subjects
from app.services.access import Context, program
from app.services.ledger import open_ledger
from app.services.people.accounts import change_person
from app.services.staff.task_rows import Shown, TaskRow, list_tasks
from app.services.staff.tasks import TaskDraft, give_task
from tests.services.orders.making import Crew

TODAY = date(2026, 11, 23)
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)


def task(crew: Crew, giver: Context | None = None, **changes: Any) -> int:
    """A task for customer service that the lead (or `giver`) gives, due on Wednesday."""
    facts: dict[str, Any] = {"title": "核对退货单", "post": Post.SERVICE, "due": date(2026, 11, 25)}
    return give_task(giver or crew.lead, TaskDraft(**(facts | changes)))


def row(ctx: Context, number: int, shown: Shown = Shown.ALL) -> TaskRow:
    """One task as somebody's list shows it."""
    return next(one for one in list_tasks(ctx, shown, finished=True) if one.id == number)


def move(crew: Crew, person: int, posts: list[Post], *, active: bool = True, reason: str = "调岗") -> None:
    """Give somebody other posts, as the administrator does."""
    boss = program(crew.db, crew.clock)
    change_person(boss, person, posts=posts, level=Level.BACK_OFFICE, active=active, reason=reason)


def picture(folder: Path) -> Path:
    """A file that may be attached."""
    path = folder / "证书.png"
    path.write_bytes(PNG)
    return path


def let_act(crew: Crew, person: int, post: Post, first: str, last: str) -> None:
    """Let somebody act in a post, as the service of rule D4 does."""
    facts = {"person": person, "post": post.value, "instead_of": None, "first_day": first, "last_day": last}
    with crew.db.writing() as conn:
        subjects.begin(conn, open_ledger(conn, to_ms(crew.clock.now()), crew.manager.person), "acting.begun", facts)
