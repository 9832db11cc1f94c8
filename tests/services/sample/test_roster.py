"""The sample's roster keeps the office's rules in each week, also over holidays and days that are worked for them."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select

from app.clock import to_ms
from app.models.people import people
from app.services.access import program
from app.services.db import Database
from app.services.duty.mending import Mending
from app.services.duty.roster.check import breaches
from app.services.duty.span import read_span
from app.services.ledger import open_ledger
from app.services.opening import open_database
from app.services.sample.office import create_sample_office
from app.services.sample.publishing import Publishing
from app.services.sample.roster import plan_roster
from app.services.verify import verify
from tests.factories import FixedClock

FIRST_MONDAY = date(2025, 12, 29)
WEEKS = 53  # all that have a day of 2026
BEFORE, AFTER = datetime(2025, 11, 30, 4, tzinfo=UTC), datetime(2026, 12, 31, 4, tzinfo=UTC)


def play_a_year(db: Database) -> None:
    """Draw and publish the sample's weeks up to the last of 2026."""
    clock = FixedClock(AFTER)
    with db.writing() as conn:
        pen = open_ledger(conn, to_ms(AFTER), 0)
        staff = {row.name: row.id for row in conn.execute(select(people.c.name, people.c.id))}
        stage = Publishing(conn, pen, staff)
        for one in plan_roster(clock, (AFTER.date() - FIRST_MONDAY).days):
            if one.act is not None:
                one.act(stage)


def test_no_week_of_a_year_breaks_a_rule(tmp_path: Path) -> None:
    where = str(tmp_path / "sample.zhanggui")
    create_sample_office(where, FixedClock(BEFORE), days=1)
    db = open_database(where)
    play_a_year(db)
    with db.reading() as conn:
        span = read_span(conn, FIRST_MONDAY, WEEKS, drafts=False)
    cells = span.cells()
    assert all(span.is_known(FIRST_MONDAY + timedelta(weeks=week)) for week in range(WEEKS))
    told = [
        (one.rule.value, str(span.days[one.first_day]), one.worker is not None and span.lines[one.worker].name)
        for one in Mending(span, BEFORE).of(breaches(span.problem, cells), cells)
    ]
    assert told == []
    assert verify(program(db, FixedClock(AFTER))).ok
    db.close()
