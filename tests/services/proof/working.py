"""An office where something of everything has happened, and a vandal who goes round the program."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, text

from app.models.people import Level, Post
from app.services.customers.erasing import erase_customer
from app.services.customers.marks import flag_customer, unflag_customer
from app.services.orders.amend import amend_order
from app.services.orders.delivery import check_out_order, deliver_order, pick_order, ship_order
from app.services.orders.giving import concede_price
from app.services.orders.rows import AmendDraft, ContactDraft, Outcome
from app.services.orders.steps import (
    cancel_order,
    claim_order,
    confirm_order,
    hold_order,
    log_contact,
    release_order,
)
from app.services.people.accounts import change_person
from app.services.records.record import record
from tests.services.orders.making import REACHED, Crew, accept, draft


def work(crew: Crew, papers: Path) -> list[int]:
    """Seven orders in seven conditions, one customer forgotten, two marked, a person changed, the day sealed."""
    ids = accept(crew, [draft(1), draft(2, paid=1), draft(3), draft(4), draft(5)])
    deliver(crew, ids[0])
    erase_customer(crew.program, ids[0], "客户要求删除")
    crew.clock.advance(minutes=1)
    claim_order(crew.clerk, ids[2])
    log_contact(crew.clerk, ids[2], REACHED)
    amend_order(crew.clerk, ids[2], AmendDraft("客户改地址", address="人民南路12号", office_remark="周末送"))
    concede_price(crew.clerk, ids[2], 500, "老客户")
    hold_order(crew.clerk, ids[3], "等客户回电")
    release_order(crew.lead, ids[3], "已回电")
    crew.clock.advance(minutes=30)
    log_contact(crew.clerk, ids[3], ContactDraft(Outcome.NO_ANSWER, reason="同时来了几单"))
    cancel_order(crew.clerk, ids[4], "客户不要了")
    flag_customer(crew.manager, ids[2], "多次拒收")
    flag_customer(crew.manager, ids[3], "误记")
    unflag_customer(crew.manager, ids[3], "记错了")
    posts = [Post.DELIVERY, Post.SERVICE]
    change_person(crew.program, crew.packer.person, posts=posts, level=Level.BACK_OFFICE, active=True, reason="兼岗")
    record(crew.program, crew.clock.now().date(), papers)
    return ids + accept(crew, [draft(6), draft(7)])


def deliver(crew: Crew, order: int) -> None:
    """Take an order from acceptance to the customer's door."""
    claim_order(crew.clerk, order)
    log_contact(crew.clerk, order, REACHED)
    confirm_order(crew.clerk, order)
    pick_order(crew.packer, order)
    check_out_order(crew.packer, order)
    ship_order(crew.packer, order, "顺丰", "SF0001")
    deliver_order(crew.packer, order)


@contextmanager
def vandal(crew: Crew) -> Iterator[Connection]:
    """A connection on which the database refuses nothing."""
    with crew.db.engine.connect() as conn:
        if crew.db.is_sqlite:
            guards = conn.execute(text("SELECT name FROM sqlite_schema WHERE type = 'trigger'")).scalars().all()
            for guard in guards:
                conn.execute(text(f"DROP TRIGGER {guard}"))
        else:
            conn.execute(text("SET LOCAL session_replication_role = replica"))
        yield conn
        conn.commit()


def change(crew: Crew, *statements: str) -> None:
    """Change the database behind the program's back."""
    with vandal(crew) as conn:
        for statement in statements:
            conn.execute(text(statement))
