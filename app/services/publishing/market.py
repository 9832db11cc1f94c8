"""The market (rule P7): what competitors ask, sell best and do, noted through the week, collected into a page."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, select

from app.clock import OFFICE_ZONE, office_day, to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.publishing import market_notes
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.catalog.articles import article_of
from app.services.ledger import open_ledger

LONGEST_NOTE = 2_000
COMPARED_DAYS = 30


class NoteKind(StrEnum):
    """What was found."""

    PRICE = "price"
    BEST_SELLER = "best_seller"
    TREND = "trend"


NOTE_KIND_WORDS = {
    NoteKind.PRICE: N_("Price found"),
    NoteKind.BEST_SELLER: N_("Best seller"),
    NoteKind.TREND: N_("Trend"),
}


class EmptyNoteError(RuleError):
    """A finding says whose it is and what it is."""

    message = N_("Name the competitor, and what was found.")


class NotePriceError(RuleError):
    """A finding of a price has one, and nobody gives goods away."""

    message = N_("A price that was found is above zero.")


class FutureNoteError(RuleError):
    """Nobody has found anything tomorrow."""

    message = N_("The day of a finding cannot lie in the future.")


@dataclass(frozen=True, slots=True)
class MarketNote:
    """A finding; `code` is our own article that it is compared with, `price` in minor units."""

    day: date
    kind: NoteKind
    competitor: str
    title: str
    note: str = ""
    code: str | None = None
    price: int | None = None
    currency: str = "CNY"


@requires(Permission.MARKET_NOTE)
def note_market(ctx: Context, note: MarketNote) -> int:
    """Put a finding on record; returns its number."""
    if not note.competitor.strip() or not note.title.strip():
        raise EmptyNoteError
    if (note.price or 0) <= 0 and (note.kind is NoteKind.PRICE or note.price is not None):
        raise NotePriceError
    if note.day > office_day(ctx.clock):
        raise FutureNoteError
    facts: dict[str, object] = asdict(note) | {
        "day": note.day.isoformat(),
        "kind": note.kind.value,
        "competitor": note.competitor.strip(),
        "title": note.title.strip(),
        "note": note.note.strip()[:LONGEST_NOTE],
    }
    with ctx.writing() as conn:
        if note.code is not None:
            facts["code"] = article_of(conn, note.code).code
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        return subjects.begin(conn, pen, "market.noted", facts)


def week_of(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that `day` lies in."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


@requires(Permission.CATALOG_READ)
def notes_of_week(ctx: Context, day: date) -> list[MarketNote]:
    """What was found in the week of `day`: by kind, competitor and title."""
    order = list(NoteKind)
    with ctx.reading() as conn:
        notes = notes_between(conn, *week_of(day))
    return sorted(notes, key=lambda note: (order.index(note.kind), note.competitor, note.title, note.day))


def notes_between(conn: Connection, first: date, last: date) -> list[MarketNote]:
    """What was found on these days, in the order in which it was noted."""
    c = market_notes.c
    days = c.day.between(first.isoformat(), last.isoformat())
    rows = conn.execute(select(market_notes).where(days).order_by(c.id)).all()
    return [
        MarketNote(
            date.fromisoformat(row.day), NoteKind(row.kind), row.competitor, row.title, row.note,
            row.code, row.price, row.currency,
        )
        for row in rows
    ]  # fmt: skip


def newest_prices(notes: Iterable[MarketNote]) -> dict[str, list[MarketNote]]:
    """Each competitor's newest price for each of our articles that was compared, the lowest first."""
    newest: dict[tuple[str, str], MarketNote] = {}
    for note in sorted(notes, key=lambda one: one.day):
        if note.kind is NoteKind.PRICE and note.code is not None:
            newest[note.code, note.competitor] = note
    found: dict[str, list[MarketNote]] = {}
    for note in sorted(newest.values(), key=lambda one: (one.code or "", one.price or 0, one.competitor)):
        found.setdefault(note.code or "", []).append(note)
    return found


def competitor_prices(conn: Connection, code: str, since: date) -> list[MarketNote]:
    """The newest price of each competitor for one of our articles, found on `since` or later, lowest first."""
    c = market_notes.c
    rows = conn.execute(
        select(market_notes)
        .where(c.code == code, c.kind == NoteKind.PRICE.value, c.day >= since.isoformat())
        .order_by(c.day, c.id)
    ).all()
    newest = {
        row.competitor: MarketNote(
            date.fromisoformat(row.day), NoteKind.PRICE, row.competitor, row.title, row.note,
            row.code, row.price, row.currency,
        )
        for row in rows
    }  # fmt: skip
    return sorted(newest.values(), key=lambda note: (note.price or 0, note.competitor))


@requires(Permission.CATALOG_READ)
def compare_competitors(ctx: Context, code: str) -> list[MarketNote]:
    """What competitors asked for one of our articles in the last 30 days, the newest of each, lowest first (P2)."""
    with ctx.reading() as conn:
        return competitor_prices(conn, code, lately(ctx.clock.now()))


def lately(now: datetime) -> date:
    """The first day from which a competitor's price says something about today's."""
    return now.astimezone(OFFICE_ZONE).date() - timedelta(days=COMPARED_DAYS)


def average_price(notes: Sequence[MarketNote]) -> int | None:
    """The average of competitors' prices in minor units; None where there is none."""
    prices = [note.price for note in notes if note.price]
    return round(sum(prices) / len(prices)) if prices else None
