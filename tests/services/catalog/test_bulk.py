"""Changing many products at once: shown first, then all or nothing; prices become proposals."""

from dataclasses import replace

import pytest

from app.errors import PermissionDeniedError
from app.services.approvals.queue import Desk, list_proposals
from app.services.catalog.bulk import BulkChange, NothingChosenError, SomeRefusedError, apply_bulk, preview_bulk
from app.services.catalog.detail import product_detail
from app.services.catalog.draft import VariantDraft
from app.services.reasons import ReasonNeededError
from app.services.verify import verify
from tests.services.catalog.making import BOTTLE, add, put_on_sale
from tests.services.orders.making import Crew


def three(crew: Crew) -> list[int]:
    """Three products of one article each, at 100, 200 and 300 yuan; the last without a class."""
    return [
        add(crew, name=f"酒 {n}", kind="" if n == 3 else "白酒", variants=(VariantDraft(f"BJ-{n}", price=n * 100_00),))
        for n in (1, 2, 3)
    ]


def test_what_would_change_is_shown_before_anything_is_written(any_crew: Crew) -> None:
    crew = any_crew
    chosen = three(crew)
    change = BulkChange("kind", "白酒")
    assert [(row.code, row.before, row.after) for row in preview_bulk(crew.specialist, chosen, change)] == [
        ("BJ-3", "–", "白酒"),
    ]
    assert product_detail(crew.clerk, chosen[2]).row.kind == ""
    apply_bulk(crew.specialist, chosen, change)
    assert {product_detail(crew.clerk, one).row.kind for one in chosen} == {"白酒"}
    assert preview_bulk(crew.specialist, chosen, change) == []
    assert verify(crew.lead).ok


def test_articles_fields_and_marks(any_crew: Crew) -> None:
    crew = any_crew
    chosen = three(crew)
    apply_bulk(crew.specialist, chosen[:2], BulkChange("shelf", "C-07"))
    apply_bulk(crew.specialist, chosen[1:], BulkChange("lead", 1))
    details = [product_detail(crew.clerk, one) for one in chosen]
    assert [(one.articles[0].shelf, one.row.lead) for one in details] == [("C-07", False), ("C-07", True), ("", True)]
    assert verify(crew.lead).ok


def test_prices_of_what_is_on_sale_become_proposals(crew: Crew) -> None:
    chosen = three(crew)
    for product in chosen[:2]:
        put_on_sale(crew, product)
    change = BulkChange("price", percent=-5.4, reason="双十二")
    assert [row.after for row in preview_bulk(crew.planner, chosen, change)] == ["¥\u00a095.00", "¥\u00a0189.00"]
    with pytest.raises(ReasonNeededError):
        apply_bulk(crew.planner, chosen, replace(change, reason=" "))
    apply_bulk(crew.planner, chosen, change)
    assert [one.reason for one in list_proposals(crew.manager, Desk.MINE)] == ["双十二"] * 2
    assert product_detail(crew.clerk, chosen[0]).articles[0].price == 100_00


def test_what_cannot_be_proposed_is_told_and_the_rest_is(crew: Crew) -> None:
    floored = add(crew, variants=(BOTTLE,))
    plain = three(crew)[0]
    for product in (floored, plain):
        put_on_sale(crew, product)
    with pytest.raises(SomeRefusedError) as told:
        apply_bulk(crew.planner, [floored, plain], BulkChange("price", percent=-20, reason="清仓"))
    assert "BJ-1003" in str(told.value)
    assert [one.title for one in list_proposals(crew.manager, Desk.MINE)] == ["酒 1"]


def test_nothing_is_chosen(crew: Crew) -> None:
    with pytest.raises(NothingChosenError):
        preview_bulk(crew.specialist, [], BulkChange("brand", "x"))


def test_the_desk_does_not_change_the_catalog(crew: Crew) -> None:
    with pytest.raises(PermissionDeniedError):
        apply_bulk(crew.clerk, three(crew), BulkChange("brand", "x"))
