"""Made rows for tests of the list itself, which needs no office."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from app.models.orders import OrderState
from app.services.orders.rows import OrderRow
from app.views.orders.columns import order_columns

NOON = 1_795_406_400_000  # 2026-11-23 12:00 in the office
TODAY = date(2026, 11, 23)
COLUMNS = order_columns(lambda: TODAY)
ROW = OrderRow(
    id=1,
    number="20261123-0417",
    source_number="3300000000000000001",
    channel="tmall",
    state=OrderState.ACCEPTED,
    held=False,
    late=False,
    findings=(),
    clock_from=NOON,
    callback_at=None,
    accepted_at=NOON,
    placed_at=None,
    contacted_at=None,
    claimed_by=None,
    claimer="",
    name="陈立群",
    phone="13900002065",
    goods="五粮液 第八代 52度 500ml ×2",
    pieces=2,
    payable=213_800,
    paid=213_800,
    currency="CNY",
    last_seq=1,
)


def row(number: int, **changes: object) -> OrderRow:
    """An order row with this id."""
    return replace(ROW, **({"id": number, "number": f"20261123-{number:04d}"} | changes))  # type: ignore[arg-type]


Then = Callable[[list[OrderRow]], None]


class Source:
    """Stands for the database: keeps what the list asks for until the test answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[list[int], Then]] = []
        self.version = 0
        self.gone: set[int] = set()

    def fetch(self, ids: Sequence[int], then: Then) -> None:
        """Take down what is asked for."""
        self.asked.append((list(ids), then))

    def answer(self) -> list[list[int]]:
        """Answer everything asked for; returns the ids of each question."""
        asked, self.asked = self.asked, []
        for ids, then in asked:
            then([row(number, last_seq=self.version) for number in ids if number not in self.gone])
        return [ids for ids, _then in asked]
