"""A product of a file beside what the office has of it: new, the same, or changed in these fields."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.catalog import barcodes, products, variants
from app.services.catalog import fold, store
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.catalog.gtin import same_item
from app.services.intake.draft import Reject
from app.services.intake.values import clean

_OWN = tuple(name for name in fold.PRODUCT_FIELDS if name not in {"lead", "pictures"})  # what a file can say


@dataclass(slots=True)
class Change:
    """What a draft changes of a product that is there: fields, articles' fields, costs and prices."""

    product: int
    fields: dict[str, list[Any]] = field(default_factory=dict)
    articles: dict[int, dict[str, list[Any]]] = field(default_factory=dict)
    prices: dict[int, dict[str, int]] = field(default_factory=dict)
    added: list[VariantDraft] = field(default_factory=list)

    def words(self) -> tuple[str, ...]:
        """The names of what changes."""
        names = set(self.fields)
        names.update(*self.articles.values(), *self.prices.values())
        return (*sorted(names), *(one.code for one in self.added))


@dataclass(slots=True)
class Known:
    """What the office has of a batch: articles and products by code and number, owners of barcodes, bases of packs."""

    articles: dict[str, Any]
    products: dict[int, Any]
    owners: Mapping[str, str]  # by the barcodes in the one spelling
    bases: set[str]


@dataclass(frozen=True, slots=True)
class Here:
    """The codes of all articles before the import, and whose each barcode is, in the one spelling."""

    articles: set[str]
    owners: Mapping[str, str]


def codes_of(draft: ProductDraft) -> Iterator[str]:
    """The codes that a product names; barcodes are told apart from articles' codes."""
    for one in draft.variants:
        yield one.code
        yield from (f"\t{same_item(bar.code)}" for bar in one.barcodes)


def why_not(draft: ProductDraft, known: Known, seen: set[str]) -> str:
    """Why a product of the file cannot be taken, or ""."""
    if any(code in seen for code in codes_of(draft)):
        return _("a code or barcode of this product stands in the file twice")
    owners = {known.articles[one.code].product for one in draft.variants if one.code in known.articles}
    if len(owners) > 1:
        return _("its articles belong to different products here")
    own = {one.code for one in draft.variants}
    for one in draft.variants:
        if one.pack_of and one.pack_of not in own | known.bases and one.pack_of not in seen:
            return _("the article {code} that this is a pack of is neither here nor further up").format(
                code=one.pack_of
            )
        here = _currency_here(draft, one, known)
        there = _currency_there(draft, one)
        if here and there and there != here:
            return _("the article {code} has its prices in {here} here, in the file in {there}").format(
                code=one.code, here=here, there=there
            )
        for bar in one.barcodes:
            owner = known.owners.get(same_item(bar.code))
            if owner is not None and owner != one.code:
                return _("the barcode {code} belongs to the article {owner} here").format(code=bar.code, owner=owner)
    return ""


def _currency_here(draft: ProductDraft, one: VariantDraft, known: Known) -> str:
    """What the article is priced in here; of one that is new, what the product that it joins is."""
    codes = (one.code, *(other.code for other in draft.variants))
    return next((known.articles[code].currency for code in codes if code in known.articles), "")


def _currency_there(draft: ProductDraft, one: VariantDraft) -> str:
    """What the file prices the article in; "" where it tells neither a currency of its own nor any price."""
    priced = any(amount is not None for amount in (one.cost, one.price, one.floor))
    return one.currency or (draft.currency if priced else "")


def codes_here(conn: Connection) -> Here:
    """Read once for a whole file: to ask for each batch's codes in all their spellings costs more than all of them."""
    v, b = variants.c, barcodes.c
    owned = conn.execute(select(b.code, v.code).join(variants, v.id == b.variant))
    return Here(set(conn.execute(select(v.code)).scalars()), {same_item(bar): code for bar, code in owned})


def known_of(conn: Connection, batch: Sequence[ProductDraft | Reject], here: Here) -> Known:
    """What the office has of the codes that a batch names."""
    drafts = [one for one in batch if isinstance(one, ProductDraft)]
    codes = {article.code for draft in drafts for article in draft.variants} & here.articles
    packed = {article.pack_of for draft in drafts for article in draft.variants} - {""}
    v, p = variants.c, products.c
    known = Known({}, {}, here.owners, set())
    if codes:
        known.articles = {row.code: row for row in conn.execute(select(variants).where(v.code.in_(codes)))}
        heads = select(products).where(p.id.in_({row.product for row in known.articles.values()}))
        known.products = {row.id: row for row in conn.execute(heads)}
    if packed:  # SQLite answers an empty IN by reading every article
        bases = select(v.code).where(v.code.in_(packed), v.pack_of.is_(None))
        known.bases = set(conn.execute(bases).scalars())
    return known


def compare(draft: ProductDraft, owner: int, known: Known) -> Change:
    """What the file says otherwise; what it does not say stays as it is."""
    head, change = known.products[owner], Change(owner)
    content = store.product_content(draft)
    for name in _OWN:
        before, after = getattr(head, name), content[name]
        if name == "texts":  # a file tells one channel's, the others stay
            after = json.loads(before) | after
        if _says_otherwise(name, before, after):
            change.fields[name] = [json.loads(before) if name in fold.AS_JSON else before, after]
    for one in draft.variants:
        article = known.articles.get(one.code)
        if article is None:
            change.added.append(one)
        else:
            _compare_article(one, article, change)
    return change


def _says_otherwise(name: str, before: Any, after: Any) -> bool:
    """Whether a file's value is another than the stored one; what a cell makes of that, cleaned, is the same."""
    if after in (None, "", {}, []) or fold.stored(name, after) == before:
        return False
    if name == "texts":
        return _plain(json.loads(before)) != _plain(after)
    if name == "barcodes":
        return _items(json.loads(before)) != _items(after)
    return clean(before) != after if isinstance(before, str) else True


def _plain(texts: Mapping[str, str]) -> dict[str, str]:
    return {channel: "\n".join(map(clean, text.splitlines())).strip() for channel, text in texts.items()}


def _items(scanned: Sequence[Sequence[Any]]) -> list[tuple[str, int]]:
    """Codes as another scanner may give them too."""
    return [(same_item(code), multiplier) for code, multiplier in scanned]


def _compare_article(draft: VariantDraft, article: Any, change: Change) -> None:
    scanned = [[bar.code, bar.multiplier] for bar in draft.barcodes]
    said: dict[str, Any] = {"name": draft.name, "shelf": draft.shelf, "barcodes": scanned}
    fields = {
        name: [json.loads(getattr(article, name)) if name in fold.AS_JSON else getattr(article, name), after]
        for name, after in said.items()
        if _says_otherwise(name, getattr(article, name), after)
    }
    if fields:
        change.articles[article.id] = fields
    given = {"cost": draft.cost, "price": draft.price, "floor": draft.floor}
    prices = {name: value for name, value in given.items() if value is not None and value != getattr(article, name)}
    if prices:
        change.prices[article.id] = prices
