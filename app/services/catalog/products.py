"""Entering and changing products (rule P1); prices and listing go through approvals (rules P2, P3)."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import ConflictError, PermissionDeniedError
from app.i18n import N_, _
from app.models.catalog import variants
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.kinds import KINDS
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog import fold, store
from app.services.catalog.check import check_article, check_product, refuse_doubles, refuse_taken
from app.services.catalog.draft import BarcodeDraft, ProductDraft, VariantDraft
from app.services.ledger import Pen, open_ledger

_SHARED = frozenset({"barcodes", "pack_of"})  # what has to agree with other articles


class ProductChangedError(ConflictError):
    """Two people at one product: the second is told instead of overwriting."""

    message = N_("Somebody else has changed this product meanwhile. Look at it again.")


class PriceNotProposedError(PermissionDeniedError):
    """Rule P2: once a product was on sale, the price of a new article of it is the planner's to propose."""

    message = N_("Prices are proposed by the planner: leave the prices of {code} empty.")


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """What a form says of an article: names of VARIANT_FIELDS, barcodes as [[code, multiplier], …], minor units.

    `seen` is the last entry of it that the person had seen.
    """

    article: int
    seen: int
    fields: Mapping[str, Any]
    cost: int | None


@dataclass(frozen=True, slots=True)
class ProductChange:
    """What a form says of a product (names of PRODUCT_FIELDS) and its articles, those that are new among them.

    `seen` is the last entry of the product itself that the person had seen.
    """

    product: int
    seen: int
    fields: Mapping[str, Any]
    articles: tuple[ArticleChange, ...] = ()
    added: tuple[VariantDraft, ...] = ()


@requires(Permission.CATALOG_EDIT)
def add_product(ctx: Context, draft: ProductDraft) -> int:
    """Enter a product; it is not on sale until its listing is approved. Returns its number."""
    check_product(draft)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        refuse_taken(conn, draft.variants)
        return store.add_products(conn, pen, [draft])[0]


@requires(Permission.CATALOG_EDIT)
def save_product(ctx: Context, change: ProductChange) -> None:
    """Save a product's and its articles' fields and costs together, or nothing of it.

    A cost is a fact and is noted; the price of an article is proposed, also of a new one where the product was on sale.
    """
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        _refuse_prices(conn, ctx, change.product, change.added)
        _change_product(conn, pen, change.product, change.seen, change.fields)
        for one in change.articles:
            _change_article(conn, pen, one.article, one.seen, one.fields)
            row = subjects.load(conn, "variants", one.article)
            check_article(VariantDraft(row["code"], cost=one.cost), row["currency"])
            store.price_article(conn, pen, one.article, {"cost": one.cost}, None)
        for draft in change.added:
            _add_article(conn, pen, ctx, change.product, draft)


def _refuse_prices(conn: Connection, ctx: Context, product: int, added: Iterable[VariantDraft]) -> None:
    """Raise where prices of new articles would have to be proposed by somebody whose post does not (rule P2)."""
    if ctx.post in KINDS["price"].proposers or not store.was_on_sale(conn, product):
        return
    for one in added:
        if one.price is not None or one.floor is not None:
            raise PriceNotProposedError(code=one.code)


def _add_article(conn: Connection, pen: Pen, ctx: Context, product: int, draft: VariantDraft) -> None:
    currency = store.currency_of(conn, product)
    check_article(draft, currency)
    name = subjects.load(conn, "products", product)["name"]
    refuse_doubles([draft])
    refuse_taken(conn, [draft])
    reason = _("New article {code}").format(code=draft.code)
    for article, prices in store.add_articles(conn, pen, product, [draft], currency).items():
        propose_within(conn, pen, ctx.post, ProposalDraft("price", article, name, prices, reason))


def _change_product(conn: Connection, pen: Pen, product: int, seen: int, changes: Mapping[str, Any]) -> None:
    _refuse_unknown(changes, fold.PRODUCT_FIELDS)
    row = _unchanged(conn, "products", product, seen)
    wanted = _differences(row, changes)
    if wanted:
        after = row | {name: value for name, (_before, value) in wanted.items()}
        check_product(ProductDraft(after["name"], variants=(VariantDraft("-"),)))
        store.change_product(conn, pen, product, wanted)


def _change_article(conn: Connection, pen: Pen, article: int, seen: int, changes: Mapping[str, Any]) -> None:
    _refuse_unknown(changes, fold.VARIANT_FIELDS)
    row = _unchanged(conn, "variants", article, seen)
    wanted = _differences(row, changes)
    if wanted:
        draft = _draft_of(conn, row | {name: value for name, (_before, value) in wanted.items()})
        check_article(draft, row["currency"])
        if not _SHARED.isdisjoint(wanted):
            refuse_doubles([draft])
            refuse_taken(conn, [draft], own=frozenset({article}))
        store.change_article(conn, pen, article, wanted)


def _unchanged(conn: Connection, table: str, subject: int, seen: int) -> dict[str, Any]:
    row = subjects.load(conn, table, subject)
    if row["last_seq"] != seen:
        raise ProductChangedError
    return row


def _refuse_unknown(changes: Mapping[str, Any], allowed: tuple[str, ...]) -> None:
    """A bug rather than a mistake of a person: prices and states have their own ways."""
    unknown = changes.keys() - set(allowed)
    if unknown:
        raise ValueError(f"not to be changed here: {sorted(unknown)}")


def _differences(row: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, list[Any]]:
    """name → [before, after] of what differs, in the entries' own form."""
    return {
        name: [_plain(name, row[name]), value]
        for name, value in changes.items()
        if fold.stored(name, value) != row[name]
    }


def _plain(name: str, value: Any) -> Any:
    return json.loads(value) if name in fold.AS_JSON else value


def _draft_of(conn: Connection, row: Mapping[str, Any]) -> VariantDraft:
    base = ""
    if row["pack_of"] is not None:
        base = conn.execute(select(variants.c.code).where(variants.c.id == row["pack_of"])).scalar_one()
    codes = json.loads(row["barcodes"]) if isinstance(row["barcodes"], str) else row["barcodes"]
    draft = VariantDraft(row["code"], row["name"], tuple(BarcodeDraft(*code) for code in codes))
    return replace(draft, pack_of=base, pack_size=row["pack_size"], price=row["price"], floor=row["floor"])
