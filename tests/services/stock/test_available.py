"""What can be sold over all packs of an article, and the warning where an order wants more (oversell)."""

from sqlalchemy import text

from app.models.stock import Movement
from app.services.intake.amendments import amend_from_draft
from app.services.intake.draft import PlatformState
from app.services.ledger import open_ledger
from app.services.office import pepper
from app.services.orders.accept import Desk
from app.services.orders.amend import amend_order
from app.services.orders.detail import order_detail
from app.services.orders.hints import short_hint
from app.services.orders.queue import queue_rows
from app.services.orders.rows import AmendDraft, OrderRow
from app.services.orders.words import finding_sentence
from app.services.stock.available import available
from app.services.stock.movements import move_stock
from app.services.verify import verify
from tests.services.catalog.making import add
from tests.services.orders.making import Crew, accept
from tests.services.stock.making import A, order, ship, wanting

BOTTLE, CASE = "BJ-1003", "BJ-1003-6"


def left(crew: Crew, *codes: str) -> list[int | None]:
    with crew.db.reading() as conn:
        found = available(conn, codes)
    return [found[code] for code in codes]


def row(crew: Crew, number: int) -> OrderRow:
    return queue_rows(crew.clerk, [number])[0]


def found(crew: Crew, number: int) -> list[tuple[str, dict[str, object]]]:
    return [(one.code, one.facts) for one in row(crew, number).findings]


def test_packs_draw_on_single_pieces(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    assert left(crew, BOTTLE, CASE, "X") == [None, None, None]
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 20)])
    assert left(crew, BOTTLE, CASE) == [20, 3]
    order(crew, 1, {CASE: 2, BOTTLE: 1})
    assert left(crew, BOTTLE, CASE) == [7, 1]
    move_stock(crew.packer, Movement.RECEIPT, [(CASE, 2)])
    assert left(crew, BOTTLE, CASE) == [19, 3]
    ship(crew, order(crew, 2, {CASE: 3}))
    assert left(crew, BOTTLE, CASE) == [1, 0]
    assert verify(crew.program).ok


def test_an_order_of_more_than_there_is_is_told_and_not_held(any_crew: Crew) -> None:
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    one = order(crew, 1, {A: 3})
    two = order(crew, 2, {A: 3})
    assert found(crew, one) == []
    assert found(crew, two) == [("stock", {"title": f"酒 {A}", "wanted": 3, "available": 2})]
    assert not row(crew, two).held
    three = order(crew, 3, {A: 1})
    assert found(crew, three)[0][1]["available"] == 0
    assert verify(crew.program).ok


def test_orders_of_one_file_share_what_is_there(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    ids = accept(crew, [wanting(number, {A: 2}) for number in (1, 2, 3)])
    assert [[code for code, _ in found(crew, one)] for one in ids] == [[], [], ["stock"]]


def test_packs_and_pieces_of_one_order_are_looked_at_together(crew: Crew) -> None:
    add(crew)
    move_stock(crew.packer, Movement.OPENING, [(BOTTLE, 8)])
    goods = {CASE: 1, BOTTLE: 3}
    assert [code for code, _ in found(crew, order(crew, 1, goods)) if code == "stock"] == ["stock"]


def test_codes_whose_stock_is_not_kept_are_not_warned_of(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    assert found(crew, order(crew, 1, {"X": 900})) == [
        ("quantity", {"title": "酒 X", "quantity": 900}),
    ]
    assert left(crew, "X") == [None]


def test_the_warning_follows_an_amendment(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    one = order(crew, 1, {A: 6})
    amend_order(crew.clerk, one, AmendDraft("客户改地址", address="人民南路12号"))
    assert found(crew, one) == [("stock", {"title": f"酒 {A}", "wanted": 6, "available": 5})]
    with crew.db.writing() as conn:
        desk = Desk(conn, open_ledger(conn, 1, 0), pepper(conn))
        amend_from_draft(desk, one, wanting(1, {A: 5}, platform_state=PlatformState.PAID))
    assert found(crew, one) == []


def test_the_floor_price_of_the_catalog_is_live(any_crew: Crew) -> None:
    crew = any_crew
    add(crew)
    one = order(crew, 1, {BOTTLE: 1})
    assert found(crew, one) == [("floor", {"title": f"酒 {BOTTLE}", "price": 100, "floor": 380_00})]
    assert row(crew, one).held
    amend_order(crew.clerk, one, AmendDraft("客户改地址", address="人民南路12号"))
    assert [code for code, _ in found(crew, one)] == ["floor"]
    checks = {check.code: check.fired for check in order_detail(crew.clerk, one).checks}
    assert checks["floor"]
    assert "stock" not in checks


def test_the_warnings_words(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    [finding] = row(crew, order(crew, 1, {A: 6})).findings
    assert "6" in finding_sentence(finding)
    assert "5" in finding_sentence(finding)
    assert "6" in short_hint((finding,))


def test_past_orders_are_not_looked_at(crew: Crew) -> None:
    move_stock(crew.packer, Movement.OPENING, [(A, 5)])
    one = accept(crew, [wanting(1, {A: 9})], history=True)[0]
    assert found(crew, one) == []
    with crew.db.reading() as conn:
        assert conn.execute(text("SELECT reserved FROM stock")).scalar_one() == 0
