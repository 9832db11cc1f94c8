"""The week's market digest (市场周报, rule P7): what was noted, beside our own prices and real sales, as a page."""

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy import Connection

from app.clock import day_bounds, office_day, to_ms
from app.errors import RuleError
from app.i18n import N_
from app.services.access import Context, Permission, requires
from app.services.catalog.articles import Article, articles_of
from app.services.ledger import open_ledger
from app.services.office import load_settings
from app.services.papers.content import (
    ComparedArticle,
    ComparedOffer,
    Finding,
    Imprint,
    MarketDigest,
    Money,
    SoldArticle,
)
from app.services.promotions.prices import promotional_prices
from app.services.publishing.market import MarketNote, NoteKind, newest_prices, notes_between, week_of
from app.services.stock.sales import sales_between

BEST = 10  # so many best sellers are named
WEEK_MS = 7 * 24 * 3_600_000


class FutureWeekError(RuleError):
    """Nothing is known of next week."""

    message = N_("This week has not begun yet.")


@requires(Permission.CATALOG_READ)
def market_digest(ctx: Context, day: date) -> MarketDigest:
    """The digest of the week that `day` lies in."""
    with ctx.reading() as conn:
        return digest_of(conn, day, to_ms(ctx.clock.now()))


@requires(Permission.CATALOG_READ)
def print_digest(ctx: Context, day: date, path: Path) -> None:
    """Write the digest of the week of `day` to `path` as PDF; that it was printed is on record."""
    from app.services.papers.market_digest import write_market_digest

    now = to_ms(ctx.clock.now())
    first, _last = week_of(day)
    if first > office_day(ctx.clock):
        raise FutureWeekError
    with ctx.writing() as conn:
        digest = digest_of(conn, day, now)
        pen = open_ledger(conn, now, ctx.person)
        pen.write("paper.printed", None, {"paper": "market_digest", "week": first.isoformat()})
        imprint = Imprint(load_settings(conn).name, now, ctx.name)
    write_market_digest(digest, path, imprint)


def digest_of(conn: Connection, day: date, now: int) -> MarketDigest:
    """As `market_digest`, within somebody else's block; a week that goes on is told up to `now`."""
    first, last = week_of(day)
    until = min(day_bounds(last)[1], now)
    notes = notes_between(conn, first, last)
    return MarketDigest(
        first,
        last,
        _compared(conn, newest_prices(notes)),
        _findings(one for one in notes if one.kind is NoteKind.PRICE and one.code is None),
        _sold(conn, first, until),
        until,
        _findings(one for one in notes if one.kind is NoteKind.BEST_SELLER),
        _findings(one for one in notes if one.kind is NoteKind.TREND),
    )


def _compared(conn: Connection, offers: dict[str, list[MarketNote]]) -> tuple[ComparedArticle, ...]:
    goods, promoted = articles_of(conn, offers), promotional_prices(conn, list(offers))
    return tuple(_article(goods[code], promoted.get(code), found) for code, found in offers.items() if code in goods)


def _article(one: Article, promoted: int | None, offers: Sequence[MarketNote]) -> ComparedArticle:
    price = one.price if promoted is None else promoted
    ours = None if price is None else Money(price, one.currency)
    return ComparedArticle(
        one.code,
        one.name,
        ours,
        promoted is not None,
        tuple(
            ComparedOffer(note.competitor, note.title, note.note, theirs, _difference(ours, theirs))
            for note in offers
            if (theirs := _money(note)) is not None
        ),
    )


def _difference(ours: Money | None, theirs: Money) -> float | None:
    """How far their price lies above ours, as a share of ours; None where the two cannot be compared."""
    if ours is None or not ours.minor or ours.currency != theirs.currency:
        return None
    return (theirs.minor - ours.minor) / ours.minor


def _sold(conn: Connection, first: date, until: int) -> tuple[SoldArticle, ...]:
    """The best sellers by what was really shipped (rule P6), most pieces first."""
    start = day_bounds(first)[0]
    lately, before = sales_between(conn, start, until), sales_between(conn, start - WEEK_MS, until - WEEK_MS)
    best = sorted(lately.items(), key=lambda item: (-item[1], item[0]))[:BEST]
    goods = articles_of(conn, [code for code, _pieces in best])
    return tuple(
        SoldArticle(code, goods[code].name if code in goods else "", pieces, before.get(code, 0))
        for code, pieces in best
        if pieces > 0
    )


def _findings(notes: Iterable[MarketNote]) -> tuple[Finding, ...]:
    found = sorted(notes, key=lambda note: (note.competitor, note.day))
    return tuple(Finding(one.day, one.competitor, one.title, one.note, _money(one)) for one in found)


def _money(note: MarketNote) -> Money | None:
    return None if note.price is None else Money(note.price, note.currency)
