"""A product of a file beside what the office has of it: new, the same, or changed in these fields."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from app.i18n import _
from app.models.catalog import barcodes, products, variants
from app.services.catalog import fold, store
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.intake.draft import Reject

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
    owners: dict[str, str]
    bases: set[str]


def codes_of(draft: ProductDraft) -> Iterator[str]:
    """The codes that a product names; barcodes are told apart from articles' codes."""
    for one in draft.variants:
        yield one.code
        yield from (f"\t{bar.code}" for bar in one.barcodes)


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
        for bar in one.barcodes:
            owner = known.owners.get(bar.code)
            if owner is not None and owner != one.code:
                return _("the barcode {code} belongs to the article {owner} here").format(code=bar.code, owner=owner)
    return ""


def known_of(conn: Connection, batch: Sequence[ProductDraft | Reject]) -> Known:
    """What the office has of the codes that a batch names."""
    drafts = [one for one in batch if isinstance(one, ProductDraft)]
    codes = {article.code for draft in drafts for article in draft.variants}
    bars = {bar.code for draft in drafts for article in draft.variants for bar in article.barcodes}
    v, p, b = variants.c, products.c, barcodes.c
    articles = {row.code: row for row in conn.execute(select(variants).where(v.code.in_(codes)))}
    packed = {article.pack_of for draft in drafts for article in draft.variants} - {""}
    bases = set(conn.execute(select(v.code).where(v.code.in_(packed), v.pack_of.is_(None))).scalars())
    heads = conn.execute(select(products).where(p.id.in_({row.product for row in articles.values()})))
    owners = conn.execute(select(b.code, v.code).join(variants, v.id == b.variant).where(b.code.in_(bars)))
    return Known(articles, {row.id: row for row in heads}, {row[0]: row[1] for row in owners}, bases)


def compare(draft: ProductDraft, owner: int, known: Known) -> Change:
    """What the file says otherwise; what it does not say stays as it is."""
    head, change = known.products[owner], Change(owner)
    content = store.product_content(draft)
    for name in _OWN:
        before, after = getattr(head, name), content[name]
        if name == "texts":  # a file tells one channel's, the others stay
            after = json.loads(before) | after
        if after not in (None, "", {}) and fold.stored(name, after) != before:
            change.fields[name] = [json.loads(before) if name in fold.AS_JSON else before, after]
    for one in draft.variants:
        article = known.articles.get(one.code)
        if article is None:
            change.added.append(one)
        else:
            _compare_article(one, article, change)
    return change


def _compare_article(draft: VariantDraft, article: Any, change: Change) -> None:
    scanned = [[bar.code, bar.multiplier] for bar in draft.barcodes]
    said: dict[str, Any] = {"name": draft.name, "shelf": draft.shelf, "barcodes": scanned}
    fields = {
        name: [json.loads(getattr(article, name)) if name in fold.AS_JSON else getattr(article, name), after]
        for name, after in said.items()
        if after and fold.stored(name, after) != getattr(article, name)
    }
    if fields:
        change.articles[article.id] = fields
    given = {"cost": draft.cost, "price": draft.price, "floor": draft.floor}
    prices = {name: value for name, value in given.items() if value is not None and value != getattr(article, name)}
    if prices:
        change.prices[article.id] = prices
