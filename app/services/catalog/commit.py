"""Importing products: a file is compared with what the office has, previewed, then written in one transaction.

A new product is entered and not on sale; what a product says of itself is changed; another price of a product that was
on sale becomes a proposal (rule P2). The second import of the same file changes nothing.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import AppError, PermissionDeniedError, RuleError
from app.i18n import N_, _
from app.models.approvals import ProposalState, proposals
from app.models.catalog import ProductState, products
from app.models.people import POST_WORDS, Post
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.consequences import CONSEQUENCES
from app.services.approvals.kinds import KINDS
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.approvals.rules import rules_of
from app.services.catalog import store
from app.services.catalog.check import check_product
from app.services.catalog.compare import Change, Here, codes_here, codes_of, compare, known_of, why_not
from app.services.catalog.draft import ProductDraft
from app.services.intake.draft import Reject
from app.services.ledger import Pen, open_ledger
from app.services.settings.values import load_settings
from app.services.stock.movements import open_stock

BATCH = 1_000
SAMPLES = 200


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
    on_sale: int = 0  # new ones that the file calls on sale
    opened: int = 0  # articles whose first stock was booked
    rejects: list[Reject] = field(default_factory=list)
    samples: list[ImportRow] = field(default_factory=list)


class TakeoverError(PermissionDeniedError):
    """Rule P3: what is on sale was approved by somebody; here by who brings the file in."""

    message = N_("Products are taken over as on sale only by those who approve listings: {posts}.")


class Takeover(StrEnum):
    """Which new products of a file are on sale already, where the office comes from another program."""

    NONE = "none"
    MARKED = "marked"  # those that the file calls on sale
    ALL = "all"


@requires(Permission.CATALOG_IMPORT)
def preview_products(ctx: Context, drafts: Iterable[ProductDraft | Reject]) -> ProductImport:
    """What an import would do; nothing is written."""
    found = ProductImport()
    seen: set[str] = set()
    with ctx.reading() as conn:
        here = codes_here(conn)
        for batch in _batches(drafts):
            fresh, changes = _sorted_out(conn, batch, here, found, seen)
            found.on_sale += sum(draft.listed for draft in fresh)
            for draft, change in changes:
                found.proposed += len(_to_propose(conn, ctx, change, draft, found))
    return found


@requires(Permission.CATALOG_IMPORT)
def import_products(
    ctx: Context, drafts: Iterable[ProductDraft | Reject], origin: str, takeover: Takeover = Takeover.NONE
) -> ProductImport:
    """Write what the file `origin` says: one transaction, on record as one import.

    Stock that the file tells is booked as the first one where none is kept yet, by posts that move stock. Raises
    TakeoverError where the post does not approve listings.
    """
    found = ProductImport()
    seen: set[str] = set()
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        if takeover is not Takeover.NONE:
            _refuse_takeover(conn, ctx)
        here = codes_here(conn)
        for batch in _batches(drafts):
            fresh, changes = _sorted_out(conn, batch, here, found, seen)
            numbers = store.add_products(conn, pen, fresh)
            _take_over(conn, pen, zip(numbers, fresh, strict=True), takeover)
            for draft, change in changes:
                if not change.words():
                    continue
                wanted = _to_propose(conn, ctx, change, draft, found)
                added = _write(conn, pen, change)
                wanted |= added if _proposes(ctx) else {}
                _propose(conn, pen, ctx, wanted, draft, origin)
                found.proposed += len(wanted)
            if ctx.may(Permission.STOCK_MOVE):
                known = [*fresh, *(draft for draft, _change in changes)]
                found.opened += open_stock(conn, pen, _first_stock(known), origin)
        counts = {kind: found.kinds[kind] for kind in ("new", "changed", "unchanged")}
        pen.write("products.imported", None, {"file": origin, "proposed": found.proposed, **counts})
    return found


@requires(Permission.CATALOG_READ)
def may_take_over(ctx: Context) -> bool:
    """Whether the person's post approves listings."""
    with ctx.reading() as conn:
        return ctx.post in _listers(conn)


def _listers(conn: Connection) -> tuple[Post, ...]:
    return tuple(step.post for step in rules_of(load_settings(conn).approval_rules)["listing"])


def _refuse_takeover(conn: Connection, ctx: Context) -> None:
    posts = _listers(conn)
    if ctx.post not in posts:
        raise TakeoverError(posts=_(", ").join(_(POST_WORDS[post]) for post in posts))


def _take_over(conn: Connection, pen: Pen, entered: Iterable[tuple[int, ProductDraft]], takeover: Takeover) -> None:
    """Put on sale what is on sale already; what has nothing left stays off (rule P3)."""
    for product, draft in entered:
        there = any(one.stock is None or one.stock > 0 for one in draft.variants)
        if there and (takeover is Takeover.ALL or (takeover is Takeover.MARKED and draft.listed)):
            subjects.advance(conn, pen, product, "product.listed", {"proposal": None})


def _first_stock(drafts: Iterable[ProductDraft]) -> dict[str, int]:
    """What the file tells of each code; where an office had sold more than it had, nothing is there to be booked."""
    return {one.code: max(one.stock, 0) for draft in drafts for one in draft.variants if one.stock is not None}


