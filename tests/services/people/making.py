"""Wrong tries at signing in, and what stands on record of people."""

import json
from typing import Any

import pytest
from sqlalchemy import select

from app.models.ledger import entries
from app.models.people import credentials
from app.services.db import Database
from app.services.people.sign_in import (
    SignInError,
    sign_in,
)
from tests.factories import Office

WRONG = "Wrong#11"
OTHER = "Another#1"


def said(db: Database) -> list[tuple[str, int, int | None, Any]]:
    """Kind, person, subject and content of every entry."""
    c = entries.c
    with db.reading() as conn:
        rows = conn.execute(select(c.kind, c.person, c.subject, c.content).order_by(c.seq)).all()
    return [(row.kind, row.person, row.subject, json.loads(row.content)) for row in rows]


def kept(db: Database, person: int) -> Any:
    with db.reading() as conn:
        return conn.execute(select(credentials).where(credentials.c.person == person)).one()


def fail(office: Office, times: int) -> None:
    for _ in range(times):
        with pytest.raises(SignInError) as caught:
            sign_in(office.db, office.clock, "王敏", None, WRONG)
        assert type(caught.value) is SignInError
