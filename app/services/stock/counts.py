"""Counting the stock (盘点, rule P5): blind, in pieces, while goods move; differences explained, large ones approved.

What is on hand by the books is noted in the moment an article is counted, so that what comes and goes before the
closing changes nothing about the difference.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from app.clock import to_ms
from app.i18n import _
from app.models.catalog import barcodes, variants
from app.models.people import Post
from app.models.stock import CountState, count_lines, counts
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog.gtin import spellings
from app.services.ledger import Pen, open_ledger
from app.services.reasons import need_reason
from app.services.stock import fold, sums
from app.services.stock.differences import book_differences
from app.services.stock.errors import (
    CountedElsewhereError,
    CountQuantityError,
    ExplainError,
    NothingCountedError,
    NothingToCountError,
    NotInCountError,
    TooManyToCountError,
)
from app.services.stock.fold import CountLine
from app.services.stock.movements import MOST_PIECES
from app.services.stock.sums import NOTHING
from app.services.stock.values import values_of

COUNT_LIMIT_MINOR = 20_000  # a difference worth more waits for approval
MOST_ARTICLES = 5_000  # in one count

_l = count_lines.c


@requires(Permission.STOCK_COUNT)
def begin_count(ctx: Context, codes: Sequence[str], note: str = "") -> int:
    """Begin to count these articles; returns the number of the count. Each is in one open count at most."""
    with ctx.writing() as conn:
        return begin_within(conn, open_ledger(conn, to_ms(ctx.clock.now()), ctx.person), codes, note)


def begin_within(conn: Connection, pen: Pen, codes: Sequence[str], note: str = "") -> int:
    """As `begin_count`, within somebody else's transaction."""
    wanted = list(dict.fromkeys(code.strip() for code in codes if code.strip()))
    if not wanted:
        raise NothingToCountError
    if len(wanted) > MOST_ARTICLES:
        raise TooManyToCountError(most=MOST_ARTICLES)
    _refuse_counted(conn, wanted)
    shelf = dict[str, str](
        conn.execute(select(variants.c.code, variants.c.shelf).where(variants.c.code.in_(wanted))).all()
    )
    placed = sorted(((code, shelf.get(code, "")) for code in wanted), key=lambda one: (one[1], one[0]))
    content = {"codes": [list(one) for one in placed], "note": note.strip(), "person": pen.person}
    count = subjects.begin(conn, pen, "count.begun", content)
    rows = [_line_row(count, code, line) for code, line in fold.begun_lines(content)]
    conn.execute(insert(count_lines), rows)
    return count


@requires(Permission.STOCK_COUNT)
def enter_count(ctx: Context, count: int, counted: Mapping[str, int]) -> None:
    """Enter what is there of some articles, in place of what was entered of them before."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        enter_within(conn, pen, count, counted)


@requires(Permission.STOCK_COUNT)
def count_scan(ctx: Context, count: int, code: str, quantity: int = 1) -> tuple[str, int]:
    """Add what was scanned, a barcode (times its multiplier) or a code; returns the article and its sum so far."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        article, pieces = _scanned(conn, code.strip(), quantity)
        there = _lines(conn, count, [article]).get(article)
        if there is None:
            raise NotInCountError(code=article)
        total = (there[1] or 0) + pieces
        enter_within(conn, pen, count, {article: total})
        return article, total


@requires(Permission.STOCK_COUNT)
def close_count(ctx: Context, count: int, reasons: Mapping[str, str] | None = None) -> CountState:
    """Book the differences, each with its reason; those above the limit are proposed and wait for approval.

    What was not counted stays to be counted. Raises ExplainError for a difference without a reason.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        return close_within(conn, pen, ctx.post, count, reasons or {})


def close_within(conn: Connection, pen: Pen, post: Post, count: int, reasons: Mapping[str, str]) -> CountState:
    """As `close_count`, within somebody else's transaction; `post` is who proposes what waits."""
    lines = {code: line for code, line in _lines(conn, count).items() if line[1] is not None}
    if not lines and subjects.load(conn, "stock_counts", count)["state"] == CountState.OPEN:
        raise NothingCountedError
    told = _explained(conn, lines, reasons)
    row = subjects.advance(conn, pen, count, "count.closed", {"lines": told})
    _store(conn, count, lines, "count.closed", {"lines": told})
    book_differences(conn, pen, count, [(line[0], line[3]) for line in told if not line[4]])
    if row["state"] == CountState.WAITING:
        _propose(conn, pen, post, count, told)
    return CountState(row["state"])


