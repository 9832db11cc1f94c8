"""Moving stock by hand (出入库): opening, receipts, returns, scrap, corrections; and what has moved an article."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.orders import orders
from app.models.people import people
from app.models.stock import Movement, movements
from app.services.access import Context, Permission, requires
from app.services.catalog.sold_out import delist_sold_out
from app.services.ledger import Pen, open_ledger
from app.services.reasons import need_reason
from app.services.stock import fold, sums
from app.services.stock.available import available
from app.services.stock.sums import NOTHING

MOST_PIECES = 10_000_000  # in one line
LONGEST_CODE = 100
TO_BE_EXPLAINED = frozenset({Movement.SCRAP, Movement.CORRECTION})
BY_ITSELF = frozenset({Movement.SALE, Movement.COUNT})  # by orders and counts, never by hand

Line = tuple[str, int]


class QuantityError(RuleError):
    """A movement is of whole pieces."""

    message = N_("The quantity of {code} is a whole number from 1 to {most}.")


class NoCodeError(RuleError):
    """Stock is kept by code."""

    message = N_("Each line names the code of an article, of at most {most} characters.")


class NoLinesError(RuleError):
    """A movement of nothing."""

    message = N_("Enter at least one article and its quantity.")


class NotEnoughError(RuleError):
    """What is not there cannot be taken away; only a count may find less than nothing."""

    message = N_("Of {code} only {there} are on hand.")


class OpenedError(RuleError):
    """The first stock is given once."""

    message = N_("The stock of {code} is kept already; enter a receipt, or count it.")


class MovedByItselfError(RuleError):
    """Sales are moved by orders, differences by counts."""

    message = N_("Sales are booked by orders and differences by counts, not by hand.")


@dataclass(frozen=True, slots=True)
class StockRow:
    """How an article stands; `available` is over its packs too, None where its stock is not kept."""

    code: str
    on_hand: int
    reserved: int
    kept: bool
    available: int | None


@dataclass(frozen=True, slots=True)
class MovementRow:
    """One movement of an article, as its history shows it; `running` is what was on hand right after it."""

    entry: int
    at: int
    person: str
    kind: Movement
    quantity: int
    order: int | None
    number: str  # of the order
    note: str
    ref: str
    running: int


@requires(Permission.STOCK_MOVE)
def move_stock(ctx: Context, kind: Movement, lines: Sequence[Line], note: str = "", ref: str = "") -> int:
    """Book a movement by hand: scrap is given positive, a correction signed; returns the number of its entry."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        return book(conn, pen, Movement(kind), lines, note, ref)


def book(conn: Connection, pen: Pen, kind: Movement, lines: Sequence[Line], note: str = "", ref: str = "") -> int:
    """As `move_stock`, within somebody else's transaction."""
    if kind in BY_ITSELF:
        raise MovedByItselfError
    note = need_reason(note) if kind in TO_BE_EXPLAINED else note.strip()
    wanted = _whole(lines, signed=kind is Movement.CORRECTION)
    there = sums.held(conn, wanted)
    if kind is Movement.SCRAP:
        wanted = {code: -quantity for code, quantity in wanted.items()}
    for code, quantity in wanted.items():
        found = there.get(code, NOTHING)
        if kind is Movement.OPENING and found.kept:
            raise OpenedError(code=code)
        if quantity < 0 and found.on_hand + quantity < 0:
            raise NotEnoughError(code=code, there=max(found.on_hand, 0))
    if kind is Movement.OPENING:  # so many are there now, whatever has left unseen before
        wanted = {code: quantity - there.get(code, NOTHING).on_hand for code, quantity in wanted.items()}
    return write(conn, pen, kind, list(wanted.items()), note, ref)


def open_stock(conn: Connection, pen: Pen, first: Mapping[str, int], note: str = "") -> int:
    """Book a first stock (quantities from 0 on) for those codes whose stock is not kept yet; returns how many."""
    there = sums.held(conn, first)
    fresh = {code: quantity for code, quantity in first.items() if not there.get(code, NOTHING).kept}
    for code, quantity in fresh.items():
        _check(code, quantity, least=0)
    if fresh:
        lines = [(code, quantity - there.get(code, NOTHING).on_hand) for code, quantity in fresh.items()]
        write(conn, pen, Movement.OPENING, lines, note)
    return len(fresh)


def write(conn: Connection, pen: Pen, kind: Movement, lines: Sequence[Line], note: str = "", ref: str = "") -> int:
    """Write a movement of signed quantities that has been looked at already."""
    content = {"kind": kind.value, "lines": [list(line) for line in lines], "note": note.strip(), "ref": ref.strip()}
    seq = pen.write(fold.MOVED, None, content)
    changed = fold.Sums()
    rows = fold.moved(seq, content, changed)
    sums.add(conn, changed, rows)
    delist_sold_out(conn, pen, [code for code, quantity in lines if quantity < 0])
    return seq


@requires(Permission.STOCK_READ)
def stock_rows(ctx: Context, codes: Sequence[str]) -> list[StockRow]:
    """How these articles stand, in their order."""
    with ctx.reading() as conn:
        found, left = sums.held(conn, codes), available(conn, codes)
    rows = [(code, found.get(code, NOTHING)) for code in codes]
    return [StockRow(code, one.on_hand, one.reserved, one.kept, left[code]) for code, one in rows]


@requires(Permission.STOCK_READ)
def stock_history(ctx: Context, code: str, limit: int = 200) -> list[MovementRow]:
    """What has moved an article, newest first."""
    m, e = movements.c, entries.c
    wanted = (
        select(m.entry, e.at, people.c.name, m.kind, m.quantity, m.order, orders.c.number, e.content)
        .join(entries, e.seq == m.entry)
        .outerjoin(people, people.c.id == e.person)
        .outerjoin(orders, orders.c.id == m.order)
        .where(m.code == code)
        .order_by(m.entry.desc(), m.place.desc())
        .limit(limit)
    )
    with ctx.reading() as conn:
        running = sums.held(conn, [code]).get(code, NOTHING).on_hand
        rows = []
        for row in conn.execute(wanted):
            rows.append(_row(row, running))
            running -= row.quantity
        return rows


def _row(row: Any, running: int) -> MovementRow:
    content = json.loads(row.content) if row.order is None else {}
    note, ref = content.get("note", ""), content.get("ref", "")
    kind, number = Movement(row.kind), row.number or ""
    return MovementRow(row.entry, row.at, row.name or "", kind, row.quantity, row.order, number, note, ref, running)


def _whole(lines: Iterable[Line], *, signed: bool) -> dict[str, int]:
    """Quantities by code; a code that is named twice is added up."""
    wanted: dict[str, int] = {}
    for code, quantity in lines:
        code = code.strip()
        wanted[code] = wanted.get(code, 0) + _check(code, quantity, least=-MOST_PIECES if signed else 1)
    if not wanted:
        raise NoLinesError
    for code, quantity in wanted.items():
        _check(code, quantity, least=-MOST_PIECES if signed else 1)
        if quantity == 0:
            raise QuantityError(code=code, most=MOST_PIECES)
    return wanted


def _check(code: str, quantity: int, least: int) -> int:
    if not 0 < len(code) <= LONGEST_CODE or not code.isprintable():
        raise NoCodeError(most=LONGEST_CODE)
    if type(quantity) is not int or not least <= quantity <= MOST_PIECES:
        raise QuantityError(code=code, most=MOST_PIECES)
    return quantity
