"""An article by its code, as somebody types it."""

import pytest

from app.services.catalog.articles import UnknownArticleError, articles_of, find_article
from tests.services.catalog.making import CASE, add, article, product
from tests.services.orders.making import Crew


@pytest.mark.parametrize("typed", ["BJ-1003", " bj-1003 "])
def test_a_code_is_found_however_it_is_typed(any_crew: Crew, typed: str) -> None:
    number = add(any_crew)
    found = find_article(any_crew.clerk, typed)
    assert (found.id, found.product, found.code) == (article(any_crew), number, "BJ-1003")
    assert (found.name, found.price, found.floor) == ("剑南春 水晶剑 52度 500ml 单瓶", 409_00, 380_00)


def test_small_letters_find_nothing_where_two_codes_differ_by_them(crew: Crew) -> None:
    from dataclasses import replace

    from app.services.catalog.products import add_product

    add(crew)
    add_product(
        crew.specialist, product(name="另一款", variants=(replace(CASE, code="bj-1003", pack_of="", pack_size=1),))
    )
    assert find_article(crew.clerk, "bj-1003").code == "bj-1003"
    assert find_article(crew.clerk, "BJ-1003").code == "BJ-1003"
    with pytest.raises(UnknownArticleError):
        find_article(crew.clerk, "Bj-1003")


def test_what_is_not_there_is_left_out_or_refused(crew: Crew) -> None:
    add(crew)
    with crew.db.reading() as conn:
        assert list(articles_of(conn, ["BJ-1003", "X"])) == ["BJ-1003"]
        assert articles_of(conn, []) == {}
    with pytest.raises(UnknownArticleError, match="X-9"):
        find_article(crew.clerk, "X-9")
