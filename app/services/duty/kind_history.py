"""What each kind of shift was once: for who was told of hours that have changed since, or of a kind that is gone."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.models.ledger import entries
from app.services.duty.rules import DutyRules, ShiftKind, rules_of
from app.services.settings.history import CHANGED, OFFICE


@dataclass(frozen=True, slots=True)
class Version:
    """A kind as it was from an entry on, which was made `at` (milliseconds UTC); None: there was none."""

    seq: int
    at: int
    kind: ShiftKind | None


class KindHistory:
    """The kinds of all rules that were ever in force."""

    def __init__(self, conn: Connection, now: DutyRules) -> None:
        self._rules = list(_rules_once(conn)) or [(0, 0, now)]
        self._known: dict[str, tuple[Version, ...]] = {}

    def of(self, code: str, since: int, until: int | None) -> tuple[Version, ...]:
        """What a kind was between two entries, in this order: as it was at the first one, and each change of it."""
        if code not in self._known:
            self._known[code] = tuple(self._versions(code))
        early = [one for one in self._known[code] if one.seq <= since]
        late = [one for one in self._known[code] if since < one.seq and (until is None or one.seq < until)]
        return (*early[-1:], *late)

    def _versions(self, code: str) -> Iterator[Version]:
        before = None
        for seq, at, rules in self._rules:
            kind = rules.kind(code)
            told = None if kind is None else (kind.name, kind.windows)
            if told != before:
                yield Version(seq, at, kind)
            before = told


def _rules_once(conn: Connection) -> Iterator[tuple[int, int, DutyRules]]:
    """The rules that an office began with, then those after each change; nothing where none was changed."""
    e = entries.c
    first = True
    rows = conn.execute(select(e.seq, e.at, e.content).where(e.subject == OFFICE, e.kind == CHANGED).order_by(e.seq))
    for row in rows:
        changed = json.loads(row.content)["changes"].get("duty_rules")
        if changed is None:
            continue
        before, after = changed
        if first:
            yield 0, 0, rules_of(before)
        yield row.seq, row.at, rules_of(after)
        first = False