@requires(Permission.STOCK_COUNT)
def drop_count(ctx: Context, count: int, reason: str) -> None:
    """Give a count up, or the differences of it that still wait: nothing of them is booked."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, count, "count.dropped", {"reason": need_reason(reason)})


def _explained(conn: Connection, lines: Mapping[str, CountLine], reasons: Mapping[str, str]) -> list[list[Any]]:
    """What count.closed says of each line: code, moved since it was counted, reason, difference, worth if it waits."""
    found = sums.held(conn, lines)
    values = values_of(conn, lines)
    told: list[list[Any]] = []
    for code, (_shelf, counted, expected, *_rest) in lines.items():
        difference = (counted or 0) - (expected or 0)
        reason = reasons.get(code, "").strip()
        if difference and not reason:
            raise ExplainError(code=code, counted=counted, expected=expected)
        worth = abs(difference) * values[code].worth
        moved = found.get(code, NOTHING).on_hand - (expected or 0)
        told.append([code, moved, reason, difference, worth if worth > COUNT_LIMIT_MINOR else 0])
    return told


def _propose(conn: Connection, pen: Pen, post: Post, count: int, told: Sequence[Sequence[Any]]) -> None:
    waiting = [line for line in told if line[4]]
    title = _("Count {count}: {codes}").format(count=count, codes=_(", ").join(line[0] for line in waiting[:3]))
    reason = _(", ").join(dict.fromkeys(line[2] for line in waiting))
    propose_within(conn, pen, post, ProposalDraft("count", count, title, {}, reason))


def enter_within(conn: Connection, pen: Pen, count: int, counted: Mapping[str, int]) -> None:
    """As `enter_count`, within somebody else's transaction."""
    lines = _lines(conn, count, list(counted))
    for code, quantity in counted.items():
        if code not in lines:
            raise NotInCountError(code=code)
        if type(quantity) is not int or not 0 <= quantity <= MOST_PIECES:
            raise CountQuantityError(code=code, most=MOST_PIECES)
    if not counted:
        return
    found = sums.held(conn, counted)
    told = [[code, quantity, found.get(code, NOTHING).on_hand] for code, quantity in counted.items()]
    subjects.advance(conn, pen, count, "count.counted", {"lines": told, "person": pen.person})
    _store(conn, count, lines, "count.counted", {"lines": told})


def _store(conn: Connection, count: int, lines: dict[str, CountLine], kind: str, content: Mapping[str, Any]) -> None:
    fold.advance_lines(lines, kind, content)
    for code, line in lines.items():
        row = _line_row(count, code, line)
        conn.execute(update(count_lines).where(_l.count == count, _l.code == code).values(row))


def _line_row(count: int, code: str, line: CountLine) -> dict[str, Any]:
    return dict(zip(count_lines.c.keys(), (count, code, *line), strict=True))


def _lines(conn: Connection, count: int, codes: Sequence[str] | None = None) -> dict[str, CountLine]:
    wanted = select(count_lines).where(_l.count == count).order_by(_l.shelf, _l.code)
    if codes is not None:
        wanted = wanted.where(_l.code.in_(codes))
    return {row[1]: row[2:] for row in map(tuple, conn.execute(wanted))}


def _refuse_counted(conn: Connection, codes: Sequence[str]) -> None:
    here = (
        select(_l.code, _l.count)
        .join(counts, counts.c.id == _l.count)
        .where(counts.c.state == CountState.OPEN.value, _l.code.in_(codes))
        .limit(1)
    )
    found = conn.execute(here).first()
    if found is not None:
        raise CountedElsewhereError(code=found.code, count=found[1])


def _scanned(conn: Connection, code: str, quantity: int) -> tuple[str, int]:
    """The article of a scanned code and how many pieces of it were scanned."""
    if type(quantity) is not int or not 0 < quantity <= MOST_PIECES:
        raise CountQuantityError(code=code, most=MOST_PIECES)
    article = (
        select(variants.c.code, barcodes.c.multiplier)
        .join(variants, variants.c.id == barcodes.c.variant)
        .where(barcodes.c.code.in_(spellings(code)))
        .order_by(barcodes.c.code != code)
    )
    found = conn.execute(article).first()
    return (code, quantity) if found is None else (found.code, quantity * found.multiplier)
