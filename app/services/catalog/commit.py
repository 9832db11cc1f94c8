"""Importing products: a file is compared with what the office has, previewed, then written in one transaction.

A new product is entered and not on sale; what a product says of itself is changed; another price of a product that was
on sale becomes a proposal (rule P2). The second import of the same file changes nothing.
"""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.i18n import _
from app.models.approvals import ProposalState, proposals
from app.models.catalog import ProductState, barcodes, products, variants
from app.services.access import Context, Permission, requires
from app.services.approvals.kinds import kinds
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog import fold, store
from app.services.catalog.check import ProductError, check_product
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.intake.draft import Reject
from app.services.ledger import Pen, open_ledger

BATCH = 1_000
SAMPLES = 200
_OWN = tuple(name for name in fold.PRODUCT_FIELDS if name not in {"lead", "pictures"})  # what a file can say


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A product of the file as the preview shows it."""

    kind: str  # "new", "changed", "unchanged"
    row: int
    code: str
    name: str
    changes: tuple[str, ...] = ()


@dataclass(slots=True)
class ProductImport:
    """What an import found and, unless it was a preview, did."""

    kinds: Counter[str] = field(default_factory=Counter)  # new, changed, unchanged
    proposed: int = 0  # prices that wait for approval
    rejects: list[Reject] = field(default_factory=list)
    samples: list[ImportRow] = field(default_factory=list)


@dataclass(slots=True)
class _Change:
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
class _Known:
    """What the office has of a batch: articles and products by code and number, and whose each barcode is."""

    articles: dict[str, Any]
    products: dict[int, Any]
    owners: dict[str, str]


@requires(Permission.CATALOG_IMPORT)
def preview_products(ctx: Context, drafts: Iterable[ProductDraft | Reject]) -> ProductImport:
    """What an import would do; nothing is written."""
    found = ProductImport()
    seen: set[str] = set()
    with ctx.reading() as conn:
        for batch in _batches(drafts):
            fresh, changes = _sorted_out(conn, batch, found, seen)
            for draft in fresh:
                _note(found, "new", draft)
            for draft, change in changes:
                _note(found, "changed" if change.words() else "unchanged", draft, change.words())
                found.proposed += len(_to_propose(conn, ctx, change, draft, found))
    return found


@requires(Permission.CATALOG_IMPORT)
def import_products(ctx: Context, drafts: Iterable[ProductDraft | Reject], origin: str) -> ProductImport:
    """Write what the file `origin` says: one transaction, on record as one import."""
    found = ProductImport()
    seen: set[str] = set()
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        for batch in _batches(drafts):
            fresh, changes = _sorted_out(conn, batch, found, seen)
            store.add_products(conn, pen, fresh)
            for draft in fresh:
                _note(found, "new", draft)
            for draft, change in changes:
                _note(found, "changed" if change.words() else "unchanged", draft, change.words())
                wanted = _to_propose(conn, ctx, change, draft, found)
                _write(conn, pen, change, draft)
                reason = _("Import of {file}").format(file=origin)
                for article, prices in wanted.items():
                    propose_within(conn, pen, ctx.post, ProposalDraft("price", article, draft.name, prices, reason))
                found.proposed += len(wanted)
        counts = {kind: found.kinds[kind] for kind in ("new", "changed", "unchanged")}
        pen.write("products.imported", None, {"file": origin, "proposed": found.proposed, **counts})
    return found


def _batches(drafts: Iterable[ProductDraft | Reject]) -> Iterator[list[ProductDraft | Reject]]:
    stream = iter(drafts)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _sorted_out(
    conn: Connection, batch: Sequence[ProductDraft | Reject], found: ProductImport, seen: set[str]
) -> tuple[list[ProductDraft], list[tuple[ProductDraft, _Change]]]:
    """The new ones, and the ones that are there with what they change; the rest is among the rejects."""
    known = _known(conn, batch)
    fresh: list[ProductDraft] = []
    changes: list[tuple[ProductDraft, _Change]] = []
    for one in batch:
        if isinstance(one, Reject):
            found.rejects.append(one)
            continue
        try:
            check_product(one)
        except ProductError as error:
            found.rejects.append(_refused(one, str(error)))
            continue
        reason = _why_not(one, known, seen)
        if reason:
            found.rejects.append(_refused(one, reason))
            continue
        seen.update(_codes(one))
        owner = next((known.articles[v.code].product for v in one.variants if v.code in known.articles), None)
        if owner is None:
            fresh.append(one)
        else:
            changes.append((one, _compare(one, owner, known)))
    return fresh, changes


def _codes(draft: ProductDraft) -> Iterator[str]:
    for one in draft.variants:
        yield one.code
        yield from (f"\t{bar.code}" for bar in one.barcodes)


def _why_not(draft: ProductDraft, known: _Known, seen: set[str]) -> str:
    """Why a product of the file cannot be taken, or ""."""
    if any(code in seen for code in _codes(draft)):
        return _("a code or barcode of this product stands in the file twice")
    owners = {known.articles[one.code].product for one in draft.variants if one.code in known.articles}
    if len(owners) > 1:
        return _("its articles belong to different products here")
    for one in draft.variants:
        for bar in one.barcodes:
            owner = known.owners.get(bar.code)
            if owner is not None and owner != one.code:
                return _("the barcode {code} belongs to the article {owner} here").format(code=bar.code, owner=owner)
    return ""


def _refused(draft: ProductDraft, reason: str) -> Reject:
    return Reject(draft.row, reason, draft.variants[0].code if draft.variants else draft.name)


def _known(conn: Connection, batch: Sequence[ProductDraft | Reject]) -> _Known:
    drafts = [one for one in batch if isinstance(one, ProductDraft)]
    codes = {article.code for draft in drafts for article in draft.variants}
    bars = {bar.code for draft in drafts for article in draft.variants for bar in article.barcodes}
    v, p, b = variants.c, products.c, barcodes.c
    articles = {row.code: row for row in conn.execute(select(variants).where(v.code.in_(codes)))}
    heads = conn.execute(select(products).where(p.id.in_({row.product for row in articles.values()})))
    owners = conn.execute(select(b.code, v.code).join(variants, v.id == b.variant).where(b.code.in_(bars)))
    return _Known(articles, {row.id: row for row in heads}, {row[0]: row[1] for row in owners})


def _compare(draft: ProductDraft, owner: int, known: _Known) -> _Change:
    """What the file says otherwise; what it does not say stays as it is."""
    head, change = known.products[owner], _Change(owner)
    content = store.product_content(draft)
    for name in _OWN:
        before, after = getattr(head, name), content[name]
        if after not in (None, "", {}) and fold.stored(name, after) != before:
            change.fields[name] = [json.loads(before) if name in fold.AS_JSON else before, after]
    for one in draft.variants:
        article = known.articles.get(one.code)
        if article is None:
            change.added.append(one)
        else:
            _compare_article(one, article, change)
    return change


def _compare_article(draft: VariantDraft, article: Any, change: _Change) -> None:
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


def _to_propose(
    conn: Connection, ctx: Context, change: _Change, draft: ProductDraft, found: ProductImport
) -> dict[int, dict[str, int]]:
    """The prices that need an approval: of products that were on sale, where none is proposed already.

    Who may not propose prices is told which ones are left as they are.
    """
    without_cost = {
        article: {name: value for name, value in prices.items() if name != "cost"}
        for article, prices in change.prices.items()
    }
    wanted = {article: prices for article, prices in without_cost.items() if prices}
    if not wanted or _is_draft(conn, change.product):
        return {}
    if ctx.post not in kinds()["price"].proposers:
        found.rejects.append(_refused(draft, _("the price stays as it is: prices are proposed by the planner")))
        return {}
    c = proposals.c
    waiting = conn.execute(
        select(c.subject).where(c.kind == "price", c.state == ProposalState.WAITING.value, c.subject.in_(wanted))
    )
    doubled = set(waiting.scalars())
    return {article: prices for article, prices in wanted.items() if article not in doubled}


def _is_draft(conn: Connection, product: int) -> bool:
    state = conn.execute(select(products.c.state).where(products.c.id == product)).scalar_one()
    return bool(state == ProductState.DRAFT.value)


def _write(conn: Connection, pen: Pen, change: _Change, draft: ProductDraft) -> None:
    """Write what changes without an approval."""
    if change.fields:
        store.change_product(conn, pen, change.product, change.fields)
    for article, fields in change.articles.items():
        store.change_article(conn, pen, article, fields)
    if change.added:
        store.add_articles(conn, pen, change.product, change.added, draft.currency)
    at_once = _is_draft(conn, change.product)
    for article, prices in change.prices.items():
        store.price_article(conn, pen, article, prices if at_once else _only_cost(prices), None)


def _only_cost(prices: Mapping[str, int]) -> dict[str, int]:
    return {name: value for name, value in prices.items() if name == "cost"}


def _note(found: ProductImport, kind: str, draft: ProductDraft, changes: tuple[str, ...] = ()) -> None:
    found.kinds[kind] += 1
    if len(found.samples) < SAMPLES or (kind != "unchanged" and len(found.samples) < 2 * SAMPLES):
        code = draft.variants[0].code if draft.variants else ""
        found.samples.append(ImportRow(kind, draft.row, code, draft.name, changes))
