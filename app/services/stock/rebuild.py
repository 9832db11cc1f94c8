"""Building the stock anew: its sums and movements from all entries, in bounded memory."""

import json
from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, or_, select

from app.models.ledger import Entry, entries
from app.models.orders import OrderEvent
from app.models.stock import movements, stock
from app.services.proof.stretch import SENSELESS
from app.services.stock import fold, sums
from app.services.stock.fold import Draw, Moved, Sums

CHUNK = 1_000


def rebuild_stock(conn: Connection) -> None:
    """Fold every entry that moves or reserves stock; one that makes no sense is left out, as the proof names it."""
    conn.execute(delete(stock))
    conn.execute(delete(movements))
    whole = Sums()
    for start in range(1, (conn.execute(select(func.max(entries.c.seq))).scalar() or 0) + 1, CHUNK):
        moved: list[Moved] = []
        for its in _by_subject(conn, start, start + CHUNK - 1):
            part = Sums()
            try:
                rows = _fold(its, part)
            except SENSELESS:
                continue
            moved += rows
            whole.merge(part)
        sums.add(conn, Sums(), moved)
    sums.add(conn, whole)


def _by_subject(conn: Connection, first: int, last: int) -> Sequence[Sequence[Entry]]:
    """Entries that move stock by themselves, and orders with what happened to them, that begin in a stretch."""
    e = entries.c
    begins = e.seq.between(first, last) & e.kind.in_([OrderEvent.ACCEPTED.value, fold.MOVED])
    later = e.subject.between(first, last) & e.kind.in_(sorted(fold.FOLLOWED))
    found: defaultdict[int, list[Entry]] = defaultdict(list)
    wanted = select(e.seq, e.at, e.person, e.kind, e.subject, e.content).where(or_(begins, later)).order_by(e.seq)
    for row in conn.execute(wanted):
        entry = Entry(*row)
        found[entry.seq if entry.subject is None else entry.subject].append(entry)
    return list(found.values())


def _fold(its: Sequence[Entry], part: Sums) -> list[Moved]:
    first, *later = its
    content = json.loads(first.content)
    if first.kind == fold.MOVED:
        return fold.moved(first.seq, content, part)
    draw = Draw(first.seq, fold.reserves(content))
    draw.begin(part)
    return [row for one in later for row in draw.follow(one.seq, one.kind, json.loads(one.content), part)]
