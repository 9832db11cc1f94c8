"""Promotions' prices beside the usual and the floor prices: neither may come to contradict the other (rules P2, P4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from app.errors import RuleError
from app.i18n import N_
from app.models.catalog import products, variants
from app.models.publishing import PromotionState, promotion_prices, promotions
from app.money import format_money
from app.services import subjects

WAITING = (PromotionState.APPROVED.value, PromotionState.RUNNING.value)


class GivenAwayError(RuleError):
    """A promotion's price is a price."""

    message = N_("{code}: the promotion's price has to be above zero.")


class BelowFloorError(RuleError):
    """Rule P4 with P2: a promotion does not undercut the floor price."""

    message = N_("{code}: the promotion's price is below the floor price.")


class NotLowerError(RuleError):
    """A promotion's price is lower than the usual one."""

    message = N_("{code}: the promotion's price is not below the usual price.")


class FloorAbovePromotionError(RuleError):
    """A floor price does not outlaw what was approved."""

    message = N_(
        "{code} is in the promotion “{name}” at {price}: until it is over the floor price cannot be above that."
    )


class PriceNotAbovePromotionError(RuleError):
    """The usual price does not make a promotion a dear one."""

    message = N_(
        "{code} is in the promotion “{name}” at {price}: until it is over the usual price has to be above that."
    )


class OverlapError(RuleError):
    """One article has one promotion's price at a time."""

    message = N_("{code} is in the promotion “{name}” at the same time.")


@dataclass(frozen=True, slots=True)
class Priced:
    """An article's price in a promotion beside its usual and its floor price; 0 or None where unknown."""

    variant: int
    code: str
    price: int
    usual: int | None
    floor: int | None
    name: str
    currency: str
    cost: int | None


def promotional_prices(conn: Connection, codes: Sequence[str]) -> dict[str, int]:
    """The prices that running promotions give these articles now, in minor units."""
    running = (
        select(variants.c.code, promotion_prices.c.price)
        .join(promotion_prices, promotion_prices.c.variant == variants.c.id)
        .join(promotions, promotions.c.id == promotion_prices.c.promotion)
        .where(promotions.c.state == PromotionState.RUNNING, variants.c.code.in_(codes))
    )
    return {row.code: row.price for row in conn.execute(running)}


def prices_of(conn: Connection, promotion: int) -> list[Priced]:
    """The articles of a promotion with its prices."""
    v, p = variants.c, promotion_prices.c
    rows = conn.execute(
        select(
            v.id,
            v.code,
            p.price,
            v.price.label("usual"),
            v.floor,
            v.cost,
            v.name,
            products.c.name.label("goods"),
            v.currency,
        )
        .join(promotion_prices, p.variant == v.id)
        .join(products, products.c.id == v.product)
        .where(p.promotion == promotion)
        .order_by(v.code)
    )
    return [
        Priced(
            row.id, row.code, row.price, row.usual, row.floor, f"{row.goods} {row.name}".strip(), row.currency, row.cost
        )
        for row in rows
    ]


def check_prices(conn: Connection, promotion: int) -> None:
    """Raise where a price of a promotion is none, below its floor, or not below the usual one."""
    for goods in prices_of(conn, promotion):
        if goods.price <= 0:
            raise GivenAwayError(code=goods.code)
        if goods.floor is not None and goods.price < goods.floor:
            raise BelowFloorError(code=goods.code)
        if goods.usual is not None and goods.price >= goods.usual:
            raise NotLowerError(code=goods.code)


def check_promotion(conn: Connection, promotion: int) -> None:
    """Raise where a price is below its floor or not below the usual one, or an article is promoted twice at a time."""
    check_prices(conn, promotion)
    _refuse_overlap(conn, promotion)


def _refuse_overlap(conn: Connection, promotion: int) -> None:
    own = subjects.load(conn, "promotions", promotion)
    p, q = promotion_prices.alias(), promotion_prices.alias()
    other = conn.execute(
        select(variants.c.code, promotions.c.name)
        .join(p, p.c.variant == variants.c.id)
        .join(q, q.c.variant == p.c.variant)
        .join(promotions, promotions.c.id == q.c.promotion)
        .where(
            p.c.promotion == promotion,
            q.c.promotion != promotion,
            promotions.c.state.in_(WAITING),
            promotions.c.starts < own["ends"],
            promotions.c.ends > own["starts"],
        )
        .limit(1)
    ).first()
    if other is not None:
        raise OverlapError(code=other.code, name=other.name)


def keep_promotions(
    conn: Connection, article: int, before: Mapping[str, Any], after: Mapping[str, Any], at: int
) -> None:
    """Raise where another price or floor from `at` on contradicts a promotion that is approved or runs until later."""
    p, q = promotions.c, promotion_prices.c
    promised = conn.execute(
        select(p.name, q.price)
        .join(promotion_prices, q.promotion == p.id)
        .where(q.variant == article, p.state.in_(WAITING), p.ends > at)
        .order_by(p.starts, p.id)
    ).all()
    changed = {name: value for name, value in after.items() if value is not None and value != before[name]}
    for name, price in promised:
        told = {"code": before["code"], "name": name, "price": format_money(price, before["currency"])}
        if changed.get("floor", price) > price:
            raise FloorAbovePromotionError(**told)
        if changed.get("price", price + 1) <= price:
            raise PriceNotAbovePromotionError(**told)
