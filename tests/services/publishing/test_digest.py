"""The week's digest: our price beside theirs, what we really shipped, on record when printed (rules P6, P7)."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.clock import to_ms
from app.models.ledger import entries
from app.services.approvals.decisions import approve
from app.services.approvals.queue import Desk, list_proposals
from app.services.due import run_what_is_due
from app.services.papers.content import Money, SoldArticle
from app.services.promotions.promotions import PromotionDraft, propose_promotion
from app.services.publishing.digest import BEST, FutureWeekError, market_digest, print_digest
from app.services.publishing.market import MarketNote, NoteKind, note_market
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, add
from tests.services.orders.making import Crew
from tests.services.papers.reading import pages_of
from tests.services.stock.making import order, ship

MONDAY = date(2026, 11, 23)
PRICE = MarketNote(MONDAY, NoteKind.PRICE, "酒仙", "剑南春 水晶剑 52度", "满减后", "BJ-1003", 386_00)


def test_their_prices_stand_beside_ours(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    for note in (
        PRICE,
        replace(PRICE, competitor="1919", price=419_00),
        replace(PRICE, competitor="外贸", price=60_00, currency="USD"),
        replace(PRICE, code=None, title="钓鱼台", price=899_00),
        replace(PRICE, day=date(2026, 11, 22), competitor="上周"),
        MarketNote(MONDAY, NoteKind.BEST_SELLER, "京东", "习酒"),
        MarketNote(MONDAY, NoteKind.TREND, "1919", "小瓶装走俏"),
    ):
        note_market(crew.manager, note)
    digest = market_digest(crew.clerk, MONDAY + timedelta(days=3))
    [one] = digest.compared
    assert (digest.first, digest.last) == (MONDAY, date(2026, 11, 29))
    assert (one.code, one.price, one.promoted) == ("BJ-1003", Money(409_00), False)
    told = [(offer.competitor, offer.price, offer.difference) for offer in one.offers]
    assert told == [
        ("外贸", Money(60_00, "USD"), None),  # another currency is not compared
        ("酒仙", Money(386_00), pytest.approx(-23 / 409)),
        ("1919", Money(419_00), pytest.approx(10 / 409)),
    ]
    assert [(found.title, found.price) for found in digest.others] == [("钓鱼台", Money(899_00))]
    assert [found.title for found in digest.best_sellers] == ["习酒"]
    assert [found.title for found in digest.trends] == ["小瓶装走俏"]


def test_a_running_promotions_price_is_ours(crew: Crew) -> None:
    add(crew)
    note_market(crew.manager, PRICE)
    start = crew.clock.now()
    draft = PromotionDraft("直降", "x", start, start + timedelta(days=2), 0, {"BJ-1003": 385_00})
    propose_promotion(crew.planner, draft, "x")
    [waiting] = list_proposals(crew.manager, Desk.MINE)
    approve(crew.manager, waiting.id, waiting.last_seq)
    run_what_is_due(crew.program)
    [one] = market_digest(crew.clerk, MONDAY).compared
    assert (one.price, one.promoted) == (Money(385_00), True)


def test_best_sellers_are_what_was_really_shipped_and_the_week_before_is_as_long(any_crew: Crew) -> None:
    crew = any_crew
    add(crew, variants=(replace(BOTTLE, floor=None),))  # an order below the floor would be held
    ship(crew, order(crew, 1, {"BJ-1003": 7}))
    crew.clock.advance(hours=10)  # Monday evening: later than next Monday is asked for
    ship(crew, order(crew, 2, {"BJ-1003": 40}))
    crew.clock.advance(days=7, hours=-9)
    ship(crew, order(crew, 3, {"BJ-1003": 3, "X-1": 5}))
    order(crew, 4, {"BJ-1003": 99})  # is not shipped
    crew.clock.advance(minutes=1)
    digest = market_digest(crew.clerk, MONDAY + timedelta(days=7))
    assert digest.sold == (SoldArticle("X-1", "", 5, 0), SoldArticle("BJ-1003", "剑南春 水晶剑 52度 500ml 单瓶", 3, 7))
    assert digest.sold_until == to_ms(crew.clock.now())
    last = market_digest(crew.clerk, MONDAY)
    assert [(one.code, one.pieces, one.before) for one in last.sold] == [("BJ-1003", 47, 0)]


def test_only_the_best_are_named(crew: Crew) -> None:
    ship(crew, order(crew, 1, {f"X-{number:02d}": number for number in range(1, BEST + 4)}))
    crew.clock.advance(minutes=1)
    assert [one.pieces for one in market_digest(crew.clerk, MONDAY).sold] == list(range(BEST + 3, 3, -1))


def test_it_is_printed_and_that_is_on_record(crew: Crew, tmp_path: Path) -> None:
    add(crew)
    note_market(crew.manager, PRICE)
    path = tmp_path / "digest.pdf"
    print_digest(crew.clerk, MONDAY, path)
    assert "BJ-1003" in pages_of(path)[0]
    with crew.db.reading() as conn:
        last = conn.execute(select(entries.c.kind, entries.c.content).order_by(entries.c.seq.desc())).first()
    assert last is not None
    assert (last.kind, "2026-11-23" in last.content) == ("paper.printed", True)
    assert verify(crew.program).ok


def test_a_week_to_come_is_not_printed(crew: Crew, tmp_path: Path) -> None:
    with pytest.raises(FutureWeekError):
        print_digest(crew.clerk, MONDAY + timedelta(days=7), tmp_path / "digest.pdf")
    assert list(tmp_path.glob("*.pdf")) == []
