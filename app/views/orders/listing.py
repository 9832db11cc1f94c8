"""Bringing a list of orders into its model: the first page at once, the ids of all that follow right after it."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from app.services.access import Context
from app.services.orders.queue import queue_ids, queue_rows
from app.services.orders.rows import OrderFilter, OrderRow, Sort
from app.views.orders.model import OrderModel
from app.views.tasks import Progress, Tasks

FIRST_PAGE = 100
LONG_LIST = 20_000  # fetching its ids costs the machine up to a second: not with each order that comes in
LONG_AGAIN_MS = 5_000

Found = tuple["array[int]", list[OrderRow]]


@dataclass(frozen=True, slots=True)
class Query:
    """Which orders, in which order."""

    wanted: OrderFilter = field(default_factory=OrderFilter)
    sort: Sort = Sort.CLOCK
    descending: bool = False


class Show(Protocol):
    """Takes the ids of a list and the rows at hand; `same`: the list that is shown already, a little newer."""

    def __call__(self, ids: "array[int]", rows: Sequence[OrderRow], *, same: bool) -> None: ...


class Listing(QObject):
    """Asks for lists; only the answer to the last question is shown."""

    def __init__(self, ctx: Context, tasks: Tasks, show: Show, parent: QObject) -> None:
        super().__init__(parent)
        self._ctx, self._tasks, self._show = ctx, tasks, show
        self._asked = 0
        self._query = Query()
        self.model = OrderModel(self._fetch, self)
        self._later = QTimer(self, singleShot=True, interval=LONG_AGAIN_MS)
        self._later.timeout.connect(self._load_all)

    def load(self, query: Query, *, same: bool) -> None:
        """Show the orders of a query; `same`: those shown, looked at again."""
        self._asked += 1
        self._query = query
        asked, ctx = self._asked, self._ctx

        def first() -> Found:
            if asked != self._asked:  # typed on meanwhile: nobody will see the answer
                return array("q"), []
            ids = queue_ids(ctx, query.wanted, query.sort, query.descending, FIRST_PAGE)
            return ids, queue_rows(ctx, ids)

        def show(found: Found) -> None:
            if asked == self._asked:
                self._show_first(*found, same=same)

        self._tasks.run(self, first, show)

    def _show_first(self, ids: "array[int]", rows: list[OrderRow], *, same: bool) -> None:
        shown = self.model.rowCount()
        if len(ids) < FIRST_PAGE:
            self._show(ids, rows, same=same)
        elif not same or shown <= FIRST_PAGE:
            self._show(ids, rows, same=same)
            self._load_all()
        elif shown <= LONG_LIST:
            self._load_all()
        else:
            self._show(self.model.with_beginning(ids), rows, same=True)
            if not self._later.isActive():
                self._later.start()

    def _load_all(self) -> None:
        asked, ctx, query = self._asked, self._ctx, self._query
        work = partial(queue_ids, ctx, query.wanted, query.sort, query.descending)

        def show(ids: "array[int]") -> None:
            if asked == self._asked:
                self._show(ids, (), same=True)

        self._tasks.run_long(self, lambda _progress: work(), Progress(self), show)

    def _fetch(self, ids: Sequence[int], then: Callable[[list[OrderRow]], None]) -> None:
        ctx, wanted = self._ctx, list(ids)
        self._tasks.run(self, lambda: queue_rows(ctx, wanted), then)
