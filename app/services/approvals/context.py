"""What a decision looks at besides the proposal itself: sales, stock and competitors of the goods it is about."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from app.clock import from_ms, to_ms
from app.i18n import _
from app.models.catalog import products, variants
from app.models.stock import count_lines
from app.money import format_money
from app.services.access import Context, Permission, requires
from app.services.catalog.articles import articles_of
from app.services.catalog.effects import margin_text
from app.services.customers.history import orders_of
from app.services.promotions.prices import Priced, prices_of
from app.services.publishing.market import MarketNote, average_price, competitor_prices, lately
from app.services.stock.available import available
from app.services.stock.sales import SALES_DAYS, sales_of
from app.services.stock.values import values_of

MOST_COMPETITORS = 4
MOST_ARTICLES = 100  # told one by one


@dataclass(frozen=True, slots=True)
class Circumstance:
    """One thing beside the proposal: what, and how it is, in a line or a few."""

    what: str
    text: str


@requires(Permission.CATALOG_READ)
def circumstances(ctx: Context, kind: str, subject: int) -> list[Circumstance]:
    """The circumstances of a kind's subject; empty where there is nothing to add."""
    with ctx.reading() as conn:
        now = to_ms(ctx.clock.now())
        if kind == "price":
            return _Market(conn, now).of_article(subject)
        if kind in {"listing", "delisting"}:
            return _Market(conn, now).of_product(subject)
        if kind == "promotion":
            return _Market(conn, now).of_promotion(subject)
        if kind == "count":
            return _of_count(conn, subject)
        if kind == "bad_customer":
            made, cancelled = orders_of(conn, subject)
            told = _("{made}, of which {cancelled} cancelled").format(made=made, cancelled=cancelled)
            return [Circumstance(_("Orders"), told)]
    return []


class _Market:
    """What sells, what is there, and what competitors ask at this moment."""

    def __init__(self, conn: Connection, now: int) -> None:
        self._conn, self._now = conn, now
        self._sold = sales_of(conn, now)

    def of_article(self, article: int) -> list[Circumstance]:
        """Of one article."""
        named = select(variants.c.code, variants.c.currency).where(variants.c.id == article)
        one = self._conn.execute(named).one_or_none()
        return [] if one is None else self._of_goods([one.code], one.currency)

    def of_product(self, product: int) -> list[Circumstance]:
        """Of all articles of a product together."""
        goods = select(variants.c.code, variants.c.currency).join(products, products.c.id == variants.c.product)
        rows = self._conn.execute(goods.where(products.c.id == product)).all()
        return self._of_goods([row.code for row in rows], rows[0].currency) if rows else []

    def of_promotion(self, promotion: int) -> list[Circumstance]:
        """Of each article of a promotion: its prices and margin, then what sells, what is there and the competitors."""
        goods = prices_of(self._conn, promotion)
        told = [
            Circumstance(f"{one.code} {one.name}", "\n".join((_prices(one), *self._lines(one))))
            for one in goods[:MOST_ARTICLES]
        ]
        return [*told, *_others(len(goods))]

    def _lines(self, one: Priced) -> list[str]:
        return [
            _("{what}: {text}").format(what=line.what, text=line.text)
            for line in self._of_goods([one.code], one.currency)
        ]

    def _of_goods(self, codes: list[str], currency: str) -> list[Circumstance]:
        told = []
        asked = self._competitors(codes, currency)
        average = average_price(asked)
        if average is not None:
            told.append(Circumstance(_("Competitors' average"), format_money(average, currency)))
            cheapest = [
                f"{note.competitor} {format_money(note.price or 0, currency)}" for note in asked[:MOST_COMPETITORS]
            ]
            told.append(Circumstance(_("Competitors"), _(", ").join(cheapest)))
        sold = sum(self._sold.get(code, 0) for code in codes)
        pieces_sold = _("{count} pieces").format(count=sold)
        told.append(Circumstance(_("Sold in {days} days").format(days=SALES_DAYS), pieces_sold))
        kept = [left for left in available(self._conn, codes).values() if left is not None]
        if kept:
            told.append(Circumstance(_("Stock"), _stock(sum(kept), sold)))
        return told

    def _competitors(self, codes: list[str], currency: str) -> list[MarketNote]:
        """What each competitor asked last for these articles in the same currency, lately."""
        since = lately(from_ms(self._now))
        notes = (note for code in codes for note in competitor_prices(self._conn, code, since))
        return [note for note in notes if note.currency == currency]


def _stock(pieces: int, sold: int) -> str:
    text = _("{count} pieces").format(count=pieces)
    if sold and pieces > 0:
        return _("{pieces}, for about {days} days").format(pieces=text, days=round(pieces * SALES_DAYS / sold))
    return text


def _prices(one: Priced) -> str:
    """ "¥ 409.00 → ¥ 389.00, margin 14.0%, floor price ¥ 380.00"."""
    usual, price, floor = (
        "–" if amount is None else format_money(amount, one.currency) for amount in (one.usual, one.price, one.floor)
    )
    margin = margin_text({"price": one.price, "cost": one.cost})
    return _("{usual} → {price}, margin {margin}, floor price {floor}").format(
        usual=usual, price=price, margin=margin, floor=floor
    )


def _of_count(conn: Connection, count: int) -> list[Circumstance]:
    """The articles whose differences wait: what they are, the difference and what it is worth, the explanation."""
    c = count_lines.c
    lines = conn.execute(select(count_lines).where(c.count == count, c.waits > 0).order_by(c.shelf, c.code)).all()
    codes = [line.code for line in lines]
    names, values = articles_of(conn, codes), values_of(conn, codes)
    told = []
    for line in lines[:MOST_ARTICLES]:
        name = names[line.code].name if line.code in names else ""
        text = _("{expected} by the books, {counted} counted: {difference}, worth {worth}\n{reason}").format(
            expected=line.expected,
            counted=line.counted,
            difference=f"{line.counted - line.expected:+,}",
            worth=format_money(line.waits, values[line.code].currency),
            reason=line.reason,
        )
        told.append(Circumstance(f"{line.code} {name}".strip(), text))
    return [*told, *_others(len(lines))]


def _others(count: int) -> list[Circumstance]:
    if count <= MOST_ARTICLES:
        return []
    return [Circumstance("…", _("and {count} more articles").format(count=count - MOST_ARTICLES))]
