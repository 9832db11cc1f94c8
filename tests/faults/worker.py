"""Works at an office until it is killed, and says on stdout what has been acknowledged: python -m tests.faults.worker.

Arguments: the work (import or steps), the office, its people as role=number, what to work on, and after how many
statements to the database it kills itself (0: never; then somebody else does).
"""

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from sqlalchemy import event

from app.services.db import Database
from app.services.intake.commit import run_import
from app.services.intake.read import detect
from app.services.opening import open_database
from app.services.orders.rows import ContactDraft, Outcome
from app.services.orders.steps import claim_order, confirm_order, log_contact
from tests.factories import FixedClock
from tests.faults.orders import MAPPING
from tests.services.orders.making import Crew, accept, crew_of, draft

Said = Iterator[tuple[str, object]]


def main(work: str, where: str, people: str, what: str, statements: str) -> None:
    """Do the work; each thing is said only after the service has returned."""
    db = open_database(where)
    numbers = {role: int(number) for role, number in (pair.split("=") for pair in people.split(","))}
    if int(statements):
        _end_after(db, int(statements))
    for name, done in WORKS[work](crew_of(db, FixedClock(), numbers), what):
        sys.stdout.write(f"{name} {done}\n")
        sys.stdout.flush()


def _import(crew: Crew, what: str) -> Said:
    yield "imported", run_import(crew.clerk, detect([Path(what)], MAPPING)).new


def _steps(crew: Crew, what: str) -> Said:
    for number in count(int(what)):
        [order] = accept(crew, [draft(number)])
        yield "accepted", order
        claim_order(crew.clerk, order)
        yield "claimed", order
        log_contact(crew.clerk, order, ContactDraft(Outcome.REACHED))
        yield "contacted", order
        confirm_order(crew.clerk, order)
        yield "confirmed", order


def _end_after(db: Database, statements: int) -> None:
    """Be killed in the middle of a transaction, wherever that statement stands."""
    left = iter(range(statements))

    @event.listens_for(db.engine, "before_cursor_execute")
    def _count(*_args: Any) -> None:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)


WORKS: dict[str, Callable[[Crew, str], Said]] = {"import": _import, "steps": _steps}

if __name__ == "__main__":
    main(*sys.argv[1:])
