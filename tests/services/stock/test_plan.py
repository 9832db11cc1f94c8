"""Which articles to count today: everything in a period, fast movers more often (rule P5)."""

from datetime import timedelta

import pytest

from app.clock import office_day
from app.errors import PermissionDeniedError
from app.models.stock import Movement
from app.services.catalog.draft import VariantDraft
from app.services.stock.articles import UnknownScanError
from app.services.stock.counts import begin_count, close_count, count_scan, drop_count, enter_count
from app.services.stock.movements import move_stock
from app.services.stock.plan import EVERY_DAYS, PERIOD_DAYS, overdue_counts, plan_article, plan_count
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.services.stock.making import order, ship


def goods(crew: Crew, many: int = 30) -> list[str]:
    """Articles on shelves of four."""
    codes = [f"W-{number:03d}" for number in range(many)]
    drafts = tuple(VariantDraft(code, shelf=f"S{number // 4:02d}") for number, code in enumerate(codes))
    add(crew, variants=drafts)
    return codes


def today(crew: Crew) -> list[str]:
    return [line.code for line in plan_count(crew.packer, office_day(crew.clock)).lines]


def count(crew: Crew, codes: list[str]) -> None:
    number = begin_count(crew.packer, codes)
    enter_count(crew.packer, number, dict.fromkeys(codes, 0))
    close_count(crew.packer, number)


def test_everything_is_counted_in_a_period_in_portions_that_are_doable(crew: Crew) -> None:
    codes = goods(crew)
    seen: list[str] = []
    for _slot in range(PERIOD_DAYS // EVERY_DAYS):
        portion = today(crew)
        assert 0 < len(portion) <= -(-len(codes) // 7)
        count(crew, portion)
        seen += portion
        crew.clock.advance(days=EVERY_DAYS)
    assert sorted(set(seen)) == codes
    assert overdue_counts(crew.clerk).articles == ()


def test_a_portion_is_of_neighbouring_shelves(crew: Crew) -> None:
    goods(crew)
    shelves = [line.shelf for line in plan_count(crew.packer, crew.clock.now().date()).lines]
    assert shelves == sorted(shelves)
    assert len(set(shelves)) <= 2


def test_fast_movers_are_counted_more_often(crew: Crew) -> None:
    codes = goods(crew)
    fast = codes[-1]
    move_stock(crew.packer, Movement.OPENING, [(fast, 100)])
    ship(crew, order(crew, 1, {fast: 5}))
    assert [line.code for line in plan_count(crew.packer, crew.clock.now().date()).lines if line.fast] == [fast]
    number = begin_count(crew.packer, [fast])
    count_scan(crew.packer, number, fast, 95)
    close_count(crew.packer, number)
    crew.clock.advance(days=2)
    assert fast not in today(crew)
    crew.clock.advance(days=2)
    assert fast in today(crew)


def test_what_is_being_counted_is_not_planned_again(crew: Crew) -> None:
    goods(crew)
    portion = today(crew)
    number = begin_count(crew.packer, portion[:2])
    assert today(crew) == portion[2:]
    drop_count(crew.packer, number, "误开")
    assert today(crew) == portion


def test_an_article_besides_is_told_as_the_planned_ones_are(any_crew: Crew) -> None:
    crew = any_crew
    codes = goods(crew, 3)
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(codes[0], 9)])
    ship(crew, order(crew, 1, {codes[0]: 5}))
    number = begin_count(crew.packer, codes[:1])
    enter_count(crew.packer, number, {codes[0]: 4})
    close_count(crew.packer, number)
    crew.clock.advance(days=3)
    told = plan_article(crew.packer, f" {codes[0]} ")
    assert (told.code, told.shelf, told.days, told.fast) == (codes[0], "S00", 3, True)
    told = plan_article(crew.packer, "6901234567892")
    assert (told.code, told.kind, told.days, told.fast) == ("BJ-1003", "白酒", None, False)
    with pytest.raises(UnknownScanError):
        plan_article(crew.packer, "W-9")


def test_overdue_counts_are_told(any_crew: Crew) -> None:
    crew = any_crew
    codes = goods(crew, 2)
    day = crew.clock.now().date()
    plan = plan_count(crew.packer, day)
    assert plan.due_on == day
    left = begin_count(crew.packer, codes[:1])
    assert plan_count(crew.packer, day).due_on == day + timedelta(days=2)
    assert overdue_counts(crew.clerk).late_days == 0
    crew.clock.advance(days=15)
    found = overdue_counts(crew.clerk)
    assert (found.late_days, found.left_open) == (13, (left,))
    assert [(line.code, line.days) for line in found.articles] == [(code, None) for code in codes]


def test_packs_are_not_counted_and_strange_codes_are(crew: Crew) -> None:
    add(crew)
    move_stock(crew.packer, Movement.RECEIPT, [("X", 1)])
    order(crew, 1, {"Y": 1})
    assert set(today(crew)) <= {"BJ-1003", "X"}
    assert plan_count(crew.packer, crew.clock.now().date()).lines


def test_only_who_counts_plans(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        plan_count(crew.clerk, crew.clock.now().date())
