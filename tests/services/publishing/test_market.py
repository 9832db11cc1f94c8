"""Market notes: what is found in a week, and competitors' newest prices of an article (rules P2, P7)."""

from dataclasses import replace
from datetime import date

import pytest

from app.errors import AppError, PermissionDeniedError
from app.services.catalog.articles import UnknownArticleError
from app.services.publishing.market import (
    EmptyNoteError,
    FutureNoteError,
    MarketNote,
    NoteKind,
    NotePriceError,
    competitor_prices,
    newest_prices,
    note_market,
    notes_between,
    notes_of_week,
    week_of,
)
from app.services.verify import verify
from tests.services.catalog.making import add
from tests.services.orders.making import Crew

MONDAY = date(2026, 11, 23)
PRICE = MarketNote(MONDAY, NoteKind.PRICE, "酒仙", "剑南春 水晶剑 52度", "满减后", "BJ-1003", 38_600)


def test_a_weeks_findings_by_kind(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    trend = MarketNote(MONDAY, NoteKind.TREND, "1919", "小瓶装走俏")
    last_week = replace(PRICE, day=date(2026, 11, 22))
    for note in (trend, PRICE, last_week):
        note_market(crew.manager, note)
    assert notes_of_week(crew.clerk, MONDAY) == [PRICE, trend]
    assert notes_of_week(crew.clerk, date(2026, 11, 20)) == [last_week]
    assert verify(crew.program).ok


def test_the_newest_price_of_each_competitor_counts(crew: Crew) -> None:
    add(crew)
    for note in (
        PRICE,
        replace(PRICE, price=38_500, title="剑南春 52度"),  # noted later on the same day
        replace(PRICE, day=date(2026, 11, 20), price=40_000),
        replace(PRICE, competitor="1919", price=37_900),
        replace(PRICE, code=None, price=1_000),
    ):
        note_market(crew.manager, note)
    with crew.db.reading() as conn:
        found = newest_prices(notes_between(conn, date(2026, 11, 1), MONDAY))
        lately = competitor_prices(conn, "BJ-1003", date(2026, 11, 1))
        later = notes_between(conn, date(2026, 11, 24), date(2026, 11, 30))
    assert [(one.competitor, one.price) for one in found["BJ-1003"]] == [("1919", 37_900), ("酒仙", 38_500)]
    assert list(found) == ["BJ-1003"]
    assert lately == found["BJ-1003"]
    assert later == []


def test_what_is_compared_is_ours(crew: Crew) -> None:
    add(crew)
    note_market(crew.manager, replace(PRICE, code=" bj-1003 "))
    assert [one.code for one in notes_of_week(crew.clerk, MONDAY)] == ["BJ-1003"]
    with pytest.raises(UnknownArticleError):
        note_market(crew.manager, replace(PRICE, code="BJ-9"))
    assert len(notes_of_week(crew.clerk, MONDAY)) == 1


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"competitor": " "}, EmptyNoteError),
        ({"title": ""}, EmptyNoteError),
        ({"price": None}, NotePriceError),
        ({"price": -5}, NotePriceError),
        ({"kind": NoteKind.TREND, "price": 0}, NotePriceError),
        ({"day": date(2026, 11, 24)}, FutureNoteError),
    ],
)
def test_nonsense_is_refused(crew: Crew, changes: dict[str, object], error: type[AppError]) -> None:
    with pytest.raises(error):
        note_market(crew.manager, replace(PRICE, **changes))  # type: ignore[arg-type]


def test_not_everybody_notes(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        note_market(crew.clerk, PRICE)


def test_weeks_begin_on_monday() -> None:
    assert week_of(date(2026, 11, 29)) == week_of(MONDAY) == (MONDAY, date(2026, 11, 29))
    assert week_of(date(2027, 1, 1)) == (date(2026, 12, 28), date(2027, 1, 3))
