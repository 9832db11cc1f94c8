"""A right that was withdrawn is gone at the next press, not at the next sign-in (rule A2)."""

import ast
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from app.models.ledger import entries
from app.models.people import Level, Post, people
from app.services.access import Context, RightsChangedError
from app.services.backups.backup import backup, drill
from app.services.customers.history import customer_orders
from app.services.office import office_settings
from app.services.opening import open_database
from app.services.orders.detail import order_detail
from app.services.orders.queue import queue_counts
from app.services.orders.steps import claim_order, hold_order
from app.services.people.accounts import change_person
from app.services.people.password_change import change_own_password
from app.services.people.sign_in import SignInError, sign_in
from app.services.saved_views import list_views, save_view
from app.services.status import office_status
from app.services.verify import verify
from tests.factories import PASSWORD, ROOT, Office, kinds, where_of
from tests.services.orders.making import Crew, accept, draft

PRESSES: dict[str, Callable[[Context, int], Any]] = {
    "claim": claim_order,
    "hold": lambda ctx, order: hold_order(ctx, order, "地址可疑"),
    "detail": order_detail,
    "counts": lambda ctx, _order: queue_counts(ctx),
    "customer": customer_orders,
    "status": lambda ctx, _order: office_status(ctx),
    "settings": lambda ctx, _order: office_settings(ctx),
    "views": lambda ctx, _order: list_views(ctx, "orders"),
    "save": lambda ctx, _order: save_view(ctx, "orders", "我的", {}),
    "verify": lambda ctx, _order: verify(ctx),
    "password": lambda ctx, _order: change_own_password(ctx, "secret#1", "secret#22"),
}


def change(crew: Crew, person: int, *posts: Post, level: Level = Level.BACK_OFFICE, active: bool = True) -> None:
    change_person(crew.program, person, posts=posts, level=level, active=active, reason="调岗")


@pytest.mark.parametrize("press", PRESSES)
def test_whoever_was_sent_away_is_refused_everything(any_crew: Crew, press: str) -> None:
    (order,) = accept(any_crew, [draft()])
    change(any_crew, any_crew.clerk.person, Post.SERVICE, active=False)
    with pytest.raises(RightsChangedError):
        PRESSES[press](any_crew.clerk, order)
    with any_crew.db.reading() as conn:
        by_clerk = select(entries.c.kind).where(entries.c.person == any_crew.clerk.person)
        assert conn.execute(by_clerk).scalars().all() == []


@pytest.mark.parametrize(
    ("posts", "level"),
    [([Post.PLANNER], Level.BACK_OFFICE), ([Post.SERVICE], Level.ORDINARY), ([Post.SERVICE], Level.DATABASE)],
)
def test_another_post_or_level_asks_for_a_new_sign_in(any_crew: Crew, posts: list[Post], level: Level) -> None:
    (order,) = accept(any_crew, [draft()])
    change(any_crew, any_crew.clerk.person, *posts, level=level)
    with pytest.raises(RightsChangedError):
        claim_order(any_crew.clerk, order)
    fresh = sign_in(any_crew.db, any_crew.clock, "王敏", None, "secret#1")
    assert queue_counts(fresh)


def test_a_second_post_and_somebody_elses_change_disturb_nobody(any_crew: Crew) -> None:
    (order,) = accept(any_crew, [draft()])
    change(any_crew, any_crew.clerk.person, Post.PLANNER, Post.SERVICE)
    change(any_crew, any_crew.colleague.person, Post.SERVICE, active=False)
    claim_order(any_crew.clerk, order)
    assert order_detail(any_crew.clerk, order).row.claimed_by == any_crew.clerk.person


def test_the_administrator_too_is_refused(office: Office, tmp_path: Path) -> None:
    admin = office.ctx("admin")
    with office.db.writing() as conn:
        conn.execute(update(people).where(people.c.id == admin.person).values(level=Level.BACK_OFFICE))
    with pytest.raises(RightsChangedError):
        backup(admin, tmp_path / "out")
    with pytest.raises(RightsChangedError):
        drill(admin)
    assert not (tmp_path / "out").exists()


def test_a_step_that_waits_for_the_change_sees_it(any_crew: Crew) -> None:
    """Another program sends the clerk away while the clerk's step waits for its turn to write."""
    (order,) = accept(any_crew, [draft()])
    said: list[BaseException] = []

    def press() -> None:
        try:
            claim_order(any_crew.clerk, order)
        except RightsChangedError as error:
            said.append(error)

    other = open_database(where_of(any_crew.db))
    waiting = threading.Thread(target=press)
    with other.writing() as conn:
        waiting.start()
        waiting.join(0.3)
        assert waiting.is_alive()
        conn.execute(update(people).where(people.c.id == any_crew.clerk.person).values(active=0))
    waiting.join(30)
    other.close()
    assert len(said) == 1


def test_nobody_is_let_in_who_was_sent_away_while_signing_in(office: Office) -> None:
    said: list[BaseException] = []

    def enter() -> None:
        try:
            sign_in(office.db, office.clock, "王敏", None, PASSWORD)
        except SignInError as error:
            said.append(error)

    other = open_database(where_of(office.db))
    entering = threading.Thread(target=enter)
    with other.writing() as conn:
        entering.start()
        entering.join(0.5)  # the password is tried, then the entry waits for its turn
        conn.execute(update(people).where(people.c.id == office.numbers["service"]).values(active=0))
    entering.join(30)
    other.close()
    assert len(said) == 1
    with office.db.reading() as conn:
        assert "person.signed_in" not in kinds(conn)


def test_no_service_goes_round_the_context() -> None:
    """`ctx.db.reading()` would not ask whether the person still may."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sorted((ROOT / "app/services").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in {"reading", "writing"}
        if isinstance(node.value, ast.Attribute) and ast.unparse(node.value) == "ctx.db"
    ]
    assert wrong == []
