"""Wishes for goods (要货, rule P8): asked of purchasing, the warehouse or a partner, and followed until delivered."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import products, variants
from app.models.ledger import entries
from app.models.people import people
from app.models.stock import AskedOf, Movement, WishKind, WishState, wishes
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.ledger import Pen, open_ledger
from app.services.reasons import need_reason
from app.services.stock.available import Goods, goods_of
from app.services.stock.movements import LONGEST_CODE, MOST_PIECES, book
from app.services.stock.sales import SALES_DAYS, sales_of

LEAST_DAYS = 14  # of sales that should be there
FILL_DAYS = 30  # what a wish brings the stock up to
OPEN = (WishState.MADE.value, WishState.ANSWERED.value, WishState.ORDERED.value)

_w = wishes.c


class WishError(RuleError):
    """A wish is for so many of something."""

    message = N_("A wish names the code of an article and a whole quantity from 1 to {most}.")


class WishThereError(RuleError):
    """The same goods are not asked for twice."""

    message = N_("{code} is asked for already, in the wish that began with entry {wish}.")


@dataclass(frozen=True, slots=True)
class WishDraft:
    """What is wished for, and of whom."""

    code: str
    quantity: int
    asked_of: AskedOf = AskedOf.PURCHASING
    kind: WishKind = WishKind.REPLENISH
    note: str = ""


@dataclass(frozen=True, slots=True)
class WishRow:
    """A wish as a list shows it, `said` what was noted of it last, `received` the pieces that were booked with it.

    Times are in milliseconds UTC.
    """

    id: int
    code: str
    name: str
    quantity: int
    asked_of: AskedOf
    kind: WishKind
    note: str
    person: str
    state: WishState
    made_at: int
    expected_on: date | None
    said: str
    received: int = 0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Goods that run out: sold in 30 days, available, for so many days, on their way, and how many to ask for."""

    code: str
    name: str
    sold: int
    available: int
    days: int
    coming: int
    quantity: int


@requires(Permission.STOCK_MOVE)
def make_wish(ctx: Context, draft: WishDraft) -> int:
    """Ask for goods, or to be rid of some; returns the number of the wish. One is open for an article at a time."""
    return make_wishes(ctx, [draft])[0]


@requires(Permission.STOCK_MOVE)
def make_wishes(ctx: Context, drafts: Sequence[WishDraft]) -> list[int]:
    """Make several wishes, all or none; returns their numbers."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        return [make_within(conn, pen, draft) for draft in drafts]


def make_within(conn: Connection, pen: Pen, draft: WishDraft) -> int:
    """As `make_wish`, within somebody else's transaction."""
    code, quantity = draft.code.strip(), draft.quantity
    if not 0 < len(code) <= LONGEST_CODE or type(quantity) is not int or not 0 < quantity <= MOST_PIECES:
        raise WishError(most=MOST_PIECES)
    content = {
        "code": code,
        "quantity": quantity,
        "asked_of": AskedOf(draft.asked_of).value,
        "kind": WishKind(draft.kind).value,
        "note": draft.note.strip(),
        "person": pen.person,
    }
    there = select(_w.id).where(_w.code == code, _w.kind == content["kind"], _w.state.in_(OPEN))
    found = conn.execute(there).scalar()
    if found is not None:
        raise WishThereError(code=code, wish=found)
    return subjects.begin(conn, pen, "wish.made", content)


@requires(Permission.STOCK_MOVE)
def answer_wish(ctx: Context, wish: int, answer: str, expected_on: date | None = None) -> None:
    """Note what purchasing, the warehouse or the partner said, and by when the goods come."""
    _step(ctx, wish, "wish.answered", {"note": need_reason(answer), "expected_on": _iso(expected_on)})


@requires(Permission.STOCK_MOVE)
def wish_ordered(ctx: Context, wish: int, note: str = "", expected_on: date | None = None) -> None:
    """The goods have been ordered."""
    _step(ctx, wish, "wish.ordered", {"note": note.strip(), "expected_on": _iso(expected_on)})


