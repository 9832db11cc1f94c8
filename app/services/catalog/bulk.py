"""Changing many products at once: what would change is shown row by row before anything is written."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import AppError, RuleError
from app.i18n import N_, _
from app.models.catalog import ProductState, products, variants
from app.money import exponent, format_money
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog import fold, store
from app.services.ledger import open_ledger
from app.services.reasons import need_reason

MOST = 5_000  # products at once
MOST_TOLD = 8
PRODUCT_FIELDS = ("brand", "kind", "origin", "supplier", "lead")
ARTICLE_FIELDS = ("shelf",)
PRICE = "price"


class NothingChosenError(RuleError):
    """A change of nothing."""

    message = N_("Choose products in the list first, at most {most}.")


class SomeRefusedError(RuleError):
    """Some prices were not proposed; the others were."""

    message = N_("The others were proposed, these not:\n{reasons}")


@dataclass(frozen=True, slots=True)
class BulkChange:
    """One field gets one value; or prices change by a share, rounded to whole units of currency (整数价)."""

    field: str
    value: str | int = ""
    percent: float = 0.0
    whole: bool = True
    reason: str = ""


@dataclass(frozen=True, slots=True)
class BulkRow:
    """One row that will change: before and after as a person reads them."""

    product: int
    code: str
    name: str
    before: str
    after: str


@requires(Permission.CATALOG_READ)
def preview_bulk(ctx: Context, chosen: Sequence[int], change: BulkChange) -> list[BulkRow]:
    """The rows that would change; raises NothingChosenError."""
    _refuse_nothing(chosen)
    with ctx.reading() as conn:
        return [row for row, _subject, _before, _after in _changing(conn, chosen, change)]


@requires(Permission.CATALOG_EDIT)
def apply_bulk(ctx: Context, chosen: Sequence[int], change: BulkChange) -> int:
    """Write the change of fields, all or nothing; of prices make one proposal each. Returns how many.

    Raises SomeRefusedError with what was not proposed (a price below its floor, one that waits already).
    """
    _refuse_nothing(chosen)
    if change.field == PRICE:
        return _propose_prices(ctx, chosen, change)
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        changing = _changing(conn, chosen, change)
        for _row, subject, before, after in changing:
            write = store.change_article if change.field in ARTICLE_FIELDS else store.change_product
            write(conn, pen, subject, {change.field: [before, after]})
    return len(changing)


def _refuse_nothing(chosen: Sequence[int]) -> None:
    if not 0 < len(chosen) <= MOST:
        raise NothingChosenError(most=MOST)


def _propose_prices(ctx: Context, chosen: Sequence[int], change: BulkChange) -> int:
    reason, refused = need_reason(change.reason), []
    with ctx.reading() as conn:
        wanted = _changing(conn, chosen, change)
    for row, subject, _before, after in wanted:
        try:
            with ctx.writing() as conn:
                pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
                draft = ProposalDraft("price", subject, row.name, {"price": after}, reason)
                propose_within(conn, pen, ctx.post, draft)
        except AppError as error:
            refused.append(f"{row.code}: {error}")
    if refused:
        raise SomeRefusedError(reasons="\n".join(refused[:MOST_TOLD]))
    return len(wanted)


def _changing(conn: Connection, chosen: Sequence[int], change: BulkChange) -> list[tuple[BulkRow, int, Any, Any]]:
    """(row, subject, before, after) of everything that the change would alter."""
    heads = {row.id: row for row in conn.execute(select(products).where(products.c.id.in_(chosen)))}
    rows = conn.execute(select(variants).where(variants.c.product.in_(chosen)).order_by(variants.c.id)).all()
    found = []
    if change.field in PRODUCT_FIELDS:
        first = {row.product: row.code for row in reversed(rows)}
        for number in chosen:
            head = heads.get(number)
            if head is not None and getattr(head, change.field) != change.value:
                before = getattr(head, change.field)
                told = (_text(change.field, before), _text(change.field, change.value))
                found.append((BulkRow(number, first.get(number, ""), head.name, *told), number, before, change.value))
        return found
    for row in rows:
        before = getattr(row, change.field)
        after = _new_price(row, change) if change.field == PRICE else change.value
        on_sale = heads[row.product].state != ProductState.DRAFT.value or change.field != PRICE
        if after is not None and after != before and row.active and on_sale:
            told = (_text(change.field, before, row.currency), _text(change.field, after, row.currency))
            found.append((BulkRow(row.product, row.code, heads[row.product].name, *told), row.id, before, after))
    return found


def _new_price(row: Any, change: BulkChange) -> int | None:
    if row.price is None:
        return None
    price: int = row.price
    after = price * (100 + change.percent) / 100
    step: int = 10 ** exponent(row.currency) if change.whole else 1
    return max(round(after / step) * step, 0)


def _text(field: str, value: Any, currency: str = "CNY") -> str:
    if field == PRICE:
        return format_money(value, currency)
    if field == "lead":
        return _("yes") if value else _("no")
    return str(json.loads(value) if field in fold.AS_JSON else value) or "–"
