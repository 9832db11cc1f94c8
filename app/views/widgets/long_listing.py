"""Bringing a long list into its model: the first page at once, the ids of all that follow right after it."""

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import QObject, QTimer

from app.views.tasks import Progress, Tasks
from app.views.widgets.long_model import LongColumn, LongModel, T

FIRST_PAGE = 100
LONG_LIST = 20_000  # fetching its ids costs the machine up to a second: not with each order that comes in
LONG_AGAIN_MS = 5_000

Q = TypeVar("Q")
S = TypeVar("S", contravariant=True)


@dataclass(frozen=True, slots=True)
class Source(Generic[Q, T]):
    """Where a list comes from: the ids of a query (at most so many), the rows of ids, its columns."""

    ids: Callable[[Q, int | None], "array[int]"]
    rows: Callable[[Sequence[int]], list[T]]
    columns: Sequence[LongColumn[T]]


class Show(Protocol[S]):
    """Takes the ids of a list and the rows at hand; `same`: the list that is shown already, a little newer."""

    def __call__(self, ids: "array[int]", rows: Sequence[S], *, same: bool) -> None: ...


class LongListing(QObject, Generic[Q, T]):
    """Asks for lists; only the answer to the last question is shown."""

    def __init__(self, tasks: Tasks, source: Source[Q, T], show: Show[T], parent: QObject) -> None:
        super().__init__(parent)
        self._tasks, self._source, self._show = tasks, source, show
        self._asked = 0
        self._query: Q | None = None
        self.model: LongModel[T] = LongModel(source.columns, self._fetch, self)
        self._later = QTimer(self, singleShot=True, interval=LONG_AGAIN_MS)
        self._later.timeout.connect(self._load_all)

    def load(self, query: Q, *, same: bool) -> None:
        """Show what a query wants; `same`: what is shown, looked at again."""
        self._asked += 1
        self._query = query
        asked, source = self._asked, self._source

        def first() -> tuple["array[int]", list[T]]:
            if asked != self._asked:  # typed on meanwhile: nobody will see the answer
                return array("q"), []
            ids = source.ids(query, FIRST_PAGE)
            return ids, source.rows(ids)

        def show(found: tuple["array[int]", list[T]]) -> None:
            if asked == self._asked:
                self._show_first(*found, same=same)

        self._tasks.run(self, first, show)

    def _show_first(self, ids: "array[int]", rows: list[T], *, same: bool) -> None:
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
        if self._query is None:
            return
        asked, work = self._asked, partial(self._source.ids, self._query, None)

        def show(ids: "array[int]") -> None:
            if asked == self._asked:
                self._show(ids, (), same=True)

        self._tasks.run_long(self, lambda _progress: work(), Progress(self), show)

    def _fetch(self, ids: Sequence[int], then: Callable[[list[T]], None]) -> None:
        source, wanted = self._source, list(ids)
        self._tasks.run(self, lambda: source.rows(wanted), then)
