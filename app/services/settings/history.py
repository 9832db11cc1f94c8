"""Who changed which setting, and when: read from the ledger (rules A2, O6)."""

import json
from dataclasses import dataclass

from sqlalchemy import select

from app.models.ledger import entries
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.records.window import PROGRAM
from app.services.settings.values import NAMES
from app.services.settings.words import told_changes

CHANGED = "office.changed"
OFFICE = 1  # the office is a subject as any other: named by the entry that began it, which is the first


@dataclass(frozen=True, slots=True)
class SettingChange:
    """One change in words; `at` in milliseconds UTC, `entry` is its number in the ledger."""

    entry: int
    at: int
    who: str
    what: str
    before: str
    after: str


@requires(Permission.ORDER_READ)
def settings_history(ctx: Context, most: int = 500) -> list[SettingChange]:
    """The changes of the office's settings, the newest first; of `most` entries at the most."""
    e = entries.c
    wanted = (
        select(e.seq, e.at, e.content, people.c.name)
        .outerjoin(people, people.c.id == e.person)
        .where(e.subject == OFFICE, e.kind == CHANGED)
        .order_by(e.seq.desc())
        .limit(most)
    )
    with ctx.reading() as conn:
        rows = conn.execute(wanted).all()
        names = {row.id: row.name for row in conn.execute(select(people.c.id, people.c.name))}
    return [
        SettingChange(row.seq, row.at, row.name or PROGRAM, *told)
        for row in rows
        for name, (before, after) in json.loads(row.content)["changes"].items()
        if name in NAMES
        for told in told_changes(name, before, after, names)
    ]
