"""What a decision looks at besides the proposal itself: sales, stock and competitors of the goods it is about."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.clock import from_ms, to_ms
from app.i18n import _
from app.models.catalog import products, variants
from app.money import format_money
from app.services.access import Context, Permission, requires
from app.services.customer_effects import orders_of
from app.services.publishing.market import MarketNote, average_price, competitor_prices, lately
from app.services.stock.available import available
from app.services.stock.sales import SALES_DAYS, sales_of

MOST_COMPETITORS = 4


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One line beside the proposal: what, and how it is."""

    what: str
    text: str


@requires(Permission.CATALOG_READ)
def circumstances(ctx: Context, kind: str, subject: int) -> list[Circumstance]:
    """The circumstances of a kind's subject; empty where there is nothing to add."""
    with ctx.reading() as conn:
        now = to_ms(ctx.clock.now())
        if kind == "price":
            named = select(variants.c.code, variants.c.currency).where(variants.c.id == subject)
            one = conn.execute(named).one_or_none()
            return [] if one is None else _of_goods(conn, [one.code], one.currency, now)
        if kind in {"listing", "delisting"}:
            goods = select(variants.c.code, variants.c.currency).join(products, products.c.id == variants.c.product)
            rows = conn.execute(goods.where(products.c.id == subject)).all()
            return _of_goods(conn, [row.code for row in rows], rows[0].currency, now) if rows else []
        if kind == "bad_customer":
            made, cancelled = orders_of(conn, subject)
            told = _("{made}, of which {cancelled} cancelled").format(made=made, cancelled=cancelled)
            return [Circumstance(_("Orders"), told)]
    return []


def _of_goods(conn: Connection, codes: list[str], currency: str, now: int) -> list[Circumstance]:
    told = []
    asked = _competitors(conn, codes, currency, now)
    average = average_price(asked)
    if average is not None:
        told.append(Circumstance(_("Competitors' average"), format_money(average, currency)))
        cheapest = [f"{note.competitor} {format_money(note.price or 0, currency)}" for note in asked[:MOST_COMPETITORS]]
        told.append(Circumstance(_("Competitors"), _(", ").join(cheapest)))
    lately = sales_of(conn, now)
    sold = sum(lately.get(code, 0) for code in codes)
    told.append(Circumstance(_("Sold in {days} days").format(days=SALES_DAYS), _("{count} pieces").format(count=sold)))
    kept = [left for left in available(conn, codes).values() if left is not None]
    if kept:
        pieces = sum(kept)
        text = _("{count} pieces").format(count=pieces)
        if sold and pieces > 0:
            text = _("{pieces}, for about {days} days").format(pieces=text, days=round(pieces * SALES_DAYS / sold))
        told.append(Circumstance(_("Stock"), text))
    return told


def _competitors(conn: Connection, codes: list[str], currency: str, now: int) -> list[MarketNote]:
    """What each competitor asked last for these articles in the same currency, lately."""
    since = lately(from_ms(now))
    return [note for code in codes for note in competitor_prices(conn, code, since) if note.currency == currency]
