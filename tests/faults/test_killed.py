"""The process killed at random points of an import and of the steps of an order: nothing acknowledged is lost."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app.models.orders import OrderState, orders
from app.services.db import Database
from app.services.intake.commit import run_import
from app.services.intake.read import detect
from app.services.opening import open_database
from app.services.verify import verify_database
from tests.factories import FixedClock
from tests.faults.orders import MAPPING, write_orders
from tests.services.conftest import Template, office_template
from tests.services.orders.making import Crew, crew_of

__all__ = ["office_template"]

ROOT = Path(__file__).resolve().parents[2]
ORDERS = 4_000  # two batches
FEW, MANY = 6, 200
# How far an order is once a step was acknowledged.
REACHED = {
    "accepted": frozenset({OrderState.ACCEPTED, OrderState.CONTACTED, OrderState.CONFIRMED}),
    "claimed": frozenset({OrderState.ACCEPTED, OrderState.CONTACTED, OrderState.CONFIRMED}),
    "contacted": frozenset({OrderState.CONTACTED, OrderState.CONFIRMED}),
    "confirmed": frozenset({OrderState.CONFIRMED}),
}


@dataclass
class Office:
    """An office of its own for each death."""

    template: Path
    people: dict[str, int]
    folder: Path
    number: int = 0

    def fresh(self) -> Path:
        """A new copy."""
        self.number += 1
        return Path(shutil.copy(self.template, self.folder / f"{self.number}.zhanggui"))

    def die(self, work: str, where: Path, what: str, moment: float | int) -> list[tuple[str, int]]:
        """Work until killed: after so many seconds, or by itself after so many statements; returns what was said."""
        statements = moment if isinstance(moment, int) else 0
        people = ",".join(f"{role}={number}" for role, number in self.people.items())
        command = [sys.executable, "-m", "tests.faults.worker", work, str(where), people, what, str(statements)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            if not statements:
                _kill_after(process, float(moment))
            said, _ = process.communicate()
        assert process.returncode in (0, -signal.SIGKILL)
        lines = said.splitlines() if said.endswith("\n") else said.splitlines()[:-1]
        return [(name, int(number)) for name, number in (line.split() for line in lines)]


def _kill_after(process: subprocess.Popen[str], seconds: float) -> None:
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.kill(process.pid, signal.SIGKILL)


@pytest.fixture
def office(office_template: Template, tmp_path: Path) -> Office:
    return Office(*office_template, tmp_path)


def opened(where: Path) -> Database:
    """The office opens again, and all of it is as it was written."""
    db = open_database(str(where))
    verdict = verify_database(db)
    assert verdict.ok, verdict.reason
    return db


def moments(work: str, office: Office, what: str, times: int) -> Iterator[float | int]:
    """Half of them anywhere in the time that the work takes here, half of them before a certain statement."""
    chance = random.Random(f"{work} 20261123")
    started = time.perf_counter()
    office.die(work, office.fresh(), what, 30.0 if work == "import" else 3.0)
    took = time.perf_counter() - started
    for turn in range(times):
        yield chance.uniform(0.2, took) if turn % 2 else chance.randrange(1, 60 if work == "import" else 120)


def import_killed(office: Office, times: int) -> None:
    file = office.folder / "orders.csv"
    write_orders(file, ORDERS)
    whole = nothing = 0
    for moment in moments("import", office, str(file), times):
        where = office.fresh()
        said = office.die("import", where, str(file), moment)
        db = opened(where)
        with db.reading() as conn:
            kept = conn.execute(select(func.count()).select_from(orders)).scalar_one()
        assert kept in (0, ORDERS)  # an import is written whole or not at all
        assert not said or (said == [("imported", ORDERS)] and kept == ORDERS)
        again = run_import(crew(office, db).clerk, detect([file], MAPPING))
        assert (again.new, again.unchanged) == (ORDERS - kept, kept)
        whole, nothing = whole + bool(kept), nothing + (not kept)
        db.close()
        where.unlink()
    assert nothing  # else nobody was killed in time


def steps_killed(office: Office, times: int) -> None:
    acknowledged = 0
    for moment in moments("steps", office, "1", times):
        where = office.fresh()
        said = office.die("steps", where, "1", moment)
        db = opened(where)
        with db.reading() as conn:
            states = {row.id: OrderState(row.state) for row in conn.execute(select(orders.c.id, orders.c.state))}
        for name, order in said:
            assert states[order] in REACHED[name], (name, order)
        acknowledged += len(said)
        assert len(states) <= len({order for _, order in said}) + 1  # at most one that nobody was told of
        db.close()
        where.unlink()
    assert acknowledged


def crew(office: Office, db: Database) -> Crew:
    return crew_of(db, FixedClock(), office.people)


def test_a_killed_import_is_whole_or_was_not(office: Office) -> None:
    import_killed(office, FEW)


def test_what_a_killed_desk_acknowledged_is_there(office: Office) -> None:
    steps_killed(office, FEW)


@pytest.mark.soak
def test_an_import_killed_two_hundred_times(office: Office) -> None:
    import_killed(office, MANY)


@pytest.mark.soak
def test_a_desk_killed_two_hundred_times(office: Office) -> None:
    steps_killed(office, MANY)
