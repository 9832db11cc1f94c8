"""Finding an article by what is scanned or typed."""

import pytest

from app.models.stock import Movement
from app.services.stock.articles import UnknownScanError, article_of, find_articles
from app.services.stock.movements import move_stock
from tests.services.catalog.making import add
from tests.services.orders.making import Crew
from tests.services.stock.making import order

BOTTLE, CASE = "BJ-1003", "BJ-1003-6"


def test_a_barcode_and_a_code_name_the_article(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    by_code = article_of(crew.clerk, f" {BOTTLE} ")
    assert by_code == article_of(crew.clerk, "6901234567892")
    assert (by_code.code, by_code.shelf, by_code.kind) == (BOTTLE, "A-03", "白酒")
    assert by_code.name == "剑南春 水晶剑 52度 500ml 单瓶"


@pytest.mark.parametrize("wrong", ["", " ", "BJ-9", "bj%", "'; --", "6901234567893", "x" * 5_000])
def test_what_nobody_knows_is_said(crew: Crew, wrong: str) -> None:
    add(crew)
    with pytest.raises(UnknownScanError):
        article_of(crew.clerk, wrong)


def test_goods_that_only_the_stock_knows_are_found_once_they_are_kept(crew: Crew) -> None:
    order(crew, 1, {"X-1": 1})
    with pytest.raises(UnknownScanError):
        article_of(crew.clerk, "X-1")
    move_stock(crew.packer, Movement.RECEIPT, [("X-1", 3)])
    assert article_of(crew.clerk, "X-1").name == ""


def test_words_and_initials_complete_with_the_very_code_first(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    assert [one.code for one in find_articles(crew.clerk, "jnc")] == [BOTTLE, CASE]
    assert find_articles(crew.clerk, CASE)[0].code == CASE
    assert [one.code for one in find_articles(crew.clerk, "水晶剑", limit=1)] == [BOTTLE]
    for nothing in ("", "  ", "没有这种酒", '"*'):
        assert find_articles(crew.clerk, nothing) == []
