"""Stock changed behind the program's back is found, and the entry named (rule O6)."""

import pytest
from sqlalchemy import text

from app.models.stock import Movement
from app.services.proof import workers
from app.services.stock.movements import move_stock
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.proof.working import vandal
from tests.services.stock.making import A, B, order, ship


@pytest.fixture
def office(any_crew: Crew) -> tuple[Crew, dict[str, int]]:
    """Two codes; the last entry about each is known."""
    crew = any_crew
    move_stock(crew.packer, Movement.OPENING, [(A, 10), (B, 5)])
    one = order(crew, 1, {A: 3})
    ship(crew, one)
    with crew.db.reading() as conn:
        shipped = conn.execute(text("SELECT seq FROM entries WHERE kind = 'order.shipped'")).scalar_one()
    received = move_stock(crew.packer, Movement.RECEIPT, [(B, 1)])
    return crew, {A: shipped, B: received, "order": one}


def vandalised(crew: Crew, statement: str) -> tuple[str, int | None]:
    assert verify(crew.clerk).ok
    with vandal(crew) as conn:
        conn.execute(text(statement))
    found = verify(crew.clerk)
    assert not found.ok
    return found.code, found.first_bad


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ("UPDATE stock SET on_hand = on_hand + 1 WHERE code = '{code}'", A),
        ("UPDATE stock SET reserved = 1 WHERE code = '{code}'", A),
        ("UPDATE stock SET kept = 0 WHERE code = '{code}'", B),
        ("UPDATE stock SET code = 'X' WHERE code = '{code}'", B),
        ("DELETE FROM stock WHERE code = '{code}'", B),
    ],
)
def test_a_spoilt_sum_names_the_last_entry_about_the_code(
    office: tuple[Crew, dict[str, int]], change: str, code: str
) -> None:
    crew, last = office
    assert vandalised(crew, change.format(code=code)) == ("stock", last[code])


def test_stock_of_nothing_is_found(office: tuple[Crew, dict[str, int]]) -> None:
    crew, _ = office
    statement = "INSERT INTO stock (code, on_hand, reserved, kept) VALUES ('X', 0, 0, 0)"
    assert vandalised(crew, statement) == ("stock_extra", None)


@pytest.mark.parametrize(
    ("change", "entry"),
    [
        ("UPDATE movements SET quantity = -4 WHERE kind = 'sale'", A),
        ("UPDATE movements SET \"order\" = NULL WHERE kind = 'sale'", A),
        ("DELETE FROM movements WHERE kind = 'sale'", A),
        ("DELETE FROM movements WHERE kind = 'receipt'", B),
        ("UPDATE movements SET kind = 'return' WHERE kind = 'receipt'", B),
        ("INSERT INTO movements VALUES ({order}, 7, 'X', 1, 'sale', {order})", "order"),
        ("INSERT INTO movements VALUES ({order}, 7, 'X', 1, 'scrap', NULL)", "order"),
    ],
)
def test_spoilt_movements_name_their_entry(office: tuple[Crew, dict[str, int]], change: str, entry: str) -> None:
    crew, last = office
    assert vandalised(crew, change.format(order=last["order"])) == ("movements", last[entry])


@pytest.mark.parametrize("values", ["(9999, 0, 'X', 1, 'scrap', NULL)", "(1, 0, 'X', 1, 'sale', 9999)"])
def test_movements_behind_the_end_are_found(office: tuple[Crew, dict[str, int]], values: str) -> None:
    crew, _ = office
    assert vandalised(crew, f"INSERT INTO movements VALUES {values}")[0] == "movements"


def test_stretches_add_up_whoever_reads_them(crew: Crew, monkeypatch: pytest.MonkeyPatch) -> None:
    """Goods that are received in one stretch, ordered in the next and shipped in a third."""
    monkeypatch.setattr(workers, "STRETCH", 2)
    move_stock(crew.packer, Movement.OPENING, [(A, 10)])
    ship(crew, order(crew, 1, {A: 3}))
    order(crew, 2, {A: 2})
    assert verify(crew.clerk).ok
    monkeypatch.setattr(workers, "WORTH_PROCESSES", 1)
    assert verify(crew.clerk).ok
    with vandal(crew) as conn:
        conn.execute(text("UPDATE stock SET reserved = 3"))
    assert verify(crew.clerk).code == "stock"