@requires(Permission.STOCK_MOVE)
def wish_delivered(ctx: Context, wish: int, note: str = "", received: int = 0) -> None:
    """The goods are here; `received` pieces of them are booked as a receipt in the same transaction, 0: none.

    What came may be more or less than was wished for.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        row = subjects.advance(conn, pen, wish, "wish.delivered", {"note": note.strip(), "received": received})
        if received:
            book(conn, pen, Movement.RECEIPT, [(row["code"], received)], note, str(wish))


@requires(Permission.STOCK_MOVE)
def drop_wish(ctx: Context, wish: int, reason: str) -> None:
    """The goods will not come."""
    _step(ctx, wish, "wish.dropped", {"note": need_reason(reason)})


@requires(Permission.STOCK_READ)
def list_wishes(ctx: Context, open_only: bool = True, limit: int = 500) -> list[WishRow]:
    """Open wishes, the oldest first; with those that are over, where asked for, the newest first."""
    wanted = (
        select(wishes, people.c.name, entries.c.content)
        .join(entries, entries.c.seq == _w.last_seq)
        .outerjoin(people, people.c.id == _w.person)
        .order_by(_w.id if open_only else _w.id.desc())
        .limit(limit)
    )
    if open_only:
        wanted = wanted.where(_w.state.in_(OPEN))
    with ctx.reading() as conn:
        rows = conn.execute(wanted).all()
        names = _names(conn, [row.code for row in rows])
    return [_wish(row, names.get(row.code, "")) for row in rows]


def _wish(row: Any, name: str) -> WishRow:
    expected_on = date.fromisoformat(row.expected_on) if row.expected_on else None
    last = json.loads(row.content)
    return WishRow(
        row.id, row.code, name, row.quantity, AskedOf(row.asked_of), WishKind(row.kind), row.note, row.name or "",
        WishState(row.state), row.made_at, expected_on, last.get("note", ""), last.get("received", 0),
    )  # fmt: skip


@requires(Permission.STOCK_READ)
def suggest_wishes(ctx: Context) -> list[Suggestion]:
    """What to ask for: of each single article whose stock is kept, by plain arithmetic.

    A day's sales are the pieces shipped in the last 30 days, those in packs with them, divided by 30. What is available
    (on hand less reserved) and what open wishes bring lasts for so many days; where these are fewer than 14, so much is
    suggested that they are 30, rounded up. What was not sold in 30 days is not suggested.
    """
    with ctx.reading() as conn:
        shipped = sales_of(conn, to_ms(ctx.clock.now()))
        goods = goods_of(conn, shipped)
        sold = _single_pieces(goods, shipped)
        coming = _single_pieces(goods, _coming(conn))
        names = _names(conn, list(sold))
    found = []
    for code, pieces in sold.items():
        there = goods.available(code)
        if there is None:
            continue
        has = there + coming.get(code, 0)
        if has * SALES_DAYS < pieces * LEAST_DAYS:
            wanted = -(-pieces * FILL_DAYS // SALES_DAYS) - has
            days = max(there, 0) * SALES_DAYS // pieces
            found.append(Suggestion(code, names.get(code, ""), pieces, there, days, coming.get(code, 0), wanted))
    return sorted(found, key=lambda one: (one.days, -one.sold, one.code))


def _single_pieces(goods: Goods, counted: Mapping[str, int]) -> dict[str, int]:
    """Pieces by single article."""
    pieces: dict[str, int] = {}
    for code, quantity in counted.items():
        single, size = goods.family(code)
        pieces[single] = pieces.get(single, 0) + quantity * size
    return {code: quantity for code, quantity in pieces.items() if quantity > 0}


def _coming(conn: Connection) -> dict[str, int]:
    wanted = select(_w.code, _w.quantity).where(_w.state.in_(OPEN), _w.kind == WishKind.REPLENISH.value)
    return {code: quantity for code, quantity in conn.execute(wanted)}


def _names(conn: Connection, codes: Sequence[str]) -> dict[str, str]:
    v = variants.c
    wanted = select(v.code, products.c.name, v.name).join(products, products.c.id == v.product).where(v.code.in_(codes))
    return {code: f"{product} {name}".strip() for code, product, name in conn.execute(wanted)}


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _step(ctx: Context, wish: int, kind: str, content: Mapping[str, object]) -> None:
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, wish, kind, content)
