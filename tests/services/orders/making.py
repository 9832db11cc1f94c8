"""Orders and people for the order desk's tests; everything invented."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.clock import to_ms
from app.models.people import Level, Post
from app.services.access import Context, permissions_of, program
from app.services.db import Database
from app.services.intake.draft import LineDraft, OrderDraft, PersonDraft, PlatformState
from app.services.ledger import open_ledger
from app.services.office import load_settings, pepper
from app.services.orders.accept import Desk, accept_batch
from app.services.orders.prepared import prepare
from app.services.orders.rows import ContactDraft, Outcome
from app.services.people.accounts import add_person_to
from tests.factories import FixedClock

PERSON = PersonDraft(
    "陈立群", "13900002065", "湖北省", "十堰市", "茅箭区", "北京中路38号3栋502", "", "tb20650001", "请轻放", "老客户"
)
LINES = (LineDraft("BJ-1001", "五粮液 第八代 52度 500ml", "单瓶", 2, 106_900, 213_800),)
DRAFT = OrderDraft(
    "tmall", "3300000000000000001", "CNY", 213_800, 213_800, 0, 0, None, None, PlatformState.PAID, PERSON, LINES
)
REACHED = ContactDraft(Outcome.REACHED)


@dataclass
class Crew:
    """People at work in one office."""

    db: Database
    clock: FixedClock
    clerk: Context
    colleague: Context
    lead: Context
    manager: Context
    packer: Context
    planner: Context
    specialist: Context
    director: Context
    program: Context


def draft(number: int = 1, **changes: Any) -> OrderDraft:
    """An order of its own number and customer."""
    person = replace(PERSON, phone=f"1390000{number:04d}", buyer=f"tb{number:08d}")
    own: dict[str, Any] = {"source_number": f"33{number:017d}", "person": person}
    return replace(DRAFT, **(own | changes))


def accept(crew: Crew, drafts: Sequence[OrderDraft], **desk: Any) -> list[int]:
    """Accept orders at the clock's time, in the program's name."""
    with crew.db.writing() as conn:
        settings = load_settings(conn)
        taken = Desk(conn, open_ledger(conn, to_ms(crew.clock.now()), 0), pepper(conn), **desk)
        taken.unusual_quantity, taken.doubled_minutes = settings.unusual_quantity, settings.doubled_minutes
        return accept_batch(taken, [prepare(taken.pepper, one) for one in drafts])


POSTS = {
    "clerk": ("王敏", Post.SERVICE),
    "colleague": ("李娜", Post.SERVICE),
    "lead": ("赵倩", Post.LEAD),
    "manager": ("刘总监", Post.MANAGER),
    "packer": ("吴迪", Post.DELIVERY),
    "planner": ("张伟", Post.PLANNER),
    "specialist": ("刘洋", Post.LISTING),
    "director": ("郑总", Post.DIRECTOR),
}


def hire(db: Database, clock: FixedClock) -> dict[str, int]:
    """Put somebody on each post of the order desk; returns their numbers."""
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), 0)
        numbers = {
            role: add_person_to(conn, pen, name, [post], Level.BACK_OFFICE, "secret#1")
            for role, (name, post) in POSTS.items()
        }
        pen.flush()
    return numbers


def crew_of(db: Database, clock: FixedClock, numbers: dict[str, int]) -> Crew:
    """The people of `hire`, at work."""
    level = Level.BACK_OFFICE
    contexts = {
        role: Context(db, clock, numbers[role], name, post, level, permissions_of(post, level))
        for role, (name, post) in POSTS.items()
    }
    return Crew(db, clock, **contexts, program=program(db, clock))
