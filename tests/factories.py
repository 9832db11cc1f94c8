"""What many tests need made: a clock, an office with people, contexts in their names, a fresh look at the chain."""

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.models.ledger import GENESIS, entries, entry_hash
from app.models.people import Level, Post
from app.services.access import Context, permissions_of
from app.services.db import Database
from app.services.ledger import open_ledger
from app.services.office import create_office
from app.services.people.accounts import add_person_to

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "Kaimen#88"
ADMIN = "周凯"

# Invented; the administrator is made with the office.
FIRST = (ADMIN, (Post.MANAGER, Post.IT), Level.DATABASE)
PEOPLE: dict[str, tuple[str, tuple[Post, ...], Level]] = {
    "service": ("王敏", (Post.SERVICE,), Level.BACK_OFFICE),
    "colleague": ("李娜", (Post.SERVICE, Post.PLANNER), Level.BACK_OFFICE),
    "lead": ("赵倩", (Post.LEAD,), Level.BACK_OFFICE),
    "manager": ("刘衡", (Post.MANAGER,), Level.BACK_OFFICE),
    "delivery": ("吴迪", (Post.DELIVERY,), Level.BACK_OFFICE),
    "trainee": ("孙可", (Post.SERVICE,), Level.ORDINARY),
}


class FixedClock:
    """A clock that stands until a test advances it."""

    def __init__(self, time: datetime = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)) -> None:
        self.time = time  # 10:00 in the office

    def now(self) -> datetime:
        """The time it stands at."""
        return self.time

    def advance(self, **span: float) -> None:
        """Go on by a timedelta's words: advance(minutes=10)."""
        self.time += timedelta(**span)


@dataclass(frozen=True)
class Office:
    """An open office; `numbers` are its people's."""

    db: Database
    clock: FixedClock
    numbers: dict[str, int]

    def ctx(self, role: str) -> Context:
        """Somebody at work with the first of their posts."""
        name, posts, level = (PEOPLE | {"admin": FIRST})[role]
        allowed = permissions_of(posts[0], level)
        return Context(self.db, self.clock, self.numbers[role], name, posts[0], level, allowed)


def make_office(where: str, clock: FixedClock) -> tuple[Database, dict[str, int]]:
    """A new office and the numbers of its people."""
    db = create_office(where, "云酒商行", ADMIN, PASSWORD, clock=clock)
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(clock.now()), 0)
        numbers = {
            role: add_person_to(conn, pen, name, posts, level, PASSWORD)
            for role, (name, posts, level) in PEOPLE.items()
        }
        pen.flush()
    return db, {"admin": 2} | numbers


def where_of(db: Database) -> str:
    """The file or address with which the office is opened once more."""
    if db.is_sqlite:
        return db.place
    return db.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)


def unbroken(conn: Connection) -> int:
    """Compute the whole chain anew; returns the number of its entries, and fails where it does not hold."""
    previous, count = GENESIS, 0
    for row in conn.execute(select(entries).order_by(entries.c.seq)):
        count += 1
        assert row.seq == count
        previous = entry_hash(previous, row.seq, row.at, row.person, row.kind, row.subject, row.content)
        assert bytes(row.hash) == previous
    return count


def kinds(conn: Connection) -> list[str]:
    """The kinds of all entries, in order."""
    return list(conn.execute(select(entries.c.kind).order_by(entries.c.seq)).scalars())


def start_python(script: str, *arguments: str) -> subprocess.Popen[str]:
    """Run a script as another process that sees the project; the test talks to it by stdin and stdout."""
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
