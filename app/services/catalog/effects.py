"""What approvals of prices and listings do (rules P2, P3)."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_, _
from app.models.catalog import (
    LISTING_MOVES,
    PRODUCT_STATE_WORDS,
    Delisted,
    ProductState,
    ProductStateError,
    variants,
)
from app.money import format_money
from app.services import subjects
from app.services.approvals.effect import Facts
from app.services.catalog import store
from app.services.catalog.check import check_prices
from app.services.ledger import Pen


class UnpricedError(RuleError):
    """Rule P1: what customers see is complete."""

    message = N_("{code} has no price yet; a product is listed with complete content.")


class NoKindError(RuleError):
    """Rule P1 again."""

    message = N_("Give the product its class first; a product is listed with complete content.")


class PriceEffect:
    """Another price, and if wished another floor price, for one article; the subject is the article."""

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """The prices in force; raises NotFoundError."""
        row = subjects.load(conn, "variants", subject)
        return {name: row[name] for name in ("code", "price", "floor", "cost", "currency")}

    def check(self, _conn: Connection, _subject: int, before: Facts, after: Facts) -> None:
        """Raise a ProductError for an absurd price or one below the floor."""
        stands = {**before, **after}
        check_prices(before["code"], before["cost"], stands["price"], stands["floor"], before["currency"])

    def apply(self, conn: Connection, pen: Pen, subject: int, after: Facts, proposal: int) -> None:
        """Put the price in force."""
        prices = {name: after[name] for name in ("price", "floor") if name in after}
        store.price_article(conn, pen, subject, prices, proposal)

    def words(self, before: Facts, after: Facts) -> Sequence[tuple[str, str, str]]:
        """Price, floor and margin as they are and as they would be."""
        money, stands = before["currency"], {**before, **after}
        told = [(_("Sale price"), _money(before["price"], money), _money(stands["price"], money))]
        told.append((_("Margin"), margin_text(before), margin_text(stands)))
        if before["floor"] is not None or stands["floor"] is not None:
            told.append((_("Floor price"), _money(before["floor"], money), _money(stands["floor"], money)))
        return told

    def amount(self, before: Facts, after: Facts) -> tuple[int, str] | None:
        """By how much the price changes."""
        return abs(after.get("price", before["price"] or 0) - (before["price"] or 0)), before["currency"]


class _Listing:
    """What listing and delisting share: a product's state and what its customers would see."""

    entry: str

    def before(self, conn: Connection, subject: int) -> dict[str, Any]:
        """State, name and prices; raises NotFoundError."""
        row = subjects.load(conn, "products", subject)
        c = variants.c
        goods = conn.execute(
            select(c.code, c.price, c.currency).where(c.product == subject, c.active == 1).order_by(c.id)
        ).all()
        return {
            "name": row["name"],
            "kind": row["kind"],
            "state": row["state"],
            "articles": [[one.code, one.price, one.currency] for one in goods],
        }

    def apply(self, conn: Connection, pen: Pen, subject: int, _after: Facts, proposal: int) -> None:
        """Change the state."""
        content = {"proposal": proposal} | ({"why": Delisted.DECIDED.value} if self.entry == "product.delisted" else {})
        subjects.advance(conn, pen, subject, self.entry, content)

    def words(self, before: Facts, _after: Facts) -> Sequence[tuple[str, str, str]]:
        """The state as it is and as it would be, and the prices."""
        state = ProductState(before["state"])
        told = [(_("State"), _(PRODUCT_STATE_WORDS[state]), _(PRODUCT_STATE_WORDS[LISTING_MOVES[self.entry][1]]))]
        told += [(code, _money(price, money), "") for code, price, money in before["articles"][:8]]
        return told

    def amount(self, _before: Facts, _after: Facts) -> tuple[int, str] | None:
        """No sum decides who agrees."""
        return None


class ListingEffect(_Listing):
    """A product goes on sale, for the first time or again."""

    entry = "product.listed"

    def check(self, _conn: Connection, _subject: int, before: Facts, _after: Facts) -> None:
        """Raise where it is on sale, or not complete."""
        if before["state"] not in LISTING_MOVES[self.entry][0]:
            raise ProductStateError(before["state"])
        if not before["kind"]:
            raise NoKindError
        for code, price, _currency in before["articles"]:
            if price is None:
                raise UnpricedError(code=code)


class DelistingEffect(_Listing):
    """A product is taken off sale for another reason than that nothing is left."""

    entry = "product.delisted"

    def check(self, _conn: Connection, _subject: int, before: Facts, _after: Facts) -> None:
        """Raise where it is not on sale."""
        if before["state"] not in LISTING_MOVES[self.entry][0]:
            raise ProductStateError(before["state"])


def margin_text(prices: Facts) -> str:
    """Share of the price that is not cost, in percent; "–" where one of them is unknown."""
    price, cost = prices["price"], prices["cost"]
    return "–" if not price or cost is None else f"{(price - cost) / price:.1%}"


def _money(amount: int | None, currency: str) -> str:
    return "–" if amount is None else format_money(amount, currency)


PRICE, LISTING, DELISTING = PriceEffect(), ListingEffect(), DelistingEffect()
