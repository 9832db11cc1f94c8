"""Promotions (促销): planned, approved, started and ended by themselves (rule P4); never below the floor price."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from app.clock import to_ms
from app.errors import RuleError
from app.i18n import N_
from app.models.ledger import entries
from app.models.people import SYSTEM
from app.models.publishing import PromotionState, promotion_prices, promotions
from app.services import subjects
from app.services.access import Context, Permission, requires
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.approvals.standing import Standing, last_proposals
from app.services.catalog.articles import UnknownArticleError, articles_of
from app.services.ledger import Pen, open_ledger
from app.services.promotions.prices import WAITING, Priced, check_prices, check_promotion, prices_of
from app.services.reasons import need_reason


class PeriodError(RuleError):
    """A promotion has a beginning and, after it, an end."""

    message = N_("The promotion has to end after it starts, and not before now.")


class NamelessPromotionError(RuleError):
    """Name and terms are what the customers read."""

    message = N_("Give the promotion a name and its terms.")


class NoArticlesError(RuleError):
    """A promotion is about goods."""

    message = N_("Add at least one article with its promotion price.")


class CostError(RuleError):
    """What it costs is nothing or more."""

    message = N_("The expected cost cannot be below zero.")


@dataclass(frozen=True, slots=True)
class PromotionDraft:
    """What is planned; money in minor units, `prices` by article code."""

    name: str
    terms: str
    starts: datetime
    ends: datetime
    cost: int  # what it is expected to cost
    prices: Mapping[str, int]
    currency: str = "CNY"


@dataclass(frozen=True, slots=True)
class PromotionRow:
    """A promotion as lists show it; times in milliseconds UTC, money in minor units."""

    id: int
    name: str
    terms: str
    starts: int
    ends: int
    cost: int
    currency: str
    state: PromotionState
    articles: int
    standing: Standing | None  # of its proposal, while it is not approved
    reason: str = ""  # why it was stopped, by a person or by the program


@requires(Permission.CATALOG_EDIT)
def propose_promotion(ctx: Context, draft: PromotionDraft, reason: str) -> int:
    """Plan a promotion and put it before those who must agree, in one step; returns the promotion's number."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        promotion = plan_within(conn, pen, draft)
        propose_within(conn, pen, ctx.post, ProposalDraft("promotion", promotion, draft.name.strip(), {}, reason))
        return promotion


def plan_within(conn: Connection, pen: Pen, draft: PromotionDraft) -> int:
    """Plan a promotion within an open transaction; it needs an approval before it starts. Returns its number."""
    starts, ends = to_ms(draft.starts), to_ms(draft.ends)
    if not draft.name.strip() or not draft.terms.strip():
        raise NamelessPromotionError
    if ends <= starts or ends <= pen.at:
        raise PeriodError
    if not draft.prices:
        raise NoArticlesError
    if draft.cost < 0:
        raise CostError
    goods = articles_of(conn, draft.prices)
    for code in draft.prices:
        if code not in goods:
            raise UnknownArticleError(code=code)
    facts = {
        "name": draft.name.strip(),
        "terms": draft.terms.strip(),
        "starts": starts,
        "ends": ends,
        "cost": draft.cost,
        "currency": draft.currency,
        "prices": [[goods[code].id, price] for code, price in sorted(draft.prices.items())],
    }
    promotion = subjects.begin(conn, pen, "promotion.planned", facts)
    for code, price in draft.prices.items():
        conn.execute(insert(promotion_prices).values(promotion=promotion, variant=goods[code].id, price=price))
    check_promotion(conn, promotion)
    return promotion


@requires(Permission.CATALOG_EDIT)
def stop_promotion(ctx: Context, promotion: int, reason: str) -> None:
    """Stop it before its end, or before it has begun."""
    with ctx.writing() as conn:
        pen = open_ledger(conn, to_ms(ctx.clock.now()), ctx.person)
        subjects.advance(conn, pen, promotion, "promotion.stopped", {"reason": need_reason(reason)})


@requires(Permission.CATALOG_READ)
def list_promotions(ctx: Context) -> list[PromotionRow]:
    """All promotions, the newest start first."""
    counted = select(promotion_prices.c.promotion, func.count()).group_by(promotion_prices.c.promotion)
    with ctx.reading() as conn:
        goods = {promotion: count for promotion, count in conn.execute(counted)}
        rows = conn.execute(select(promotions).order_by(promotions.c.starts.desc(), promotions.c.id.desc())).all()
        asked = last_proposals(conn, [row.id for row in rows if row.state == PromotionState.PLANNED])
        reasons = _reasons(conn, [row.last_seq for row in rows if row.state == PromotionState.STOPPED])
    return [
        PromotionRow(
            row.id, row.name, row.terms, row.starts, row.ends, row.cost, row.currency,
            PromotionState(row.state), goods.get(row.id, 0), asked.get(row.id), reasons.get(row.last_seq, ""),
        )
        for row in rows
    ]  # fmt: skip


def _reasons(conn: Connection, stops: Collection[int]) -> dict[int, str]:
    """What the entries that stopped promotions say, by their numbers."""
    told = conn.execute(select(entries.c.seq, entries.c.content).where(entries.c.seq.in_(stops)))
    return {seq: json.loads(content)["reason"] for seq, content in told}


@requires(Permission.CATALOG_READ)
def promotion_articles(ctx: Context, promotion: int) -> list[Priced]:
    """The articles of a promotion with their usual, floor and promotion prices."""
    with ctx.reading() as conn:
        return prices_of(conn, promotion)


def run_due(conn: Connection, pen: Pen) -> int:
    """Start and end what is due at the pen's time; returns how many.

    A price that was right when it was approved may be wrong by now: then it is stopped, with the reason.
    A clock that was turned back undoes nothing: what has started stays started until its end comes.
    """
    moved = 0
    rows = conn.execute(
        select(promotions.c.id, promotions.c.starts, promotions.c.ends, promotions.c.state).where(
            promotions.c.state.in_(WAITING)
        )
    ).all()
    for row in rows:
        if pen.at >= row.ends:
            subjects.advance(conn, pen, row.id, "promotion.ended", {})
        elif pen.at >= row.starts and row.state == PromotionState.APPROVED:
            _start(conn, pen, row.id)
        else:
            continue
        moved += 1
    return moved


def _start(conn: Connection, pen: Pen, promotion: int) -> None:
    try:
        check_prices(conn, promotion)
    except RuleError as error:
        subjects.advance(conn, pen, promotion, "promotion.stopped", {"reason": str(error)})
    else:
        subjects.advance(conn, pen, promotion, "promotion.started", {})


@requires(Permission.CATALOG_READ)
def run_due_promotions(ctx: Context) -> int:
    """Start and end what is due, in the program's name; returns how many."""
    now = to_ms(ctx.clock.now())
    c = promotions.c
    with ctx.reading() as conn:
        due = conn.execute(
            select(c.id).where(c.state.in_(WAITING), (c.ends <= now) | ((c.starts <= now) & (c.state == WAITING[0])))
        ).first()
    if due is None:
        return 0
    with ctx.writing() as conn:
        return run_due(conn, open_ledger(conn, now, SYSTEM))
