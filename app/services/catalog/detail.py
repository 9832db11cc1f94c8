"""One product with its articles, prices over time and history."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, select

from app.clock import to_ms
from app.errors import NotFoundError
from app.i18n import N_, _
from app.models.catalog import products, variants
from app.models.ledger import entries
from app.models.people import people
from app.models.stock import stock
from app.money import format_money
from app.services.access import Context, Permission, requires
from app.services.approvals.late import dues_of, late_words
from app.services.catalog.queue import rows_of
from app.services.catalog.rows import ArticleRow, PricePoint, ProductDetail, Told
from app.services.catalog.words import field_word
from app.services.promotions.prices import promotional_prices
from app.services.stock.available import available
from app.services.stock.sales import sales_of

_SENTENCES = {
    "product.added": N_("entered"),
    "product.listed": N_("put on sale"),
    "variant.added": N_("article {code} entered"),
}
_PLAIN = frozenset({"name", "brand", "kind", "origin", "supplier", "shelf", "pack_size"})
_MONEY = frozenset({"cost", "price", "floor"})


@requires(Permission.CATALOG_READ)
def product_detail(ctx: Context, product: int) -> ProductDetail:
    """Everything about one product; raises NotFoundError."""
    with ctx.reading() as conn:
        head = conn.execute(select(products).where(products.c.id == product)).one_or_none()
        if head is None:
            raise NotFoundError(what=product)
        rows = conn.execute(select(variants).where(variants.c.product == product).order_by(variants.c.id)).all()
        codes = {row.id: row.code for row in rows}
        told = _entries(conn, [product, *codes])
        late = _late(conn, told)
        sold = sales_of(conn, to_ms(ctx.clock.now()))
        return ProductDetail(
            row=rows_of(conn, [product])[0],
            last_seq=head.last_seq,
            origin=head.origin,
            degree=head.degree,
            volume=head.volume,
            supplier=head.supplier,
            texts=json.loads(head.texts),
            pictures=tuple(json.loads(head.pictures)),
            articles=tuple(_articles(conn, rows)),
            prices=tuple(_prices(told, codes, late)),
            history=tuple(_history(told, codes, rows[0].currency if rows else "CNY", late)),
            sold_30_days=sum(sold.get(code, 0) for code in codes.values()),
        )


def _articles(conn: Connection, rows: Iterable[Any]) -> Iterable[ArticleRow]:
    goods = list(rows)
    codes = {row.id: row.code for row in goods}
    left, promoted = available(conn, list(codes.values())), promotional_prices(conn, list(codes.values()))
    on_hand = select(stock.c.code, stock.c.on_hand).where(stock.c.code.in_(codes.values()))
    there = {row[0]: row[1] for row in conn.execute(on_hand)}
    bases = {row.pack_of for row in goods if row.pack_of is not None} - codes.keys()
    if bases:
        named = select(variants.c.id, variants.c.code).where(variants.c.id.in_(bases))
        codes |= {row[0]: row[1] for row in conn.execute(named)}
    for row in goods:
        yield ArticleRow(
            id=row.id,
            code=row.code,
            name=row.name,
            barcodes=tuple((code, multiplier) for code, multiplier in json.loads(row.barcodes)),
            pack_of=codes.get(row.pack_of, ""),
            pack_size=row.pack_size,
            cost=row.cost,
            price=row.price,
            promotional=promoted.get(row.code),
            floor=row.floor,
            currency=row.currency,
            shelf=row.shelf,
            active=bool(row.active),
            on_hand=there.get(row.code, 0),
            available=left.get(row.code),
            last_seq=row.last_seq,
        )


def _entries(conn: Connection, subjects: list[int]) -> list[Any]:
    e = entries.c
    about = e.seq.in_(subjects) | e.subject.in_(subjects)
    wanted = about & (e.kind.startswith("product.") | e.kind.startswith("variant."))
    return list(
        conn.execute(
            select(e.seq, e.at, e.kind, e.subject, e.content, people.c.name)
            .join(people, people.c.id == e.person, isouter=True)
            .where(wanted)
            .order_by(e.seq.desc())
        ).all()
    )


def _late(conn: Connection, told: Iterable[Any]) -> dict[int, str]:
    """By entry, for when a change was approved that came into force later."""
    asked = {row.seq: proposal for row in told if (proposal := json.loads(row.content).get("proposal")) is not None}
    dues = dues_of(conn, set(asked.values()))
    return {row.seq: late_words(dues.get(asked[row.seq]), row.at) for row in told if row.seq in asked}


def _prices(told: Iterable[Any], codes: Mapping[int, str], late: Mapping[int, str]) -> Iterable[PricePoint]:
    for row in told:
        content = json.loads(row.content)
        who = row.name or "掌柜"
        if row.kind == "variant.added":
            prices = (content["price"], None, content["cost"], content["floor"])
            if any(amount is not None for amount in prices):  # a list without prices tells nothing of them
                yield PricePoint(row.at, who, content["code"], *prices, None)
        elif row.kind == "variant.priced":
            change = {name: after for name, (_before, after) in content["changes"].items()}
            before = content["changes"].get("price", (None, None))[0]
            prices = (change.get("price"), before, change.get("cost"), change.get("floor"))
            of, proposal = codes.get(row.subject, ""), content.get("proposal")
            yield PricePoint(row.at, who, of, *prices, proposal, late.get(row.seq, ""))


def _history(told: Iterable[Any], codes: Mapping[int, str], currency: str, late: Mapping[int, str]) -> Iterable[Told]:
    for row in told:
        parts = (_sentence(row, json.loads(row.content), codes, currency), late.get(row.seq, ""))
        yield Told(row.seq, row.at, row.name or "掌柜", " · ".join(filter(None, parts)))


def _sentence(row: Any, content: Mapping[str, Any], codes: Mapping[int, str], currency: str) -> str:
    if row.kind in _SENTENCES:
        return _(_SENTENCES[row.kind]).format(code=content.get("code", ""))
    if row.kind == "product.delisted":
        return _("taken off sale: nothing left") if content["why"] == "zero" else _("taken off sale")
    parts = [_change(name, before, after, currency) for name, (before, after) in content["changes"].items()]
    what = _(", ").join(parts)
    return f"{codes[row.subject]} {what}" if row.subject in codes else what


def _change(name: str, before: Any, after: Any, currency: str) -> str:
    if name in _MONEY:
        old, new = (_("unknown") if value is None else format_money(value, currency) for value in (before, after))
        return f"{field_word(name)} {old} → {new}"
    if name in _PLAIN:
        return f"{field_word(name)} {before or '–'} → {after or '–'}"
    return _("{field} changed").format(field=field_word(name))