def _propose(
    conn: Connection, pen: Pen, ctx: Context, wanted: Mapping[int, Mapping[str, int]], draft: ProductDraft, origin: str
) -> None:
    reason = _("Import of {file}").format(file=origin)
    for article, prices in wanted.items():
        propose_within(conn, pen, ctx.post, ProposalDraft("price", article, draft.name, prices, reason))


def _batches(drafts: Iterable[ProductDraft | Reject]) -> Iterator[list[ProductDraft | Reject]]:
    stream = iter(drafts)
    while batch := list(islice(stream, BATCH)):
        yield batch


def _sorted_out(
    conn: Connection, batch: Sequence[ProductDraft | Reject], here: Here, found: ProductImport, seen: set[str]
) -> tuple[list[ProductDraft], list[tuple[ProductDraft, Change]]]:
    """The new ones, and the ones that are there with what they change; the rest is among the rejects."""
    known = known_of(conn, batch, here)
    fresh: list[ProductDraft] = []
    changes: list[tuple[ProductDraft, Change]] = []
    for one in batch:
        if isinstance(one, Reject):
            found.rejects.append(one)
            continue
        try:
            if not one.sound:
                check_product(one)
        except AppError as error:  # whatever is wrong with it: the others come in
            found.rejects.append(_refused(one, str(error)))
            continue
        reason = why_not(one, known, seen)
        if reason:
            found.rejects.append(_refused(one, reason))
            continue
        seen.update(codes_of(one))
        owner = next((known.articles[v.code].product for v in one.variants if v.code in known.articles), None)
        if owner is None:
            fresh.append(one)
            _note(found, "new", one)
        else:
            change = compare(one, owner, known)
            changes.append((one, change))
            _note(found, "changed" if change.words() else "unchanged", one, change.words())
    return fresh, changes


def _refused(draft: ProductDraft, reason: str) -> Reject:
    return Reject(draft.row, reason, draft.variants[0].code if draft.variants else draft.name)


def _to_propose(
    conn: Connection, ctx: Context, change: Change, draft: ProductDraft, found: ProductImport
) -> dict[int, dict[str, int]]:
    """The prices that need an approval: of products that were on sale, where none is proposed already.

    Who may not propose prices is told which ones are left as they are, and everybody which ones may not be.
    """
    without_cost = {
        article: {name: value for name, value in prices.items() if name != "cost"}
        for article, prices in change.prices.items()
    }
    wanted = {article: prices for article, prices in without_cost.items() if prices}
    priced = any(one.price is not None or one.floor is not None for one in change.added)
    if not (wanted or priced) or _is_draft(conn, change.product):
        return {}
    if not _proposes(ctx):
        found.rejects.append(_refused(draft, _("the price stays as it is: prices are proposed by the planner")))
        return {}
    c = proposals.c
    waiting = conn.execute(
        select(c.subject).where(c.kind == "price", c.state == ProposalState.WAITING.value, c.subject.in_(wanted))
    )
    doubled = set(waiting.scalars())
    return {
        article: prices
        for article, prices in wanted.items()
        if article not in doubled and _may_be(conn, ctx, article, prices, draft, found)
    }


def _proposes(ctx: Context) -> bool:
    return ctx.post in KINDS["price"].proposers


def _may_be(
    conn: Connection, ctx: Context, article: int, prices: Mapping[str, int], draft: ProductDraft, found: ProductImport
) -> bool:
    """Whether a price may be proposed; one below its floor, or that contradicts a promotion, does not stop the rest."""
    price = CONSEQUENCES["price"]
    try:
        price.check(conn, article, price.effect.before(conn, article), prices, to_ms(ctx.clock.now()))
    except RuleError as error:
        found.rejects.append(_refused(draft, str(error)))
        return False
    return True


def _is_draft(conn: Connection, product: int) -> bool:
    state = conn.execute(select(products.c.state).where(products.c.id == product)).scalar_one()
    return bool(state == ProductState.DRAFT.value)


def _write(conn: Connection, pen: Pen, change: Change) -> dict[int, dict[str, int]]:
    """Write what changes without an approval; returns the prices of new articles that need one."""
    if change.fields:
        store.change_product(conn, pen, change.product, change.fields)
    for article, fields in change.articles.items():
        store.change_article(conn, pen, article, fields)
    at_once = _is_draft(conn, change.product)
    for article, prices in change.prices.items():
        store.price_article(conn, pen, article, prices if at_once else _only_cost(prices), None)
    if not change.added:
        return {}
    return store.add_articles(conn, pen, change.product, change.added, store.currency_of(conn, change.product))


def _only_cost(prices: Mapping[str, int]) -> dict[str, int]:
    return {name: value for name, value in prices.items() if name == "cost"}


def _note(found: ProductImport, kind: str, draft: ProductDraft, changes: tuple[str, ...] = ()) -> None:
    found.kinds[kind] += 1
    if len(found.samples) < SAMPLES or (kind != "unchanged" and len(found.samples) < 2 * SAMPLES):
        code = draft.variants[0].code if draft.variants else ""
        found.samples.append(ImportRow(kind, draft.row, code, draft.name, changes))
