"""What people knew of the roster, version by version (历次发布): each publication and each swap ends one (rule D2)."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, select

from app.models.ledger import entries
from app.models.people import people
from app.services.access import Context, Permission, requires
from app.services.duty.weeks import WEEK, person_of, published_weeks

PUBLISHED, SWAPPED = "roster.published", "roster.swapped"
FREE_WEEK = ("",) * WEEK
MOST = 12  # versions that can be chosen from; who looks further back reads the history

Codes = Mapping[str, list[str]]  # a week's cells by line, as Week has them
Known = Mapping[date, Codes]  # by Monday; a week of which nothing was published is not there


@dataclass(frozen=True, slots=True)
class Told:
    """An entry that changed what people know of a week: the cells it put in force, of all lines or of those swapped."""

    seq: int
    at: int
    person: int
    monday: date
    kind: str
    content: Mapping[str, Any]

    def cells(self, keys: Sequence[str]) -> Iterator[tuple[str, int, str]]:
        """Line, day of the week and code of what it put into these lines: all of a week, or what is swapped."""
        if self.kind == PUBLISHED:
            for key in keys:
                yield from (
                    (key, number, code) for number, code in enumerate(self.content["cells"].get(key, FREE_WEEK))
                )
        else:
            changes = self.content["changes"]
            yield from ((str(key), number, after) for key, number, _before, after in changes if key in keys)

    def after(self, before: Codes | None) -> Codes:
        """The week's cells from then on."""
        if self.kind == PUBLISHED:
            return dict(self.content["cells"])
        cells = {key: list(codes) for key, codes in (before or {}).items()}
        for key, number, _before, code in self.content["changes"]:
            cells.setdefault(str(key), list(FREE_WEEK))[number] = code
        return cells


@dataclass(frozen=True, slots=True)
class Version:
    """The weeks as people knew them until somebody published them anew, or swapped, `at` (milliseconds UTC)."""

    seq: int
    at: int
    name: str  # whose deed ended it
    swap: bool
    known: Known
    lines: Mapping[str, str]  # names by line, also of who is not on the roster any more


@requires(Permission.DUTY_READ)
def versions(ctx: Context, first: date, last: date) -> tuple[Version, ...]:
    """What was known once of the weeks between two days, the newest first; at most MOST of them."""
    with ctx.reading() as conn:
        told = told_of(conn, published_weeks(conn, first, last))
        names = {row.id: row.name for row in conn.execute(select(people.c.id, people.c.name))}
    return tuple(list(_versions(told, names))[: -MOST - 1 : -1])


def told_of(conn: Connection, mondays: Mapping[int, date]) -> list[Told]:
    """Everything that changed what people know of these weeks (their Mondays by number), in its order."""
    e = entries.c
    wanted = select(e.seq, e.at, e.person, e.subject, e.kind, e.content)
    rows = conn.execute(wanted.where(e.subject.in_(mondays), e.kind.in_((PUBLISHED, SWAPPED))).order_by(e.seq))
    return [Told(row.seq, row.at, row.person, mondays[row.subject], row.kind, json.loads(row.content)) for row in rows]


def last_told(conn: Connection, mondays: Mapping[int, date]) -> dict[date, int]:
    """The last entry that changed what people know of each week; one of which they know nothing is not there."""
    e = entries.c
    wanted = select(e.subject, func.max(e.seq).label("last")).group_by(e.subject)
    rows = conn.execute(wanted.where(e.subject.in_(mondays), e.kind.in_((PUBLISHED, SWAPPED))))
    return {mondays[row.subject]: row.last for row in rows}


def _versions(told: Sequence[Told], names: Mapping[int, str]) -> Iterator[Version]:
    """What was known before each deed; where nothing was, there is nothing to compare with."""
    known: dict[date, Codes] = {}
    for deed in _deeds(told):
        if any(one.monday in known for one in deed):
            first = deed[0]
            lines = {key: names.get(person_of(key)[0], "") for codes in known.values() for key in codes}
            yield Version(first.seq, first.at, names.get(first.person, ""), first.kind == SWAPPED, dict(known), lines)
        for one in deed:
            known[one.monday] = one.after(known.get(one.monday))


def _deeds(told: Sequence[Told]) -> Iterator[list[Told]]:
    """Several weeks are published at once, and a swap may be of two days: one entry each, next to each other."""
    deed: list[Told] = []
    for one in told:
        if deed and not _belongs(deed, one):
            yield deed
            deed = []
        deed.append(one)
    if deed:
        yield deed


def _belongs(deed: Sequence[Told], one: Told) -> bool:
    last = deed[-1]
    if one.kind == SWAPPED:
        return last.kind == SWAPPED and one.content["swap"] == last.content["swap"]
    return (one.at, one.person, one.kind) == (last.at, last.person, last.kind) and one.monday > last.monday
