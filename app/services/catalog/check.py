"""What a product must be before it is entered (rule P1): complete enough to be told apart, its codes its own."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import barcodes, variants
from app.money import format_money
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.catalog.gtin import kind_of, same_item, spellings

LONGEST_NAME = 200
LONGEST_CODE = 60
LONGEST_TEXT = 20_000
MOST_PACKED = 10_000
HIGHEST_PRICE = 100_000_000_00  # minor units; nothing a shop sells costs more


class ProductError(RuleError):
    """A product that cannot be entered like this."""

    message = N_("This product cannot be entered like this.")


class NamelessProductError(ProductError):
    """The name is what customers read."""

    message = N_("Give the product a name of at most {longest} characters.")


class NoArticleError(ProductError):
    """What is sold are articles."""

    message = N_("A product has at least one article with a code.")


class CodeTakenError(ProductError):
    """One code, one article."""

    message = N_("The code {code} belongs to another article already.")


class BarcodeTakenError(ProductError):
    """A scanned code must mean one thing."""

    message = N_("The barcode {code} belongs to another article already.")


class BadPriceError(ProductError):
    """Prices are above nothing and below what is absurd."""

    message = N_("{code}: {price} is no price.")


class FloorAbovePriceError(ProductError):
    """The floor is the lowest price that may be asked."""

    message = N_("{code}: the floor price {floor} is above the price {price}.")


class BadPackError(ProductError):
    """A pack holds several of one other article that is no pack itself."""

    message = N_("{code}: a pack holds between 2 and {most} pieces of one other article that is in the catalog.")


def check_product(draft: ProductDraft) -> None:
    """Raise a ProductError for what is wrong with a product by itself."""
    if not draft.name.strip() or len(draft.name) > LONGEST_NAME:
        raise NamelessProductError(longest=LONGEST_NAME)
    if not draft.variants:
        raise NoArticleError
    for one in draft.variants:
        check_article(one, draft.currency)
    refuse_doubles(draft.variants)


def check_article(one: VariantDraft, currency: str) -> None:
    """Raise a ProductError, or a CheckDigitError, for what is wrong with an article by itself."""
    if not one.code.strip() or len(one.code) > LONGEST_CODE:
        raise NoArticleError
    check_prices(one.code, one.cost, one.price, one.floor, one.currency or currency)
    if one.pack_of and (one.pack_of == one.code or not 2 <= one.pack_size <= MOST_PACKED):
        raise BadPackError(code=one.code, most=MOST_PACKED)
    for bar in one.barcodes:
        kind_of(bar.code)  # raises where a digit was mistyped


def check_prices(code: str, cost: int | None, price: int | None, floor: int | None, currency: str) -> None:
    """Raise a ProductError for an absurd price, or a floor above the price."""
    for amount in (cost, price, floor):
        if amount is not None and not 0 <= amount <= HIGHEST_PRICE:
            raise BadPriceError(code=code, price=format_money(amount, currency))
    if price is not None and floor is not None and floor > price:
        raise FloorAbovePriceError(code=code, floor=format_money(floor, currency), price=format_money(price, currency))


def refuse_doubles(articles: Sequence[VariantDraft]) -> None:
    """Raise where one product names a code or barcode twice."""
    for code, count in Counter(one.code for one in articles).items():
        if count > 1:
            raise CodeTakenError(code=code)
    items: set[str] = set()
    for bar in (bar for one in articles for bar in one.barcodes):
        item = same_item(bar.code)
        if item in items:
            raise BarcodeTakenError(code=bar.code)
        items.add(item)


def refuse_taken(conn: Connection, articles: Iterable[VariantDraft], own: frozenset[int] = frozenset()) -> None:
    """Raise where a code or barcode, however scanners give it, is of an article not in `own`, or a pack has no base."""
    drafts = list(articles)
    codes = {one.code for one in drafts}
    for code, number in conn.execute(select(variants.c.code, variants.c.id).where(variants.c.code.in_(codes))):
        if number not in own:
            raise CodeTakenError(code=code)
    scanned = {code for one in drafts for bar in one.barcodes for code in spellings(bar.code)}
    for code, number in conn.execute(select(barcodes.c.code, barcodes.c.variant).where(barcodes.c.code.in_(scanned))):
        if number not in own:
            raise BarcodeTakenError(code=code)
    for one in drafts:
        if one.pack_of and one.pack_of not in codes and not _is_base(conn, one.pack_of):
            raise BadPackError(code=one.code, most=MOST_PACKED)


def _is_base(conn: Connection, code: str) -> bool:
    found = conn.execute(select(variants.c.pack_of).where(variants.c.code == code)).one_or_none()
    return found is not None and found.pack_of is None
