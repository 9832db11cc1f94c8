"""Scrolling the order list: what a frame costs the window's thread; a million orders, 1440 × 860, no screen."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import random
import statistics
import time
from array import array
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from tempfile import TemporaryDirectory

from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QApplication

from app.clock import SystemClock, office_day, to_ms
from app.models.orders import OrderState
from app.services.duty.service_calendar import ServiceCalendar
from app.services.orders.deadline import DeskClock
from app.services.orders.rows import Finding, OrderRow
from app.views.orders.cells import OrderCells
from app.views.orders.columns import order_columns
from app.views.orders.panel import SHARING
from app.views.theme import ThemeChoice, apply_theme
from app.views.widgets.long_model import LongModel
from app.views.widgets.long_table import LongTable

ORDERS = 1_000_000
FRAMES = 400
POOL = 2_003  # different rows
NOTCH = 108  # pixels: three rows, as a notch of the wheel
STATES = tuple(OrderState)
GOODS = (
    "五粮液 第八代 52度 500ml ×2",
    "剑南春 水晶剑 52度 500ml ×6、汾酒 青花20 53度 500ml ×1",
    "张裕 解百纳 特选 ×12",
)
NAMES = ("陈立群", "李淑芬", "王海涛", "赵敏", "欧阳静怡", "Ann-Kathrin Smith")
SHORT_PAID = (Finding("payment", {"paid": 207_800, "payable": 213_800}),)


Then = Callable[[list[OrderRow]], None]


class Source:
    """Stands for the database: keeps what the model asks for until it is answered."""

    def __init__(self, now: int) -> None:
        self.asked: list[tuple[Sequence[int], Then]] = []
        self._pool = [_row(number, now) for number in range(POOL)]

    def fetch(self, ids: Sequence[int], then: Then) -> None:
        """Take down what is asked for."""
        self.asked.append((ids, then))

    def answers(self) -> list[tuple[Then, list[OrderRow]]]:
        """The rows of everything asked for."""
        asked, self.asked = self.asked, []
        return [(then, [replace(self._pool[number % POOL], id=number) for number in ids]) for ids, then in asked]


def run() -> list[tuple[str, str]]:
    """The figures of this machine."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    apply_theme(app, ThemeChoice.LIGHT)
    with _table() as (table, model, source):
        ids = array("q", range(1, ORDERS + 1))
        figures = [(f"a list of {ORDERS:,} orders, shown", _took(app, model, ids))]
        table.choose_place(5)
        newer = array("q", (ORDERS + 1, *ids))
        figures.append(("the same list with one order more, selection kept", _took(app, model, newer)))
        return figures + _frames(app, table, source)


def _frames(app: QApplication, table: LongTable[OrderRow], source: Source) -> list[tuple[str, str]]:
    bar, chance = table.verticalScrollBar(), random.Random(7)
    jumps = [bar.maximum() // 2, bar.maximum(), 0] + [chance.randrange(bar.maximum()) for _ in range(FRAMES // 2)]
    figures = [
        ("scroll frame, wheel", _scroll(app, table, source, range(0, NOTCH * FRAMES, NOTCH))),
        (
            "scroll frame, wheel in the middle",
            _scroll(app, table, source, range(jumps[0], jumps[0] + NOTCH * FRAMES, NOTCH)),
        ),
        (
            "scroll frame, jumps to the middle, the end and anywhere",
            _scroll(app, table, source, jumps),
        ),
    ]
    columns = table.model().columnCount()
    for place in range(columns):
        table.setColumnHidden(place, False)
    wide = _scroll(app, table, source, range(0, NOTCH * FRAMES, NOTCH))
    return [*figures, (f"scroll frame, wheel, all {columns} columns", wide)]


def _scroll(app: QApplication, table: LongTable[OrderRow], source: Source, places: Sequence[int]) -> str:
    took = []
    for place in places:
        started = time.perf_counter()
        table.verticalScrollBar().setValue(place)
        app.processEvents()
        spent = time.perf_counter() - started
        while source.asked:  # in the office other threads read; what the window does with the rows belongs to the frame
            answers = source.answers()
            started = time.perf_counter()
            for then, rows in answers:
                then(rows)
            app.processEvents()
            spent += time.perf_counter() - started
        took.append(spent * 1000)
    return f"median {statistics.median(took):.1f} ms, p95 {statistics.quantiles(took, n=20)[-1]:.1f} ms"


def _took(app: QApplication, model: LongModel[OrderRow], ids: "array[int]") -> str:
    started = time.perf_counter()
    model.show_ids(ids, same=True)
    app.processEvents()
    return f"{(time.perf_counter() - started) * 1000:.0f} ms"


@contextmanager
def _table() -> Iterator[tuple[LongTable[OrderRow], LongModel[OrderRow], Source]]:
    clock, desk = SystemClock(), DeskClock(ServiceCalendar())
    source = Source(to_ms(clock.now()))
    model = LongModel(order_columns(lambda: office_day(clock)), source.fetch)
    with TemporaryDirectory() as folder:
        settings = QSettings(f"{folder}/window.ini", QSettings.Format.IniFormat)
        cells = OrderCells(lambda: desk, lambda: to_ms(clock.now()))
        table = LongTable(model, cells, "Orders", settings, "bench", sharing=SHARING)
        table.resize(1440, 860)
        table.show()
        yield table, model, source
        table.close()


def _row(number: int, began: int) -> OrderRow:
    chance = random.Random(number)
    state = chance.choice(STATES)
    running = began - chance.randrange(900_000) if state is OrderState.ACCEPTED else None
    return OrderRow(
        id=number,
        number=f"20261123-{number:07d}",
        source_number=f"33{number:017d}",
        channel=chance.choice(("tmall", "taobao", "jd", "shop")),
        state=state,
        held=number % 9 == 0,
        late=False,
        findings=SHORT_PAID if number % 5 == 0 else (),
        clock_from=running,
        callback_at=None,
        accepted_at=began,
        placed_at=began,
        contacted_at=None,
        claimed_by=None,
        claimer="",
        name=chance.choice(NAMES),
        phone=f"139{chance.randrange(10**8):08d}",
        goods=chance.choice(GOODS),
        pieces=2,
        payable=chance.randrange(5_000, 900_000),
        paid=None,
        currency="CNY",
        last_seq=number,
    )
